"""Problems that were sent: who is served, whose an upload is, and that each ends once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import count
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.presence import Presence
from db.repositories.judging_notes import BOXLESS
from db.statements import Statement
from db.unit_of_work import unit_of_work
from domain.problems import accepting, uploads
from domain.problems.accepting import Tools
from domain.problems.packages import PackageRead, read_package
from domain.problems.records import ProblemVisibility
from domain.problems.upload_records import (
    NewTest,
    NewUpload,
    UploadClaim,
    UploadLease,
    UploadStatus,
    Written,
)
from domain.storage import Storage, new_key, problem_key
from domain.submissions.judging import Judged, NoSandbox, OnTest, Task, Verdict
from tests.db.waiting import until_somebody_waits
from tests.teaching import School
from tests.worker.classroom import Classroom
from tests.worker.judges import BREAKS, HANGS, INTERNAL, ReadingJudge
from worker.trials import TrialWorker

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
RUN_OUT = "update problem_uploads set lease_until = now() - interval '1 second'"
TOLD = "select view from outbox where view like 'problems.%' order by id"
PROBLEM = """\
slug: {slug}
title: Sum
statement: Print the sum.
solution:
  language: python
  code: |
{code}
samples:
  - {{input: 1 2, output: 3}}
tests:
  - {{input: 2 3, output: 5}}
