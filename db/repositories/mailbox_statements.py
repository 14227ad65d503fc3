"""The statements of the inbox and the outbox, compiled once.

A turn ends in one statement: the update is done, the conversation moved on, the replies stand.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    SmallInteger,
    String,
    Uuid,
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
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import aliased

from db.models import Conversation, InboxUpdate, OutboxMessage, User
from db.models.people import LANGUAGE
from db.statements import Statement
from domain.operations.records import InboxState, Saying

# The first key of the advisory locks by which living processes are told from dead ones.
CLAIMS = 0x0DA5

_BOT = bindparam("bot_id", type_=BigInteger)
_OWNER = bindparam("claimed_by", type_=Integer)
_INSTANT = DateTime(timezone=True)
_UPDATE_ID = bindparam("update_id", type_=Uuid())


def saying_rows(sayings: Sequence[Saying]) -> list[dict[str, Any]]:
    """Sayings as the JSON that `SAY` and `FINISH` take."""
    return [
        {
            "user_id": None if one.user_id is None else str(one.user_id),
            "chat_id": one.chat_id,
            "view": one.view,
            "data": dict(one.data),
            "language": one.language,
            "edits_message_id": one.edits_message_id,
            "edits_key": one.edits_key,
            "priority": int(one.priority),
            "dedupe_key": one.dedupe_key,
            "send_after": None if one.send_after is None else one.send_after.isoformat(),
        }
        for one in sayings
    ]


def _said() -> CTE:
    """The sayings as outbox rows, in their order, claimed by the process that will send them."""
    given = (
        func.jsonb_to_recordset(bindparam("sayings", type_=JSONB))
        .table_valued(
            column("user_id", Uuid()),
            column("chat_id", BigInteger),
            column("view", String),
            column("data", JSONB),
            column("language", LANGUAGE),
            column("edits_message_id", BigInteger),
            column("edits_key", String),
            column("priority", SmallInteger),
            column("dedupe_key", String),
            column("send_after", _INSTANT),
        )
        .render_derived(with_types=True)
    )
    names = [one.name for one in given.c]
    values = [
        func.coalesce(given.c.send_after, func.now()) if name == "send_after" else given.c[name]
        for name in names
    ]
    return (
        pg_insert(OutboxMessage)
        .from_select(
            ["bot_id", "claimed_by", *names],
            select(
                _BOT,
                # What is to wait is claimed when its time has come, by whoever lives then.
                case((given.c.send_after.is_(None) & given.c.edits_key.is_(None), _OWNER)),
                *values,
            ),
        )
        .on_conflict_do_nothing(index_elements=[OutboxMessage.dedupe_key])
        .returning(OutboxMessage.id, OutboxMessage.claimed_by, OutboxMessage.dedupe_key)
        .cte("said")
    )


def _say() -> Statement:
    said = _said()
    return Statement(select(said.c.id).order_by(said.c.id))


SAY = _say()


def _received() -> Statement:
    given = (
        func.jsonb_to_recordset(bindparam("updates", type_=JSONB))
        .table_valued(
            column("update_id", BigInteger), column("person", BigInteger), column("payload", JSONB)
        )
        .render_derived(with_types=True)
    )
    return Statement(
        pg_insert(InboxUpdate)
        .from_select(
            ["bot_id", "update_id", "person", "payload"],
            select(_BOT, given.c.update_id, given.c.person, given.c.payload),
        )
        .on_conflict_do_nothing(index_elements=[InboxUpdate.bot_id, InboxUpdate.update_id])
        .returning(InboxUpdate.id, InboxUpdate.update_id)
    )


RECEIVE = _received()

WAITING = Statement(
    select(
        InboxUpdate.id,
        InboxUpdate.bot_id,
        InboxUpdate.update_id,
        InboxUpdate.person,
        InboxUpdate.payload,
        InboxUpdate.tries,
    )
    .where(InboxUpdate.bot_id == _BOT, InboxUpdate.state == InboxState.WAITING)
    .order_by(InboxUpdate.update_id)
)

COUNT_FAILURE = Statement(
    update(InboxUpdate)
    .where(InboxUpdate.id == _UPDATE_ID)
    .values(tries=InboxUpdate.tries + 1, error=bindparam("error", type_=String))
    .returning(InboxUpdate.tries)
)


def _ended(state: InboxState, **values: Any) -> CTE:
    return (
        update(InboxUpdate)
        .where(InboxUpdate.id == _UPDATE_ID, InboxUpdate.state == InboxState.WAITING)
        .values(state=state, ended_at=func.clock_timestamp(), **values)
        .returning(InboxUpdate.id)
        .cte("ended")
    )


def _count(cte: CTE) -> Any:
    return select(func.count()).select_from(cte).scalar_subquery()


def _own(said: CTE) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The ids of what this process is to send now, in the order of saying, and their keys."""
    ids, keys = (
        select(func.array_agg(aggregate_order_by(one, said.c.id)))
        .where(said.c.claimed_by.is_not(None))
        .scalar_subquery()
        for one in (said.c.id, said.c.dedupe_key)
    )
    return ids.label("said"), keys.label("keys")


