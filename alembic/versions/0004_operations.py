"""Operations: settings, the audit log, costs."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CONFIGURATION_VALUE_TYPE = ENUM(
    "text", "number", "switch", "list", name="configuration_value_type", create_type=False
)
COST_OPERATION = ENUM(
    "hint_generation",
    "answer_evaluation",
    "code_feedback",
    "transcription",
    "viva_evaluation",
    name="cost_operation",
    create_type=False,
)
COST_PROVIDER = ENUM("claude", "gpu", "twilio", name="cost_provider", create_type=False)
ENUMS = (
    CONFIGURATION_VALUE_TYPE,
    COST_OPERATION,
    COST_PROVIDER,
)
TABLES = (
    "configuration",
    "audit_logs",
    "cost_records",
)
TRIGGERS = (
    (
        "create trigger tr_configuration_touch before update on configuration"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_audit_logs_append_only before update or delete or truncate on audit_logs"
        " for each statement"
        " execute function refuse_change('what was logged is never changed and never deleted')"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "configuration",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", JSONB(), nullable=False),
        sa.Column("value_type", CONFIGURATION_VALUE_TYPE, nullable=False),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
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
            "jsonb_typeof(value) = case value_type when 'text' then 'string'"
            " when 'number' then 'number' when 'switch' then 'boolean' when 'list' then 'array' end",
            name=op.f("ck_configuration_value_fits_type"),
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"],
            ["users.id"],
            name=op.f("fk_configuration_updated_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration")),
        sa.UniqueConstraint("key", name=op.f("uq_configuration_key")),
    )
    op.create_index(op.f("ix_configuration_updated_by"), "configuration", ["updated_by"])
    op.create_table(
        "audit_logs",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("entity_id", sa.String(length=100), nullable=True),
        sa.Column("before", JSONB(), nullable=True),
        sa.Column("after", JSONB(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_logs")),
    )
    op.create_index(op.f("ix_audit_logs_action"), "audit_logs", ["action"])
    op.create_index("ix_audit_logs_actor_id_created_at", "audit_logs", ["actor_id", "created_at"])
    op.create_index(op.f("ix_audit_logs_created_at"), "audit_logs", ["created_at"])
    op.create_index("ix_audit_logs_entity", "audit_logs", ["entity_type", "entity_id"])
    op.create_table(
        "cost_records",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("operation", COST_OPERATION, nullable=False),
        sa.Column("api_provider", COST_PROVIDER, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=True),
        sa.Column("input_tokens", sa.Integer(), nullable=True),
        sa.Column("output_tokens", sa.Integer(), nullable=True),
        sa.Column("cached_tokens", sa.Integer(), nullable=True),
        sa.Column("cost_usd", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "cached_tokens >= 0", name=op.f("ck_cost_records_cached_tokens_not_negative")
        ),
        sa.CheckConstraint("cost_usd >= 0", name=op.f("ck_cost_records_cost_not_negative")),
        sa.CheckConstraint(
            "input_tokens >= 0", name=op.f("ck_cost_records_input_tokens_not_negative")
        ),
        sa.CheckConstraint(
            "output_tokens >= 0", name=op.f("ck_cost_records_output_tokens_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["practice_sessions.id"],
            name=op.f("fk_cost_records_session_id_practice_sessions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["students.user_id"],
            name=op.f("fk_cost_records_student_id_students"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_records")),
    )
    op.create_index(op.f("ix_cost_records_operation"), "cost_records", ["operation"])
    op.create_index(op.f("ix_cost_records_recorded_at"), "cost_records", ["recorded_at"])
    op.create_index(op.f("ix_cost_records_session_id"), "cost_records", ["session_id"])
    op.create_index(op.f("ix_cost_records_student_id"), "cost_records", ["student_id"])
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    for enum in ENUMS:
        enum.drop(op.get_bind())
