"""Students' code: drafts, attempts, how they were judged."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, enum_type, primary_key
from db.models.problems import POINTS
from domain.submissions.judging import Verdict
from domain.submissions.records import AttemptType, JudgingReason, JudgingStatus

ATTEMPT_TYPE = enum_type(AttemptType, "attempt_type")
JUDGE_VERDICT = enum_type(Verdict, "judge_verdict")
JUDGING_REASON = enum_type(JudgingReason, "judging_reason")
JUDGING_STATUS = enum_type(JudgingStatus, "judging_status")

OPEN = "ended_at is null"
"""A judging that waits or runs. It says nothing of the status, so a claim that asks so too finds
the partial index whatever its parameters are."""


class AssignmentProgress(Base):
    """A student's draft of one problem. Instants are passed in."""

    __tablename__ = "assignment_progress"
    __table_args__ = (
        UniqueConstraint("student_id", "assignment_problem_id"),
        CheckConstraint("octet_length(current_code) <= 65536", name="code_size"),
        CheckConstraint("time_spent_seconds >= 0", name="time_not_negative"),
        # The oldest drafts are looked for each night, among all that ever were.
        Index(
            "ix_assignment_progress_drafts",
            "last_updated",
            postgresql_where=text("current_code <> ''"),
        ),
    )

    id: Mapped[uuid.UUID] = primary_key()
    student_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    assignment_problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(
            "assignment_problems.id",
            name="fk_assignment_progress_assignment_problem_id",
            ondelete="CASCADE",
        ),
        index=True,
    )
    current_code: Mapped[str] = mapped_column(server_default="")
    current_language: Mapped[str | None] = mapped_column(String(20))
    time_spent_seconds: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    last_updated: Mapped[datetime]


class SubmissionAttempt(Base):
    """A Run or a Submit; rows are only ever added, and only where the rules of the class allow.

    A trigger sets `attempt_number`, whatever an insert says.
    """

    __tablename__ = "submission_attempts"
    __table_args__ = (
        Index(
            "uq_submission_attempts_number",
            "student_id",
            "assignment_problem_id",
            "attempt_number",
            unique=True,
        ),
        CheckConstraint("code_size between 0 and 65536", name="code_size"),
        CheckConstraint("time_focused_seconds >= 0", name="time_not_negative"),
        CheckConstraint("late_by_seconds >= 0", name="lateness_not_negative"),
        CheckConstraint("is_late = (late_by_seconds > 0)", name="late_by_seconds"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    type: Mapped[AttemptType] = mapped_column(ATTEMPT_TYPE)
    student_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    assignment_problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(
            "assignment_problems.id",
            name="fk_submission_attempts_assignment_problem_id",
            ondelete="RESTRICT",
        ),
        index=True,
    )
    attempt_number: Mapped[int] = mapped_column(Integer)
    code_blob_ref: Mapped[str] = mapped_column(String(500))
    code_size: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    time_focused_seconds: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    is_late: Mapped[bool] = mapped_column(server_default=text("false"))
    late_by_seconds: Mapped[int] = mapped_column(Integer, server_default=text("0"))


class Judging(Base):
    """One judging of an attempt. A claim is `processing` with a lease; a lost one is claimed anew.

    The newest completed one counts.
    """

    __tablename__ = "judgings"
    __table_args__ = (
        CheckConstraint(
            "(status in ('completed', 'error')) = (ended_at is not null)", name="ended_has_time"
        ),
        CheckConstraint(
            "status <> 'completed'"
            " or (verdict is not null and score is not null and points is not null)",
            name="completed_has_verdict",
        ),
        CheckConstraint(
            "lease_until is null or status = 'processing'", name="lease_while_processing"
        ),
        CheckConstraint(
            "status = 'queued' or status = 'error' or started_at is not null",
            name="started_has_time",
        ),
        CheckConstraint("score between 0 and points", name="score_within_points"),
        CheckConstraint("claims >= 0 and tries >= 0", name="counts_not_negative"),
        CheckConstraint(
            "execution_time_ms >= 0 and memory_usage_kb >= 0", name="usage_not_negative"
        ),
        Index("ix_judgings_waiting", "priority", "queued_at", "id", postgresql_where=text(OPEN)),
        Index("uq_judgings_open", "attempt_id", unique=True, postgresql_where=text(OPEN)),
        Index("ix_judgings_started_at", "started_at"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    attempt_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submission_attempts.id", ondelete="CASCADE"), index=True
    )
    problem_version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problem_versions.id", ondelete="RESTRICT"), index=True
    )
    status: Mapped[JudgingStatus] = mapped_column(
        JUDGING_STATUS, server_default=JudgingStatus.QUEUED.value
    )
    reason: Mapped[JudgingReason] = mapped_column(
        JUDGING_REASON, server_default=JudgingReason.ATTEMPT.value
    )
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    claims: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(100))
    verdict: Mapped[Verdict | None] = mapped_column(JUDGE_VERDICT)
    score: Mapped[Decimal | None] = mapped_column(POINTS)
    points: Mapped[Decimal | None] = mapped_column(POINTS)
    execution_time_ms: Mapped[int | None] = mapped_column(Integer)
    memory_usage_kb: Mapped[int | None] = mapped_column(Integer)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class CompileResult(Base):
    """What the compiler said; there is none where the language compiles nothing."""

    __tablename__ = "compile_results"
    __table_args__ = (
        CheckConstraint("length(output) <= 10240", name="output_length"),
        CheckConstraint("time_ms >= 0", name="time_not_negative"),
    )

    judging_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("judgings.id", ondelete="CASCADE"), primary_key=True
    )
    ok: Mapped[bool]
    output: Mapped[str] = mapped_column(server_default="")
    time_ms: Mapped[int] = mapped_column(Integer)


class TestResult(Base):
    """What became of one test. Text that a program wrote is kept without NUL, and cut."""

    __tablename__ = "test_results"
    __table_args__ = (
        CheckConstraint("score >= 0", name="score_not_negative"),
        CheckConstraint("length(stdout) <= 10240", name="stdout_length"),
        CheckConstraint("length(stderr) <= 10240", name="stderr_length"),
        CheckConstraint(
            "execution_time_ms >= 0 and memory_usage_kb >= 0", name="usage_not_negative"
        ),
    )

    judging_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("judgings.id", ondelete="CASCADE"), primary_key=True
    )
    test_case_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("test_cases.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    status: Mapped[Verdict] = mapped_column(JUDGE_VERDICT)
    score: Mapped[Decimal] = mapped_column(POINTS, server_default=text("0"))
    stdout: Mapped[str] = mapped_column(server_default="")
    stderr: Mapped[str] = mapped_column(server_default="")
    execution_time_ms: Mapped[int] = mapped_column(Integer)
    memory_usage_kb: Mapped[int] = mapped_column(Integer)
    exit_code: Mapped[int | None] = mapped_column(Integer)
    signal: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(server_default="")
