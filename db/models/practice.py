"""Practice: the library of problems, sessions, what was set in them, and every try."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import (
    TOUCHED,
    Base,
    Json,
    JsonList,
    created,
    empty_list,
    enum_type,
    primary_key,
)
from domain.practice.records import (
    AnswerForm,
    AnswerKind,
    Confidence,
    ItemState,
    ProblemOrigin,
    SessionKind,
    SessionStatus,
)

ANSWER_FORM = enum_type(AnswerForm, "answer_form")
ANSWER_KIND = enum_type(AnswerKind, "answer_kind")
CONFIDENCE = enum_type(Confidence, "confidence")
ITEM_STATE = enum_type(ItemState, "practice_item_state")
PROBLEM_ORIGIN = enum_type(ProblemOrigin, "problem_origin")
SESSION_KIND = enum_type(SessionKind, "practice_session_kind")
SESSION_STATUS = enum_type(SessionStatus, "practice_session_status")


class Problem(Base):
    """A practice problem in both languages. `slug` lets an import be repeated.

    Set is what is active and was not withdrawn by an admin. One with `parameters` is a template;
    they are a list of [name, specification], for an object of JSON would not keep their order.
    """

    __tablename__ = "problems"
    __table_args__ = (
        CheckConstraint("grade in (6, 7, 8)", name="grade"),
        CheckConstraint("difficulty in (1, 2, 3)", name="difficulty"),
        CheckConstraint("estimated_time_minutes > 0", name="estimated_time_positive"),
        CheckConstraint("answer_tolerance >= 0", name="tolerance_not_negative"),
        CheckConstraint(
            "jsonb_typeof(hints) = 'array' and jsonb_array_length(hints) = 3", name="three_hints"
        ),
        CheckConstraint(
            "(chapter_en is null) = (chapter_bn is null)", name="chapter_in_both_languages"
        ),
        CheckConstraint(
            "jsonb_typeof(parameters) = 'array' and jsonb_array_length(parameters) > 0",
            name="parameters_are_a_list",
        ),
        CheckConstraint(
            "conditions is null or (jsonb_typeof(conditions) = 'array' and parameters is not null)",
            name="conditions_are_of_parameters",
        ),
        CheckConstraint(
            "origin = 'teacher' or (owner_id is null and approved_by is null)",
            name="only_teachers_own",
        ),
        Index("ix_problems_grade_topic", "grade", "topic"),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    grade: Mapped[int] = mapped_column(SmallInteger)
    topic: Mapped[str] = mapped_column(String(100))
    subtopic: Mapped[str | None] = mapped_column(String(100))
    question_en: Mapped[str]
    question_bn: Mapped[str]
    answer: Mapped[str] = mapped_column(String(500))
    answer_kind: Mapped[AnswerKind] = mapped_column(
        ANSWER_KIND, server_default=AnswerKind.NUMBER.value
    )
    answer_form: Mapped[AnswerForm | None] = mapped_column(ANSWER_FORM)
    answer_tolerance: Mapped[Decimal | None] = mapped_column(Numeric)
    unit: Mapped[str | None] = mapped_column(String(32))
    unit_required: Mapped[bool] = mapped_column(server_default=text("false"))
    hints: Mapped[JsonList]
    hints_spaced: Mapped[bool] = mapped_column(server_default=text("false"))
    solution_en: Mapped[str]
    solution_bn: Mapped[str]
    difficulty: Mapped[int] = mapped_column(SmallInteger, index=True)
    estimated_time_minutes: Mapped[int] = mapped_column(Integer, server_default=text("5"))
    chapter_en: Mapped[str | None]
    chapter_bn: Mapped[str | None]
    computation: Mapped[str | None] = mapped_column(String(500))
    parameters: Mapped[JsonList | None]
    conditions: Mapped[JsonList | None]
    origin: Mapped[ProblemOrigin] = mapped_column(
        PROBLEM_ORIGIN, server_default=ProblemOrigin.LIBRARY.value
    )
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    approved_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    written_at: Mapped[datetime] = created()
    withdrawn_at: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class ProblemProposal(Base):
    """A teacher's problem, new or changed, that waits for an admin; `problems` does not know it.

    `content` is a row of `problems`, as far as a file decides it.
    """

    __tablename__ = "problem_proposals"
    __table_args__ = (
        CheckConstraint("content ->> 'slug' is not distinct from slug", name="content_has_slug"),
    )

    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[Json]
    proposed_at: Mapped[datetime] = created()


class PracticeSession(Base):
    """Five problems set for one student, open for 30 minutes; or a quiz with its own number."""

    __tablename__ = "practice_sessions"
    __table_args__ = (
        CheckConstraint(
            "jsonb_typeof(problem_ids) = 'array'"
            " and (kind <> 'practice' or jsonb_array_length(problem_ids) = 5)",
            name="five_problems",
        ),
        CheckConstraint(
            "problems_correct >= 0 and problems_correct <= jsonb_array_length(problem_ids)",
            name="correct_within_set",
        ),
        CheckConstraint("total_time_seconds >= 0", name="time_not_negative"),
        CheckConstraint(
            "content_item_id is null or kind = 'quiz'", name="only_quizzes_are_of_items"
        ),
        CheckConstraint("expires_at > started_at", name="expires_after_start"),
        CheckConstraint(
            "(status = 'completed') = (completed_at is not null)", name="completed_has_time"
        ),
        Index("ix_practice_sessions_student_id_created_at", "student_id", "created_at"),
        Index(
            "uq_practice_sessions_open",
            "student_id",
            unique=True,
            postgresql_where=text("kind = 'practice' and status = 'in_progress'"),
        ),
        # One attempt at a quiz, open or ended.
        Index(
            "uq_practice_sessions_quiz",
            "student_id",
            "content_item_id",
            unique=True,
            postgresql_where=text("kind = 'quiz' and content_item_id is not null"),
        ),
        # What the clock asks each minute: which open sessions have run out?
        Index(
            "ix_practice_sessions_expiring",
            "expires_at",
            postgresql_where=text("status = 'in_progress'"),
        ),
        # What the clock asks before it reminds: who has completed something today?
        Index(
            "ix_practice_sessions_completed_at_student_id",
            "completed_at",
            "student_id",
            postgresql_where=text("completed_at is not null"),
        ),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    student_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("students.user_id", ondelete="CASCADE")
    )
    kind: Mapped[SessionKind] = mapped_column(
        SESSION_KIND, server_default=SessionKind.PRACTICE.value
    )
    # Of a quiz; empty once its teacher deleted it.
    content_item_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[SessionStatus] = mapped_column(
        SESSION_STATUS, server_default=SessionStatus.IN_PROGRESS.value, index=True
    )
    problem_ids: Mapped[JsonList]
    completed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    total_time_seconds: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    problems_correct: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class PracticeItem(Base):
    """One problem as it was set in one session.

    `seed` chooses the numbers of a problem that is a template; `expected` is what the latest try
    was checked against; `confidence` is what the student said before answering and goes into the
    next response.
    """

    __tablename__ = "practice_items"
    __table_args__ = (
        UniqueConstraint("session_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("hints_shown between 0 and 3", name="hints_shown"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        CheckConstraint("postponed >= 0", name="postponed_not_negative"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("practice_sessions.id", ondelete="CASCADE")
    )
    position: Mapped[int] = mapped_column(SmallInteger)
    problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="RESTRICT"), index=True
    )
    seed: Mapped[int | None] = mapped_column(BigInteger)
    expected: Mapped[str | None] = mapped_column(String(500))
    hints_shown: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    state: Mapped[ItemState] = mapped_column(ITEM_STATE, server_default=ItemState.WAITING.value)
    # Of a quiz: how often it was left for later. What was left least often is asked next.
    postponed: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    confidence: Mapped[Confidence | None] = mapped_column(CONFIDENCE)
    opened_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]


class Response(Base):
    """One try at one item; rows are only ever added. The last try decides the score."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("item_id", "try_number"),
        CheckConstraint("try_number >= 1", name="try_number_from_one"),
        CheckConstraint("hints_used between 0 and 3", name="hints_used"),
        CheckConstraint("time_spent_seconds >= 0", name="time_not_negative"),
        CheckConstraint("jsonb_typeof(hints_viewed) = 'array'", name="hints_viewed_is_a_list"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("practice_sessions.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice_items.id", ondelete="CASCADE"))
    problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="RESTRICT"), index=True
    )
    try_number: Mapped[int] = mapped_column(SmallInteger)
    student_answer: Mapped[str] = mapped_column(String(500))
    is_correct: Mapped[bool] = mapped_column(index=True)
    time_spent_seconds: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    hints_used: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    hints_viewed: Mapped[JsonList] = empty_list()
    evaluated_at: Mapped[datetime] = created()
    confidence_level: Mapped[Confidence] = mapped_column(
        CONFIDENCE, server_default=Confidence.MEDIUM.value
    )
