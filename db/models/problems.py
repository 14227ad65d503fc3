"""Coding problems: their versions, the tests of each, and the assignments they are set in."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Double,
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

from db.models.base import Base, JsonList, created, empty_list, enum_type, primary_key
from domain.problems.records import ProblemVisibility
from domain.problems.upload_records import UploadStatus
from domain.submissions.judging import CheckerKind

CHECKER_KIND = enum_type(CheckerKind, "checker_kind")
PROBLEM_VISIBILITY = enum_type(ProblemVisibility, "problem_visibility")
UPLOAD_STATUS = enum_type(UploadStatus, "upload_status")

POINTS = Numeric(8, 2)

MAY_CHANGE = {"id", "owner_id", "visibility"}
"""What of a published version may change; all else is its content."""


class ProblemVersion(Base):
    """One version of a coding problem. Once published its content and its tests stay."""

    __tablename__ = "problem_versions"
    __table_args__ = (
        UniqueConstraint("slug", "version"),
        CheckConstraint("version >= 1", name="version_from_one"),
        CheckConstraint("length(title) between 1 and 200", name="title_length"),
        CheckConstraint(
            "(starter_code is null) = (starter_language is null)", name="starter_has_language"
        ),
        CheckConstraint(
            "(reference_solution is null) = (reference_language is null)",
            name="reference_has_language",
        ),
        CheckConstraint(
            "time_limit_ms > 0 and memory_limit_kb > 0 and output_limit_kb > 0",
            name="limits_positive",
        ),
        CheckConstraint(
            "(checker = 'custom') = (checker_source is not null)"
            " and (checker_source is null) = (checker_language is null)",
            name="checker_has_source",
        ),
        CheckConstraint(
            "checker_absolute >= 0 and checker_relative >= 0", name="tolerance_not_negative"
        ),
        CheckConstraint(
            "jsonb_typeof(checker_arguments) = 'array'", name="checker_arguments_are_a_list"
        ),
        CheckConstraint("jsonb_typeof(test_groups) = 'array'", name="test_groups_are_a_list"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    slug: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    visibility: Mapped[ProblemVisibility] = mapped_column(
        PROBLEM_VISIBILITY, server_default=ProblemVisibility.PRIVATE.value
    )
    # In whatever language the teacher wrote; the `_bn` ones are there where it was another.
    title: Mapped[str] = mapped_column(String(200))
    title_bn: Mapped[str | None] = mapped_column(String(200))
    description_markdown: Mapped[str]
    description_bn: Mapped[str | None]
    hint: Mapped[str | None]
    hint_bn: Mapped[str | None]
    starter_code: Mapped[str | None]
    starter_language: Mapped[str | None] = mapped_column(String(20))
    reference_solution: Mapped[str | None]
    reference_language: Mapped[str | None] = mapped_column(String(20))
    time_limit_ms: Mapped[int] = mapped_column(Integer, server_default=text("2000"))
    memory_limit_kb: Mapped[int] = mapped_column(Integer, server_default=text("262144"))
    output_limit_kb: Mapped[int] = mapped_column(Integer, server_default=text("8192"))
    checker: Mapped[CheckerKind] = mapped_column(
        CHECKER_KIND, server_default=CheckerKind.TOKENS.value
    )
    checker_absolute: Mapped[float] = mapped_column(Double, server_default=text("0"))
    checker_relative: Mapped[float] = mapped_column(Double, server_default=text("0"))
    checker_case_sensitive: Mapped[bool] = mapped_column(server_default=text("true"))
    checker_language: Mapped[str | None] = mapped_column(String(20))
    checker_source: Mapped[str | None]
    checker_arguments: Mapped[JsonList] = empty_list()
    test_groups: Mapped[JsonList] = empty_list()
    created_at: Mapped[datetime] = created()
    published_at: Mapped[datetime | None]


class TestCase(Base):
    """One test of a version; what is too long for a row, or no text, is a stored object."""

    __tablename__ = "test_cases"
    __table_args__ = (
        UniqueConstraint("problem_version_id", "ordinal"),
        CheckConstraint("ordinal >= 1", name="ordinal_from_one"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("(input is null) <> (input_key is null)", name="input_here_or_stored"),
        CheckConstraint("(output is null) <> (output_key is null)", name="output_here_or_stored"),
        CheckConstraint("octet_length(input) <= 65536", name="input_size"),
        CheckConstraint("octet_length(output) <= 65536", name="output_size"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    problem_version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problem_versions.id", ondelete="CASCADE")
    )
    ordinal: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    hidden: Mapped[bool] = mapped_column(server_default=text("true"))
    points: Mapped[Decimal] = mapped_column(POINTS, server_default=text("0"))
    group_name: Mapped[str | None] = mapped_column(String(200))
    input: Mapped[str | None]
    input_key: Mapped[str | None] = mapped_column(String(500))
    output: Mapped[str | None]
    output_key: Mapped[str | None] = mapped_column(String(500))


class AssignmentProblem(Base):
    """A version of a problem as it is set in one assignment; it stays while attempts need it."""

    __tablename__ = "assignment_problems"
    __table_args__ = (
        UniqueConstraint("assignment_id", "problem_id"),
        UniqueConstraint("assignment_id", "order_index", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("order_index >= 1", name="order_from_one"),
        CheckConstraint("custom_points >= 0", name="points_not_negative"),
    )

    id: Mapped[uuid.UUID] = primary_key()
    assignment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE")
    )
    problem_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("problem_versions.id", ondelete="RESTRICT"), index=True
    )
    order_index: Mapped[int] = mapped_column(Integer)
    custom_points: Mapped[int | None] = mapped_column(Integer)


class ProblemUpload(Base):
    """A problem that somebody sent, until its programs were run. A version that it becomes has
    its id; a refused one keeps no archive."""

    __tablename__ = "problem_uploads"
    __table_args__ = (
        CheckConstraint(
            "(status in ('accepted', 'refused', 'failed')) = (ended_at is not null)",
            name="ended_has_time",
        ),
        CheckConstraint(
            "(archive_key is not null) = (status in ('queued', 'processing', 'accepted'))",
            name="archive_while_needed",
        ),
        CheckConstraint(
            "lease_until is null or status = 'processing'", name="lease_while_processing"
        ),
        CheckConstraint(
            "status <> 'processing' or started_at is not null", name="started_has_time"
        ),
        CheckConstraint("claims >= 0 and tries >= 0", name="counts_not_negative"),
        CheckConstraint("fingerprint ~ '^[0-9a-f]{64}$'", name="fingerprint_is_sha256"),
        Index("ix_problem_uploads_waiting", "id", postgresql_where=text("ended_at is null")),
    )

    id: Mapped[uuid.UUID] = primary_key()
    owner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(200))
    archive_key: Mapped[str | None] = mapped_column(String(500))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[UploadStatus] = mapped_column(
        UPLOAD_STATUS, server_default=UploadStatus.QUEUED.value
    )
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    claims: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    queued_at: Mapped[datetime] = created()
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
