"""What the passing of time does to classes: one statement for everybody concerned."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from db.models import AssignmentProblem, PracticeSession, SubmissionAttempt
from db.repositories.submissions_work import counts
from domain.practice.records import SessionKind, SessionStatus
from domain.submissions.records import AttemptType


def handed_in(student_id: ColumnElement[Any], item_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a student has nothing left to do for a content item.

    An assignment takes a final submission of every problem of it (what we failed to judge does not
    count), a quiz its one session, completed. True of nothing else, and of no empty assignment.
    Both arguments may be columns of any enclosing statement that does not read these tables itself.
    """
    problems = select(AssignmentProblem.id).where(AssignmentProblem.assignment_id == item_id)
    submitted = (
        select(SubmissionAttempt.id)
        .where(
            SubmissionAttempt.student_id == student_id,
            SubmissionAttempt.assignment_problem_id == AssignmentProblem.id,
            SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
            counts(),
        )
        .correlate_except(SubmissionAttempt)
    )
    quiz = select(PracticeSession.id).where(
        PracticeSession.student_id == student_id,
        PracticeSession.content_item_id == item_id,
        PracticeSession.kind == SessionKind.QUIZ,
        PracticeSession.status == SessionStatus.COMPLETED,
    )
    left = problems.where(~submitted.exists())
    return or_(
        and_(
            problems.correlate_except(AssignmentProblem).exists(),
            ~left.correlate_except(AssignmentProblem).exists(),
        ),
        quiz.correlate_except(PracticeSession).exists(),
    )
