"""What stands in a class's modules: assignments, quizzes, materials, announcements."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import TOUCHED, Base, Json, created, empty_object, enum_type, primary_key
from domain.courses.records import AssignmentDifficulty, AssignmentMode, ContentType

ASSIGNMENT_DIFFICULTY = enum_type(AssignmentDifficulty, "assignment_difficulty")
ASSIGNMENT_MODE = enum_type(AssignmentMode, "assignment_mode")
CONTENT_TYPE = enum_type(ContentType, "content_type")


def whole_number(key: str) -> str:
    """A value of `config` that is missing, null or a whole number from one."""
    return (
        f"coalesce(jsonb_typeof(config -> '{key}'), 'null') = 'null'"
        f" or (jsonb_typeof(config -> '{key}') = 'number'"
        f" and config ->> '{key}' ~ '^[1-9][0-9]{{0,5}}$')"
    )


LATE_POLICY = (
    "coalesce(jsonb_typeof(config -> 'late_policy'), 'null') = 'null'"
    " or (coalesce(config #>> '{late_policy,kind}' in ('none', 'refuse', 'penalty'), false)"
    " and coalesce(config #>> '{late_policy,grace_minutes}', '0') ~ '^[0-9]{1,6}$')"
)


class ContentItem(Base):
    """Whatever stands in a module. An announcement is nothing more; the others have a row beside.

    Such a row refers to the item's id and type together, so no item can be two things.
    """

    __tablename__ = "content_items"
    __table_args__ = (
        UniqueConstraint("id", "content_type"),
        UniqueConstraint("module_id", "order_index", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("length(title) between 1 and 200", name="title_length"),
        CheckConstraint("order_index >= 1", name="order_from_one"),
        CheckConstraint("release_date < due_date", name="due_after_release"),
        # What the clock asks each minute: what has been released that it did not open yet?
        Index(
            "ix_content_items_to_be_opened",
            "release_date",
            postgresql_where=text("is_published and opened_at is null"),
        ),
        # And: what is due, and not marked as missing where it was not handed in?
        Index(
            "ix_content_items_coming_due",
            "due_date",
            postgresql_where=text("missing_marked_for is distinct from due_date"),
        ),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"))
    content_type: Mapped[ContentType] = mapped_column(CONTENT_TYPE)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None]
    order_index: Mapped[int] = mapped_column(Integer)
    is_published: Mapped[bool] = mapped_column(server_default=text("false"))
    release_date: Mapped[datetime | None]
    due_date: Mapped[datetime | None] = mapped_column(index=True)
    # When the clock saw that students can see it.
    opened_at: Mapped[datetime | None]
    # The due date for which the clock has given each notice, and has marked what is missing: a
    # due date that moves is another one.
    day_notice_for: Mapped[datetime | None]
    hours_notice_for: Mapped[datetime | None]
    missing_marked_for: Mapped[datetime | None]
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


def of_item(table: str, content_type: ContentType) -> tuple[Any, ...]:
    """What ties a row to the content item that it is part of, and fixes the item's type."""
    return (
        ForeignKeyConstraint(
            ["id", "content_type"],
            ["content_items.id", "content_items.content_type"],
            ondelete="CASCADE",
        ),
        CheckConstraint(f"content_type = '{content_type.value}'", name="content_type"),
        Index(f"ix_{table}_id_content_type", "id", "content_type"),
    )


def type_of_item(content_type: ContentType) -> Mapped[ContentType]:
    return mapped_column(CONTENT_TYPE, server_default=content_type.value)


class Assignment(Base):
    """Coding problems to be solved. `config` is domain.courses.records.AssignmentConfig."""

    __tablename__ = "assignments"
    __table_args__ = (
        *of_item("assignments", ContentType.ASSIGNMENT),
        CheckConstraint("points_total >= 0", name="points_not_negative"),
        CheckConstraint("jsonb_typeof(config) = 'object'", name="config_is_object"),
        CheckConstraint(whole_number("max_attempts"), name="max_attempts_from_one"),
        CheckConstraint(whole_number("time_limit_mins"), name="time_limit_from_one"),
        CheckConstraint(LATE_POLICY, name="late_policy_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    content_type: Mapped[ContentType] = type_of_item(ContentType.ASSIGNMENT)
    mode: Mapped[AssignmentMode] = mapped_column(ASSIGNMENT_MODE)
    points_total: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    difficulty: Mapped[AssignmentDifficulty] = mapped_column(
        ASSIGNMENT_DIFFICULTY, server_default=AssignmentDifficulty.MEDIUM.value
    )
    config: Mapped[Json] = empty_object()


class Quiz(Base):
    """A dated set of practice problems, answered in the chat."""

    __tablename__ = "quizzes"
    __table_args__ = (
        *of_item("quizzes", ContentType.QUIZ),
        CheckConstraint("points_total >= 0", name="points_not_negative"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    content_type: Mapped[ContentType] = type_of_item(ContentType.QUIZ)
    points_total: Mapped[int] = mapped_column(Integer, server_default=text("0"))


class QuizProblem(Base):
    """A practice problem of a quiz."""

    __tablename__ = "quiz_problems"
    __table_args__ = (
        UniqueConstraint("quiz_id", "order_index", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("order_index >= 1", name="order_from_one"),
    )

    quiz_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True
    )
    problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    order_index: Mapped[int] = mapped_column(Integer)


class Material(Base):
    """Something to read, look at or listen to: text, files, or both."""

    __tablename__ = "materials"
    __table_args__ = of_item("materials", ContentType.MATERIAL)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    content_type: Mapped[ContentType] = type_of_item(ContentType.MATERIAL)
    body: Mapped[str | None]


class MaterialFile(Base):
    """A stored file of a material."""

    __tablename__ = "material_files"
    __table_args__ = (
        UniqueConstraint("material_id", "order_index", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("length(name) between 1 and 255", name="name_length"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        CheckConstraint("order_index >= 1", name="order_from_one"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    material_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"))
    storage_key: Mapped[str] = mapped_column(String(500), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    order_index: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = created()


class AssignmentOpening(Base):
    """When a student opened an exam; every instant is passed in, never the database's clock's."""

    __tablename__ = "assignment_openings"
    __table_args__ = (
        UniqueConstraint("student_id", "assignment_id"),
        CheckConstraint("deadline_at > opened_at", name="deadline_after_opening"),
        CheckConstraint("locked_at >= opened_at", name="locked_after_opening"),
        Index(
            "ix_assignment_openings_running",
            "deadline_at",
            postgresql_where=text("locked_at is null"),
        ),
    )

    id: Mapped[uuid.UUID] = primary_key()
    student_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    assignment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True
    )
    opened_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
