"""What the doctor says of the queue: who judges, and whether anybody waits in vain."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from db.presence import Presence
from db.repositories.judging_notes import BOXLESS, JUDGES
from db.unit_of_work import unit_of_work
from domain.storage import Storage
from runtime import checks
from runtime.doctor import Finding, Verdict
from runtime.ground import Ground
from tests.worker.classroom import Classroom


@asynccontextmanager
async def living(engine: AsyncEngine, kind: int) -> AsyncIterator[None]:
    """A worker that shows its life."""
    showing = asyncio.create_task(Presence(engine, kind).show())
    async with asyncio.timeout(15):
        while not await alive(engine):
            await asyncio.sleep(0.01)
    yield
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)


async def alive(engine: AsyncEngine) -> int:
    async with unit_of_work(engine) as work:
        backlog = await work.judgings.backlog()
    return backlog.workers + backlog.without_sandbox


@pytest.fixture
async def ground(engine: AsyncEngine, storage: Storage) -> AsyncIterator[Ground]:
    redis = Redis.from_url("redis://127.0.0.1:1")
    yield Ground("", "", engine, redis, storage)
    await redis.aclose()


async def find(ground: Ground) -> Finding:
    _, check = checks._queue(ground)
    return await check()


async def test_nobody_judging_is_a_fault_once_somebody_waits(
    classroom: Classroom, ground: Ground
) -> None:
    found = await find(ground)
    assert (found.verdict, found.remedy) == (Verdict.OFF, "Start one: ./dars worker")
    await classroom.hand_in(classroom.students[0])
    found = await find(ground)
    assert found.verdict is Verdict.BROKEN
    assert found.said.startswith("no worker lives; 1 wait, the oldest for ")


async def test_a_worker_that_lives_is_seen_and_one_that_ended_is_not(
    classroom: Classroom, ground: Ground, engine: AsyncEngine
) -> None:
    async with living(engine, JUDGES):
        found = await find(ground)
        assert (found.verdict, found.said) == (
            Verdict.FINE, "1 workers; 0 wait, the oldest for 0 s",
        )  # fmt: skip
    assert await alive(engine) == 0


async def test_workers_that_cannot_run_code_are_a_fault(
    classroom: Classroom, ground: Ground, engine: AsyncEngine
) -> None:
    async with living(engine, BOXLESS):
        found = await find(ground)
    assert found.verdict is Verdict.BROKEN
    assert found.said == "none of 1 workers can run code; 0 wait, the oldest for 0 s"
