"""The sums of the library, worked out exactly and without end."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice.computation import compute


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 2 - 1", "4"),
        ("100 / 10 / 5", "2"),
        ("-12 + 7 - 15", "-20"),
        ("2 ** 3 ** 2", "512"),
        ("-2 ** 2", "-4"),
        ("2 ** -1", "1/2"),
        ("--2", "2"),
        ("450 / (3/5 * (1 - 1/4))", "1000"),
        ("20000 * (1 + 10/100) ** 3 - 20000 - 20000 * 10 / 100 * 3", "620"),
        ("0.1 + 0.2", "3/10"),
    ],
)
def test_exact_with_the_usual_precedence(text: str, value: str) -> None:
    assert compute(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1 +", "1 2", "(1", "1)", "()", "* 2", "1 // 2", "1 / 0", "0 ** -1", "2 ** 0.5"),
        *("x", "1e5", "__import__('os')", "৫ + 1", "1,000", "2 ** 99", "9 ** 20 ** 20"),
        *(
            "((9 ** 20) ** 20) ** 20",
            "(" * 50 + "1" + ")" * 50,
            "1+" * 150 + "1",
        ),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        compute(text)


sums = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda three: f"({three[0]} {three[1]} {three[2]})"
    ),
    max_leaves=8,
)


@given(sums)
def test_agrees_with_python(text: str) -> None:
    assert compute(text) == eval(text)


@given(st.text("0123456789.+-*/() ", max_size=200))
def test_no_text_does_anything_but_fail(text: str) -> None:
    try:
        value = compute(text)
    except ValueError:
        return
    assert value.numerator.bit_length() <= 4000
