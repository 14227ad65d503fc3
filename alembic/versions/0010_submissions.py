"""Students' code: drafts, attempts, judgings, and what is made of them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ATTEMPT_TYPE = ENUM("test_run", "final_submission", name="attempt_type", create_type=False)
JUDGING_STATUS = ENUM(
    "queued", "processing", "completed", "error", name="judging_status", create_type=False
)
JUDGING_REASON = ENUM("attempt", "rejudge", name="judging_reason", create_type=False)
JUDGE_VERDICT = ENUM(
    "pass",
    "fail",
    "timeout",
    "memory_limit",
    "output_limit",
    "runtime_error",
    "refused_call",
    "compile_error",
    "internal_error",
    name="judge_verdict",
    create_type=False,
)
ENUMS = (
    ATTEMPT_TYPE,
    JUDGING_STATUS,
    JUDGING_REASON,
    JUDGE_VERDICT,
)
TABLES = (
    "assignment_progress",
    "submission_attempts",
    "judgings",
    "compile_results",
    "test_results",
    "transcriptions",
    "ai_feedback",
    "grades",
    "submission_analyses",
    "problem_analytics",
)

NUMBER_ATTEMPT = """create function number_attempt() returns trigger language plpgsql volatile as $$
begin
    perform from enrollments
        join modules on modules.class_id = enrollments.class_id
        join content_items on content_items.module_id = modules.id
        join assignment_problems on assignment_problems.assignment_id = content_items.id
        where enrollments.user_id = new.student_id
            and assignment_problems.id = new.assignment_problem_id
        for no key update of enrollments;
    new.attempt_number = 1 + coalesce((
        select max(attempt_number) from submission_attempts
        where student_id = new.student_id
            and assignment_problem_id = new.assignment_problem_id), 0);
    return new;
end
$$"""

ALLOW_ATTEMPT = """create function allow_attempt() returns trigger language plpgsql volatile as $$
declare
    broken text[];
begin
    select case
        when enrollments.id is null
            then array['enrolled', 'only who is enrolled in the class now may try']
        when classes.is_archived
            then array['class_not_archived', 'nothing is tried in an archived class']
        when not (content_items.is_published and modules.is_published)
            then array['published', 'the assignment and its module must be published']
        when content_items.release_date > new.created_at
            then array['released', 'the assignment must be released']
        when assignments.mode = 'exam' and (assignment_openings.id is null or assignment_openings.opened_at > new.created_at)
            then array['exam_opened', 'an exam must be opened first']
        when assignments.mode = 'exam' and assignment_openings.locked_at <= new.created_at
            then array['exam_not_locked', 'an exam that was locked takes nothing more']
        when assignments.mode = 'exam' and new.created_at > assignment_openings.deadline_at + interval '30 seconds'
            then array['exam_in_time', 'an exam takes nothing after its deadline']
        when new.type = 'final_submission' and assignments.config #>> '{late_policy,kind}' = 'refuse' and new.created_at > content_items.due_date + make_interval(mins => coalesce(assignments.config #>> '{late_policy,grace_minutes}', '0')::int)
            then array['not_too_late', 'the assignment takes no late submission']
        when new.type = 'final_submission' and (assignments.config ->> 'max_attempts')::int < (select count(*) from submission_attempts as made where made.student_id = new.student_id and made.assignment_problem_id = new.assignment_problem_id and made.type = 'final_submission')
            then array['attempts_left', 'no final submission is left']
        end into broken
        from assignment_problems
        join assignments on assignments.id = assignment_problems.assignment_id
        join content_items on content_items.id = assignments.id
        join modules on modules.id = content_items.module_id
        join classes on classes.id = modules.class_id
        left join enrollments on enrollments.class_id = classes.id
            and enrollments.user_id = new.student_id and enrollments.status = 'active'
        left join assignment_openings on assignment_openings.assignment_id = assignments.id
            and assignment_openings.student_id = new.student_id
        where assignment_problems.id = new.assignment_problem_id;
    if broken is not null then
        raise exception 'insert of %: %', tg_table_name, broken[2]
            using errcode = '23001', table = tg_table_name,
                constraint = 'tr_' || tg_table_name || '_' || broken[1];
    end if;
    return null;
