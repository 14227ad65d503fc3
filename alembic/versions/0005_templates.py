"""Problems with numbers chosen anew, answers of more kinds, and teachers' own problems."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ANSWER_FORM = ENUM(
    "lowest",
    "mixed",
    "decimal",
    "scientific",
    "factors",
    "expanded",
    name="answer_form",
    create_type=False,
)
PROBLEM_ORIGIN = ENUM("library", "folder", "teacher", name="problem_origin", create_type=False)
ENUMS = (ANSWER_FORM, PROBLEM_ORIGIN)
OLD_KINDS = ("number", "fraction", "percent")
NEW_KINDS = ("ratio", "expression", "unknowns", "set", "inequality")
CHECKS = (
    ("chapter_in_both_languages", "(chapter_en is null) = (chapter_bn is null)"),
    (
        "parameters_are_a_list",
        "jsonb_typeof(parameters) = 'array' and jsonb_array_length(parameters) > 0",
    ),
    (
        "conditions_are_of_parameters",
        "conditions is null or (jsonb_typeof(conditions) = 'array' and parameters is not null)",
    ),
    ("only_teachers_own", "origin = 'teacher' or (owner_id is null and approved_by is null)"),
)


def columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("answer_form", ANSWER_FORM, nullable=True),
        sa.Column("unit_required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("chapter_en", sa.Text(), nullable=True),
        sa.Column("chapter_bn", sa.Text(), nullable=True),
        sa.Column("computation", sa.String(length=500), nullable=True),
        sa.Column("parameters", JSONB(), nullable=True),
        sa.Column("conditions", JSONB(), nullable=True),
        sa.Column("origin", PROBLEM_ORIGIN, server_default="library", nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
    )


def create_proposals() -> None:
    op.create_table(
        "problem_proposals",
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column(
            "proposed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "content ->> 'slug' is not distinct from slug",
            name=op.f("ck_problem_proposals_content_has_slug"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_problem_proposals_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_problem_proposals")),
    )
    op.create_index(op.f("ix_problem_proposals_owner_id"), "problem_proposals", ["owner_id"])


def mark_old_problems() -> None:
    """What is there already may be anybody's: nothing says whether it came with the library.

    As a folder's it stays in use, and the library claims what is its own by the slugs. The time
    of the last change stays what it was.
    """
    op.execute("alter table problems disable trigger tr_problems_touch")
    op.execute(
        "update problems set origin = 'folder', approved_at = created_at, written_at = updated_at"
    )
    op.execute("alter table problems enable trigger tr_problems_touch")
    op.alter_column("problems", "approved_at", nullable=False)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    for kind in NEW_KINDS:
        op.execute(f"alter type answer_kind add value '{kind}'")
    for column in columns():
        op.add_column("problems", column)
    mark_old_problems()
    for name, rule in CHECKS:
        op.create_check_constraint(op.f(f"ck_problems_{name}"), "problems", rule)
    for column in ("owner_id", "approved_by"):
        op.create_foreign_key(
            op.f(f"fk_problems_{column}_users"),
            "problems",
            "users",
            [column],
            ["id"],
            ondelete="SET NULL",
        )
        op.create_index(op.f(f"ix_problems_{column}"), "problems", [column])
    create_proposals()


def downgrade() -> None:
    op.drop_table("problem_proposals")
    # What the older version cannot show stays for the sake of its responses, and is not set.
    kinds = ", ".join(f"'{kind}'" for kind in NEW_KINDS)
    unknown = f"answer_kind::text in ({kinds}) or parameters is not null"
    op.execute(
        "update problems set is_active = false"  # noqa: S608, only the kinds named above
        f" where is_active and ({unknown} or withdrawn_at is not null)"
    )
    for column in reversed(columns()):
        # Its checks, indexes and keys go with it.
        op.drop_column("problems", column.name)
    op.execute("alter table problems alter answer_kind drop default")
    op.execute("alter type answer_kind rename to answer_kind_of_0005")
    ENUM(*OLD_KINDS, name="answer_kind").create(op.get_bind())
    op.execute(
        "alter table problems alter answer_kind type answer_kind using"
        f" (case when answer_kind::text in ({kinds}) then 'number' else answer_kind::text end)"
        "::answer_kind"
    )
    op.execute("alter table problems alter answer_kind set default 'number'")
    op.execute("drop type answer_kind_of_0005")
    for enum in reversed(ENUMS):
        enum.drop(op.get_bind())
