"""Python: from a traceback to the kind of error. Messages of 3.11 to 3.13."""

import re
from collections.abc import Mapping, Sequence

from domain.submissions.explaining import python_names, python_syntax, python_types
from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.rules import (
    LONGEST_LINE,
    LONGEST_MESSAGE,
    Rule,
    explanation,
    first,
    lines_of,
    rule,
)

_SYNTAX = python_syntax.RULES
_VALUE: Sequence[Rule] = (
    rule(r"(?:int\(\) with base \d+|string to float): b?'(?P<text>.*)'$", python_types.number_of),
    rule(r"(?:int\(\) with base \d+|string to float): (?P<text>\S.*)$", python_types.number_of),
    rule(r"too many values to unpack \(expected (?P<expected>\d+)", Kind.TOO_MANY_VALUES),
    rule(
        r"not enough values to unpack \(expected (?:at least )?(?P<expected>\d+), got (?P<got>\d+)",
        Kind.TOO_FEW_VALUES,
    ),
    rule(r"is not in (?:list|deque)|not in (?:list|tuple)|substring not found", Kind.NOT_IN_LIST),
    rule(r"math domain error|expected a (?:non-?negative|positive)", Kind.NO_SUCH_RESULT),
    rule(r"arg is an empty sequence|iterable argument is empty", Kind.NOTHING_LEFT),
)
_INDEX: Sequence[Rule] = (
    rule(r"pop from (?:an )?empty|pop from empty", Kind.NOTHING_LEFT),
    rule(r"out of range", Kind.OUT_OF_RANGE),
    rule(r"empty sequence", Kind.NOTHING_LEFT),
)
_RULES: Mapping[str, Sequence[Rule]] = {
    "SyntaxError": _SYNTAX,
    "IndentationError": _SYNTAX,
    "TabError": (rule("", Kind.TABS_AND_SPACES),),
    "NameError": (rule(r"name '(?P<name>[^']*)' is not defined", python_names.name),),
    "UnboundLocalError": (
        rule(r"local variable '(?P<name>[^']*)'", Kind.LOCAL_UNSET),
        rule(r"variable '(?P<name>[^']*)'", Kind.LOCAL_UNSET),
    ),
    "TypeError": python_types.TYPES,
    "ValueError": _VALUE,
    "IndexError": _INDEX,
    "KeyError": (
        rule(r"^'pop(?:item)?.*empty", Kind.NOTHING_LEFT),
        rule(r"^(?P<missing>.*)$", Kind.KEY_MISSING),
    ),
    "AttributeError": python_names.ATTRIBUTES,
    "ZeroDivisionError": (rule("", Kind.DIVIDED_BY_ZERO),),
    "EOFError": (rule("", Kind.INPUT_ENDED),),
    "RecursionError": (rule("", python_names.recursion),),
    "ModuleNotFoundError": (rule(r"No module named '(?P<name>[^']*)'", Kind.MODULE_MISSING),),
    "ImportError": (
        rule(r"cannot import name '(?P<name>[^']*)' from '(?P<module>[^']*)'", Kind.NOT_IN_MODULE),
        rule(
            r"cannot import name '(?P<name>[^']*)' from partially \w+ module '(?P<module>[^']*)'",
            Kind.NOT_IN_MODULE,
        ),
    ),
    "MemoryError": (rule("", Kind.OUT_OF_MEMORY),),
    "OverflowError": (rule("", Kind.NUMBER_TOO_LARGE),),
    "UnicodeDecodeError": (rule("", Kind.NOT_READABLE_AS_TEXT),),
    "UnicodeEncodeError": (rule("", Kind.NOT_READABLE_AS_TEXT),),
    "FileNotFoundError": (rule(r"directory: '(?P<name>[^']*)'", Kind.FILE_MISSING),),
}
_LAST = re.compile(r"^(?:\w{1,40}\.){0,3}(\w{1,40}(?:Error|Exception))(?:: ?(.*))?$")
_FRAME = re.compile(r'^ *File "([^"]*)", line (\d{1,6})')
_LIBRARY = re.compile(r"/lib/python|/site-packages/|^<frozen|/zipimport")
_MARKS = re.compile(r"^[ ~^]*\^[ ~^]*$")
_MARGIN = 4
"""Columns before the source line in a traceback."""


def explain(source: str, message: str) -> Explanation | None:
    report = [line[:LONGEST_MESSAGE] for line in message.split("\n")]
    error = next((found for text in reversed(report) if (found := _LAST.match(text))), None)
    if error is None:
        return None
    lines = lines_of(source)
    line, column = _place(report, lines)
    told = first(_RULES.get(error[1], ()), error[2] or "", lines, line)
    return None if told is None else explanation(told, lines, line, column)


def _place(report: Sequence[str], source: Sequence[str]) -> tuple[int | None, int | None]:
    """The innermost line of the student's own, and where in it the traceback's marks begin."""
    for at in range(len(report) - 1, -1, -1):
        frame = _FRAME.match(report[at])
        if frame is None or _LIBRARY.search(frame[1]):
            continue
        line = int(frame[2])
        if 1 <= line <= len(source):
            return line, _column(report[at + 1 : at + 3], source[line - 1])
    return None, None


def _column(shown: Sequence[str], text: str) -> int | None:
    if len(shown) < 2 or not _MARKS.match(shown[1][:LONGEST_LINE]):
        return None
    indent = len(text) - len(text.lstrip())
    return shown[1].index("^") - _MARGIN + indent + 1
