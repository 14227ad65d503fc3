"""What is made of attempts beside judging: photos read, feedback, grades, analyses."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ARRAY, CheckConstraint, Double, ForeignKey, Integer, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, JsonList, created, empty_list, primary_key
from db.models.problems import POINTS


def of_attempt() -> Mapped[uuid.UUID]:
    """The key of a row that an attempt has at most one of."""
    return mapped_column(ForeignKey("submission_attempts.id", ondelete="CASCADE"), primary_key=True)


class Transcription(Base):
    """What was read from a photo of code, and the attempt it became."""

    __tablename__ = "transcriptions"
    __table_args__ = (CheckConstraint("confidence between 0 and 1", name="confidence"),)

    id: Mapped[uuid.UUID] = primary_key()
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    image_key: Mapped[str] = mapped_column(String(500), unique=True)
    text: Mapped[str]
    engine: Mapped[str] = mapped_column(String(100))
    confidence: Mapped[float | None] = mapped_column(Double)
    is_corrected: Mapped[bool] = mapped_column(server_default=false())
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("submission_attempts.id", ondelete="CASCADE"), unique=True
    )
    created_at: Mapped[datetime] = created()


class AiFeedback(Base):
    """What a model suggests; never the grade."""

    __tablename__ = "ai_feedback"
    __table_args__ = (
        CheckConstraint("suggested_grade >= 0", name="grade_not_negative"),
        CheckConstraint("jsonb_typeof(rubric_reasons) = 'array'", name="reasons_are_a_list"),
    )

    attempt_id: Mapped[uuid.UUID] = of_attempt()
    suggested_grade: Mapped[Decimal | None] = mapped_column(POINTS)
    rubric_reasons: Mapped[JsonList] = empty_list()
    feedback: Mapped[str]
    model: Mapped[str] = mapped_column(String(100))
    prompt_version: Mapped[str] = mapped_column(String(50))
    created_at: Mapped[datetime] = created()


class Grade(Base):
    """The final grade of an attempt, given by a person."""

    __tablename__ = "grades"
    __table_args__ = (CheckConstraint("grade >= 0", name="grade_not_negative"),)

    attempt_id: Mapped[uuid.UUID] = of_attempt()
    grade: Mapped[Decimal] = mapped_column(POINTS)
    graded_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    graded_at: Mapped[datetime]


class SubmissionAnalysis(Base):
    """Where an attempt lies on the map of a class's solutions."""

    __tablename__ = "submission_analyses"

    attempt_id: Mapped[uuid.UUID] = of_attempt()
    umap_x: Mapped[float] = mapped_column(Double)
    umap_y: Mapped[float] = mapped_column(Double)
    cluster_label: Mapped[str | None] = mapped_column(String(100))
    ai_feedback_summary: Mapped[str | None]
    detected_keywords: Mapped[list[str]] = mapped_column(
        ARRAY(String(100)), server_default=text("'{}'")
    )
    created_at: Mapped[datetime] = created()


class ProblemAnalytics(Base):
    """How often a test of a problem as it was set was passed and failed."""

    __tablename__ = "problem_analytics"
    __table_args__ = (
        CheckConstraint("pass_count >= 0 and fail_count >= 0", name="counts_not_negative"),
    )

    assignment_problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignment_problems.id", ondelete="CASCADE"), primary_key=True
    )
    test_case_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("test_cases.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    pass_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    fail_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    common_error_msg: Mapped[str | None] = mapped_column(String(500))
    last_updated: Mapped[datetime]
