"""Everything that is kept about one person, as JSON, made by the database."""

from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Uuid,
    bindparam,
    case,
    func,
    join,
    literal,
    literal_column,
    select,
    union_all,
)

from db.models import (
    AiFeedback,
    AssignmentOpening,
    AssignmentProgress,
    AuditLog,
    CalendarEvent,
    CalendarLink,
    Class,
    CompileResult,
    ContentItem,
    Conversation,
    CostRecord,
    Enrollment,
    Grade,
    GradebookEntry,
    InboxUpdate,
    Invitation,
    Judging,
    Notification,
    OutboxMessage,
    PracticeItem,
    PracticeSession,
    Problem,
    ProblemProposal,
    ProblemUpload,
    ProblemVersion,
    Response,
    Skill,
    Streak,
    Student,
    SubmissionAttempt,
    TestCase,
    TestResult,
    Transcription,
    User,
)
from db.statements import Statement
from domain.practice.library import templates

_ID = bindparam("user_id", type_=Uuid())
_SESSIONS = select(PracticeSession.id).where(PracticeSession.student_id == _ID)


def _all(table: FromClause, mine: ColumnElement[bool]) -> Statement:
    """The person's rows of one table, oldest first, each as it stands."""
    rows = select(table).where(mine).subquery("row")
    whole: ColumnElement[Any] = literal_column('to_jsonb("row")')
    return Statement(select(func.jsonb_agg(whole)).select_from(rows))


def _asked() -> Statement:
    """What was set, with what its question is made of."""
    rows: Select[Any] = (
        select(
            PracticeItem.__table__,
            Problem.question_en,
            Problem.question_bn,
            Problem.parameters,
            Problem.conditions,
        )
        .select_from(join(PracticeItem, Problem, PracticeItem.problem_id == Problem.id))
        .where(PracticeItem.session_id.in_(_SESSIONS))
        .order_by(PracticeItem.id)
    )
    whole: ColumnElement[Any] = literal_column('to_jsonb("row")')
    return Statement(select(func.jsonb_agg(whole)).select_from(rows.subquery("row")))


def _written() -> Statement:
    """Their problems that were approved, as they stand, and those that wait, as they were sent."""
    approved = (
        select(Problem.__table__, literal(False).label("waits"))
        .where(Problem.owner_id == _ID)
        .order_by(Problem.id)
        .subquery("row")
    )
    row: ColumnElement[Any] = literal_column('to_jsonb("row")')
    more = func.jsonb_build_object(
        "waits",
        True,
        "owner_id",
        ProblemProposal.owner_id,
        "proposed_at",
        ProblemProposal.proposed_at,
    )
    both = union_all(
        select(row.label("problem")).select_from(approved),
        select(ProblemProposal.content.op("||")(more)).where(ProblemProposal.owner_id == _ID),
    ).subquery("both")
    return Statement(select(func.jsonb_agg(both.c.problem)))


_ATTEMPTS = select(SubmissionAttempt.id).where(SubmissionAttempt.student_id == _ID)
_JUDGINGS = select(Judging.id).where(Judging.attempt_id.in_(_ATTEMPTS))


def _results() -> Statement:
    """Of a hidden test only its verdict and score: whatever else a program is free to choose, its
    exit code or the time it takes no less than its output, may tell what is in the test."""
    told = {"judging_id", "test_case_id", "status", "score"}
    columns = TestResult.__table__.columns
    rows = (
        select(
            *(
                one if one.name in told else case((~TestCase.hidden, one)).label(one.name)
                for one in columns
            ),
            TestCase.ordinal,
            TestCase.hidden,
        )
        .select_from(join(TestResult, TestCase, TestResult.test_case_id == TestCase.id))
        .where(TestResult.judging_id.in_(_JUDGINGS))
        .subquery("row")
    )
    whole: ColumnElement[Any] = literal_column('to_jsonb("row")')
    return Statement(select(func.jsonb_agg(whole)).select_from(rows))


def _without(table: FromClause, hidden: frozenset[str], mine: ColumnElement[bool]) -> Statement:
    """As `_all`, save for columns that are not the person's to read."""
    rows = select(*(one for one in table.columns if one.name not in hidden)).where(mine)
    whole: ColumnElement[Any] = literal_column('to_jsonb("row")')
    return Statement(select(func.jsonb_agg(whole)).select_from(rows.subquery("row")))


