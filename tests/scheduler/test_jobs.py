"""The jobs as they are wired: who is woken, and what a night is."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from db.session import PoolSettings, get_engine
from domain.operations.nights import latest
from engines.queue.bell import RedisBell
from engines.storage.folder import FolderStorage
from runtime.clock import Means, jobs
from scheduler.clock import Job
from tests.db.catalogue import connected
from tests.db.school import BOT, DAY, DHAKA, MINUTE, TODAY, School, at

LONGEST_NAME = 50
"""Of a mark."""


class MovedMeans:
    """The means of the jobs, with a clock that stands where the test puts it."""

    def __init__(self, database_url: str, redis: Redis, folder: Path) -> None:
        self.now = at(DHAKA, TODAY, 12)
        self.engine = get_engine(database_url, PoolSettings(size=2))
        self.redis = redis
        self.bell = RedisBell(redis, BOT)
        self.rung: list[str] = []
        self.means = Means(
            self.engine, BOT, self.bell, self._ring, lambda: self.now,
            FolderStorage(folder),
        )  # fmt: skip
        self.jobs = {job.name: job for job in jobs(self.means)}

    async def _ring(self, queue: str) -> None:
        self.rung.append(queue)

    async def do(self, name: str, now: datetime) -> int:
        self.now = now
        return await self.jobs[name].work()


@pytest.fixture
async def moved(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[MovedMeans]:
    async with Redis.from_url(redis_url) as redis:
        moved = MovedMeans(database_url, redis, tmp_path)
        yield moved
        await moved.bell.close()
        await moved.engine.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    async with connected(database_url) as connection:
        await connection.execute("create sequence telegram_ids start 5001")
        yield connection


async def test_every_job_can_be_done_with_nothing_to_do(moved: MovedMeans) -> None:
    names = [job.name for job in jobs(moved.means)]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= LONGEST_NAME
    for name in names:
        for ahead in range(2):
            assert await moved.do(name, at(DHAKA, TODAY + ahead * DAY, 5)) == 0


async def test_the_sender_is_woken_once_where_anybody_was_told(
    moved: MovedMeans, database: asyncpg.Connection
) -> None:
    school = School(moved.engine, database)
    for _ in range(5):
        await school.student()
    sender = RedisBell(moved.redis, BOT)
    seven = at(DHAKA, TODAY, 19)
    assert not await sender.heard(0.05)
    assert await moved.do("remind of practice", seven - MINUTE) == 0
    assert not await sender.heard(0.05)
    assert await moved.do("remind of practice", seven) == 5
    assert await sender.heard(10)
    assert not await sender.heard(0.05)
    await sender.close()


class Nightly:
    """A job for three o'clock at night that counts, and fails when told so."""

    def __init__(self, moved: MovedMeans) -> None:
        self.moved = moved
        self.count = 0
        self.fails = False
        self.job: Job = moved.means.nightly("count", 3, self)

    async def __call__(self) -> int:
        if self.fails:
            raise ConnectionError
        self.count += 1
        return 1

    async def asked(self, *days_and_hours: tuple[int, int]) -> list[int]:
        """How often it was done after it was asked at each of these, by Dhaka's clock."""
        counts = []
        for day, hour in days_and_hours:
            self.moved.now = at(DHAKA, TODAY + day * DAY, hour)
            await self.job.work()
            counts.append(self.count)
        return counts


async def test_a_nightly_job_is_done_once_a_night(moved: MovedMeans) -> None:
    nightly = Nightly(moved)
    hours = ((0, 12), (0, 23), (1, 2), (1, 3), (1, 4), (1, 22), (2, 2), (2, 3), (2, 4))
    assert await nightly.asked(*hours) == [0, 0, 0, 1, 1, 1, 1, 2, 2]


async def test_a_night_without_a_clock_is_made_up_for_once(moved: MovedMeans) -> None:
    nightly = Nightly(moved)
    assert await nightly.asked((0, 12), (4, 15), (4, 16), (5, 2), (5, 3)) == [0, 1, 1, 1, 2]


async def test_a_night_after_a_clock_that_was_wrong_is_done(moved: MovedMeans) -> None:
    nightly = Nightly(moved)
    hours = ((0, 12), (400, 4), (1, 2), (1, 2), (1, 3))
    assert await nightly.asked(*hours) == [0, 1, 2, 2, 3]


async def test_a_nightly_job_that_failed_is_done_again(moved: MovedMeans) -> None:
    nightly = Nightly(moved)
    await nightly.asked((0, 12))
    nightly.fails = True
    with pytest.raises(ConnectionError):
        await nightly.asked((1, 3))
    nightly.fails = False
    assert await nightly.asked((1, 3), (1, 4)) == [1, 1]


def test_a_night_is_dhakas() -> None:
    three = datetime(2026, 11, 21, 21, tzinfo=UTC)
    assert at(DHAKA, date(2026, 11, 22), 3) == three
    assert latest(3, three) == three
    assert latest(3, three - timedelta(seconds=1)) == three - DAY
