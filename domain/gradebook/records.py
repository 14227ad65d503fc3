"""Frozen records of the gradebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.submissions.rules import Terms


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


@dataclass(frozen=True, slots=True)
class JudgedAttempt:
    """A final submission and what the judging that counts gave it."""

    assignment_problem_id: UUID
    share: Decimal
    """Of the problem's points, from 0 to 1."""
    late_by_seconds: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AssignmentResults:
    """What one student has to show for an assignment."""

    item_id: UUID
    terms: Terms
    worth: Sequence[tuple[UUID, Decimal]]
    """Each problem of the assignment with its points."""
    attempts: Sequence[JudgedAttempt]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What the tests say about a content item; `status` is whether that settles it."""

    student_id: UUID
    content_item_id: UUID
    status: EntryStatus
    score: Decimal
    max_score: Decimal
    submitted_at: datetime
