"""Work that was never handed in, as the gradebook shows it: entered and taken back."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    and_,
    case,
    cast,
    delete,
    func,
    join,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import (
    Assignment,
    AssignmentProblem,
    Class,
    ContentItem,
    Enrollment,
    GradebookEntry,
    PracticeSession,
    Problem,
    ProblemVersion,
    Quiz,
    QuizProblem,
    SubmissionAttempt,
)
from db.models.gradebook import ENTRY_STATUS
from db.repositories.notices_courses import VISIBLE, is_work, moved, picked
from db.repositories.notices_telling import LEARNING, NOW, how_many
from db.repositories.submissions_work import worth
from db.statements import Statement
from domain.courses.records import AssignmentMode
from domain.gradebook.records import EntryStatus
from domain.practice.records import SessionKind, SessionStatus
from domain.submissions.records import AttemptType

_PASSED = and_(
    ContentItem.due_date < NOW,
    ContentItem.missing_marked_for.is_distinct_from(ContentItem.due_date),
)
_MISSING = literal(EntryStatus.MISSING, ENTRY_STATUS)


def _points(items: Any) -> ColumnElement[Any]:
    """What all of an item is worth, as the entry of one who hands it in says."""
    problems = (
        select(func.coalesce(func.sum(worth()), 0))
        .select_from(
            join(
                AssignmentProblem, ProblemVersion, AssignmentProblem.problem_id == ProblemVersion.id
            )
        )
        .where(AssignmentProblem.assignment_id == items.c.id)
        .scalar_subquery()
    )
    questions = (
        select(func.count())
        .select_from(join(QuizProblem, Problem, QuizProblem.problem_id == Problem.id))
        .where(QuizProblem.quiz_id == items.c.id, Problem.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    quiz = case((Quiz.points_total > 0, Quiz.points_total), else_=questions)
    return case((Quiz.id.is_not(None), cast(quiz, Numeric)), else_=problems)


def _anything_handed_in(items: Any) -> ColumnElement[bool]:
    """Of an enrolment; what we failed to judge was handed in too."""
    attempts = (
        select(SubmissionAttempt.id)
        .join(AssignmentProblem, AssignmentProblem.id == SubmissionAttempt.assignment_problem_id)
        .where(
            AssignmentProblem.assignment_id == items.c.id,
            SubmissionAttempt.student_id == Enrollment.user_id,
            SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
        )
    )
    sessions = select(PracticeSession.id).where(
        PracticeSession.content_item_id == items.c.id,
        PracticeSession.student_id == Enrollment.user_id,
        PracticeSession.kind == SessionKind.QUIZ,
        PracticeSession.status == SessionStatus.COMPLETED,
    )
    return or_(attempts.exists(), sessions.exists())


def _mark_missing() -> Statement:
    due = picked(ContentItem.due_date, VISIBLE, _PASSED)
    passed = moved(due, missing_marked_for=ContentItem.due_date)
    # Practice binds nobody.
    graded = (
        select(passed.c.id, passed.c.class_id, _points(passed).label("points"))
        .select_from(
            join(passed, Assignment, Assignment.id == passed.c.id, isouter=True).outerjoin(
                Quiz, Quiz.id == passed.c.id
            )
        )
        .where(
            is_work(passed.c.content_type),
            Assignment.mode.is_distinct_from(AssignmentMode.PRACTICE),
        )
        .cte("graded")
    )
    learning = join(graded, Class, Class.id == graded.c.class_id).join(
        Enrollment, and_(Enrollment.class_id == Class.id, LEARNING)
    )
    entered = (
        pg_insert(GradebookEntry)
        .from_select(
            ["student_id", "content_item_id", "status", "max_score"],
            select(Enrollment.user_id, graded.c.id, _MISSING, graded.c.points)
            .select_from(learning)
            .where(~_anything_handed_in(graded)),
        )
        .on_conflict_do_nothing(
            index_elements=[GradebookEntry.student_id, GradebookEntry.content_item_id]
        )
        .returning(GradebookEntry.id)
        .cte("entered")
    )
    return Statement(select(how_many(entered)))


MARK_MISSING = _mark_missing()


def _forget_missing() -> Statement:
    """Where the due date was moved on or away; what somebody wrote into an entry stays."""
    moved_on = (
        update(ContentItem)
        .where(
            ContentItem.missing_marked_for.is_not(None),
            ContentItem.missing_marked_for.is_distinct_from(ContentItem.due_date),
            or_(ContentItem.due_date.is_(None), ContentItem.due_date > NOW),
        )
        .values(missing_marked_for=null())
        .returning(ContentItem.id)
        .cte("moved_on")
    )
    forgotten = (
        delete(GradebookEntry)
        .where(
            GradebookEntry.content_item_id == moved_on.c.id,
            GradebookEntry.status == EntryStatus.MISSING,
            GradebookEntry.submitted_at.is_(None),
            GradebookEntry.score_obtained.is_(None),
            GradebookEntry.manual_feedback.is_(None),
            GradebookEntry.private_notes.is_(None),
        )
        .returning(GradebookEntry.id)
        .cte("forgotten")
    )
    return Statement(select(how_many(forgotten)))


FORGET_MISSING = _forget_missing()
