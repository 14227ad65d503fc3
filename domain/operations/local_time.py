"""What time it becomes where: when the clocks of people's zones come to a time of day.

A time that the clock skips, as daylight saving begins, comes when the clock has leapt over it; one
that it shows twice, as daylight saving ends, comes the first time. So over any stretches of time
laid end to end each time of each day comes once. A day that a zone leapt over (Samoa's 30 December
2011) has no times.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
TICK = timedelta.resolution
MIDNIGHT = time()
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Moment:
    """The clock of a zone comes to a time of day; `day` is the date that this clock shows then."""

    zone: str
    day: date
    at: time
    instant: datetime


def moments(
    since: datetime, until: datetime, zones: Collection[str], times: Collection[time]
) -> list[Moment]:
    """Which of the times came after `since` and not after `until`, in which zone.

    The names are IANA's; one that this machine does not know raises ZoneInfoNotFoundError.
    """
    found = []
    for name in zones:
        zone = ZoneInfo(name)
        first, last = _shown_by(since, zone), _shown_by(until, zone)
        for day in _days(first.date(), last.date()):
            come = [at for at in times if first < datetime.combine(day, at) <= last]
            if come and _exists(day, zone):
                found += [Moment(name, day, at, instant_of(day, at, zone)) for at in come]
    return found


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clock of the zone comes to this time, in UTC."""
    shown = datetime.combine(day, at, zone)
    instant = shown.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return instant
    # Read by the offset of before and by the one of after, a skipped time frames the leap.
    return _change(shown.replace(fold=1).astimezone(UTC), instant, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Its first instant, in UTC: not midnight where the clock leaps over it."""
    return instant_of(day, MIDNIGHT, zone)


def _shown_by(instant: datetime, zone: ZoneInfo) -> datetime:
    """The latest date and time that the clock of the zone has shown until then, without zone."""
    shown = instant.astimezone(zone)
    if not shown.fold:
        return shown.replace(tzinfo=None)
    # It was put back and shows times for the second time: the latest stood before it was put back.
    turn = _change(shown.replace(fold=0).astimezone(UTC), instant, zone)
    return (turn - TICK).astimezone(zone).replace(tzinfo=None)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the offset that holds `after`, another one than holds `before`.

    Offsets change at whole seconds, once in so short a while.
    """
    old = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * DAY


def _exists(day: date, zone: ZoneInfo) -> bool:
    noon = datetime.combine(day, NOON, zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day
