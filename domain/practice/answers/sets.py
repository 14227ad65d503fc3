"""Whether several values in any order are right: the roots of an equation, the members of a set."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from domain.errors import Mistake
from domain.practice.answers import reading
from domain.practice.answers.expressions import Expression
from domain.practice.answers.sides import has, kind_at, split, unreadable
from domain.practice.answers.values import (
    OtherUnitError,
    after_working,
    bare,
    has_value,
    near,
    refuse_comparisons,
    separates,
    value_of,
)
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.answers.vocabulary import Kind, Token

_MOST_VALUES = 20


def judge(given: str, expected: str, asked: Asked) -> Verdict:
    right = _expected(expected)
    try:
        said, names = _members(given, asked)
    except OtherUnitError:
        return wrong(Reason.WRONG_UNIT)
    missing = [one for one in right if not _among(one, said, asked)]
    strange = [one for one in said if not _among(one, right, asked)]
    if not missing and not strange:
        return RIGHT if len(names) <= 1 else wrong(Reason.WRONG)
    if not strange:
        return wrong(Reason.INCOMPLETE)
    negated = [-one for one in said]
    turned = all(_among(one, negated, asked) for one in right) and len(said) == len(right)
    return wrong(Reason.WRONG_SIGN if turned else Reason.WRONG)


@lru_cache(maxsize=4096)
def _expected(text: str) -> list[Expression]:
    try:
        return _members(text, Asked())[0]
    except (Mistake, OtherUnitError):
        raise ValueError("not a set such as 3, -2") from None


def _among(one: Expression, some: Sequence[Expression], asked: Asked) -> bool:
    return any(near(one, other, asked) for other in some)


def _members(text: str, asked: Asked) -> tuple[list[Expression], frozenset[str]]:
    """The values, and the letters that are said to have them: x alone, not x and y."""
    found = reading.pieces(text, grouping=False)
    refuse_comparisons(found)
    working_done = after_working(found)
    members: list[Expression] = []
    names: set[str] = set()
    for run in split(working_done, separates):
        if not members and _is_working(run):
            continue
        if [token.kind for token in run[:2]] == [Kind.LETTER, Kind.EQUALS]:
            names.add(run[0].word)
        for value in _values(run):
            members += _signed(value, asked)
            if len(members) > _MOST_VALUES:
                raise unreadable()
    if not members:
        raise unreadable()
    return members, frozenset(names)


def _is_working(run: Sequence[Token]) -> bool:
    """Whether a letter still stands in a sum or a power: (x - 2)(x + 3) = 0, x^2 = 16."""
    sides = split(run, lambda token: token.kind is Kind.EQUALS)
    return any(
        (has_value(side) or has(side, Kind.POWER)) and has(side, Kind.LETTER) for side in sides
    )


def _values(run: Sequence[Token]) -> Iterator[list[Token]]:
    """The values in a run: one after "x =", or several with only spaces between."""
    sides = split(run, lambda token: token.kind in (Kind.EQUALS, Kind.COLON))
    numbered = [side for side in sides if has_value(side)]
    if not numbered:
        return
    named = [side for side in sides if has(side, Kind.LETTER)]
    if len(numbered) > 1 or any(has_value(side) or has(side, Kind.POWER) for side in named):
        raise unreadable()
    yield from _apart(bare(numbered[0]))


def _apart(side: Sequence[Token]) -> Iterator[list[Token]]:
    """2 3 5 as three values, 2 1/2 as one."""
    value: list[Token] = []
    for at, token in enumerate(side):
        begins = token.kind is Kind.NUMBER and kind_at(side, at - 1) is Kind.NUMBER
        if begins and kind_at(side, at + 1) is not Kind.SLASH and not token.part:
            yield value
            value = []
        value.append(token)
    yield value


def _signed(value: Sequence[Token], asked: Asked) -> list[Expression]:
    """The value, or both of ±3."""
    if value and value[0].kind is Kind.PLUS_MINUS:
        one = value_of(value[1:], asked)
        return [one, -one]
    if [token.kind for token in value[:2]] == [Kind.PLUS, Kind.MINUS]:
        return _signed([Token(Kind.PLUS_MINUS), *value[2:]], asked)
    return [value_of(value, asked)]
