"""Whether the values of unknowns are right: x = 3, y = -2."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from domain.errors import Mistake
from domain.practice.answers import reading
from domain.practice.answers.expressions import Expression
from domain.practice.answers.sides import kind_at, several, split, unreadable
from domain.practice.answers.spelling import spelled
from domain.practice.answers.values import (
    BRACKETS,
    OtherUnitError,
    bare,
    has_value,
    near,
    refuse_comparisons,
    separates,
    value_of,
)
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.answers.vocabulary import Kind, Token

_NEXT_NAME = re.compile("(?<=[0-9০-৯¼-¾]) +(?=[A-Za-z] *[=:])")
_WORKED = (Kind.PLUS, Kind.STAR, Kind.SLASH, Kind.POWER, Kind.MINUS, Kind.NUMBER, Kind.OPERATOR)


@dataclass(slots=True)
class _Said:
    """What was said so far of each unknown, and the values without a name in their order."""

    named: dict[str, Expression] = field(default_factory=dict)
    nameless: list[Expression] = field(default_factory=list)
    worked: bool = False
    """Whether an equation was passed over that gives no value."""


def judge(given: str, expected: str, asked: Asked) -> Verdict:
    right = _expected(expected)
    try:
        said = _unknowns(given, tuple(right), asked)
    except OtherUnitError:
        return wrong(Reason.WRONG_UNIT)
    met = {letter for letter in said if near(said[letter], right[letter], asked)}
    if met == set(right):
        return RIGHT
    if met == set(said):
        return wrong(Reason.INCOMPLETE)
    if len(said) == len(right) > 1 and _exchanged(said, right, asked):
        return wrong(Reason.WRONG_ORDER)
    flipped = all(near(-said[letter], right[letter], asked) for letter in set(said) - met)
    return wrong(Reason.WRONG_SIGN if flipped else Reason.WRONG)


def _exchanged(
    said: Mapping[str, Expression], right: Mapping[str, Expression], asked: Asked
) -> bool:
    left = list(right.values())
    for one in said.values():
        match = next((at for at, other in enumerate(left) if near(one, other, asked)), None)
        if match is None:
            return False
        left.pop(match)
    return True


@lru_cache(maxsize=4096)
def _expected(text: str) -> Mapping[str, Expression]:
    letters = tuple(dict.fromkeys(filter(str.isalpha, text.casefold())))
    try:
        values = _unknowns(text, letters, Asked())
    except (Mistake, OtherUnitError):
        values = {}
    if not values or len(values) != len(letters):
        raise ValueError("not values of unknowns such as x = 3, y = -2")
    return values


def _unknowns(text: str, letters: tuple[str, ...], asked: Asked) -> Mapping[str, Expression]:
    reading.refuse_long(text)
    text = _NEXT_NAME.sub(_parted, text)
    found = reading.pieces_of(spelled(text), frozenset(letters), grouping=False)
    refuse_comparisons(found)
    if any(token.kind is Kind.PLUS_MINUS for token in found):
        raise several()
    rest, letters = _order(found, letters)
    said = _Said()
    for run in _named_runs(rest):
        _take(run, letters, said, asked)
    if said.nameless and (said.named or len(said.nameless) not in (1, len(letters))):
        raise several()
    if len(said.nameless) == len(letters):
        return dict(zip(letters, said.nameless, strict=True))
    if said.nameless or not said.named:
        raise unreadable()
    if said.worked and len(said.named) < len(letters):
        raise unreadable()
    return said.named


def _parted(match: re.Match[str]) -> str:
    """A comma for the space of x=3 y=2, but not for the one of 2 x = 10."""
    before = match.string[: match.start()]
    return ", " if "=" in before or ":" in before else match[0]


def _order(
    found: Sequence[Token], letters: tuple[str, ...]
) -> tuple[Sequence[Token], tuple[str, ...]]:
    """Without the names of (x, y) = (3, -2), and the order that they give."""
    at = next((at for at, token in enumerate(found) if token.kind is Kind.EQUALS), 0)
    names = [token.word for token in found[:at] if token.kind is Kind.LETTER]
    parted = all(
        (one.kind, next_.kind) != (Kind.LETTER, Kind.LETTER) for one, next_ in pairwise(found[:at])
    )
    plain = parted and all(
        token.kind in (Kind.LETTER, Kind.COMMA, Kind.AND, Kind.WORD, *BRACKETS)
        for token in found[:at]
    )
    named_after = any(token.kind is Kind.LETTER for token in found[at:])
    if not plain or named_after or len(names) < 2 or set(names) != set(letters):
        return found, letters
    return found[at + 1 :], tuple(names)


def _named_runs(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs between separators, cut also before a letter that begins the next "y =" or "y 3"."""
    for run in split(found, separates):
        part: list[Token] = []
        for at, token in enumerate(run):
            begins = token.kind is Kind.LETTER and kind_at(run, at + 1) in (
                Kind.EQUALS,
                Kind.COLON,
            )
            ended = kind_at(run, at - 1) in (Kind.UNIT, Kind.WORD, Kind.CLOSE)
            if begins and ended and has_value(part):
                yield part
                part = []
            part.append(token)
        yield part


def _take(run: Sequence[Token], letters: tuple[str, ...], said: _Said, asked: Asked) -> None:
    sides = split(run, lambda token: token.kind in (Kind.EQUALS, Kind.COLON))
    names = {token.word for token in run if token.kind is Kind.LETTER}
    last = next((side for side in reversed(sides) if has_value(side)), None)
    if last is None:
        return
    reading.refuse_unequal(sides)
    if not names:
        said.nameless.append(value_of(bare(last), asked))
        return
    letter_sides = [side for side in sides if any(one.kind is Kind.LETTER for one in side)]
    alone = len(letter_sides) == 1 and not any(
        one.kind in _WORKED or one.kind is Kind.ROOT for one in letter_sides[0]
    )
    alone = alone and sum(one.kind is Kind.LETTER for one in letter_sides[0]) == 1
    if len(names) > 1 or not alone:
        if len(sides) == 1 and not alone and len(names) == 1:
            raise unreadable()
        said.worked = True
        return
    (letter,) = names
    if letter not in letters:
        raise unreadable()
    value = value_of(bare(last), asked)
    if letter in said.named and said.named[letter] != value:
        raise several()
    said.named[letter] = value
