"""How a statement tells people something: for each a notice, once, and the message that says it."""

from collections.abc import Mapping
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
    priority: Priority | str = Priority.NOTICE,
    urgency: str | None = None,
) -> CTE:
    """The messages, one a row of `news`: user_id, chat_id, title, item_id, payload, dedupe_key,
    data, expires_at. Who was told of it before is not told again.

    A `priority` that is a name is a column of `news`.
    Within their priority messages go in the order in which they were written: the greatest
    `urgency` (a column of `news`) first.
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
    # Whatever the planner believes about their number, the two meet in one pass: unlike any other,
    # a full join is never everybody compared with everybody.
    pairs = (
        select(news, notices.c.id.label("notice_id"))
        .select_from(join(news, notices, notices.c.dedupe_key == news.c.dedupe_key, full=True))
        .cte("pairs")
        .prefix_with("materialized")
    )
    message: Mapping[str, Any] = {
        "bot_id": _BOT,
        "user_id": pairs.c.user_id,
        "chat_id": pairs.c.chat_id,
        "view": literal(view),
        "data": pairs.c.data,
        "priority": pairs.c[priority] if isinstance(priority, str) else literal(int(priority)),
        "dedupe_key": pairs.c.dedupe_key,
        "kind": literal(kind, NOTICE_TYPE),
        "notification_id": pairs.c.notice_id,
        "expires_at": pairs.c.expires_at,
        "send_after": NOW,
    }
    told = select(*message.values()).where(pairs.c.notice_id.is_not(None))
    if urgency is not None:
        told = told.order_by(pairs.c[urgency].desc())
    return (
        pg_insert(OutboxMessage)
        .from_select(list(message), told)
        .on_conflict_do_nothing(index_elements=[OutboxMessage.dedupe_key])
        .returning(OutboxMessage.id)
        .cte("messages")
    )


def how_many(made: CTE) -> ColumnElement[int]:
    counted: ColumnElement[int] = select(func.count()).select_from(made).scalar_subquery()
    return counted
