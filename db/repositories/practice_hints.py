"""The statement that finds where hints are clicked through, compiled once."""

from typing import Any

from sqlalchemy import (
    Float,
    Integer,
    and_,
    bindparam,
    cast,
    func,
    join,
    select,
    update,
)

from db.models import PracticeItem, PracticeSession, Problem, Response
from db.statements import Statement
from domain.practice.records import ItemState, SessionKind

HINTS = 3


def _space_hints() -> Statement:
    """Every problem of which enough students were set at least once, so many of whom misused it.

    In practice: a quiz gives no hints.

    A student misused the hints of a problem if at any setting all of them were seen before the
    first try, or without one.
    """
    first_try = and_(Response.item_id == PracticeItem.id, Response.try_number == 1)
    seen_before: Any = func.coalesce(Response.hints_used, PracticeItem.hints_shown)
    by_student = (
        select(
            PracticeItem.problem_id,
            func.bool_or(seen_before >= HINTS).label("misused"),
        )
        .select_from(
            join(
                join(PracticeItem, PracticeSession, PracticeItem.session_id == PracticeSession.id),
                Response,
                first_try,
                isouter=True,
            )
        )
        .where(
            PracticeItem.state != ItemState.WAITING,
            PracticeSession.kind == SessionKind.PRACTICE,
        )
        .group_by(PracticeItem.problem_id, PracticeSession.student_id)
        .subquery("by_student")
    )
    misused = func.avg(cast(cast(by_student.c.misused, Integer), Float))
    found = (
        select(by_student.c.problem_id)
        .group_by(by_student.c.problem_id)
        .having(
            func.count() >= bindparam("students", type_=Integer),
            misused >= bindparam("share", type_=Float),
        )
    )
    return Statement(
        update(Problem)
        .where(Problem.hints_spaced.is_(False), Problem.id.in_(found))
        .values(hints_spaced=True)
    )


SPACE_HINTS = _space_hints()
