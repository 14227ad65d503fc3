"""A sum as a teacher writes it, worked out exactly and without end.

+ - * / ** and round brackets over numbers and names, and a few functions; nothing else.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from domain.practice.library.complaints import Flaw, Wrong

LONGEST = 300
_DEEPEST = 20
_LARGEST_EXPONENT = 20
_MOST_BITS = 512
"""A hundred and fifty digits: no number at school has so many."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>\*\*|[-+*/(),]))",
    re.ASCII,
)

Number = int | Fraction
"""Whole numbers are int: most are, and counting with them is ten times as fast."""
Values = Mapping[str, Number]
"""What the names of a sum, or the parameters of a template, stand for."""
Work = Callable[[Mapping[str, Any]], Any]
"""Works out a part of a sum from the values of its names: numbers, or those of an Algebra."""


@dataclass(frozen=True, slots=True)
class Algebra:
    """With what values a sum is worked out; PLAIN counts with plain numbers."""

    number: Callable[[Number], Any]
    divided: Callable[[Any, Any], Any]
    raised: Callable[[Any, Any], Any]
    functions: Mapping[str, tuple[int, Callable[..., Any]]]
    """Each with how many values it takes, one or two."""


class Sum:
    """A sum that was read once and is worked out for many values of its names.

    Raises Wrong for a text that is no such sum, and when it is worked out, where it divides by
    zero, has no exact root or grows without need.
    """

    def __init__(self, text: str, algebra: Algebra | None = None) -> None:
        if len(text) > LONGEST:
            raise Wrong(Flaw.SUM_TOO_LONG, limit=LONGEST)
        reading = _Reading(_pieces(text), algebra or PLAIN)
        self.work = reading.added()
        self.names = frozenset(reading.names)
        if reading.piece:
            raise Wrong(Flaw.SUM_MISPLACED, piece=reading.piece)


def compute(text: str) -> Fraction:
    """The value of a sum without names, such as "(290 - 250) / 250 * 100"; raises Wrong."""
    read = Sum(text)
    for name in sorted(read.names):
        raise Wrong(Flaw.SUM_UNKNOWN_NAME, name=name)
    return Fraction(read.work({}))


def plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def divided(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        if not right:
            raise Wrong(Flaw.SUM_DIVIDES_BY_ZERO)
        whole, rest = divmod(left, right)
        return Fraction(left, right) if rest else whole
    if not right:
        raise Wrong(Flaw.SUM_DIVIDES_BY_ZERO)
    return plain(Fraction(left) / right)


def raised(base: Any, exponent: Any) -> Any:
    if not isinstance(exponent, int) or abs(exponent) > _LARGEST_EXPONENT:
        raise Wrong(Flaw.SUM_POWER, limit=_LARGEST_EXPONENT)
    if exponent < 0 and not base:
        raise Wrong(Flaw.SUM_DIVIDES_BY_ZERO)
    return _bounded(plain(Fraction(base) ** exponent))


def _whole(*values: Any) -> None:
    if not all(isinstance(one, int) for one in values):
        raise Wrong(Flaw.SUM_NEEDS_WHOLE)


def _gcd(left: Any, right: Any) -> int:
    _whole(left, right)
    return math.gcd(left, right)


def _lcm(left: Any, right: Any) -> int:
    _whole(left, right)
    return math.lcm(left, right)


def _mod(left: Any, right: Any) -> Any:
    if not right:
        raise Wrong(Flaw.SUM_DIVIDES_BY_ZERO)
    return left % right


def _rounded(value: Any, places: Any) -> Number:
    """Half is rounded away from zero, as schools do."""
    _whole(places)
    if abs(places) > _LARGEST_EXPONENT:
        raise Wrong(Flaw.SUM_POWER, limit=_LARGEST_EXPONENT)
    scaled = abs(Fraction(value)) * Fraction(10) ** places
    size = math.floor(scaled + Fraction(1, 2)) / Fraction(10) ** places
    return plain(-size if value < 0 else size)


def _square_root(value: Any) -> Number:
    """Exact, or raises Wrong."""
    exact = Fraction(value)
    if exact >= 0:
        roots = math.isqrt(exact.numerator), math.isqrt(exact.denominator)
        if roots[0] ** 2 == exact.numerator and roots[1] ** 2 == exact.denominator:
            return plain(Fraction(*roots))
    raise Wrong(Flaw.SUM_NO_ROOT)


_FUNCTIONS: Mapping[str, tuple[int, Callable[..., Any]]] = {
    "gcd": (2, _gcd),
    "lcm": (2, _lcm),
    "mod": (2, _mod),
    "floor": (1, math.floor),
    "abs": (1, abs),
    "round": (2, _rounded),
    "min": (2, min),
    "max": (2, max),
    "sqrt": (1, _square_root),
}
PLAIN = Algebra(lambda value: value, divided, raised, _FUNCTIONS)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Each piece with its sort: number, name or sign."""
    pieces: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Wrong(Flaw.SUM_SIGNS)
        pieces.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return pieces


class _Reading:
    """Reads pieces from left to right, one method for each level of precedence."""

    def __init__(self, pieces: Sequence[tuple[str, str]], algebra: Algebra) -> None:
        self._pieces = [*reversed(pieces)]
        self._algebra = algebra
        self._depth = 0
        self.names: set[str] = set()

    @property
    def piece(self) -> str:
        return self._pieces[-1][1] if self._pieces else ""

    def added(self) -> Work:
        work = self._multiplied()
        while self.piece in ("+", "-"):
            sign = operator.add if self._next() == "+" else operator.sub
            work = _both(sign, work, self._multiplied())
        return work

    def _multiplied(self) -> Work:
        work = self._signed()
        while self.piece in ("*", "/"):
            sign = operator.mul if self._next() == "*" else self._algebra.divided
            work = _both(sign, work, self._signed())
        return work

    def _signed(self) -> Work:
        negative = False
        while self.piece in ("+", "-"):
            negative ^= self._next() == "-"
        work = self._powered()
        return (lambda values: -work(values)) if negative else work

    def _powered(self) -> Work:
        base = self._single()
        if self.piece != "**":
            return base
        self._next()
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        return _both(self._algebra.raised, base, exponent)

    def _single(self) -> Work:
        sort, piece = self._pieces.pop() if self._pieces else ("end", "")
        if piece == "(":
            return self._bracket(1)[0]
        if sort == "number":
            value = self._algebra.number(_bounded(plain(Fraction(piece))))
            return lambda _: value
        if sort != "name":
            raise Wrong(Flaw.SUM_MISPLACED, piece=piece) if piece else Wrong(Flaw.SUM_UNFINISHED)
        if self.piece == "(":
            return self._called(piece)
        self.names.add(piece)
        return operator.itemgetter(piece)

    def _called(self, name: str) -> Work:
        if name not in self._algebra.functions:
            raise Wrong(Flaw.SUM_UNKNOWN_FUNCTION, name=name)
        self._next()
        count, function = self._algebra.functions[name]
        given = self._bracket(count)
        if count == 1:
            return lambda values: function(given[0](values))
        return _both(function, *given)

    def _bracket(self, count: int) -> list[Work]:
        """What stands in an opened bracket: so many sums with commas between."""
        self._deeper()
        sums = [self.added()]
        while len(sums) < count and self.piece == ",":
            self._next()
            sums.append(self.added())
        self._depth -= 1
        if self.piece != ")" or len(sums) != count:
            raise Wrong(Flaw.SUM_BRACKET)
        self._next()
        return sums

    def _next(self) -> str:
        return self._pieces.pop()[1]

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Wrong(Flaw.SUM_TOO_DEEP)


def _both(function: Callable[[Any, Any], Any], left: Work, right: Work) -> Work:
    def work(values: Mapping[str, Any]) -> Any:
        return _bounded(function(left(values), right(values)))

    return work


def _bounded(value: Any) -> Any:
    """`value` as a plain number where it is one; raises Wrong where it grew without need."""
    if isinstance(value, int):
        if value.bit_length() > _MOST_BITS:
            raise Wrong(Flaw.SUM_TOO_LARGE)
    elif isinstance(value, Fraction):
        if value.numerator.bit_length() + value.denominator.bit_length() > _MOST_BITS:
            raise Wrong(Flaw.SUM_TOO_LARGE)
        return plain(value)
    return value
