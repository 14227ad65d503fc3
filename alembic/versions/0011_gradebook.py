"""The gradebook."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

GRADEBOOK_STATUS = ENUM(
    "graded", "pending", "missing", "excused", name="gradebook_status", create_type=False
)
ENUMS = (GRADEBOOK_STATUS,)
TABLES = ("gradebook_entries",)

TRIGGERS = (
    (
        "create trigger tr_gradebook_entries_touch before update on gradebook_entries"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "gradebook_entries",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("content_item_id", sa.Uuid(), nullable=False),
        sa.Column("status", GRADEBOOK_STATUS, server_default="pending", nullable=False),
        sa.Column("score_obtained", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("max_score", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("grade_letter", sa.String(length=5), nullable=True),
        sa.Column("manual_feedback", sa.Text(), nullable=True),
        sa.Column("private_notes", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status <> 'graded' or score_obtained is not null",
            name=op.f("ck_gradebook_entries_graded_has_score"),
        ),
        sa.CheckConstraint(
            "max_score >= 0", name=op.f("ck_gradebook_entries_max_score_not_negative")
        ),
        sa.CheckConstraint(
            "score_obtained >= 0", name=op.f("ck_gradebook_entries_score_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["content_item_id"],
            ["content_items.id"],
            name=op.f("fk_gradebook_entries_content_item_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["users.id"],
            name=op.f("fk_gradebook_entries_student_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradebook_entries")),
        sa.UniqueConstraint(
            "student_id",
            "content_item_id",
            name=op.f("uq_gradebook_entries_student_id_content_item_id"),
        ),
    )
    op.create_index(
        op.f("ix_gradebook_entries_content_item_id"),
        "gradebook_entries",
        ["content_item_id"],
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    for enum in ENUMS:
        enum.drop(op.get_bind())
