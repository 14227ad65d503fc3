"""Workers on several machines: they share nothing but servers, and need nothing but addresses."""

import time
from pathlib import Path

import asyncpg
import pytest

from db.session import PoolSettings, get_engine
from engines.queue.broker import RedisQueues
from engines.storage.objects import ObjectStorage
from tests.services import S3
from tests.slow.running import until
from tests.slow.workers import WorkerProcess
from tests.worker.classroom import Classroom

SUBMISSIONS = 40
STOP_SECONDS = 8.0
BY_WORKER = """
select split_part(worker, '/', 2) as worker, count(*) as judged from judgings
where status = 'completed' and verdict = 'pass' group by 1
"""

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("sandbox")
async def test_two_machines_share_the_work(
    tmp_path: Path, database_url: str, redis_url: str, s3: S3
) -> None:
    storage = ObjectStorage(s3.endpoint, s3.access_key, s3.secret_key, s3.bucket, secure=False)
    engine = get_engine(database_url, PoolSettings(pooled=False))
    database = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    classroom = Classroom(database, engine, storage)
    await classroom.open(students=10)
    addresses = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MINIO_ENDPOINT": s3.endpoint,
        "MINIO_ACCESS_KEY": s3.access_key,
        "MINIO_SECRET_KEY": s3.secret_key,
        "MINIO_BUCKET": s3.bucket,
        "MINIO_SECURE": "false",
        "JUDGE_AT_ONCE": "1",
    }
    workers = [
        WorkerProcess(addresses | {"DARS_HOME": str(tmp_path / name)}, tmp_path / f"{name}.log")
        for name in ("here", "there")
    ]
    for worker in workers:
        await worker.start()

    async def both_live() -> bool:
        return all("the worker is at work" in one.said for one in workers)

    await until(both_live, 30)
    async with RedisQueues(redis_url) as queues:
        for n in range(SUBMISSIONS):
            await classroom.hand_in(classroom.students[n % 10])
            await queues.ring("judge")

    async def judged() -> bool:
        return bool(sum(row["judged"] for row in await database.fetch(BY_WORKER)) == SUBMISSIONS)

    await until(judged, 60)
    shares = [row["judged"] for row in await database.fetch(BY_WORKER)]
    assert len(shares) == 2
    assert min(shares) >= SUBMISSIONS // 10
    told = time.monotonic()
    for worker in workers:
        await worker.stop()
        assert "nothing is set up for this queue queue=gpu" in worker.said
    assert time.monotonic() - told < 2 * STOP_SECONDS
    await database.close()
    await engine.dispose()
