"""How well each student knows each topic."""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skills",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("belief", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("half_life_days", sa.Double(), nullable=False),
        sa.Column("practised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(belief) > 0", name=op.f("ck_skills_belief_not_empty")),
        sa.CheckConstraint("half_life_days > 0", name=op.f("ck_skills_half_life_positive")),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["students.user_id"],
            name=op.f("fk_skills_student_id_students"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("student_id", "topic", name=op.f("pk_skills")),
    )


def downgrade() -> None:
    op.drop_table("skills")
