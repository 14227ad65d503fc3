"""Workers are killed again and again, Redis is emptied, PostgreSQL restarts: nothing is lost."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from db.migrations import upgrade
from db.session import get_engine
from domain.submissions.records import AttemptType
from engines.queue.broker import RedisQueues
from engines.storage.folder import FolderStorage
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.valkey import EmbeddedValkey
from runtime.ground import objects_folder
from tests.slow.workers import WorkerProcess
from tests.worker.classroom import SUM, WRONG, Classroom, Handed

STUDENTS = 20
SUBMISSIONS = 200
KILLS = 20
REDIS_AT, POSTGRES_AT = 7, 13
AT_ONCE = 2
DEADLINE = 140.0

WORKERS = "select count(distinct split_part(worker, '/', 2)) from judgings"
RESULTS = """
select j.id, j.status, j.verdict, j.score, j.points, a.type,
  (select count(*) from test_results t where t.judging_id = j.id) as results,
  (select count(*) from outbox o where o.edits_key = 'judging:' || j.id) as edits,
  (select count(*) from outbox o where o.edits_key = 'judging:' || j.id
    and o.view = 'submissions.verdict') as verdicts
from judgings j join submission_attempts a on a.id = j.attempt_id
"""
APOLOGIES = "select count(*) from outbox where view like 'submissions.judging_failed%'"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]


class Site:
    """The servers, the class and the workers; servers can be taken away under them."""

    def __init__(self, home: Path, postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> None:
        self.home = home
        self.postgres = postgres
        self.valkey = valkey
        self.queues = RedisQueues(valkey.url)
        self.engine = get_engine(postgres.url)
        environment = {
            "DARS_HOME": str(home),
            "DATABASE_URL": postgres.url,
            "REDIS_URL": valkey.url,
            "JUDGE_AT_ONCE": str(AT_ONCE),
        }
        self.workers = [WorkerProcess(environment, home / f"worker{n}.log") for n in (1, 2)]

    async def open(self) -> None:
        await self.connect()
        storage = FolderStorage(objects_folder(self.home))
        self.classroom = Classroom(self.database, self.engine, storage)
        await self.classroom.open(STUDENTS)

    async def connect(self) -> None:
        self.database = await asyncpg.connect(self.postgres.dsn)

    async def lose_redis(self) -> None:
        """Emptied and stopped, and started again."""
        async with Redis.from_url(self.valkey.url) as client:
            await client.flushall()
        await self.valkey.stop()
        await self.valkey.start()

    async def restart_postgres(self) -> None:
        await self.postgres.stop()
        await self.postgres.start()
        await self.connect()
        self.classroom.database = self.database

    async def completed(self) -> int:
        return int(
            await self.database.fetchval("select count(*) from judgings where ended_at is not null")
        )

    async def until_completed(self, goal: int) -> None:
        async with asyncio.timeout(DEADLINE):
            while await self.completed() < goal:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def site(home: Path) -> AsyncIterator[Site]:
    postgres, valkey = EmbeddedPostgres(home / "postgres"), EmbeddedValkey(home / "valkey")
    await postgres.start()
    await valkey.start()
    try:
        await upgrade(postgres.url)
        made = Site(home, postgres, valkey)
        await made.open()
        yield made
        await made.database.close()
        await made.engine.dispose()
    finally:
        await valkey.stop()
        await postgres.stop()


async def hand_in(on: Site, rng: random.Random, count: int) -> list[tuple[Handed, str]]:
    """Right and wrong programs, final and on trial, of students by turns."""
    handed = []
    for _ in range(count):
        source, verdict = rng.choice([(SUM, "pass"), (WRONG, "fail")])
        kind = rng.choice(list(AttemptType))
        student = rng.choice(on.classroom.students)
        handed.append((await on.classroom.hand_in(student, source, kind=kind), verdict))
        await on.queues.ring("judge")
    return handed


async def test_killed_twenty_times_every_attempt_gets_its_verdict_once(
    tmp_path: Path, sandbox: None, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(20)
    began = time.monotonic()
    async with site(tmp_path) as on:
        for worker in on.workers:
            await worker.start()
        handed: list[tuple[Handed, str]] = []
        for kill in range(KILLS):
            done = await on.completed()
            handed += await hand_in(on, rng, SUBMISSIONS // KILLS)
            # Amid the batch: some of it is judged, some being judged, some waits.
            await on.until_completed(done + 2)
            await on.workers[kill % 2].kill()
            if kill == REDIS_AT:
                await on.lose_redis()
            if kill == POSTGRES_AT:
                await on.restart_postgres()
            await on.workers[kill % 2].start()
        await on.until_completed(SUBMISSIONS)
        await check_results(on, handed)
        lost = await on.database.fetchval("select sum(claims) from judgings")
        workers = await on.database.fetchval(WORKERS)
        for worker in on.workers:
            await worker.stop()
    assert lost >= KILLS // 2, "the kills met nobody at work"
    assert workers >= KILLS // 2
    with capsys.disabled():
        seconds = time.monotonic() - began
        print(f"\n{KILLS} kills, {lost} leases lost, {workers} workers served, {seconds:.0f} s")


async def check_results(on: Site, handed: list[tuple[Handed, str]]) -> None:
    rows = {row["id"]: row for row in await on.database.fetch(RESULTS)}
    assert len(rows) == len(handed) == SUBMISSIONS
    for one, verdict in handed:
        row = rows[one.judging_id]
        assert (row["status"], row["verdict"]) == ("completed", verdict)
        final = row["type"] == "final_submission"
        assert row["results"] == (3 if final else 1)
        if final:
            assert (row["score"], row["points"]) == (10 if verdict == "pass" else 0, 10)
        assert row["verdicts"] == 1, "said once"
        assert row["edits"] <= 3
    assert await on.database.fetchval("select count(*) from judgings") == SUBMISSIONS
    assert await on.database.fetchval(APOLOGIES) == 0
