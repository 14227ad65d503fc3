"""Reads sums, products, powers and roots with letters, as a student types them, and works them out.

One method for each level of precedence; what it costs is counted and limited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from domain.practice.answers.expressions import Expression
from domain.practice.answers.sides import unreadable
from domain.practice.answers.vocabulary import Kind, Token

_MOST_PIECES = 120
_DEEPEST = 8
_BUDGET = 1_500
"""Products of terms with terms, for a whole answer; each takes about a microsecond."""
_MOST_ROOTS = 12
_HIGHEST_POWER_OF_A_SUM = 8
_SIGNS = (Kind.PLUS, Kind.MINUS)
_DIVIDING = (Kind.SLASH, Kind.DIVIDED)
_BEGINNING = (Kind.LETTER, Kind.ROOT, Kind.OPEN)
"""What may follow a factor without a sign between: 2x, x(x + 1), 2√3. A number may not: x2."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_HALF = Fraction(1, 2)
_SQUARES = frozenset(("square", "sq", "sqr", "বর্গ", "borgo"))


class Shape(Enum):
    NUMBER = auto()
    LETTER = auto()
    ROOT = auto()
    POWER = auto()
    PRODUCT = auto()
    QUOTIENT = auto()
    SUM = auto()


@dataclass(frozen=True, slots=True)
class Node:
    """A part of what was written, with its value; a power repeats its base in `exponent`."""

    shape: Shape
    value: Expression
    parts: tuple["Node", ...] = ()
    exponent: int = 1
    negative: bool = False
    """Whether a minus stands before it; its value has it already, its parts do not."""


def parse(side: Sequence[Token]) -> Node:
    """The expression that these tokens are, all of them; raises Mistake if they are none."""
    if not side or len(side) > _MOST_PIECES:
        raise unreadable()
    parser = _Parser(side)
    try:
        node = parser.sum()
    except ValueError:
        raise unreadable() from None
    if not parser.ended:
        raise unreadable()
    return node


