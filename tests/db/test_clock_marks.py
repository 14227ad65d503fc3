"""Up to when a job of the clock has done its work: never back, never for two at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work

NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def move(engine: AsyncEngine, now: datetime, job: str = "remind") -> datetime:
    async with unit_of_work(engine) as work:
        return await work.notices.move_mark(job, now)


async def move_and_fail(engine: AsyncEngine) -> None:
    async with unit_of_work(engine) as work:
        await work.notices.move_mark("remind", NOW + MINUTE)
        raise InterruptedError


async def test_a_first_run_begins_from_now(engine: AsyncEngine) -> None:
    assert await move(engine, NOW) == NOW


async def test_the_next_run_goes_on_where_the_last_one_ended(engine: AsyncEngine) -> None:
    await move(engine, NOW)
    assert await move(engine, NOW + MINUTE) == NOW
    assert await move(engine, NOW + 9 * MINUTE) == NOW + MINUTE


async def test_each_job_has_its_own_mark(engine: AsyncEngine) -> None:
    await move(engine, NOW)
    assert await move(engine, NOW + MINUTE, "another") == NOW + MINUTE


async def test_a_clock_that_goes_backwards_moves_no_mark(engine: AsyncEngine) -> None:
    await move(engine, NOW)
    assert await move(engine, NOW - 60 * MINUTE) == NOW
    assert await move(engine, NOW + MINUTE) == NOW


async def test_a_mark_of_a_clock_that_was_wrong_is_set_right(engine: AsyncEngine) -> None:
    """Else nobody would be told anything until that time has come."""
    await move(engine, NOW)
    await move(engine, NOW + timedelta(days=400))
    assert await move(engine, NOW + MINUTE) == NOW + MINUTE - timedelta(days=1)
    assert await move(engine, NOW + 2 * MINUTE) == NOW + MINUTE


async def test_what_failed_is_still_to_be_done(engine: AsyncEngine) -> None:
    await move(engine, NOW)
    with pytest.raises(InterruptedError):
        await move_and_fail(engine)
    assert await move(engine, NOW + 2 * MINUTE) == NOW


async def test_of_two_at_once_the_second_finds_the_work_done(engine: AsyncEngine) -> None:
    await move(engine, NOW)
    async with unit_of_work(engine) as work:
        assert await work.notices.move_mark("remind", NOW + MINUTE) == NOW
        second = asyncio.create_task(move(engine, NOW + MINUTE))
        done, _ = await asyncio.wait([second], timeout=0.3)
        assert not done, "both did the same stretch of time"
    assert await second == NOW + MINUTE
