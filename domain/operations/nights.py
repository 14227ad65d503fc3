"""What is done once a night, at an hour of the home zone; or later, if no clock ran then."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.operations import local_time, marks
from domain.operations.local_time import DAY
from domain.people.registration import HOME_ZONE
from domain.unit_of_work import UnitOfWork


async def is_due(work: UnitOfWork, job: str, hour: int, now: datetime) -> bool:
    """Whether that hour has come since the job's mark; a job without one waits for its night.

    Whoever has done it moves the mark.
    """
    done_until = await work.notices.read_mark(job)
    if done_until is None:
        await work.notices.move_mark(job, now)
        return False
    return done_until < latest(hour, now) or marks.is_wrong(done_until, now)


def latest(hour: int, now: datetime) -> datetime:
    """When the clock of the home zone last came to that hour."""
    zone = ZoneInfo(HOME_ZONE)
    today = now.astimezone(zone).date()
    come = local_time.instant_of(today, time(hour), zone)
    return come if come <= now else local_time.instant_of(today - DAY, time(hour), zone)
