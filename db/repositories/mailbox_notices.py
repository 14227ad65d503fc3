"""What is told unasked: how it comes to be, and whether it is still needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    SmallInteger,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    join,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import (
    Class,
    ContentItem,
    Enrollment,
    Module,
    Notification,
    OutboxMessage,
    PracticeSession,
    User,
)
from db.models.notices import DROP_REASON, NOTICE_TYPE
from db.repositories.notices_courses import VISIBLE, handed_in, items_with_classes
from db.repositories.notices_telling import LEARNING
from db.statements import Statement
from domain.operations.records import DropReason, Notice, NoticeType

_INSTANT = DateTime(timezone=True)


def notice_rows(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Notices as the JSON that `NOTIFY_ALL` takes."""
    return [
        {
            "recipient_id": str(one.recipient_id),
            "type": one.kind,
            "title": one.title[:200],
            "view": one.view,
            "data": dict(one.data),
            "dedupe_key": one.dedupe_key,
            "expires_at": None if one.expires_at is None else one.expires_at.isoformat(),
            "content_item_id": None if one.content_item_id is None else str(one.content_item_id),
            "priority": int(one.priority),
        }
        for one in notices
    ]


def _notify_all() -> Statement:
    now = bindparam("now", type_=_INSTANT)
    given = (
        func.jsonb_to_recordset(bindparam("notices", type_=JSONB))
        .table_valued(
            column("recipient_id", Uuid()),
            column("type", NOTICE_TYPE),
            column("title", String),
            column("view", String),
            column("data", JSONB),
            column("dedupe_key", String),
            column("expires_at", _INSTANT),
            column("content_item_id", Uuid()),
            column("priority", SmallInteger),
        )
        .render_derived("given", with_types=True)
    )
    blocked = User.blocked_bot_at.is_not(None)
    told = (
        select(
            given,
            User.telegram_id,
            case((blocked, now)).label("dropped_at"),
            case((blocked, literal(DropReason.BLOCKED, DROP_REASON))).label("dropped_reason"),
        )
        .select_from(join(given, User, User.id == given.c.recipient_id))
        .where(User.is_active, User.telegram_id.is_not(None))
        .cte("told")
    )
    names = ("recipient_id", "type", "title", "dedupe_key", "content_item_id")
    ends = ("dropped_at", "dropped_reason")
    noted = (
        pg_insert(Notification)
        .from_select(
            [*names, *ends, "payload"],
            select(*(told.c[name] for name in (*names, *ends)), told.c.data),
        )
        .on_conflict_do_nothing(index_elements=[Notification.dedupe_key])
        .returning(Notification.id, Notification.dedupe_key, Notification.dropped_at)
        .cte("noted")
    )
    said = (
        pg_insert(OutboxMessage)
        .from_select(
            [
                *("bot_id", "user_id", "chat_id", "view", "data", "priority", "dedupe_key"),
                *("kind", "notification_id", "expires_at", "send_after"),
            ],
            select(
                bindparam("bot_id", type_=BigInteger),
                told.c.recipient_id,
                told.c.telegram_id,
                told.c.view,
                told.c.data,
                told.c.priority,
                told.c.dedupe_key,
                told.c.type,
                noted.c.id,
                told.c.expires_at,
                now,
            )
            .select_from(join(noted, told, told.c.dedupe_key == noted.c.dedupe_key))
            .where(noted.c.dropped_at.is_(None)),
        )
        .on_conflict_do_nothing(index_elements=[OutboxMessage.dedupe_key])
        .cte("said")
    )
    return Statement(select(func.count()).select_from(noted).add_cte(said))


NOTIFY_ALL = _notify_all()


def _is_one_of(*kinds: NoticeType) -> ColumnElement[bool]:
    return or_(*(OutboxMessage.kind == kind for kind in kinds))


def last_completed() -> ColumnElement[datetime | None]:
    """When the person of a message that reminds of practice last completed a session; read of no
    other message. Whose day that was is for a clock of zones to say, not for this server's."""
    latest = (
        select(func.max(PracticeSession.completed_at))
        .where(PracticeSession.student_id == OutboxMessage.user_id)
        .correlate(OutboxMessage)
    )
    reminds = _is_one_of(NoticeType.PRACTICE_REMINDER, NoticeType.STREAK_AT_RISK)
    return case((reminds, latest.scalar_subquery()))


def did_it(item_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the work that a message is about was handed in, or is due at another time, since; or
    the person does not see any more what it is about: withdrawn, or no class of theirs."""
    due = cast(cast(func.extract("epoch", ContentItem.due_date), BigInteger), String)
    seen = (
        select(ContentItem.id)
        .select_from(
            items_with_classes().join(
                Enrollment,
                and_(
                    Enrollment.class_id == Class.id,
                    Enrollment.user_id == OutboxMessage.__table__.c.user_id,
                    LEARNING,
                ),
            )
        )
        .where(ContentItem.id == item_id, VISIBLE)
        .correlate_except(ContentItem, Module, Class, Enrollment)
    )
    # A due date that was moved is another one, and reminded of by a message of its own.
    stands = seen.where(
        or_(
            OutboxMessage.kind != NoticeType.DUE_SOON,
            func.split_part(OutboxMessage.dedupe_key, ":", 4) == due,
        )
    )
    about_work = _is_one_of(NoticeType.DUE_SOON, NoticeType.WORK_OPENED)
    announced = and_(OutboxMessage.kind == NoticeType.ANNOUNCEMENT, item_id.is_not(None))
    return case(
        (about_work, or_(~stands.exists(), handed_in(OutboxMessage.__table__.c.user_id, item_id))),
        (announced, ~seen.exists()),
        else_=false(),
    )
