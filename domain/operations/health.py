"""How the service is, for an admin's eye."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.unit_of_work import UnitOfWork

LOOK_BACK = timedelta(hours=24)


async def look(work: UnitOfWork, now: datetime) -> Mapping[str, int]:
    """Numbers of the last day: people, sessions, what waits and what failed."""
    return await work.operations.counts(now - LOOK_BACK)
