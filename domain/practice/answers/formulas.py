"""Whether an expression is right: a polynomial, a product, a quotient, a surd, a power."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from domain.errors import Mistake
from domain.practice.answers import reading, units
from domain.practice.answers.algebra import Node, Shape, parse
from domain.practice.answers.expressions import Expression, Polynomial, square_free
from domain.practice.answers.numerals import fold
from domain.practice.answers.quantities import unit_at
from domain.practice.answers.sides import kind_at, several, split, unreadable
from domain.practice.answers.spelling import spelled
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.answers.vocabulary import Kind, Token
from domain.practice.records import AnswerForm

_MATHEMATICAL = frozenset(
    {Kind.NUMBER, Kind.LETTER, Kind.ROOT, Kind.OPEN, Kind.CLOSE, Kind.MINUS, Kind.PLUS}
    | {Kind.POWER, Kind.STAR, Kind.SLASH, Kind.DIVIDED, Kind.CARET, Kind.OPERATOR}
    | {Kind.COMPARED, Kind.PLUS_MINUS, Kind.PERCENT, Kind.COLON}
)
_VULGAR = re.compile("([0-9০-৯]*)\\s*([¼-¾⅐-⅞])")
_COEFFICIENT = re.compile(r"([0-9০-৯)] *)?(?<![\w/.,)^])([0-9০-৯]+/[0-9০-৯]+) +(?=[a-zA-Z(√])")
"""2/3 x, where the space says how far the line reaches; not the fraction of 2 1/2 x."""
_ROOT_NAMES = re.compile("sqrt|root")


@dataclass(frozen=True, slots=True)
class _Expected:
    node: Node
    letters: frozenset[str]


def judge(given: str, expected: str, asked: Asked) -> Verdict:
    """Whether `given` has the stated value; raises Mistake where it grows beyond comparing."""
    right = _expected(expected)
    try:
        return _judge(given, right, asked)
    except ValueError:
        raise unreadable() from None


def _judge(given: str, right: _Expected, asked: Asked) -> Verdict:
    node, unit, contradicted = _read(given, right.letters)
    value = node.value
    if unit is not None:
        factor = units.converted(Fraction(1), unit, asked.unit) if asked.unit else None
        if factor is None:
            same = value == right.node.value
            return wrong(Reason.WRONG_UNIT if same else Reason.WRONG)
        value = value * Expression.number(factor)
    if value != right.node.value:
        return wrong(_reason(value, right.node.value, asked))
    if contradicted:
        raise several()
    if asked.unit_required and unit is None:
        return wrong(Reason.UNIT_MISSING)
    reason = _out_of_form(node, right.node, asked.form)
    return wrong(reason) if reason else RIGHT


def _reason(value: Expression, right: Expression, asked: Asked) -> Reason:
    number, other = value.value, right.value
    if number is not None and other is not None and abs(number - other) <= asked.tolerance:
        return Reason.ROUNDED
    if -value == right:
        return Reason.WRONG_SIGN
    return Reason.UPSIDE_DOWN if value * right == Expression.number(1) else Reason.WRONG


@lru_cache(maxsize=4096)
def _expected(text: str) -> _Expected:
    letters = frozenset(filter(str.isalpha, fold(_ROOT_NAMES.sub("", text))))
    try:
        node, unit, _ = _read(text, letters)
    except (Mistake, ValueError):
        raise ValueError("not an expression such as 3x^2 + 2x - 5") from None
    if unit is not None:
        raise ValueError("an expression has its unit apart")
    return _Expected(node, node.value.letters)


def _read(text: str, letters: frozenset[str]) -> tuple[Node, units.Unit | None, bool]:
    """The one expression that a text says, the unit after it, and whether it is contradicted."""
    reading.refuse_long(text)
    if not text.isascii():
        text = _VULGAR.sub(_bracketed, text)
    text = _COEFFICIENT.sub(lambda match: match[0] if match[1] else f"({match[2]})*", text)
    found = reading.pieces_of(spelled(text), letters)
    if any(token.kind is Kind.HEDGE for token in found):
        raise unreadable()
    read = [_side(run, letters) for run in _runs(_without_remarks(found))]
    if not read:
        raise unreadable()
    last, unit, contradicted = read[-1]
    if any(one.value != last.value or other != unit for one, other, _ in read[:-1]):
        raise several()
    return last, unit, contradicted


def _bracketed(match: re.Match[str]) -> str:
    """2½ as (2 1/2), so that ½x is a half of x."""
    return f"({match[1]} {fold(match[2]).strip()})"


def _without_remarks(found: Sequence[Token]) -> list[Token]:
    """Without what stands in brackets and is only words: 5x + 3 (Ans)."""
    kept: list[Token] = []
    opened: int | None = None  # where a bracket stands after which only words came
    for token in found:
        if token.kind is Kind.CLOSE and opened is not None and kept[-1].kind is Kind.WORD:
            del kept[opened:]
            opened = None
            continue
        if token.kind is Kind.OPEN:
            opened = len(kept)
        elif token.kind is not Kind.WORD:
            opened = None
        kept.append(token)
    return kept


def _runs(found: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What is said between commas and full stops after the last "so", without mere words."""
    last = max((at for at, token in enumerate(found) if token.kind is Kind.THEN), default=-1)
    for run in split(found[last + 1 :], lambda one: one.kind in (Kind.END, Kind.COMMA, Kind.OR)):
        if any(token.kind in (Kind.NUMBER, Kind.LETTER, Kind.ROOT) for token in run):
            yield run


