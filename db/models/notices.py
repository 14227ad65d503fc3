"""Notices: what the bot tells a person unasked, once each."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Json, created, empty_object, enum_type, primary_key
from domain.operations.records import DropReason, NoticeType

DROP_REASON = enum_type(DropReason, "drop_reason")
NOTICE_TYPE = enum_type(NoticeType, "notification_type")


class Notification(Base):
    """A notice exists once, whatever restarts: `dedupe_key` says what it is about.

    Its message is an outbox row; `payload` holds what the message's buttons lead to. How the
    message ended is kept here, for an outbox row goes after a while.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(payload) = 'object'", name="payload_is_object"),
        CheckConstraint("sent_at is null or dropped_at is null", name="sent_or_dropped_never_both"),
        CheckConstraint(
            "(dropped_at is null) = (dropped_reason is null)", name="dropped_has_reason"
        ),
        Index("ix_notifications_recipient_id_created_at", "recipient_id", "created_at"),
        Index(
            "ix_notifications_content_item_id",
            "content_item_id",
            postgresql_where=text("content_item_id is not null"),
        ),
    )

    id: Mapped[uuid.UUID] = primary_key()
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    type: Mapped[NoticeType] = mapped_column(NOTICE_TYPE)
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[Json] = empty_object()
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    is_read: Mapped[bool] = mapped_column(server_default=text("false"))
    # What it is about, where that stands in a class.
    content_item_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL")
    )
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    dropped_reason: Mapped[DropReason | None] = mapped_column(DROP_REASON)
    created_at: Mapped[datetime] = created()
