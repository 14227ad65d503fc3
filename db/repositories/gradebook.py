"""The gradebook in the database."""

from uuid import UUID

import asyncpg
from sqlalchemy import (
    DateTime,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    join,
    literal,
    select,
    true,
)
from sqlalchemy import Numeric as SqlNumeric
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import (
    Assignment,
    AssignmentProblem,
    ContentItem,
    GradebookEntry,
    ProblemVersion,
    SubmissionAttempt,
)
from db.models.gradebook import ENTRY_STATUS
from db.repositories.courses_rows import assignment_config
from db.repositories.submissions_work import counting_judging, worth
from db.statements import Statement
from domain.courses.records import AssignmentMode
from domain.gradebook.records import AssignmentResults, EntryStatus, JudgedAttempt, NewEntry
from domain.submissions.records import AttemptType
from domain.submissions.rules import Terms

_STUDENT = bindparam("student_id", type_=Uuid())


def _results() -> Statement:
    """One row a judged final submission; a problem without any has one row, without an attempt."""
    here = (
        select(AssignmentProblem.assignment_id)
        .where(AssignmentProblem.id == bindparam("assignment_problem_id", type_=Uuid()))
        .scalar_subquery()
    )
    counting = counting_judging()
    share = case(
        (counting.c.points > 0, counting.c.score / counting.c.points),
        else_=cast(literal(0), SqlNumeric),
    )
    judged = join(SubmissionAttempt, counting, true())
    source = (
        join(Assignment, ContentItem, ContentItem.id == Assignment.id)
        .join(AssignmentProblem, AssignmentProblem.assignment_id == Assignment.id)
        .join(ProblemVersion, AssignmentProblem.problem_id == ProblemVersion.id)
    )
    return Statement(
        select(
            ContentItem.id.label("item_id"),
            ContentItem.due_date,
            Assignment.mode,
            Assignment.config,
            AssignmentProblem.id.label("assignment_problem_id"),
            worth().label("worth"),
            SubmissionAttempt.id.label("attempt_id"),
            SubmissionAttempt.late_by_seconds,
            SubmissionAttempt.created_at,
            share.label("share"),
        )
        .select_from(
            source.outerjoin(
                judged,
                and_(
                    SubmissionAttempt.assignment_problem_id == AssignmentProblem.id,
                    SubmissionAttempt.student_id == _STUDENT,
                    SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
                ),
            )
        )
        .where(Assignment.id == here)
        .order_by(AssignmentProblem.order_index, SubmissionAttempt.created_at)
    )


RESULTS = _results()

# Two workers may finish two problems of one student at once: the second reads what the first wrote.
ONE_AT_A_TIME = Statement(
    select(
        func.pg_advisory_xact_lock(
            func.hashtextextended(literal("gradebook ") + cast(_STUDENT, Text), 0)
        )
    )
)


def _enter() -> Statement:
    """What a person settled stays; what only the tests settled does not."""
    adding = pg_insert(GradebookEntry).values(
        student_id=_STUDENT,
        content_item_id=bindparam("content_item_id", type_=Uuid()),
        status=bindparam("status", type_=ENTRY_STATUS),
        score_obtained=bindparam("score", type_=SqlNumeric()),
        max_score=bindparam("max_score", type_=SqlNumeric()),
        submitted_at=bindparam("submitted_at", type_=DateTime(timezone=True)),
    )
    changed = ("status", "score_obtained", "max_score", "submitted_at")
    settled = (GradebookEntry.status == EntryStatus.EXCUSED) | (
        (GradebookEntry.status == EntryStatus.GRADED)
        & (adding.excluded.status != EntryStatus.GRADED)
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[GradebookEntry.student_id, GradebookEntry.content_item_id],
            set_={name: adding.excluded[name] for name in changed},
            where=~settled,
        )
    )


ENTER = _enter()


class SqlGradebookRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def results(self, student_id: UUID, assignment_problem_id: UUID) -> AssignmentResults:
        await ONE_AT_A_TIME.run(self._connection, student_id=student_id)
        rows = await RESULTS.rows(
            self._connection, student_id=student_id, assignment_problem_id=assignment_problem_id
        )
        first = rows[0]
        problems = {row["assignment_problem_id"]: row["worth"] for row in rows}
        return AssignmentResults(
            item_id=first["item_id"],
            terms=Terms(
                mode=AssignmentMode(first["mode"]),
                config=assignment_config(first["config"]),
                is_published=True,
                release_date=None,
                due_date=first["due_date"],
                class_archived=False,
            ),
            worth=list(problems.items()),
            attempts=[
                JudgedAttempt(
                    row["assignment_problem_id"],
                    row["share"],
                    row["late_by_seconds"],
                    row["created_at"],
                )
                for row in rows
                if row["attempt_id"] is not None
            ],
        )

    async def enter(self, entry: NewEntry) -> bool:
        written = await ENTER.run(
            self._connection,
            student_id=entry.student_id,
            content_item_id=entry.content_item_id,
            status=entry.status,
            score=entry.score,
            max_score=entry.max_score,
            submitted_at=entry.submitted_at,
        )
        return written == 1
