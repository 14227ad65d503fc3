"""What somebody wants to be told unasked, and when: pure functions of what `users.settings` keeps.

`settings` may hold `quiet_hours` ([from, until), hours of the person's own clock; [] for none),
`muted` (kinds of notices) and `paused_until` (an ISO instant).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.operations.records import NoticeType

QUIET_DEFAULT = (22, 7)
MUTABLE = (
    NoticeType.WORK_OPENED,
    NoticeType.DUE_SOON,
    NoticeType.ANNOUNCEMENT,
    NoticeType.GRADE_POSTED,
    NoticeType.STREAK_AT_RISK,
)
"""What may be turned off one by one. The practice reminder has an hour, or none; how something
ended that was begun is always told."""


def muted(settings: Mapping[str, Any]) -> frozenset[NoticeType]:
    kept = settings.get("muted", ())
    return frozenset(kind for kind in MUTABLE if kind in kept)


def paused_until(settings: Mapping[str, Any], now: datetime) -> datetime | None:
    """Until when notices are paused; None where they are not, or not any more."""
    kept = settings.get("paused_until")
    until = datetime.fromisoformat(kept) if kept else None
    return until if until is not None and until > now else None


def is_muted(settings: Mapping[str, Any], kind: NoticeType, now: datetime) -> bool:
    """Whether the person wants no such notice now. A pause leaves announcements alone."""
    if kind in muted(settings):
        return True
    return kind is not NoticeType.ANNOUNCEMENT and paused_until(settings, now) is not None


def quiet_hours(settings: Mapping[str, Any]) -> tuple[int, int] | None:
    """The person's own, or the usual ones; None where they chose to have none."""
    kept = settings.get("quiet_hours", QUIET_DEFAULT)
    return (int(kept[0]), int(kept[1])) if len(kept) == 2 else None


def quiet_until(settings: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> datetime | None:
    """The end of the quiet hours in which `now` lies, by the person's clock; None outside them.

    An end that the clock skips is the instant at which it springs forward.
    """
    hours = quiet_hours(settings)
    if hours is None:
        return None
    local = now.astimezone(zone)
    if not _is_quiet(local, hours):
        return None
    end = hours[1]
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    until = datetime.combine(day, time(end), tzinfo=zone)
    # A clock that springs forward can leap over all that is not quiet, once.
    if _is_quiet(until.astimezone(UTC).astimezone(zone), hours):
        until = datetime.combine(day + timedelta(days=1), time(end), tzinfo=zone)
    return until


def is_heard(at: time, settings: Mapping[str, Any], useful: timedelta) -> bool:
    """Whether something said each day at that time, and useful for so long and that day only, is
    ever said: in quiet hours, it waits for their end."""
    hours = quiet_hours(settings)
    if hours is None or not _is_quiet(at, hours):
        return True
    left = timedelta(hours=hours[1] - at.hour, minutes=-at.minute)
    return timedelta() < left < useful


def _is_quiet(local: datetime | time, hours: tuple[int, int]) -> bool:
    start, end = hours
    if start < end:
        return start <= local.hour < end
    return local.hour >= start or local.hour < end
