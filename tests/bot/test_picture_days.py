"""Which days of a calendar picture belong together, and where they stand."""

from datetime import date

import pytest

from bot.views.pictures.days import bands, joined_days, weeks_of
from tests.bot.picture_samples import DAY, NOVEMBER, OCTOBER


def test_joined_days_cross_holidays_only_between_practice() -> None:
    one, two, three, four = (NOVEMBER + DAY * number for number in range(4))
    assert joined_days(frozenset({one, four}), frozenset({two, three})) == {one, two, three, four}
    assert joined_days(frozenset({one, four}), frozenset({two})) == {one, four}
    assert joined_days(frozenset({one}), frozenset({two})) == {one}


@pytest.mark.parametrize(
    ("first", "rows", "column"),
    [(date(2026, 2, 1), 4, 0), (date(2026, 8, 1), 6, 6), (date(2028, 2, 1), 5, 2)],
)
def test_weeks_begin_on_sunday(first: date, rows: int, column: int) -> None:
    weeks = weeks_of(first)
    days = [day for week in weeks for day in week if day is not None]
    assert (len(weeks), weeks[0].index(first)) == (rows, column)
    assert days[-1].month == first.month
    assert (days[-1] + DAY).day == 1
    assert all(len(week) == 7 for week in weeks)


def test_bands_are_the_stretches_of_a_week() -> None:
    week = weeks_of(NOVEMBER)[1]
    days = frozenset(day for day in week if day is not None and day.day in (8, 10, 11, 14))
    assert list(bands(week, days)) == [(0, 0), (2, 3), (6, 6)]
    assert list(bands(weeks_of(OCTOBER)[0], frozenset({OCTOBER}))) == [(4, 4)]