"""
workers = count(1)


def problem(slug: str = "sum", code: str = RIGHT) -> bytes:
    lines = "".join(f"    {one}\n" for one in code.splitlines())
    return PROBLEM.format(slug=slug, code=lines.rstrip("\n")).encode()


async def read(name: str, content: bytes) -> PackageRead:
    return read_package(name, content)


async def nobody(_bot_id: int) -> None:
    return None


@pytest.fixture
def judge() -> ReadingJudge:
    return ReadingJudge()


@pytest.fixture
def tools(engine: AsyncEngine, storage: Storage, judge: ReadingJudge) -> Tools:
    return Tools(partial(unit_of_work, engine), judge, storage, read, nobody)


async def sent(
    engine: AsyncEngine, storage: Storage, owner: UUID, content: bytes | None = None
) -> UUID:
    content = problem() if content is None else content
    found = uploads.examined(await read("sum.yaml", content))
    assert not found.complaints
    key = new_key(owner, "problems")
    await storage.put(key, content, "application/octet-stream")
    async with unit_of_work(engine) as work:
        return await work.problems.add_upload(
            NewUpload(owner, found.slug, "sum.yaml", key, found.fingerprint)
        )


async def claim(engine: AsyncEngine) -> UploadClaim | None:
    async with unit_of_work(engine) as work:
        return await work.problems.claim_upload(f"w/{next(workers)}")


async def claimed(engine: AsyncEngine) -> UploadClaim:
    found = await claim(engine)
    assert found is not None
    return found


async def states(database: asyncpg.Connection) -> list[str]:
    rows = await database.fetch("select status::text from problem_uploads order by id")
    return [row["status"] for row in rows]


@pytest.fixture
async def another(classroom: Classroom) -> UUID:
    return await School(classroom.database).person(4242, "Karim", "teacher")


async def test_one_upload_of_a_teacher_at_a_time(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, another: UUID
) -> None:
    first = await sent(engine, storage, classroom.teacher)
    second = await sent(engine, storage, classroom.teacher, problem("product"))
    others = await sent(engine, storage, another, problem("quotient"))
    taken = [await claim(engine) for _ in range(3)]
    assert [one and one.lease.upload_id for one in taken] == [first, others, None]
    async with unit_of_work(engine) as work:
        assert taken[0] is not None
        assert await work.problems.end_upload(taken[0].lease, UploadStatus.REFUSED)
    assert (await claimed(engine)).lease.upload_id == second


async def test_students_code_goes_before_problems_but_not_for_ever(
    classroom: Classroom, engine: AsyncEngine, storage: Storage
) -> None:
    upload = await sent(engine, storage, classroom.teacher)
    await classroom.hand_in(classroom.students[0])
    assert await claim(engine) is None
    await classroom.database.execute(
        "update problem_uploads set queued_at = now() - interval '3 minutes'"
    )
    assert (await claimed(engine)).lease.upload_id == upload


async def test_what_is_asked_of_a_lost_lease_changes_nothing(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools
) -> None:
    await sent(engine, storage, classroom.teacher)
    late = await claimed(engine)
    await classroom.database.execute(RUN_OUT)
    held = await claimed(engine)
    assert held.lost == 1
    await accepting.see_through(tools, late)
    async with unit_of_work(engine) as work:
        assert not await work.problems.renew_upload(late.lease)
        assert not await work.problems.end_upload(late.lease, UploadStatus.FAILED)
        assert await work.problems.renew_upload(held.lease)
    assert await states(classroom.database) == ["processing"]
    await accepting.see_through(tools, held)
    assert await states(classroom.database) == ["accepted"]
    versions = await classroom.database.fetch("select id from problem_versions where slug = 'sum'")
    assert [row["id"] for row in versions].count(held.lease.upload_id) == 1


async def test_five_lost_leases_are_enough(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools
) -> None:
    await sent(engine, storage, classroom.teacher)
    for _ in range(5):
        await claimed(engine)
        await classroom.database.execute(RUN_OUT)
    await accepting.see_through(tools, await claimed(engine))
    assert await states(classroom.database) == ["failed"]
    assert await storage.list("people/") == []


@pytest.mark.parametrize("code", [BREAKS, INTERNAL])
async def test_a_judge_that_fails_three_times_is_apologised_for(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, code: str
) -> None:
    await sent(engine, storage, classroom.teacher, problem(code=code))
    for tries in range(3):
        held = await claimed(engine)
        assert (held.tries, held.lost) == (tries, 0)
        await accepting.see_through(tools, held)
        if tries < 2:
            assert await claim(engine) is None, "it rests first"
            await classroom.database.execute(RUN_OUT)
    assert await states(classroom.database) == ["failed"]


@asynccontextmanager
async def at_work(tools: Tools) -> AsyncIterator[TrialWorker]:
    worker = TrialWorker(tools)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until_states(database: asyncpg.Connection, *wanted: str) -> None:
    async with asyncio.timeout(15):
        while await states(database) != [*wanted]:
            await asyncio.sleep(0.02)


async def test_a_worker_that_stops_gives_back_what_it_was_trying(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, judge: ReadingJudge
) -> None:
    await sent(engine, storage, classroom.teacher, problem(code=HANGS))
    async with at_work(tools):
        await asyncio.wait_for(judge.hanging.wait(), 10)
    held = await claimed(engine)
    assert (held.lost, held.tries) == (0, 0)


async def test_without_a_sandbox_it_waits_and_its_sender_is_told_once(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, judge: ReadingJudge
) -> None:
    await sent(engine, storage, classroom.teacher)
    held = await claimed(engine)
    judge.sandbox = False
    with pytest.raises(NoSandbox):
        await accepting.see_through(tools, held)
    showing = asyncio.create_task(Presence(engine, BOXLESS).show())
    async with at_work(tools), at_work(tools):
        await until_told(classroom.database, "problems.no_sandbox")
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)
    assert await states(classroom.database) == ["processing"]
    judge.sandbox = True
    async with at_work(tools):
        await until_states(classroom.database, "accepted")
    await until_told(classroom.database, "problems.no_sandbox", "problems.accepted")


async def until_told(database: asyncpg.Connection, *views: str) -> None:
    async with asyncio.timeout(15):
        while [row["view"] for row in await database.fetch(TOLD)] != [*views]:
            await asyncio.sleep(0.02)


async def test_two_workers_write_each_problem_once(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, another: UUID
) -> None:
    for number in range(4):
        await sent(engine, storage, classroom.teacher, problem(f"mine-{number}"))
        await sent(engine, storage, another, problem(f"theirs-{number}"))
    async with at_work(tools), at_work(tools):
        await until_states(classroom.database, *["accepted"] * 8)
    numbers = await classroom.database.fetch(
        "select version from problem_versions where slug ~ '^(mine|theirs)-'"
    )
    assert [row["version"] for row in numbers] == [1] * 8


class SlowAtFirst(ReadingJudge):
    """Takes too long on the first test, as programs do that go wrong elsewhere."""

    async def judge(self, task: Task, on_test: OnTest | None = None) -> Judged:
        judged = await super().judge(task, on_test)
        first = judged.outcomes[0]
        if "a + b" in task.program.source or not first.test_id.startswith("sample/"):
            return judged
        slow = replace(first, verdict=Verdict.TIME_LIMIT)
        rest = () if task.stop_at_failure else judged.outcomes[1:]
        return Judged(Verdict.TIME_LIMIT, (slow, *rest))


async def test_a_program_that_fails_in_another_way_first_may_fail_as_it_should_later(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools
) -> None:
    labelled = b"submissions:\n  - {label: wrong_answer, language: python, code: 'print(a - b)'}\n"
    await sent(engine, storage, classroom.teacher, problem("slow-first") + labelled)
    await accepting.see_through(replace(tools, judge=SlowAtFirst()), await claimed(engine))
    assert await states(classroom.database) == ["accepted"]


def large(slug: str) -> bytes:
    """A problem with a test that is stored as an object."""
    numbers = " ".join(["0"] * 40_000)
    return problem(slug) + f"  - {{input: 4 5 {numbers}, output: 9}}\n".encode()


async def test_a_problem_that_is_deleted_while_it_is_tried_leaves_nothing(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools
) -> None:
    await sent(engine, storage, classroom.teacher, large("gone"))
    held = await claimed(engine)
    keys: list[str] = []

    async def read_late(name: str, content: bytes) -> PackageRead:
        async with unit_of_work(engine) as work:
            keys.extend(await work.problems.delete_problem(classroom.teacher, "gone"))
        return await read(name, content)

    await accepting.see_through(replace(tools, read=read_late), held)
    assert keys == [held.archive_key]
    assert await states(classroom.database) == []
    assert await storage.list("problems/") == []


async def test_what_a_slow_worker_writes_again_takes_nothing_from_what_was_written(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools
) -> None:
    await sent(engine, storage, classroom.teacher, large("twice"))
    late = await claimed(engine)
    await classroom.database.execute(RUN_OUT)
    await accepting.see_through(tools, await claimed(engine))
    stored = await storage.list("problems/")
    assert len(stored) == 1
    await accepting.see_through(tools, late)
    assert await storage.list("problems/") == stored


@pytest.mark.parametrize("act", ["unshare", "delete"])
async def test_a_version_that_is_being_written_is_waited_for(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, act: str
) -> None:
    """Else it would stay shared, or its tests stored, whatever its owner does."""
    owner = classroom.teacher
    await sent(engine, storage, owner, problem("mine"))
    await accepting.see_through(tools, await claimed(engine))
    async with unit_of_work(engine) as work:
        await work.problems.set_visibility(owner, "mine", ProblemVisibility.SHARED)

    async def by_its_owner() -> None:
        async with unit_of_work(engine) as work:
            if act == "delete":
                keys.extend(await work.problems.delete_problem(owner, "mine"))
            else:
                await work.problems.set_visibility(owner, "mine", ProblemVisibility.PRIVATE)

    keys: list[str] = []
    second = large("mine")
    await sent(engine, storage, owner, second)
    held = await claimed(engine)
    package = (await read("sum.yaml", second)).package
    assert package is not None
    key = problem_key(held.lease.upload_id, "tests")
    test = NewTest("secret/01", True, Decimal(1), None, None, key, "9\n", None)
    async with unit_of_work(engine) as work:
        version = uploads.new_version(package, (test,))
        written, _ = await work.problems.write_version(held.lease, "other", version)
        assert written is Written.NEW
        acting = asyncio.create_task(by_its_owner())
        await until_somebody_waits(classroom.database)
    await acting
    left = await classroom.database.fetch(
        "select visibility::text from problem_versions where slug = 'mine'"
    )
    assert {row["visibility"] for row in left} == (set() if act == "delete" else {"private"})
    assert (key in keys) == (act == "delete")


async def test_a_race_for_a_name_has_one_winner(
    classroom: Classroom, engine: AsyncEngine, storage: Storage, tools: Tools, another: UUID
) -> None:
    for owner in (classroom.teacher, another):
        await sent(engine, storage, owner, problem("fresh"))
    held = [await claimed(engine), await claimed(engine)]
    await asyncio.gather(*(accepting.see_through(tools, one) for one in held))
    assert sorted(await states(classroom.database)) == ["accepted", "refused"]
    assert (
        await classroom.database.fetchval(
            "select count(*) from problem_versions where slug = 'fresh'"
        )
        == 1
    )


async def test_a_problem_is_taken_in_a_fixed_number_of_statements(
    classroom: Classroom,
    engine: AsyncEngine,
    storage: Storage,
    tools: Tools,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        ran.append(self.sql)
        return arguments(self, values)

    monkeypatch.setattr(Statement, "_arguments", counting)
    counts = []
    for tests in (1, 40):
        more = "".join(f"  - {{input: {n} 7, output: {n + 7}}}\n" for n in range(tests))
        content = problem(f"of-{tests}") + more.encode()
        await sent(engine, storage, classroom.teacher, content)
        held = await claimed(engine)
        ran.clear()
        await accepting.see_through(tools, held)
        counts.append(len(ran))
    assert counts == [8, 8]


async def test_nobodys_lease_is_nobodys(engine: AsyncEngine, classroom: Classroom) -> None:
    async with unit_of_work(engine) as work:
        assert not await work.problems.renew_upload(UploadLease(uuid4(), "w"))
