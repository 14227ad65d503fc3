"""The statements that read practice, compiled once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Uuid,
    and_,
    bindparam,
    func,
    join,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from db.models import PracticeItem, PracticeSession, Problem, Response
from db.repositories import practice_skills
from db.statements import Statement
from domain.practice.records import ItemState, SessionKind, SessionStatus
from domain.practice.selection import PROBLEMS

_ITEMS_WITH_SESSIONS = join(
    PracticeItem, PracticeSession, PracticeItem.session_id == PracticeSession.id
)
LATEST_SESSIONS = 60
"""Of a student, when problems are chosen: 300 problems, each of a class's three times."""


def _item_columns() -> tuple[list[ColumnElement[Any]], FromClause]:
    """What `Item` is made of, and where it comes from."""
    following = aliased(PracticeItem)
    next_id = (
        select(following.id)
        .where(
            following.session_id == PracticeItem.session_id,
            following.state == ItemState.WAITING,
            following.position > PracticeItem.position,
        )
        .order_by(following.position)
        .limit(1)
        .scalar_subquery()
    )
    last_tried_at = (
        select(func.max(Response.evaluated_at))
        .where(Response.item_id == PracticeItem.id)
        .scalar_subquery()
    )
    columns: list[ColumnElement[Any]] = [
        PracticeItem.id.label("id"),
        PracticeItem.session_id.label("session_id"),
        PracticeSession.status.label("session_status"),
        PracticeSession.expires_at.label("expires_at"),
        PracticeItem.position.label("position"),
        func.jsonb_array_length(PracticeSession.problem_ids).label("count"),
        PracticeItem.problem_id.label("problem_id"),
        Problem.written_at.label("written_at"),
        Problem.topic.label("topic"),
        Problem.difficulty.label("difficulty"),
        *practice_skills.COLUMNS,
        Problem.question_en.label("question_en"),
        Problem.question_bn.label("question_bn"),
        Problem.answer.label("answer"),
        Problem.answer_kind.label("answer_kind"),
        Problem.answer_form.label("answer_form"),
        Problem.answer_tolerance.label("answer_tolerance"),
        Problem.unit.label("unit"),
        Problem.unit_required.label("unit_required"),
        PracticeItem.seed.label("seed"),
        Problem.parameters.label("parameters"),
        Problem.conditions.label("conditions"),
        Problem.hints.label("hints"),
        Problem.hints_spaced.label("hints_spaced"),
        Problem.solution_en.label("solution_en"),
        Problem.solution_bn.label("solution_bn"),
        PracticeItem.hints_shown.label("hints_shown"),
        PracticeItem.tries.label("tries"),
        PracticeItem.state.label("state"),
        PracticeItem.confidence.label("confidence"),
        PracticeItem.opened_at.label("opened_at"),
        last_tried_at.label("last_tried_at"),
        PracticeItem.reported_at.label("reported_at"),
        next_id.label("next_id"),
        PracticeItem.postponed.label("postponed"),
    ]
    source = join(
        _ITEMS_WITH_SESSIONS,
        Problem,
        PracticeItem.problem_id == Problem.id,
    )
    return columns, source


ITEM_COLUMNS, _SOURCE = _item_columns()
STUDENTS_ITEMS = (
    select(*ITEM_COLUMNS)
    .select_from(practice_skills.beside(_SOURCE))
    .where(PracticeSession.student_id == bindparam("student_id", type_=Uuid()))
)
"""Of a student's sessions, practice and quizzes."""

LOAD_ITEM = Statement(STUDENTS_ITEMS.where(PracticeItem.id == bindparam("item_id", type_=Uuid())))

CURRENT_ITEMS = Statement(
    STUDENTS_ITEMS.where(
        PracticeSession.status == SessionStatus.IN_PROGRESS,
        PracticeSession.kind == SessionKind.PRACTICE,
        PracticeItem.state == ItemState.WAITING,
    )
    .order_by(PracticeItem.position)
    .limit(2)
)


def _session_result() -> Statement:
    """One row an item; whether its last try was right comes from the responses."""
    last = (
        select(Response.is_correct)
        .where(Response.item_id == PracticeItem.id)
        .order_by(Response.try_number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return Statement(
        select(
            PracticeSession.id,
            PracticeSession.status,
            PracticeSession.started_at,
            PracticeSession.total_time_seconds,
            PracticeItem.position,
            Problem.topic,
            PracticeItem.state,
            and_(PracticeItem.state == ItemState.ANSWERED, func.coalesce(last, False)).label(
                "is_correct"
            ),
            PracticeItem.tries,
            PracticeItem.hints_shown,
        )
        .select_from(_SOURCE)
        .where(PracticeSession.id == bindparam("session_id", type_=Uuid()))
        .order_by(PracticeItem.position)
    )


SESSION_RESULT = _session_result()


def _candidates() -> Statement:
    """Every problem of a grade that may be set, with what this student did with it, in one pass.

    Only the latest sessions are looked at, so that years of practice cost no more than weeks; what
    was set before them counts as never set, and so does what a quiz asked. A topic's skill comes
    with one of its problems only: it is long.
    """
    latest = (
        select(PracticeSession.id, PracticeSession.started_at)
        .where(
            PracticeSession.student_id == bindparam("student_id", type_=Uuid()),
            PracticeSession.kind == SessionKind.PRACTICE,
        )
        .order_by(PracticeSession.created_at.desc())
        .limit(LATEST_SESSIONS)
        .subquery("latest")
    )
    # A limit keeps the planner from reading everybody's items instead of these few by index.
    item = (
        select(PracticeItem.id, PracticeItem.problem_id)
        .where(PracticeItem.session_id == latest.c.id)
        .limit(PROBLEMS)
        .lateral("item")
    )
    settings = (
        select(
            item.c.problem_id,
            func.count().label("times_set"),
            func.max(latest.c.started_at).label("last_set_at"),
            func.array_agg(aggregate_order_by(Response.is_correct, latest.c.started_at.desc()))
            .filter(Response.id.is_not(None))
            .label("first_tries"),
        )
        .select_from(
            join(
                join(latest, item, literal(True)),
                Response,
                and_(Response.item_id == item.c.id, Response.try_number == 1),
                isouter=True,
            )
        )
        .group_by(item.c.problem_id)
        .subquery("settings")
    )
    # What a quiz is asking this student now is no practice: that would show its solution.
    in_a_quiz = (
        select(PracticeItem.problem_id)
        .select_from(_ITEMS_WITH_SESSIONS)
        .where(
            PracticeSession.student_id == bindparam("student_id", type_=Uuid()),
            PracticeSession.kind == SessionKind.QUIZ,
            PracticeSession.content_item_id.is_not(None),
            PracticeSession.status == SessionStatus.IN_PROGRESS,
        )
    )
    first = func.row_number().over(partition_by=Problem.topic, order_by=Problem.id) == 1
    return Statement(
        select(
            Problem.id,
            Problem.topic,
            Problem.difficulty,
            *practice_skills.columns_where(first),
            func.coalesce(settings.c.times_set, 0).label("times_set"),
            settings.c.last_set_at,
            settings.c.first_tries[1].label("first_try_correct"),
        )
        .select_from(
            practice_skills.beside(
                join(Problem, settings, Problem.id == settings.c.problem_id, isouter=True)
            )
        )
        .where(
            Problem.grade == bindparam("grade", type_=Integer),
            Problem.is_active,
            Problem.withdrawn_at.is_(None),
            Problem.id.not_in(in_a_quiz),
        )
    )


CANDIDATES = _candidates()
