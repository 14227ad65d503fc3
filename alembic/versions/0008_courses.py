"""Classes: who is in them, their modules, and what stands in these."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENROLLMENT_ROLE = ENUM("student", "ta", "teacher", name="enrollment_role", create_type=False)
ENROLLMENT_STATUS = ENUM("active", "dropped", name="enrollment_status", create_type=False)
CONTENT_TYPE = ENUM(
    "assignment", "quiz", "material", "announcement", name="content_type", create_type=False
)
ASSIGNMENT_MODE = ENUM("practice", "exam", "homework", name="assignment_mode", create_type=False)
ASSIGNMENT_DIFFICULTY = ENUM(
    "easy", "medium", "hard", name="assignment_difficulty", create_type=False
)
ENUMS = (
    ENROLLMENT_ROLE,
    ENROLLMENT_STATUS,
    CONTENT_TYPE,
    ASSIGNMENT_MODE,
    ASSIGNMENT_DIFFICULTY,
)
TABLES = (
    "classes",
    "enrollments",
    "modules",
    "content_items",
    "assignments",
    "quizzes",
    "quiz_problems",
    "materials",
    "material_files",
    "assignment_openings",
)

TRIGGERS = (
    (
        "create trigger tr_classes_touch before update on classes"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_modules_touch before update on modules"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_content_items_touch before update on content_items"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "classes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("section", sa.String(length=50), nullable=True),
        sa.Column("join_code", sa.String(length=6), nullable=False),
        sa.Column("is_archived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "settings",
            JSONB(),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
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
            "join_code ~ '^[2-9A-HJKMNP-Z]{6}$'", name=op.f("ck_classes_join_code_readable")
        ),
        sa.CheckConstraint(
            "jsonb_typeof(settings) = 'object'", name=op.f("ck_classes_settings_is_object")
        ),
        sa.CheckConstraint("length(name) between 1 and 100", name=op.f("ck_classes_name_length")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_classes_owner_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
        sa.UniqueConstraint("join_code", name=op.f("uq_classes_join_code")),
    )
    op.create_index(op.f("ix_classes_owner_id"), "classes", ["owner_id"])
    op.create_table(
        "enrollments",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("role", ENROLLMENT_ROLE, server_default="student", nullable=False),
        sa.Column("status", ENROLLMENT_STATUS, server_default="active", nullable=False),
        sa.Column(
            "joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_enrollments_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_enrollments_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollments")),
        sa.UniqueConstraint("user_id", "class_id", name=op.f("uq_enrollments_user_id_class_id")),
    )
    op.create_index(op.f("ix_enrollments_class_id"), "enrollments", ["class_id"])
    op.create_table(
        "modules",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column("is_published", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.CheckConstraint("length(title) between 1 and 200", name=op.f("ck_modules_title_length")),
        sa.CheckConstraint("order_index >= 1", name=op.f("ck_modules_order_from_one")),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_modules_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modules")),
        sa.UniqueConstraint(
            "class_id",
            "order_index",
            deferrable=True,
            initially="IMMEDIATE",
            name=op.f("uq_modules_class_id_order_index"),
        ),
    )
    op.create_table(
        "content_items",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("content_type", CONTENT_TYPE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column("is_published", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("release_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
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
            "length(title) between 1 and 200", name=op.f("ck_content_items_title_length")
        ),
        sa.CheckConstraint("order_index >= 1", name=op.f("ck_content_items_order_from_one")),
        sa.CheckConstraint(
            "release_date < due_date", name=op.f("ck_content_items_due_after_release")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["users.id"],
            name=op.f("fk_content_items_created_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["module_id"],
            ["modules.id"],
            name=op.f("fk_content_items_module_id_modules"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_items")),
        sa.UniqueConstraint("id", "content_type", name=op.f("uq_content_items_id_content_type")),
        sa.UniqueConstraint(
            "module_id",
            "order_index",
            deferrable=True,
            initially="IMMEDIATE",
            name=op.f("uq_content_items_module_id_order_index"),
        ),
    )
    op.create_index(op.f("ix_content_items_created_by"), "content_items", ["created_by"])
    op.create_index(op.f("ix_content_items_due_date"), "content_items", ["due_date"])
    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_type", CONTENT_TYPE, server_default="assignment", nullable=False),
        sa.Column("mode", ASSIGNMENT_MODE, nullable=False),
        sa.Column("points_total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("difficulty", ASSIGNMENT_DIFFICULTY, server_default="medium", nullable=False),
        sa.Column(
            "config",
            JSONB(),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "coalesce(jsonb_typeof(config -> 'late_policy'), 'null') = 'null' or (coalesce(config #>> '{late_policy,kind}' in ('none', 'refuse', 'penalty'), false) and coalesce(config #>> '{late_policy,grace_minutes}', '0') ~ '^[0-9]{1,6}$')",
            name=op.f("ck_assignments_late_policy_known"),
        ),
        sa.CheckConstraint(
            "coalesce(jsonb_typeof(config -> 'max_attempts'), 'null') = 'null' or (jsonb_typeof(config -> 'max_attempts') = 'number' and config ->> 'max_attempts' ~ '^[1-9][0-9]{0,5}$')",
            name=op.f("ck_assignments_max_attempts_from_one"),
        ),
        sa.CheckConstraint(
            "coalesce(jsonb_typeof(config -> 'time_limit_mins'), 'null') = 'null' or (jsonb_typeof(config -> 'time_limit_mins') = 'number' and config ->> 'time_limit_mins' ~ '^[1-9][0-9]{0,5}$')",
            name=op.f("ck_assignments_time_limit_from_one"),
        ),
        sa.CheckConstraint("content_type = 'assignment'", name=op.f("ck_assignments_content_type")),
        sa.CheckConstraint(
            "jsonb_typeof(config) = 'object'", name=op.f("ck_assignments_config_is_object")
        ),
        sa.CheckConstraint("points_total >= 0", name=op.f("ck_assignments_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["id", "content_type"],
            ["content_items.id", "content_items.content_type"],
            name=op.f("fk_assignments_id_content_type_content_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_id_content_type", "assignments", ["id", "content_type"])
    op.create_table(
        "quizzes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_type", CONTENT_TYPE, server_default="quiz", nullable=False),
        sa.Column("points_total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("content_type = 'quiz'", name=op.f("ck_quizzes_content_type")),
        sa.CheckConstraint("points_total >= 0", name=op.f("ck_quizzes_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["id", "content_type"],
            ["content_items.id", "content_items.content_type"],
            name=op.f("fk_quizzes_id_content_type_content_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes")),
    )
    op.create_index("ix_quizzes_id_content_type", "quizzes", ["id", "content_type"])
    op.create_table(
        "quiz_problems",
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=False),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.CheckConstraint("order_index >= 1", name=op.f("ck_quiz_problems_order_from_one")),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_quiz_problems_problem_id_problems"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["quiz_id"],
            ["quizzes.id"],
            name=op.f("fk_quiz_problems_quiz_id_quizzes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("quiz_id", "problem_id", name=op.f("pk_quiz_problems")),
        sa.UniqueConstraint(
            "quiz_id",
            "order_index",
            deferrable=True,
            initially="IMMEDIATE",
            name=op.f("uq_quiz_problems_quiz_id_order_index"),
        ),
    )
    op.create_index(op.f("ix_quiz_problems_problem_id"), "quiz_problems", ["problem_id"])
    op.create_table(
        "materials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_type", CONTENT_TYPE, server_default="material", nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.CheckConstraint("content_type = 'material'", name=op.f("ck_materials_content_type")),
        sa.ForeignKeyConstraint(
            ["id", "content_type"],
            ["content_items.id", "content_items.content_type"],
            name=op.f("fk_materials_id_content_type_content_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
    )
    op.create_index("ix_materials_id_content_type", "materials", ["id", "content_type"])
    op.create_table(
        "material_files",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("storage_key", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "length(name) between 1 and 255", name=op.f("ck_material_files_name_length")
        ),
        sa.CheckConstraint("order_index >= 1", name=op.f("ck_material_files_order_from_one")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_material_files_size_not_negative")),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_material_files_material_id_materials"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_files")),
        sa.UniqueConstraint(
            "material_id",
            "order_index",
            deferrable=True,
            initially="IMMEDIATE",
            name=op.f("uq_material_files_material_id_order_index"),
        ),
        sa.UniqueConstraint("storage_key", name=op.f("uq_material_files_storage_key")),
    )
    op.create_table(
        "assignment_openings",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "deadline_at > opened_at", name=op.f("ck_assignment_openings_deadline_after_opening")
        ),
        sa.CheckConstraint(
            "locked_at >= opened_at", name=op.f("ck_assignment_openings_locked_after_opening")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_openings_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["users.id"],
            name=op.f("fk_assignment_openings_student_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_openings")),
        sa.UniqueConstraint(
            "student_id",
            "assignment_id",
            name=op.f("uq_assignment_openings_student_id_assignment_id"),
        ),
    )
    op.create_index(
        op.f("ix_assignment_openings_assignment_id"),
        "assignment_openings",
        ["assignment_id"],
    )
    op.add_column("practice_sessions", sa.Column("content_item_id", sa.Uuid(), nullable=True))
    op.create_index(
        op.f("ix_practice_sessions_content_item_id"),
        "practice_sessions",
        ["content_item_id"],
    )
    op.create_foreign_key(
        op.f("fk_practice_sessions_content_item_id_content_items"),
        "practice_sessions",
        "content_items",
        ["content_item_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_check_constraint(
        op.f("ck_practice_sessions_only_quizzes_are_of_items"),
        "practice_sessions",
        "content_item_id is null or kind = 'quiz'",
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Its check, index and key go with it.
    op.drop_column("practice_sessions", "content_item_id")
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    for enum in ENUMS:
        enum.drop(op.get_bind())
