"""Messages that replace others which may not have been sent yet; who was served of late."""

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("edits_key", sa.String(length=200), nullable=True))
    op.create_index(
        op.f("ix_outbox_edits_key"),
        "outbox",
        ["edits_key"],
        postgresql_where=sa.text("sent_at is null and failed_reason is null"),
    )
    op.drop_index(op.f("ix_judgings_message_of"), table_name="judgings")
    op.drop_constraint(op.f("fk_judgings_message_of_outbox"), "judgings", type_="foreignkey")
    op.drop_column("judgings", "message_of")
    op.create_index(op.f("ix_judgings_started_at"), "judgings", ["started_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_judgings_started_at"), table_name="judgings")
    op.add_column("judgings", sa.Column("message_of", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_judgings_message_of_outbox"),
        "judgings",
        "outbox",
        ["message_of"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(op.f("ix_judgings_message_of"), "judgings", ["message_of"])
    op.drop_index(
        op.f("ix_outbox_edits_key"),
        table_name="outbox",
        postgresql_where=sa.text("sent_at is null and failed_reason is null"),
    )
    op.drop_column("outbox", "edits_key")
