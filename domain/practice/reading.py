"""From what a student typed to the quantity that it says. Linear in the length of the text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from itertools import islice, pairwise
from math import gcd, isqrt

from domain.errors import Mistake
from domain.practice import units
from domain.practice.numerals import fold
from domain.practice.spoken import joined
from domain.practice.tokens import spelled, tokens
from domain.practice.units import RATE, Unit
from domain.practice.vocabulary import Kind, Token

LONGEST = 500
"""Characters; nobody types a longer answer, and a longer one is not read."""
_LONGEST_FOLDED = 2 * LONGEST
_MOST_PIECES = 250
"""Numbers, words and signs; a worked solution has fewer, and more would only cost time."""
_MOST_BITS = 4_000
_HIGHEST_POWER = 64
_ROOT_DECIMALS = 40
_NEVER_ALONE = frozenset(
    {Kind.OPERATOR, Kind.SLASH, Kind.SCALE, Kind.STAR, Kind.PLUS, Kind.DIVIDED, Kind.CARET}
    | {Kind.ROOT, Kind.COLON, Kind.COMPARED, Kind.PLUS_MINUS, Kind.POWER}
)
_SUMMING = (Kind.OPERATOR, Kind.SLASH, Kind.STAR, Kind.PLUS, Kind.DIVIDED, Kind.MINUS)
_BOUND_BEFORE = frozenset(
    {"than", "least", "most", "over", "under", "above", "below", "upto", "beyond", "except"}
    | {"minimum", "maximum", "max", "min", "from"}
)
_BOUND_AFTER = frozenset(
    map(fold, ("চেয়ে", "থেকে", "অধিক", "পর্যন্ত", "মধ্যে", "ছাড়া", "অপেক্ষা", "cheye", "theke"))
)
"""More than 5 and ৫-এর চেয়ে বেশি are not 5."""
_MORE_OR_LESS = frozenset(
    map(fold, ("বেশি", "কম", "বড়", "ছোট", "উপরে", "নিচে", "উর্ধ্বে", "beshi", "kom", "boro", "choto"))
)
_OR_MORE = _MORE_OR_LESS | frozenset(
    map(fold, ("more", "less", "greater", "fewer", "above", "below", "higher", "তার", "এর", "tar"))
)
_ARTICLES = frozenset(("a", "an"))
_OF = frozenset(("এর", "er"))
_CURRENCIES = frozenset(("taka", "dollar", "rupee", "euro", "pound"))
_OF_HUNDRED = fold("শতকরা")
"""শতকরা ৫ টাকা is 5 percent, the usual word for a rate of interest."""
_SEPARATING = (Kind.END, Kind.COMMA, Kind.OR, Kind.THEN)


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


def read(text: str) -> tuple[Quantity, bool]:
    """The one quantity that a text says, and whether it is said to be only about so.

    Of "6 × 7 = 42" it is the last. Raises Mistake if the text says none, several different ones,
    a sum that is not worked out, or more than LONGEST characters.
    """
    found = pieces(text)
    hedged = any(token.kind is Kind.HEDGE for token in found)
    return single(found), hedged


def pieces(
    text: str, letters: frozenset[str] = frozenset(), *, grouping: bool = True
) -> list[Token]:
    """The tokens of a student's text. Raises Mistake if too long, or denied."""
    refuse_long(text)
    return pieces_of(spelled(text), letters, grouping=grouping)


def refuse_long(text: str) -> None:
    if len(text) > LONGEST:
        raise Mistake("an answer too long to read", "practice.answer_too_long")


def pieces_of(
    folded: str, letters: frozenset[str] = frozenset(), *, grouping: bool = True
) -> list[Token]:
    """The same of a text that is spelled already."""
    if len(folded) > _LONGEST_FOLDED:
        raise unreadable()
    found = list(islice(tokens(folded, letters, grouping=grouping), _MOST_PIECES + 1))
    if len(found) > _MOST_PIECES:
        raise unreadable()
    found = joined(found)
    if any(token.kind is Kind.REFUSED for token in found):
        raise unreadable()
    return found


