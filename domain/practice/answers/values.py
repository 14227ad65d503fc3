"""Single values within an answer of several: numbers as anywhere else, and surds."""

from collections.abc import Sequence

from domain.practice.answers import amounts, reading
from domain.practice.answers.algebra import parse
from domain.practice.answers.expressions import Expression
from domain.practice.answers.sides import unreadable
from domain.practice.answers.verdicts import Asked
from domain.practice.answers.vocabulary import Kind, Token

_SEPARATING = (Kind.COMMA, Kind.OR, Kind.END, Kind.THEN)
_WHOLE_AND = frozenset(("whole", "purno", "পূর্ণ", "সমস্ত"))
BRACKETS = (Kind.OPEN, Kind.CLOSE)
_ALGEBRAIC = (Kind.ROOT, Kind.CARET)
_COMPARING = (Kind.COMPARED, Kind.HEDGE)


class OtherUnitError(Exception):
    """A value is measured in a unit that does not belong to it."""


def value_of(tokens: Sequence[Token], asked: Asked) -> Expression:
    """An exact value in the unit asked for: a number as anywhere else, or a surd."""
    if tokens and tokens[0].kind is Kind.PLUS:
        tokens = tokens[1:]
    if any(token.kind in _ALGEBRAIC for token in tokens):
        return parse(tokens).value
    said = reading.single(tokens)
    value = amounts.value_in(said, asked.unit)
    if value is None:
        raise OtherUnitError
    try:
        return Expression.number(value)
    except ValueError:
        raise unreadable() from None


def near(one: Expression, other: Expression, asked: Asked) -> bool:
    if asked.tolerance:
        first, second = one.value, other.value
        if first is not None and second is not None:
            return abs(first - second) <= asked.tolerance
    try:
        return one == other
    except ValueError:  # of more terms than can be multiplied out, and so not the stated value
        return False


def has_value(side: Sequence[Token]) -> bool:
    return any(token.kind in (Kind.NUMBER, Kind.ROOT) for token in side)


def separates(token: Token) -> bool:
    return token.kind in _SEPARATING or (token.kind is Kind.AND and token.word not in _WHOLE_AND)


def refuse_comparisons(found: Sequence[Token]) -> None:
    if any(token.kind in _COMPARING for token in found):
        raise unreadable()


def after_working(found: Sequence[Token]) -> Sequence[Token]:
    last = max((at for at, token in enumerate(found) if token.kind is Kind.THEN), default=-1)
    return found[last + 1 :]


def bare(side: Sequence[Token]) -> list[Token]:
    """Without brackets around it and without mere words."""
    inside = [token for token in side if token.kind is not Kind.WORD]
    while inside and inside[0].kind in BRACKETS and not _closes_within(inside):
        inside = inside[1:]
    while inside and inside[-1].kind is Kind.CLOSE and _unopened(inside):
        inside = inside[:-1]
    return inside


def _closes_within(inside: Sequence[Token]) -> bool:
    """Whether the first bracket closes again before the end, as in (1 + √2)/2."""
    return inside[0].kind is Kind.OPEN and any(token.kind is Kind.CLOSE for token in inside[1:-1])


def _unopened(inside: Sequence[Token]) -> bool:
    opened = sum(token.kind is Kind.OPEN for token in inside)
    return sum(token.kind is Kind.CLOSE for token in inside) > opened
