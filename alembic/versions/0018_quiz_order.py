"""A question of a quiz can be left for later, and comes back after the others."""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "practice_items",
        sa.Column("postponed", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_practice_items_postponed_not_negative"), "practice_items", "postponed >= 0"
    )


def downgrade() -> None:
    # The check goes with its column.
    op.drop_column("practice_items", "postponed")
