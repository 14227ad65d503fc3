"""What is told unasked: how it comes to be, and whether it is still needed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    SmallInteger,
    String,
    Uuid,
    bindparam,
    case,
    column,
    func,
    join,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Notification, OutboxMessage, User
from db.models.notices import DROP_REASON, NOTICE_TYPE
from db.statements import Statement
from domain.operations.records import DropReason, Notice

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
