"""The statements that close practice sessions whose time has run out, compiled once."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    join,
    select,
    update,
)

from db.models import PracticeItem, PracticeSession, Problem, Response, Skill, Student
from db.repositories import practice_skills
from db.statements import Statement
from domain.practice.records import (
    ItemResult,
    ItemState,
    SessionKind,
    SessionResult,
    SessionStatus,
)
from domain.practice.skills import Skill as SkillRecord


def _close_expired() -> Statement:
    """One row an item of what is closed."""
    expired = (
        select(PracticeSession.id)
        .where(
            PracticeSession.kind == SessionKind.PRACTICE,
            PracticeSession.status == SessionStatus.IN_PROGRESS,
            PracticeSession.expires_at <= bindparam("now", type_=DateTime(timezone=True)),
        )
        .order_by(PracticeSession.expires_at)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(key_share=True, skip_locked=True)
        .cte("expired")
    )
    closed = (
        update(PracticeSession)
        .where(PracticeSession.id == expired.c.id)
        .values(status=SessionStatus.ABANDONED)
        .returning(
            PracticeSession.id,
            PracticeSession.student_id,
            PracticeSession.status,
            PracticeSession.started_at,
            PracticeSession.total_time_seconds,
        )
        .cte("closed")
    )
    last = (
        select(Response.is_correct)
        .where(Response.item_id == PracticeItem.id)
        .order_by(Response.try_number.desc())
        .limit(1)
        .scalar_subquery()
    )
    right = and_(PracticeItem.state == ItemState.ANSWERED, func.coalesce(last, False))
    return Statement(
        select(
            closed,
            PracticeItem.position,
            Problem.topic,
            PracticeItem.state,
            right.label("is_correct"),
            PracticeItem.tries,
            PracticeItem.hints_shown,
        )
        .select_from(
            join(closed, PracticeItem, PracticeItem.session_id == closed.c.id).join(
                Problem, Problem.id == PracticeItem.problem_id
            )
        )
        .order_by(closed.c.id, PracticeItem.position)
    )


CLOSE_EXPIRED = _close_expired()


def _skills_of() -> Statement:
    """Of students, each practised topic of their class that has problems."""
    students = func.unnest(bindparam("student_ids", type_=ARRAY(Uuid())))
    taught = exists().where(
        Problem.grade == Student.grade,
        Problem.topic == Skill.topic,
        Problem.is_active,
        Problem.withdrawn_at.is_(None),
    )
    return Statement(
        select(Skill.student_id, Skill.topic, *practice_skills.COLUMNS)
        .select_from(join(Skill, Student, Student.user_id == Skill.student_id))
        .where(Skill.student_id.in_(select(students)), taught)
        .order_by(Skill.student_id, Skill.topic)
    )


SKILLS_OF = _skills_of()


def result(rows: Sequence[asyncpg.Record]) -> SessionResult:
    """A session, of a row for each of its items."""
    first = rows[0]
    return SessionResult(
        id=first["id"],
        status=SessionStatus(first["status"]),
        started_at=first["started_at"],
        total_time_seconds=first["total_time_seconds"],
        items=tuple(
            ItemResult(
                position=row["position"],
                topic=row["topic"],
                state=ItemState(row["state"]),
                is_correct=row["is_correct"],
                tries=row["tries"],
                hints_shown=row["hints_shown"],
            )
            for row in rows
        ),
    )


def results(rows: Sequence[asyncpg.Record]) -> list[tuple[UUID, SessionResult]]:
    """Each student's session, of the rows of `CLOSE_EXPIRED`."""
    sessions = [list(items) for _, items in groupby(rows, key=lambda row: row["id"])]
    return [(items[0]["student_id"], result(items)) for items in sessions]


def skills_by_student(
    student_ids: Sequence[UUID], rows: Sequence[asyncpg.Record]
) -> Mapping[UUID, Mapping[str, SkillRecord | None]]:
    found: dict[UUID, dict[str, SkillRecord | None]] = {one: {} for one in student_ids}
    for row in rows:
        of_student = found[row["student_id"]]
        of_student[row["topic"]] = practice_skills.taken(dict(row), row["topic"])
    return found
