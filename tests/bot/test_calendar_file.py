"""Calendar files, read back by a library of its own and by an expansion of our own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.views.calendar_file import as_data, calendar_file, from_data
from bot.views.tongue import Tongue
from domain.calendar.records import EntryKind, FeedEvent
from domain.calendar.weekly import occurrences
from domain.people.records import Language
from tests.domain.calendar.events import lecture
from tests.domain.calendar.test_weekly import WALLS

EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ENGLISH, BENGALI = Tongue(Language.EN, {}), Tongue(Language.BN, {})
DUE = FeedEvent(
    uid="due-1@dars",
    kind=EntryKind.ASSIGNMENT,
    title="বাড়ির কাজ ৩: যোগ, বিয়োগ; গুণ\\ভাগ",
    class_name="প্রোগ্রামিং",
    start=datetime(2026, 11, 27, 17, 59, tzinfo=UTC),
    end=None,
    changed=datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC),
)


def fed(start: str, zone: str, until: str | None, cancelled: tuple[str, ...] = ()) -> FeedEvent:
    event = lecture(start, zone, until, cancelled=cancelled)
    return FeedEvent(
        uid="event-1@dars",
        kind=EntryKind.MEETING,
        title="Lecture",
        class_name="Programming",
        start=event.start,
        end=event.end,
        changed=event.updated_at,
        timezone=zone,
        weekly_until=event.repeats_weekly_until,
        cancelled=event.cancelled,
    )


def parsed(*events: FeedEvent, tongue: Tongue = ENGLISH) -> list[Any]:
    calendar = Calendar.from_ical(calendar_file(events, tongue))
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def starts(event: Any) -> list[datetime]:
    """When an event takes place, by its rule and its exceptions as RFC 5545 has them."""
    first = event["DTSTART"].dt
    if "RRULE" not in event:
        return [first.astimezone(UTC)]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=first)
    out = [one.dt for one in event["EXDATE"].dts] if "EXDATE" in event else []
    assert all(one.tzinfo == first.tzinfo for one in out)
    excluded = {one.astimezone(UTC) for one in out}
    return [at for one in rule if (at := one.astimezone(UTC)) not in excluded]


def test_due_work_is_an_instant_in_utc_that_takes_no_time() -> None:
    (event,) = parsed(DUE)
    assert event["DTSTART"].to_ical() == b"20261127T175900Z"
    assert "DTEND" not in event
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["UID"] == "due-1@dars"
    assert event["DTSTAMP"].dt == datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
    assert event["SUMMARY"] == f"Due: {DUE.title}"
    (event,) = parsed(replace(DUE, kind=EntryKind.EXAM), tongue=BENGALI)
    assert event["SUMMARY"] == f"পরীক্ষা শেষ: {DUE.title}"


def test_lines_are_short_and_bengali_is_whole() -> None:
    title = "ক্ষেত্রফল ও পরিসীমা, " * 9
    content = calendar_file([replace(DUE, title=title)], BENGALI)
    assert content.count(b"\r\n") == content.count(b"\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()  # No letter is cut in two.
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert event["SUMMARY"] == f"শেষ সময়: {title}"


def test_nothing_in_a_title_becomes_a_line_of_its_own() -> None:
    (event,) = parsed(replace(DUE, title="A\r\nDTSTART:19700101T000000Z\nB", location="x;y,z"))
    assert event["DTSTART"].dt == DUE.start
    assert event["LOCATION"] == "x;y,z"


def test_a_single_meeting_is_in_utc() -> None:
    (event,) = parsed(fed("2026-11-29 10:00", "Asia/Dhaka", None))
    assert event["DTSTART"].to_ical() == b"20261129T040000Z"
    assert event["DTEND"].to_ical() == b"20261129T050000Z"


def test_a_weekly_meeting_is_one_event_with_a_rule_in_its_own_zone() -> None:
    one = fed("2026-11-29 10:00", "Asia/Dhaka", "2027-01-31", ("2026-12-06",))
    content = calendar_file([one], ENGLISH).decode()
    assert "DTSTART;TZID=Asia/Dhaka:20261129T100000\r\n" in content
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270131T175959Z\r\n" in content
    assert "EXDATE;TZID=Asia/Dhaka:20261206T100000\r\n" in content
    assert content.count("BEGIN:VTIMEZONE") == 1, "a zone that is named is defined"
    assert "TZID:Asia/Dhaka\r\n" in content


@pytest.mark.parametrize("hour", ["01:30", "10:00", "23:45"])
@pytest.mark.parametrize("zone", ["Asia/Dhaka", "Europe/London", "America/New_York"])
def test_programs_see_the_times_that_the_chat_shows(zone: str, hour: str) -> None:
    """A year of Sundays, over both changes of the clock."""
    start, until = f"2026-01-04 {hour}", "2026-12-31"
    cancelled = ("2026-03-15", "2026-10-18")
    (event,) = parsed(fed(start, zone, until, cancelled))
    ours = [one.start for one in occurrences(lecture(start, zone, until, 60, cancelled), *EVER)]
    assert starts(event) == ours
    assert len(ours) == 50


@given(
    WALLS,
    st.integers(0, 52),
    st.sets(st.integers(0, 52), max_size=5),
)
def test_any_weekly_event_keeps_its_weeks(wall: datetime, weeks: int, cancelled: set[int]) -> None:
    until = (wall.date() + timedelta(weeks=weeks)).isoformat()
    out = tuple((wall.date() + timedelta(weeks=n)).isoformat() for n in cancelled if n <= weeks)
    (event,) = parsed(fed(wall.isoformat(), "Asia/Dhaka", until, out))
    assert len(starts(event)) == weeks + 1 - len(out)


@pytest.mark.parametrize(
    "one", [DUE, fed("2026-11-29 10:00", "Europe/London", "2027-01-31", ("2026-12-06",))]
)
def test_an_event_goes_through_json_unchanged(one: FeedEvent) -> None:
    assert from_data(as_data(one)) == one


def test_an_empty_file_is_a_calendar_too() -> None:
    calendar = Calendar.from_ical(calendar_file([], ENGLISH))
    assert calendar["X-WR-CALNAME"] == "Dars"
    assert not calendar.walk("VEVENT")


def test_a_changed_date_keeps_its_uid_and_a_day_is_a_date() -> None:
    later = replace(DUE, start=DUE.start + timedelta(days=2))
    assert parsed(later)[0]["UID"] == parsed(DUE)[0]["UID"]
    assert date(2026, 11, 29) == parsed(later)[0]["DTSTART"].dt.date()
