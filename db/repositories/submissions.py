"""Students' work in the database: the domain's protocol over a few statements."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import asyncpg

from db.repositories import submissions_attempts as attempt_statements
from db.repositories import submissions_work as statements
from db.repositories.courses_rows import assignment_config
from db.repositories.problems_rows import test_case
from domain.courses.records import AssignmentMode, AssignmentOpening
from domain.errors import Refusal
from domain.problems.records import TestCase, Wording
from domain.submissions import rules
from domain.submissions.judging import Limits, Program, Verdict
from domain.submissions.records import AttemptRule, AttemptType, JudgingStatus, Progress
from domain.submissions.rules import AttemptScore, Terms
from domain.submissions.work_records import (
    AssignmentWork,
    AttemptLine,
    AttemptSeen,
    NewAttempt,
    ProblemLine,
    ProblemWork,
    TestMark,
    UpNext,
)

RULE = "tr_submission_attempts_"


class SqlSubmissionsRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def up_next(self, person_id: UUID, now: datetime) -> Sequence[UpNext]:
        rows = await statements.UP_NEXT.rows(self._connection, person_id=person_id, now=now)
        return [
            UpNext(
                item_id=row["item_id"],
                title=row["item_title"],
                class_name=row["class_name"],
                mode=AssignmentMode(row["mode"]),
                due_date=row["due_date"],
                problems=row["problems"],
                solved=row["solved"],
                opening=_opening(row, person_id),
            )
            for row in rows
        ]

    async def assignment(self, person_id: UUID, item_id: UUID) -> AssignmentWork | None:
        rows = await statements.ASSIGNMENT.rows(
            self._connection, person_id=person_id, item_id=item_id
        )
        if not rows:
            return None
        terms = _terms(rows[0])
        lines = [_line(row, terms) for row in rows if row["assignment_problem_id"] is not None]
        return _assignment(rows[0], terms, person_id, lines)

    async def problem(self, person_id: UUID, assignment_problem_id: UUID) -> ProblemWork | None:
        row = await statements.PROBLEM.row(
            self._connection, person_id=person_id, assignment_problem_id=assignment_problem_id
        )
        if row is None:
            return None
        terms = _terms(row)
        line = _line(row, terms)
        code, language = row["starter_code"], row["starter_language"]
        return ProblemWork(
            assignment=_assignment(row, terms, person_id, [line]),
            line=line,
            version_id=row["version_id"],
            wording=Wording(row["title"], row["description_markdown"], row["hint"]),
            description_bn=row["description_bn"],
            hint_bn=row["hint_bn"],
            starter=None if code is None else Program(language, code),
            limits=Limits(row["time_limit_ms"], row["memory_limit_kb"], row["output_limit_kb"]),
            tests=row["tests"],
            hidden=row["hidden"],
            draft=_draft(row, person_id),
            left_at=row["left_at"],
        )

    async def samples(
        self, problem_version_id: UUID, most: int, longest: int
    ) -> Sequence[TestCase]:
        rows = await statements.SAMPLES.rows(
            self._connection, problem_version_id=problem_version_id, most=most, longest=longest
        )
        return [test_case(dict(row)) for row in rows]

    async def open_exam(
        self, student_id: UUID, item_id: UUID, opened_at: datetime, deadline_at: datetime
    ) -> AssignmentOpening:
        [row] = await statements.OPEN_EXAM.rows(
            self._connection,
            person_id=student_id,
            item_id=item_id,
            opened_at=opened_at,
            deadline_at=deadline_at,
        )
        return AssignmentOpening(
            row["opening_id"],
            student_id,
            item_id,
            row["opened_at"],
            row["deadline_at"],
            row["locked_at"],
        )

    async def keep_draft(
        self,
        student_id: UUID,
        assignment_problem_id: UUID,
        code: str,
        language: str | None,
        spent_seconds: int,
        at: datetime,
    ) -> None:
        await statements.KEEP_DRAFT.run(
            self._connection,
            person_id=student_id,
            assignment_problem_id=assignment_problem_id,
            code=code,
            language=language,
            spent=spent_seconds,
            at=at,
        )

    async def note_focus(
        self, student_id: UUID, assignment_problem_id: UUID, spent_seconds: int, at: datetime
    ) -> None:
        await statements.NOTE_FOCUS.run(
            self._connection,
            person_id=student_id,
            assignment_problem_id=assignment_problem_id,
            spent=spent_seconds,
            at=at,
        )

    async def add_attempt(self, attempt: NewAttempt) -> tuple[UUID, int]:
        try:
            [row] = await attempt_statements.ADD_ATTEMPT.rows(
                self._connection,
                type=attempt.type,
                person_id=attempt.student_id,
                assignment_problem_id=attempt.assignment_problem_id,
                code_key=attempt.code_key,
                code_size=attempt.code_size,
                language=attempt.language,
                at=attempt.created_at,
                time_focused_seconds=attempt.time_focused_seconds,
                late_by_seconds=attempt.late_by_seconds,
            )
        except asyncpg.RestrictViolationError as error:
            raise _refusal(error) from error
        return row["id"], row["attempt_number"]

    async def lock_finished_exam(self, student_id: UUID, item_id: UUID, at: datetime) -> bool:
        locked = await attempt_statements.LOCK_FINISHED_EXAM.run(
            self._connection, person_id=student_id, item_id=item_id, at=at
        )
        return locked == 1

    async def unlock_exam(self, student_id: UUID, assignment_problem_id: UUID) -> None:
        await attempt_statements.UNLOCK_EXAM.run(
            self._connection, person_id=student_id, assignment_problem_id=assignment_problem_id
        )

    async def attempts(
        self, student_id: UUID, assignment_problem_id: UUID, limit: int, offset: int
    ) -> Sequence[AttemptLine]:
        rows = await attempt_statements.ATTEMPTS.rows(
            self._connection,
            person_id=student_id,
            assignment_problem_id=assignment_problem_id,
            limit=limit,
            offset=offset,
        )
        return [_attempt_line(row) for row in rows]

    async def attempt(self, student_id: UUID, attempt_id: UUID) -> AttemptSeen | None:
        row = await attempt_statements.ATTEMPT.row(
            self._connection, person_id=student_id, attempt_id=attempt_id
        )
        if row is None:
            return None
        marks = await attempt_statements.MARKS.rows(self._connection, judging_id=row["judging_id"])
        return AttemptSeen(
            line=_attempt_line(row),
            title=row["title"],
            title_bn=row["title_bn"],
            code_key=row["code_key"],
            compiler=row["compiler"] if row["compiled"] is False else None,
            marks=[
                TestMark(one["number"], one["hidden"], Verdict(one["verdict"])) for one in marks
            ],
        )


def _refusal(error: asyncpg.RestrictViolationError) -> Exception:
    """What the database refused by one of the rules that were asked before: it changed since."""
    rule = (error.constraint_name or "").removeprefix(RULE)
    if rule not in set(AttemptRule):
        return error
    return Refusal(f"refused by the database: {rule}", "submissions.changed_meanwhile")


def _attempt_line(row: asyncpg.Record) -> AttemptLine:
    verdict = row["verdict"]
    return AttemptLine(
        id=row["id"],
        assignment_problem_id=row["assignment_problem_id"],
        number=row["number"],
        type=AttemptType(row["type"]),
        language=row["language"],
        created_at=row["created_at"],
        late_by_seconds=row["late_by_seconds"],
        status=JudgingStatus(row["status"]),
        verdict=None if verdict is None else Verdict(verdict),
        score=row["score"],
        points=row["points"],
    )


def _terms(row: asyncpg.Record) -> Terms:
    return Terms(
        mode=AssignmentMode(row["mode"]),
        config=assignment_config(row["config"]),
        is_published=row["is_published"],
        release_date=row["release_date"],
        due_date=row["due_date"],
        class_archived=row["is_archived"],
    )


def _assignment(
    row: asyncpg.Record, terms: Terms, person_id: UUID, lines: Sequence[ProblemLine]
) -> AssignmentWork:
    return AssignmentWork(
        item_id=row["item_id"],
        class_id=row["class_id"],
        class_name=row["class_name"],
        title=row["item_title"],
        description=row["item_description"],
        terms=terms,
        enrolled=row["learns"],
        teaches=row["teaches"],
        opening=_opening(row, person_id),
        problems=lines,
    )


def _opening(row: asyncpg.Record, student_id: UUID) -> AssignmentOpening | None:
    if row["opening_id"] is None:
        return None
    return AssignmentOpening(
        row["opening_id"],
        student_id,
        row["item_id"],
        row["opened_at"],
        row["deadline_at"],
        row["locked_at"],
    )


def _line(row: asyncpg.Record, terms: Terms) -> ProblemLine:
    worth: Decimal = row["worth"]
    judged = zip(row["shares"] or (), row["lates"] or (), strict=True)
    scores = [AttemptScore(share * worth, rules.penalty(terms, late)) for share, late in judged]
    return ProblemLine(
        id=row["assignment_problem_id"],
        position=row["position"],
        title=row["title"],
        title_bn=row["title_bn"],
        worth=worth,
        attempts=row["attempts"] or 0,
        submitted=row["submitted"] or 0,
        running_since=row["running_since"],
        judging_since=row["judging_since"],
        score=rules.final_score(scores),
        solved=bool(row["solved"]),
    )


def _draft(row: asyncpg.Record, student_id: UUID) -> Progress | None:
    if row["draft_id"] is None:
        return None
    return Progress(
        id=row["draft_id"],
        student_id=student_id,
        assignment_problem_id=row["assignment_problem_id"],
        current_code=row["current_code"],
        current_language=row["current_language"],
        time_spent_seconds=row["time_spent_seconds"],
        last_updated=row["last_updated"],
    )
