"""Whether a ratio of two or more terms is right."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd

from domain.errors import Mistake
from domain.practice.answers.quantities import Quantity, Shape, quantity_at
from domain.practice.answers.reading import pieces
from domain.practice.answers.sides import kind_at, several, split, unreadable
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.answers.vocabulary import Kind, Token
from domain.practice.records import AnswerForm

_MOST_TERMS = 10
_BETWEEN = frozenset(("অনুপাত", "অনুপাতে", "ratio", "onupat"))
_PLAIN = {Kind.NUMBER, Kind.COLON}
_NO_TERMS = (Kind.SLASH, Kind.PERCENT, Kind.SCALE, Kind.LETTER, Kind.POWER)
_WORKED = (Kind.PLUS, Kind.MINUS, Kind.STAR, Kind.OPERATOR, Kind.ROOT, Kind.COMPARED)


def judge(given: str, expected: str, asked: Asked) -> Verdict:
    right = _expected(expected)
    said, reduced = _read(given)
    if _same(said, right):
        if asked.form is AnswerForm.LOWEST and not reduced:
            return wrong(Reason.NOT_LOWEST)
        return RIGHT
    if len(said) == len(right) and _same(sorted(said), sorted(right)):
        return wrong(Reason.WRONG_ORDER)
    return wrong(Reason.WRONG)


@lru_cache(maxsize=4096)
def _expected(text: str) -> tuple[Fraction, ...]:
    try:
        terms, _ = _read(text)
    except Mistake:
        raise ValueError("not a ratio such as 2:3") from None
    return terms


def _same(one: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
    if len(one) != len(other):
        return False
    scale = one[0] / other[0]
    return all(first == second * scale for first, second in zip(one, other, strict=True))


def _read(text: str) -> tuple[tuple[Fraction, ...], bool]:
    """The terms, and whether they are whole numbers without a common divisor."""
    found = pieces(text)
    if any(token.kind is Kind.HEDGE for token in found):
        raise unreadable()
    said = [
        _terms(sides[-1])
        for run in split(found, _separates)
        if (sides := [side for side in split(run, _equals) if _numbered(side)])
    ]
    if not said:
        raise unreadable()
    _refuse_unequal(found)
    if not all(_same(said[0][0], terms) for terms, _ in said):
        raise several()
    return said[-1]


def _refuse_unequal(found: Sequence[Token]) -> None:
    """Raises Mistake for 2:3 = 3:4."""
    for run in split(found, _separates):
        plain = [side for side in split(run, _equals) if {one.kind for one in side} == _PLAIN]
        terms = [_terms(side)[0] for side in plain]
        if not all(_same(terms[0], one) for one in terms):
            raise several()


def _separates(token: Token) -> bool:
    return token.kind in (Kind.END, Kind.COMMA, Kind.OR, Kind.THEN)


def _equals(token: Token) -> bool:
    return token.kind is Kind.EQUALS and token.word not in ("is", "are")


def _numbered(side: Sequence[Token]) -> bool:
    return any(token.kind is Kind.NUMBER for token in side)


def _terms(side: Sequence[Token]) -> tuple[tuple[Fraction, ...], bool]:
    """Numbers with : or "to" between each two, and words only around them."""
    found: list[Quantity] = []
    between = False
    at = 0
    while at < len(side):
        kind = side[at].kind
        if kind is Kind.NUMBER:
            if found and not between:
                raise several()
            quantity, at = quantity_at(side, at)
            found.append(quantity)
            between = False
            continue
        if kind in _WORKED or kind in _NO_TERMS:
            raise unreadable()
        if kind is Kind.COLON or (found and side[at].word in _BETWEEN and _goes_on(side, at)):
            if between:
                raise unreadable()
            between = bool(found)
        at += 1
    if between or not found or len(found) > _MOST_TERMS:
        raise unreadable()
    terms = _measured(found)
    whole = all(term.denominator == 1 for term in terms) and all(one.reduced for one in found)
    return terms, whole and gcd(*map(int, terms)) == 1


def _goes_on(side: Sequence[Token], at: int) -> bool:
    return kind_at(side, at + 1) is Kind.NUMBER


def _measured(found: Sequence[Quantity]) -> tuple[Fraction, ...]:
    """The terms in one measure; 2/3 alone is 2:3."""
    if len(found) == 1:
        only = found[0]
        if only.shape is not Shape.FRACTION or only.unit or not only.value:
            raise unreadable()
        return Fraction(only.value.numerator), Fraction(only.value.denominator)
    measures = {one.unit.dimension for one in found if one.unit}
    bare = any(one.unit is None for one in found[:-1])
    if len(measures) > 1 or any(one.percent or one.value <= 0 for one in found):
        raise unreadable()
    if bare or found[-1].unit is None:
        if len({one.unit for one in found if one.unit}) > 1:
            raise unreadable()
        return tuple(one.value for one in found)
    return tuple(one.value * one.unit.factor for one in found if one.unit)
