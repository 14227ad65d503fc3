"""Operations: updates in, messages out, conversations, settings, the audit log, costs."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import TOUCHED, Base, Json, created, empty_object, enum_type, primary_key
from db.models.notices import NOTICE_TYPE
from db.models.people import LANGUAGE
from domain.operations.records import (
    CostOperation,
    CostProvider,
    InboxState,
    NoticeType,
    ValueType,
)
from domain.people.records import Language

COST_OPERATION = enum_type(CostOperation, "cost_operation")
COST_PROVIDER = enum_type(CostProvider, "cost_provider")
INBOX_STATE = enum_type(InboxState, "inbox_state")
VALUE_TYPE = enum_type(ValueType, "configuration_value_type")

WAITING_TO_BE_SENT = "sent_at is null and failed_reason is null"


class InboxUpdate(Base):
    """An update as Telegram sent it; done in the transaction of its effects."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="ended_has_time"),
        Index(
            "ix_inbox_waiting", "bot_id", "update_id", postgresql_where=text("state = 'waiting'")
        ),
        Index("ix_inbox_person", "person"),
        Index("ix_inbox_ended_at", "ended_at", postgresql_where=text("state <> 'waiting'")),
    )

    id: Mapped[uuid.UUID] = primary_key()
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    # Telegram's id of whoever acted; null where nobody in particular did (a channel's post).
    person: Mapped[int | None] = mapped_column(BigInteger)
    payload: Mapped[Json] = mapped_column(JSONB)
    state: Mapped[InboxState] = mapped_column(INBOX_STATE, server_default=InboxState.WAITING.value)
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    # The kind of error that set it aside, never a student's text.
    error: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime] = created()
    ended_at: Mapped[datetime | None]


class OutboxMessage(Base):
    """Something to be said to Telegram: a view's name and its data, rendered when it is sent.

    A claim lives as long as the process that holds it: `claimed_by` is the number of an
    advisory lock that the process keeps for as long as it lives.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(data) = 'object'", name="data_is_object"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        CheckConstraint(
            "sent_at is null or failed_reason is null", name="sent_or_failed_never_both"
        ),
        Index(
            "ix_outbox_waiting",
            "bot_id",
            "priority",
            "send_after",
            "id",
            postgresql_where=text(WAITING_TO_BE_SENT),
        ),
        Index("ix_outbox_user_id", "user_id"),
        Index("ix_outbox_edits_key", "edits_key", postgresql_where=text(WAITING_TO_BE_SENT)),
        Index(
            "ix_outbox_notification_id",
            "notification_id",
            postgresql_where=text("notification_id is not null"),
        ),
        Index("ix_outbox_ended_at", text("coalesce(sent_at, failed_at)")),
        CheckConstraint("(failed_at is null) = (failed_reason is null)", name="failed_has_time"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    bot_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    view: Mapped[str] = mapped_column(String(100))
    data: Mapped[Json] = empty_object()
    # The language to use where there is no user to ask; the user's own wins.
    language: Mapped[Language | None] = mapped_column(LANGUAGE)
    edits_message_id: Mapped[int | None] = mapped_column(BigInteger)
    # The message to be replaced, by its dedupe key, where it may not have been sent yet.
    edits_key: Mapped[str | None] = mapped_column(String(200))
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    # What kind of notice it is; null for a reply, which quiet hours and mutes do not hold back.
    kind: Mapped[NoticeType | None] = mapped_column(NOTICE_TYPE)
    notification_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("notifications.id", ondelete="SET NULL")
    )
    # When saying it stops making sense.
    expires_at: Mapped[datetime | None]
    send_after: Mapped[datetime] = created()
    claimed_by: Mapped[int | None] = mapped_column(Integer)
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    created_at: Mapped[datetime] = created()
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failed_at: Mapped[datetime | None]
    failed_reason: Mapped[str | None] = mapped_column(String(200))


class Conversation(Base):
    """Where one person stands with one bot; `version` refuses a second writer."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(data) = 'object'", name="data_is_object"),
        Index("ix_conversations_user_id", "user_id"),
        {"info": {TOUCHED: True}},
    )

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[Json] = empty_object()
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class Configuration(Base):
    """A typed setting that an admin may change while the service runs."""

    __tablename__ = "configuration"
    __table_args__ = (
        CheckConstraint(
            "jsonb_typeof(value) = case value_type when 'text' then 'string' when 'number'"
            " then 'number' when 'switch' then 'boolean' when 'list' then 'array' end",
            name="value_fits_type",
        ),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    key: Mapped[str] = mapped_column(String(100), unique=True)
    value: Mapped[Json] = mapped_column(JSONB)
    value_type: Mapped[ValueType] = mapped_column(VALUE_TYPE)
    description: Mapped[str | None] = mapped_column(String(500))
    updated_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class AuditLog(Base):
    """Who did what to what. Append-only, without foreign keys, so an erasure leaves it true."""

    __tablename__ = "audit_logs"
    __table_args__ = (
        Index("ix_audit_logs_entity", "entity_type", "entity_id"),
        Index("ix_audit_logs_actor_id_created_at", "actor_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    actor_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(String(100), index=True)
    entity_type: Mapped[str] = mapped_column(String(50))
    entity_id: Mapped[str | None] = mapped_column(String(100))
    before: Mapped[Json | None] = mapped_column(JSONB)
    after: Mapped[Json | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)


class CostRecord(Base):
    """What one call to a paid service cost; an erased student's costs stay, without a name."""

    __tablename__ = "cost_records"
    __table_args__ = (
        CheckConstraint("cost_usd >= 0", name="cost_not_negative"),
        CheckConstraint("input_tokens >= 0", name="input_tokens_not_negative"),
        CheckConstraint("output_tokens >= 0", name="output_tokens_not_negative"),
        CheckConstraint("cached_tokens >= 0", name="cached_tokens_not_negative"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    student_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("students.user_id", ondelete="SET NULL"), index=True
    )
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("practice_sessions.id", ondelete="SET NULL"), index=True
    )
    operation: Mapped[CostOperation] = mapped_column(COST_OPERATION, index=True)
    api_provider: Mapped[CostProvider] = mapped_column(COST_PROVIDER)
    model: Mapped[str | None] = mapped_column(String(100))
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    cached_tokens: Mapped[int | None]
    cost_usd: Mapped[Decimal]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)
