"""From what a student typed to the quantity that it says. Linear in the length of the text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, pairwise

from domain.errors import Mistake
from domain.practice import units
from domain.practice.numerals import fold
from domain.practice.tokens import Kind, Token, tokens
from domain.practice.units import RATE, Unit

LONGEST = 500
"""Characters; nobody types a longer answer, and a longer one is not read."""
_LONGEST_FOLDED = 2 * LONGEST
_MOST_PIECES = 250
"""Numbers, words and signs; a worked solution has fewer, and more would only cost time."""
_NEVER_ALONE = (Kind.OPERATOR, Kind.SLASH, Kind.TIMES)
_BOUND_BEFORE = frozenset(("than", "least", "most"))
_BOUND_AFTER = frozenset((fold("চেয়ে"),))
"""More than 5 and ৫-এর চেয়ে বেশি are not 5."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a student says the answer is: 25% has the value 25 and is a percentage."""

    value: Fraction
    decimals: int = 0
    percent: bool = False
    unit: Unit | None = None

    @property
    def plain(self) -> tuple[Fraction, str]:
        """The same for two quantities that say the same."""
        if self.percent:
            return self.value / 100, ""
        if self.unit:
            return self.value * self.unit.factor, self.unit.dimension
        return self.value, ""


def read(text: str) -> Quantity:
    """The one quantity that a text says, in linear time and for any text.

    Of "6 × 7 = 42" it is the last. Raises Mistake if the text says none, several different ones,
    a sum that is not worked out, or more than LONGEST characters.
    """
    if len(text) > LONGEST:
        raise Mistake("an answer too long to read", "practice.answer_too_long")
    folded = fold(text)
    if len(folded) > _LONGEST_FOLDED:
        raise unreadable()
    pieces = list(islice(tokens(folded), _MOST_PIECES + 1))
    if len(pieces) > _MOST_PIECES:
        raise unreadable()
    said = [one for part in _statements(pieces) for one in _quantities(part)]
    if not said:
        raise unreadable()
    if not _agree(said):
        raise several()
    return max(said, key=lambda one: (one.unit is not None, one.percent))


def unreadable() -> Mistake:
    return Mistake("an answer that cannot be read", "practice.unreadable")


def several() -> Mistake:
    return Mistake("several answers in one", "practice.two_answers")


def _agree(said: Sequence[Quantity]) -> bool:
    """All the same in one measure (5000 g and 5 kg), or one number with and without its unit."""
    if len({one.plain for one in said}) == 1:
        return True
    measures = {(one.percent, one.unit) for one in said if one.percent or one.unit}
    return len({one.value for one in said}) == 1 and len(measures) == 1


def _statements(pieces: Iterable[Token]) -> Iterator[list[Token]]:
    """What stands between commas, full stops and "or"; of each, what its last "=" says."""
    sides: list[list[Token]] = [[]]
    for token in (*pieces, Token(Kind.END)):
        if token.kind is Kind.REFUSED:
            raise unreadable()
        if token.kind is Kind.EQUALS:
            sides.append([])
        elif token.kind is not Kind.END:
            sides[-1].append(token)
        else:
            yield from _last_side(sides)
            sides = [[]]


def _last_side(sides: Sequence[list[Token]]) -> Iterator[list[Token]]:
    if any(map(_unsolved, sides)):
        raise unreadable()
    numbered = [side for side in sides if _has(side, Kind.NUMBER)]
    yield from numbered[-1:]


def _has(side: Sequence[Token], *kinds: Kind) -> bool:
    return any(token.kind in kinds for token in side)


def _unsolved(side: Sequence[Token]) -> bool:
    """Whether an unknown stands in a sum with a number, as in 2x = 10, x + 1 = 3 and -x = 5."""
    kinds = [token.kind for token in side]
    if Kind.LETTER not in kinds:
        return False
    touching = {(Kind.NUMBER, Kind.LETTER), (Kind.LETTER, Kind.NUMBER)}
    if kinds[:2] == [Kind.MINUS, Kind.LETTER] or touching & set(pairwise(kinds)):
        return True
    return Kind.NUMBER in kinds and _has(side, Kind.OPERATOR, Kind.SLASH, Kind.MINUS)