def _side(run: Sequence[Token], letters: frozenset[str]) -> tuple[Node, units.Unit | None, bool]:
    """What the last "=" says, or the side before it where that is only a name: 2x + 1 = y.

    Also whether what stands before it contradicts it.
    """
    sides = [
        core
        for side in split(run, lambda token: token.kind is Kind.EQUALS)
        if (core := _core(side))
    ]
    while len(sides) > 1 and _is_name(sides[-1], letters):
        sides.pop()
    if not sides:
        raise unreadable()
    last, unit = _without_unit(sides[-1])
    node = parse(last)
    if node.value.letters and any(_is_number(side) for side in sides[:-1]):
        raise unreadable()
    return node, unit, len(sides) > 1 and _contradicts(sides[-2], node, letters)


def _contradicts(side: Sequence[Token], last: Node, letters: frozenset[str]) -> bool:
    """Whether a side in the problem's own letters, no mere name, has another value: 5x = 3x."""
    names = {token.word for token in side if token.kind is Kind.LETTER}
    if len(side) < 2 or not names or not names <= letters:
        return False
    try:
        return parse(_without_unit(side)[0]).value != last.value
    except (Mistake, ValueError):
        return False


def _core(side: Sequence[Token]) -> Sequence[Token]:
    """Without the words before and after it."""
    words = (Kind.WORD, Kind.SHARE, Kind.PARTS)
    begin, end = 0, len(side)
    while begin < end and side[begin].kind in words:
        begin += 1
    while end > begin and side[end - 1].kind in words:
        end -= 1
    return side[begin:end]


def _is_name(side: Sequence[Token], letters: frozenset[str]) -> bool:
    return len(side) == 1 and side[0].kind is Kind.LETTER and side[0].word not in letters


def _is_number(side: Sequence[Token]) -> bool:
    return len(side) == 1 and side[0].kind is Kind.NUMBER


def _without_unit(side: Sequence[Token]) -> tuple[Sequence[Token], units.Unit | None]:
    if side[0].kind is Kind.UNIT:
        return _core(side[1:]), side[0].unit
    for at in range(1, len(side)):
        raised = side[at].kind is Kind.RAISING and kind_at(side, at + 1) is Kind.UNIT
        if side[at].kind is Kind.UNIT or raised:
            unit, end = unit_at(side, at)
            if any(token.kind in _MATHEMATICAL for token in side[end:]):
                raise unreadable()
            return side[:at], unit
    return side, None