def single(found: Sequence[Token]) -> Quantity:
    """The one quantity that these tokens say; raises Mistake for none and for several."""
    said = [one for part in _statements([*_unbracketed(found)]) for one in _quantities(part)]
    if not said:
        raise unreadable()
    if not _agree(said):
        raise several()
    return max(said, key=lambda one: (one.unit is not None, one.percent))


def unreadable() -> Mistake:
    return Mistake("an answer that cannot be read", "practice.unreadable")


def several() -> Mistake:
    return Mistake("several answers in one", "practice.two_answers")


def split(found: Iterable[Token], separates: Callable[[Token], bool]) -> list[list[Token]]:
    """The runs of tokens between those that separate, without empty ones."""
    runs: list[list[Token]] = [[]]
    for token in found:
        if separates(token):
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def kind_at(side: Sequence[Token], at: int) -> Kind | None:
    return side[at].kind if 0 <= at < len(side) else None


def _unbracketed(found: Sequence[Token]) -> Iterator[Token]:
    """Brackets only set off, except where they touch a number: 2(3) is a product.

    A number in brackets after another is said apart: 42 (forty-two).
    """
    for at, token in enumerate(found):
        after = kind_at(found, at - 1) in (Kind.NUMBER, Kind.UNIT, Kind.PERCENT)
        if token.kind is Kind.OPEN and after and kind_at(found, at + 1) is Kind.NUMBER:
            yield Token(Kind.OPERATOR if token.part else Kind.END)
        elif token.kind not in (Kind.OPEN, Kind.CLOSE):
            yield token
        elif token.part:
            yield Token(Kind.OPERATOR)


def _agree(said: Sequence[Quantity]) -> bool:
    """All the same in one measure (5000 g and 5 kg), or one number with and without its unit."""
    if len({one.plain for one in said}) == 1:
        return True
    measures = {(one.percent, one.unit) for one in said if one.percent or one.unit}
    return len({one.value for one in said}) == 1 and len(measures) == 1


def _statements(found: Sequence[Token]) -> Iterator[list[Token]]:
    """What is said between commas, full stops and "or"; of each, what its last "=" says.

    Working is passed over: what comes before "so", and equations before what solves them.
    """
    said: list[list[Token]] = []
    run: list[Token] = []
    for at, token in enumerate(found):
        if token.kind is Kind.THEN:
            said, run = [], []
        elif token.kind in _SEPARATING:
            if token.kind is Kind.OR and at + 1 < len(found) and found[at + 1].word in _OR_MORE:
                raise unreadable()
            said.append(run)
            run = []
        else:
            run.append(token)
    said.append(run)
    sides = [split(one, lambda token: token.kind is Kind.EQUALS) for one in said]
    sides = [one for one in sides if any(_has(side, Kind.NUMBER) for side in one)]
    for at, one in enumerate(sides):
        last = at == len(sides) - 1
        if any(map(_unsolved, one)):
            if last:
                raise unreadable()
        elif last or not _is_working(one):
            yield next(side for side in reversed(one) if _has(side, Kind.NUMBER))


def _is_working(sides: Sequence[list[Token]]) -> bool:
    """Whether a statement works something out, as 290 - 250 = 40 does."""
    return len(sides) > 1 and any(
        token.kind in (*_SUMMING, Kind.POWER) and at
        for side in sides[:-1]
        for at, token in enumerate(side)
    )


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
    return Kind.NUMBER in kinds and _has(side, *_SUMMING)


def _quantities(side: Sequence[Token]) -> list[Quantity]:
    """The quantities of a side; raises Mistake where it is a sum that is not worked out."""
    found: list[Quantity] = []
    rate = _rate_before(side)
    at = 0
    while at < len(side):
        token = side[at]
        if token.kind is Kind.PLUS and not at and kind_at(side, 1) is Kind.NUMBER:
            at += 1
            continue
        rooted = token.kind is Kind.ROOT and not found
        if token.kind is Kind.STAR and token.word and found and not _goes_on(side, at):
            at += 1
            continue
        if (token.kind in _NEVER_ALONE and not rooted) or (found and _bounds(side, at)):
            raise unreadable()
        if token.kind is Kind.RAISING and not _measures(side, at):
            raise unreadable()
        if token.kind is Kind.SHARE and kind_at(side, at + 1) is Kind.NUMBER:
            raise unreadable()
        if token.kind is Kind.MINUS and found:
            raise unreadable()
        if token.kind in (Kind.NUMBER, Kind.MINUS, Kind.ROOT):
            quantity, after = quantity_at(side, at)
            if kind_at(side, after) is Kind.NUMBER and not quantity.unit:
                raise several()
            found.append(quantity)
            at = after
        else:
            at += 1
    if len(found) > 1:
        found = _compound(found)
    found = [_measured(one, side) for one in found] if len(found) == 1 else found
    if rate:
        found = [replace(one, unit=units.per(one.unit, rate)) if one.unit else one for one in found]
    return found


