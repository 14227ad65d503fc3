"""The clock: what it has done, what may still be said, the calendar, one attempt a quiz."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OLD_NOTICES = ("grade_posted", "due_soon", "announcement", "practice_reminder", "streak_at_risk")
NEW_NOTICES = ("work_opened", "session_ended")
NOTIFICATION_TYPE = ENUM(*OLD_NOTICES, *NEW_NOTICES, name="notification_type", create_type=False)
DROP_REASON = ENUM(
    "too_late",
    "muted",
    "done",
    "blocked",
    "refused",
    "unreachable",
    name="drop_reason",
    create_type=False,
)
EVENT_TYPE = ENUM(
    "class", "assignment_due", "exam", "personal", name="calendar_event_type", create_type=False
)
ENUMS = (DROP_REASON, EVENT_TYPE)

TRIGGERS = (
    (
        "create trigger tr_calendar_events_touch before update on calendar_events"
        " for each row"
        " when (old.* is distinct from new.*)"
        " execute function touch_updated_at()"
    ),
)

CLOCK_COLUMNS = ("opened_at", "day_notice_for", "hours_notice_for", "missing_marked_for")

# What students see today was told them when it was published, or is too old to be told.
OPENED_ALREADY = """
    update content_items set opened_at = now()
    from modules
    where modules.id = content_items.module_id and modules.is_published
        and content_items.is_published
        and (content_items.release_date is null or content_items.release_date <= now())
"""

# The index of before knows one open session of a kind: the newest quiz stays open.
ONE_OPEN_QUIZ = """
    update practice_sessions as older set status = 'abandoned'
    where kind = 'quiz' and status = 'in_progress' and exists (
        select from practice_sessions as newer
        where newer.student_id = older.student_id and newer.kind = 'quiz'
            and newer.status = 'in_progress' and newer.id > older.id
    )
