"""The sums of the library, worked out exactly and without end."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import LONGEST, Sum, compute


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
    assert value.numerator.bit_length() <= 512


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("gcd(12, 18)", "6"),
        ("lcm(4, 6)", "12"),
        ("mod(17, 5)", "2"),
        ("floor(7 / 2)", "3"),
        ("abs(3 - 5)", "2"),
        ("round(2.5, 0)", "3"),
        ("round(0 - 2.5, 0)", "-3"),
        ("round(10 / 3, 2)", "3.33"),
        ("min(3, 1/2) + max(3, 4)", "4.5"),
        ("sqrt(9/16)", "3/4"),
        ("2 * sqrt(1 + 2 * 4)", "6"),
    ],
)
def test_functions(text: str, value: str) -> None:
    assert compute(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        *("sqrt(2)", "sqrt(0 - 4)", "gcd(1/2, 3)", "lcm(2)", "gcd(1, 2, 3)", "mod(3, 0)", "min()"),
        *("sin(1)", "round(1, 99)", "sqrt 4", "eggs", "sqrt(9", "(1, 2)"),
    ],
)
def test_functions_take_what_they_can(text: str) -> None:
    with pytest.raises(Wrong):
        compute(text)


def test_a_sum_is_worked_out_for_many_values_of_its_names() -> None:
    read = Sum("(eggs + 1) * price / 12")
    assert read.names == {"eggs", "price"}
    assert read.work({"eggs": 5, "price": 24}) == 12
    assert read.work({"eggs": 0, "price": Fraction(1, 2)}) == Fraction(1, 24)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 200,
        "9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20 * 9 ** 20",
        "1 / (7 ** 20 * 7 ** 20) + 1 / (11 ** 20 * 11 ** 20) + 1 / (13 ** 20 * 13 ** 20)",
    ],
)
def test_numbers_do_not_grow_without_end(text: str) -> None:
    with pytest.raises(Wrong) as raised:
        compute(text)
    assert raised.value.flaw is Flaw.SUM_TOO_LARGE


def test_a_sum_has_an_end() -> None:
    with pytest.raises(Wrong) as raised:
        Sum("1+" * LONGEST + "1")
    assert (raised.value.flaw, raised.value.values) == (Flaw.SUM_TOO_LONG, {"limit": LONGEST})
