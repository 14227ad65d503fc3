"""The statements of streaks and progress, compiled once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    join,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import PracticeSession, Problem, Response, Streak
from db.statements import Statement
from domain.practice.records import SessionKind, SessionStatus

_STUDENT = bindparam("student_id", type_=Uuid())
_ZONE = bindparam("timezone", type_=String)
_SINCE = bindparam("since", type_=Date)

LOAD_STREAK = Statement(
    select(
        Streak.current_streak,
        Streak.longest_streak,
        Streak.last_practice_date,
        Streak.milestones_achieved,
    ).where(Streak.student_id == _STUDENT)
)


def _save_streak() -> Statement:
    values: dict[str, Any] = {
        "current_streak": bindparam("current_streak", type_=Integer),
        "longest_streak": bindparam("longest_streak", type_=Integer),
        "last_practice_date": bindparam("last_practice_date", type_=Date),
        "milestones_achieved": bindparam("milestones_achieved", type_=JSONB),
    }
    adding = pg_insert(Streak).values(student_id=_STUDENT, **values)
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Streak.student_id],
            set_={name: adding.excluded[name] for name in values},
        )
    )


SAVE_STREAK = _save_streak()


def _local_day(instant: Any) -> ColumnElement[Any]:
    """The date on the student's own clock."""
    return cast(func.timezone(_ZONE, instant), Date)


_MINE = PracticeSession.student_id == _STUDENT
_FIRST_TRIES = join(
    join(Response, PracticeSession, Response.session_id == PracticeSession.id),
    Problem,
    Response.problem_id == Problem.id,
)
_DAY = _local_day(Response.evaluated_at)
_RIGHT = func.count().filter(Response.is_correct)

# A quiz counts where its student handed it in with an answer: what the clock closed ends when its
# time is over.
_HANDED_IN = and_(
    PracticeSession.completed_at < PracticeSession.expires_at,
    exists().where(Response.session_id == PracticeSession.id),
)

PRACTICE_DAYS = Statement(
    select(_local_day(PracticeSession.completed_at).label("day"))
    .where(
        _MINE,
        PracticeSession.status == SessionStatus.COMPLETED,
        or_(PracticeSession.kind == SessionKind.PRACTICE, _HANDED_IN),
        _local_day(PracticeSession.completed_at) >= _SINCE,
    )
    .distinct()
)

# Progress knows no difference between practice and quizzes: a first try is one.
TOPIC_PROGRESS = Statement(
    select(Problem.topic, func.count().label("tries"), _RIGHT.label("correct"))
    .select_from(_FIRST_TRIES)
    .where(_MINE, Response.try_number == 1, _DAY >= _SINCE)
    .group_by(Problem.topic)
    .order_by(func.count().desc(), Problem.topic)
)

# Weeks begin on Sunday, as they do in Bangladesh.
_WEEK = _DAY - cast(func.extract("dow", _DAY), Integer)

WEEK_PROGRESS = Statement(
    select(
        _WEEK.label("week"),
        func.count().label("tries"),
        _RIGHT.label("correct"),
        func.count(PracticeSession.id.distinct()).label("sessions"),
    )
    .select_from(_FIRST_TRIES)
    .where(_MINE, Response.try_number == 1, _DAY >= _SINCE)
    .group_by(_WEEK)
    .order_by(_WEEK)
)
