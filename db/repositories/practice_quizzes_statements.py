"""The statements of quizzes that are answered, compiled once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Interval,
    Numeric,
    ScalarSelect,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    join,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import (
    Class,
    ContentItem,
    Enrollment,
    GradebookEntry,
    Module,
    PracticeItem,
    PracticeSession,
    Problem,
    Quiz,
    QuizProblem,
    Response,
)
from db.repositories.practice_reads import STUDENTS_ITEMS
from db.statements import Statement
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.gradebook.records import EntryStatus
from domain.practice.records import ItemState, SessionKind, SessionStatus

INSTANT = DateTime(timezone=True)
NOW = bindparam("now", type_=INSTANT)
ITEM = bindparam("item_id", type_=Uuid())
STUDENT = bindparam("student_id", type_=Uuid())
_POINTS = Numeric(8, 2)


def _set_now(chosen: Any, quiz_id: Any) -> Any:
    """Of the problems that a session begun now would ask."""
    return (
        select(chosen)
        .select_from(join(QuizProblem, Problem, Problem.id == QuizProblem.problem_id))
        .where(QuizProblem.quiz_id == quiz_id, Problem.withdrawn_at.is_(None))
    )


QUESTIONS = _set_now(func.count(), Quiz.id).scalar_subquery()
"""Of a quiz beside it."""


def session_of(student: Any) -> ColumnElement[bool]:
    """Beside a quiz: the one session that a student has of it."""
    return and_(
        PracticeSession.content_item_id == Quiz.id,
        PracticeSession.student_id == student,
        PracticeSession.kind == SessionKind.QUIZ,
    )


def answered() -> ScalarSelect[int]:
    """Of a session: how many of its questions are over."""
    return (
        select(func.count())
        .where(
            PracticeItem.session_id == PracticeSession.id,
            PracticeItem.state != ItemState.WAITING,
        )
        .scalar_subquery()
    )


COUNT = func.jsonb_array_length(PracticeSession.problem_ids)
_STANDING = (
    Quiz.points_total,
    QUESTIONS.label("questions"),
    PracticeSession.id,
    PracticeSession.status,
    PracticeSession.started_at,
    PracticeSession.expires_at,
    PracticeSession.completed_at,
    COUNT.label("count"),
    answered().label("answered"),
    PracticeSession.problems_correct.label("correct"),
)
STANDING = Statement(
    select(*_STANDING)
    .select_from(join(Quiz, PracticeSession, session_of(STUDENT), isouter=True))
    .where(Quiz.id == ITEM)
)

HOLD = Statement(select(ContentItem.id).where(ContentItem.id == ITEM).with_for_update(read=True))
PROBLEMS = Statement(_set_now(QuizProblem.problem_id, ITEM).order_by(QuizProblem.order_index))

_MINE = STUDENTS_ITEMS.where(
    PracticeSession.content_item_id == ITEM, PracticeSession.kind == SessionKind.QUIZ
)
WAITING = Statement(
    _MINE.add_columns(func.count().over().label("left"))
    .where(
        PracticeSession.status == SessionStatus.IN_PROGRESS,
        PracticeItem.state == ItemState.WAITING,
    )
    .order_by(PracticeItem.postponed, PracticeItem.position)
    .limit(2)
)


def _answered_item() -> Statement:
    def of_try(column: Any) -> ScalarSelect[Any]:
        return (
            select(column)
            .where(Response.item_id == PracticeItem.id, Response.try_number == 1)
            .scalar_subquery()
        )

    return Statement(
        _MINE.add_columns(
            of_try(Response.student_answer).label("given"),
            func.coalesce(of_try(Response.is_correct), False).label("is_correct"),
        ).where(PracticeItem.position == bindparam("position", type_=Integer))
    )


ANSWERED = _answered_item()


def _postpone() -> Statement:
    moved = (
        update(PracticeItem)
        .where(
            PracticeItem.id == bindparam("practice_item_id", type_=Uuid()),
            PracticeItem.state == ItemState.WAITING,
            PracticeItem.postponed == bindparam("postponed", type_=Integer),
            PracticeItem.session_id == PracticeSession.id,
            PracticeSession.status == SessionStatus.IN_PROGRESS,
        )
        .values(postponed=PracticeItem.postponed + 1)
        .returning(PracticeItem.session_id)
        .cte("moved")
    )
    timed = (
        update(PracticeSession)
        .where(PracticeSession.id == moved.c.session_id)
        .values(
            total_time_seconds=PracticeSession.total_time_seconds
            + bindparam("seconds", type_=Integer)
        )
        .returning(PracticeSession.id)
        .cte("timed")
    )
    opened = (
        update(PracticeItem)
        .where(
            PracticeItem.id == bindparam("following", type_=Uuid()),
            PracticeItem.session_id == moved.c.session_id,
        )
        .values(opened_at=NOW)
        .returning(PracticeItem.id)
        .cte("opened")
    )
    return Statement(
        select(select(func.count()).select_from(timed).scalar_subquery()).add_cte(opened)
    )


POSTPONE = _postpone()


def entered(source: FromClause) -> Any:
    """Gradebook entries of sessions that ended, in rows of student_id, content_item_id, score,
    most and ended_at. What is there already was settled by a person, unless it says that nothing
    was handed in."""
    adding = pg_insert(GradebookEntry).from_select(
        [
            "student_id",
            "content_item_id",
            "status",
            "score_obtained",
            "max_score",
            "submitted_at",
        ],
        select(
            source.c.student_id,
            source.c.content_item_id,
            cast(EntryStatus.GRADED, GradebookEntry.__table__.c.status.type),
            source.c.score,
            source.c.most,
            source.c.ended_at,
        ).where(source.c.content_item_id.is_not(None)),
    )
    changed = ("status", "score_obtained", "max_score", "submitted_at")
    return adding.on_conflict_do_update(
        index_elements=[GradebookEntry.student_id, GradebookEntry.content_item_id],
        set_={name: adding.excluded[name] for name in changed},
        where=or_(
            GradebookEntry.status == EntryStatus.MISSING,
            GradebookEntry.status == EntryStatus.PENDING,
        ),
    ).returning(GradebookEntry.id)


def _settle() -> Statement:
    at = bindparam("at", type_=INSTANT)
    ended = (
        update(PracticeSession)
        .where(
            PracticeSession.id == bindparam("session_id", type_=Uuid()),
            PracticeSession.kind == SessionKind.QUIZ,
            PracticeSession.status == SessionStatus.IN_PROGRESS,
            # An answer that came in meanwhile would be missing from the score.
            PracticeSession.problems_correct == bindparam("correct", type_=Integer),
        )
        .values(status=SessionStatus.COMPLETED, completed_at=at)
        .returning(
            PracticeSession.student_id,
            PracticeSession.content_item_id,
            cast(bindparam("score", type_=Numeric()), _POINTS).label("score"),
            cast(bindparam("most", type_=Numeric()), _POINTS).label("most"),
            PracticeSession.completed_at.label("ended_at"),
        )
        .cte("ended")
    )
    entry = entered(ended).cte("entry")
    return Statement(
        select(select(func.count()).select_from(ended).scalar_subquery()).add_cte(entry)
    )


SETTLE = _settle()


def most(points_total: Any, count: Any) -> ColumnElement[Any]:
    """The highest score; domain.practice.quizzes.most says the same of one session."""
    return cast(case((points_total > 0, points_total), else_=count), _POINTS)


def score(correct: Any, count: Any, points_total: Any) -> ColumnElement[Any]:
    """As domain.practice.quizzes.score; a test compares them."""
    return func.round(cast(correct, Numeric) * most(points_total, count) / count, 2)


def _up_next() -> Statement:
    source = join(Quiz, ContentItem, ContentItem.id == Quiz.id)
    source = join(source, Module, Module.id == ContentItem.module_id)
    source = join(source, Class, Class.id == Module.class_id)
    source = join(source, Enrollment, Enrollment.class_id == Class.id)
    return Statement(
        select(
            ContentItem.id.label("quiz_id"),
            ContentItem.title,
            Class.name.label("class_name"),
            ContentItem.due_date,
            *_STANDING,
        )
        .select_from(join(source, PracticeSession, session_of(STUDENT), isouter=True))
        .where(
            Enrollment.user_id == STUDENT,
            Enrollment.status == EnrollmentStatus.ACTIVE,
            Enrollment.role == EnrollmentRole.STUDENT,
            ContentItem.is_published,
            Module.is_published,
            ~Class.is_archived,
            func.coalesce(ContentItem.release_date <= NOW, True),
        )
    )


UP_NEXT = _up_next()

BEGUN = Statement(select(exists().where(PracticeSession.content_item_id == ITEM)))
FOLLOW_DUE_DATE = Statement(
    update(PracticeSession)
    .where(
        PracticeSession.content_item_id == ITEM,
        PracticeSession.kind == SessionKind.QUIZ,
        PracticeSession.status == SessionStatus.IN_PROGRESS,
        ContentItem.id == PracticeSession.content_item_id,
    )
    .values(
        expires_at=func.coalesce(
            ContentItem.due_date,
            PracticeSession.started_at + bindparam("without", type_=Interval()),
        )
    )
)
