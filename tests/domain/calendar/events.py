"""Events for tests."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendar.records import CalendarEvent, EventType

LECTURE = CalendarEvent(
    id=UUID(int=1),
    owner_id=UUID(int=2),
    class_id=UUID(int=3),
    class_name="Programming",
    type=EventType.CLASS,
    title="Lecture",
    start=datetime(2026, 11, 29, 10, tzinfo=ZoneInfo("Asia/Dhaka")),
    end=datetime(2026, 11, 29, 11, tzinfo=ZoneInfo("Asia/Dhaka")),
    timezone="Asia/Dhaka",
    repeats_weekly_until=None,
    cancelled=frozenset(),
    location=None,
    updated_at=datetime(2026, 11, 20, tzinfo=ZoneInfo("UTC")),
)


def lecture(
    start: str,
    zone: str = "Asia/Dhaka",
    until: str | None = None,
    minutes: int = 60,
    cancelled: tuple[str, ...] = (),
) -> CalendarEvent:
    """`start` on the clock of the zone."""
    begins = (
        datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    )
    return replace(
        LECTURE,
        start=begins,
        end=begins + timedelta(minutes=minutes),
        timezone=zone,
        repeats_weekly_until=None if until is None else date.fromisoformat(until),
        cancelled=frozenset(map(date.fromisoformat, cancelled)),
    )
