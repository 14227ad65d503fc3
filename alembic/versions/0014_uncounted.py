"""An attempt that could not be judged uses up none of a student's tries."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ALLOW_ATTEMPT = """create or replace function allow_attempt() returns trigger language plpgsql volatile as $$
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
        when new.type = 'final_submission' and (assignments.config ->> 'max_attempts')::int < (select count(*) from submission_attempts as made where made.student_id = new.student_id and made.assignment_problem_id = new.assignment_problem_id and made.type = 'final_submission' and coalesce((select bool_or(judgings.status <> 'error') from judgings where judgings.attempt_id = made.id), true))
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

BEFORE = """create or replace function allow_attempt() returns trigger language plpgsql volatile as $$
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


def upgrade() -> None:
    op.execute(ALLOW_ATTEMPT)


def downgrade() -> None:
    op.execute(BEFORE)
