"""Python's own messages about small programs, explained: the real interpreter says them here."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.submissions.explaining import Explanation, Kind, explain
from tests.domain.submissions.compiling import run

CASES = yaml.safe_load((Path(__file__).parent / "errors_python.yaml").read_text("utf-8"))


def traceback_of(program: str, given: str, folder: Path) -> str:
    (folder / "main.py").write_text(program, "utf-8")
    return run([sys.executable, "-I", "-S", "main.py"], folder, given).stderr.decode()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['kind']}-{at}") for at, case in enumerate(CASES)]
)
def test_an_error_is_explained_with_its_line(case: Mapping[str, Any], tmp_path: Path) -> None:
    message = traceback_of(case["program"], case.get("input", ""), tmp_path)
    found = explain("python", case["program"], message)
    assert found is not None, message
    assert (found.kind, found.line) == (case["kind"], case["line"]), message
    assert found.values.items() >= case.get("values", {}).items()
    if found.line is not None:
        assert found.source_line == case["program"].split("\n")[case["line"] - 1].expandtabs(
            4
        ).replace("\u200b", "")


def frame(line: int, text: str, error: str) -> str:
    return (
        f'Traceback (most recent call last):\n  File "main.py", line {line}, in <module>\n'
        f"    {text}\n    ^^^^\n{error}\n"
    )


# As 3.12 and 3.13 put it.
LATER = [
    ("math.pi", "NameError: name 'math' is not defined. Did you forget to import 'math'?"),
    ("statistic", "NameError: name 'os' is not defined. Did you forget to import 'os'?"),
    ("f(c=1)", "TypeError: f() got an unexpected keyword argument 'c'. Did you mean 'a'?"),
    ("print(1, ends='')", "TypeError: print() got an unexpected keyword argument 'ends'"),
    ("[].add(1)", "AttributeError: 'list' object has no attribute 'add'"),
    ("a, b = 1, 2, 3", "ValueError: too many values to unpack (expected 2, got 3)"),
    ("x = y", "UnboundLocalError: cannot access local variable 'y' where it is not associated"),
    ("0 ** -1", "ZeroDivisionError: zero to a negative power"),
]
LATER_KINDS = [
    Kind.MISSING_IMPORT,
    Kind.MISSING_IMPORT,
    Kind.UNKNOWN_ARGUMENT,
    Kind.UNKNOWN_ARGUMENT,
    Kind.OTHER_ATTRIBUTE,
    Kind.TOO_MANY_VALUES,
    Kind.LOCAL_UNSET,
    Kind.DIVIDED_BY_ZERO,
]


@pytest.mark.parametrize(
    ("text", "error", "kind"),
    [(*pair, kind) for pair, kind in zip(LATER, LATER_KINDS, strict=True)],
)
def test_later_releases_of_python_are_understood_too(text: str, error: str, kind: Kind) -> None:
    found = explain("python", text + "\n", frame(1, text, error))
    assert found is not None
    assert (found.kind, found.line, found.column) == (kind, 1, 1)


def test_an_f_string_that_never_ends_is_a_text_that_never_ends() -> None:
    message = (
        '  File "main.py", line 1\n    print(f"hello)\n          ^\n'
        "SyntaxError: unterminated f-string literal (detected at line 1)\n"
    )
    found = explain("python", 'print(f"hello)\n', message)
    assert found == Explanation(Kind.UNCLOSED_QUOTE, 1, 7, {}, 'print(f"hello)')


def test_the_innermost_line_of_the_students_own_is_shown() -> None:
    source = "import random\ndef f(a):\n    return random.choice(a)\nf([])\n"
    message = (
        'Traceback (most recent call last):\n  File "main.py", line 4, in <module>\n    f([])\n'
        '  File "main.py", line 3, in f\n    return random.choice(a)\n'
        "           ^^^^^^^^^^^^^^^^\n"
        '  File "/usr/lib/python3.11/random.py", line 2, in choice\n    return seq[0]\n'
        "IndexError: list index out of range\n"
    )
    assert explain("python", source, message) == Explanation(
        Kind.OUT_OF_RANGE, 3, 12, {}, "    return random.choice(a)"
    )


def test_an_error_of_the_programs_own_making_is_not_explained() -> None:
    message = frame(1, "raise TooOld()", "TooOldError: you are too old")
    assert explain("python", "raise TooOld()\n", message) is None
