"""Exams whose time is over: locked, and their students told what was handed in."""

from datetime import datetime

from domain.unit_of_work import UnitOfWork

OPENINGS = 5000
"""Of one transaction: what is left goes on the next time."""


async def end_exams(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """What the clock does, inside the caller's transaction; returns how many are told."""
    return await work.notices.end_exams(bot_id, now, OPENINGS)
