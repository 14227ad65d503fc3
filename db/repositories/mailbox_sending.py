"""The statements by which messages are sent: claimed, noted, freed; each compiled once."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    String,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    column,
    func,
    join,
    literal,
    null,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from db.models import Notification, OutboxMessage, User
from db.models.notices import DROP_REASON
from db.models.people import LANGUAGE
from db.repositories.mailbox_notices import did_it, last_completed
from db.repositories.mailbox_statements import CLAIMS, count_of
from db.statements import Statement
from domain.operations.records import SHOWN_ONCE, DropReason

_BOT = bindparam("bot_id", type_=BigInteger)
_INSTANT = DateTime(timezone=True)
_NOW = bindparam("now", type_=_INSTANT)
_WAITING = (OutboxMessage.sent_at.is_(None), OutboxMessage.failed_reason.is_(None))


def _stands_before() -> ColumnElement[bool]:
    """Whether what a message replaces, or an earlier replacement of that, is yet to be sent."""
    earlier = aliased(OutboxMessage, name="earlier")
    unsent = select(earlier.id).where(
        earlier.sent_at.is_(None),
        earlier.failed_reason.is_(None),
        earlier.id < OutboxMessage.id,
    )
    return or_(
        unsent.where(earlier.dedupe_key == OutboxMessage.edits_key).exists(),
        unsent.where(earlier.edits_key == OutboxMessage.edits_key).exists(),
    )


def _replaced() -> ColumnElement[int]:
    """Telegram's id of the message that is replaced; none if it never came to the chat."""
    original = aliased(OutboxMessage, name="original")
    by_key = select(original.message_id).where(
        original.dedupe_key == OutboxMessage.edits_key, original.chat_id == OutboxMessage.chat_id
    )
    return func.coalesce(OutboxMessage.edits_message_id, by_key.scalar_subquery())


