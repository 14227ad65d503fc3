"""How the service is, for an admin's eye."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.unit_of_work import UnitOfWork

LOOK_BACK = timedelta(hours=24)


async def look(work: UnitOfWork, now: datetime) -> Mapping[str, int]:
    """Numbers of the last day: people, sessions, what waits and what failed.

    Asked while an update is handled: that one still waits, and is not counted.
    """
    counts = dict(await work.operations.counts(now - LOOK_BACK))
    counts["updates_waiting"] -= 1
    return counts
