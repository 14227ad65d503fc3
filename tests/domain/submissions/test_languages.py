"""Which language code is in, and how a file or a chat message becomes source."""

import contextlib
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Mistake
from domain.submissions.languages import (
    LANGUAGES,
    SOURCE_LIMIT,
    Pasted,
    decode,
    detect,
    from_message,
)

SNIPPETS = yaml.safe_load((Path(__file__).parent / "snippets.yaml").read_text("utf-8"))
LABELLED = [
    pytest.param(language, source, id=f"{language}-{number}")
    for language, sources in SNIPPETS.items()
    for number, source in enumerate(sources, 1)
]


def code(file_name: str | None, source: str) -> str | None:
    found = detect(file_name, source)
    return found.code if found else None


@pytest.mark.parametrize(("language", "source"), LABELLED)
def test_a_language_is_never_taken_for_another(language: str, source: str) -> None:
    assert code(None, source) in ({None} if language == "unsure" else {language, None})


def test_code_in_our_languages_is_nearly_always_known() -> None:
    ours = {language: SNIPPETS[language] for language in LANGUAGES}
    unknown = [text for texts in ours.values() for text in texts if code(None, text) is None]
    assert sum(map(len, SNIPPETS.values())) >= 120
    assert sum(map(len, ours.values())) >= 100
    assert len(unknown) <= 3, unknown


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("a.py", "python"),
        ("MAIN.PY", "python"),
        ("sum.cpp", "cpp"),
        ("sum.CC", "cpp"),
        ("x.c", "c"),
        ("x.js", "javascript"),
        ("main.py.txt", "python"),
        ("main (2).cpp", "cpp"),
        ("main.cpp (1)", "cpp"),
        ("../../etc/a.py", "python"),
        ("Main.java", None),
        ("a.ipynb", None),
        ("photo.jpg", None),
    ],
)
def test_the_ending_of_a_file_decides(file_name: str, expected: str | None) -> None:
    assert code(file_name, 'console.log("in another language");') in (expected,)


@pytest.mark.parametrize("file_name", ["code.txt", "homework", "", "notes.h", None])
def test_where_the_ending_says_nothing_the_content_decides(file_name: str | None) -> None:
    assert code(file_name, "print(int(input()) * 2)") == "python"


def test_every_language_has_its_own_endings_and_a_file_name_that_leads_back_to_it() -> None:
    endings = [ending for one in LANGUAGES.values() for ending in one.extensions]
    assert len(endings) == len(set(endings))
    assert list(LANGUAGES) == ["python", "cpp", "c", "javascript"]
    assert [detect(one.file_name, "") for one in LANGUAGES.values()] == list(LANGUAGES.values())


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b"print(1)", "print(1)"),
        (b"\xef\xbb\xbfprint(1)\r\n", "print(1)\n"),
        ("print('ক')\n".encode("utf-16"), "print('ক')\n"),
        (b"\xfe\xff" + "a\r\nb".encode("utf-16-be"), "a\nb"),
        (b"a\rb\r\nc\n", "a\nb\nc\n"),
        ("x = '১'".encode(), "x = '১'"),
    ],
)
def test_a_file_becomes_source(content: bytes, source: str) -> None:
    assert decode(content) == source


@pytest.mark.parametrize(
    ("content", "view"),
    [
        (b"", "submissions.source_empty"),
        (b" \r\n\t", "submissions.source_empty"),
        (b"\xef\xbb\xbf", "submissions.source_empty"),
        (b"a\0b", "submissions.source_not_text"),
        ("print(1)".encode("utf-16-le"), "submissions.source_not_text"),
        (b"\x89PNG\r\n\x1a\n", "submissions.source_not_text"),
        (b"\xff\xfea", "submissions.source_not_text"),
        (b"#" * (SOURCE_LIMIT + 1), "submissions.source_too_long"),
        (b"\0" * 10_000_000, "submissions.source_too_long"),
        (("ক" * 30_000).encode("utf-16"), "submissions.source_too_long"),
    ],
)
def test_what_is_no_source_is_refused_with_the_reason(content: bytes, view: str) -> None:
    with pytest.raises(Mistake) as refused:
        decode(content)
    assert refused.value.view == view


def test_source_of_just_the_limit_is_taken() -> None:
    assert len(decode(b"#" * SOURCE_LIMIT)) == SOURCE_LIMIT


@pytest.mark.parametrize(
    ("text", "source", "language"),
    [
        ("print(1)", "print(1)\n", None),
        ("\n\n    x = 1\n    y = 2\n\n", "    x = 1\n    y = 2\n", None),
        ("```python\nprint(1)\n```", "print(1)\n", "python"),
        ("Here it is:\n```cpp\nint x;\n```\nthanks", "int x;\n", "cpp"),
        ("```C++\nint x;\n```", "int x;\n", "cpp"),
        ("```js\nlet x\n```", "let x\n", "javascript"),
        ("```\na\n```", "a\n", None),
        ("```java\na\n```", "a\n", None),
        ("```py\nfor i in x:\n    print(i)", "for i in x:\n    print(i)\n", "python"),
        ("see ```print(1)``` please", "print(1)\n", None),
        ("```py\na\n```\nand\n```js\nlonger one\n```", "longer one\n", "javascript"),
        ("if x:\r\n\u00a0\u00a0\u00a0 print(“x”)", "if x:\n    print(“x”)\n", None),
        ("\ufeffx =\u2009\u200b1\u3000", "x = 1\n", None),
    ],
)
def test_code_is_taken_out_of_a_chat_message(text: str, source: str, language: str | None) -> None:
    assert from_message(text) == Pasted(source, LANGUAGES[language] if language else None)


@pytest.mark.parametrize("text", ["", "  \n ", "```python\n```", "\u200b", "\ud800", "a\0"])
def test_a_message_without_usable_code_is_refused(text: str) -> None:
    with pytest.raises(Mistake):
        from_message(text)


@given(st.one_of(st.text(), st.text("`\n pyc+:(){}#\"'/*<>=for inlet", max_size=400)))
def test_any_text_is_read_without_failing(text: str) -> None:
    detect(None, text)
    detect(text, "")
    with contextlib.suppress(Mistake):
        assert from_message(text).source.strip()


@given(st.binary())
def test_any_bytes_are_source_or_refused(content: bytes) -> None:
    with contextlib.suppress(Mistake):
        assert "\r" not in decode(content)


@pytest.mark.parametrize(
    "piece",
    ["/*", '"""', '"', "'", "[ for ", "`", "```", "```\n", "(", "# ", "for x in ", "\\"],
)
def test_the_longest_source_takes_little_time_whatever_is_in_it(piece: str) -> None:
    text = piece * (SOURCE_LIMIT // len(piece))
    began = time.process_time()
    detect(None, text)
    with contextlib.suppress(Mistake):
        from_message(text)
    assert time.process_time() - began < 0.25
