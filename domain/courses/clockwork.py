"""What the passing of time does to classes: work opens, comes due, is missing.

Each function is what the clock asks for. It works inside the caller's transaction, asks one
statement for everybody concerned, and returns how many people were told or marked. What is more
than a transaction should hold goes on the next time.
"""

from datetime import datetime

from domain.courses.due_soon import Stage
from domain.unit_of_work import UnitOfWork

ITEMS = 500
"""Content items of one transaction."""


async def open_releases(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Tells of work that students see since a moment ago: published and released."""
    return await work.notices.open_releases(bot_id, now, ITEMS)


async def tell_due_soon(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Reminds those who have not handed in, a day ahead and two hours ahead."""
    told = [await work.notices.tell_due_soon(bot_id, stage, now, ITEMS) for stage in Stage]
    return sum(told)


async def mark_missing(work: UnitOfWork, _bot_id: int, now: datetime) -> int:
    """Enters into the gradebook who handed nothing in; a due date that moved on takes that back."""
    taken_back = await work.notices.forget_missing(now)
    return taken_back + await work.notices.mark_missing(now, ITEMS)
