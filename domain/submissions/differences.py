"""How what a program wrote differs from what was expected, so that a person can see it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.submissions.judging import STDOUT_KEPT

COMPARED = 64 * 1024
"""Characters of each text that are looked at."""
LONGEST_LINE = 60
"""Characters of a line that are shown: two lines of a phone."""
BEFORE_DIFFERENCE = 20
"""Of these, how many stand before the first difference, where the line is longer."""
HEAD, TAIL = 6, 2
"""Lines of a long text that are shown from its beginning and from its end."""


class DifferenceKind(StrEnum):
    SAME = "same"
    """As far as can be seen; another rule of the problem's is broken."""
    EMPTY = "empty"
    FURTHER_DOWN = "further_down"
    """All that was kept of the output is right."""
    INVISIBLE = "invisible"
    NEWLINE = "newline"
    SPACES = "spaces"
    LINE_BREAKS = "line_breaks"
    CASE = "case"
    BENGALI_DIGITS = "bengali_digits"
    NUMBER_FORMAT = "number_format"
    ROUNDING = "rounding"
    PROMPT = "prompt"
    ORDER = "order"
    MISSING_LINES = "missing_lines"
    EXTRA_LINES = "extra_lines"
    EXTRA_WORDS = "extra_words"
    VALUE = "value"
    """It is simply another answer."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text's first and last lines, each cut."""

    head: Sequence[str]
    omitted: int
    """Lines between head and tail that are left out."""
    tail: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """`line` counts from 1 where the two first differ; `expected` and `got` are that line of each.

    They are cut, invisible characters made visible; None where the text has no such line.
    """

    kind: DifferenceKind
    line: int
    expected: str | None
    got: str | None
    input: Excerpt
    count: int = 0
    """Lines that are missing or too many."""

    def data(self) -> dict[str, Any]:
        """As a view takes it and JSON holds it."""
        excerpt = self.input
        return {
            "kind": self.kind.value,
            "line": self.line,
            "expected": self.expected,
            "got": self.got,
            "count": self.count,
            "head": list(excerpt.head),
            "omitted": excerpt.omitted,
            "tail": list(excerpt.tail),
        }


def difference(expected: str, got: str, input: str) -> Difference:  # noqa: A002
    """What a failed visible test shows. `got` may be cut after STDOUT_KEPT bytes."""
    is_cut = len(got.encode("utf-8", "replace")) >= STDOUT_KEPT
    wanted, written = _lines(expected[:COMPARED]), _lines(got[:COMPARED])
    if is_cut:
        written = written[:-1]
        wanted = wanted[: len(written)]
    kind = _kind(wanted, written, expected, got, is_cut)
    at = _first_difference(wanted, written)
    left = wanted[at] if at < len(wanted) else None
    right = written[at] if at < len(written) else None
    return Difference(
        kind,
        at + 1,
        _shown(left, right, kind),
        _shown(right, left, kind),
        excerpt(input),
        abs(len(wanted) - len(written)),
    )


def excerpt(text: str) -> Excerpt:
    lines = _lines(text)
    cut = [_cut(visible(line, at_end_only=True)) for line in lines[:HEAD]]
    if len(lines) <= HEAD + TAIL + 1:
        cut += [_cut(visible(line, at_end_only=True)) for line in lines[HEAD:]]
        return Excerpt(cut, 0, ())
    tail = [_cut(visible(line, at_end_only=True)) for line in lines[-TAIL:]]
    return Excerpt(cut, len(lines) - HEAD - TAIL, tail)


def visible(line: str, *, at_end_only: bool) -> str:
    """With signs for what cannot be seen: · for a space (at the end of the line), → for a tab."""
    kept = line.rstrip(" ") if at_end_only else ""
    return "".join(map(_sign, kept)) + "".join(
        "·" if one == " " else _sign(one) for one in line[len(kept) :]
    )


_SIGNS = {
    "\t": "→",
    "\u00a0": "⍽",
    "\u202f": "⍽",
    **dict.fromkeys("\u200b\ufeff\u2060\u00ad", "⟨0⟩"),
}
_INVISIBLE = str.maketrans(
    {**dict.fromkeys("\r\u200b\ufeff\u2060\u00ad\0"), "\u00a0": " ", "\u202f": " "}
)
_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?")
_ASKING = re.compile(
    r"\b(?:enter|input|please|type in|give)\b|\b(?:number|name|value|age)s?\s*[:?]"
    r"|লিখুন|লেখো|লিখ|দাও|দিন|\bdao\b|\blikho\b",
    re.I,
)
CLOSE = Decimal("0.01")
"""How far two numbers may lie apart, in proportion, to look like one number rounded twice."""