def _finish() -> Statement:
    ended, said = _ended(InboxState.DONE), _said()
    return Statement(select(_count(ended).label("ended"), *_own(said)))


FINISH = _finish()

SET_ASIDE = Statement(
    select(
        _count(_ended(InboxState.FAILED, error=bindparam("error", type_=String))).label("ended"),
        *_own(_said()),
    )
)


def _move_conversation() -> Statement:
    """Inserts or moves on a conversation that stands at `version`; no row if it does not."""
    version = bindparam("version", type_=Integer)
    adding = pg_insert(Conversation).values(
        bot_id=_BOT,
        user_id=bindparam("user_id", type_=Uuid()),
        step=bindparam("step", type_=String),
        data=bindparam("data", type_=JSONB),
        version=version + 1,
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Conversation.bot_id, Conversation.user_id],
            set_={
                "step": adding.excluded.step,
                "data": adding.excluded.data,
                "version": adding.excluded.version,
            },
            where=Conversation.version == version,
        )
    )


MOVE_CONVERSATION = _move_conversation()

SCRUB_UPDATE = Statement(
    update(InboxUpdate)
    .where(InboxUpdate.id == _UPDATE_ID)
    .values(payload=text("'{}'::jsonb"), person=null())
)


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


def _claim() -> Statement:
    """The most urgent free messages, and the language their people read now."""
    due = (
        select(OutboxMessage.id, OutboxMessage.user_id)
        .where(
            OutboxMessage.bot_id == _BOT,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_reason.is_(None),
            OutboxMessage.claimed_by.is_(None),
            OutboxMessage.send_after <= func.now(),
            or_(OutboxMessage.edits_key.is_(None), ~_stands_before()),
        )
        .order_by(OutboxMessage.priority, OutboxMessage.send_after, OutboxMessage.id)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    people = (
        select(due.c.id, User.language)
        .select_from(join(due, User, User.id == due.c.user_id, isouter=True))
        .subquery("people")
    )
    claimed = (
        update(OutboxMessage)
        .where(OutboxMessage.id == people.c.id)
        .values(claimed_by=_OWNER)
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
            OutboxMessage.tries,
        )
        .cte("claimed")
    )
    return Statement(select(claimed).order_by(claimed.c.priority, claimed.c.id))


CLAIM = _claim()


def _note() -> Statement:
    """How sending ended: sent, failed for good, or free again from `retry_at` on."""
    given = (
        func.jsonb_to_recordset(bindparam("deliveries", type_=JSONB))
        .table_valued(
            column("id", Uuid()),
            column("message_id", BigInteger),
            column("failed_reason", String),
            column("retry_at", _INSTANT),
        )
        .render_derived("ended", with_types=True)
    )
    over = given.c.retry_at.is_(None)
    failed = given.c.failed_reason.is_not(None)
    now = func.clock_timestamp()
    return Statement(
        update(OutboxMessage)
        .where(OutboxMessage.id == given.c.id, OutboxMessage.sent_at.is_(None))
        .values(
            tries=OutboxMessage.tries + 1,
            claimed_by=null(),
            message_id=given.c.message_id,
            sent_at=case((over & ~failed, now)),
            failed_at=case((over & failed, now)),
            failed_reason=case((over, given.c.failed_reason)),
            send_after=func.coalesce(given.c.retry_at, OutboxMessage.send_after),
        )
    )


NOTE = _note()

FREE_CLAIMS = Statement(
    update(OutboxMessage)
    .where(
        OutboxMessage.bot_id == _BOT,
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.failed_reason.is_(None),
        OutboxMessage.claimed_by.is_not(None),
        text(
            "not exists (select from pg_locks where locktype = 'advisory' and granted"
            " and database = (select oid from pg_database where datname = current_database())"
            " and classid = :claims and objid::bigint = outbox.claimed_by)"
        ).bindparams(bindparam("claims", CLAIMS, type_=Integer)),
    )
    .values(claimed_by=null())
)


def _mark_blocked() -> Statement:
    chat = bindparam("chat_id", type_=BigInteger)
    user = (
        update(User)
        .where(User.telegram_id == chat)
        .values(blocked_bot_at=func.coalesce(User.blocked_bot_at, func.now()))
        .returning(User.id)
        .cte("person")
    )
    dropped = (
        update(OutboxMessage)
        .where(
            OutboxMessage.bot_id == _BOT,
            OutboxMessage.chat_id == chat,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_reason.is_(None),
        )
        .values(failed_reason="blocked", failed_at=func.now(), claimed_by=null())
        .returning(OutboxMessage.id)
        .cte("dropped")
    )
    return Statement(select(_count(user), _count(dropped)))


MARK_BLOCKED = _mark_blocked()
