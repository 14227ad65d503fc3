"""Invitations to be a teacher; who dropped whom from a class."""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrollments", sa.Column("dropped_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_enrollments_dropped_by_users"),
        "enrollments",
        "users",
        ["dropped_by"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(op.f("ix_enrollments_dropped_by"), "enrollments", ["dropped_by"])
    op.create_check_constraint(
        op.f("ck_enrollments_only_the_dropped_were_dropped"),
        "enrollments",
        "dropped_by is null or status = 'dropped'",
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "token_hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_invitations_token_hash_is_sha256")
        ),
        sa.CheckConstraint(
            "used_by is null or used_at is not null", name=op.f("ck_invitations_use_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["users.id"],
            name=op.f("fk_invitations_created_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["used_by"],
            ["users.id"],
            name=op.f("fk_invitations_used_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_created_by"), "invitations", ["created_by"])
    op.create_index(op.f("ix_invitations_used_by"), "invitations", ["used_by"])


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_constraint(
        op.f("ck_enrollments_only_the_dropped_were_dropped"), "enrollments", type_="check"
    )
    op.drop_index(op.f("ix_enrollments_dropped_by"), table_name="enrollments")
    op.drop_constraint(op.f("fk_enrollments_dropped_by_users"), "enrollments", type_="foreignkey")
    op.drop_column("enrollments", "dropped_by")
