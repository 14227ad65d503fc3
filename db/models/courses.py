"""Classes: who is in them, and the modules that they are taught in."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import TOUCHED, Base, Json, created, empty_object, enum_type, primary_key
from domain.courses.records import EnrollmentRole, EnrollmentStatus

ENROLLMENT_ROLE = enum_type(EnrollmentRole, "enrollment_role")
ENROLLMENT_STATUS = enum_type(EnrollmentStatus, "enrollment_status")


class Class(Base):
    """A class of one teacher's. It outlives the teacher's account, for its students' work does."""

    __tablename__ = "classes"
    __table_args__ = (
        CheckConstraint("length(name) between 1 and 100", name="name_length"),
        CheckConstraint("join_code ~ '^[2-9A-HJKMNP-Z]{6}$'", name="join_code_readable"),
        CheckConstraint("jsonb_typeof(settings) = 'object'", name="settings_is_object"),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(100))
    section: Mapped[str | None] = mapped_column(String(50))
    join_code: Mapped[str] = mapped_column(String(6), unique=True)
    is_archived: Mapped[bool] = mapped_column(server_default=text("false"))
    settings: Mapped[Json] = empty_object()
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class Enrollment(Base):
    """Who is in a class, and as what; whoever leaves keeps the row, as dropped."""

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("user_id", "class_id"),
        CheckConstraint(
            "dropped_by is null or status = 'dropped'", name="only_the_dropped_were_dropped"
        ),
    )

    id: Mapped[uuid.UUID] = primary_key()
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    class_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[EnrollmentRole] = mapped_column(
        ENROLLMENT_ROLE, server_default=EnrollmentRole.STUDENT.value
    )
    status: Mapped[EnrollmentStatus] = mapped_column(
        ENROLLMENT_STATUS, server_default=EnrollmentStatus.ACTIVE.value
    )
    joined_at: Mapped[datetime] = created()
    # Whoever left by themselves may come back by the class's code; whoever was dropped may not.
    dropped_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )


class Invitation(Base):
    """A link that makes the first person who follows it a teacher. Its secret is not kept."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="token_hash_is_sha256"),
        CheckConstraint("used_by is null or used_at is not null", name="use_has_time"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = created()


class Module(Base):
    """A part of a class: a week, a chapter."""

    __tablename__ = "modules"
    __table_args__ = (
        # Deferrable, so that one statement or one transaction can change the order.
        UniqueConstraint("class_id", "order_index", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("length(title) between 1 and 200", name="title_length"),
        CheckConstraint("order_index >= 1", name="order_from_one"),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    class_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None]
    order_index: Mapped[int] = mapped_column(Integer)
    is_published: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()
