"""The schedule, kept by one leader: whoever holds an advisory lock on a connection of its own."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from domain.errors import Unavailable

log = structlog.get_logger(__name__)

# How often a follower asks whether the leader is gone, and a leader whether it still leads.
LEAD_SECONDS = 1.0
# Who begins to lead does every job at once, but for this much, so that not all of them ask for a
# connection in the same instant.
APART = timedelta(milliseconds=50)

# The schedule counts by the machine's wall clock: where that is set back by more than this, it
# would rest until the clock has caught up.
SET_BACK_SECONDS = 5.0

Holds = Callable[[], Awaitable[bool]]
"""Asks whether this process leads still."""

Leadership = Callable[[], AbstractAsyncContextManager[Holds | None]]
"""Tries to lead; None where another process does."""


def every(seconds: float) -> Any:
    """So many seconds apart, counted from when the clock began to lead."""
    return IntervalTrigger(seconds=seconds, timezone=UTC)


def on_the_minute(minutes: int = 1) -> Any:
    """As a minute begins, or every so many; the wall clock's, whoever leads."""
    return CronTrigger(minute=f"*/{minutes}", second=0, timezone=UTC)


def ahead() -> float:
    """By how many seconds the wall clock is ahead of one that nobody sets."""
    return time.time() - time.monotonic()


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often; it may be late, it is never done twice at once."""

    name: str
    when: Any
    """`every` or `on_the_minute`."""
    work: Callable[[], Awaitable[int]]


class Clock:
    """Runs the jobs while this process leads, waits for its turn while another does."""

    def __init__(self, jobs: Sequence[Job], leadership: Leadership) -> None:
        self._jobs = jobs
        self._leadership = leadership
        self.leading = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        following = False
        while True:
            try:
                async with self._leadership() as holds:
                    if holds is not None:
                        following = False
                        await self._lead(holds)
                    elif not following:
                        following = True
                        log.info("another clock leads: this one waits for its turn")
            except Unavailable as error:
                log.warning("the clock waits for the database", why=str(error))
            finally:
                self.leading.clear()
            await asyncio.sleep(LEAD_SECONDS)

    async def _lead(self, holds: Holds) -> None:
        schedule, begun = AsyncIOScheduler(timezone=UTC), ahead()
        self._fill(schedule)
        schedule.start()
        self.leading.set()
        log.info("this clock leads")
        try:
            while await holds():
                if ahead() < begun - SET_BACK_SECONDS:
                    log.warning("the machine's clock was set back: the schedule begins anew")
                    return
                await asyncio.sleep(LEAD_SECONDS)
            log.warning("this clock leads no more")
        finally:
            # What is being done is broken off, and its transaction undone.
            schedule.shutdown(wait=False)

    def _fill(self, schedule: AsyncIOScheduler) -> None:
        """Each job is a task of its own: one that takes long keeps no other waiting."""
        begun = datetime.now(UTC)
        for number, job in enumerate(self._jobs):
            schedule.add_job(
                self._do,
                job.when,
                args=[job],
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
                # What fell due while no clock ran is done at once.
                next_run_time=begun + number * APART,
            )

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
