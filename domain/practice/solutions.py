"""Whether the values of unknowns, or the members of a set, are right."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.errors import Mistake
from domain.practice import amounts, reading
from domain.practice.algebra import parse
from domain.practice.expressions import Expression
from domain.practice.reading import kind_at, several, split, unreadable
from domain.practice.tokens import spelled
from domain.practice.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.vocabulary import Kind, Token

_MOST_VALUES = 20
_SEPARATING = (Kind.COMMA, Kind.OR, Kind.END, Kind.THEN)
_WHOLE_AND = frozenset(("whole", "purno", "পূর্ণ", "সমস্ত"))
_NEXT_NAME = re.compile("(?<=[0-9০-৯¼-¾]) +(?=[A-Za-z] *[=:])")
_BRACKETS = (Kind.OPEN, Kind.CLOSE)
_ALGEBRAIC = (Kind.ROOT, Kind.CARET)
_WORKED = (Kind.PLUS, Kind.STAR, Kind.SLASH, Kind.POWER, Kind.MINUS, Kind.NUMBER, Kind.OPERATOR)
_COMPARING = (Kind.COMPARED, Kind.HEDGE)


class _OtherUnitError(Exception):
    """A value is measured in a unit that does not belong to it."""


# -- sets ------------------------------------------------------------------------------------


def judge_set(given: str, expected: str, asked: Asked) -> Verdict:
    right = _expected_set(expected)
    try:
        said = _members(given, asked)
    except _OtherUnitError:
        return wrong(Reason.WRONG_UNIT)
    missing = [one for one in right if not _among(one, said, asked)]
    strange = [one for one in said if not _among(one, right, asked)]
    if not missing and not strange:
        return RIGHT
    if not strange:
        return wrong(Reason.INCOMPLETE)
    negated = [-one for one in said]
    turned = all(_among(one, negated, asked) for one in right) and len(said) == len(right)
    return wrong(Reason.WRONG_SIGN if turned else Reason.WRONG)


@lru_cache(maxsize=4096)
def _expected_set(text: str) -> list[Expression]:
    try:
        return _members(text, Asked())
    except (Mistake, _OtherUnitError):
        raise ValueError("not a set such as 3, -2") from None


def _among(one: Expression, some: Sequence[Expression], asked: Asked) -> bool:
    return any(_near(one, other, asked) for other in some)


def _near(one: Expression, other: Expression, asked: Asked) -> bool:
    if asked.tolerance:
        first, second = one.value, other.value
        if first is not None and second is not None:
            return abs(first - second) <= asked.tolerance
    return one == other


def _members(text: str, asked: Asked) -> list[Expression]:
    found = reading.pieces(text, grouping=False)
    _refuse_comparisons(found)
    working_done = _after_working(found)
    members: list[Expression] = []
    for run in split(working_done, _separates):
        if not members and _is_working(run):
            continue
        for value in _values(run):
            members += _signed(value, asked)
            if len(members) > _MOST_VALUES:
                raise unreadable()
    if not members:
        raise unreadable()
    return members


def _refuse_comparisons(found: Sequence[Token]) -> None:
    if any(token.kind in _COMPARING for token in found):
        raise unreadable()


def _after_working(found: Sequence[Token]) -> Sequence[Token]:
    last = max((at for at, token in enumerate(found) if token.kind is Kind.THEN), default=-1)
    return found[last + 1 :]


def _separates(token: Token) -> bool:
    return token.kind in _SEPARATING or (token.kind is Kind.AND and token.word not in _WHOLE_AND)


def _is_working(run: Sequence[Token]) -> bool:
    """Whether a letter still stands in a sum with a number: (x - 2)(x + 3) = 0."""
    sides = split(run, lambda token: token.kind is Kind.EQUALS)
    return any(
        _has_value(side) and any(token.kind is Kind.LETTER for token in side) for side in sides
    )


def _values(run: Sequence[Token]) -> Iterator[list[Token]]:
    """The values in a run: one after "x =", or several with only spaces between."""
    sides = split(run, lambda token: token.kind in (Kind.EQUALS, Kind.COLON))
    numbered = [side for side in sides if _has_value(side)]
    if not numbered:
        return
    named = [side for side in sides if any(token.kind is Kind.LETTER for token in side)]
    if len(numbered) > 1 or any(_has_value(side) for side in named):
        raise unreadable()
    yield from _apart(_bare(numbered[0]))


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


def _bare(side: Sequence[Token]) -> list[Token]:
    """Without brackets around it and without mere words."""
    inside = [token for token in side if token.kind is not Kind.WORD]
    while inside and inside[0].kind in _BRACKETS and not _opens_root(inside):
        inside = inside[1:]
    while inside and inside[-1].kind is Kind.CLOSE and _unopened(inside):
        inside = inside[:-1]
    return inside


def _opens_root(inside: Sequence[Token]) -> bool:
    """Whether the first bracket closes again before the end, as in (1 + √2)/2."""
    return inside[0].kind is Kind.OPEN and any(token.kind is Kind.CLOSE for token in inside[1:-1])


def _unopened(inside: Sequence[Token]) -> bool:
    opened = sum(token.kind is Kind.OPEN for token in inside)
    return sum(token.kind is Kind.CLOSE for token in inside) > opened


def _has_value(side: Sequence[Token]) -> bool:
    return any(token.kind in (Kind.NUMBER, Kind.ROOT) for token in side)


def _signed(value: Sequence[Token], asked: Asked) -> list[Expression]:
    """The value, or both of ±3."""
    if value and value[0].kind is Kind.PLUS_MINUS:
        one = _value(value[1:], asked)
        return [one, -one]
    if [token.kind for token in value[:2]] == [Kind.PLUS, Kind.MINUS]:
        return _signed([Token(Kind.PLUS_MINUS), *value[2:]], asked)
    return [_value(value, asked)]


def _value(tokens: Sequence[Token], asked: Asked) -> Expression:
    """An exact value in the unit asked for: a number as anywhere else, or a surd."""
    if tokens and tokens[0].kind is Kind.PLUS:
        tokens = tokens[1:]
    if any(token.kind in _ALGEBRAIC for token in tokens):
        return parse(tokens).value
    said = reading.single(tokens)
    value = amounts.value_in(said, asked.unit)
    if value is None:
        raise _OtherUnitError
    return Expression.number(value)


# -- unknowns --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Said:
    """What was said so far of each unknown, and the values without a name in their order."""

    named: dict[str, Expression] = field(default_factory=dict)
    nameless: list[Expression] = field(default_factory=list)
    worked: bool = False
    """Whether an equation was passed over that gives no value."""


def judge_unknowns(given: str, expected: str, asked: Asked) -> Verdict:
    right = _expected_unknowns(expected)
    try:
        said = _unknowns(given, tuple(right), asked)
    except _OtherUnitError:
        return wrong(Reason.WRONG_UNIT)
    met = {letter for letter in said if _near(said[letter], right[letter], asked)}
    if met == set(right):
        return RIGHT
    if met == set(said):
        return wrong(Reason.INCOMPLETE)
    if len(said) == len(right) > 1 and _exchanged(said, right, asked):
        return wrong(Reason.WRONG_ORDER)
    flipped = all(_near(-said[letter], right[letter], asked) for letter in set(said) - met)
    return wrong(Reason.WRONG_SIGN if flipped else Reason.WRONG)


def _exchanged(
    said: Mapping[str, Expression], right: Mapping[str, Expression], asked: Asked
) -> bool:
    left = list(right.values())
    for one in said.values():
        match = next((at for at, other in enumerate(left) if _near(one, other, asked)), None)
        if match is None:
            return False
        left.pop(match)
    return True


@lru_cache(maxsize=4096)
def _expected_unknowns(text: str) -> Mapping[str, Expression]:
    letters = tuple(dict.fromkeys(filter(str.isalpha, text.casefold())))
    try:
        values = _unknowns(text, letters, Asked())
    except (Mistake, _OtherUnitError):
        values = {}
    if not values or len(values) != len(letters):
        raise ValueError("not values of unknowns such as x = 3, y = -2")
    return values


def _unknowns(text: str, letters: tuple[str, ...], asked: Asked) -> Mapping[str, Expression]:
    reading.refuse_long(text)
    text = _NEXT_NAME.sub(_parted, text)
    found = reading.pieces_of(spelled(text), frozenset(letters), grouping=False)
    _refuse_comparisons(found)
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
    plain = all(
        token.kind in (Kind.LETTER, Kind.COMMA, Kind.AND, Kind.WORD, *_BRACKETS)
        for token in found[:at]
    )
    named_after = any(token.kind is Kind.LETTER for token in found[at:])
    if not plain or named_after or len(names) < 2 or set(names) != set(letters):
        return found, letters
    return found[at + 1 :], tuple(names)


def _named_runs(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs between separators, cut also before a letter that begins the next "y =" or "y 3"."""
    for run in split(found, _separates):
        part: list[Token] = []
        for at, token in enumerate(run):
            begins = token.kind is Kind.LETTER and kind_at(run, at + 1) in (
                Kind.EQUALS,
                Kind.COLON,
            )
            ended = kind_at(run, at - 1) in (Kind.UNIT, Kind.WORD, Kind.CLOSE)
            if begins and ended and _has_value(part):
                yield part
                part = []
            part.append(token)
        yield part


def _take(run: Sequence[Token], letters: tuple[str, ...], said: _Said, asked: Asked) -> None:
    sides = split(run, lambda token: token.kind in (Kind.EQUALS, Kind.COLON))
    names = {token.word for token in run if token.kind is Kind.LETTER}
    last = next((side for side in reversed(sides) if _has_value(side)), None)
    if last is None:
        return
    if not names:
        said.nameless.append(_value(_bare(last), asked))
        return
    letter_sides = [side for side in sides if any(one.kind is Kind.LETTER for one in side)]
    alone = len(letter_sides) == 1 and not any(
        one.kind in _WORKED or one.kind is Kind.ROOT for one in letter_sides[0]
    )
    if len(names) > 1 or not alone:
        if len(sides) == 1 and not alone and len(names) == 1:
            raise unreadable()
        said.worked = True
        return
    (letter,) = names
    if letter not in letters:
        raise unreadable()
    value = _value(_bare(last), asked)
    if letter in said.named and said.named[letter] != value:
        raise several()
    said.named[letter] = value
