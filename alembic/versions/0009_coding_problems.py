"""Coding problems: versions, tests, and the assignments they are set in."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PROBLEM_VISIBILITY = ENUM("private", "shared", name="problem_visibility", create_type=False)
CHECKER_KIND = ENUM(
    "exact", "tokens", "floats", "lines", "custom", name="checker_kind", create_type=False
)
ENUMS = (
    PROBLEM_VISIBILITY,
    CHECKER_KIND,
)
TABLES = (
    "problem_versions",
    "test_cases",
    "assignment_problems",
)

REFUSE_CHANGE_OF_PUBLISHED = """create function refuse_change_of_published() returns trigger language plpgsql volatile as $$
begin
    perform from problem_versions
        where id in (old.problem_version_id, new.problem_version_id) for share;
    if exists (
        select from problem_versions
        where id in (old.problem_version_id, new.problem_version_id) and published_at is not null
    ) then
        raise exception '% of %: %', lower(tg_op), tg_table_name, tg_argv[0]
            using errcode = '23001', table = tg_table_name, constraint = tg_name;
    end if;
    return coalesce(new, old);
end
$$"""

TRIGGERS = (
    (
        "create trigger tr_problem_versions_published_stays before update of slug, version, title, title_bn, description_markdown, description_bn, hint, hint_bn, starter_code, starter_language, reference_solution, reference_language, time_limit_ms, memory_limit_kb, output_limit_kb, checker, checker_absolute, checker_relative, checker_case_sensitive, checker_language, checker_source, checker_arguments, test_groups, created_at, published_at on problem_versions"
        " for each row"
        " when (old.published_at is not null)"
        " execute function refuse_change('what was published never changes: an edit makes the next version')"
    ),
    (
        "create trigger tr_test_cases_published_stay before insert or update or delete on test_cases"
        " for each row"
        " execute function refuse_change_of_published('the tests of a published version never change')"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "problem_versions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("visibility", PROBLEM_VISIBILITY, server_default="private", nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_bn", sa.String(length=200), nullable=True),
        sa.Column("description_markdown", sa.Text(), nullable=False),
        sa.Column("description_bn", sa.Text(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("hint_bn", sa.Text(), nullable=True),
        sa.Column("starter_code", sa.Text(), nullable=True),
        sa.Column("starter_language", sa.String(length=20), nullable=True),
        sa.Column("reference_solution", sa.Text(), nullable=True),
        sa.Column("reference_language", sa.String(length=20), nullable=True),
        sa.Column("time_limit_ms", sa.Integer(), server_default=sa.text("2000"), nullable=False),
        sa.Column(
            "memory_limit_kb", sa.Integer(), server_default=sa.text("262144"), nullable=False
        ),
        sa.Column("output_limit_kb", sa.Integer(), server_default=sa.text("8192"), nullable=False),
        sa.Column("checker", CHECKER_KIND, server_default="tokens", nullable=False),
        sa.Column("checker_absolute", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column("checker_relative", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "checker_case_sensitive", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("checker_language", sa.String(length=20), nullable=True),
        sa.Column("checker_source", sa.Text(), nullable=True),
        sa.Column(
            "checker_arguments",
            JSONB(),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "test_groups",
            JSONB(),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(checker = 'custom') = (checker_source is not null) and (checker_source is null) = (checker_language is null)",
            name=op.f("ck_problem_versions_checker_has_source"),
        ),
        sa.CheckConstraint(
            "jsonb_typeof(checker_arguments) = 'array'",
            name=op.f("ck_problem_versions_checker_arguments_are_a_list"),
        ),
        sa.CheckConstraint(
            "jsonb_typeof(test_groups) = 'array'",
            name=op.f("ck_problem_versions_test_groups_are_a_list"),
        ),
        sa.CheckConstraint(
            "(reference_solution is null) = (reference_language is null)",
            name=op.f("ck_problem_versions_reference_has_language"),
        ),
        sa.CheckConstraint(
            "(starter_code is null) = (starter_language is null)",
            name=op.f("ck_problem_versions_starter_has_language"),
        ),
        sa.CheckConstraint(
            "checker_absolute >= 0 and checker_relative >= 0",
            name=op.f("ck_problem_versions_tolerance_not_negative"),
        ),
        sa.CheckConstraint(
            "length(title) between 1 and 200", name=op.f("ck_problem_versions_title_length")
        ),
        sa.CheckConstraint(
            "time_limit_ms > 0 and memory_limit_kb > 0 and output_limit_kb > 0",
            name=op.f("ck_problem_versions_limits_positive"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_problem_versions_version_from_one")),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_problem_versions_owner_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_versions")),
        sa.UniqueConstraint("slug", "version", name=op.f("uq_problem_versions_slug_version")),
    )
    op.create_index(op.f("ix_problem_versions_owner_id"), "problem_versions", ["owner_id"])
    op.create_table(
        "test_cases",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("problem_version_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "points", sa.Numeric(precision=8, scale=2), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("group_name", sa.String(length=100), nullable=True),
        sa.Column("input", sa.Text(), nullable=True),
        sa.Column("input_key", sa.String(length=500), nullable=True),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("output_key", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(input is null) <> (input_key is null)",
            name=op.f("ck_test_cases_input_here_or_stored"),
        ),
        sa.CheckConstraint(
            "(output is null) <> (output_key is null)",
            name=op.f("ck_test_cases_output_here_or_stored"),
        ),
        sa.CheckConstraint("octet_length(input) <= 65536", name=op.f("ck_test_cases_input_size")),
        sa.CheckConstraint("octet_length(output) <= 65536", name=op.f("ck_test_cases_output_size")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_test_cases_ordinal_from_one")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_test_cases_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["problem_version_id"],
            ["problem_versions.id"],
            name=op.f("fk_test_cases_problem_version_id_problem_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_cases")),
        sa.UniqueConstraint(
            "problem_version_id", "ordinal", name=op.f("uq_test_cases_problem_version_id_ordinal")
        ),
    )
    op.create_table(
        "assignment_problems",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=False),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column("custom_points", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "custom_points >= 0", name=op.f("ck_assignment_problems_points_not_negative")
        ),
        sa.CheckConstraint("order_index >= 1", name=op.f("ck_assignment_problems_order_from_one")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_problems_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problem_versions.id"],
            name=op.f("fk_assignment_problems_problem_id_problem_versions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_problems")),
        sa.UniqueConstraint(
            "assignment_id",
            "order_index",
            deferrable=True,
            initially="IMMEDIATE",
            name=op.f("uq_assignment_problems_assignment_id_order_index"),
        ),
        sa.UniqueConstraint(
            "assignment_id",
            "problem_id",
            name=op.f("uq_assignment_problems_assignment_id_problem_id"),
        ),
    )
    op.create_index(
        op.f("ix_assignment_problems_problem_id"),
        "assignment_problems",
        ["problem_id"],
    )
    op.execute(REFUSE_CHANGE_OF_PUBLISHED)
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function refuse_change_of_published()")
    for enum in ENUMS:
        enum.drop(op.get_bind())
