"""People: users, students and their streaks; and the functions that all tables share."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

USER_ROLE = ENUM("student", "ta", "teacher", "admin", name="user_role", create_type=False)
LANGUAGE = ENUM("bn", "en", name="language", create_type=False)
ENUMS = (
    USER_ROLE,
    LANGUAGE,
)
TABLES = (
    "users",
    "students",
    "streaks",
)

UUIDV7 = """create function uuidv7() returns uuid language plpgsql volatile as $$
declare
    micros bigint := extract(epoch from clock_timestamp()) * 1000000;
    front bigint := micros / 1000 << 16 | 28672 | micros % 1000 * 4096 / 1000;
begin
    return encode(
        int8send(front) || substring(uuid_send(gen_random_uuid()) from 9), 'hex'
    )::uuid;
end
$$"""

TOUCH = """create function touch_updated_at() returns trigger language plpgsql volatile as $$
begin
    new.updated_at = now();
    return new;
end
$$"""

REFUSE = """create function refuse_change() returns trigger language plpgsql volatile as $$
begin
    raise exception '% of %: %', lower(tg_op), tg_table_name, tg_argv[0]
        using errcode = '23001', table = tg_table_name, constraint = tg_name;
end
$$"""

TRIGGERS = (
    (
        "create trigger tr_users_touch before update on users"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_students_touch before update on students"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
    (
        "create trigger tr_streaks_touch before update on streaks"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
)


def upgrade() -> None:
    server = int(op.get_bind().scalar(sa.text("show server_version_num")) or 0)
    if server < 180000:
        op.execute(UUIDV7)
    op.execute(TOUCH)
    op.execute(REFUSE)
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("full_name", sa.String(length=128), nullable=False),
        sa.Column("role", USER_ROLE, server_default="student", nullable=False),
        sa.Column("language", LANGUAGE, server_default="bn", nullable=False),
        sa.Column("timezone", sa.String(length=64), server_default="Asia/Dhaka", nullable=False),
        sa.Column("college_type", sa.String(length=64), nullable=True),
        sa.Column("avatar_url", sa.String(length=500), nullable=True),
        sa.Column("settings", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("blocked_bot_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
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
            "jsonb_typeof(settings) = 'object'", name=op.f("ck_users_settings_is_object")
        ),
        sa.CheckConstraint(
            "length(full_name) between 1 and 128", name=op.f("ck_users_full_name_length")
        ),
        sa.CheckConstraint("telegram_id > 0", name=op.f("ck_users_telegram_id_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_users_telegram_id")),
    )
    op.create_index(op.f("ix_users_college_type"), "users", ["college_type"])
    op.create_index(op.f("ix_users_role"), "users", ["role"])
    op.create_index(op.f("ix_users_username"), "users", ["username"])
    op.create_table(
        "students",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=True),
        sa.Column("reminder_time", sa.Time(), nullable=True),
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
        sa.CheckConstraint("grade in (6, 7, 8)", name=op.f("ck_students_grade")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_students_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_students")),
    )
    op.create_index(op.f("ix_students_grade"), "students", ["grade"])
    op.create_table(
        "streaks",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("current_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("longest_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_practice_date", sa.Date(), nullable=True),
        sa.Column(
            "milestones_achieved", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False
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
            "jsonb_typeof(milestones_achieved) = 'array'",
            name=op.f("ck_streaks_milestones_are_a_list"),
        ),
        sa.CheckConstraint("current_streak >= 0", name=op.f("ck_streaks_current_not_negative")),
        sa.CheckConstraint("longest_streak >= 0", name=op.f("ck_streaks_longest_not_negative")),
        sa.CheckConstraint(
            "longest_streak >= current_streak", name=op.f("ck_streaks_longest_at_least_current")
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["students.user_id"],
            name=op.f("fk_streaks_student_id_students"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("student_id", name=op.f("pk_streaks")),
    )
    op.create_index(op.f("ix_streaks_current_streak"), "streaks", ["current_streak"])
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    for enum in ENUMS:
        enum.drop(op.get_bind())
    op.execute("drop function refuse_change()")
    op.execute("drop function touch_updated_at()")
    schema = op.get_bind().scalar(sa.text("select quote_ident(current_schema())"))
    # Also on a server that has its own by now: a restored backup brings ours along.
    op.execute(f"drop function if exists {schema}.uuidv7()")
