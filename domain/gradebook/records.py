"""Frozen records of the gradebook."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class EntryStatus(StrEnum):
    GRADED = "graded"
    PENDING = "pending"
    MISSING = "missing"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class GradebookEntry:
    """What a student got for one content item. `private_notes` are never a student's to read."""

    id: UUID
    student_id: UUID
    content_item_id: UUID
    status: EntryStatus
    score_obtained: Decimal | None
    max_score: Decimal
    grade_letter: str | None
    manual_feedback: str | None
    private_notes: str | None
    submitted_at: datetime | None
