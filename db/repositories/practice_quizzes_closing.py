"""The statement that ends quiz sessions past their time, for everybody at once."""

from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Interval,
    Text,
    and_,
    bindparam,
    cast,
    func,
    join,
    literal,
    select,
    update,
)

from db.models import (
    Class,
    ContentItem,
    Enrollment,
    Module,
    PracticeSession,
    Quiz,
    User,
)
from db.repositories.notices_telling import LEARNING, NOW, REACHABLE, how_many, short_id, telling
from db.repositories.practice_quizzes_statements import COUNT, entered, most, score
from db.statements import Statement
from domain.operations.records import NoticeType
from domain.practice.records import SessionKind, SessionStatus

ENDED_VIEW = "notices.quiz_ended"


def _ended() -> CTE:
    """What a student is acting on now is left to the next time."""
    due = (
        select(PracticeSession.id)
        .where(
            PracticeSession.kind == SessionKind.QUIZ,
            PracticeSession.status == SessionStatus.IN_PROGRESS,
            PracticeSession.expires_at <= NOW,
        )
        .order_by(PracticeSession.expires_at)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(PracticeSession)
        .where(PracticeSession.id == due.c.id)
        .values(status=SessionStatus.COMPLETED, completed_at=PracticeSession.expires_at)
        .returning(
            PracticeSession.id,
            PracticeSession.student_id,
            PracticeSession.content_item_id,
            PracticeSession.problems_correct.label("correct"),
            COUNT.label("count"),
            PracticeSession.completed_at.label("ended_at"),
        )
        .cte("ended")
    )


def _scored(ended: CTE) -> CTE:
    """Not of quizzes that are no more."""
    return (
        select(
            ended,
            score(ended.c.correct, ended.c.count, Quiz.points_total).label("score"),
            most(Quiz.points_total, ended.c.count).label("most"),
        )
        .select_from(join(ended, Quiz, Quiz.id == ended.c.content_item_id))
        .cte("scored")
    )


def _news(scored: CTE) -> CTE:
    """What those are told who see the quiz still."""
    source = join(scored, ContentItem, ContentItem.id == scored.c.content_item_id)
    source = join(source, Module, Module.id == ContentItem.module_id)
    source = join(source, Class, Class.id == Module.class_id)
    learns = and_(
        Enrollment.class_id == Class.id, Enrollment.user_id == scored.c.student_id, LEARNING
    )
    source = join(source, Enrollment, learns)
    source = join(source, User, and_(User.id == scored.c.student_id, REACHABLE))
    item_id: Any = ContentItem.id
    told: dict[str, Any] = {
        "title": ContentItem.title,
        "class_name": Class.name,
        "item": short_id(item_id),
        "correct": scored.c.correct,
        "count": scored.c.count,
        "score": scored.c.score,
        "max": scored.c.most,
    }
    pairs = [part for key, value in told.items() for part in (literal(key), value)]
    return (
        select(
            User.id.label("user_id"),
            User.telegram_id.label("chat_id"),
            ContentItem.title,
            item_id.label("item_id"),
            func.jsonb_build_object(literal("item"), told["item"]).label("payload"),
            (literal("quiz_ended:") + cast(scored.c.id, Text)).label("dedupe_key"),
            func.jsonb_build_object(*pairs).label("data"),
            (NOW + bindparam("notice", type_=Interval())).label("expires_at"),
        )
        .select_from(source)
        .where(ContentItem.is_published, Module.is_published, ~Class.is_archived)
        .cte("news")
    )


def _close_due() -> Statement:
    ended = _ended()
    scored = _scored(ended)
    told = telling(_news(scored), NoticeType.SESSION_ENDED, ENDED_VIEW)
    return Statement(select(how_many(ended)).add_cte(entered(scored).cte("entry"), told))


CLOSE_DUE = _close_due()
