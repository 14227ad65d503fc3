"""When a weekly event takes place, by the clock of its own zone. Pure.

An hour that the clock skips in spring is held by the clock of before, so an hour later; of an hour
that comes twice in autumn it is the first. Calendar files mean the same (RFC 5545, 3.3.5).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.records import CalendarEvent, Occurrence

WEEK = timedelta(days=7)


def on_day(first: datetime, day: date, zone: ZoneInfo) -> datetime:
    """The instant on that day at the hour of the first time."""
    wall = first.astimezone(zone).time().replace(fold=0)
    return datetime.combine(day, wall, zone).astimezone(UTC)


def days(event: CalendarEvent) -> Iterator[date]:
    """Every day that the event falls on, cancelled or not; just one if it is not weekly."""
    day = event.start.astimezone(event.zone).date()
    yield day
    if event.repeats_weekly_until is not None:
        while (day := day + WEEK) <= event.repeats_weekly_until:
            yield day


def occurrences(event: CalendarEvent, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """The times that are not over at `since` and begin before `until`, in their order."""
    length = event.end - event.start
    for day in days(event):
        start = event.start if event.repeats_weekly_until is None else _start(event, day)
        if start >= until:
            return
        if start + length > since and day not in event.cancelled:
            yield Occurrence(start, start + length, day)


def _start(event: CalendarEvent, day: date) -> datetime:
    return on_day(event.start, day, event.zone)


def occurrence(event: CalendarEvent, day: date) -> Occurrence | None:
    """The time on that day, cancelled or not; None if the event does not fall on it."""
    if day not in days(event):
        return None
    weekly = event.repeats_weekly_until is not None
    start = _start(event, day) if weekly else event.start
    return Occurrence(start, start + (event.end - event.start), day)
