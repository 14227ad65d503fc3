"""The statements of practice reminders and of streaks at risk, compiled once.

Both take turns (see domain/operations/turns.py): zones whose clocks have come to a time of day.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    ScalarSelect,
    String,
    Time,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    join,
    literal,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute

from db.models import ContentItem, PracticeSession, Streak, Student, User
from db.repositories.notices_telling import (
    INSTANT,
    REACHABLE,
    how_many,
    telling,
    variant,
)
from db.statements import Statement
from domain.operations.records import NoticeType, Priority
from domain.operations.turns import Turn

# A streak of one day is nothing to lose yet; one of two weeks is a milestone that nobody gives up.
AT_RISK_FROM = 2
LONG_FROM = 14


def _distinct(of: InstrumentedAttribute[Any], name: str) -> ScalarSelect[Any]:
    """The values of an indexed column, each found by one step down its index from the last one."""
    lowest = select(func.min(of).label("value"))
    steps = lowest.cte(name, recursive=True)
    following = select(func.min(of)).where(of > steps.c.value).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.value.is_not(None)))
    return select(func.array_agg(steps.c.value)).where(steps.c.value.is_not(None)).scalar_subquery()


# The rest of the transaction is planned without comparing each row with each, which a planner that
# thinks them few would choose: a million are then read from end to end, once.
CLOCKS_IN_USE = Statement(
    select(
        _distinct(User.timezone, "zones").label("zones"),
        _distinct(Student.reminder_time, "times").label("times"),
        func.set_config("enable_nestloop", "off", True).label("nested_loops"),
    )
)


def turn_values(turns: Sequence[Turn]) -> dict[str, Any]:
    """Turns as the statements take them."""
    return {
        "turns": [
            {
                "zone": one.zone,
                "day": one.day.isoformat(),
                "number": one.day.toordinal(),
                "at": one.at.isoformat(),
                "day_began": one.day_began.isoformat(),
                "unbroken_from": one.unbroken_from.isoformat(),
                "expires_at": one.expires_at.isoformat(),
            }
            for one in turns
        ],
        "zones": sorted({one.zone for one in turns}),
        "times": sorted({one.at for one in turns}),
        "days_began": min(one.day_began for one in turns),
    }


_TURN = (
    func.jsonb_to_recordset(bindparam("turns", type_=JSONB))
    .table_valued(
        column("zone", String),
        column("day", Date),
        column("number", Integer),
        column("at", Time),
        column("day_began", INSTANT),
        column("unbroken_from", Date),
        column("expires_at", INSTANT),
    )
    .render_derived("turn", with_types=True)
)


def _whose_turn() -> FromClause:
    """The turns with the people of their zones.

    The zones are given twice, since of a plain list the planner knows how many people they have.
    """
    zones = bindparam("zones", type_=ARRAY(String))
    here = and_(User.timezone == _TURN.c.zone, User.timezone == any_(zones), REACHABLE)
    return join(_TURN, User, here)


def _news(
    kind: NoticeType, streak: ColumnElement[int], people: FromClause, *conditions: Any
) -> CTE:
    day = cast(_TURN.c.day, String)
    data = func.jsonb_build_object(
        "day", day, "streak", streak, "variant", variant(_TURN.c.number), type_=JSONB
    )
    return (
        select(
            User.id.label("user_id"),
            User.telegram_id.label("chat_id"),
            literal(kind.value).label("title"),
            literal({}, JSONB).label("payload"),
            cast(null(), ContentItem.id.type).label("item_id"),
            func.concat_ws(":", kind.value, User.id, day, type_=String).label("dedupe_key"),
            data.label("data"),
            _TURN.c.expires_at,
            streak.label("streak"),
            case(
                (streak >= LONG_FROM, int(Priority.REMINDER_OF_LONG_STREAK)),
                (streak >= AT_RISK_FROM, int(Priority.REMINDER_OF_STREAK)),
                else_=int(Priority.REMINDER),
            ).label("priority"),
        )
        .select_from(people)
        .where(*conditions)
        .cte("news")
    )


def _remind_of_practice() -> Statement:
    """Whoever has most to lose comes first: not all may be sent in time."""
    times = bindparam("times", type_=ARRAY(Time))
    students = and_(
        Student.user_id == User.id,
        Student.reminder_time == _TURN.c.at,
        Student.reminder_time == any_(times),
        Student.grade.is_not(None),
    )
    people = _whose_turn().join(Student, students)
    people = people.join(Streak, Streak.student_id == Student.user_id, isouter=True)
    stands = Streak.last_practice_date >= _TURN.c.unbroken_from
    streak = case((stands, Streak.current_streak), else_=0)
    completed = select(PracticeSession.id).where(
        PracticeSession.student_id == Student.user_id,
        PracticeSession.completed_at >= _TURN.c.day_began,
        PracticeSession.completed_at >= bindparam("days_began", type_=INSTANT),
    )
    kind = NoticeType.PRACTICE_REMINDER
    news = _news(kind, streak, people, ~completed.exists())
    told = telling(news, kind, "notices.practice_reminder", "priority", "streak")
    return Statement(select(how_many(told)))


REMIND_OF_PRACTICE = _remind_of_practice()


def _warn_of_streaks() -> Statement:
    """Those whose streak stands and has not grown today."""
    at_risk = and_(
        Streak.student_id == User.id,
        Streak.current_streak >= AT_RISK_FROM,
        Streak.last_practice_date >= _TURN.c.unbroken_from,
        Streak.last_practice_date < _TURN.c.day,
    )
    kind = NoticeType.STREAK_AT_RISK
    news = _news(kind, Streak.__table__.c.current_streak, _whose_turn().join(Streak, at_risk))
    told = telling(news, kind, "notices.streak_at_risk", Priority.NOTICE, "streak")
    return Statement(select(how_many(told)))


WARN_OF_STREAKS = _warn_of_streaks()
