"""The statements of student work: what there is to do, a problem whole, drafts, openings."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    join,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import aliased

from db.models import (
    Assignment,
    AssignmentOpening,
    AssignmentProblem,
    AssignmentProgress,
    Class,
    ContentItem,
    Enrollment,
    Judging,
    Module,
    ProblemVersion,
    SubmissionAttempt,
    TestCase,
)
from db.statements import Statement
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.submissions.judging import Verdict
from domain.submissions.records import AttemptType, JudgingStatus

INSTANT = DateTime(timezone=True)
PERSON = bindparam("person_id", type_=Uuid())
_NOW = bindparam("now", type_=INSTANT)
_ITEM = bindparam("item_id", type_=Uuid())
_PROBLEM = bindparam("assignment_problem_id", type_=Uuid())
_FINAL = SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION


def worth() -> ColumnElement[Any]:
    """The points of a problem as it is set: its own in the assignment, else its tests'."""
    tests = (
        select(func.coalesce(func.sum(TestCase.points), 0))
        .where(TestCase.problem_version_id == ProblemVersion.id, TestCase.group_name.is_(None))
        .scalar_subquery()
    )
    group = func.jsonb_array_elements(ProblemVersion.test_groups).table_valued("value")
    groups = (
        select(func.coalesce(func.sum(cast(group.c.value.op("->>")("points"), Numeric)), 0))
        .select_from(group)
        .scalar_subquery()
    )
    return func.coalesce(cast(AssignmentProblem.custom_points, Numeric), tests + groups)


def counting_judging() -> FromClause:
    """Beside an attempt: its newest completed judging, the one that counts."""
    return (
        select(Judging.id, Judging.verdict, Judging.score, Judging.points)
        .where(
            Judging.attempt_id == SubmissionAttempt.id,
            Judging.status == JudgingStatus.COMPLETED,
        )
        .order_by(Judging.id.desc())
        .limit(1)
        .lateral("counting")
    )


def counts() -> ColumnElement[Any]:
    """Of an attempt: what we failed to judge uses nothing up; the database counts so too."""
    return (
        select(func.coalesce(func.bool_or(Judging.status != JudgingStatus.ERROR), True))
        .where(Judging.attempt_id == SubmissionAttempt.id)
        .scalar_subquery()
    )


def _tried() -> FromClause:
    """Beside a problem of an assignment: what the person did about it, in one row."""
    counting = counting_judging()
    share = case(
        (counting.c.points > 0, counting.c.score / counting.c.points),
        else_=cast(literal(0), Numeric),
    )
    judged = and_(_FINAL, counting.c.score.is_not(None))
    right = or_(
        counting.c.verdict == Verdict.ACCEPTED,
        and_(counting.c.points > 0, counting.c.score >= counting.c.points),
    )
    is_judged_now = exists().where(
        Judging.attempt_id == SubmissionAttempt.id,
        or_(Judging.status == JudgingStatus.QUEUED, Judging.status == JudgingStatus.PROCESSING),
    )
    return (
        select(
            func.count().label("attempts"),
            func.count().filter(_FINAL, counts()).label("submitted"),
            func.max(SubmissionAttempt.created_at)
            .filter(~_FINAL, is_judged_now)
            .label("running_since"),
            func.max(SubmissionAttempt.created_at)
            .filter(_FINAL, is_judged_now)
            .label("judging_since"),
            func.array_agg(share).filter(judged).label("shares"),
            func.array_agg(SubmissionAttempt.late_by_seconds).filter(judged).label("lates"),
            func.coalesce(func.bool_or(right).filter(judged), False).label("solved"),
        )
        .select_from(join(SubmissionAttempt, counting, true(), isouter=True))
        .where(
            SubmissionAttempt.student_id == PERSON,
            SubmissionAttempt.assignment_problem_id == AssignmentProblem.id,
        )
        .lateral("tried")
    )


