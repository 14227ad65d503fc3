"""How the service is, for an admin's eye."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.operations.upkeep_repository import NightlyLook
from domain.unit_of_work import UnitOfWork

LOOK_BACK = timedelta(hours=24)


async def look(work: UnitOfWork, now: datetime) -> Mapping[str, int]:
    """Numbers of the last day: people, sessions, what waits and what failed; who judges.

    Asked while an update is handled: that one still waits, and is not counted.
    """
    counts = dict(await work.operations.counts(now - LOOK_BACK))
    counts["updates_waiting"] -= 1
    backlog = await work.judgings.backlog()
    return counts | {
        "judgings_waiting": backlog.waiting,
        "judgings_oldest_seconds": round(backlog.oldest_seconds),
        "workers": backlog.workers,
        "workers_without_sandbox": backlog.without_sandbox,
    }


async def nightly_look(work: UnitOfWork) -> NightlyLook | None:
    """What the last nightly look through the database found."""
    return await work.consistency.last_look()
