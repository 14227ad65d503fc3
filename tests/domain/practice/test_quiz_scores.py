"""What a quiz comes to: always between nothing and everything, and more for more."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.practice.quizzes import most, score

COUNTS = st.integers(1, 20)
POINTS = st.integers(0, 1000)


@given(st.data(), COUNTS, POINTS)
def test_a_score_lies_between_nothing_and_everything(
    data: st.DataObject, count: int, points: int
) -> None:
    correct = data.draw(st.integers(0, count))
    assert 0 <= score(correct, count, points) <= most(points, count)
    assert score(correct, count, points).as_tuple().exponent == -2


@given(COUNTS, POINTS)
def test_nothing_right_is_nothing_and_everything_right_is_everything(
    count: int, points: int
) -> None:
    assert score(0, count, points) == 0
    assert score(count, count, points) == most(points, count)


@given(COUNTS, POINTS)
def test_one_more_right_answer_is_never_worth_less(count: int, points: int) -> None:
    scores = [score(correct, count, points) for correct in range(count + 1)]
    assert scores == sorted(scores)


def test_without_points_each_question_is_worth_one() -> None:
    assert most(0, 7) == 7
    assert score(3, 7, 0) == 3


def test_a_score_is_rounded_to_a_hundredth_as_people_round() -> None:
    assert score(1, 3, 10) == Decimal("3.33")
    assert score(2, 3, 10) == Decimal("6.67")
    assert score(1, 8, 1) == Decimal("0.13")