end
$$"""

TRIGGERS = (
    (
        "create trigger tr_submission_attempts_never_updated before update on submission_attempts"
        " for each statement"
        " execute function refuse_change('an attempt is recorded once and never changed')"
    ),
    (
        "create trigger tr_submission_attempts_deleted_by_erasure_only before delete on submission_attempts"
        " for each row"
        " when (current_setting('dars.erasing', true) is distinct from 'on')"
        " execute function refuse_change('an attempt is deleted only when its account is erased')"
    ),
    (
        "create trigger tr_submission_attempts_never_truncated before truncate on submission_attempts"
        " for each statement"
        " execute function refuse_change('an attempt is deleted only when its account is erased')"
    ),
    (
        "create trigger tr_judgings_only_forward before update of status on judgings"
        " for each row"
        " when (new.status < old.status or (old.status = 'completed' and new.status <> 'completed'))"
        " execute function refuse_change('a judging only moves forward and ends once')"
    ),
    (
        "create trigger tr_judgings_ended_stays before update of verdict, score, points, ended_at on judgings"
        " for each row"
        " when (old.ended_at is not null and (new.verdict, new.score, new.points, new.ended_at) is distinct from (old.verdict, old.score, old.points, old.ended_at))"
        " execute function refuse_change('a judging that has ended keeps what it found')"
    ),
    (
        "create trigger tr_submission_attempts_numbered before insert on submission_attempts"
        " for each row"
        " execute function number_attempt('attempts of one student at one problem are numbered from one, without gaps')"
    ),
    (
        "create trigger tr_submission_attempts_allowed after insert on submission_attempts"
        " for each row"
        " execute function allow_attempt('an attempt keeps the rules of its class')"
    ),
)


def upgrade() -> None:
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "assignment_progress",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_problem_id", sa.Uuid(), nullable=False),
        sa.Column("current_code", sa.Text(), server_default="", nullable=False),
        sa.Column("current_language", sa.String(length=20), nullable=True),
        sa.Column("time_spent_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_updated", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(current_code) <= 65536", name=op.f("ck_assignment_progress_code_size")
        ),
        sa.CheckConstraint(
            "time_spent_seconds >= 0", name=op.f("ck_assignment_progress_time_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_problem_id"],
            ["assignment_problems.id"],
            name="fk_assignment_progress_assignment_problem_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["users.id"],
            name=op.f("fk_assignment_progress_student_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_progress")),
        sa.UniqueConstraint(
            "student_id",
            "assignment_problem_id",
            name=op.f("uq_assignment_progress_student_id_assignment_problem_id"),
        ),
    )
    op.create_index(
        op.f("ix_assignment_progress_assignment_problem_id"),
        "assignment_progress",
        ["assignment_problem_id"],
    )
    op.create_table(
        "submission_attempts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("type", ATTEMPT_TYPE, nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_problem_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_number", sa.Integer(), nullable=False),
        sa.Column("code_blob_ref", sa.String(length=500), nullable=False),
        sa.Column("code_size", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "time_focused_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("is_late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("late_by_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "code_size between 0 and 65536", name=op.f("ck_submission_attempts_code_size")
        ),
        sa.CheckConstraint(
            "is_late = (late_by_seconds > 0)", name=op.f("ck_submission_attempts_late_by_seconds")
        ),
        sa.CheckConstraint(
            "late_by_seconds >= 0", name=op.f("ck_submission_attempts_lateness_not_negative")
        ),
        sa.CheckConstraint(
            "time_focused_seconds >= 0", name=op.f("ck_submission_attempts_time_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_problem_id"],
            ["assignment_problems.id"],
            name="fk_submission_attempts_assignment_problem_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["users.id"],
            name=op.f("fk_submission_attempts_student_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_attempts")),
    )
    op.create_index(
        op.f("ix_submission_attempts_assignment_problem_id"),
        "submission_attempts",
        ["assignment_problem_id"],
    )
    op.create_index(
        "uq_submission_attempts_number",
        "submission_attempts",
        ["student_id", "assignment_problem_id", "attempt_number"],
        unique=True,
    )
    op.create_table(
        "judgings",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("problem_version_id", sa.Uuid(), nullable=False),
        sa.Column("status", JUDGING_STATUS, server_default="queued", nullable=False),
        sa.Column("reason", JUDGING_REASON, server_default="attempt", nullable=False),
        sa.Column("priority", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("claims", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=100), nullable=True),
        sa.Column("verdict", JUDGE_VERDICT, nullable=True),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("points", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("execution_time_ms", sa.Integer(), nullable=True),
        sa.Column("memory_usage_kb", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_of", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status in ('completed', 'error')) = (ended_at is not null)",
            name=op.f("ck_judgings_ended_has_time"),
        ),
        sa.CheckConstraint(
            "lease_until is null or status = 'processing'",
            name=op.f("ck_judgings_lease_while_processing"),
        ),
        sa.CheckConstraint(
            "status <> 'completed' or (verdict is not null and score is not null and points is not null)",
            name=op.f("ck_judgings_completed_has_verdict"),
        ),
        sa.CheckConstraint(
            "status = 'queued' or status = 'error' or started_at is not null",
            name=op.f("ck_judgings_started_has_time"),
        ),
        sa.CheckConstraint(
            "claims >= 0 and tries >= 0", name=op.f("ck_judgings_counts_not_negative")
        ),
        sa.CheckConstraint(
            "execution_time_ms >= 0 and memory_usage_kb >= 0",
            name=op.f("ck_judgings_usage_not_negative"),
        ),
        sa.CheckConstraint(
            "score between 0 and points", name=op.f("ck_judgings_score_within_points")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["submission_attempts.id"],
            name=op.f("fk_judgings_attempt_id_submission_attempts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_of"],
            ["outbox.id"],
            name=op.f("fk_judgings_message_of_outbox"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["problem_version_id"],
            ["problem_versions.id"],
            name=op.f("fk_judgings_problem_version_id_problem_versions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgings")),
    )
    op.create_index(op.f("ix_judgings_attempt_id"), "judgings", ["attempt_id"])
    op.create_index(op.f("ix_judgings_message_of"), "judgings", ["message_of"])
    op.create_index(op.f("ix_judgings_problem_version_id"), "judgings", ["problem_version_id"])
    op.create_index(
        "ix_judgings_waiting",
        "judgings",
        ["priority", "queued_at", "id"],
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(
        "uq_judgings_open",
        "judgings",
        ["attempt_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "compile_results",
        sa.Column("judging_id", sa.Uuid(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("output", sa.Text(), server_default="", nullable=False),
        sa.Column("time_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(output) <= 10240", name=op.f("ck_compile_results_output_length")
        ),
        sa.CheckConstraint("time_ms >= 0", name=op.f("ck_compile_results_time_not_negative")),
        sa.ForeignKeyConstraint(
            ["judging_id"],
            ["judgings.id"],
            name=op.f("fk_compile_results_judging_id_judgings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("judging_id", name=op.f("pk_compile_results")),
    )
    op.create_table(
        "test_results",
        sa.Column("judging_id", sa.Uuid(), nullable=False),
        sa.Column("test_case_id", sa.Uuid(), nullable=False),
        sa.Column("status", JUDGE_VERDICT, nullable=False),
        sa.Column(
            "score", sa.Numeric(precision=8, scale=2), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("stdout", sa.Text(), server_default="", nullable=False),
        sa.Column("stderr", sa.Text(), server_default="", nullable=False),
        sa.Column("execution_time_ms", sa.Integer(), nullable=False),
        sa.Column("memory_usage_kb", sa.Integer(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("signal", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "execution_time_ms >= 0 and memory_usage_kb >= 0",
            name=op.f("ck_test_results_usage_not_negative"),
        ),
        sa.CheckConstraint("length(stderr) <= 10240", name=op.f("ck_test_results_stderr_length")),
        sa.CheckConstraint("length(stdout) <= 10240", name=op.f("ck_test_results_stdout_length")),
        sa.CheckConstraint("score >= 0", name=op.f("ck_test_results_score_not_negative")),
        sa.ForeignKeyConstraint(
            ["judging_id"],
            ["judgings.id"],
            name=op.f("fk_test_results_judging_id_judgings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["test_case_id"],
            ["test_cases.id"],
            name=op.f("fk_test_results_test_case_id_test_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("judging_id", "test_case_id", name=op.f("pk_test_results")),
    )
    op.create_index(op.f("ix_test_results_test_case_id"), "test_results", ["test_case_id"])
    op.create_table(
        "transcriptions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("image_key", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=100), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("is_corrected", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("confidence between 0 and 1", name=op.f("ck_transcriptions_confidence")),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["submission_attempts.id"],
            name=op.f("fk_transcriptions_attempt_id_submission_attempts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_transcriptions_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcriptions")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_transcriptions_attempt_id")),
        sa.UniqueConstraint("image_key", name=op.f("uq_transcriptions_image_key")),
    )
    op.create_index(op.f("ix_transcriptions_user_id"), "transcriptions", ["user_id"])
    op.create_table(
        "ai_feedback",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("suggested_grade", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column(
            "rubric_reasons",
            JSONB(),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("prompt_version", sa.String(length=50), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "jsonb_typeof(rubric_reasons) = 'array'", name=op.f("ck_ai_feedback_reasons_are_a_list")
        ),
        sa.CheckConstraint("suggested_grade >= 0", name=op.f("ck_ai_feedback_grade_not_negative")),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["submission_attempts.id"],
            name=op.f("fk_ai_feedback_attempt_id_submission_attempts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_ai_feedback")),
    )
    op.create_table(
        "grades",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("graded_by", sa.Uuid(), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade >= 0", name=op.f("ck_grades_grade_not_negative")),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["submission_attempts.id"],
            name=op.f("fk_grades_attempt_id_submission_attempts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["graded_by"], ["users.id"], name=op.f("fk_grades_graded_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_grades")),
    )
    op.create_index(op.f("ix_grades_graded_by"), "grades", ["graded_by"])
    op.create_table(
        "submission_analyses",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("umap_x", sa.Double(), nullable=False),
        sa.Column("umap_y", sa.Double(), nullable=False),
        sa.Column("cluster_label", sa.String(length=100), nullable=True),
        sa.Column("ai_feedback_summary", sa.Text(), nullable=True),
        sa.Column(
            "detected_keywords",
            sa.ARRAY(sa.String(length=100)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["submission_attempts.id"],
            name=op.f("fk_submission_analyses_attempt_id_submission_attempts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_submission_analyses")),
    )
    op.create_table(
        "problem_analytics",
        sa.Column("assignment_problem_id", sa.Uuid(), nullable=False),
        sa.Column("test_case_id", sa.Uuid(), nullable=False),
        sa.Column("pass_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fail_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("common_error_msg", sa.String(length=500), nullable=True),
        sa.Column("last_updated", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "pass_count >= 0 and fail_count >= 0",
            name=op.f("ck_problem_analytics_counts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_problem_id"],
            ["assignment_problems.id"],
            name=op.f("fk_problem_analytics_assignment_problem_id_assignment_problems"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["test_case_id"],
            ["test_cases.id"],
            name=op.f("fk_problem_analytics_test_case_id_test_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "assignment_problem_id", "test_case_id", name=op.f("pk_problem_analytics")
        ),
    )
    op.create_index(
        op.f("ix_problem_analytics_test_case_id"),
        "problem_analytics",
        ["test_case_id"],
    )
    op.execute(NUMBER_ATTEMPT)
    op.execute(ALLOW_ATTEMPT)
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function allow_attempt()")
    op.execute("drop function number_attempt()")
    for enum in ENUMS:
        enum.drop(op.get_bind())
