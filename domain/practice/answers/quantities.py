"""One number with its sign and its unit, read where it begins in a run of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from itertools import pairwise
from math import gcd, isqrt

from domain.practice.answers import units
from domain.practice.answers.numerals import fold
from domain.practice.answers.sides import kind_at, unreadable
from domain.practice.answers.units import RATE, Unit
from domain.practice.answers.vocabulary import Kind, Token

_MOST_BITS = 4_000
_HIGHEST_POWER = 64
_ROOT_DECIMALS = 40
SUMMING = (Kind.OPERATOR, Kind.SLASH, Kind.STAR, Kind.PLUS, Kind.DIVIDED, Kind.MINUS)
_BOUND_BEFORE = frozenset(
    {"than", "least", "most", "over", "under", "above", "below", "upto", "beyond", "except"}
    | {"minimum", "maximum", "max", "min", "from", "less", "fewer", "sorbocco", "sorboccho"}
    | {"komopokkhe", "kompokkhe", "sorbonimno"}
    | {*map(fold, ("কমপক্ষে", "অন্তত", "সর্বোচ্চ", "সর্বনিম্ন", "ন্যূনতম", "বড়জোর", "অনূর্ধ্ব", "সর্বাধিক"))}
)
_ARTICLES = frozenset(("a", "an"))


class Shape(Enum):
    """How a number is written, where a problem may insist on it."""

    WHOLE = auto()
    DECIMAL = auto()
    FRACTION = auto()
    MIXED = auto()
    SCIENTIFIC = auto()
    POWER = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a student says the answer is: 25% has the value 25 and is a percentage."""

    value: Fraction
    decimals: int = 0
    percent: bool = False
    unit: Unit | None = None
    shape: Shape = Shape.WHOLE
    reduced: bool = True
    """Whether its fraction, if it has one, is in lowest terms."""
    share: bool = False
    """Whether ভাগ follows, which says a percentage where one is asked."""

    @property
    def plain(self) -> tuple[Fraction, str]:
        """The same for two quantities that say the same."""
        if self.percent:
            return self.value / 100, ""
        if self.unit:
            return self.value * self.unit.factor, self.unit.dimension
        return self.value, ""


