"""JavaScript: from what node writes to the kind of error."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from domain.submissions.explaining import characters
from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.rules import (
    LONGEST_MESSAGE,
    Found,
    Rule,
    Told,
    explanation,
    first,
    lines_of,
    rule,
)

_ANOTHER_LANGUAGE = {
    "print": "console.log", "printf": "console.log", "cout": "console.log", "True": "true",
    "False": "false", "None": "null", "NULL": "null", "nil": "null", "input": "readline",
    "len": "length", "int": "parseInt", "str": "String", "elif": "else if",
}  # fmt: skip
_GIVEN = re.compile(r"\b(?:let|const|var|function|class)\s+([\w$]+)")
_KNOWN = ["console", "Math", "parseInt", "Number", "String", "Array", "require", "process", "JSON"]


def _name(found: Found) -> Told:
    name = found["name"]
    if name in _ANOTHER_LANGUAGE:
        return Kind.NAME_OF_ANOTHER_LANGUAGE, {"name": name, "meant": _ANOTHER_LANGUAGE[name]}
    given = [one for line in found.source for one in _GIVEN.findall(line)][:200]
    if name in given:
        return Kind.OUT_OF_SCOPE, {"name": name}
    meant = next(iter(get_close_matches(name[:40], [*given, *_KNOWN], 1, 0.75)), None)
    if meant is not None:
        return Kind.NAME_TYPO, {"name": name, "meant": meant}
    return Kind.UNDECLARED, {"name": name}


def _character(found: Found) -> Told:
    return characters.suspect(found.text) or (Kind.UNCLOSED_QUOTE, {})


def _unexpected(found: Found) -> Told:
    sign = found["sign"]
    if sign in {")", "]", "}"}:
        return Kind.STRAY_BRACKET, {"bracket": sign}
    return (Kind.ELSE_WITHOUT_IF, {"word": sign}) if sign == "else" else (Kind.INVALID_SYNTAX, {})


def _recursion(found: Found) -> Told:
    for line in reversed(found.source[: found.line or 0]):
        named = re.search(r"function\s+([\w$]+)|(?:const|let|var)\s+([\w$]+)\s*=.*=>", line)
        if named is not None:
            return Kind.TOO_DEEP, {"name": named[1] or named[2]}
    return Kind.TOO_DEEP, {"name": "…"}


_RULES: Sequence[Rule] = (
    rule(r"^ReferenceError: (?P<name>[\w$]+) is not defined", _name),
    rule(r"^ReferenceError: Cannot access '(?P<name>[^']*)' before", Kind.NAME_TOO_EARLY),
    rule(
        r"^TypeError: (?P<name>[\w$.\[\]() ]+) is not a (?:function|constructor)",
        Kind.NOT_A_FUNCTION,
    ),
    rule(
        r"^TypeError: Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null)"
        r" \((?:reading|setting) '(?P<name>[^']*)'",
        Kind.MEMBER_OF_UNDEFINED,
    ),
    rule(r"^TypeError: Assignment to constant", Kind.CONST_CHANGED),
    rule(r"^TypeError: (?P<type>[\w$.]+) is not iterable", Kind.NOT_ITERABLE),
    rule(r"^SyntaxError: missing (?P<bracket>\)) after", Kind.MISSING_PARENTHESIS),
    rule(r"^SyntaxError: Unexpected end of input", Kind.MISSING_END_BRACE),
    rule(r"^SyntaxError: Invalid or unexpected token|Invalid regular expr", _character),
    rule(r"^SyntaxError: Identifier '(?P<name>[^']*)' has already", Kind.DEFINED_TWICE),
    rule(r"^SyntaxError: (?:Invalid left-hand|Invalid destructuring)", Kind.CANNOT_ASSIGN),
    rule(r"^SyntaxError: Missing initializer in const", Kind.NO_INITIALIZER),
    rule(r"^SyntaxError: Illegal return", Kind.RETURN_OUTSIDE),
    rule(r"^SyntaxError: Illegal (?P<word>break|continue)", Kind.LOOP_WORD_OUTSIDE),
    rule(r"^SyntaxError: Unexpected token '(?P<sign>[^']*)'", _unexpected),
    rule(r"^SyntaxError: Unexpected (?:identifier|string|number|token)", Kind.INVALID_SYNTAX),
    rule(r"^RangeError: Maximum call stack", _recursion),
    rule(r"^Error: Cannot find module '(?P<name>[^']*)'", Kind.MODULE_MISSING),
    rule(r"^FATAL ERROR: .*heap", Kind.OUT_OF_MEMORY),
)
_ERROR = re.compile(r"^(?:Uncaught )?((?:\w{0,30}Error|FATAL ERROR)\b.*)$")
_HEAD = re.compile(r"^\S[^\n]{0,200}:(\d{1,6})$")
_FRAME = re.compile(r"^ +at .*?([^\s(:]{1,200}):(\d{1,6}):(\d{1,6})\)?$")
_LIBRARY = re.compile(r"^node:|^internal/|^/usr/|node_modules")


def explain(source: str, message: str) -> Explanation | None:
    report = [line[:LONGEST_MESSAGE] for line in message.split("\n")]
    error = next((found for text in report if (found := _ERROR.match(text))), None)
    if error is None:
        return None
    lines = lines_of(source)
    line, column = _place(report, len(lines))
    told = first(_RULES, error[1], lines, line)
    return None if told is None else explanation(told, lines, line, column)


def _place(report: Sequence[str], count: int) -> tuple[int | None, int | None]:
    """The innermost frame of the student's own, else the place that the report begins with."""
    for text in report:
        frame = _FRAME.match(text)
        if frame is not None and not _LIBRARY.search(frame[1]) and 1 <= int(frame[2]) <= count:
            return int(frame[2]), int(frame[3])
    for at, text in enumerate(report):
        head = _HEAD.match(text)
        if head is not None and not _LIBRARY.search(text) and 1 <= int(head[1]) <= count:
            marks = report[at + 2] if at + 2 < len(report) else ""
            return int(head[1]), marks.index("^") + 1 if "^" in marks else None
    return None, None
