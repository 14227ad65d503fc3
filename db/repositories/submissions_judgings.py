"""The judging queue in the database; see `domain.submissions.queueing.JudgingRepository`."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg

from db.repositories import judging_leases as held
from db.repositories import judging_notes as notes
from db.repositories import judging_statements as statements
from db.repositories.mailbox_statements import saying_rows
from db.repositories.problems_rows import test_case
from domain.errors import Conflict
from domain.operations.records import Saying
from domain.problems.records import TestCase, TestGroup
from domain.submissions.judging import Checker, CheckerKind, Limits, Program
from domain.submissions.queueing import (
    Addressee,
    Backlog,
    Claim,
    Lease,
    Priority,
    Report,
    Result,
    Waiting,
)
from domain.submissions.records import AttemptType, JudgingReason

REPLACED = "\ufffd"
COMPILER_SAID_KEPT = 10240


class SqlJudgingRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def queue(
        self, attempt_id: UUID, problem_version_id: UUID, reason: JudgingReason, priority: Priority
    ) -> UUID:
        try:
            made = await statements.QUEUE.value(
                self._connection,
                attempt_id=attempt_id,
                version_id=problem_version_id,
                reason=reason,
                priority=int(priority),
            )
        except asyncpg.UniqueViolationError as error:
            raise Conflict("a judging of this attempt is open") from error
        return UUID(str(made))

    async def requeue(
        self, attempt_ids: Sequence[UUID], problem_version_id: UUID | None = None
    ) -> int:
        return await statements.REQUEUE.run(
            self._connection, attempt_ids=list(attempt_ids), version_id=problem_version_id
        )

    async def claim(self, worker: str) -> Claim | None:
        row = await statements.CLAIM.row(self._connection, worker=worker)
        return None if row is None else _claim(row, worker)

    async def tests(self, problem_version_id: UUID) -> Sequence[TestCase]:
        rows = await statements.TESTS.rows(self._connection, version_id=problem_version_id)
        return [test_case(dict(row)) for row in rows]

    async def renew(self, leases: Sequence[Lease]) -> frozenset[Lease]:
        rows = await held.RENEW.rows(
            self._connection,
            leases=[{"judging_id": str(one.judging_id), "worker": one.worker} for one in leases],
        )
        return frozenset(Lease(row["id"], row["worker"]) for row in rows)

    async def give_back(self, lease: Lease, after: timedelta = timedelta(0)) -> bool:
        given = await held.GIVE_BACK.run(self._connection, **_held(lease), after=after)
        return given == 1

    async def count_error(self, lease: Lease) -> int | None:
        tries = await held.COUNT_ERROR.value(self._connection, **_held(lease))
        return None if tries is None else int(tries)

    async def complete(self, lease: Lease, report: Report) -> bool:
        judged = report.judged
        compilation = judged.compilation
        outcomes = judged.outcomes
        row = await held.COMPLETE.row(
            self._connection,
            **_held(lease),
            verdict=judged.verdict,
            score=report.score,
            points=report.points,
            time_ms=max((one.time_ms for one in outcomes), default=None),
            memory_kb=max((one.memory_kb for one in outcomes), default=None),
            compiled=None if compilation is None else compilation.ok,
            compiler_said=_text(compilation.output) if compilation else None,
            compile_ms=compilation.time_ms if compilation else None,
            results=[_result_row(one) for one in report.results],
        )
        return row is not None

    async def fail(self, lease: Lease) -> bool:
        return await held.FAIL.run(self._connection, **_held(lease)) == 1

    async def say(self, sayings: Sequence[Saying], lease: Lease | None = None) -> frozenset[int]:
        rows = await notes.SAY.rows(
            self._connection,
            sayings=saying_rows(sayings),
            judging_id=lease and lease.judging_id,
            worker=lease and lease.worker,
        )
        return frozenset(int(row["bot_id"]) for row in rows)

    async def teachers(self, attempt_id: UUID) -> Sequence[Addressee]:
        rows = await notes.TEACHERS.rows(self._connection, attempt_id=attempt_id)
        return [Addressee(row["id"], row["telegram_id"]) for row in rows]

    async def long_waiting(self, limit: int) -> Sequence[Waiting]:
        rows = await notes.LONG_WAITING.rows(self._connection, limit=limit)
        return [
            Waiting(row["id"], Addressee(row["user_id"], row["telegram_id"]), int(row["before"]))
            for row in rows
        ]

    async def backlog(self) -> Backlog:
        row = await notes.BACKLOG.row(self._connection)
        if row is None:
            raise LookupError("an aggregate without a row")
        return Backlog(
            waiting=row["waiting"],
            oldest_seconds=float(row["oldest_seconds"]),
            judging=row["judging"],
            workers=row["workers"],
            without_sandbox=row["without_sandbox"],
        )


def _held(lease: Lease) -> dict[str, object]:
    return {"judging_id": lease.judging_id, "worker": lease.worker}


def _claim(row: asyncpg.Record, worker: str) -> Claim:
    worth = row["custom_points"]
    return Claim(
        lease=Lease(row["id"], worker),
        lost=row["claims"],
        tries=row["tries"],
        reason=JudgingReason(row["reason"]),
        attempt_id=row["attempt_id"],
        assignment_problem_id=row["assignment_problem_id"],
        attempt_number=row["attempt_number"],
        type=AttemptType(row["type"]),
        student=Addressee(row["student_id"], row["telegram_id"]),
        language=row["language"],
        code_key=row["code_blob_ref"],
        problem_version_id=row["problem_version_id"],
        settled=row["published_at"] is not None,
        title=row["title"],
        title_bn=row["title_bn"],
        limits=Limits(row["time_limit_ms"], row["memory_limit_kb"], row["output_limit_kb"]),
        checker=_checker(row),
        groups=[TestGroup(one["name"], Decimal(str(one["points"]))) for one in row["test_groups"]],
        worth=None if worth is None else Decimal(worth),
    )


def _checker(row: asyncpg.Record) -> Checker:
    source = row["checker_source"]
    return Checker(
        CheckerKind(row["checker"]),
        row["checker_absolute"],
        row["checker_relative"],
        row["checker_case_sensitive"],
        None if source is None else Program(row["checker_language"], source),
        tuple(row["checker_arguments"]),
    )


def _result_row(result: Result) -> dict[str, object]:
    one = result.outcome
    return {
        "test_case_id": one.test_id,
        "status": one.verdict,
        "score": str(result.points),
        "stdout": _text(one.stdout.decode("utf-8", "replace")),
        "stderr": _text(one.stderr.decode("utf-8", "replace")),
        "execution_time_ms": one.time_ms,
        "memory_usage_kb": one.memory_kb,
        "exit_code": one.exit_code,
        "signal": one.signal,
        "note": _text(one.note),
    }


def _text(written: str) -> str:
    """What PostgreSQL's text can hold of it: no NUL, no lone surrogate."""
    kept = written[:COMPILER_SAID_KEPT].encode("utf-8", "replace").decode("utf-8")
    return kept.replace("\0", REPLACED)
