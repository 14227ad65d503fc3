"""Calendar files (.ics, RFC 5545) for the programs that people keep their calendars in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.prop import vDDDLists

from bot.views.common import Keys
from bot.views.tongue import Tongue
from domain.calendar.records import EntryKind, FeedEvent
from domain.calendar.weekly import on_day

PRODUCT = "-//Dars//Dars//EN"
REFRESH = timedelta(hours=6)
TITLES: Keys = {
    "assignment": "calendar.file_due",
    "quiz": "calendar.file_due",
    "exam": "calendar.file_exam",
}


def as_data(one: FeedEvent) -> dict[str, Any]:
    """An event as a saying holds it: JSON."""
    return {
        **asdict(one),
        "start": one.start.isoformat(),
        "end": None if one.end is None else one.end.isoformat(),
        "changed": one.changed.isoformat(),
        "weekly_until": None if one.weekly_until is None else one.weekly_until.isoformat(),
        "cancelled": sorted(day.isoformat() for day in one.cancelled),
    }


def from_data(data: Mapping[str, Any]) -> FeedEvent:
    """What `as_data` made of it."""
    end, until = data["end"], data["weekly_until"]
    return FeedEvent(
        uid=data["uid"],
        kind=EntryKind(data["kind"]),
        title=data["title"],
        class_name=data["class_name"],
        start=datetime.fromisoformat(data["start"]),
        end=None if end is None else datetime.fromisoformat(end),
        changed=datetime.fromisoformat(data["changed"]),
        timezone=data["timezone"],
        weekly_until=None if until is None else date.fromisoformat(until),
        cancelled=frozenset(map(date.fromisoformat, data["cancelled"])),
        location=data["location"],
    )


def calendar_file(events: Sequence[FeedEvent], tongue: Tongue) -> bytes:
    """A whole file: titles in this language, weekly events as a rule with its exceptions."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", tongue.plain("calendar.file_name"))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for one in events:
        made.add_component(_event(one, tongue))
    # Definitions of the zones that the events name.
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def _event(one: FeedEvent, tongue: Tongue) -> Event:
    made = Event()
    made.add("uid", one.uid)
    made.add("dtstamp", one.changed.astimezone(UTC))
    made.add("last-modified", one.changed.astimezone(UTC))
    made.add("summary", _title(one, tongue))
    made.add("dtstart", _on_its_clock(one, one.start))
    if one.end is not None:
        made.add("dtend", _on_its_clock(one, one.end))
    else:
        # Being due takes nobody's time.
        made.add("transp", "TRANSPARENT")
    if one.class_name is not None:
        made.add("description", one.class_name)
    if one.location is not None:
        made.add("location", one.location)
    if one.weekly_until is not None:
        _repeat(made, one)
    return made


def _title(one: FeedEvent, tongue: Tongue) -> str:
    key = TITLES.get(one.kind)
    return one.title if key is None else tongue.plain(key, title=one.title)


def _on_its_clock(one: FeedEvent, instant: datetime) -> datetime:
    """Of a weekly event by its own zone, so that it keeps its hour; else an instant."""
    if one.weekly_until is None or one.timezone is None:
        return instant.astimezone(UTC)
    return instant.astimezone(ZoneInfo(one.timezone))


def _repeat(made: Event, one: FeedEvent) -> None:
    if one.weekly_until is None or one.timezone is None:
        return
    zone = ZoneInfo(one.timezone)
    # The rule's end is an instant in UTC where the beginning names a zone.
    last = datetime.combine(one.weekly_until, datetime.max.time(), zone).replace(microsecond=0)
    made.add("rrule", {"freq": "weekly", "until": last.astimezone(UTC)})
    fallen_out = sorted(on_day(one.start, day, zone).astimezone(zone) for day in one.cancelled)
    if fallen_out:
        made.add("exdate", vDDDLists(fallen_out))
