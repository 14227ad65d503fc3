"""The scheduler's process, wired."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from db.leadership import leadership
from db.unit_of_work import unit_of_work
from domain.operations import clockwork
from domain.operations.pacing import Bell
from domain.practice import hints
from scheduler.clock import Clock, Job

EXPIRY_SECONDS = 20.0
FORGETTING_SECONDS = 3600.0
HINTS_SECONDS = 6 * 3600.0


def clock(engine: AsyncEngine, bot_id: int, bell: Bell, now: Callable[[], datetime]) -> Clock:
    """The jobs of this version: what only the passing of time makes happen."""

    async def close_expired_sessions() -> int:
        async with unit_of_work(engine) as work:
            closed = await clockwork.close_expired_sessions(work, bot_id, now())
        if closed:
            await bell.ring()
        return closed

    async def forget_old_mail() -> int:
        async with unit_of_work(engine) as work:
            return await clockwork.forget_old_mail(work, now())

    async def space_hints() -> int:
        async with unit_of_work(engine) as work:
            return await hints.space(work)

    return Clock(
        [
            Job("close expired sessions", EXPIRY_SECONDS, close_expired_sessions),
            Job("forget old mail", FORGETTING_SECONDS, forget_old_mail),
            Job("space hints", HINTS_SECONDS, space_hints),
        ],
        partial(leadership, engine),
    )
