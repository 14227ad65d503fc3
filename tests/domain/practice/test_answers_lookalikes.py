"""Answers that look right and are not, and right ones that look odd."""

from decimal import Decimal

import pytest

from domain.errors import Mistake
from domain.practice import answers
from domain.practice.records import AnswerKind


def is_right(
    text: str,
    expected: str,
    kind: AnswerKind,
    unit: str | None = None,
    tolerance: Decimal | None = None,
) -> bool:
    """Whether the checker takes a text for the answer; what cannot be read is none."""
    try:
        return answers.check(text, expected, kind, tolerance, unit).correct
    except Mistake:
        return False


@pytest.mark.parametrize(
    ("text", "expected", "kind", "unit"),
    [
        ("2:-3", "2:3", AnswerKind.RATIO, None),
        ("2:3:-5", "2:3:5", AnswerKind.RATIO, None),
        ("5 = 7", "7", AnswerKind.NUMBER, None),
        ("x = 5 = 7", "7", AnswerKind.NUMBER, None),
        ("x = 3 = 4", "x = 4", AnswerKind.UNKNOWNS, None),
        ("2:3 = 3:4", "3:4", AnswerKind.RATIO, None),
        ("5x = 3x", "3x", AnswerKind.EXPRESSION, None),
        ("3x + 2 = 5x", "5x", AnswerKind.EXPRESSION, None),
        ("(-2)^2", "-4", AnswerKind.NUMBER, None),
        ("x > (-2)^2", "x > -4", AnswerKind.INEQUALITY, None),
        ("(2:3)²", "2:3", AnswerKind.RATIO, None),
        ("(3/4)^2", "3/16", AnswerKind.FRACTION, None),
        ("xx = 2, y = 3", "x = 2, y = 3", AnswerKind.UNKNOWNS, None),
        ("তিনভাগের দুইভাগ", "2", AnswerKind.NUMBER, None),
        ("5, kg", "5", AnswerKind.NUMBER, "cm"),
        ("5\nkg", "5", AnswerKind.NUMBER, "cm"),
        ("kg: 5", "5", AnswerKind.NUMBER, "cm"),
        ("25‰", "25", AnswerKind.PERCENT, None),
        ("5″", "5", AnswerKind.NUMBER, "cm"),
        ("10^3 m", "1000", AnswerKind.NUMBER, "cm"),
        ("5 in m", "5", AnswerKind.NUMBER, "cm"),
        ("চার ভাগের একভাগ", "4", AnswerKind.NUMBER, None),
        ("৪ ভাগের", "4", AnswerKind.NUMBER, None),
        ("5 hazaar", "5", AnswerKind.NUMBER, None),
        ("5 dz", "5", AnswerKind.NUMBER, None),
        ("শূন্যের নিচে ৫", "5", AnswerKind.NUMBER, None),
        ("x² = ±4", "4, -4", AnswerKind.SET, None),
        ("এক পোয়া", "1", AnswerKind.NUMBER, "kg"),
    ],
)
def test_what_only_looks_right_is_not_accepted(
    text: str, expected: str, kind: AnswerKind, unit: str | None
) -> None:
    assert not is_right(text, expected, kind, unit)


@pytest.mark.parametrize(
    ("text", "expected", "kind", "unit"),
    [
        ("one and a half crore", "15000000", AnswerKind.NUMBER, "taka"),
        ("5 square root of 3", "5√3", AnswerKind.EXPRESSION, None),
        ("A = 2a + 3a = 5a", "5a", AnswerKind.EXPRESSION, None),
        ("(-2)^2 = 4", "4", AnswerKind.NUMBER, None),
        ("(10)^3", "1000", AnswerKind.NUMBER, None),
        ("25 (cm)^2", "25", AnswerKind.NUMBER, "cm2"),
        ("তিনভাগের দুইভাগ", "2/3", AnswerKind.FRACTION, None),
        ("২-তৃতীয়াংশ", "2/3", AnswerKind.FRACTION, None),
        ("(x > 3)", "x > 3", AnswerKind.INEQUALITY, None),
        ("240(টাকা)", "240", AnswerKind.NUMBER, "taka"),
        ("Tk: 240", "240", AnswerKind.NUMBER, "taka"),
        ("240, taka", "240", AnswerKind.NUMBER, "taka"),
        ("4:6 = 2:3", "2:3", AnswerKind.RATIO, None),
        ("square root of 25", "5", AnswerKind.NUMBER, None),
        ("x² = 16, x = ±4", "4, -4", AnswerKind.SET, None),
        ("one-half", "1/2", AnswerKind.FRACTION, None),
        ("চার ভাগের একভাগ", "1/4", AnswerKind.FRACTION, None),
        ("হাফ কেজি", "500", AnswerKind.NUMBER, "g"),
        ("আড়াইটা", "2.5", AnswerKind.NUMBER, None),
        ("শূন্যের নিচে ৫", "-5", AnswerKind.NUMBER, None),
        ("5×10^3 m", "5000", AnswerKind.NUMBER, "m"),
        ("5 hazaar", "5000", AnswerKind.NUMBER, None),
    ],
)
def test_what_only_looks_odd_is_accepted(
    text: str, expected: str, kind: AnswerKind, unit: str | None
) -> None:
    assert is_right(text, expected, kind, unit)


@pytest.mark.parametrize("text", ["~69.2", "~ 69.2 cm", "69.2(approx)", "69.2 (approx)"])
def test_a_rounded_answer_may_be_called_so_where_rounding_is_asked(text: str) -> None:
    tolerance = Decimal("0.05")
    assert is_right(text, "69.2", AnswerKind.NUMBER, "cm", tolerance)
    assert not is_right(text, "69.2", AnswerKind.NUMBER, "cm")


def test_a_stated_answer_of_two_units_is_counted_in_the_first() -> None:
    stated = "১২ টাকা ৫০ পয়সা"
    for right in ("12.5", "12 taka 50 paisa", "1250 paisa"):
        assert is_right(right, stated, AnswerKind.NUMBER)
    assert not is_right("1250", stated, AnswerKind.NUMBER)
