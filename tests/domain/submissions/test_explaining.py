"""Explanations whatever the texts are, and of ends that come without a message."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.explaining import Explanation, Kind, explain, explain_verdict
from domain.submissions.explaining.rules import LONGEST_LINE, LONGEST_VALUE
from domain.submissions.judging import Verdict

LANGUAGES = ["python", "cpp", "c", "javascript"]
HEADS = [
    'Traceback (most recent call last):\n  File "main.py", line 1, in <module>\n    x\n    ^\n',
    '  File "main.py", line 1\n    x\n    ^\nSyntaxError: ',
    "NameError: name '",
    "TypeError: ",
    "ValueError: invalid literal for int() with base 10: '",
    "main.cpp:1:1: error: ",
    "main.cpp:99999:99999: error: expected ‘;’ before ",
    "/usr/include/x.h:1:1: error: \nmain.cpp:1:1:   required from here\n",
    "undefined reference to `",
    "main.js:1\nx\n^\n\nReferenceError: ",
    "SyntaxError: invalid character '",
]
MESSAGES = st.builds(
    lambda head, text, tail: head + text + tail,
    st.sampled_from(["", *HEADS]),
    st.text(max_size=60),
    st.sampled_from(["", "'", "' is not defined", "’ was not declared", "\n" * 3, *HEADS]),
)
SOURCES = st.one_of(st.text(max_size=200), st.text("xif while:=(){}\n\t'\"", max_size=200))


@given(st.sampled_from(LANGUAGES), SOURCES, MESSAGES)
def test_no_text_is_too_strange(language: str, source: str, message: str) -> None:
    fit_to_show(explain(language, source, message))


@given(
    st.sampled_from(LANGUAGES),
    SOURCES,
    st.sampled_from(Verdict),
    st.none() | st.integers(-5, 70),
)
def test_no_end_is_too_strange(
    language: str, source: str, verdict: Verdict, signal: int | None
) -> None:
    fit_to_show(explain_verdict(language, source, verdict, "", signal))


def fit_to_show(found: Explanation | None) -> None:
    if found is None:
        return
    assert len(found.source_line) <= 4 * LONGEST_LINE
    for value in (*found.values.values(), found.source_line):
        assert not set(value) & set("\n\r\t\0\x1b")
    assert all(len(value) <= LONGEST_VALUE for value in found.values.values())
    assert found.line is None or found.line >= 1
    assert found.column is None or found.line is not None


LONG = 60_000
HOSTILE = [
    *(head + "a" * LONG for head in HEADS),
    *(head + "('" * (LONG // 2) for head in HEADS),
    *(head * (LONG // len(head)) for head in HEADS),
    "main.cpp:" * 6000,
    "a:1:1:" * 9000,
    "'" * LONG,
    "\n" * LONG,
    "^" * LONG,
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_texts_take_little_time(language: str) -> None:
    sources = ["x" * LONG, "while x:\n" * 7000, "x = 1\n" * 9000, "while (" * 9000, "'" * LONG]
    for source in sources:
        for message in HOSTILE:
            began = time.process_time()
            explain_verdict(language, source, Verdict.COMPILE_ERROR, message)
            assert time.process_time() - began < 0.2, (source[:20], message[:40])
        began = time.process_time()
        explain_verdict(language, source, Verdict.TIME_LIMIT)
        assert time.process_time() - began < 0.2


def test_an_ordinary_explanation_takes_a_few_milliseconds() -> None:
    source = "value = 1\n" * 400 + "print(valeu)\n"
    message = (
        'Traceback (most recent call last):\n  File "main.py", line 401, in <module>\n'
        "    print(valeu)\nNameError: name 'valeu' is not defined\n"
    )
    began = time.process_time()
    for _ in range(20):
        assert explain("python", source, message) is not None
    assert (time.process_time() - began) / 20 < 0.02


def test_a_language_that_is_not_ours_is_not_explained() -> None:
    assert explain("cobol", "x", "NameError: name 'x' is not defined") is None


ENDLESS = [
    ("python", "i = 1\nwhile i < 5:\n    print(1)\n", 2),
    ("python", "while True:\n    x = 1\n", 1),
    ("python", "while 1: pass\n", 1),
    ("python", "n = 5\ndef f():\n    while n > 0:\n        print(n - 2)\nf()\n", None),
    ("python", "i = 1\nwhile i < 5:\n    i += 1\nwhile True:\n    break\n", None),
    ("python", "while True:\n    n = int(input())\n", None),
    ("python", "while ready():\n    x = 1\n", None),
    ("python", "while a[0]:\n    x = 1\n", None),
    ("python", "while i != 5:  # i\n    print('i = i + 1')\n", 1),
    ("python", "while (n := int(input())):\n    print(1)\n", None),
    ("cpp", "int main() {\n    int i = 0;\n    while (i < 5) {\n        x++;\n    }\n}\n", 3),
    ("cpp", "int main() {\n    while (true) {\n    }\n}\n", 2),
    ("cpp", "int main() {\n    while (t--) {\n        int x;\n    }\n}\n", None),
    ("cpp", "int main() {\n    while (cin >> x) {\n        y++;\n    }\n}\n", None),
    ("cpp", "int main() {\n    while (i < 5) {\n        if (x) { i++; }\n    }\n}\n", None),
    ("c", "int main() {\n    do {\n        i++;\n    } while (i < 5);\n}\n", None),
    ("javascript", "let i = 0\nwhile (i < 3) {\n  console.log(1)\n}\n", 2),
    ("javascript", "let i = 0\nwhile (i < 3) {\n  i++\n}\n", None),
    ("python", "for i in range(10**9):\n    x = i\n", None),
    ("python", "", None),
]


@pytest.mark.parametrize(("language", "source", "line"), ENDLESS)
def test_an_endless_loop_is_named_only_where_it_is_plain(
    language: str, source: str, line: int | None
) -> None:
    found = explain_verdict(language, source, Verdict.TIME_LIMIT)
    assert found is not None
    assert found.kind is (Kind.ENDLESS_LOOP if line else Kind.TOO_SLOW)
    assert found.line == line


@pytest.mark.parametrize(
    ("verdict", "signal", "kind"),
    [
        (Verdict.MEMORY_LIMIT, None, Kind.OUT_OF_MEMORY),
        (Verdict.OUTPUT_LIMIT, None, Kind.TOO_MUCH_OUTPUT),
        (Verdict.REFUSED_CALL, 31, Kind.REFUSED_CALL),
        (Verdict.RUNTIME_ERROR, 11, Kind.SEGMENTATION),
        (Verdict.RUNTIME_ERROR, 8, Kind.DIVIDED_BY_ZERO),
        (Verdict.RUNTIME_ERROR, 6, Kind.ABORTED),
        (Verdict.RUNTIME_ERROR, 9, Kind.KILLED),
    ],
)
def test_limits_and_signals_are_explained(verdict: Verdict, signal: int | None, kind: Kind) -> None:
    assert explain_verdict("cpp", "int main() {}", verdict, "", signal) == Explanation(kind)


@pytest.mark.parametrize(
    "verdict", [Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.INTERNAL_ERROR]
)
def test_what_is_no_error_of_the_program_is_not_explained(verdict: Verdict) -> None:
    assert explain_verdict("python", "while 1: pass", verdict, "ZeroDivisionError: x", 11) is None


def test_a_limit_is_explained_before_what_the_program_wrote() -> None:
    found = explain_verdict("python", "x", Verdict.MEMORY_LIMIT, "ValueError: math domain error")
    assert found == Explanation(Kind.OUT_OF_MEMORY)
