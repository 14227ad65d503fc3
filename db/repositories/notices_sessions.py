"""Telling students how sessions ended that ran out."""

from sqlalchemy import String, Text, Uuid, bindparam, column, func, join, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from db.models import ContentItem, User
from db.repositories.notices_telling import NOW, REACHABLE, how_many, telling
from db.statements import Statement
from domain.operations.records import NoticeType


def _tell_expired() -> Statement:
    given = (
        func.jsonb_to_recordset(bindparam("ended", type_=JSONB))
        .table_valued(
            column("student_id", Uuid()), column("session_id", Text), column("data", JSONB)
        )
        .render_derived("given", with_types=True)
    )
    news = (
        select(
            User.id.label("user_id"),
            User.telegram_id.label("chat_id"),
            literal("practice").label("title"),
            literal(None, ContentItem.__table__.c.id.type).label("item_id"),
            func.jsonb_build_object("session_id", given.c.session_id, type_=JSONB).label("payload"),
            func.concat("practice.expired:", given.c.session_id, type_=String).label("dedupe_key"),
            given.c.data,
            bindparam("until", type_=NOW.type).label("expires_at"),
        )
        .select_from(join(given, User, User.id == given.c.student_id))
        .where(REACHABLE)
        .cte("news")
    )
    messages = telling(news, NoticeType.SESSION_ENDED, "practice.expired")
    return Statement(select(how_many(messages)))


TELL_EXPIRED = _tell_expired()