_TRIED = _tried()
_ACTIVE = Enrollment.status == EnrollmentStatus.ACTIVE
_LEARNS = func.coalesce(_ACTIVE & (Enrollment.role == EnrollmentRole.STUDENT), False)
_TEACHES = func.coalesce(
    or_(
        Class.owner_id == PERSON,
        _ACTIVE & (Enrollment.role != EnrollmentRole.STUDENT),
    ),
    False,
)


def _assignments() -> FromClause:
    """Every assignment with its class, and what the person is there."""
    source: FromClause = join(Assignment, ContentItem, Assignment.id == ContentItem.id)
    source = join(source, Module, ContentItem.module_id == Module.id)
    source = join(source, Class, Module.class_id == Class.id)
    source = join(
        source,
        Enrollment,
        and_(Enrollment.class_id == Class.id, Enrollment.user_id == PERSON),
        isouter=True,
    )
    return join(
        source,
        AssignmentOpening,
        and_(
            AssignmentOpening.assignment_id == Assignment.id,
            AssignmentOpening.student_id == PERSON,
        ),
        isouter=True,
    )


_SHOWN = and_(ContentItem.is_published, Module.is_published)
_OPENING = (
    AssignmentOpening.id.label("opening_id"),
    AssignmentOpening.opened_at,
    AssignmentOpening.deadline_at,
    AssignmentOpening.locked_at,
)
_ASSIGNMENT = (
    ContentItem.id.label("item_id"),
    Class.id.label("class_id"),
    Class.name.label("class_name"),
    ContentItem.title.label("item_title"),
    ContentItem.description.label("item_description"),
    Assignment.mode,
    Assignment.config,
    _SHOWN.label("is_published"),
    ContentItem.release_date,
    ContentItem.due_date,
    Class.is_archived,
    _LEARNS.label("learns"),
    _TEACHES.label("teaches"),
    *_OPENING,
)
_LINE = (
    AssignmentProblem.id.label("assignment_problem_id"),
    AssignmentProblem.order_index.label("position"),
    ProblemVersion.title,
    ProblemVersion.title_bn,
    worth().label("worth"),
    _TRIED.c.attempts,
    _TRIED.c.submitted,
    _TRIED.c.running_since,
    _TRIED.c.judging_since,
    _TRIED.c.shares,
    _TRIED.c.lates,
    _TRIED.c.solved,
)
_CONCERNED = or_(_LEARNS, _TEACHES)


def _with_problems(source: FromClause, *, outer: bool) -> FromClause:
    source = join(
        source, AssignmentProblem, AssignmentProblem.assignment_id == Assignment.id, isouter=outer
    )
    source = join(
        source, ProblemVersion, AssignmentProblem.problem_id == ProblemVersion.id, isouter=outer
    )
    return join(source, _TRIED, true(), isouter=True)


# One row a problem; an assignment without any has one row whose problem is null.
ASSIGNMENT = Statement(
    select(*_ASSIGNMENT, *_LINE)
    .select_from(_with_problems(_assignments(), outer=True))
    .where(ContentItem.id == _ITEM, _CONCERNED)
    .order_by(AssignmentProblem.order_index)
)


