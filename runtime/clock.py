"""The scheduler's process, wired."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from db.leadership import leadership
from db.unit_of_work import unit_of_work
from domain.courses import clockwork as classes
from domain.operations import clockwork, consistency, nights, reminders, retention
from domain.operations.pacing import Bell
from domain.practice import hints, quizzes
from domain.storage import Storage
from domain.submissions import exams, sweeping
from domain.submissions.queueing import QUEUE
from domain.unit_of_work import UnitOfWork
from engines.queue.bell import RedisBell
from engines.queue.broker import RedisQueues
from runtime.ground import Ground, ground, until_told, utc_now
from runtime.settings import Settings
from scheduler.clock import Clock, Job, every, on_the_minute

SWEEP_SECONDS = 15.0
EXPIRY_SECONDS = 20.0
MISSING_SECONDS = 300.0
# What is nightly is asked for this often: it is done at its hour, or soon after what kept it.
NIGHT_MINUTES = 10

Telling = Callable[[UnitOfWork, int, datetime], Awaitable[int]]
"""A use case of one transaction, given the bot that speaks and the time; how many it concerned."""


@dataclass(frozen=True, slots=True)
class Means:
    """What jobs are done with."""

    engine: AsyncEngine
    bot_id: int
    bell: Bell
    ring: Callable[[str], Awaitable[None]]
    now: Callable[[], datetime]
    storage: Storage

    def telling(self, use_case: Telling) -> Callable[[], Awaitable[int]]:
        """In one transaction; where it concerned anybody, the sender is woken after it."""

        async def tell() -> int:
            async with unit_of_work(self.engine) as work:
                count = await use_case(work, self.bot_id, self.now())
            if count:
                await self.bell.ring()
            return count

        return tell

    def nightly(self, name: str, hour: int, job: Callable[[], Awaitable[int]]) -> Job:
        """Once a night, from that hour of the home zone on, in as many transactions as it takes."""

        async def at_night() -> int:
            asked = self.now()
            async with unit_of_work(self.engine) as work:
                if not await nights.is_due(work, name, hour, asked):
                    return 0
            count = await job()
            async with unit_of_work(self.engine) as work:
                await work.notices.move_mark(name, asked)
            return count

        return Job(name, on_the_minute(NIGHT_MINUTES), at_night)


def jobs(means: Means) -> list[Job]:
    """What only the passing of time makes happen; a line each."""
    telling, nightly, minute = means.telling, means.nightly, on_the_minute()
    return [
        Job("wake workers for what waits", every(SWEEP_SECONDS), partial(sweep_judgings, means)),
        Job(
            "close expired sessions",
            every(EXPIRY_SECONDS),
            telling(clockwork.close_expired_sessions),
        ),
        Job("end exams", every(EXPIRY_SECONDS), telling(exams.end_exams)),
        Job("end quizzes", every(EXPIRY_SECONDS), telling(quizzes.close_due)),
        Job("open releases", minute, telling(classes.open_releases)),
        Job("tell what is due soon", minute, telling(classes.tell_due_soon)),
        Job("remind of practice", minute, telling(reminders.remind_of_practice)),
        Job("warn of streaks", minute, telling(reminders.warn_of_streaks)),
        Job("mark what is missing", every(MISSING_SECONDS), telling(classes.mark_missing)),
        nightly("space hints", 2, partial(space_hints, means)),
        nightly("forget what is old", 3, partial(forget, means)),
        nightly("look for what does not fit", 4, partial(look, means)),
    ]


async def sweep_judgings(means: Means) -> int:
    """Wakes workers for what waits, be it that a ring was lost or a worker."""
    async with unit_of_work(means.engine) as work:
        backlog, bots = await sweeping.sweep(work)
    if backlog.waiting:
        await means.ring(QUEUE)
    if bots:
        await means.bell.ring()
    return backlog.waiting


async def space_hints(means: Means) -> int:
    async with unit_of_work(means.engine) as work:
        return await hints.space(work)


async def forget(means: Means) -> int:
    return await retention.forget(partial(unit_of_work, means.engine), means.storage, means.now())


async def look(means: Means) -> int:
    found = await consistency.look(partial(unit_of_work, means.engine), means.bot_id, means.now())
    if found:
        await means.bell.ring()
    return found


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
        means = Means(on.engine, bot_id, bell, queues.ring, utc_now, on.storage)
        try:
            await Clock(jobs(means), partial(leadership, on.engine)).run()
        finally:
            await bell.close()
