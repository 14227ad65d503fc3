"""What the clock asks of classes each minute: exams that run, work that comes due."""

import sqlalchemy as sa

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_assignment_openings_running",
        "assignment_openings",
        ["deadline_at"],
        postgresql_where=sa.text("locked_at is null"),
    )
    op.create_index(
        "ix_content_items_coming_due",
        "content_items",
        ["due_date"],
        postgresql_where=sa.text("missing_marked_for is distinct from due_date"),
    )


def downgrade() -> None:
    op.drop_index("ix_content_items_coming_due", "content_items")
    op.drop_index("ix_assignment_openings_running", "assignment_openings")
