"""A worker at work: what it writes, what it says, and what it gives back."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import asyncpg
import pytest

from db.presence import Presence
from db.repositories import gradebook, judging_leases, judging_notes, judging_statements
from db.repositories.judging_notes import BOXLESS, JUDGES
from db.statements import Statement
from db.unit_of_work import unit_of_work
from domain.storage import Storage
from domain.submissions import evaluation, queueing, sweeping
from domain.submissions.evaluation import Tools
from domain.submissions.queueing import Backlog
from domain.submissions.records import AttemptType
from tests.worker.classroom import BOT_ID, FIRST_STUDENT, SUM, TEACHER, WRONG, Classroom, Handed
from tests.worker.judges import BREAKS, HANGS, INTERNAL, ReadingJudge
from worker import judging
from worker.judging import JudgingWorker

NAMES = {
    id(value): name
    for module in (gradebook, judging_leases, judging_notes, judging_statements)
    for name, value in vars(module).items()
    if isinstance(value, Statement)
}


class Workshop:
    """A worker over a judge that reads, and the class whose work it judges."""

    def __init__(self, classroom: Classroom, storage: Storage) -> None:
        self.classroom = classroom
        self.judge = ReadingJudge()
        self.rung: Counter[int] = Counter()
        engine = classroom.engine
        self.tools = Tools(
            open=partial(unit_of_work, engine), judge=self.judge, storage=storage, ring=self._ring
        )
        self._engine = engine

    async def _ring(self, bot: int) -> None:
        self.rung[bot] += 1

    async def _show(self, able: bool) -> None:
        await Presence(self._engine, JUDGES if able else BOXLESS).show()

    @asynccontextmanager
    async def open(self, at_once: int = 2) -> AsyncIterator[JudgingWorker]:
        worker = JudgingWorker(self.tools, at_once, self._show)
        running = asyncio.create_task(worker.run())
        try:
            yield worker
            assert not running.done(), running.exception()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def ended(self, handed: Handed) -> asyncpg.Record:
        async def over() -> bool:
            return bool((await self.row(handed))["ended_at"])

        await until(over)
        return await self.row(handed)

    async def row(self, handed: Handed) -> asyncpg.Record:
        sql = "select * from judgings where id = $1"
        row = await self.classroom.database.fetchrow(sql, handed.judging_id)
        assert row is not None
        return row

    async def said(self, chat: int) -> list[tuple[str, dict[str, Any]]]:
        """What was said after the reply to Submit, in order."""
        rows = await self.classroom.database.fetch(
            "select view, data from outbox where chat_id = $1 and view <> 'submissions.queued'"
            " order by id",
            chat,
        )
        return [(row["view"], json.loads(row["data"])) for row in rows]

    async def shows(self, workers: int, without_sandbox: int) -> bool:
        seen = await self.backlog()
        return (seen.workers, seen.without_sandbox) == (workers, without_sandbox)

    async def backlog(self) -> Backlog:
        async with unit_of_work(self._engine) as work:
            return await work.judgings.backlog()


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.01)


@pytest.fixture
def workshop(classroom: Classroom, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(judging, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(judging, "SANDBOX_SECONDS", 0.05)
    return Workshop(classroom, storage)


async def test_a_right_program_gets_its_points_and_a_wrong_one_none(workshop: Workshop) -> None:
    first, second = workshop.classroom.students[:2]
    right = await workshop.classroom.hand_in(first, SUM)
    wrong = await workshop.classroom.hand_in(second, WRONG)
    async with workshop.open():
        one, other = await workshop.ended(right), await workshop.ended(wrong)
    assert (one["verdict"], one["score"], one["points"]) == ("pass", 10, 10)
    assert (other["verdict"], other["score"], other["points"]) == ("fail", 0, 10)
    [(view, data)] = await workshop.said(FIRST_STUDENT)
    assert view == "submissions.verdict"
    assert (data["verdict"], data["score"], data["points"]) == ("pass", "10", "10")
    assert (data["passed"], data["tests"], data["failed"]) == (3, 3, None)
    [(_, data)] = await workshop.said(FIRST_STUDENT + 1)
    failed = data["failed"]
    assert (failed["name"], failed["hidden"], failed["verdict"]) == ("sample", False, "fail")
    assert failed["input"] == "1 2\n"
    assert workshop.rung == {BOT_ID: 2}


async def test_a_test_run_sees_only_what_is_not_hidden(workshop: Workshop) -> None:
    run = await workshop.classroom.hand_in(
        workshop.classroom.students[0], kind=AttemptType.TEST_RUN
    )
    async with workshop.open():
        await workshop.ended(run)
    [task] = workshop.judge.tasks
    assert [one.input for one in task.tests] == [b"1 2\n"]


async def test_of_a_hidden_test_that_fails_nothing_is_shown(workshop: Workshop) -> None:
    await workshop.classroom.database.execute("set session_replication_role = replica")
    await workshop.classroom.database.execute("update test_cases set hidden = true")
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0], WRONG)
    async with workshop.open():
        await workshop.ended(handed)
    [(_, data)] = await workshop.said(FIRST_STUDENT)
    assert data["failed"] == {"number": 1, "hidden": True, "verdict": "fail"}


async def test_a_refused_program_keeps_what_the_compiler_said(workshop: Workshop) -> None:
    handed = await workshop.classroom.hand_in(
        workshop.classroom.students[0], "int main() {", language="cpp"
    )
    async with workshop.open():
        row = await workshop.ended(handed)
    assert (row["verdict"], row["score"], row["execution_time_ms"]) == ("compile_error", 0, None)
    kept = await workshop.classroom.database.fetchrow("select * from compile_results")
    assert kept is not None
    assert (kept["ok"], kept["output"], kept["time_ms"]) == (False, "expected '}'", 7)
    [(_, data)] = await workshop.said(FIRST_STUDENT)
    assert data["compiler"] == "expected '}'"


@pytest.mark.parametrize("source", [INTERNAL, BREAKS])
async def test_three_internal_errors_end_with_an_apology_and_the_teacher_is_told(
    workshop: Workshop, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0], source)
    async with workshop.open() as worker:
        for tries in (1, 2):

            async def counted(tries: int = tries) -> bool:
                return bool((await workshop.row(handed))["tries"] == tries)

            await until(counted)
            await workshop.classroom.database.execute("update judgings set lease_until = now()")
        row = await workshop.ended(handed)
        await worker.answer()
    assert (row["status"], row["verdict"], row["tries"]) == ("error", None, 2)
    assert [view for view, _ in await workshop.said(FIRST_STUDENT)] == [
        "submissions.judging_failed"
    ]
    [(view, data)] = await workshop.said(TEACHER)
    assert (view, data["number"]) == ("submissions.judging_failed_teacher", 1)


async def test_five_lost_leases_end_so_too(workshop: Workshop) -> None:
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0])
    for n in range(queueing.LOST_LEASES_AT_MOST):
        async with workshop.tools.open() as work:
            assert await work.judgings.claim(f"dead/{n}") is not None
        await workshop.classroom.database.execute(
            "update judgings set lease_until = now() - interval '1 second'"
        )
    async with workshop.open():
        row = await workshop.ended(handed)
    assert (row["status"], row["claims"]) == ("error", 5)
    assert workshop.judge.tasks == [], "what ends its workers is not tried a sixth time"
    assert len(await workshop.said(TEACHER)) == 1


async def test_a_worker_that_is_stopped_gives_its_lease_back_at_once(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(evaluation, "RUNNING_AFTER_SECONDS", 0.01)
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0], HANGS)
    async with workshop.open():
        await workshop.judge.hanging.wait()

        async def told() -> bool:
            return bool(await workshop.said(FIRST_STUDENT))

        await until(told)
    assert [view for view, _ in await workshop.said(FIRST_STUDENT)] == ["submissions.running"]
    async with workshop.tools.open() as work:
        claim = await work.judgings.claim("another")
    assert claim is not None
    assert claim.lease.judging_id == handed.judging_id
    assert (claim.lost, claim.tries) == (0, 0)


async def test_a_worker_whose_lease_was_taken_over_breaks_off(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "RENEW_SECONDS", 0.05)
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0], HANGS)
    async with workshop.open() as worker:
        await workshop.judge.hanging.wait()
        before = (await workshop.row(handed))["lease_until"]

        async def renewed() -> bool:
            return bool((await workshop.row(handed))["lease_until"] > before)

        await until(renewed)
        await workshop.classroom.database.execute(
            "update judgings set worker = 'another', lease_until = now() + interval '1 hour'"
        )

        async def broken_off() -> bool:
            return not worker.busy

        await until(broken_off)
    row = await workshop.row(handed)
    assert (row["worker"], row["status"]) == ("another", "processing")


async def test_without_a_sandbox_nothing_is_run_and_who_waits_is_told(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = await workshop.classroom.hand_in(workshop.classroom.students[0])
    await workshop.classroom.database.execute(
        "update judgings set queued_at = now() - interval '1 minute'"
    )
    workshop.judge.sandbox = False
    async with workshop.open():

        async def told() -> bool:
            return bool(await workshop.said(FIRST_STUDENT))

        await until(told)
        await until(partial(workshop.shows, 0, 1))
        backlog = await workshop.backlog()
        assert (backlog.waiting, backlog.judging) == (1, 0)
        assert backlog.oldest_seconds > 59
        assert (await workshop.row(handed))["status"] == "queued"
        workshop.judge.sandbox = True
        await workshop.ended(handed)
        await until(partial(workshop.shows, 1, 0))
    waiting, verdict = await workshop.said(FIRST_STUDENT)
    assert waiting == ("submissions.waiting", {"before": 0, "boxless": True})
    assert verdict[0] == "submissions.verdict"


async def test_who_waits_long_is_told_their_place_once(workshop: Workshop) -> None:
    for student in workshop.classroom.students[:3]:
        await workshop.classroom.hand_in(student)
    await workshop.classroom.database.execute(
        "update judgings set queued_at = queued_at - interval '1 minute'"
    )
    async with workshop.tools.open() as work:
        assert await work.judgings.claim("slow") is not None
    for _ in range(2):
        async with workshop.tools.open() as work:
            await sweeping.sweep(work)
    assert await workshop.said(FIRST_STUDENT) == []
    for n in (1, 2):
        assert await workshop.said(FIRST_STUDENT + n) == [
            ("submissions.waiting", {"before": n - 1, "boxless": False})
        ]


async def test_a_judging_costs_a_small_fixed_number_of_statements(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: Counter[str] = Counter()
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        ran[NAMES.get(id(self), "another")] += 1
        return arguments(self, values)

    for student in workshop.classroom.students[:5]:
        await workshop.classroom.hand_in(student)
    monkeypatch.setattr(Statement, "_arguments", counting)
    monkeypatch.setattr(judging, "LOOK_SECONDS", 60.0)
    async with workshop.open(at_once=1):

        async def done() -> bool:
            sql = "select count(*) from judgings where ended_at is not null"
            return bool(await workshop.classroom.database.fetchval(sql) == 5)

        await until(done)
    # The tests of a version are read once; the sixth claim finds nothing.
    once = {"BACKLOG": 1, "LONG_WAITING": 1, "TESTS": 1, "CLAIM": 6}
    each = dict.fromkeys(("COMPLETE", "ONE_AT_A_TIME", "RESULTS", "ENTER", "SAY"), 5)
    assert ran == once | each
