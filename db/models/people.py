"""People: everyone who talks to the bot, the learners among them, and their streaks."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
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
    empty_object,
    enum_type,
    primary_key,
)
from domain.people.records import Language, Role

ROLE = enum_type(Role, "user_role")
LANGUAGE = enum_type(Language, "language")


class User(Base):
    """Everyone who talks to the bot. Telegram authenticates them, so there is no password."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(settings) = 'object'", name="settings_is_object"),
        CheckConstraint("length(full_name) between 1 and 128", name="full_name_length"),
        CheckConstraint("telegram_id > 0", name="telegram_id_positive"),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    username: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[Role] = mapped_column(ROLE, server_default=Role.STUDENT.value, index=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, server_default=Language.BN.value)
    timezone: Mapped[str] = mapped_column(String(64), server_default="Asia/Dhaka", index=True)
    college_type: Mapped[str | None] = mapped_column(String(64), index=True)
    avatar_url: Mapped[str | None] = mapped_column(String(500))
    settings: Mapped[Json] = empty_object()
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    blocked_bot_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class Student(Base):
    """A learner's profile; name, language and Telegram id stand on the user."""

    __tablename__ = "students"
    __table_args__ = (
        CheckConstraint("grade in (6, 7, 8)", name="grade"),
        Index(
            "ix_students_reminder_time",
            "reminder_time",
            postgresql_where=text("reminder_time is not null"),
        ),
        {"info": {TOUCHED: True}},
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    grade: Mapped[int | None] = mapped_column(SmallInteger, index=True)
    reminder_time: Mapped[time | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class Streak(Base):
    """Local days in a row with a completed practice session."""

    __tablename__ = "streaks"
    __table_args__ = (
        CheckConstraint("current_streak >= 0", name="current_not_negative"),
        CheckConstraint("longest_streak >= 0", name="longest_not_negative"),
        CheckConstraint("longest_streak >= current_streak", name="longest_at_least_current"),
        CheckConstraint(
            "jsonb_typeof(milestones_achieved) = 'array'", name="milestones_are_a_list"
        ),
        {"info": {TOUCHED: True}},
    )

    student_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("students.user_id", ondelete="CASCADE"), primary_key=True
    )
    current_streak: Mapped[int] = mapped_column(Integer, server_default=text("0"), index=True)
    longest_streak: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    last_practice_date: Mapped[date | None]
    milestones_achieved: Mapped[JsonList] = empty_list()
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()
