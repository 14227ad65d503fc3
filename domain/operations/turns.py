"""Whose turn it is to be reminded: moments of local time that something may be said at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.operations import local_time
from domain.operations.local_time import DAY, Moment
from domain.practice import streaks


@dataclass(frozen=True, slots=True)
class Turn:
    """It has become this time of this day for the people of a zone."""

    zone: str
    day: date
    at: time
    day_began: datetime
    unbroken_from: date
    """A streak stands today if its last day was this one or a later one."""
    expires_at: datetime
    """When saying it stops making sense; never after the day."""


def turns(
    come: Iterable[Moment], holidays: frozenset[date], keeps: timedelta, now: datetime
) -> list[Turn]:
    """One for each moment, but for holidays and for what makes no sense any more.

    What is said keeps for so long, and never beyond midnight of the zone.
    """
    found = [_turn(one, holidays, keeps) for one in come if one.day not in holidays]
    return [one for one in found if one.expires_at > now]


def _turn(moment: Moment, holidays: frozenset[date], keeps: timedelta) -> Turn:
    zone = ZoneInfo(moment.zone)
    midnight = local_time.start_of_day(moment.day + DAY, zone)
    return Turn(
        zone=moment.zone,
        day=moment.day,
        at=moment.at,
        day_began=local_time.start_of_day(moment.day, zone),
        unbroken_from=streaks.unbroken_from(moment.day, holidays),
        expires_at=min(moment.instant + keeps, midnight),
    )
