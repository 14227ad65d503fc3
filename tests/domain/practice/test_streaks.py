"""Days in a row, against a reference that walks day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.practice.records import Streak
from domain.practice.streaks import MILESTONES, advance, milestone_reached, standing

FIRST = date(2026, 3, 1)
NONE: frozenset[date] = frozenset()


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def after(*numbers: int, holidays: frozenset[date] = NONE) -> Streak:
    streak = Streak()
    for number in numbers:
        streak = advance(streak, day(number), holidays)
    return streak


def test_each_day_counts_once() -> None:
    assert after(0, 0, 1, 1).current == 2
    assert after(0) == Streak(1, 1, day(0), ())


def test_a_missed_day_starts_again_and_the_longest_stays() -> None:
    assert after(0, 1, 2, 4) == Streak(1, 3, day(4), ())


def test_a_holiday_neither_breaks_nor_counts() -> None:
    eid = frozenset((day(1), day(2)))
    assert after(0, 3, holidays=eid).current == 2
    assert after(0, 1, 3, holidays=eid).current == 2
    assert after(0, 4, holidays=eid).current == 1


def test_a_day_before_the_last_one_changes_nothing() -> None:
    streak = after(3, 4)
    assert advance(streak, day(2), NONE) is streak


def test_a_streak_stands_until_a_day_was_missed() -> None:
    streak = after(0, 1)
    assert [standing(streak, day(number), NONE) for number in (0, 1, 2, 3)] == [2, 2, 2, 0]
    assert standing(streak, day(3), frozenset((day(2),))) == 2
    assert standing(Streak(), day(0), NONE) == 0


def test_a_milestone_is_reached_once_for_ever() -> None:
    week = after(*range(6))
    longer = advance(week, day(6), NONE)
    assert (week.milestones, longer.milestones) == ((), (7,))
    assert milestone_reached(week, longer) == 7
    assert milestone_reached(longer, longer) is None
    again = after(*range(7), *range(10, 18))
    assert again.current == 8
    assert again.milestones == (7,)


def test_a_year_reaches_every_milestone() -> None:
    assert after(*range(365)).milestones == MILESTONES


days = st.sets(st.integers(0, 60))


@given(days, days)
def test_agrees_with_walking_through_the_calendar(practised: set[int], free: set[int]) -> None:
    holidays = frozenset(map(day, free))
    current = longest = 0
    streak = Streak()
    for number in range(61):
        if number in practised:
            streak = advance(streak, day(number), holidays)
        if number not in free:
            current = current + 1 if number in practised else 0
        longest = max(longest, current)
        assert standing(streak, day(number + 1), holidays) == current
        assert streak.longest == longest
        assert streak.milestones == tuple(one for one in MILESTONES if one <= longest)


@given(st.lists(st.integers(0, 30), max_size=40), days)
def test_the_order_of_writing_never_makes_a_streak_longer(
    numbers: list[int], free: set[int]
) -> None:
    holidays = frozenset(map(day, free))
    late = after(*numbers, holidays=holidays)
    assert late.longest <= after(*sorted(numbers), holidays=holidays).longest
    assert late.current <= late.longest
