"""Who is served next, and what waits: statements of the judging queue, compiled once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    DateTime,
    Interval,
    SmallInteger,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    column,
    func,
    insert,
    join,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from db.models import (
    AssignmentProblem,
    Judging,
    ProblemVersion,
    SubmissionAttempt,
    TestCase,
    User,
)
from db.models.submissions import JUDGING_REASON
from db.statements import Statement
from domain.submissions.queueing import LEASE, Priority
from domain.submissions.records import JudgingReason, JudgingStatus

# Who was served longer ago than this counts as not served: the order of waiting decides then.
MEMORY = timedelta(minutes=2)
INSTANT = DateTime(timezone=True)
JUDGING_ID = bindparam("judging_id", type_=Uuid())
WORKER = bindparam("worker", type_=String)


def now() -> ColumnElement[Any]:
    """When the statement began; its transaction may have begun long before."""
    return func.statement_timestamp(type_=INSTANT)


def span(length: timedelta) -> ColumnElement[Any]:
    return literal(length, Interval)


OPEN = Judging.ended_at.is_(None)
FREE = and_(OPEN, or_(Judging.status == JudgingStatus.QUEUED, Judging.lease_until < now()))
"""Waits for whoever comes: never claimed, given back and rested, or its lease ran out."""
HELD = and_(
    Judging.id == JUDGING_ID,
    Judging.worker == WORKER,
    Judging.status == JudgingStatus.PROCESSING,
)
"""The lease is its worker's still: even if it ran out, nobody else has taken it."""


def ranked() -> CTE:
    """All that waits, with what decides who is served next: the priority, then how many of the
    same student's are judged or stand before it, then who was served least recently, then age.

    So a student's hundredth waits for everybody's first, and whoever was just served for the
    others.
    """
    student = SubmissionAttempt.student_id
    judgings = join(Judging, SubmissionAttempt, SubmissionAttempt.id == Judging.attempt_id)
    running = (
        select(student, func.count().label("count"))
        .select_from(judgings)
        .where(OPEN, Judging.lease_until >= now(), Judging.worker.is_not(None))
        .group_by(student)
        .cte("running")
    )
    served = (
        select(student, func.max(Judging.started_at).label("at"))
        .select_from(judgings)
        .where(Judging.started_at > now() - span(MEMORY))
        .group_by(student)
        .cte("served")
    )
    before = func.row_number().over(
        partition_by=student, order_by=(Judging.priority, Judging.queued_at, Judging.id)
    )
    return (
        select(
            Judging.id,
            Judging.priority,
            (func.coalesce(running.c.count, 0) + before).label("turn"),
            served.c.at,
            Judging.queued_at,
        )
        .select_from(
            judgings.outerjoin(running, running.c.student_id == student).outerjoin(
                served, served.c.student_id == student
            )
        )
        .where(FREE)
        .cte("ranked")
    )


def order(waiting: CTE) -> list[ColumnElement[Any]]:
    line = waiting.c
    return [
        line.priority,
        line.turn,
        line["at"].asc().nulls_first(),
        line.queued_at,
        line.id,
    ]


def _claim() -> Statement:
    waiting = ranked()
    chosen = (
        select(Judging.id)
        .select_from(join(Judging, waiting, waiting.c.id == Judging.id))
        # Asked again of the row itself: another worker may have been quicker.
        .where(FREE)
        .order_by(*order(waiting))
        .limit(1)
        .with_for_update(of=Judging, skip_locked=True)
        .cte("chosen")
    )
    lost = and_(Judging.status == JudgingStatus.PROCESSING, Judging.worker.is_not(None))
    claimed = (
        update(Judging)
        .where(Judging.id == chosen.c.id)
        .values(
            status=JudgingStatus.PROCESSING,
            worker=WORKER,
            lease_until=now() + span(LEASE),
            started_at=now(),
            claims=Judging.claims + case((lost, 1), else_=0),
        )
        .returning(
            Judging.id,
            Judging.attempt_id,
            Judging.problem_version_id,
            Judging.reason,
            Judging.claims,
            Judging.tries,
        )
        .cte("claimed")
    )
    attempt, version = SubmissionAttempt, ProblemVersion
    return Statement(
        select(
            claimed,
            attempt.assignment_problem_id,
            attempt.attempt_number,
            attempt.type,
            attempt.student_id,
            attempt.language,
            attempt.code_blob_ref,
            AssignmentProblem.custom_points,
            User.telegram_id,
            version.title,
            version.title_bn,
            version.published_at,
            version.time_limit_ms,
            version.memory_limit_kb,
            version.output_limit_kb,
            version.checker,
            version.checker_absolute,
            version.checker_relative,
            version.checker_case_sensitive,
            version.checker_language,
            version.checker_source,
            version.checker_arguments,
            version.test_groups,
        )
        .select_from(claimed)
        .join(attempt, attempt.id == claimed.c.attempt_id)
        .join(version, version.id == claimed.c.problem_version_id)
        .join(AssignmentProblem, AssignmentProblem.id == attempt.assignment_problem_id)
        .join(User, User.id == attempt.student_id)
    )


CLAIM = _claim()

TESTS = Statement(
    select(*TestCase.__table__.columns)
    .where(TestCase.problem_version_id == bindparam("version_id", type_=Uuid()))
    .order_by(TestCase.ordinal)
)

QUEUE = Statement(
    insert(Judging)
    .values(
        attempt_id=bindparam("attempt_id", type_=Uuid()),
        problem_version_id=bindparam("version_id", type_=Uuid()),
        reason=bindparam("reason", type_=JUDGING_REASON),
        priority=bindparam("priority", type_=SmallInteger),
        queued_at=now(),
    )
    .returning(Judging.id)
)


def _requeue() -> Statement:
    """Attempts that were judged and are not open, queued once more."""
    wanted = (
        func.unnest(bindparam("attempt_ids", type_=ARRAY(Uuid())))
        .table_valued(column("id", Uuid()))
        .render_derived("wanted")
    )
    open_ones = select(Judging.id).where(OPEN, Judging.attempt_id == wanted.c.id)
    last = (
        select(Judging.problem_version_id)
        .where(Judging.attempt_id == wanted.c.id)
        .order_by(Judging.id.desc())
        .limit(1)
        .lateral("last")
    )
    again = select(
        wanted.c.id,
        func.coalesce(bindparam("version_id", type_=Uuid()), last.c.problem_version_id),
        literal(JudgingReason.REJUDGE, JUDGING_REASON),
        literal(int(Priority.REJUDGE), SmallInteger),
        now(),
    ).where(~open_ones.exists())
    return Statement(
        insert(Judging).from_select(
            ["attempt_id", "problem_version_id", "reason", "priority", "queued_at"], again
        )
    )


REQUEUE = _requeue()
