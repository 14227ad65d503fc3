"""Two schedulers beside each other; one is killed in the middle of its work."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from db.leadership import leadership
from db.session import PoolSettings, get_engine
from domain.operations import reminders
from runtime.settings import ROOT
from tests.db.catalogue import connected
from tests.slow.running import environment, free_port, until

BOT = 1000001
TOKEN = f"{BOT}:" + "t" * 35
STUDENTS = 30_000
LONGEST_SECONDS = 10.0
LEADS, FOLLOWS = "this clock leads", "another clock leads"

ADD = """
    with person as (
        insert into users (full_name, telegram_id, timezone)
        select 'কেউ', 5000 + number, $2 from generate_series(1, $1) as number returning id
    )
    insert into students (user_id, grade, reminder_time) select id, 7, $3 from person
"""
# A session whose time is over, which only a clock closes.
EXPIRED = """
    insert into practice_sessions (student_id, problem_ids, started_at, expires_at)
    select user_id, '[1, 2, 3, 4, 5]', now() - interval '1 hour', now() - interval '1 minute'
    from students limit 1
"""
CLOSED = "select count(*) > 0 from practice_sessions where status = 'abandoned'"
TELLING = """
    select count(*) > 0 from pg_stat_activity
    where state = 'active' and query like '%turn.day%'
        and pid <> pg_backend_pid() and datname = current_database()
"""
MARK_MOVED = """
    select done_until > now() - interval '1 minute' from clock_marks
    where job = 'practice reminders'
"""
TOLD = """
    select (select count(*) from notifications where type = 'practice_reminder') as notices,
        (select count(distinct recipient_id) from notifications
         where type = 'practice_reminder') as people,
        (select count(*) from outbox where kind = 'practice_reminder') as messages
"""


class Scheduler:
    """`./dars scheduler` in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text()

    async def says(self, words: str) -> None:
        async def said() -> bool:
            assert self._process.returncode is None, self.said
            return words in self.said

        await until(said, 30)

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def started(surroundings: Mapping[str, str], log: Path) -> AsyncIterator[Scheduler]:
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "runtime", "scheduler",
            cwd=ROOT, env=surroundings, stdout=output, stderr=output,
        )  # fmt: skip
    scheduler = Scheduler(process, log)
    try:
        yield scheduler
    finally:
        await scheduler.kill()


def zone_at_noon(now: datetime) -> str:
    """A zone where it is between twelve and one, so that no day ends during the test."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}"


async def reminders_are_due(database: asyncpg.Connection) -> None:
    """Everybody's time came five minutes ago, and no clock has looked for ten."""
    now = datetime.now(UTC)
    zone = zone_at_noon(now)
    local = (now - timedelta(minutes=5)).astimezone(ZoneInfo(zone))
    await database.execute(ADD, STUDENTS, zone, local.time().replace(tzinfo=None))
    await put_mark_back(database)


async def put_mark_back(database: asyncpg.Connection) -> None:
    await database.execute("delete from clock_marks")
    await database.execute(
        "insert into clock_marks (job, done_until) values ($1, now() - interval '10 minutes')",
        reminders.PRACTICE,
    )


async def told(database: asyncpg.Connection) -> tuple[int, ...]:
    row = await database.fetchrow(TOLD)
    assert row is not None
    return tuple(row)


@pytest.mark.slow
async def test_the_second_takes_over_and_nobody_is_told_twice(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    given = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "TELEGRAM_BOT_TOKEN": TOKEN}
    surroundings = environment(tmp_path / "home", free_port()) | given
    engine = get_engine(database_url, PoolSettings(pooled=False))
    async with (
        connected(database_url) as database,
        started(surroundings, tmp_path / "one.log") as one,
        started(surroundings, tmp_path / "other.log") as other,
    ):
        async with leadership(engine) as holds:
            assert holds is not None
            await one.says(FOLLOWS)
            await other.says(FOLLOWS)
            await reminders_are_due(database)
        await until(lambda: database.fetchval(TELLING))
        leader, heir = (one, other) if LEADS in one.said else (other, one)
        await leader.kill()
        killed = time.monotonic()
        assert LEADS not in heir.said
        assert await told(database) == (0, 0, 0)
        await database.execute(EXPIRED)
        await until(lambda: database.fetchval(CLOSED), LONGEST_SECONDS)
        print(f"\nthe first job was done {time.monotonic() - killed:.1f} s after the kill")
        await heir.says("remind of practice")
        assert await told(database) == 3 * (STUDENTS,)
        # Killed too, and what it did is not even noted: whoever comes next says nothing twice.
        await heir.kill()
        await put_mark_back(database)
        async with started(surroundings, tmp_path / "third.log") as third:
            await third.says(LEADS)
            await until(lambda: database.fetchval(MARK_MOVED))
            assert await told(database) == 3 * (STUDENTS,)
    await engine.dispose()
