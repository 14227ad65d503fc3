"""Who completed something since an instant, answered by an index alone."""

import sqlalchemy as sa

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INDEX = "ix_practice_sessions_completed_at_student_id"


def upgrade() -> None:
    op.create_index(
        INDEX,
        "practice_sessions",
        ["completed_at", "student_id"],
        postgresql_where=sa.text("completed_at is not null"),
    )


def downgrade() -> None:
    op.drop_index(INDEX, "practice_sessions")
