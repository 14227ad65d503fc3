"""Groups of tests are called like their folders, whose names may be longer."""

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("test_cases", "group_name", type_=sa.String(length=200))


def downgrade() -> None:
    op.alter_column(
        "test_cases",
        "group_name",
        type_=sa.String(length=100),
        postgresql_using="left(group_name, 100)",
    )
