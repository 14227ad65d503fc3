"""C and C++: from the output of gcc 12 to 14, its linker's and a dying program's to the kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.submissions.explaining import gcc_names, gcc_syntax, gcc_types
from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.rules import (
    LONGEST_MESSAGE,
    Rule,
    Told,
    explanation,
    first,
    lines_of,
    rule,
)

_WARNINGS: Sequence[Rule] = (
    rule(r"parentheses around assignment used as truth", Kind.ASSIGNED_IN_CONDITION),
    rule(r"no return statement|control reaches end of non-void", Kind.NO_RETURN),
    rule(r"expects argument of type '[^']*\*', but argument", Kind.MISSING_AMPERSAND),
    rule(
        r"format '(?P<format>%[^']*)' expects|(?P<format2>too many) arguments for format",
        gcc_types.wrong_format,
    ),
    rule(r"division by zero", Kind.DIVIDED_BY_ZERO),
    rule(r"multi-character character|character constant too long", Kind.SINGLE_QUOTES),
    rule(r"implicit declaration of function '(?P<name>[^']*)'", gcc_names.undeclared),
    rule(
        r"of '(?P<right>[^']*)' from (?:incompatible pointer type )?'(?P<left>[^']*)'",
        gcc_types.converted,
    ),
)
_ERRORS: Sequence[Rule] = (
    *gcc_syntax.RULES,
    *gcc_names.RULES,
    *gcc_types.RULES,
    *_WARNINGS,
)
_DIAGNOSTIC = re.compile(
    r"^([^\s:][^:]{0,200}):(\d{1,6}):(?:(\d{1,6}):)? (fatal error|error|warning): (.*)$"
)
_FROM_HERE = re.compile(r"^([^\s:][^:]{0,200}):(\d{1,6}):(?:\d{1,6}:)? +required from here")
_LIBRARY = re.compile(r"^/usr/|^/opt/|/include/c\+\+/|^<")
_UNDEFINED = re.compile(r"undefined reference to [`']([^`']{1,200})'")
_DYING: Sequence[Rule] = (
    rule(r"instance of 'std::out_of_range'", Kind.OUT_OF_RANGE),
    rule(r"instance of 'std::(?:bad_alloc|length_error|bad_array_new_length)'", Kind.OUT_OF_MEMORY),
    rule(
        r"instance of 'std::invalid_argument'[\s\S]{0,40}what\(\): +(?P<name>sto\w+)",
        Kind.STOI_FAILED,
    ),
    rule(r"throwing an instance of '(?P<type>[^']*)'", Kind.UNCAUGHT_EXCEPTION),
    rule(
        r"stack smashing|double free|free\(\): |malloc\(\): |munmap_chunk|corrupted|realloc\(\)",
        Kind.SEGMENTATION,
    ),
    rule(r"Assertion [`'].* failed", Kind.ABORTED),
)
_CURLY = str.maketrans("‘’", "''")
_NOTES = 12
"""Lines after an error in which gcc says what to include."""


@dataclass(frozen=True, slots=True)
class _Diagnostic:
    """One error or warning; `text` goes on with the notes after it."""

    line: int
    column: int | None
    is_error: bool
    is_own: bool
    """Whether it is in the student's file, not in the library's."""
    text: str


def explain(source: str, message: str) -> Explanation | None:
    report = [line[:LONGEST_MESSAGE].translate(_CURLY) for line in message.split("\n")]
    lines = lines_of(source)
    found = list(_diagnostics(report))
    errors = [one for one in found if one.is_error]
    if errors:
        return _of_error(errors[0], report, lines)
    told = _linked(found, report, lines) or first(_DYING, "\n".join(report), lines, None)
    if told is not None:
        return told if isinstance(told, Explanation) else explanation(told, lines, None)
    return next(filter(None, (_of(one, _WARNINGS, lines) for one in found if one.is_own)), None)


def _diagnostics(report: Sequence[str]) -> Iterator[_Diagnostic]:
    for at, text in enumerate(report):
        match = _DIAGNOSTIC.match(text)
        if match is not None:
            notes = "\n".join(line for line in report[at + 1 : at + _NOTES] if " note: " in line)
            column = int(match[3]) if match[3] else None
            own = not _LIBRARY.search(match[1])
            is_error = match[4] != "warning"
            yield _Diagnostic(int(match[2]), column, is_error, own, f"{match[5]}\n{notes}")


def _of_error(
    error: _Diagnostic, report: Sequence[str], lines: Sequence[str]
) -> Explanation | None:
    """An error inside the library comes from a line of the student's own, which gcc names too."""
    if error.is_own:
        return _of(error, _ERRORS, lines)
    for text in report:
        here = _FROM_HERE.match(text)
        if here is not None and not _LIBRARY.search(here[1]) and 1 <= int(here[2]) <= len(lines):
            return explanation((Kind.MISUSED_TEMPLATE, {}), lines, int(here[2]))
    return None


def _of(one: _Diagnostic, rules: Sequence[Rule], lines: Sequence[str]) -> Explanation | None:
    line = one.line if 1 <= one.line <= len(lines) else None
    told = first(rules, one.text, lines, line)
    if told is None:
        return None
    if line and told[0] in gcc_syntax.BEFORE and gcc_syntax.begins_line(lines, line, one.column):
        return explanation(told, lines, gcc_syntax.line_before(lines, line))
    return explanation(told, lines, line, _characters(lines, line, one.column))


def _characters(lines: Sequence[str], line: int | None, column: int | None) -> int | None:
    """gcc's column as characters; where they are not surely the same, none."""
    if line is None or column is None:
        return None
    before = lines[line - 1][: column - 1]
    return column if before.isascii() and "\t" not in before else None


def _linked(
    found: Sequence[_Diagnostic], report: Sequence[str], lines: Sequence[str]
) -> Explanation | Told | None:
    """A function that is called and is nowhere; in C a warning already said at which line."""
    missing = next((match[1] for text in report if (match := _UNDEFINED.search(text))), None)
    if missing is None:
        return None
    name = missing.split("(")[0]
    if name == "main":
        return gcc_names.main_missing(lines)
    for one in found:
        if f"implicit declaration of function '{name}'" in one.text and one.is_own:
            return _of(one, _WARNINGS, lines)
    line = gcc_names.called_at(name, lines)
    return explanation((Kind.FUNCTION_WITHOUT_BODY, {"name": name}), lines, line)
