"""When the database takes an attempt: the rules, and the bodies of the functions that keep them.

Every rule compares with the attempt's own `created_at`, never with the database's clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.submissions.records import EXAM_GRACE_SECONDS, AttemptRule

TABLE = "submission_attempts"


@dataclass(frozen=True, slots=True)
class Rule:
    """Broken where `broken` holds; it is asked over the tables that ALLOWING joins."""

    rule: AttemptRule
    broken: str
    says: str

    @property
    def name(self) -> str:
        """The constraint that the error names, as a trigger of its own would be named."""
        return f"tr_{TABLE}_{self.rule.value}"


# The first that is broken is the one that is named.
RULES: Sequence[Rule] = (
    Rule(
        AttemptRule.ENROLLED,
        "enrollments.id is null",
        "only who is enrolled in the class now may try",
    ),
    Rule(
        AttemptRule.CLASS_NOT_ARCHIVED,
        "classes.is_archived",
        "nothing is tried in an archived class",
    ),
    Rule(
        AttemptRule.PUBLISHED,
        "not (content_items.is_published and modules.is_published)",
        "the assignment and its module must be published",
    ),
    Rule(
        AttemptRule.RELEASED,
        "content_items.release_date > new.created_at",
        "the assignment must be released",
    ),
    Rule(
        AttemptRule.EXAM_OPENED,
        "assignments.mode = 'exam' and (assignment_openings.id is null"
        " or assignment_openings.opened_at > new.created_at)",
        "an exam must be opened first",
    ),
    Rule(
        AttemptRule.EXAM_NOT_LOCKED,
        "assignments.mode = 'exam' and assignment_openings.locked_at <= new.created_at",
        "an exam that was locked takes nothing more",
    ),
    Rule(
        AttemptRule.EXAM_IN_TIME,
        "assignments.mode = 'exam' and new.created_at > assignment_openings.deadline_at"
        f" + interval '{EXAM_GRACE_SECONDS} seconds'",
        "an exam takes nothing after its deadline",
    ),
    Rule(
        AttemptRule.NOT_TOO_LATE,
        "new.type = 'final_submission'"
        " and assignments.config #>> '{late_policy,kind}' = 'refuse'"
        " and new.created_at > content_items.due_date + make_interval(mins =>"
        " coalesce(assignments.config #>> '{late_policy,grace_minutes}', '0')::int)",
        "the assignment takes no late submission",
    ),
    Rule(
        AttemptRule.ATTEMPTS_LEFT,
        "new.type = 'final_submission'"
        " and (assignments.config ->> 'max_attempts')::int < (select count(*)"
        " from submission_attempts as made where made.student_id = new.student_id"
        " and made.assignment_problem_id = new.assignment_problem_id"
        " and made.type = 'final_submission'"
        # What we failed to judge counts for nothing.
        " and coalesce((select bool_or(judgings.status <> 'error') from judgings"
        " where judgings.attempt_id = made.id), true))",
        "no final submission is left",
    ),
)

# The lock on the enrolment lets a student's attempts in a class through one by one: they are
# numbered without gaps and counted truly, and nobody is dropped in between.
NUMBERING = """
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
"""


def _allowing() -> str:
    cases = "\n".join(
        f"        when {one.broken}\n            then array['{one.rule.value}', '{one.says}']"
        for one in RULES
    )
    return f"""
declare
    broken text[];
begin
    select case
{cases}
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
"""  # noqa: S608, only the rules above


ALLOWING = _allowing()