class _Parser:
    def __init__(self, side: Sequence[Token]) -> None:
        self._side = side
        self._at = 0
        self._depth = 0
        self._left = _BUDGET
        self._roots = 0

    def _kind(self, ahead: int = 0) -> Kind | None:
        at = self._at + ahead
        return self._side[at].kind if at < len(self._side) else None

    @property
    def ended(self) -> bool:
        return self._at == len(self._side)

    def _take(self) -> Token:
        if self._at >= len(self._side):
            raise unreadable()
        self._at += 1
        return self._side[self._at - 1]

    def sum(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise unreadable()
        terms = [self._signed_product()]
        while self._kind() in _SIGNS:
            terms.append(self._signed_product())
        self._depth -= 1
        if len(terms) == 1:
            return terms[0]
        total = terms[0].value
        for term in terms[1:]:
            self._spend(total, term.value)
            total = total + term.value
        return Node(Shape.SUM, total, tuple(terms))

    def _signed_product(self) -> Node:
        negative = self._sign()
        node = self._product()
        return _negated(node) if negative else node

    def _sign(self) -> bool:
        """Whether a single minus stands here."""
        if self._kind() not in _SIGNS:
            return False
        return self._take().kind is Kind.MINUS

    def _product(self) -> Node:
        node = self._powered()
        divided = False
        while True:
            if self._kind() is Kind.STAR:
                self._take()
                node = self._times(node, self._signed_factor())
            elif self._kind() in _DIVIDING:
                self._take()
                node = self._divided(node, self._signed_factor())
                divided = True
            elif self._kind() in _BEGINNING:
                if divided:  # is 1/2x a half of x, or 1 over 2x?
                    raise unreadable()
                node = self._times(node, self._powered())
            else:
                return node

    def _signed_factor(self) -> Node:
        negative = self._sign()
        node = self._powered()
        return _negated(node) if negative else node

    def _times(self, one: Node, other: Node) -> Node:
        self._spend(one.value, other.value)
        parts = one.parts if one.shape is Shape.PRODUCT else (one,)
        negative = one.shape is Shape.PRODUCT and one.negative
        value = one.value * other.value
        return Node(Shape.PRODUCT, value, (*parts, other), negative=negative)

    def _divided(self, one: Node, other: Node) -> Node:
        self._spend(one.value, other.value)
        return Node(Shape.QUOTIENT, one.value / other.value, (one, other))

    def _powered(self) -> Node:
        base = self._single()
        if self._kind() is Kind.RAISING and self._side[self._at].word in _SQUARES:
            self._take()
            return self._power(base, 2)
        if self._kind() is Kind.POWER:
            exponent = int(self._take().value)
            if self._kind() in (Kind.POWER, Kind.CARET):
                raise unreadable()
            return self._power(base, exponent)
        if self._kind() is not Kind.CARET:
            return base
        self._take()
        if self._kind() is not Kind.OPEN:
            raise unreadable()
        exponent_ = self._single().value.value
        number = base.value.value
        if exponent_ != _HALF or number is None:
            raise unreadable()
        return self._root_of(number)

    def _power(self, base: Node, exponent: int) -> Node:
        terms = len(base.value.numerator) + len(base.value.denominator)
        if terms > 2 and abs(exponent) > _HIGHEST_POWER_OF_A_SUM:
            raise unreadable()
        self._left -= terms**2 * abs(exponent) if terms > 2 else 1
        self._spend(base.value, base.value)
        return Node(Shape.POWER, base.value**exponent, (base,), exponent)

    def _single(self) -> Node:
        token = self._take()
        if token.kind is Kind.NUMBER:
            return Node(Shape.NUMBER, Expression.number(self._number(token)))
        if token.kind is Kind.LETTER:
            return Node(Shape.LETTER, Expression.letter(token.word))
        if token.kind is Kind.ROOT:
            return self._root()
        if token.kind is not Kind.OPEN:
            raise unreadable()
        inside = self.sum()
        if self._take().word != _CLOSING[token.word]:
            raise unreadable()
        return inside

    def _number(self, whole: Token) -> Fraction:
        """A number, or a mixed one: 2 1/2."""
        if self._kind() is not Kind.NUMBER:
            return whole.value
        part = self._take()
        if part.part:
            value = part.value
        elif self._kind() is Kind.SLASH and self._kind(1) is Kind.NUMBER:
            self._take()
            below = self._take().value
            if not below:
                raise unreadable()
            value = part.value / below
        else:
            raise unreadable()
        if not 0 < value < 1 or whole.value.denominator != 1:
            raise unreadable()
        return whole.value + value

    def _root(self) -> Node:
        if self._kind() is Kind.SLASH and self._side[self._at].word == "over":
            self._take()
        if self._kind() is Kind.NUMBER:
            number: Fraction | None = self._take().value
            if self._kind() in (
                Kind.LETTER,
                Kind.NUMBER,
                Kind.POWER,
            ):  # √2x: how far does it reach?
                raise unreadable()
        elif self._kind() is Kind.OPEN:
            number = self._single().value.value
        else:
            raise unreadable()
        if number is None:
            raise unreadable()
        return self._root_of(number)

    def _root_of(self, number: Fraction) -> Node:
        self._roots += 1
        if self._roots > _MOST_ROOTS:
            raise unreadable()
        inside = Node(Shape.NUMBER, Expression.number(number))
        return Node(Shape.ROOT, Expression.root(number), (inside,))

    def _spend(self, one: Expression, other: Expression) -> None:
        above = len(one.numerator) * len(other.numerator)
        below = len(one.denominator) * len(other.denominator)
        across = len(one.numerator) * len(other.denominator)
        self._left -= above + below + across
        if self._left < 0:
            raise unreadable()


def _negated(node: Node) -> Node:
    return Node(node.shape, -node.value, node.parts, node.exponent, not node.negative)
