"""What the holder of a lease writes about a judging: statements, compiled once."""

from sqlalchemy import (
    Boolean,
    Integer,
    Interval,
    Numeric,
    String,
    Uuid,
    and_,
    bindparam,
    column,
    func,
    insert,
    join,
    null,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.models import CompileResult, Judging, TestResult
from db.models.submissions import JUDGE_VERDICT
from db.repositories.judging_statements import HELD, now, span
from db.statements import Statement
from domain.submissions.queueing import LEASE, REST_AFTER_ERROR
from domain.submissions.records import JudgingStatus


def _renew() -> Statement:
    """Prolongs leases; answers with those that nobody took over, also where judging has ended."""
    given = (
        func.jsonb_to_recordset(bindparam("leases", type_=JSONB))
        .table_valued(column("judging_id", Uuid()), column("worker", String))
        .render_derived("given", with_types=True)
    )
    own = and_(Judging.id == given.c.judging_id, Judging.worker == given.c.worker)
    renewed = (
        update(Judging)
        .where(own, Judging.status == JudgingStatus.PROCESSING)
        .values(lease_until=now() + span(LEASE))
        .returning(Judging.id)
        .cte("renewed")
    )
    return Statement(
        select(Judging.id, Judging.worker).select_from(join(Judging, given, own)).add_cte(renewed)
    )


RENEW = _renew()

GIVE_BACK = Statement(
    update(Judging)
    .where(HELD)
    .values(worker=null(), lease_until=now() + bindparam("after", type_=Interval))
)

COUNT_ERROR = Statement(
    update(Judging)
    .where(HELD)
    .values(
        worker=null(),
        lease_until=now() + span(REST_AFTER_ERROR),
        tries=Judging.tries + 1,
    )
    .returning(Judging.tries)
)

FAIL = Statement(
    update(Judging)
    .where(HELD)
    .values(status=JudgingStatus.ERROR, lease_until=null(), ended_at=now())
)

POINTS = Numeric(8, 2)


def _complete() -> Statement:
    """All that judging found, if the lease is held: one row of the answer says whether."""
    done = (
        update(Judging)
        .where(HELD)
        .values(
            status=JudgingStatus.COMPLETED,
            lease_until=null(),
            ended_at=now(),
            verdict=bindparam("verdict", type_=JUDGE_VERDICT),
            score=bindparam("score", type_=POINTS),
            points=bindparam("points", type_=POINTS),
            execution_time_ms=bindparam("time_ms", type_=Integer),
            memory_usage_kb=bindparam("memory_kb", type_=Integer),
        )
        .returning(Judging.id)
        .cte("done")
    )
    compiled = (
        insert(CompileResult)
        .from_select(
            ["judging_id", "ok", "output", "time_ms"],
            select(
                done.c.id,
                bindparam("compiled", type_=Boolean),
                bindparam("compiler_said", type_=String),
                bindparam("compile_ms", type_=Integer),
            ).where(bindparam("compiled", type_=Boolean).is_not(None)),
        )
        .returning(CompileResult.judging_id)
        .cte("compiled")
    )
    given = (
        func.jsonb_to_recordset(bindparam("results", type_=JSONB))
        .table_valued(
            column("test_case_id", Uuid()),
            column("status", JUDGE_VERDICT),
            column("score", POINTS),
            column("stdout", String),
            column("stderr", String),
            column("execution_time_ms", Integer),
            column("memory_usage_kb", Integer),
            column("exit_code", Integer),
            column("signal", Integer),
            column("note", String),
        )
        .render_derived("given", with_types=True)
    )
    results = (
        insert(TestResult)
        .from_select(["judging_id", *(one.name for one in given.c)], select(done.c.id, given))
        .returning(TestResult.test_case_id)
        .cte("results")
    )
    counts = [
        select(func.count()).select_from(one).scalar_subquery() for one in (compiled, results)
    ]
    return Statement(select(done.c.id, *counts))


COMPLETE = _complete()