def _problem() -> Statement:
    tests = select(func.count()).where(TestCase.problem_version_id == ProblemVersion.id)
    other = aliased(AssignmentProgress)
    left_at = select(func.min(other.last_updated)).where(
        other.student_id == PERSON, other.last_updated > AssignmentProgress.last_updated
    )
    source = join(
        _with_problems(_assignments(), outer=False),
        AssignmentProgress,
        and_(
            AssignmentProgress.assignment_problem_id == AssignmentProblem.id,
            AssignmentProgress.student_id == PERSON,
        ),
        isouter=True,
    )
    return Statement(
        select(
            *_ASSIGNMENT,
            *_LINE,
            ProblemVersion.id.label("version_id"),
            ProblemVersion.description_markdown,
            ProblemVersion.description_bn,
            ProblemVersion.hint,
            ProblemVersion.hint_bn,
            ProblemVersion.starter_code,
            ProblemVersion.starter_language,
            ProblemVersion.time_limit_ms,
            ProblemVersion.memory_limit_kb,
            ProblemVersion.output_limit_kb,
            tests.scalar_subquery().label("tests"),
            tests.where(TestCase.hidden).scalar_subquery().label("hidden"),
            AssignmentProgress.id.label("draft_id"),
            AssignmentProgress.current_code,
            AssignmentProgress.current_language,
            AssignmentProgress.time_spent_seconds,
            AssignmentProgress.last_updated,
            left_at.scalar_subquery().label("left_at"),
        )
        .select_from(source)
        .where(AssignmentProblem.id == _PROBLEM, _CONCERNED)
    )


PROBLEM = _problem()

SAMPLES = Statement(
    select(
        *(
            func.left(one, bindparam("longest", type_=Integer())).label(one.name)
            if one.name in {"input", "output"}
            else one
            for one in TestCase.__table__.columns
        )
    )
    .where(
        TestCase.problem_version_id == bindparam("problem_version_id", type_=Uuid()),
        ~TestCase.hidden,
    )
    .order_by(TestCase.ordinal)
    .limit(bindparam("most", type_=Integer()))
)


def _up_next() -> Statement:
    """What is due soonest first, then what has no end, then what is over, latest first."""
    is_over = func.coalesce(ContentItem.due_date < _NOW, False)
    ahead = case((is_over, None), else_=ContentItem.due_date)
    return Statement(
        select(
            ContentItem.id.label("item_id"),
            ContentItem.title.label("item_title"),
            Class.name.label("class_name"),
            Assignment.mode,
            ContentItem.due_date,
            func.count(AssignmentProblem.id).label("problems"),
            func.count().filter(_TRIED.c.solved).label("solved"),
            *_OPENING,
        )
        .select_from(_with_problems(_assignments(), outer=True))
        .where(
            _LEARNS,
            _SHOWN,
            ~Class.is_archived,
            func.coalesce(ContentItem.release_date <= _NOW, True),
        )
        .group_by(ContentItem.id, Class.id, Assignment.id, AssignmentOpening.id)
        .order_by(is_over, ahead.nulls_last(), ContentItem.due_date.desc(), ContentItem.id)
    )


UP_NEXT = _up_next()


def _open_exam() -> Statement:
    """`do update` that changes nothing, so that the first opening is returned to everybody."""
    adding = pg_insert(AssignmentOpening).values(
        student_id=PERSON,
        assignment_id=_ITEM,
        opened_at=bindparam("opened_at", type_=INSTANT),
        deadline_at=bindparam("deadline_at", type_=INSTANT),
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[AssignmentOpening.student_id, AssignmentOpening.assignment_id],
            set_={"opened_at": AssignmentOpening.opened_at},
        ).returning(*_OPENING)
    )


OPEN_EXAM = _open_exam()


def _keep(*, code: bool) -> Statement:
    adding = pg_insert(AssignmentProgress).values(
        student_id=PERSON,
        assignment_problem_id=_PROBLEM,
        time_spent_seconds=bindparam("spent", type_=Integer()),
        last_updated=bindparam("at", type_=INSTANT),
        **(
            {
                "current_code": bindparam("code", type_=Text()),
                "current_language": bindparam("language", type_=Text()),
            }
            if code
            else {}
        ),
    )
    changed = ["time_spent_seconds", "last_updated"]
    changed += ["current_code", "current_language"] if code else []
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[
                AssignmentProgress.student_id,
                AssignmentProgress.assignment_problem_id,
            ],
            set_={name: adding.excluded[name] for name in changed},
        )
    )


KEEP_DRAFT = _keep(code=True)
NOTE_FOCUS = _keep(code=False)