def _out_of_form(said: Node, right: Node, form: AnswerForm | None) -> Reason | None:
    """What keeps the right value from being in the form that is asked for, if anything does."""
    if form is AnswerForm.FACTORS:
        return None if _factored_like(said, right) else Reason.WRONG_FORM
    if form is AnswerForm.EXPANDED:
        return None if _is_expanded(said) else Reason.WRONG_FORM
    if form is AnswerForm.LOWEST:
        return None if _is_lowest(said, right) else Reason.NOT_LOWEST
    return None if _unworked(said) <= _unworked(right) else Reason.WRONG_FORM


def _unworked(node: Node) -> int:
    """How many terms and factors are left to be put together: two in 3x + 2x + 4 × 5."""
    inside = sum(map(_unworked, node.parts))
    if node.shape is Shape.SUM:
        terms = sum(len(one.value.numerator) for one in node.parts)
        return inside + max(0, terms - len(node.value.numerator))
    if node.shape is Shape.PRODUCT:
        numbers = sum(one.shape is Shape.NUMBER for one in node.parts)
        return inside + max(0, numbers - 1)
    return inside


def _terms(node: Node) -> tuple[Node, ...]:
    return node.parts if node.shape is Shape.SUM else (node,)


def _is_expanded(node: Node) -> bool:
    terms = _terms(node)
    single = all(len(one.value.numerator) == 1 for one in terms)
    return single and len(terms) == max(1, len(node.value.numerator)) and not _unworked(node)


def _factors(node: Node, times: int = 1) -> Iterator[Expression]:
    """The factors of a product, a power as often as it says."""
    if node.shape is Shape.PRODUCT:
        for part in node.parts:
            yield from _factors(part, times)
    elif node.shape is Shape.POWER and node.exponent > 0:
        yield from _factors(node.parts[0], times * node.exponent)
    else:
        yield from [node.value] * times


def _factored_like(said: Node, right: Node) -> bool:
    """Whether both have the same factors but for signs and their order."""
    given, stated = [*_factors(said)], [*_factors(right)]
    if right.value.letters:
        given = [one for one in given if one.letters]
        stated = [one for one in stated if one.letters]
    else:
        given = [one for one in given if one.value not in (1, -1)]
    if len(given) != len(stated):
        return False
    for one in given:
        match = next((other for other in stated if one in (other, -other)), None)
        if match is None:
            return False
        stated.remove(match)
    return True


def _is_lowest(said: Node, right: Node) -> bool:
    if right.value.letters:
        above, below = _quotient(said)
        stated = _quotient(right)
        return _degree(below) == _degree(stated[1]) and not _shares_a_number(above, below)
    return _roots_are_free(said)


def _quotient(node: Node) -> tuple[Expression, Expression]:
    if node.shape is not Shape.QUOTIENT:
        return node.value, Expression.number(1)
    return node.parts[0].value, node.parts[1].value


def _degree(expression: Expression) -> int:
    terms = expression.numerator
    return max((sum(power for _, power in letters) for letters, _ in terms), default=0)


def _shares_a_number(above: Expression, below: Expression) -> bool:
    """Whether a whole number divides every coefficient of both: (2x + 2)/4x."""
    return gcd(_content(above.numerator), _content(below.numerator)) > 1


def _content(polynomial: Polynomial) -> int:
    scale = lcm(*(one.denominator for one in polynomial.values()))
    return gcd(*(int(one * scale) for one in polynomial.values())) if scale == 1 else 1


def _roots_are_free(node: Node) -> bool:
    """Whether no root can be drawn further and none stands below a line."""
    if node.shape is Shape.ROOT:
        inside = node.parts[0].value.value
        return (
            inside is not None
            and inside.denominator == 1
            and inside > 1
            and square_free(int(inside))[0] == 1
        )
    if node.shape is Shape.QUOTIENT and node.parts[1].value.value is None:
        return False
    return all(map(_roots_are_free, node.parts))
