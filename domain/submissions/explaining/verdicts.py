"""Ends that come without a message: limits and signals."""

import re
from collections.abc import Sequence

from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.rules import explanation, lines_of, without_texts
from domain.submissions.judging import Verdict

_BY_VERDICT = {
    Verdict.MEMORY_LIMIT: Kind.OUT_OF_MEMORY,
    Verdict.OUTPUT_LIMIT: Kind.TOO_MUCH_OUTPUT,
    Verdict.REFUSED_CALL: Kind.REFUSED_CALL,
}
_BY_SIGNAL = {
    4: Kind.ABORTED,
    6: Kind.ABORTED,
    7: Kind.SEGMENTATION,
    8: Kind.DIVIDED_BY_ZERO,
    9: Kind.KILLED,
    11: Kind.SEGMENTATION,
    25: Kind.TOO_MUCH_OUTPUT,
}
_COMMENT = {"python": "#"}
_WHILE = re.compile(r"^\s*\}?\s*while\b\s*(.*)$")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_ALWAYS = frozenset({"True", "true", "1"})
_DOES_SOMETHING = re.compile(r"\w\s*\(|[\[.]|>>|\+\+|--|:=|(?<![<>=!])=(?!=)")
"""A call, a part of something or an assignment: the condition may change by itself."""
_READS = re.compile(r"\b(?:input|cin|scanf|getline|readline|read)\b")
_WAY_OUT = re.compile(r"\b(?:break|return|exit|quit|raise|throw|goto|yield)\b")
_HEAD_ENDS = (re.compile(r"\{"), re.compile(r":(?!=)"))
"""What follows a condition in braces and in Python."""
_WORDS = frozenset({"True", "False", "None", "true", "false", "and", "or", "not", "in", "is"})
LOOKED_AT = 60
"""Lines of a loop's body that are looked through."""
LOOPS = 20
"""Loops of a program that are looked at."""


def explain_end(
    language: str, source: str, verdict: Verdict, signal: int | None
) -> Explanation | None:
    lines = lines_of(source)
    if verdict is Verdict.TIME_LIMIT:
        line = endless_loop(language, lines)
        return explanation((Kind.ENDLESS_LOOP if line else Kind.TOO_SLOW, {}), lines, line)
    kind = _BY_VERDICT.get(verdict)
    if verdict is Verdict.RUNTIME_ERROR and signal is not None:
        kind = _BY_SIGNAL.get(signal)
    return None if kind is None else explanation((kind, {}), lines, None)


def endless_loop(language: str, source: Sequence[str]) -> int | None:
    """The line of a `while` that nothing in its body can end, where that is plain to see."""
    comment = _COMMENT.get(language, "//")
    code = [without_texts(line, comment) for line in source]
    seen = 0
    for number, line in enumerate(code, 1):
        loop = _WHILE.match(line)
        if loop is None:
            continue
        seen += 1
        if seen > LOOPS:
            return None
        indents = language == "python"
        body = _indented(code, number) if indents else _braced(code, number, loop[1])
        if body is not None and _endless(loop[1], body, language):
            return number
    return None


def _indented(code: Sequence[str], number: int) -> str | None:
    """The body of a Python loop; None where it is too long to tell."""
    depth = _depth(code[number - 1])
    body = [code[number - 1].partition(":")[2]]
    for line in code[number:]:
        if line.strip() and _depth(line) <= depth:
            return "\n".join(body)
        body.append(line)
        if len(body) > LOOKED_AT:
            return None
    return "\n".join(body)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _braced(code: Sequence[str], number: int, head: str) -> str | None:
    """The body of a loop in braces; None where it has none or they do not close soon."""
    if head.rstrip().endswith(";"):
        return None
    text = "\n".join([head, *code[number : number + LOOKED_AT]])
    start = text.find("{")
    if start < 0 or text[:start].count("(") != text[:start].count(")"):
        return None
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return text[start + 1 : at]
    return None


def _endless(head: str, body: str, language: str) -> bool:
    """Whether no name of the condition stands in the body, and nothing else leaves the loop."""
    condition = _HEAD_ENDS[language == "python"].split(head, maxsplit=1)[0].strip()
    if _WAY_OUT.search(body) or _DOES_SOMETHING.search(condition):
        return False
    names = set(_NAME.findall(condition)) - _WORDS
    if not names:
        # An error of its own ends a loop that reads for ever.
        return condition.strip("() ") in _ALWAYS and not _READS.search(body)
    return not names & set(_NAME.findall(body))