def _sign(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character < " ":
        return chr(0x2400 + ord(character))
    return "�" if unicodedata.category(character) in {"Cc", "Cs"} else character


def _lines(text: str) -> list[str]:
    """Without the empty ones at the end, which no checker counts."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _kind(
    wanted: Sequence[str], written: Sequence[str], expected: str, got: str, is_cut: bool
) -> DifferenceKind:
    if list(wanted) == list(written):
        return _alike(expected, got, is_cut)
    if not written:
        return DifferenceKind.EMPTY
    return next((kind for kind, fits in _KINDS if fits(wanted, written)), DifferenceKind.VALUE)


def _alike(expected: str, got: str, is_cut: bool) -> DifferenceKind:
    if is_cut:
        return DifferenceKind.FURTHER_DOWN
    if expected.endswith("\n") and not got.endswith("\n"):
        return DifferenceKind.NEWLINE
    return DifferenceKind.SAME


Fits = Callable[[Sequence[str], Sequence[str]], bool]


def _equal_after(change: Callable[[str], str]) -> Fits:
    def fits(wanted: Sequence[str], written: Sequence[str]) -> bool:
        return change("\n".join(wanted)) == change("\n".join(written))

    return fits


def _without_invisible(text: str) -> str:
    return text.translate(_INVISIBLE)


def _words(text: str) -> str:
    return " ".join(text.split())


def _spaces(wanted: Sequence[str], written: Sequence[str]) -> bool:
    """Whether the lines are the same but for spaces in them."""
    return len(wanted) == len(written) and all(
        "".join(left.split()) == "".join(right.split())
        for left, right in zip(wanted, written, strict=True)
    )


def _numbers(close: bool) -> Fits:
    def fits(wanted: Sequence[str], written: Sequence[str]) -> bool:
        left, right = " ".join(wanted).split(), " ".join(written).split()
        return len(left) == len(right) and all(
            one == other or _same_number(one, other, close)
            for one, other in zip(left, right, strict=True)
        )

    return fits


def _same_number(one: str, other: str, close: bool) -> bool:
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    left, right = Decimal(one), Decimal(other)
    if not close or not ("." in one or "." in other):
        return left == right
    return abs(left - right) <= CLOSE * max(Decimal(1), abs(left))


def _asks(wanted: Sequence[str], written: Sequence[str]) -> bool:
    return not any(map(_ASKING.search, wanted)) and any(map(_ASKING.search, written[:20]))


def _other_order(wanted: Sequence[str], written: Sequence[str]) -> bool:
    return Counter(map(_words, wanted)) == Counter(map(_words, written))


def _begins(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return len(longer) > len(shorter) and all(
        _words(left) == _words(right) for left, right in zip(longer, shorter, strict=False)
    )


def _more_words(wanted: Sequence[str], written: Sequence[str]) -> bool:
    """Whether each line has all the words expected, in their order, and something else."""
    return len(wanted) == len(written) and all(
        _holds(right.split(), left.split()) for left, right in zip(wanted, written, strict=True)
    )


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    rest = iter(words)
    return bool(wanted) and all(any(word == one for word in rest) for one in wanted)


_KINDS: Sequence[tuple[DifferenceKind, Fits]] = (
    (DifferenceKind.INVISIBLE, _equal_after(_without_invisible)),
    (DifferenceKind.SPACES, _spaces),
    (DifferenceKind.LINE_BREAKS, _equal_after(_words)),
    (DifferenceKind.CASE, _equal_after(lambda text: _words(text).casefold())),
    (DifferenceKind.BENGALI_DIGITS, _equal_after(lambda text: _words(text.translate(_DIGITS)))),
    (DifferenceKind.NUMBER_FORMAT, _numbers(close=False)),
    (DifferenceKind.ROUNDING, _numbers(close=True)),
    (DifferenceKind.PROMPT, _asks),
    (DifferenceKind.ORDER, _other_order),
    (DifferenceKind.MISSING_LINES, _begins),
    (DifferenceKind.EXTRA_LINES, lambda wanted, written: _begins(written, wanted)),
    (DifferenceKind.EXTRA_WORDS, _more_words),
)


def _first_difference(wanted: Sequence[str], written: Sequence[str]) -> int:
    """The first line that differs, spaces at its end left out of account where others differ."""
    pairs = list(zip(wanted, written, strict=False))
    for at, (left, right) in enumerate(pairs):
        if left.rstrip() != right.rstrip():
            return at
    if len(wanted) != len(written):
        return len(pairs)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), 0)


_SHOW_SPACES = frozenset({DifferenceKind.SPACES, DifferenceKind.INVISIBLE})


def _shown(line: str | None, other: str | None, kind: DifferenceKind) -> str | None:
    if line is None:
        return None
    same = 0
    for one, two in zip(line, other or "", strict=False):
        if one != two:
            break
        same += 1
    start = max(0, same - BEFORE_DIFFERENCE) if len(line) > LONGEST_LINE else 0
    part = line[start : start + 4 * LONGEST_LINE]
    shown = visible(part, at_end_only=kind not in _SHOW_SPACES)
    return _cut(("…" if start else "") + shown)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"
