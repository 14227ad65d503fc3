"""Practice reminders, and streaks that break tonight: the use cases of the clock.

Each asks the database what time people want to be reminded at and where they are, works out for
which zones such a time has come since it asked last, and has everybody there told at once.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.operations import local_time
from domain.operations.local_time import DAY
from domain.operations.turns import Turn, turns
from domain.unit_of_work import UnitOfWork

PRACTICE, STREAKS = "practice reminders", "streaks at risk"
"""The marks of the two jobs."""

REMINDER_KEEPS = timedelta(hours=3)
REMIND_AT_MOST_LATE = timedelta(hours=2)
"""What fell due longer ago, while no clock ran, is not said any more."""
EVENING = time(20, 30)
EVENING_LASTS = timedelta(hours=5)
"""From half past eight to midnight, and an hour more where the clock is put back meanwhile."""


async def remind_of_practice(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Reminds those who chose a time that has come and completed nothing today; how many."""
    since = await work.notices.move_mark(PRACTICE, now)
    zones, times = await work.notices.clocks_in_use()
    since = max(since, now - REMIND_AT_MOST_LATE)
    whose = await _turns(work, since, now, zones, times, REMINDER_KEEPS)
    return await work.notices.remind_of_practice(bot_id, whose, now) if whose else 0


async def warn_of_streaks(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Tells those whose streak breaks tonight unless they practise, in their evening; how many."""
    since = await work.notices.move_mark(STREAKS, now)
    zones, _ = await work.notices.clocks_in_use()
    since = max(since, now - EVENING_LASTS)
    whose = await _turns(work, since, now, zones, (EVENING,), DAY)
    return await work.notices.warn_of_streaks(bot_id, whose, now) if whose else 0


async def _turns(
    work: UnitOfWork,
    since: datetime,
    now: datetime,
    zones: Iterable[str],
    times: Collection[time],
    keeps: timedelta,
) -> list[Turn]:
    known = [one for one in zones if _is_known(one)]
    come = local_time.moments(since, now, known, times)
    return turns(come, await work.operations.holidays(), keeps, now) if come else []


def _is_known(zone: str) -> bool:
    """One name that this machine does not know must not keep all others from being told."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
