"""The statements of attempts: recorded, listed, looked at."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    exists,
    insert,
    join,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.models import (
    AssignmentOpening,
    AssignmentProblem,
    CompileResult,
    Judging,
    ProblemVersion,
    SubmissionAttempt,
    TestCase,
    TestResult,
)
from db.models.submissions import ATTEMPT_TYPE
from db.repositories.submissions_work import INSTANT, PERSON, counting_judging, counts
from db.statements import Statement
from domain.submissions.records import AttemptType

_ITEM = bindparam("item_id", type_=Uuid())
_AT = bindparam("at", type_=INSTANT)
_LATE = bindparam("late_by_seconds", type_=Integer())

ADD_ATTEMPT = Statement(
    insert(SubmissionAttempt)
    .values(
        type=bindparam("type", type_=ATTEMPT_TYPE),
        student_id=PERSON,
        assignment_problem_id=bindparam("assignment_problem_id", type_=Uuid()),
        attempt_number=literal(1),  # The database gives the number.
        code_blob_ref=bindparam("code_key", type_=Text()),
        code_size=bindparam("code_size", type_=Integer()),
        language=bindparam("language", type_=Text()),
        created_at=_AT,
        time_focused_seconds=bindparam("time_focused_seconds", type_=Integer()),
        is_late=_LATE > 0,
        late_by_seconds=_LATE,
    )
    .returning(SubmissionAttempt.id, SubmissionAttempt.attempt_number)
)


# A problem of the exam without a final submission that counts.
_LEFT = exists().where(
    AssignmentProblem.assignment_id == AssignmentOpening.assignment_id,
    ~exists().where(
        SubmissionAttempt.assignment_problem_id == AssignmentProblem.id,
        SubmissionAttempt.student_id == PERSON,
        SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
        counts(),
    ),
)

LOCK_FINISHED_EXAM = Statement(
    update(AssignmentOpening)
    .where(
        AssignmentOpening.student_id == PERSON,
        AssignmentOpening.assignment_id == _ITEM,
        AssignmentOpening.locked_at.is_(None),
        ~_LEFT,
    )
    .values(locked_at=_AT)
)

UNLOCK_EXAM = Statement(
    update(AssignmentOpening)
    .where(
        AssignmentOpening.student_id == PERSON,
        AssignmentOpening.assignment_id
        == select(AssignmentProblem.assignment_id)
        .where(AssignmentProblem.id == bindparam("assignment_problem_id", type_=Uuid()))
        .scalar_subquery(),
        AssignmentOpening.locked_at.is_not(None),
        _LEFT,
    )
    .values(locked_at=None)
)


_COUNTING = counting_judging()


def _attempts(*more: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """Each with its newest judging and, beside it, the one that counts."""
    newest = aliased(Judging)
    newest_one = (
        select(newest.status)
        .where(newest.attempt_id == SubmissionAttempt.id)
        .order_by(newest.id.desc())
        .limit(1)
        .lateral("newest")
    )
    source = join(join(SubmissionAttempt, newest_one, true()), _COUNTING, true(), isouter=True)
    return (
        select(
            SubmissionAttempt.id,
            SubmissionAttempt.assignment_problem_id,
            SubmissionAttempt.attempt_number.label("number"),
            SubmissionAttempt.type,
            SubmissionAttempt.language,
            SubmissionAttempt.created_at,
            SubmissionAttempt.late_by_seconds,
            newest_one.c.status,
            _COUNTING.c.id.label("judging_id"),
            _COUNTING.c.verdict,
            _COUNTING.c.score,
            _COUNTING.c.points,
            *more,
        )
        .select_from(source)
        .where(SubmissionAttempt.student_id == PERSON)
    )


ATTEMPTS = Statement(
    _attempts()
    .where(
        SubmissionAttempt.assignment_problem_id == bindparam("assignment_problem_id", type_=Uuid())
    )
    .order_by(SubmissionAttempt.attempt_number.desc())
    .limit(bindparam("limit", type_=Integer()))
    .offset(bindparam("offset", type_=Integer()))
)
ATTEMPT = Statement(
    _attempts(
        SubmissionAttempt.code_blob_ref.label("code_key"),
        ProblemVersion.title,
        ProblemVersion.title_bn,
        CompileResult.ok.label("compiled"),
        CompileResult.output.label("compiler"),
    )
    .join(AssignmentProblem, SubmissionAttempt.assignment_problem_id == AssignmentProblem.id)
    .join(ProblemVersion, AssignmentProblem.problem_id == ProblemVersion.id)
    .outerjoin(CompileResult, CompileResult.judging_id == _COUNTING.c.id)
    .where(SubmissionAttempt.id == bindparam("attempt_id", type_=Uuid()))
)

MARKS = Statement(
    select(TestCase.ordinal.label("number"), TestCase.hidden, TestResult.status.label("verdict"))
    .select_from(join(TestResult, TestCase, TestResult.test_case_id == TestCase.id))
    .where(TestResult.judging_id == bindparam("judging_id", type_=Uuid()))
    .order_by(TestCase.ordinal)
)
