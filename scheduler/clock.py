"""The schedule, kept by one leader: whoever holds an advisory lock on a connection of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.errors import Unavailable

log = structlog.get_logger(__name__)

# How often a follower asks whether the leader is gone, and a leader whether it still leads.
LEAD_SECONDS = 1.0

Holds = Callable[[], Awaitable[bool]]
"""Asks whether this process leads still."""

Leadership = Callable[[], AbstractAsyncContextManager[Holds | None]]
"""Tries to lead; None where another process does."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often; it may be late, it is never done twice at once."""

    name: str
    every_seconds: float
    work: Callable[[], Awaitable[int]]


class Clock:
    """Runs the jobs while this process leads, waits for its turn while another does."""

    def __init__(self, jobs: Sequence[Job], leadership: Leadership) -> None:
        self._jobs = jobs
        self._leadership = leadership
        self.leading = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                async with self._leadership() as holds:
                    if holds is not None:
                        await self._lead(holds)
            except Unavailable as error:
                log.warning("the clock waits for the database", why=str(error))
            finally:
                self.leading.clear()
            await asyncio.sleep(LEAD_SECONDS)

    async def _lead(self, holds: Holds) -> None:
        schedule = AsyncIOScheduler(timezone="UTC")
        for job in self._jobs:
            schedule.add_job(
                self._do,
                IntervalTrigger(seconds=job.every_seconds),
                args=[job],
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        schedule.start()
        self.leading.set()
        log.info("this clock leads")
        try:
            for job in self._jobs:
                # What fell due while no clock ran is done at once.
                await self._do(job)
            while await holds():  # noqa: ASYNC110 - another process's end sends no event
                await asyncio.sleep(LEAD_SECONDS)
            log.warning("this clock leads no more")
        finally:
            schedule.shutdown(wait=False)

    async def _do(self, job: Job) -> None:
        try:
            done = await job.work()
        except Unavailable as error:
            log.warning("a job waits", job=job.name, why=str(error))
        except Exception:
            log.exception("a job failed", job=job.name)
        else:
            if done:
                log.info("a job is done", job=job.name, count=done)
