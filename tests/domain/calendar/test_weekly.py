"""A weekly event keeps its hour on the clock of its own zone, whatever that clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.records import CalendarEvent
from domain.calendar.weekly import days, occurrence, occurrences
from tests.domain.calendar.events import lecture

EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LONDON, NEW_YORK, LORD_HOWE = "Europe/London", "America/New_York", "Australia/Lord_Howe"


def told(event: CalendarEvent) -> list[str]:
    """The times on the event's own clock, with the distance from UTC."""
    found = occurrences(event, *EVER)
    return [one.start.astimezone(event.zone).strftime("%m-%d %H:%M %z") for one in found]


@pytest.mark.parametrize(
    ("event", "times"),
    [
        # Dhaka's clock stands still.
        (
            lecture("2026-11-29 10:00", until="2026-12-14"),
            ["11-29 10:00 +0600", "12-06 10:00 +0600", "12-13 10:00 +0600"],
        ),
        # In London clocks went forward on 29 March 2026, at 1 o'clock.
        (
            lecture("2026-03-24 10:00", LONDON, "2026-03-31"),
            ["03-24 10:00 +0000", "03-31 10:00 +0100"],
        ),
        (
            lecture("2026-03-22 01:30", LONDON, "2026-04-05"),
            ["03-22 01:30 +0000", "03-29 02:30 +0100", "04-05 01:30 +0100"],
        ),
        # And back on 25 October, at 2: half past one came twice, the first one counts.
        (
            lecture("2026-10-18 01:30", LONDON, "2026-11-01"),
            ["10-18 01:30 +0100", "10-25 01:30 +0100", "11-01 01:30 +0000"],
        ),
        # Lord Howe moves by half an hour.
        (
            lecture("2026-09-27 02:15", LORD_HOWE, "2026-10-11"),
            ["09-27 02:15 +1030", "10-04 02:45 +1100", "10-11 02:15 +1100"],
        ),
        (
            lecture("2026-11-29 10:00", until="2026-12-13", cancelled=("2026-12-06",)),
            ["11-29 10:00 +0600", "12-13 10:00 +0600"],
        ),
        (lecture("2026-11-29 10:00"), ["11-29 10:00 +0600"]),
    ],
)
def test_the_hour_on_the_wall_stays(event: CalendarEvent, times: list[str]) -> None:
    assert told(event) == times


def test_what_is_over_is_left_out_and_what_goes_on_is_not() -> None:
    event = lecture("2026-11-29 10:00", until="2026-12-20")
    dhaka = event.zone
    during = datetime(2026, 12, 6, 10, 59, tzinfo=dhaka)
    over = datetime(2026, 12, 6, 11, tzinfo=dhaka)
    until = datetime(2026, 12, 20, 10, tzinfo=dhaka)
    assert [one.day for one in occurrences(event, during, until)] == [
        date(2026, 12, 6),
        date(2026, 12, 13),
    ]
    assert [one.day for one in occurrences(event, over, until)] == [date(2026, 12, 13)]


def test_a_day_is_found_even_where_it_falls_out_and_no_other_day_is() -> None:
    event = lecture("2026-11-29 10:00", until="2026-12-20", cancelled=("2026-12-06",))
    found = occurrence(event, date(2026, 12, 6))
    assert found is not None
    assert found.start == datetime(2026, 12, 6, 4, tzinfo=UTC)
    assert occurrence(event, date(2026, 12, 7)) is None
    assert occurrence(event, date(2026, 12, 27)) is None


ZONES = st.sampled_from(
    ["Asia/Dhaka", LONDON, NEW_YORK, LORD_HOWE, "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza"]
)
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WALLS = st.builds(datetime.combine, st.dates(date(2025, 1, 1), date(2027, 1, 1)), MINUTES)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    there = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == wall


@given(WALLS, ZONES, st.integers(0, 60), st.sets(st.integers(0, 60)))
def test_weeks_are_those_of_another_library(
    wall: datetime, zone: str, weeks: int, cancelled: set[int]
) -> None:
    """Which expands by the wall clock alone."""
    place = ZoneInfo(zone)
    if not exists(wall, place):
        return
    last = wall.date() + timedelta(weeks=weeks)
    event = replace(
        lecture(wall.isoformat(), zone, last.isoformat()),
        cancelled=frozenset(wall.date() + timedelta(weeks=one) for one in cancelled),
    )
    expected = [
        one.replace(tzinfo=place).astimezone(UTC)
        for number, one in enumerate(rrule(WEEKLY, dtstart=wall, count=weeks + 1))
        if number not in cancelled
    ]
    found = list(occurrences(event, *EVER))
    assert [one.start for one in found] == expected
    assert all(one.end - one.start == timedelta(hours=1) for one in found)
    assert [one.day.weekday() for one in found] == [wall.weekday()] * len(found)
    assert {one.day for one in found} == set(days(event)) - event.cancelled


@given(WALLS, ZONES, st.integers(0, 400), st.integers(0, 400))
def test_a_window_holds_what_touches_it_and_nothing_else(
    wall: datetime, zone: str, begin: int, length: int
) -> None:
    event = lecture(wall.isoformat(), zone, (wall.date() + timedelta(days=350)).isoformat())
    since = event.start - timedelta(days=20) + timedelta(days=begin)
    until = since + timedelta(hours=length)
    expected = [one for one in occurrences(event, *EVER) if one.end > since and one.start < until]
    assert list(occurrences(event, since, until)) == expected
