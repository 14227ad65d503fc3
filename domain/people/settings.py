"""What people may change about themselves: the use cases of `/settings`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import Any
from zoneinfo import available_timezones

from domain.errors import Mistake, Refusal
from domain.operations.records import NoticeType
from domain.operations.reminders import REMINDER_KEEPS
from domain.people import wishes
from domain.people.records import Language, Person
from domain.people.registration import GRADES, read_name
from domain.people.wishes import MUTABLE
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
NO_PLACES = frozenset({"Factory", "localtime"})
"""Names of zones that mean nothing, or another place on another machine."""
REMINDER_HOURS = (6, 7, 8, 15, 16, 17, 18, 19, 20, 21)
# Quiet hours on offer, from and until, on the person's own clock.
QUIET_HOURS = (
    (20, 6),
    (21, 6),
    (21, 7),
    (22, 6),
    (22, 7),
    (22, 8),
    (23, 6),
    (23, 7),
    (0, 7),
    (0, 8),
)


class Pause(IntEnum):
    """For how long nothing is said unasked: days from today's midnight on."""

    UNTIL_TOMORROW = 1
    A_WEEK = 7


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
    zones = sorted(available_timezones() - NO_PLACES)
    whole = [zone for zone in zones if zone.casefold() == wanted]
    cities = [zone for zone in zones if zone.rpartition("/")[2].casefold() == wanted]
    found = whole or cities
    return found[0] if found else None


async def change_reminder(work: UnitOfWork, person: Person, at: time | None) -> Person:
    """The practice reminder's time on the person's own clock; None for no reminder."""
    await work.people.update_reminder_time(person.id, at)
    return replace(person, reminder_time=at)


async def change_quiet_hours(
    work: UnitOfWork, person: Person, hours: tuple[int, int] | None
) -> Person:
    """Local hours, from and until, in which nothing is said unasked; None for no such hours."""
    if hours is not None and (hours[0] == hours[1] or not all(one in range(24) for one in hours)):
        raise Mistake("no such hours", "settings.hours_unknown")
    # None at all is a choice, not the lack of one: it is kept as an empty list.
    return await _set(work, person, {"quiet_hours": list(hours or ())})


async def change_notice(
    work: UnitOfWork, person: Person, kind: NoticeType, *, wanted: bool
) -> Person:
    """One kind of notice, off or on again; raises Refusal for what is always told."""
    if kind not in MUTABLE:
        raise Refusal("not to be muted", "common.stale_button")
    kept = muted(person) - {kind} if wanted else muted(person) | {kind}
    return await _set(work, person, {"muted": sorted(kept)})


async def pause(work: UnitOfWork, person: Person, length: Pause | None, now: datetime) -> Person:
    """No notices but announcements for that long; None: all of them again."""
    until = None if length is None else _midnight(person, now, length).isoformat()
    return await _set(work, person, {"paused_until": until})


def _midnight(person: Person, now: datetime, days: int) -> datetime:
    """So many midnights on, in UTC; where the clock skips midnight, when it has sprung forward."""
    day = person.local(now).date() + timedelta(days=days)
    return datetime.combine(day, time(), person.zone).astimezone(UTC)


async def change_low_data(work: UnitOfWork, person: Person, low: bool) -> Person:
    """Whether pictures are left out."""
    return await _set(work, person, {"low_data": low})


async def _set(work: UnitOfWork, person: Person, changes: Mapping[str, Any]) -> Person:
    await work.people.update_settings(person.id, changes)
    return replace(person, settings={**person.settings, **changes})


def muted(person: Person) -> frozenset[NoticeType]:
    return wishes.muted(person.settings)


def paused_until(person: Person, now: datetime) -> datetime | None:
    """Until when notices are paused; None where they are not, or not any more."""
    return wishes.paused_until(person.settings, now)


def is_muted(person: Person, kind: NoticeType, now: datetime) -> bool:
    """Whether the person wants no such notice now. A pause leaves announcements alone."""
    return wishes.is_muted(person.settings, kind, now)


def reminder_is_heard(person: Person) -> bool:
    """Whether quiet hours leave anything of the reminder; true where there is none."""
    at = person.reminder_time
    return at is None or wishes.is_heard(at, person.settings, REMINDER_KEEPS)


def quiet_hours(person: Person) -> tuple[int, int] | None:
    """The person's own, or the usual ones; None where they chose to have none."""
    return wishes.quiet_hours(person.settings)


def after_quiet_hours(person: Person, now: datetime) -> datetime | None:
    """When something unasked may be said: None for now, else the end of the quiet hours."""
    return wishes.quiet_until(person.settings, person.zone, now)
