"""Exact algebra: quotients of polynomials with rational coefficients and square roots."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt

_MOST_TERMS = 200
_MOST_PRODUCTS = 1_000
"""Of terms with terms, in one multiplication."""
_MOST_BITS = 4_000
_HIGHEST_DEGREE = 60
_HIGHEST_POWER = 64
_LARGEST_RADICAND = 10**12

Term = tuple[tuple[tuple[str, int], ...], int]
"""Letters with their exponents in alphabetical order, and a square-free number under a root."""
Polynomial = Mapping[Term, Fraction]
"""Terms and their coefficients, none of them 0. Two are equal exactly when their mappings are."""

_PLAIN: Term = ((), 1)
_ONE: Polynomial = {_PLAIN: Fraction(1)}


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A value in one-letter unknowns, such as (3x² − 5√2) / (y + 1). `==` compares values.

    Every method raises ValueError, with a plain sentence, for a division by zero and for
    numbers, powers or sums that grow without need.
    """

    numerator: Polynomial
    denominator: Polynomial

    @classmethod
    def number(cls, value: Fraction | int) -> "Expression":
        return cls({_PLAIN: _bounded(Fraction(value))} if value else {}, _ONE)

    @classmethod
    def letter(cls, letter: str) -> "Expression":
        if len(letter) != 1:
            raise ValueError("an unknown has one letter")
        return cls({(((letter, 1),), 1): Fraction(1)}, _ONE)

    @classmethod
    def root(cls, value: Fraction | int) -> "Expression":
        """The exact square root of a value that is not negative."""
        value = Fraction(value)
        if value < 0:
            raise ValueError("a negative number has no square root")
        if not value:
            return cls.number(0)
        factor, radicand = square_free(value.numerator * value.denominator)
        return cls({((), radicand): Fraction(factor, value.denominator)}, _ONE)

    @property
    def value(self) -> Fraction | None:
        """The rational number that this is; None if it is none."""
        if not self.numerator:
            return Fraction(0)
        term, below = next(iter(self.denominator.items()))
        ratio = self.numerator.get(term, Fraction(0)) / below
        return ratio if self.numerator == _scaled(self.denominator, ratio) else None

    @property
    def letters(self) -> frozenset[str]:
        """The letters that it is written with, also those that would cancel out."""
        terms = (*self.numerator, *self.denominator)
        return frozenset(letter for letters, _ in terms for letter, _ in letters)

    def __add__(self, other: "Expression") -> "Expression":
        if self.denominator == other.denominator:
            return Expression(_sum(self.numerator, other.numerator), self.denominator)
        above = _sum(
            _product(self.numerator, other.denominator),
            _product(other.numerator, self.denominator),
        )
        return _quotient(above, _product(self.denominator, other.denominator))

    def __neg__(self) -> "Expression":
        return Expression(_scaled(self.numerator, Fraction(-1)), self.denominator)

    def __sub__(self, other: "Expression") -> "Expression":
        return self + -other

    def __mul__(self, other: "Expression") -> "Expression":
        return _quotient(
            _product(self.numerator, other.numerator),
            _product(self.denominator, other.denominator),
        )

    def __truediv__(self, other: "Expression") -> "Expression":
        if not other.numerator:
            raise ValueError("it divides by zero")
        return _quotient(
            _product(self.numerator, other.denominator),
            _product(self.denominator, other.numerator),
        )

    def __pow__(self, exponent: int) -> "Expression":
        if abs(exponent) > _HIGHEST_POWER:
            raise ValueError(f"a power must be a whole number up to {_HIGHEST_POWER}")
        if exponent < 0:
            return Expression.number(1) / self**-exponent
        result, base = Expression.number(1), self
        while exponent:
            if exponent & 1:
                result = result * base
            exponent >>= 1
            base = base * base if exponent else base
        return result

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Expression):
            return NotImplemented
        if self.denominator == other.denominator:
            return self.numerator == other.numerator
        left = _product(self.numerator, other.denominator)
        return left == _product(other.numerator, self.denominator)


@lru_cache(maxsize=1024)
def square_free(number: int) -> tuple[int, int]:
    """(a, b) with a²b = number > 0, and no square but 1 in b."""
    root = isqrt(number)
    if root * root == number:
        return root, 1
    if number > _LARGEST_RADICAND:
        raise ValueError("a number under a root is too large")
    factor, free, divisor = 1, 1, 2
    while divisor**3 <= number:
        times = 0
        while number % divisor == 0:
            number //= divisor
            times += 1
        factor *= divisor ** (times // 2)
        free *= divisor ** (times % 2)
        divisor += 1 if divisor == 2 else 2
    # What is left has no divisor up to its cube root: a prime, two primes, or a prime squared.
    root = isqrt(number)
    return (factor * root, free) if root * root == number else (factor, free * number)


def _sum(left: Polynomial, right: Polynomial) -> Polynomial:
    total = dict(left)
    for term, coefficient in right.items():
        together = total.get(term, Fraction(0)) + coefficient
        if together:
            total[term] = _bounded(together)
        else:
            total.pop(term, None)
    return _short(total)


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    if right == _ONE:
        return left
    if left == _ONE:
        return right
    if len(left) * len(right) > _MOST_PRODUCTS:
        raise ValueError("it has too many terms")
    total: dict[Term, Fraction] = {}
    for one, first in left.items():
        for other, second in right.items():
            term, factor = _times(one, other)
            total[term] = total.get(term, Fraction(0)) + first * second * factor
    return _short({term: _bounded(value) for term, value in total.items() if value})


def _times(one: Term, other: Term) -> tuple[Term, int]:
    """The product of two terms, and the whole number that their roots give: √6 · √10 = 2√15."""
    shared = gcd(one[1], other[1])
    radicand = (one[1] // shared) * (other[1] // shared)
    if radicand > _LARGEST_RADICAND:
        raise ValueError("a number under a root is too large")
    if not one[0] or not other[0]:
        return (one[0] or other[0], radicand), shared
    letters = dict(one[0])
    for letter, exponent in other[0]:
        letters[letter] = letters.get(letter, 0) + exponent
    if sum(letters.values()) > _HIGHEST_DEGREE:
        raise ValueError("its powers grow too high")
    return (tuple(sorted(letters.items())), radicand), shared


def _quotient(above: Polynomial, below: Polynomial) -> Expression:
    if not above:
        return Expression({}, _ONE)
    if len(below) == 1 and _PLAIN in below:
        return Expression(_scaled(above, 1 / below[_PLAIN]), _ONE)
    return Expression(above, below)


def _scaled(polynomial: Polynomial, factor: Fraction) -> Polynomial:
    if factor == 1:
        return polynomial
    if not factor:
        return {}
    return {term: _bounded(value * factor) for term, value in polynomial.items()}


def _short(polynomial: Polynomial) -> Polynomial:
    if len(polynomial) > _MOST_TERMS:
        raise ValueError("it has too many terms")
    return polynomial


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > _MOST_BITS:
        raise ValueError("its numbers grow too large")
    return value
