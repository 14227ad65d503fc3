"""The scheduler's process, wired."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from db.leadership import leadership
from db.unit_of_work import unit_of_work
from domain.operations import clockwork
from domain.operations.pacing import Bell
from domain.practice import hints
from domain.submissions import sweeping
from domain.submissions.queueing import QUEUE
from engines.queue.bell import RedisBell
from engines.queue.broker import RedisQueues
from runtime.ground import Ground, ground, until_told, utc_now
from runtime.settings import Settings
from scheduler.clock import Clock, Job

EXPIRY_SECONDS = 20.0
FORGETTING_SECONDS = 3600.0
HINTS_SECONDS = 6 * 3600.0
SWEEP_SECONDS = 15.0


def clock(
    engine: AsyncEngine,
    bot_id: int,
    bell: Bell,
    ring: Callable[[str], Awaitable[None]],
    now: Callable[[], datetime],
) -> Clock:
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

    async def sweep_judgings() -> int:
        """Wakes workers for what waits, be it that a ring was lost or a worker."""
        async with unit_of_work(engine) as work:
            backlog, bots = await sweeping.sweep(work)
        if backlog.waiting:
            await ring(QUEUE)
        if bots:
            await bell.ring()
        return backlog.waiting

    return Clock(
        [
            Job("close expired sessions", EXPIRY_SECONDS, close_expired_sessions),
            Job("forget old mail", FORGETTING_SECONDS, forget_old_mail),
            Job("space hints", HINTS_SECONDS, space_hints),
            Job("wake workers for what waits", SWEEP_SECONDS, sweep_judgings),
        ],
        partial(leadership, engine),
    )


async def serve_clock(settings: Settings) -> None:
    """The scheduler, until SIGTERM or SIGINT."""
    settings.token()  # without one nothing needs to be started first
    async with ground(settings) as on:
        await until_told(keep_clock(settings, on))


async def keep_clock(settings: Settings, on: Ground) -> None:
    """Until cancelled."""
    bot_id = int(settings.token().partition(":")[0])
    async with RedisQueues(on.redis_url) as queues:
        bell = RedisBell(on.redis, bot_id)
        try:
            await clock(on.engine, bot_id, bell, queues.ring, utc_now).run()
        finally:
            await bell.close()
