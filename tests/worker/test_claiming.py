"""Who is served next, and whose a judging is."""

import asyncio
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories.judging_statements import CLAIM
from db.unit_of_work import unit_of_work
from domain.errors import Conflict
from domain.submissions.judging import Judged, Outcome, Verdict
from domain.submissions.queueing import Claim, Lease, Priority, Report, Result
from domain.submissions.records import JudgingReason
from tests.worker.classroom import Classroom, Handed

RUN_OUT = "update judgings set lease_until = now() - interval '1 second' where lease_until > now()"


async def claim(engine: AsyncEngine, worker: str = "w") -> Claim | None:
    claim.count += 1  # type: ignore[attr-defined]
    async with unit_of_work(engine) as work:
        return await work.judgings.claim(f"{worker}/{claim.count}")  # type: ignore[attr-defined]


claim.count = 0  # type: ignore[attr-defined]


async def claimed(engine: AsyncEngine) -> Claim:
    found = await claim(engine)
    assert found is not None
    return found


def report(classroom: Classroom) -> Report:
    outcomes = [
        Outcome(str(test), Verdict.ACCEPTED, 10 + n, 9000 - n, b"3\0\xff\n", exit_code=0)
        for n, test in enumerate(classroom.tests)
    ]
    results = [Result(one, Decimal(n)) for n, one in enumerate(outcomes)]
    return Report(Judged(Verdict.ACCEPTED, outcomes), results, Decimal(3), Decimal(10))


async def complete(engine: AsyncEngine, lease: Lease, what: Report) -> bool:
    async with unit_of_work(engine) as work:
        return await work.judgings.complete(lease, what)


async def test_one_persons_hundred_submissions_do_not_hold_up_a_class(
    classroom: Classroom, engine: AsyncEngine
) -> None:
    eager, *others = classroom.students
    for _ in range(100):
        await classroom.hand_in(eager)
    await classroom.database.execute("update judgings set queued_at = queued_at - interval '1 h'")
    for student in others:
        await classroom.hand_in(student)
        await classroom.hand_in(student)
    done = report(classroom)
    served = []
    for _ in range(3 * len(classroom.students)):
        one = await claimed(engine)
        served.append(one.student.user_id)
        assert await complete(engine, one.lease, done)
    first, second, third = served[:31], served[31:62], served[62:]
    # In each round everybody is served once; then only the eager one's wait.
    assert Counter(first) == Counter(classroom.students)
    assert Counter(second) == Counter(classroom.students)
    assert Counter(third) == Counter({eager: 31})


async def test_who_has_work_running_stands_behind_who_has_none(
    classroom: Classroom, engine: AsyncEngine
) -> None:
    eager, other = classroom.students[:2]
    for _ in range(5):
        await classroom.hand_in(eager)
    assert (await claimed(engine)).student.user_id == eager
    assert (await claimed(engine)).student.user_id == eager, "nobody else waits"
    await classroom.hand_in(other)
    await classroom.hand_in(other)
    served = [(await claimed(engine)).student.user_id for _ in range(5)]
    assert served == [other, other, eager, eager, eager]


async def test_what_is_judged_again_waits_for_all_else(
    classroom: Classroom, engine: AsyncEngine
) -> None:
    first, second = classroom.students[:2]
    handed = [await classroom.hand_in(first) for _ in range(3)]
    for _ in handed:
        assert await complete(engine, (await claimed(engine)).lease, report(classroom))
    async with unit_of_work(engine) as work:
        again = await work.judgings.requeue([one.attempt_id for one in handed])
        assert again == 3
        assert await work.judgings.requeue([handed[0].attempt_id]) == 0, "it waits already"
    await classroom.hand_in(second)
    served = [await claimed(engine) for _ in range(4)]
    assert [one.reason for one in served] == [JudgingReason.ATTEMPT] + 3 * [JudgingReason.REJUDGE]
    assert {one.problem_version_id for one in served} == {classroom.version}