def _due() -> Select[Any]:
    """The most urgent free messages, locked.

    One look at the index for each priority, and at the next one only for want of enough: what is
    to wait for a later instant, be it a night's notices, is never read.
    """
    limit = bindparam("limit", type_=Integer)
    priority = (
        func.generate_series(0, bindparam("least", type_=Integer))
        .table_valued(column("number", Integer))
        .render_derived("priority")
    )
    first = (
        select(OutboxMessage.id, OutboxMessage.user_id, OutboxMessage.notification_id)
        .where(
            OutboxMessage.bot_id == _BOT,
            OutboxMessage.priority == priority.c.number,
            *_WAITING,
            OutboxMessage.claimed_by.is_(None),
            OutboxMessage.send_after <= _NOW,
            or_(OutboxMessage.edits_key.is_(None), ~_stands_before()),
        )
        .order_by(OutboxMessage.send_after, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .correlate(priority)
        .lateral("first")
    )
    return select(first).select_from(join(priority, first, true())).limit(limit)


def _claim() -> Statement:
    """The most urgent free messages, the language their people read now, and, of what is told
    unasked, all that decides whether it may be said."""
    due = _due().cte("due")
    people = (
        select(
            due.c.id,
            User.language,
            User.timezone,
            User.settings,
            Notification.content_item_id,
        )
        .select_from(
            join(due, User, User.id == due.c.user_id, isouter=True).outerjoin(
                Notification, Notification.id == due.c.notification_id
            )
        )
        .subquery("people")
    )
    claimed = (
        update(OutboxMessage)
        .where(OutboxMessage.id == people.c.id)
        .values(claimed_by=bindparam("claimed_by", type_=Integer))
        .returning(
            OutboxMessage.id,
            OutboxMessage.user_id,
            OutboxMessage.chat_id,
            OutboxMessage.view,
            OutboxMessage.data,
            func.coalesce(people.c.language, OutboxMessage.language, literal("bn", LANGUAGE)).label(
                "language"
            ),
            _replaced().label("edits_message_id"),
            OutboxMessage.priority,
            OutboxMessage.send_after,
            OutboxMessage.tries,
            OutboxMessage.kind,
            OutboxMessage.expires_at,
            people.c.timezone,
            people.c.settings,
            last_completed().label("last_completed"),
            did_it(people.c.content_item_id).label("no_longer_needed"),
        )
        .cte("claimed")
    )
    shown = [one for one in claimed.c if one.name != "send_after"]
    return Statement(
        select(*shown).order_by(claimed.c.priority, claimed.c.send_after, claimed.c.id)
    )


CLAIM = _claim()


def _is_secret() -> ColumnElement[bool]:
    return or_(*(OutboxMessage.view == literal(one) for one in SHOWN_ONCE))


def _note() -> Statement:
    """How sending ended: sent, failed for good, or free again from `retry_at` on; and so also of
    the notices that were told by it."""
    given = (
        func.jsonb_to_recordset(bindparam("deliveries", type_=JSONB))
        .table_valued(
            column("id", Uuid()),
            column("message_id", BigInteger),
            column("failed_reason", Text),
            column("retry_at", _INSTANT),
            column("dropped", DROP_REASON),
            column("tried", Boolean),
        )
        .render_derived("ended", with_types=True)
    )
    over = given.c.retry_at.is_(None)
    failed = given.c.failed_reason.is_not(None)
    noted = (
        update(OutboxMessage)
        .where(OutboxMessage.id == given.c.id, OutboxMessage.sent_at.is_(None))
        .values(
            tries=OutboxMessage.tries + case((given.c.tried, 1), else_=0),
            claimed_by=null(),
            message_id=given.c.message_id,
            data=case((over & _is_secret(), text("'{}'::jsonb")), else_=OutboxMessage.data),
            sent_at=case((over & ~failed, _NOW)),
            failed_at=case((over & failed, _NOW)),
            failed_reason=case((over, given.c.failed_reason)),
            send_after=func.coalesce(given.c.retry_at, OutboxMessage.send_after),
        )
        .returning(
            OutboxMessage.id,
            OutboxMessage.notification_id,
            OutboxMessage.sent_at,
            OutboxMessage.failed_at,
            given.c.dropped,
        )
        .cte("noted")
    )
    told = (
        update(Notification)
        .where(
            Notification.id == noted.c.notification_id,
            or_(noted.c.sent_at.is_not(None), noted.c.failed_at.is_not(None)),
        )
        .values(
            sent_at=noted.c.sent_at,
            dropped_at=noted.c.failed_at,
            dropped_reason=case(
                (
                    noted.c.failed_at.is_not(None),
                    func.coalesce(noted.c.dropped, literal(DropReason.REFUSED, DROP_REASON)),
                )
            ),
        )
        .cte("told")
    )
    return Statement(select(count_of(noted)).add_cte(told))


NOTE = _note()

_OF_THE_DEAD = (
    OutboxMessage.bot_id == _BOT,
    *_WAITING,
    OutboxMessage.claimed_by.is_not(None),
    text(
        "not exists (select from pg_locks where locktype = 'advisory' and granted"
        " and database = (select oid from pg_database where datname = current_database())"
        " and classid = :claims and objid::bigint = outbox.claimed_by)"
    ).bindparams(bindparam("claims", CLAIMS, type_=Integer)),
)
WHO_SEEMS_DEAD = Statement(select(OutboxMessage.claimed_by).where(*_OF_THE_DEAD).distinct())
FREE_CLAIMS = Statement(
    update(OutboxMessage)
    .where(*_OF_THE_DEAD, OutboxMessage.claimed_by == any_(bindparam("dead", type_=ARRAY(Integer))))
    .values(claimed_by=null())
)


def _mark_blocked() -> Statement:
    chat = bindparam("chat_id", type_=BigInteger)
    user = (
        update(User)
        .where(User.telegram_id == chat)
        .values(blocked_bot_at=func.coalesce(User.blocked_bot_at, _NOW))
        .returning(User.id)
        .cte("person")
    )
    dropped = (
        update(OutboxMessage)
        .where(OutboxMessage.bot_id == _BOT, OutboxMessage.chat_id == chat, *_WAITING)
        .values(
            failed_reason=literal(DropReason.BLOCKED.value, String),
            failed_at=_NOW,
            claimed_by=null(),
        )
        .returning(OutboxMessage.notification_id)
        .cte("dropped")
    )
    told = (
        update(Notification)
        .where(Notification.id == dropped.c.notification_id)
        .values(dropped_at=_NOW, dropped_reason=literal(DropReason.BLOCKED, DROP_REASON))
        .cte("told")
    )
    return Statement(select(count_of(user), count_of(dropped)).add_cte(told))


MARK_BLOCKED = _mark_blocked()
