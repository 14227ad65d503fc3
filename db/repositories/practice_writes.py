"""The statements that change practice, compiled once.

A whole answer is one statement: the item moves only if nobody moved it since it was read, and
the response, the session's counters, the next item and the skill hang on that move.
"""

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    String,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import PracticeItem, PracticeSession, Response
from db.models.practice import CONFIDENCE, ITEM_STATE, SESSION_KIND, SESSION_STATUS
from db.repositories.practice_skills import kept
from db.statements import Statement
from domain.practice.records import ItemState, SessionStatus

INSTANT = DateTime(timezone=True)
SEEDS = 2**31


def _moved_item(tries: ColumnElement[int], **more: ColumnElement[str]) -> CTE:
    """The item, moved to a new state, if it stands as it was read."""
    return (
        update(PracticeItem)
        .where(
            PracticeItem.id == bindparam("item_id", type_=Uuid()),
            PracticeItem.state == ItemState.WAITING,
            PracticeItem.tries == bindparam("tries", type_=Integer),
        )
        .values(tries=tries, state=bindparam("state", type_=ITEM_STATE), **more)
        .returning(PracticeItem.id, PracticeItem.session_id, PracticeItem.problem_id)
        .cte("moved")
    )


def _counted_session(moved: CTE) -> CTE:
    """Its session's counters; a session that is not open any more refuses by a missing row."""
    return (
        update(PracticeSession)
        .where(
            PracticeSession.id == select(moved.c.session_id).scalar_subquery(),
            PracticeSession.status == SessionStatus.IN_PROGRESS,
        )
        .values(
            total_time_seconds=PracticeSession.total_time_seconds
            + bindparam("seconds", type_=Integer),
            problems_correct=PracticeSession.problems_correct
            + bindparam("newly_correct", type_=Integer),
        )
        .returning(PracticeSession.id, PracticeSession.student_id)
        .cte("counted")
    )


def _opened_next(moved: CTE) -> CTE:
    """The next item, whose time starts now, where there is one and this one is over."""
    return (
        update(PracticeItem)
        .where(
            PracticeItem.id == bindparam("next_id", type_=Uuid()),
            PracticeItem.session_id == select(moved.c.session_id).scalar_subquery(),
        )
        .values(opened_at=bindparam("now", type_=INSTANT))
        .returning(PracticeItem.id)
        .cte("opened")
    )


def _store_answer() -> Statement:
    moved = _moved_item(PracticeItem.tries + 1, expected=bindparam("expected", type_=String))
    counted = _counted_session(moved)
    opened = _opened_next(moved)
    response = (
        insert(Response)
        .from_select(
            [
                "session_id",
                "item_id",
                "problem_id",
                "try_number",
                "student_answer",
                "is_correct",
                "time_spent_seconds",
                "hints_used",
                "hints_viewed",
                "evaluated_at",
                "confidence_level",
            ],
            select(
                moved.c.session_id,
                moved.c.id,
                moved.c.problem_id,
                bindparam("tries", type_=Integer) + 1,
                bindparam("answer", type_=String),
                bindparam("newly_correct", type_=Integer) > 0,
                bindparam("seconds", type_=Integer),
                bindparam("hints_used", type_=Integer),
                bindparam("hints_viewed", type_=JSONB),
                bindparam("now", type_=INSTANT),
                bindparam("confidence", type_=CONFIDENCE),
            ).where(moved.c.session_id == select(counted.c.id).scalar_subquery()),
        )
        .returning(Response.id)
        .cte("response")
    )
    return Statement(
        select(select(func.count()).select_from(response).scalar_subquery()).add_cte(
            opened, kept(counted)
        )
    )


STORE_ANSWER = _store_answer()


def _leave_item() -> Statement:
    moved = _moved_item(PracticeItem.tries + 0)
    counted = _counted_session(moved)
    opened = _opened_next(moved)
    return Statement(
        select(select(func.count()).select_from(counted).scalar_subquery()).add_cte(
            opened, kept(counted)
        )
    )


LEAVE_ITEM = _leave_item()


def _create_session() -> Statement:
    """The session with its items in order, a seed each, the first one opened.

    None where a practice session is open, or the quiz was begun before.
    """
    session = (
        pg_insert(PracticeSession)
        .values(
            student_id=bindparam("student_id", type_=Uuid()),
            kind=bindparam("kind", type_=SESSION_KIND),
            content_item_id=bindparam("content_item_id", type_=Uuid()),
            started_at=bindparam("now", type_=INSTANT),
            expires_at=bindparam("expires_at", type_=INSTANT),
            problem_ids=func.to_jsonb(bindparam("problem_ids", type_=ARRAY(Uuid()))),
        )
        .on_conflict_do_nothing()
        .returning(PracticeSession.id)
        .cte("session")
    )
    chosen = (
        func.unnest(bindparam("problem_ids", type_=ARRAY(Uuid())))
        .table_valued("problem_id", with_ordinality="position")
        .render_derived()
    )
    first = chosen.c.position == 1
    items = (
        insert(PracticeItem)
        .from_select(
            ["session_id", "problem_id", "position", "seed", "opened_at"],
            select(
                session.c.id,
                chosen.c.problem_id,
                chosen.c.position,
                cast(func.floor(func.random() * SEEDS), BigInteger),
                case((first, bindparam("now", type_=INSTANT))),
            ).select_from(session.join(chosen, literal(True))),
        )
        .returning(PracticeItem.id)
        .cte("items")
    )
    return Statement(select(session.c.id).add_cte(items))


CREATE_SESSION = _create_session()


def _one_item() -> ColumnElement[bool]:
    return PracticeItem.id == bindparam("item_id", type_=Uuid())


SHOW_HINT = Statement(
    update(PracticeItem)
    .where(
        _one_item(),
        PracticeItem.state == ItemState.WAITING,
        PracticeItem.hints_shown == bindparam("hints_shown", type_=Integer),
    )
    .values(hints_shown=PracticeItem.hints_shown + 1)
)

REOPEN_ITEM = Statement(
    update(PracticeItem).where(_one_item()).values(opened_at=bindparam("now", type_=INSTANT))
)

SET_CONFIDENCE = Statement(
    update(PracticeItem)
    .where(_one_item(), PracticeItem.state == ItemState.WAITING)
    .values(confidence=bindparam("confidence", type_=CONFIDENCE))
)

REPORT_ITEM = Statement(
    update(PracticeItem)
    .where(_one_item(), PracticeItem.reported_at.is_(None))
    .values(reported_at=bindparam("now", type_=INSTANT))
)

CLOSE_SESSION = Statement(
    update(PracticeSession)
    .where(
        PracticeSession.id == bindparam("session_id", type_=Uuid()),
        PracticeSession.status == SessionStatus.IN_PROGRESS,
    )
    .values(
        status=bindparam("status", type_=SESSION_STATUS),
        completed_at=case(
            (
                bindparam("status", type_=SESSION_STATUS) == SessionStatus.COMPLETED,
                bindparam("now", type_=INSTANT),
            )
        ),
    )
)