async def test_an_attempt_has_one_open_judging(classroom: Classroom, engine: AsyncEngine) -> None:
    handed = await classroom.hand_in(classroom.students[0])
    with pytest.raises(Conflict):
        async with unit_of_work(engine) as work:
            await work.judgings.queue(
                handed.attempt_id, classroom.version, JudgingReason.REJUDGE, Priority.REJUDGE
            )


async def test_claimed_at_once_by_many_each_judging_has_one_worker(
    classroom: Classroom, engine: AsyncEngine
) -> None:
    handed = [await classroom.hand_in(student) for student in classroom.students]
    found = await asyncio.gather(*[claim(engine) for _ in range(40)])
    taken = [one.lease.judging_id for one in found if one is not None]
    assert sorted(taken) == sorted(one.judging_id for one in handed)


async def test_a_lost_lease_is_taken_over_and_its_first_worker_writes_nothing(
    classroom: Classroom, engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await classroom.hand_in(classroom.students[0])
    slow = await claimed(engine)
    assert slow.lost == 0
    assert await claim(engine) is None, "while the lease lives nobody else gets it"
    await database.execute(RUN_OUT)
    quick = await claimed(engine)
    assert (quick.lease.judging_id, quick.lost) == (slow.lease.judging_id, 1)
    async with unit_of_work(engine) as work:
        assert await work.judgings.renew([slow.lease, quick.lease]) == {quick.lease}
        assert not await work.judgings.give_back(slow.lease, timedelta(0))
        assert await work.judgings.count_error(slow.lease) is None
        assert not await work.judgings.fail(slow.lease)
        assert not await work.judgings.complete(slow.lease, report(classroom))
    assert await database.fetchval("select count(*) from test_results") == 0
    assert await complete(engine, quick.lease, report(classroom))
    assert not await complete(engine, quick.lease, report(classroom)), "once only"
    assert await claim(engine) is None


async def test_a_lease_that_is_given_back_is_free_at_once_and_does_not_count_as_lost(
    classroom: Classroom, engine: AsyncEngine
) -> None:
    await classroom.hand_in(classroom.students[0])
    first = await claimed(engine)
    async with unit_of_work(engine) as work:
        assert await work.judgings.give_back(first.lease, timedelta(0))
    again = await claimed(engine)
    assert (again.lost, again.tries) == (0, 0)
    async with unit_of_work(engine) as work:
        assert await work.judgings.count_error(again.lease) == 1
    assert await claim(engine) is None, "it rests before it is tried again"


async def test_results_are_kept_as_they_were_found(
    classroom: Classroom, engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    handed = await classroom.hand_in(classroom.students[0])
    assert await complete(engine, (await claimed(engine)).lease, report(classroom))
    row = await database.fetchrow("select * from judgings where id = $1", handed.judging_id)
    assert row is not None
    assert (row["status"], row["verdict"], row["score"], row["points"]) == (
        "completed", "pass", Decimal(3), Decimal(10),
    )  # fmt: skip
    # The slowest test's time and the hungriest one's memory: what the limits are about.
    assert (row["execution_time_ms"], row["memory_usage_kb"]) == (12, 9000)
    tests = await database.fetch("select * from test_results order by execution_time_ms")
    assert [one["test_case_id"] for one in tests] == classroom.tests
    assert {one["stdout"] for one in tests} == {"3\ufffd\ufffd\n"}
    assert [one["score"] for one in tests] == [0, 1, 2]
    assert await database.fetchval("select count(*) from compile_results") == 0


async def test_claiming_stays_quick_beside_a_long_history(
    classroom: Classroom, engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    handed: Handed = await classroom.hand_in(classroom.students[0])
    await database.execute(
        """
        insert into judgings (attempt_id, problem_version_id, status, verdict, score, points,
            queued_at, started_at, ended_at)
        select $1, $2, 'completed', 'pass', 1, 1, now(), now() - interval '1 day', now()
        from generate_series(1, 20000)
        """,
        handed.attempt_id,
        classroom.version,
    )
    await database.execute("analyze judgings")
    sql, values = CLAIM.sql, CLAIM._arguments({"worker": "w/x"})
    plan = "\n".join(row[0] for row in await database.fetch(f"explain {sql}", *values))
    assert "Seq Scan on judgings" not in plan, plan