def _quantities(side: Sequence[Token]) -> list[Quantity]:
    """The quantities of a side; raises Mistake where it is a sum that is not worked out."""
    found: list[Quantity] = []
    at = 0
    while at < len(side):
        token = side[at]
        if token.kind in _NEVER_ALONE or (found and token.word in _BOUND_AFTER):
            raise unreadable()
        if token.kind is Kind.MINUS and found:
            raise unreadable()
        if token.kind in (Kind.NUMBER, Kind.MINUS):
            quantity, after = _quantity(side, at)
            if _kind(side, after) is Kind.NUMBER and not quantity.unit:
                raise several()
            found.append(quantity)
            at = after
        else:
            at += 1
    if len(found) > 1:
        return _compound(found)
    return [_measured(one, side) for one in found]


def _quantity(side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    before = side[at - 1] if at else None
    if before and before.word in _BOUND_BEFORE:
        raise unreadable()
    negative = side[at].kind is Kind.MINUS
    number, at = _number(side, at + negative)
    if _kind(side, at) is Kind.TIMES:
        number, at = Quantity(number.value * side[at].value), at + 1
    value = -number.value if negative else number.value
    if _kind(side, at) is Kind.PERCENT:
        return replace(number, value=value, percent=True), at + 1
    if _kind(side, at) is Kind.POWER:
        raise unreadable()
    unit, at = _unit(side, at)
    return replace(number, value=value, unit=unit), at


def _number(side: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """A whole number, decimal, fraction or mixed number that begins at `at`."""
    if _kind(side, at) is not Kind.NUMBER:
        raise unreadable()
    whole = side[at]
    fraction = _fraction(side, at)
    if fraction is not None:
        return Quantity(fraction), at + 3
    begin = at + 2 if _kind(side, at + 1) is Kind.AND else at + 1
    part = _fraction(side, begin)
    if part is not None and 0 < part < 1 and not whole.decimals:
        return Quantity(whole.value + part), begin + 3
    return Quantity(whole.value, whole.decimals), at + 1


def _fraction(side: Sequence[Token], at: int) -> Fraction | None:
    kinds = [token.kind for token in side[at : at + 3]]
    if kinds != [Kind.NUMBER, Kind.SLASH, Kind.NUMBER]:
        return None
    if not side[at + 2].value:
        raise unreadable()
    return side[at].value / side[at + 2].value


def _unit(side: Sequence[Token], at: int) -> tuple[Unit | None, int]:
    """The unit that begins at `at`, if one does: kg, square metres, m^2, km/h, taka per kg."""
    mark = ""
    if _kind(side, at) is Kind.RAISING and _kind(side, at + 1) is Kind.UNIT:
        mark, at = side[at].word, at + 1
    if _kind(side, at) is not Kind.UNIT:
        return None, at
    unit, at = side[at].unit, at + 1
    if _kind(side, at) is Kind.POWER:
        mark, at = side[at].word, at + 1
    if unit and mark:
        unit = units.raised(unit, mark) or RATE
    if _kind(side, at) in (Kind.PER, Kind.SLASH):
        is_price = unit is not None and unit.dimension == "taka"
        return unit if is_price else RATE, at + 2
    return unit, at


def _kind(side: Sequence[Token], at: int) -> Kind | None:
    return side[at].kind if at < len(side) else None


def _compound(found: list[Quantity]) -> list[Quantity]:
    """1 hour 20 minutes as 80 minutes; quantities that do not add up come back as they are."""
    last = found[-1].unit
    for one, smaller in pairwise(found):
        if not one.unit or not smaller.unit or one.unit.dimension != smaller.unit.dimension:
            return found
        if one.unit.factor <= smaller.unit.factor or smaller.value < 0:
            return found
    if last is None:
        return found
    total = sum((one.value * one.unit.factor for one in found if one.unit), Fraction(0))
    return [Quantity(total / last.factor, unit=last)]


def _measured(quantity: Quantity, side: Sequence[Token]) -> Quantity:
    """With the unit or the percent sign that stands elsewhere in the side: Tk 40, শতকরা ২৫."""
    if quantity.unit or quantity.percent:
        return quantity
    if _has(side, Kind.PERCENT):
        return replace(quantity, percent=True)
    for at, token in enumerate(side):
        if token.kind is Kind.UNIT and _kind(side, at - 1) is not Kind.PER:
            before = at - 1 if at and side[at - 1].kind is Kind.RAISING else at
            return replace(quantity, unit=_unit(side, before)[0])
    return quantity