# Usage is that of the hidden tests too; the worker's name is our machine's.
_USAGE = frozenset({"execution_time_ms", "memory_usage_kb", "worker"})
_TEACHERS_ALONE = frozenset({"private_notes"})


_MY_TELEGRAM = select(User.telegram_id).where(User.id == _ID).scalar_subquery()

PARTS = {
    "user": _all(User.__table__, User.id == _ID),
    "student": _all(Student.__table__, Student.user_id == _ID),
    "streak": _all(Streak.__table__, Streak.student_id == _ID),
    "sessions": _all(PracticeSession.__table__, PracticeSession.student_id == _ID),
    "problems_set": _asked(),
    "problems_written": _written(),
    "responses": _all(Response.__table__, Response.session_id.in_(_SESSIONS)),
    "skills": _all(Skill.__table__, Skill.student_id == _ID),
    "classes": _all(Class.__table__, Class.owner_id == _ID),
    "enrollments": _all(Enrollment.__table__, Enrollment.user_id == _ID),
    "invitations": _all(
        Invitation.__table__, (Invitation.created_by == _ID) | (Invitation.used_by == _ID)
    ),
    "content_made": _all(ContentItem.__table__, ContentItem.created_by == _ID),
    "coding_problems": _all(ProblemVersion.__table__, ProblemVersion.owner_id == _ID),
    "coding_problems_sent": _all(ProblemUpload.__table__, ProblemUpload.owner_id == _ID),
    "exams_opened": _all(AssignmentOpening.__table__, AssignmentOpening.student_id == _ID),
    "drafts": _all(AssignmentProgress.__table__, AssignmentProgress.student_id == _ID),
    "attempts": _all(SubmissionAttempt.__table__, SubmissionAttempt.student_id == _ID),
    "judgings": _without(Judging.__table__, _USAGE, Judging.attempt_id.in_(_ATTEMPTS)),
    "compilations": _all(CompileResult.__table__, CompileResult.judging_id.in_(_JUDGINGS)),
    "test_results": _results(),
    "feedback": _all(AiFeedback.__table__, AiFeedback.attempt_id.in_(_ATTEMPTS)),
    "final_grades": _all(Grade.__table__, Grade.attempt_id.in_(_ATTEMPTS)),
    "gradebook": _without(
        GradebookEntry.__table__, _TEACHERS_ALONE, GradebookEntry.student_id == _ID
    ),
    "transcriptions": _all(Transcription.__table__, Transcription.user_id == _ID),
    "conversations": _all(Conversation.__table__, Conversation.user_id == _ID),
    "calendar": _all(CalendarEvent.__table__, CalendarEvent.owner_id == _ID),
    "calendar_link": _without(
        CalendarLink.__table__, frozenset({"token_hash"}), CalendarLink.user_id == _ID
    ),
    "notifications": _all(Notification.__table__, Notification.recipient_id == _ID),
    "costs": _all(CostRecord.__table__, CostRecord.student_id == _ID),
    "audit": _all(AuditLog.__table__, AuditLog.actor_id == _ID),
    "updates_received": _all(InboxUpdate.__table__, InboxUpdate.person == _MY_TELEGRAM),
    "messages_sent": _all(OutboxMessage.__table__, OutboxMessage.user_id == _ID),
}


async def export(connection: asyncpg.Connection, user_id: UUID) -> dict[str, Any]:
    """A list of rows for each part that a person has a share in."""
    parts = {
        name: await statement.value(connection, user_id=user_id) or []
        for name, statement in PARTS.items()
    }
    parts["problems_set"] = [_as_read(row) for row in parts["problems_set"]]
    return parts


def _as_read(row: dict[str, Any]) -> dict[str, Any]:
    """The question as the student read it, with the numbers of that setting."""
    parameters, conditions = row.pop("parameters"), row.pop("conditions")
    if parameters is None:
        return row
    pairs = tuple((name, written) for name, written in parameters)
    numbers = templates.numbers(pairs, tuple(conditions or ()), row["seed"] or 0)
    for language in ("en", "bn"):
        key = f"question_{language}"
        row[key] = templates.filled(row[key], numbers, language)
    return row
