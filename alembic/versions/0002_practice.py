"""Practice: problems, sessions, what was set in them, and every try."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ANSWER_KIND = ENUM("number", "fraction", "percent", name="answer_kind", create_type=False)
PRACTICE_SESSION_KIND = ENUM("practice", "quiz", name="practice_session_kind", create_type=False)
PRACTICE_SESSION_STATUS = ENUM(
    "in_progress", "completed", "abandoned", name="practice_session_status", create_type=False
)
PRACTICE_ITEM_STATE = ENUM(
    "waiting", "answered", "skipped", "shown", name="practice_item_state", create_type=False
)
CONFIDENCE = ENUM("low", "medium", "high", name="confidence", create_type=False)
ENUMS = (
    ANSWER_KIND,
    PRACTICE_SESSION_KIND,
    PRACTICE_SESSION_STATUS,
    PRACTICE_ITEM_STATE,
    CONFIDENCE,
)
TABLES = (
    "problems",
    "practice_sessions",
    "practice_items",
    "responses",
)
TRIGGERS = (
    (
        "create trigger tr_problems_touch before update on problems"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_practice_sessions_touch before update on practice_sessions"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_practice_sessions_ends_once before update of status on practice_sessions"
        " for each row"
        " when (old.status <> 'in_progress' and new.status <> old.status)"
        " execute function refuse_change('a session that has ended keeps its status')"
    ),
    (
        "create trigger tr_practice_items_never_waits_again before update of state on practice_items"
        " for each row"
        " when (old.state <> 'waiting' and new.state = 'waiting')"
        " execute function refuse_change('an item that was answered, skipped or shown never waits again')"
    ),
    (
        "create trigger tr_practice_items_counts_only_grow before update of tries, hints_shown on practice_items"
        " for each row"
        " when (new.tries < old.tries or new.hints_shown < old.hints_shown)"
        " execute function refuse_change('tries and hints are only ever added')"
    ),
    (
        "create trigger tr_responses_never_updated before update on responses"
        " for each statement"
        " execute function refuse_change('a try is recorded once and never changed')"
    ),
    (
        "create trigger tr_responses_deleted_by_erasure_only before delete on responses"
        " for each row"
        " when (current_setting('dars.erasing', true) is distinct from 'on')"
        " execute function refuse_change('a try is deleted only when its account is erased')"
    ),
    (
        "create trigger tr_responses_never_truncated before truncate on responses"
        " for each statement"
        " execute function refuse_change('a try is deleted only when its account is erased')"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "problems",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("subtopic", sa.String(length=100), nullable=True),
        sa.Column("question_en", sa.Text(), nullable=False),
        sa.Column("question_bn", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answer_kind", ANSWER_KIND, server_default="number", nullable=False),
        sa.Column("answer_tolerance", sa.Numeric(), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("hints", JSONB(), nullable=False),
        sa.Column("solution_en", sa.Text(), nullable=False),
        sa.Column("solution_bn", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.SmallInteger(), nullable=False),
        sa.Column(
            "estimated_time_minutes", sa.Integer(), server_default=sa.text("5"), nullable=False
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
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
            "jsonb_typeof(hints) = 'array' and jsonb_array_length(hints) = 3",
            name=op.f("ck_problems_three_hints"),
        ),
        sa.CheckConstraint(
            "answer_tolerance >= 0", name=op.f("ck_problems_tolerance_not_negative")
        ),
        sa.CheckConstraint("difficulty in (1, 2, 3)", name=op.f("ck_problems_difficulty")),
        sa.CheckConstraint(
            "estimated_time_minutes > 0", name=op.f("ck_problems_estimated_time_positive")
        ),
        sa.CheckConstraint("grade in (6, 7, 8)", name=op.f("ck_problems_grade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint("slug", name=op.f("uq_problems_slug")),
    )
    op.create_index(op.f("ix_problems_difficulty"), "problems", ["difficulty"])
    op.create_index("ix_problems_grade_topic", "problems", ["grade", "topic"])
    op.create_table(
        "practice_sessions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("kind", PRACTICE_SESSION_KIND, server_default="practice", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", PRACTICE_SESSION_STATUS, server_default="in_progress", nullable=False),
        sa.Column("problem_ids", JSONB(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total_time_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "problems_correct", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
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
            "(status = 'completed') = (completed_at is not null)",
            name=op.f("ck_practice_sessions_completed_has_time"),
        ),
        sa.CheckConstraint(
            "jsonb_typeof(problem_ids) = 'array' and (kind <> 'practice' or jsonb_array_length(problem_ids) = 5)",
            name=op.f("ck_practice_sessions_five_problems"),
        ),
        sa.CheckConstraint(
            "expires_at > started_at", name=op.f("ck_practice_sessions_expires_after_start")
        ),
        sa.CheckConstraint(
            "problems_correct >= 0 and problems_correct <= jsonb_array_length(problem_ids)",
            name=op.f("ck_practice_sessions_correct_within_set"),
        ),
        sa.CheckConstraint(
            "total_time_seconds >= 0", name=op.f("ck_practice_sessions_time_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["students.user_id"],
            name=op.f("fk_practice_sessions_student_id_students"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_sessions")),
    )
    op.create_index(
        "ix_practice_sessions_expiring",
        "practice_sessions",
        ["expires_at"],
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    op.create_index(op.f("ix_practice_sessions_started_at"), "practice_sessions", ["started_at"])
    op.create_index(op.f("ix_practice_sessions_status"), "practice_sessions", ["status"])
    op.create_index(
        "ix_practice_sessions_student_id_created_at",
        "practice_sessions",
        ["student_id", "created_at"],
    )
    op.create_index(
        "uq_practice_sessions_open",
        "practice_sessions",
        ["student_id", "kind"],
        unique=True,
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    op.create_table(
        "practice_items",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("expected", sa.String(length=500), nullable=True),
        sa.Column("hints_shown", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", PRACTICE_ITEM_STATE, server_default="waiting", nullable=False),
        sa.Column("confidence", CONFIDENCE, nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "hints_shown between 0 and 3", name=op.f("ck_practice_items_hints_shown")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_practice_items_position_from_one")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_practice_items_tries_not_negative")),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_practice_items_problem_id_problems"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["practice_sessions.id"],
            name=op.f("fk_practice_items_session_id_practice_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_items")),
        sa.UniqueConstraint(
            "session_id", "position", name=op.f("uq_practice_items_session_id_position")
        ),
    )
    op.create_index(op.f("ix_practice_items_problem_id"), "practice_items", ["problem_id"])
    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=False),
        sa.Column("try_number", sa.SmallInteger(), nullable=False),
        sa.Column("student_answer", sa.String(length=500), nullable=False),
        sa.Column("is_correct", sa.Boolean(), nullable=False),
        sa.Column("time_spent_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("hints_used", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("hints_viewed", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column(
            "evaluated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("confidence_level", CONFIDENCE, server_default="medium", nullable=False),
        sa.CheckConstraint(
            "jsonb_typeof(hints_viewed) = 'array'", name=op.f("ck_responses_hints_viewed_is_a_list")
        ),
        sa.CheckConstraint("hints_used between 0 and 3", name=op.f("ck_responses_hints_used")),
        sa.CheckConstraint("time_spent_seconds >= 0", name=op.f("ck_responses_time_not_negative")),
        sa.CheckConstraint("try_number >= 1", name=op.f("ck_responses_try_number_from_one")),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["practice_items.id"],
            name=op.f("fk_responses_item_id_practice_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_responses_problem_id_problems"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["practice_sessions.id"],
            name=op.f("fk_responses_session_id_practice_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("item_id", "try_number", name=op.f("uq_responses_item_id_try_number")),
    )
    op.create_index(op.f("ix_responses_is_correct"), "responses", ["is_correct"])
    op.create_index(op.f("ix_responses_problem_id"), "responses", ["problem_id"])
    op.create_index(op.f("ix_responses_session_id"), "responses", ["session_id"])
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    for enum in ENUMS:
        enum.drop(op.get_bind())