def _goes_on(side: Sequence[Token], at: int) -> bool:
    """Whether "times" multiplies, and does not end an answer: ৩ গুণ."""
    following = (Kind.NUMBER, Kind.LETTER, Kind.MINUS, Kind.ROOT, Kind.OPEN)
    return kind_at(side, at + 1) in following


def _measures(side: Sequence[Token], at: int) -> bool:
    """Whether "square" belongs to a unit or a shape, and not to a number: square of 42."""
    after = side[at + 1].word if at + 1 < len(side) else ""
    return after != "of" and side[at - 1].word not in _OF


def _bounds(side: Sequence[Token], at: int) -> bool:
    """Whether a word makes the number before it a bound: ৪২ এর বেশি, ৪০ টাকার কম."""
    word, before = side[at].word, side[at - 1].word
    return word in _BOUND_AFTER or (word in _MORE_OR_LESS and before.endswith(("র", "er", "ar")))


def _rate_before(side: Sequence[Token]) -> Unit | None:
    """The hour of ঘণ্টায় ৬০ কিমি and প্রতি ঘণ্টায় ৬০ কিমি."""
    for at, token in enumerate(side):
        if token.kind is Kind.NUMBER:
            return None
        is_time = token.unit and token.unit.dimension == "time"
        each = kind_at(side, at - 1) is Kind.PER or token.word.endswith(_EACH)
        if is_time and each:
            return token.unit
    return None


_EACH = tuple(map(fold, ("ায়", "টে", "ে")))


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
    if kind_at(side, at + 1) is not Kind.NUMBER or kind_at(side, at + 2) in _SUMMING:
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


def _compound(found: list[Quantity]) -> list[Quantity]:
    """1 hour 20 minutes as 80 minutes; quantities that do not add up come back as they are."""
    if len(found) == 2 and _hour_and_m(found):
        found = [found[0], replace(found[1], unit=units.UNITS["minute"])]
    last = found[-1].unit
    for one, smaller in pairwise(found):
        if not one.unit or not smaller.unit or one.unit.dimension != smaller.unit.dimension:
            return found
        if one.unit.factor <= smaller.unit.factor or smaller.value < 0:
            return found
        if smaller.value * smaller.unit.factor >= one.unit.factor:
            return found
    if last is None:
        return found
    sign = -1 if found[0].value < 0 else 1
    total = sum((abs(one.value) * one.unit.factor for one in found if one.unit), Fraction(0))
    return [Quantity(sign * total / last.factor, unit=last)]


def _hour_and_m(found: Sequence[Quantity]) -> bool:
    """1h 30m, where m is no metre."""
    first, second = (one.unit.key if one.unit else "" for one in found)
    return (first, second) == ("hour", "m")


def _measured(quantity: Quantity, side: Sequence[Token]) -> Quantity:
    """With the unit or the percent sign that stands elsewhere in the side: Tk 40, শতকরা ২৫."""
    if quantity.unit is units.UNITS["taka"] and any(token.word == _OF_HUNDRED for token in side):
        return replace(quantity, percent=True, unit=None)
    money = {token.unit.dimension for token in side if token.unit} & _CURRENCIES
    if len(money) > 1:
        raise unreadable()
    if quantity.unit or quantity.percent:
        return quantity
    if _has(side, Kind.PERCENT):
        return replace(quantity, percent=True)
    for at, token in enumerate(side):
        if token.kind is Kind.UNIT and kind_at(side, at - 1) is not Kind.PER:
            unit, _ = unit_at(side, at)
            return replace(quantity, unit=unit)
    return quantity
