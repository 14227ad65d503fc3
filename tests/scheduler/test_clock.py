"""One clock leads; when it goes, another takes over and does what fell due."""

import asyncio
from datetime import UTC, datetime
from functools import partial

import pytest

from db.leadership import leadership
from db.session import PoolSettings, get_engine
from scheduler.clock import Clock, Job, ahead, every, on_the_minute


class Counter:
    def __init__(self) -> None:
        self.count = 0
        self.moved = asyncio.Event()

    async def __call__(self) -> int:
        self.count += 1
        self.moved.set()
        return self.count

    async def reaches(self, count: int) -> None:
        async with asyncio.timeout(15):
            while self.count < count:
                self.moved.clear()
                await self.moved.wait()


async def test_one_of_two_clocks_leads_and_the_other_takes_over(database_url: str) -> None:
    first_engine = get_engine(database_url, PoolSettings(pooled=False))
    second_engine = get_engine(database_url, PoolSettings(pooled=False))
    mine, others = Counter(), Counter()
    first = Clock([Job("count", every(0.2), mine)], partial(leadership, first_engine))
    second = Clock([Job("count", every(0.2), others)], partial(leadership, second_engine))
    leading = asyncio.create_task(first.run())
    await asyncio.wait_for(first.leading.wait(), 10)
    following = asyncio.create_task(second.run())
    await mine.reaches(4)
    assert others.count == 0
    leading.cancel()
    await asyncio.gather(leading, return_exceptions=True)
    await asyncio.wait_for(second.leading.wait(), 10)
    await others.reaches(2)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await first_engine.dispose()
    await second_engine.dispose()


async def test_a_clock_whose_connection_is_cut_leads_no_more_and_tries_again(
    database_url: str,
) -> None:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    job = Counter()
    clock = Clock([Job("count", every(30), job)], partial(leadership, engine))
    running = asyncio.create_task(clock.run())
    await asyncio.wait_for(clock.leading.wait(), 10)
    await job.reaches(1)
    async with leadership(engine, 5):
        pass
    cutter = get_engine(database_url, PoolSettings(pooled=False))
    async with cutter.connect() as connection:
        await connection.exec_driver_sql(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted"
        )
    # Leading again means doing at once what may have fallen due.
    await job.reaches(2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await cutter.dispose()
    await engine.dispose()


async def test_a_job_that_fails_stops_neither_the_clock_nor_the_others(database_url: str) -> None:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    good = Counter()

    async def bad() -> int:
        raise RuntimeError("on purpose")

    clock = Clock(
        [Job("bad", every(0.1), bad), Job("good", every(0.1), good)], partial(leadership, engine)
    )
    running = asyncio.create_task(clock.run())
    await good.reaches(3)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await engine.dispose()


async def test_a_job_that_takes_long_keeps_no_other_waiting(database_url: str) -> None:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    quick, begun = Counter(), Counter()

    async def slow() -> int:
        await begun()
        await asyncio.Event().wait()
        return 0

    jobs = [Job("slow", every(0.1), slow), Job("quick", every(0.1), quick)]
    running = asyncio.create_task(Clock(jobs, partial(leadership, engine)).run())
    await quick.reaches(5)
    # Nor is it begun a second time before it ends.
    assert begun.count == 1
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await engine.dispose()


async def test_a_clock_that_stops_leading_breaks_off_what_it_does(database_url: str) -> None:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    begun, broken_off = asyncio.Event(), asyncio.Event()

    async def slow() -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()
        return 0

    clock = Clock([Job("slow", every(0.1), slow)], partial(leadership, engine))
    running = asyncio.create_task(clock.run())
    await asyncio.wait_for(begun.wait(), 10)
    running.cancel()
    await asyncio.wait_for(broken_off.wait(), 10)
    await asyncio.gather(running, return_exceptions=True)
    await engine.dispose()


async def test_a_clock_that_is_set_back_does_not_rest_until_it_has_caught_up(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    counter = Counter()
    clock = Clock([Job("hourly", every(3600), counter)], partial(leadership, engine))
    running = asyncio.create_task(clock.run())
    await counter.reaches(1)
    now = ahead()
    # As far as other corrections go, nothing happens.
    monkeypatch.setattr("scheduler.clock.ahead", lambda: now - 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(counter.reaches(2), 2.5)
    monkeypatch.setattr("scheduler.clock.ahead", lambda: now - 3600)
    await counter.reaches(2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(counter.reaches(3), 2.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await engine.dispose()


def test_a_minute_is_the_wall_clocks() -> None:
    now = datetime(2026, 11, 22, 13, 0, 20, 500, tzinfo=UTC)
    assert on_the_minute().get_next_fire_time(None, now) == datetime(
        2026, 11, 22, 13, 1, tzinfo=UTC
    )
    assert on_the_minute(10).get_next_fire_time(None, now) == datetime(
        2026, 11, 22, 13, 10, tzinfo=UTC
    )
