"""What people may change about themselves: the use cases of `/settings`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import Mistake
from domain.people.records import Language, Person
from domain.people.registration import GRADES, read_name
from domain.unit_of_work import UnitOfWork

# Offered as buttons, the home zone first; any other zone may be typed.
COMMON_ZONES = (
    "Asia/Dhaka",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Asia/Kuala_Lumpur",
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
)
REMINDER_HOURS = (6, 7, 8, 15, 16, 17, 18, 19, 20, 21)
# Quiet hours on offer, from and until, on the person's own clock.
QUIET_HOURS = ((21, 6), (22, 6), (22, 7), (23, 7))
QUIET_DEFAULT = (22, 7)


async def change_name(work: UnitOfWork, person: Person, text: str) -> Person:
    name = read_name(text)
    await work.people.update_user(person.id, {"full_name": name})
    return replace(person, full_name=name)


async def change_language(work: UnitOfWork, person: Person, language: Language) -> Person:
    await work.people.update_user(person.id, {"language": language})
    return replace(person, language=language)


async def change_grade(work: UnitOfWork, person: Person, grade: int) -> Person:
    """Takes effect with the next session; one that is open goes on as it was set."""
    if grade not in GRADES:
        raise Mistake("no such class", "people.class_unknown")
    await work.people.update_grade(person.id, grade)
    return replace(person, grade=grade)


async def change_timezone(work: UnitOfWork, person: Person, text: str) -> Person:
    """By IANA name, as typed: case and spaces do not matter."""
    zone = find_zone(text)
    if zone is None:
        raise Mistake("no such time zone", "settings.timezone_unknown")
    await work.people.update_user(person.id, {"timezone": zone})
    return replace(person, timezone=zone)


def find_zone(text: str) -> str | None:
    """The IANA zone a person means: its whole name or the name of its city, if that is one."""
    wanted = text.strip().replace(" ", "_").casefold()
    if not wanted or len(wanted) > 64:
        return None
    zones = sorted(available_timezones())
    whole = [zone for zone in zones if zone.casefold() == wanted]
    cities = [zone for zone in zones if zone.rpartition("/")[2].casefold() == wanted]
    found = whole or cities
    return found[0] if found else None


async def change_reminder(work: UnitOfWork, person: Person, hour: int | None) -> Person:
    """The local hour of the practice reminder; None for no reminder."""
    if hour is not None and hour not in range(24):
        raise Mistake("no such hour", "settings.hour_unknown")
    at = None if hour is None else time(hour)
    await work.people.update_reminder_time(person.id, at)
    return replace(person, reminder_time=at)


async def change_quiet_hours(
    work: UnitOfWork, person: Person, hours: tuple[int, int] | None
) -> Person:
    """Local hours, from and until, in which nothing is said unasked; None for no such hours."""
    if hours is not None and (hours[0] == hours[1] or not all(one in range(24) for one in hours)):
        raise Mistake("no such hours", "settings.hour_unknown")
    return await _set(work, person, {"quiet_hours": None if hours is None else list(hours)})


async def change_low_data(work: UnitOfWork, person: Person, low: bool) -> Person:
    """Whether pictures are left out."""
    return await _set(work, person, {"low_data": low})


async def _set(work: UnitOfWork, person: Person, changes: Mapping[str, Any]) -> Person:
    # No quiet hours at all is a choice, not the lack of one: it is kept as an empty list.
    kept = {key: [] if value is None else value for key, value in changes.items()}
    await work.people.update_settings(person.id, kept)
    return replace(person, settings={**person.settings, **kept})


def quiet_hours(person: Person) -> tuple[int, int] | None:
    """The person's own, or the usual ones; None where they chose to have none."""
    kept = person.settings.get("quiet_hours", list(QUIET_DEFAULT))
    return (int(kept[0]), int(kept[1])) if len(kept) == 2 else None


def after_quiet_hours(person: Person, now: datetime) -> datetime | None:
    """When something unasked may be said: None for now, else the end of the quiet hours."""
    hours = quiet_hours(person)
    if hours is None:
        return None
    start, end = hours
    local = person.local(now)
    inside = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    if not inside:
        return None
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    return datetime.combine(day, time(end), tzinfo=ZoneInfo(person.timezone))
