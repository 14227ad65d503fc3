"""The exact algebra under the checker and under what teachers write."""

import time
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice.answers.expressions import Expression, square_free

number, root = Expression.number, Expression.root
x, y = Expression.letter("x"), Expression.letter("y")


def test_a_product_equals_its_expansion() -> None:
    assert (x + number(3)) * (x - number(5)) == x**2 - number(2) * x - number(15)
    assert (x + y) ** 3 == x**3 + number(3) * x**2 * y + number(3) * x * y**2 + y**3


def test_a_quotient_equals_its_reduced_form() -> None:
    assert (x**2 - number(1)) / (x - number(1)) == x + number(1)
    assert number(1) / x + number(1) / y == (x + y) / (x * y)
    assert x / (x + number(1)) != x / (x + number(2))


def test_roots_are_exact() -> None:
    assert root(12) == number(2) * root(3)
    assert root(2) * root(3) == root(6)
    assert root(Fraction(3, 4)) == root(3) / number(2)
    assert number(1) / root(2) == root(2) / number(2)
    assert (root(5) - number(2)) * (root(5) + number(2)) == number(1)
    assert root(2) + root(3) != root(5)


def test_the_value_of_what_is_a_plain_number() -> None:
    assert number(Fraction(5, 4)).value == Fraction(5, 4)
    assert number(0).value == 0
    assert (root(8) / root(2)).value == 2
    assert ((number(2) * x + number(2)) / (x + number(1))).value == 2
    assert (number(1) / (root(2) - number(1)) - root(2)).value == 1
    assert x.value is None
    assert root(2).value is None
    assert (number(1) / x).value is None


def test_the_letters_it_is_written_with() -> None:
    assert (x * y + number(3)).letters == {"x", "y"}
    assert (number(1) / x).letters == {"x"}
    assert (x - x).letters == frozenset()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: x / (y - y), "divides by zero"),
        (lambda: number(0) ** -1, "divides by zero"),
        (lambda: root(-4), "negative"),
        (lambda: root(10**13), "under a root"),
        (lambda: x**100, "power"),
        (lambda: (x**60) * x, "powers grow"),
        (lambda: ((number(9) ** 60) ** 60) ** 60, "grow"),
        (lambda: (x + y + number(1)) ** 40, "too many terms"),
        (lambda: Expression.letter("xy"), "one letter"),
    ],
)
def test_what_cannot_be_or_grows_is_told(make: Callable[[], Expression], sentence: str) -> None:
    begun = time.thread_time()
    with pytest.raises(ValueError, match=sentence):
        make()
    assert time.thread_time() - begun < 0.5


@given(st.integers(1, 10**6))
def test_the_square_in_a_number(value: int) -> None:
    factor, free = square_free(value)
    assert factor * factor * free == value
    assert all(free % (prime * prime) for prime in range(2, 1001))


small = st.fractions(-9, 9, max_denominator=5)


@st.composite
def expressions(draw: st.DrawFn) -> tuple[Expression, Callable[[float, float], float]]:
    """An expression, and the same worked out in floats for values of x and y."""
    a, b, c = (draw(small) for _ in range(3))
    n = draw(st.integers(0, 3))
    made = number(a) * x**n + number(b) * y * root(2) + number(c)
    return made, lambda p, q: float(a) * p**n + float(b) * q * 2**0.5 + float(c)


@given(expressions(), expressions(), st.sampled_from(["+", "-", "*"]))
def test_it_agrees_with_arithmetic(
    one: tuple[Expression, Callable[[float, float], float]],
    other: tuple[Expression, Callable[[float, float], float]],
    sign: str,
) -> None:
    operations = {
        "+": (Expression.__add__, float.__add__),
        "-": (Expression.__sub__, float.__sub__),
        "*": (Expression.__mul__, float.__mul__),
    }
    exact, floating = operations[sign]
    made = exact(one[0], other[0])
    for p, q in ((1.5, -2.0), (0.25, 3.0)):
        expected = floating(one[1](p, q), other[1](p, q))
        assert _worked_out(made, p, q) == pytest.approx(expected, abs=1e-6)


def _worked_out(made: Expression, p: float, q: float) -> float:
    total = 0.0
    for (letters, radicand), coefficient in made.numerator.items():
        powers = dict(letters)
        total += (
            float(coefficient) * radicand**0.5 * p ** powers.get("x", 0) * q ** powers.get("y", 0)
        )
    return total


@given(st.lists(small, min_size=1, max_size=5))
def test_the_order_of_terms_says_nothing(values: list[Fraction]) -> None:
    terms = [number(value) * x**n for n, value in enumerate(values)]
    forwards = sum(terms, number(0))
    assert forwards == sum(reversed(terms), number(0))
    assert forwards + number(1) != forwards
