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
    literal_column,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Conversation, InboxUpdate, OutboxMessage
from db.models.notices import NOTICE_TYPE
from db.models.people import LANGUAGE
from db.statements import Statement
from domain.operations.records import InboxState, Saying

# The first key of the advisory locks by which living processes are told from dead ones.
CLAIMS = 0x0DA5

# An instant that no clock has yet to reach, whether it is the database's, ours or a moved one.
AT_ONCE: ColumnElement[Any] = literal_column("'-infinity'::timestamptz")

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
            "kind": one.kind,
            "expires_at": None if one.expires_at is None else one.expires_at.isoformat(),
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
            column("kind", NOTICE_TYPE),
            column("expires_at", _INSTANT),
        )
        .render_derived(with_types=True)
    )
    names = [one.name for one in given.c]
    values = [
        func.coalesce(given.c.send_after, AT_ONCE) if name == "send_after" else given.c[name]
        for name in names
    ]
    return (
        pg_insert(OutboxMessage)
        .from_select(
            ["bot_id", "claimed_by", *names],
            select(
                _BOT,
                # What may have to wait is claimed when its time has come, by whoever lives then.
                case(
                    (
                        given.c.send_after.is_(None)
                        & given.c.edits_key.is_(None)
                        & given.c.kind.is_(None),
                        _OWNER,
                    )
                ),
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


def count_of(cte: CTE) -> Any:
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
    return Statement(select(count_of(ended).label("ended"), *_own(said)))


FINISH = _finish()

SET_ASIDE = Statement(
    select(
        count_of(_ended(InboxState.FAILED, error=bindparam("error", type_=String))).label("ended"),
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
