"""How a statement tells people something: for each a notice, once, and the message that says it."""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    String,
    and_,
    bindparam,
    case,
    column,
    func,
    join,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Class, Enrollment, Notification, OutboxMessage, User
from db.models.notices import NOTICE_TYPE
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.operations.records import NoticeType, Priority

INSTANT = DateTime(timezone=True)
NOW = bindparam("now", type_=INSTANT)
_BOT = bindparam("bot_id", type_=BigInteger)
_TURN = bindparam("turn", type_=Integer)
_KNOWN_ZONES = select(column("name", String)).select_from(table("pg_timezone_names"))
_MINUTES = 'YYYY-MM-DD"T"HH24:MI'

REACHABLE = and_(User.is_active, User.blocked_bot_at.is_(None), User.telegram_id.is_not(None))
LEARNING = and_(
    Enrollment.status == EnrollmentStatus.ACTIVE,
    Enrollment.role == EnrollmentRole.STUDENT,
    # Who owns a class teaches it, whatever an enrolment says.
    Class.owner_id.is_distinct_from(Enrollment.user_id),
)


def short_id(key: ColumnElement[Any]) -> ColumnElement[str]:
    """An id as buttons carry it: its 16 bytes in URL-safe Base64, 22 characters."""
    encoded = func.encode(func.uuid_send(key), literal("base64"))
    return func.rtrim(func.translate(encoded, "+/", "-_"), "=", type_=String)


def variant(day: ColumnElement[int] = _TURN) -> ColumnElement[int]:
    """Which of several texts says it: for each person another, and each day (a number) another."""
    return day + func.get_byte(func.uuid_send(User.id), 15)


def on_own_clock(instant: ColumnElement[Any]) -> ColumnElement[str | None]:
    """ISO, to the minute. A zone that this server does not know (Python's tables may be newer)
    must not keep everybody else from being told: its people read UTC."""
    zone = case((User.timezone.in_(_KNOWN_ZONES), User.timezone), else_=literal("UTC"))
    return func.to_char(func.timezone(zone, instant), _MINUTES, type_=String)


def everybody_of(items: FromClause) -> FromClause:
    """Items with their class (`items` has its id) and everybody in it that reads the bot."""
    source = join(items, Class, Class.id == items.c.class_id)
    source = join(source, Enrollment, and_(Enrollment.class_id == Class.id, LEARNING))
    return join(source, User, and_(User.id == Enrollment.user_id, REACHABLE))


def telling(
    news: CTE,
    kind: NoticeType,
    view: str,
    priority: Priority = Priority.NOTICE,
    urgency: ColumnElement[Any] | None = None,
) -> CTE:
    """The messages, one a row of `news`: user_id, chat_id, title, item_id, payload, dedupe_key,
    data, expires_at. Who was told of it before is not told again.

    Within their priority messages go in the order in which they were written: by `urgency`.
    """
    notices = (
        pg_insert(Notification)
        .from_select(
            ["recipient_id", "type", "title", "payload", "dedupe_key", "content_item_id"],
            select(
                news.c.user_id,
                literal(kind, NOTICE_TYPE),
                news.c.title,
                news.c.payload,
                news.c.dedupe_key,
                news.c.item_id,
            ),
        )
        .on_conflict_do_nothing(index_elements=[Notification.dedupe_key])
        .returning(Notification.id, Notification.dedupe_key)
        .cte("notices")
    )
    return (
        pg_insert(OutboxMessage)
        .from_select(
            [
                "bot_id",
                "user_id",
                "chat_id",
                "view",
                "data",
                "priority",
                "dedupe_key",
                "kind",
                "notification_id",
                "expires_at",
                "send_after",
            ],
            select(
                _BOT,
                news.c.user_id,
                news.c.chat_id,
                literal(view),
                news.c.data,
                literal(int(priority)),
                news.c.dedupe_key,
                literal(kind, NOTICE_TYPE),
                notices.c.id,
                news.c.expires_at,
                NOW,
            )
            .select_from(join(news, notices, notices.c.dedupe_key == news.c.dedupe_key))
            .order_by(urgency),
        )
        .on_conflict_do_nothing(index_elements=[OutboxMessage.dedupe_key])
        .returning(OutboxMessage.id)
        .cte("messages")
    )


def how_many(made: CTE) -> ColumnElement[int]:
    counted: ColumnElement[int] = select(func.count()).select_from(made).scalar_subquery()
    return counted
