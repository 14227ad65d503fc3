"""Notices: what the bot tells a person unasked, once each."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Json, created, empty_object, enum_type, primary_key
from domain.operations.records import NoticeType

NOTICE_TYPE = enum_type(NoticeType, "notification_type")


class Notification(Base):
    """A notice exists once, whatever restarts: `dedupe_key` says what it is about.

    Its message is an outbox row; `payload` holds what the message's buttons lead to.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(payload) = 'object'", name="payload_is_object"),
        Index("ix_notifications_recipient_id_created_at", "recipient_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    type: Mapped[NoticeType] = mapped_column(NOTICE_TYPE)
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[Json] = empty_object()
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    is_read: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = created()
