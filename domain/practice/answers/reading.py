"""From what a student typed to the quantity that it says. Linear in the length of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from domain.errors import Mistake
from domain.practice.answers import units
from domain.practice.answers.numerals import fold
from domain.practice.answers.quantities import SUMMING, Quantity, compound, quantity_at, unit_at
from domain.practice.answers.sides import has, kind_at, several, split, unreadable
from domain.practice.answers.spelling import spelled
from domain.practice.answers.spoken import joined
from domain.practice.answers.tokens import tokens
from domain.practice.answers.units import Unit
from domain.practice.answers.vocabulary import Kind, Token

LONGEST = 500
"""Characters; nobody types a longer answer, and a longer one is not read."""
_LONGEST_FOLDED = 2 * LONGEST
_MOST_PIECES = 250
"""Numbers, words and signs; a worked solution has fewer, and more would only cost time."""
_NEVER_ALONE = frozenset(
    {Kind.OPERATOR, Kind.SLASH, Kind.SCALE, Kind.STAR, Kind.PLUS, Kind.DIVIDED, Kind.CARET}
    | {Kind.ROOT, Kind.COLON, Kind.COMPARED, Kind.PLUS_MINUS, Kind.POWER}
)
_BOUND_AFTER = frozenset(
    map(fold, ("চেয়ে", "থেকে", "অধিক", "পর্যন্ত", "মধ্যে", "ছাড়া", "অপেক্ষা", "cheye", "theke"))
) | frozenset(map(fold, ("মত", "মতো", "moto", "like")))
"""More than 5 and ৫-এর চেয়ে বেশি are not 5."""
_MORE_OR_LESS = frozenset(
    map(fold, ("বেশি", "কম", "বড়", "ছোট", "উপরে", "নিচে", "উর্ধ্বে", "beshi", "kom", "boro", "choto"))
)
_OR_MORE = _MORE_OR_LESS | frozenset(
    map(
        fold,
        ("more", "less", "greater", "fewer", "above", "below", "higher", "up", "তার", "এর", "tar"),
    )
)
_OF = frozenset(("এর", "er"))
_UNNAMED_UNITS = frozenset(map(fold, ("unit", "units", "একক")))
_CURRENCIES = frozenset(("taka", "dollar", "rupee", "euro", "pound"))
_OF_HUNDRED = fold("শতকরা")
"""শতকরা ৫ টাকা is 5 percent, the usual word for a rate of interest."""
_EACH = tuple(map(fold, ("ায়", "টে", "ে", "tay")))
_WHOLE = ([Kind.NUMBER], [Kind.MINUS, Kind.NUMBER])
_SETTING_OFF = (Kind.COMMA, Kind.EQUALS, Kind.END)
_SEPARATING = (Kind.END, Kind.COMMA, Kind.OR, Kind.THEN)


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
    whole = [*_with_units([*_unbracketed(found)])]
    said = [one for part in _statements(whole) for one in _quantities(part)]
    if not said:
        raise unreadable()
    if not _agree(said):
        raise several()
    return max(said, key=lambda one: (one.unit is not None, one.percent))


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
        elif token.part or _is_raised(found, at):
            yield Token(Kind.OPERATOR)


def _is_raised(found: Sequence[Token], at: int) -> bool:
    """Whether this closes a bracket of more than a number, with a power after: (-2)^2."""
    closes = found[at].kind is Kind.CLOSE and kind_at(found, at + 1) is Kind.POWER
    return closes and kind_at(found, at - 2) is not Kind.OPEN


def _with_units(found: Sequence[Token]) -> Iterator[Token]:
    """Without what sets a unit off from its number: "5, kg" and "kg: 5"."""
    for at, token in enumerate(found):
        around = kind_at(found, at - 1), kind_at(found, at + 1)
        led = around == (Kind.NUMBER, Kind.UNIT) and _ends(found, at + 2)
        followed = around == (Kind.UNIT, Kind.NUMBER) and _ends(found, at - 2)
        if token.kind not in _SETTING_OFF or not (led or followed):
            yield token


def _ends(found: Sequence[Token], at: int) -> bool:
    return kind_at(found, at) in (None, *_SEPARATING)


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
    said: list[tuple[list[Token], bool]] = []
    run: list[Token] = []
    for at, token in enumerate(found):
        if token.kind is Kind.THEN:
            said, run = [], []
        elif token.kind in _SEPARATING:
            is_or = token.kind is Kind.OR
            if is_or and at + 1 < len(found) and found[at + 1].word in _OR_MORE:
                raise unreadable()
            said.append((run, is_or))
            run = []
        else:
            run.append(token)
    said.append((run, False))
    sides = [
        (parts, is_or)
        for one, is_or in said
        if has(one, Kind.NUMBER) and (parts := split(one, lambda token: token.kind is Kind.EQUALS))
    ]
    for at, (parts, is_or) in enumerate(sides):
        last = at == len(sides) - 1
        if any(map(_unsolved, parts)):
            if last:
                raise unreadable()
        elif last or is_or or not _is_working(parts):
            refuse_unequal(parts)
            yield next(side for side in reversed(parts) if has(side, Kind.NUMBER))


def refuse_unequal(sides: Sequence[Sequence[Token]]) -> None:
    """Raises Mistake for 5 = 7; 0.667 = 0.67 is rounded, and says one."""
    whole = {
        quantity_at(side, 0)[0].value
        for side in sides
        if [token.kind for token in side if not token.decimals] in _WHOLE
    }
    if len(whole) > 1:
        raise several()


def _is_working(sides: Sequence[list[Token]]) -> bool:
    """Whether a statement works something out, as 290 - 250 = 40 and x = 7 - 2 do."""
    if len(sides) < 2:
        return False
    return any(map(_is_sum, sides)) or any(has(side[1:], Kind.POWER) for side in sides[:-1])


def _is_sum(side: Sequence[Token]) -> bool:
    """Whether a side is still to be worked out; a fraction and 6 × 10^3 are not."""
    signs = {token.kind for token in side[1:]}
    return bool(signs & {Kind.PLUS, Kind.MINUS, Kind.DIVIDED}) or (
        Kind.STAR in signs and Kind.POWER not in signs
    )


def _unsolved(side: Sequence[Token]) -> bool:
    """Whether an unknown stands in a sum with a number, as in 2x = 10, x + 1 = 3 and -x = 5."""
    kinds = [token.kind for token in side]
    if Kind.LETTER not in kinds:
        return False
    touching = {(Kind.NUMBER, Kind.LETTER), (Kind.LETTER, Kind.NUMBER)}
    if kinds[:2] == [Kind.MINUS, Kind.LETTER] or touching & set(pairwise(kinds)):
        return True
    return Kind.NUMBER in kinds and has(side, *SUMMING)


def _quantities(side: Sequence[Token]) -> list[Quantity]:
    """The quantities of a side; raises Mistake where it is a sum that is not worked out."""
    found: list[Quantity] = []
    at = 0
    while at < len(side):
        begins = side[at].kind in (Kind.NUMBER, Kind.MINUS) or (
            side[at].kind is Kind.ROOT and not found
        )
        if not begins:
            _refuse_sums(side, at, first=not found)
            at += 1
            continue
        if side[at].kind is Kind.MINUS and found:
            raise unreadable()
        quantity, at = quantity_at(side, at)
        if kind_at(side, at) is Kind.NUMBER and not quantity.unit:
            raise several()
        found.append(quantity)
    if len(found) > 1:
        found = compound(found)
    if len(found) == 1:
        found = [_measured(found[0], side)]
    rate = _rate_before(side)
    return [
        replace(one, unit=units.per(one.unit, rate)) if rate and one.unit else one for one in found
    ]


def _refuse_sums(side: Sequence[Token], at: int, *, first: bool) -> None:
    """Raises Mistake if what stands here makes a sum, a bound or another number of a quantity."""
    kind = side[at].kind
    if kind is Kind.PLUS and not at and kind_at(side, 1) is Kind.NUMBER:
        return
    if kind is Kind.STAR and side[at].word and not first and not _goes_on(side, at):
        return
    bounded = not first and _bounds(side, at)
    squared = kind is Kind.RAISING and not _measures(side, at)
    above = kind is Kind.AND and at + 1 < len(side) and side[at + 1].word in _OR_MORE
    divided = kind is Kind.SHARE and kind_at(side, at + 1) is Kind.NUMBER
    part_of = kind is Kind.PARTS and not first
    if kind in _NEVER_ALONE or bounded or squared or divided or above or part_of:
        raise unreadable()


def _goes_on(side: Sequence[Token], at: int) -> bool:
    """Whether "times" multiplies, and does not end an answer: ৩ গুণ."""
    following = (Kind.NUMBER, Kind.LETTER, Kind.MINUS, Kind.ROOT, Kind.OPEN)
    return kind_at(side, at + 1) in following


def _measures(side: Sequence[Token], at: int) -> bool:
    """Whether "square" belongs to a unit or a shape, and not to a number: square of 42."""
    after = side[at + 1].word if at + 1 < len(side) else ""
    if kind_at(side, at - 1) is Kind.NUMBER and after not in _UNNAMED_UNITS:
        return kind_at(side, at + 1) is Kind.UNIT
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


def _measured(quantity: Quantity, side: Sequence[Token]) -> Quantity:
    """With the unit or the percent sign that stands elsewhere in the side: Tk 40, শতকরা ২৫."""
    if quantity.unit is units.UNITS["taka"] and any(token.word == _OF_HUNDRED for token in side):
        return replace(quantity, percent=True, unit=None)
    money = {token.unit.dimension for token in side if token.unit} & _CURRENCIES
    if len(money) > 1:
        raise unreadable()
    if quantity.unit or quantity.percent:
        return quantity
    if has(side, Kind.PERCENT):
        return replace(quantity, percent=True)
    for at, token in enumerate(side):
        if token.kind is Kind.UNIT and kind_at(side, at - 1) is not Kind.PER:
            unit, _ = unit_at(side, at)
            return replace(quantity, unit=unit)
    return quantity
