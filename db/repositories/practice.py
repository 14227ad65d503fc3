"""Practice in the database: the domain's protocol over a few statements."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import practice_expiry as expiry
from db.repositories import practice_hints as hints
from db.repositories import practice_library as library
from db.repositories import practice_progress as progress
from db.repositories import practice_proposals as proposals
from db.repositories import practice_reads as reads
from db.repositories import practice_skills
from db.repositories import practice_writes as writes
from db.repositories.practice_rows import choices, item, problem, problem_row
from domain.errors import Conflict
from domain.practice.records import (
    Choices,
    Confidence,
    ContributionImport,
    Import,
    Item,
    ItemState,
    Problem,
    ProblemOrigin,
    SessionKind,
    SessionResult,
    SessionStatus,
    Streak,
    TopicProgress,
    Try,
    WaitingContribution,
    WeekProgress,
)
from domain.practice.skills import Skill


class SqlPracticeRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def import_problems(self, problems: Sequence[Problem], origin: ProblemOrigin) -> Import:
        slugs = [one.slug for one in problems]
        await library.TAKE_TURNS.run(self._connection)
        if origin is ProblemOrigin.FOLDER:
            rows = await library.TAKEN_FROM_FOLDERS.rows(self._connection, slugs=slugs)
            if rows:
                return Import(0, tuple(row["slug"] for row in rows))
        changed = await library.IMPORT_PROBLEMS.run(
            self._connection, problems=[problem_row(one) for one in problems], origin=origin
        )
        if origin is ProblemOrigin.LIBRARY:
            await library.CLAIM_SLUGS.run(self._connection, slugs=slugs)
            changed += await library.RETIRE_PROBLEMS.run(self._connection, slugs=slugs)
        return Import(changed, ())

    async def problem(self, problem_id: UUID) -> Problem | None:
        row = await library.PROBLEM.row(self._connection, problem_id=problem_id)
        return None if row is None else problem(row)

    async def withdraw_problem(self, problem_id: UUID, at: datetime) -> bool:
        withdrawn = await library.WITHDRAW_PROBLEM.run(
            self._connection, problem_id=problem_id, at=at
        )
        return withdrawn == 1

    async def import_contribution(
        self, owner_id: UUID, problems: Sequence[Problem], approved_at: datetime | None
    ) -> ContributionImport:
        slugs = [one.slug for one in problems]
        whose: dict[str, Any] = {"owner_id": owner_id, "slugs": slugs}
        await library.TAKE_TURNS.run(self._connection)
        known = await proposals.KNOWN_SLUGS.rows(self._connection, **whose)
        taken = tuple(row["slug"] for row in known if not row["is_mine"])
        if taken:
            return ContributionImport(new=0, changed=0, unchanged=0, taken=taken)
        rows = [problem_row(one) for one in problems]
        if approved_at is None:
            touched: int = await proposals.PROPOSE.value(
                self._connection, owner_id=owner_id, problems=rows
            )
        else:
            touched = await proposals.PUBLISH.run(
                self._connection, owner_id=owner_id, problems=rows, at=approved_at
            )
            await proposals.REFUSE.run(self._connection, **whose)
        new = len(problems) - len(known)
        return ContributionImport(new, touched - new, len(problems) - touched, taken)

    async def waiting_contributions(self) -> Sequence[WaitingContribution]:
        rows = await proposals.WAITING.rows(self._connection)
        return [WaitingContribution(**row) for row in rows]

    async def contribution(self, owner_id: UUID, *, lock: bool = False) -> Sequence[Problem]:
        if lock:
            await library.TAKE_TURNS.run(self._connection)
        statement = proposals.LOCKED_PROPOSALS if lock else proposals.PROPOSALS
        rows = await statement.rows(self._connection, owner_id=owner_id)
        return [problem(row) for row in rows]

    async def approve_contribution(
        self, owner_id: UUID, slugs: Sequence[str], at: datetime, approver_id: UUID
    ) -> int:
        await library.TAKE_TURNS.run(self._connection)
        count: int = await proposals.APPROVE.value(
            self._connection,
            owner_id=owner_id,
            slugs=list(slugs),
            at=at,
            approver_id=approver_id,
        )
        return _all_of(slugs, count)

    async def refuse_contribution(self, owner_id: UUID, slugs: Sequence[str]) -> int:
        count = await proposals.REFUSE.run(self._connection, owner_id=owner_id, slugs=list(slugs))
        return _all_of(slugs, count)

    async def choices(self, student_id: UUID, grade: int) -> Choices:
        rows = await reads.CANDIDATES.rows(self._connection, student_id=student_id, grade=grade)
        return choices(rows)

    async def skills(self, student_id: UUID) -> Mapping[str, Skill | None]:
        rows = await practice_skills.SKILLS.rows(self._connection, student_id=student_id)
        return practice_skills.by_topic(rows)

    async def create_session(
        self,
        student_id: UUID,
        problem_ids: Sequence[UUID],
        now: datetime,
        expires_at: datetime,
        quiz_id: UUID | None = None,
    ) -> UUID | None:
        session_id: UUID | None = await writes.CREATE_SESSION.value(
            self._connection,
            student_id=student_id,
            kind=SessionKind.PRACTICE if quiz_id is None else SessionKind.QUIZ,
            content_item_id=quiz_id,
            problem_ids=list(problem_ids),
            now=now,
            expires_at=expires_at,
        )
        return session_id

    async def load_item(self, student_id: UUID, item_id: UUID) -> Item | None:
        row = await reads.LOAD_ITEM.row(self._connection, student_id=student_id, item_id=item_id)
        return None if row is None else item(row)

    async def current_items(self, student_id: UUID) -> Sequence[Item]:
        rows = await reads.CURRENT_ITEMS.rows(self._connection, student_id=student_id)
        return [item(row) for row in rows]

    async def store_answer(self, attempt: Try, state: ItemState) -> bool:
        tried = attempt.item
        stored = await writes.STORE_ANSWER.value(
            self._connection,
            item_id=tried.id,
            tries=tried.tries,
            state=state,
            expected=tried.answer,
            seconds=attempt.time_spent_seconds,
            newly_correct=int(attempt.is_correct),
            next_id=None if state is ItemState.WAITING else tried.next_id,
            answer=attempt.answer,
            hints_used=tried.hints_shown,
            hints_viewed=list(range(1, tried.hints_shown + 1)),
            now=attempt.at,
            confidence=tried.confidence or Confidence.MEDIUM,
            **practice_skills.values(attempt.skill),
        )
        return bool(stored)

    async def leave_item(
        self, item: Item, state: ItemState, seconds: int, now: datetime, skill: Skill
    ) -> bool:
        left = await writes.LEAVE_ITEM.value(
            self._connection,
            item_id=item.id,
            tries=item.tries,
            state=state,
            seconds=seconds,
            newly_correct=0,
            next_id=item.next_id,
            now=now,
            **practice_skills.values(skill),
        )
        return bool(left)

    async def show_hint(self, item: Item) -> bool:
        shown = await writes.SHOW_HINT.run(
            self._connection, item_id=item.id, hints_shown=item.hints_shown
        )
        return shown == 1

    async def reopen_item(self, item_id: UUID, now: datetime) -> None:
        await writes.REOPEN_ITEM.run(self._connection, item_id=item_id, now=now)

    async def space_hints(self, students: int, share: float) -> int:
        return await hints.SPACE_HINTS.run(self._connection, students=students, share=share)

    async def set_confidence(self, item_id: UUID, confidence: Confidence) -> None:
        await writes.SET_CONFIDENCE.run(self._connection, item_id=item_id, confidence=confidence)

    async def report_item(self, item_id: UUID, now: datetime) -> bool:
        return await writes.REPORT_ITEM.run(self._connection, item_id=item_id, now=now) == 1

    async def close_session(self, session_id: UUID, status: SessionStatus, now: datetime) -> bool:
        closed = await writes.CLOSE_SESSION.run(
            self._connection, session_id=session_id, status=status, now=now
        )
        return closed == 1

    async def session_result(self, session_id: UUID) -> SessionResult:
        rows = await reads.SESSION_RESULT.rows(self._connection, session_id=session_id)
        return expiry.result(rows)

    async def close_expired(
        self, now: datetime, limit: int
    ) -> Sequence[tuple[UUID, SessionResult]]:
        rows = await expiry.CLOSE_EXPIRED.rows(self._connection, now=now, limit=limit)
        return expiry.results(rows)

    async def skills_of(
        self, student_ids: Sequence[UUID]
    ) -> Mapping[UUID, Mapping[str, Skill | None]]:
        rows = await expiry.SKILLS_OF.rows(self._connection, student_ids=list(student_ids))
        return expiry.skills_by_student(student_ids, rows)

    async def load_streak(self, student_id: UUID) -> Streak:
        row = await progress.LOAD_STREAK.row(self._connection, student_id=student_id)
        if row is None:
            return Streak()
        return Streak(
            current=row["current_streak"],
            longest=row["longest_streak"],
            last_practice_date=row["last_practice_date"],
            milestones=tuple(row["milestones_achieved"]),
        )

    async def save_streak(self, student_id: UUID, streak: Streak) -> None:
        await progress.SAVE_STREAK.run(
            self._connection,
            student_id=student_id,
            current_streak=streak.current,
            longest_streak=streak.longest,
            last_practice_date=streak.last_practice_date,
            milestones_achieved=list(streak.milestones),
        )

    async def practice_days(self, student_id: UUID, timezone: str, since: date) -> frozenset[date]:
        rows = await progress.PRACTICE_DAYS.rows(
            self._connection, student_id=student_id, timezone=timezone, since=since
        )
        return frozenset(row["day"] for row in rows)

    async def progress(
        self, student_id: UUID, timezone: str, since: date
    ) -> tuple[Sequence[TopicProgress], Sequence[WeekProgress]]:
        whose: dict[str, Any] = {"student_id": student_id, "timezone": timezone, "since": since}
        topics = await progress.TOPIC_PROGRESS.rows(self._connection, **whose)
        weeks = await progress.WEEK_PROGRESS.rows(self._connection, **whose)
        return [TopicProgress(**row) for row in topics], [WeekProgress(**row) for row in weeks]


def _all_of(slugs: Sequence[str], count: int) -> int:
    if count != len(slugs):
        raise Conflict(f"{count} of {len(slugs)} proposals were there to decide about")
    return count