"""


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    # The new values may stand in a transaction, but not be used before it ends.
    for value in NEW_NOTICES:
        op.execute(f"alter type notification_type add value '{value}'")
    widen_notices()
    widen_content()
    narrow_sessions()
    op.create_index(op.f("ix_users_timezone"), "users", ["timezone"])
    op.create_index(
        "ix_students_reminder_time",
        "students",
        ["reminder_time"],
        postgresql_where=sa.text("reminder_time is not null"),
    )
    create_tables()
    for trigger in TRIGGERS:
        op.execute(trigger)


def instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def widen_notices() -> None:
    op.add_column("notifications", sa.Column("content_item_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", instant("sent_at"))
    op.add_column("notifications", instant("dropped_at"))
    op.add_column("notifications", sa.Column("dropped_reason", DROP_REASON, nullable=True))
    op.create_foreign_key(
        op.f("fk_notifications_content_item_id_content_items"),
        "notifications",
        "content_items",
        ["content_item_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_check_constraint(
        op.f("ck_notifications_sent_or_dropped_never_both"),
        "notifications",
        "sent_at is null or dropped_at is null",
    )
    op.create_check_constraint(
        op.f("ck_notifications_dropped_has_reason"),
        "notifications",
        "(dropped_at is null) = (dropped_reason is null)",
    )
    op.create_index(
        "ix_notifications_content_item_id",
        "notifications",
        ["content_item_id"],
        postgresql_where=sa.text("content_item_id is not null"),
    )
    op.add_column("outbox", sa.Column("kind", NOTIFICATION_TYPE, nullable=True))
    op.add_column("outbox", sa.Column("notification_id", sa.Uuid(), nullable=True))
    op.add_column("outbox", instant("expires_at"))
    op.create_foreign_key(
        op.f("fk_outbox_notification_id_notifications"),
        "outbox",
        "notifications",
        ["notification_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(
        "ix_outbox_notification_id",
        "outbox",
        ["notification_id"],
        postgresql_where=sa.text("notification_id is not null"),
    )


def widen_content() -> None:
    for name in CLOCK_COLUMNS:
        op.add_column("content_items", instant(name))
    # Nothing that a teacher would call a change.
    op.execute("alter table content_items disable trigger tr_content_items_touch")
    op.execute(OPENED_ALREADY)
    op.execute("alter table content_items enable trigger tr_content_items_touch")
    op.create_index(
        "ix_content_items_to_be_opened",
        "content_items",
        ["release_date"],
        postgresql_where=sa.text("is_published and opened_at is null"),
    )


def narrow_sessions() -> None:
    op.drop_index("uq_practice_sessions_open", "practice_sessions")
    op.create_index(
        "uq_practice_sessions_open",
        "practice_sessions",
        ["student_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'practice' and status = 'in_progress'"),
    )
    op.create_index(
        "uq_practice_sessions_quiz",
        "practice_sessions",
        ["student_id", "content_item_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'quiz' and content_item_id is not null"),
    )


def create_tables() -> None:
    op.create_table(
        "clock_marks",
        sa.Column("job", sa.String(length=50), nullable=False),
        sa.Column("done_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_clock_marks")),
    )
    op.create_table(
        "calendar_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("start_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", EVENT_TYPE, nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("repeats_weekly_until", sa.Date(), nullable=True),
        sa.Column(
            "cancelled_dates", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
        sa.Column("location", sa.String(length=200), nullable=True),
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
            "length(title) between 1 and 200", name=op.f("ck_calendar_events_title_length")
        ),
        sa.CheckConstraint(
            "end_time > start_time and end_time <= start_time + interval '336 hours'",
            name=op.f("ck_calendar_events_ends_after_start"),
        ),
        sa.CheckConstraint(
            "case type when 'class' then class_id is not null"
            " when 'personal' then class_id is null else true end",
            name=op.f("ck_calendar_events_class_fits_type"),
        ),
        sa.CheckConstraint(
            "jsonb_typeof(cancelled_dates) = 'array'",
            name=op.f("ck_calendar_events_cancelled_dates_are_a_list"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_calendar_events_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_calendar_events_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["content_items.id"],
            name=op.f("fk_calendar_events_reference_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_events")),
    )
    op.create_index(
        "ix_calendar_events_owner_id_start_time", "calendar_events", ["owner_id", "start_time"]
    )
    op.create_index(
        "ix_calendar_events_class_id_start_time", "calendar_events", ["class_id", "start_time"]
    )
    op.create_index(op.f("ix_calendar_events_reference_id"), "calendar_events", ["reference_id"])


def downgrade() -> None:
    # Indexes, checks and triggers go with their columns and tables.
    op.drop_table("calendar_events")
    op.drop_table("clock_marks")
    op.drop_index("ix_students_reminder_time", "students")
    op.drop_index(op.f("ix_users_timezone"), "users")
    op.drop_index("uq_practice_sessions_quiz", "practice_sessions")
    op.drop_index("uq_practice_sessions_open", "practice_sessions")
    op.execute(ONE_OPEN_QUIZ)
    op.create_index(
        "uq_practice_sessions_open",
        "practice_sessions",
        ["student_id", "kind"],
        unique=True,
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    for name in CLOCK_COLUMNS:
        op.drop_column("content_items", name)
    for name in ("expires_at", "notification_id", "kind"):
        op.drop_column("outbox", name)
    for name in ("dropped_reason", "dropped_at", "sent_at", "content_item_id"):
        op.drop_column("notifications", name)
    forget_new_notices()
    for enum in ENUMS:
        enum.drop(op.get_bind())


def forget_new_notices() -> None:
    """A value cannot be taken from an enum: the type is made anew without it."""
    kept = ", ".join(f"'{value}'" for value in OLD_NOTICES)
    op.execute("delete from notifications where type::text in ('work_opened', 'session_ended')")
    op.execute("alter type notification_type rename to notification_type_after")
    op.execute(f"create type notification_type as enum ({kept})")
    op.execute(
        "alter table notifications alter column type type notification_type"
        " using type::text::notification_type"
    )
    op.execute("drop type notification_type_after")
