"""Coding problems on their way in, until their programs were run."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UPLOAD_STATUS = ENUM(
    "queued",
    "processing",
    "accepted",
    "refused",
    "failed",
    name="upload_status",
    create_type=False,
)

ONLY_FORWARD = (
    "create trigger tr_problem_uploads_only_forward before update of status on problem_uploads"
    " for each row"
    " when (new.status < old.status or (old.ended_at is not null and new.status <> old.status))"
    " execute function refuse_change('an upload only moves forward and ends once')"
)


def upgrade() -> None:
    UPLOAD_STATUS.create(op.get_bind())
    op.create_table(
        "problem_uploads",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("archive_key", sa.String(length=500), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", UPLOAD_STATUS, server_default="queued", nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("claims", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "queued_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status in ('accepted', 'refused', 'failed')) = (ended_at is not null)",
            name=op.f("ck_problem_uploads_ended_has_time"),
        ),
        sa.CheckConstraint(
            "(archive_key is not null) = (status in ('queued', 'processing', 'accepted'))",
            name=op.f("ck_problem_uploads_archive_while_needed"),
        ),
        sa.CheckConstraint(
            "lease_until is null or status = 'processing'",
            name=op.f("ck_problem_uploads_lease_while_processing"),
        ),
        sa.CheckConstraint(
            "status <> 'processing' or started_at is not null",
            name=op.f("ck_problem_uploads_started_has_time"),
        ),
        sa.CheckConstraint(
            "claims >= 0 and tries >= 0", name=op.f("ck_problem_uploads_counts_not_negative")
        ),
        sa.CheckConstraint(
            "fingerprint ~ '^[0-9a-f]{64}$'",
            name=op.f("ck_problem_uploads_fingerprint_is_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_problem_uploads_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_uploads")),
    )
    op.create_index(op.f("ix_problem_uploads_owner_id"), "problem_uploads", ["owner_id"])
    op.create_index(
        op.f("ix_problem_uploads_waiting"),
        "problem_uploads",
        ["id"],
        postgresql_where=sa.text("ended_at is null"),
    )
    op.execute(ONLY_FORWARD)


def downgrade() -> None:
    op.drop_table("problem_uploads")
    UPLOAD_STATUS.drop(op.get_bind())
