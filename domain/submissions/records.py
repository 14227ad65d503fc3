"""Frozen records of students' code: drafts, attempts, and what judging found."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.submissions.judging import Verdict


class AttemptType(StrEnum):
    TEST_RUN = "test_run"
    """Against the tests that are not hidden; counts for nothing."""
    FINAL_SUBMISSION = "final_submission"


class JudgingStatus(StrEnum):
    """In this order, never back."""

    QUEUED = "queued"
    PROCESSING = "processing"
    """Claimed at least once; it may be claimed again once its lease ran out."""
    COMPLETED = "completed"
    ERROR = "error"
    """Given up: ours, never the student's."""


class JudgingReason(StrEnum):
    ATTEMPT = "attempt"
    REJUDGE = "rejudge"


class AttemptRule(StrEnum):
    """Why an attempt is refused. The database keeps these rules too and names them so.

    The error's constraint is `tr_submission_attempts_` and the value.
    """

    ENROLLED = "enrolled"
    CLASS_NOT_ARCHIVED = "class_not_archived"
    PUBLISHED = "published"
    """The assignment and its module."""
    RELEASED = "released"
    EXAM_OPENED = "exam_opened"
    EXAM_NOT_LOCKED = "exam_not_locked"
    EXAM_IN_TIME = "exam_in_time"
    NOT_TOO_LATE = "not_too_late"
    ATTEMPTS_LEFT = "attempts_left"


EXAM_GRACE_SECONDS = 30
"""After an exam's deadline; messages travel."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A student's draft of one problem of an assignment."""

    id: UUID
    student_id: UUID
    assignment_problem_id: UUID
    current_code: str
    current_language: str | None
    time_spent_seconds: int
    """Focus: the time between the student's acts on the problem, a gap counting little."""
    last_updated: datetime
    """The student's latest act on the problem."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A program that was run or handed in, once and for all."""

    id: UUID
    type: AttemptType
    student_id: UUID
    assignment_problem_id: UUID
    attempt_number: int
    """Of both types together, from one without gaps."""
    code_blob_ref: str
    """The key of the stored code."""
    code_size: int
    """Bytes."""
    language: str
    created_at: datetime
    time_focused_seconds: int
    late_by_seconds: int
    """After the due date; 0: in time."""

    @property
    def is_late(self) -> bool:
        return self.late_by_seconds > 0


@dataclass(frozen=True, slots=True)
class Judging:
    """One judging of an attempt; the newest completed one counts."""

    id: UUID
    attempt_id: UUID
    problem_version_id: UUID
    status: JudgingStatus
    reason: JudgingReason
    priority: int
    """Lower goes first."""
    claims: int
    """How many leases were lost."""
    tries: int
    """How many ended in an internal error."""
    lease_until: datetime | None
    worker: str | None
    verdict: Verdict | None
    score: Decimal | None
    points: Decimal | None
    """What the score is out of."""
    execution_time_ms: int | None
    memory_usage_kb: int | None
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CompileResult:
    judging_id: UUID
    ok: bool
    output: str
    time_ms: int


@dataclass(frozen=True, slots=True)
class TestResult:
    judging_id: UUID
    test_case_id: UUID
    status: Verdict
    score: Decimal
    stdout: str
    stderr: str
    execution_time_ms: int
    memory_usage_kb: int
    exit_code: int | None
    signal: int | None
    note: str
    """What a checker or the sandbox said; for teachers."""


@dataclass(frozen=True, slots=True)
class Transcription:
    """What was read from a photo of code."""

    id: UUID
    user_id: UUID
    image_key: str
    text: str
    engine: str
    confidence: float | None
    """From 0 to 1."""
    is_corrected: bool
    attempt_id: UUID | None
    """The attempt it became, once its student confirmed it."""
    created_at: datetime
