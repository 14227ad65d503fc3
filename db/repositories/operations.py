"""Operations in the database: what is said unasked, the audit log, settings, forgetting."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ColumnElement,
    DateTime,
    ScalarSelect,
    String,
    Uuid,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import (
    AuditLog,
    Base,
    Configuration,
    InboxUpdate,
    Notification,
    OutboxMessage,
    PracticeItem,
    PracticeSession,
    User,
)
from db.models.notices import NOTICE_TYPE
from db.repositories import mailbox_notices, mailbox_statements, operations_holidays
from db.repositories.operations_holidays import HOLIDAYS, holidays_of, rows_of
from db.statements import Statement
from domain.operations.records import Holiday, InboxState, Notice, NoticeType, Saying

NOTIFY = Statement(
    pg_insert(Notification)
    .values(
        recipient_id=bindparam("recipient_id", type_=Uuid()),
        type=bindparam("kind", type_=NOTICE_TYPE),
        title=bindparam("title", type_=String),
        payload=bindparam("payload", type_=JSONB),
        dedupe_key=bindparam("dedupe_key", type_=String),
    )
    .on_conflict_do_nothing(index_elements=[Notification.dedupe_key])
)

AUDIT = Statement(
    insert(AuditLog).values(
        actor_id=bindparam("actor_id", type_=Uuid()),
        action=bindparam("action", type_=String),
        entity_type=bindparam("entity_type", type_=String),
        entity_id=bindparam("entity_id", type_=String),
        before=bindparam("before", type_=JSONB(none_as_null=True)),
        after=bindparam("after", type_=JSONB(none_as_null=True)),
    )
)

READ_SETTING = Statement(
    select(Configuration.value).where(Configuration.key == bindparam("key", type_=String))
)


def _counts() -> Statement:
    """One row of numbers for an admin's look at the service."""
    since = bindparam("since", type_=DateTime(timezone=True))

    def count(model: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        return select(func.count()).select_from(model).where(*conditions).scalar_subquery()

    waiting = (OutboxMessage.sent_at.is_(None), OutboxMessage.failed_reason.is_(None))
    return Statement(
        select(
            count(User, User.is_active.is_(True)).label("people"),
            count(User, User.blocked_bot_at.is_not(None)).label("blocked"),
            count(PracticeSession, PracticeSession.started_at >= since).label("sessions"),
            count(InboxUpdate, InboxUpdate.state == InboxState.WAITING).label("updates_waiting"),
            count(
                InboxUpdate, InboxUpdate.state == InboxState.FAILED, InboxUpdate.ended_at >= since
            ).label("updates_set_aside"),
            count(OutboxMessage, *waiting).label("messages_waiting"),
            count(OutboxMessage, OutboxMessage.failed_at >= since).label("messages_failed"),
            count(PracticeItem, PracticeItem.reported_at >= since).label("problems_reported"),
        )
    )


COUNTS = _counts()


class SqlOperationsRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def say(self, bot_id: int, sayings: Sequence[Saying]) -> Sequence[UUID]:
        rows = await mailbox_statements.SAY.rows(
            self._connection,
            bot_id=bot_id,
            claimed_by=None,
            sayings=mailbox_statements.saying_rows(sayings),
        )
        return [row["id"] for row in rows]

    async def notify_all(self, bot_id: int, notices: Sequence[Notice], now: datetime) -> int:
        told = await mailbox_notices.NOTIFY_ALL.value(
            self._connection,
            bot_id=bot_id,
            notices=mailbox_notices.notice_rows(notices),
            now=now,
        )
        return int(told)

    async def notify(
        self,
        recipient_id: UUID,
        kind: NoticeType,
        title: str,
        payload: Mapping[str, Any],
        dedupe_key: str,
    ) -> bool:
        added = await NOTIFY.run(
            self._connection,
            recipient_id=recipient_id,
            kind=kind,
            title=title,
            payload=dict(payload),
            dedupe_key=dedupe_key,
        )
        return added == 1

    async def audit(
        self,
        actor_id: UUID | None,
        action: str,
        entity_type: str,
        entity_id: str | None,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        await AUDIT.run(
            self._connection,
            actor_id=actor_id,
            action=action,
            entity_type=entity_type,
            entity_id=entity_id,
            before=before,
            after=after,
        )

    async def holidays(self) -> frozenset[date]:
        return frozenset(one.day for one in await self.named_holidays())

    async def named_holidays(self) -> Sequence[Holiday]:
        return holidays_of(await self.read_setting(HOLIDAYS))

    async def holidays_to_change(self) -> Sequence[Holiday]:
        return holidays_of(await operations_holidays.TO_CHANGE.value(self._connection))

    async def keep_holidays(self, holidays: Sequence[Holiday], by: UUID) -> None:
        await operations_holidays.KEEP.run(self._connection, value=rows_of(holidays), by=by)

    async def read_setting(self, key: str) -> Any:
        return await READ_SETTING.value(self._connection, key=key)

    async def counts(self, since: datetime) -> Mapping[str, int]:
        row = await COUNTS.row(self._connection, since=since)
        return dict(row or {})
