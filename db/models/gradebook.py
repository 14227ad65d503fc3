"""The gradebook: what each student got for each content item."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import TOUCHED, Base, created, enum_type, primary_key
from db.models.problems import POINTS
from domain.gradebook.records import EntryStatus

ENTRY_STATUS = enum_type(EntryStatus, "gradebook_status")


class GradebookEntry(Base):
    """One student's result for one content item; `private_notes` are for teachers alone."""

    __tablename__ = "gradebook_entries"
    __table_args__ = (
        UniqueConstraint("student_id", "content_item_id"),
        CheckConstraint("score_obtained >= 0", name="score_not_negative"),
        CheckConstraint("max_score >= 0", name="max_score_not_negative"),
        CheckConstraint(
            "status <> 'graded' or score_obtained is not null", name="graded_has_score"
        ),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    student_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    content_item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[EntryStatus] = mapped_column(
        ENTRY_STATUS, server_default=EntryStatus.PENDING.value
    )
    score_obtained: Mapped[Decimal | None] = mapped_column(POINTS)
    max_score: Mapped[Decimal] = mapped_column(POINTS)
    grade_letter: Mapped[str | None] = mapped_column(String(5))
    manual_feedback: Mapped[str | None]
    private_notes: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()
