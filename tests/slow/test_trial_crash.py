"""A worker is killed in the middle of a trial: another one ends it, once."""

import asyncio
from pathlib import Path

import pytest

from db.unit_of_work import unit_of_work
from domain.problems import uploads
from domain.problems.packages import read_package
from domain.problems.upload_records import NewUpload
from domain.storage import new_key
from engines.storage.folder import FolderStorage
from runtime.ground import objects_folder
from tests.slow.test_worker_crash import Site, site

SLOW = """\
slug: slow-sum
title: Slow sum
statement: Print the sum, but not at once.
limits: {time_ms: 10000}
solution:
  language: python
  code: |
    import time
    while time.process_time() < 1.5:
        pass
    print(sum(map(int, input().split())))
tests:
  - {input: 1 2, output: 3}
  - {input: 2 3, output: 5}
  - {input: 3 4, output: 7}
"""
# Its programs need seconds: whoever kills its worker soon after that is in the middle of it.
BEGUN = "select started_at < clock_timestamp() - interval '1 second' from problem_uploads"
ENDED = "select ended_at is not null from problem_uploads"
RUN_OUT = "update problem_uploads set lease_until = now() where ended_at is null"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


async def send(on: Site, content: bytes) -> None:
    """As the bot does it once a file is read."""
    found = uploads.examined(read_package("slow.yaml", content))
    assert not found.complaints
    owner = on.classroom.teacher
    key = new_key(owner, "problems")
    await FolderStorage(objects_folder(on.home)).put(key, content, "application/octet-stream")
    async with unit_of_work(on.engine) as work:
        upload = NewUpload(owner, found.slug, "slow.yaml", key, found.fingerprint)
        await work.problems.add_upload(upload)
    await on.queues.ring("judge")


async def test_what_a_killed_worker_was_trying_is_taken_by_another(
    tmp_path: Path, sandbox: None
) -> None:
    async with site(tmp_path) as on:
        first, second = on.workers
        await first.start()
        await send(on, SLOW.encode())
        async with asyncio.timeout(60):
            while not await on.database.fetchval(BEGUN):
                await asyncio.sleep(0.01)
        await first.kill()
        await on.database.execute(RUN_OUT)
        await second.start()
        async with asyncio.timeout(60):
            while not await on.database.fetchval(ENDED):
                await asyncio.sleep(0.05)
        [row] = await on.database.fetch("select * from problem_uploads")
        assert (row["status"], row["claims"], row["tries"]) == ("accepted", 1, 0)
        told = await on.database.fetch("select view from outbox where view like 'problems.%'")
        assert [one["view"] for one in told] == ["problems.accepted"]
        versions = await on.database.fetchval(
            "select count(*) from problem_versions where slug = 'slow-sum'"
        )
        assert versions == 1
        await second.stop()