def quantity_at(side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """The quantity that begins at `at`, with its sign and its unit, and where it ends."""
    if at and side[at - 1].word in _BOUND_BEFORE:
        raise unreadable()
    negative = side[at].kind is Kind.MINUS
    if kind_at(side, at + negative) is Kind.ROOT:
        number, at = _root(side, at + negative)
    else:
        number, at = _number(side, at + negative)
    if kind_at(side, at) is Kind.SCALE:
        number, at = Quantity(number.value * side[at].value, shape=Shape.WORDS), at + 1
    elif kind_at(side, at) is Kind.POWER:
        number, at = _powered(number, side[at].value), at + 1
    elif kind_at(side, at) is Kind.STAR and kind_at(side, at + 2) is Kind.POWER:
        number, at = _scientific(number, side, at)
    value = -number.value if negative else number.value
    if kind_at(side, at) is Kind.PERCENT:
        return replace(number, value=value, percent=True), at + 1
    if kind_at(side, at) is Kind.SHARE:
        return replace(number, value=value, share=True), at + 1
    unit, at = unit_at(side, at)
    return replace(number, value=value, unit=unit), at


def _number(side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """A whole number, decimal, fraction or mixed number that begins at `at`."""
    if kind_at(side, at) is not Kind.NUMBER:
        raise unreadable()
    whole = side[at]
    fraction = _fraction(side, at)
    if fraction is not None:
        return fraction
    added = kind_at(side, at + 1) is Kind.AND
    begin = at + 1 + added
    part = _fraction(side, begin)
    if (
        part is not None
        and (added or not side[begin].part)
        and 0 < part[0].value < 1
        and whole.value.denominator == 1
    ):
        value = whole.value + part[0].value
        return Quantity(value, shape=Shape.MIXED, reduced=part[0].reduced), part[1]
    shape = Shape.DECIMAL if whole.decimals else Shape.WHOLE
    if not whole.decimals and whole.value.denominator != 1:
        shape = Shape.WORDS
    return Quantity(whole.value, whole.decimals, shape=shape), at + 1


def _fraction(side: Sequence[Token], at: int) -> tuple[Quantity, int] | None:
    if kind_at(side, at) is Kind.NUMBER and side[at].part:
        return Quantity(side[at].value, shape=Shape.FRACTION), at + 1
    sign = kind_at(side, at + 1)
    end = at + 2 + (kind_at(side, at + 2) is Kind.MINUS)
    if kind_at(side, at) is not Kind.NUMBER or kind_at(side, end) is not Kind.NUMBER:
        return None
    if sign not in (Kind.SLASH, Kind.DIVIDED):
        return None
    above, below = side[at].value, side[end].value
    if not below or side[end].part:
        raise unreadable()
    value = above / below if end == at + 2 else -above / below
    if sign is Kind.DIVIDED and value.denominator == 1:
        raise unreadable()
    reduced = above.denominator == below.denominator == 1 and gcd(int(above), int(below)) == 1
    return Quantity(value, shape=Shape.FRACTION, reduced=reduced and below != 1), end + 1


def _root(side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """√25 as 5; of other numbers so many decimals that they equal no answer by chance."""
    if kind_at(side, at + 1) is not Kind.NUMBER or kind_at(side, at + 2) in SUMMING:
        raise unreadable()
    inside = side[at + 1].value
    product = inside.numerator * inside.denominator
    root = isqrt(product)
    value = Fraction(root, inside.denominator)
    if root * root != product:
        value = Fraction(isqrt(product * 100**_ROOT_DECIMALS), inside.denominator)
        value /= 10**_ROOT_DECIMALS
    return Quantity(value, shape=Shape.POWER), at + 2


def _powered(base: Quantity, exponent: Fraction) -> Quantity:
    size = base.value.numerator.bit_length() + base.value.denominator.bit_length()
    power = int(exponent)
    if abs(power) > _HIGHEST_POWER or size * abs(power) > _MOST_BITS:
        raise unreadable()
    if base.shape is not Shape.WHOLE or (power < 0 and not base.value):
        raise unreadable()
    return Quantity(base.value**power, shape=Shape.POWER)


def _scientific(front: Quantity, side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """6 × 10^3, and no other product."""
    if kind_at(side, at + 1) is not Kind.NUMBER or side[at + 1].value != 10:
        raise unreadable()
    power = _powered(Quantity(Fraction(10)), side[at + 2].value)
    if front.shape not in (Shape.WHOLE, Shape.DECIMAL):
        raise unreadable()
    normal = 1 <= front.value < 10
    shape = Shape.SCIENTIFIC if normal else Shape.POWER
    return Quantity(front.value * power.value, shape=shape), at + 3


def unit_at(side: Sequence[Token], at: int) -> tuple[Unit | None, int]:
    """The unit that begins at `at`, if one does: kg, square metres, m^2, km/h, taka per kg."""
    mark = ""
    if kind_at(side, at) is Kind.RAISING and kind_at(side, at + 1) is Kind.UNIT:
        mark, at = side[at].word, at + 1
    if kind_at(side, at) is not Kind.UNIT:
        return None, at
    unit, at = side[at].unit, at + 1
    if kind_at(side, at) in (Kind.POWER, Kind.RAISING):
        mark, at = side[at].word, at + 1
    if unit and mark:
        unit = units.raised(unit, mark) or RATE
    each = at < len(side) and side[at].word in _ARTICLES and kind_at(side, at + 1) is Kind.UNIT
    if each or kind_at(side, at) in (Kind.PER, Kind.SLASH):
        other = side[at + 1].unit if at + 1 < len(side) else None
        return units.per(unit, other) if unit and other else _priced(unit), at + 2
    return unit, at


def _priced(unit: Unit | None) -> Unit:
    """Money stays money where it is per anything: 40 taka per egg."""
    return unit if unit and unit.dimension == "taka" else RATE


def compound(found: list[Quantity]) -> list[Quantity]:
    """1 hour 30 minutes as 1 1/2 hours; quantities that do not add up come back as they are."""
    if len(found) == 2 and _hour_and_m(found):
        found = [found[0], replace(found[1], unit=units.UNITS["minute"])]
    first = found[0].unit
    for one, smaller in pairwise(found):
        if not one.unit or not smaller.unit or one.unit.dimension != smaller.unit.dimension:
            return found
        if one.unit.factor <= smaller.unit.factor or smaller.value < 0:
            return found
        if smaller.value * smaller.unit.factor >= one.unit.factor:
            return found
    if first is None:
        return found
    sign = -1 if found[0].value < 0 else 1
    total = sum((abs(one.value) * one.unit.factor for one in found if one.unit), Fraction(0))
    return [Quantity(sign * total / first.factor, unit=first)]


def _hour_and_m(found: Sequence[Quantity]) -> bool:
    """1h 30m, where m is no metre."""
    first, second = (one.unit.key if one.unit else "" for one in found)
    return (first, second) == ("hour", "m")
