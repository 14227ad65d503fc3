"""Practice in the database: the domain's protocol over a few statements."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import practice_hints as hints
from db.repositories import practice_library as library
from db.repositories import practice_progress as progress
from db.repositories import practice_reads as reads
from db.repositories import practice_skills
from db.repositories import practice_writes as writes
from db.repositories.practice_rows import choices, item, problem, problem_row
from domain.practice.records import (
    Choices,
    Confidence,
    ContributionImport,
    Item,
    ItemResult,
    ItemState,
    Problem,
    ProblemOrigin,
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

    async def import_problems(self, problems: Sequence[Problem], origin: ProblemOrigin) -> int:
        changed = await library.IMPORT_PROBLEMS.run(
            self._connection, problems=[problem_row(one) for one in problems], origin=origin
        )
        if origin is ProblemOrigin.LIBRARY:
            changed += await library.WITHDRAW_PROBLEMS.run(
                self._connection, slugs=[one.slug for one in problems]
            )
        return changed

    async def import_contribution(
        self, owner_id: UUID, problems: Sequence[Problem], approved_at: datetime | None
    ) -> ContributionImport:
        slugs = [one.slug for one in problems]
        known = await library.KNOWN_SLUGS.rows(self._connection, slugs=slugs, owner_id=owner_id)
        taken = tuple(row["slug"] for row in known if not row["is_mine"])
        if taken:
            return ContributionImport(new=0, changed=0, unchanged=0, taken=taken)
        touched = await library.IMPORT_CONTRIBUTION.run(
            self._connection,
            problems=[problem_row(one) for one in problems],
            owner_id=owner_id,
            approved_at=approved_at,
        )
        new = len(problems) - len(known)
        return ContributionImport(new, touched - new, len(problems) - touched, taken)

    async def waiting_contributions(self) -> Sequence[WaitingContribution]:
        rows = await library.WAITING_CONTRIBUTIONS.rows(self._connection)
        return [WaitingContribution(**row) for row in rows]

    async def contribution(self, owner_id: UUID) -> Sequence[Problem]:
        rows = await library.CONTRIBUTION.rows(self._connection, owner_id=owner_id)
        return [problem(row) for row in rows]

    async def approve_contribution(self, owner_id: UUID, at: datetime, approver_id: UUID) -> int:
        return await library.APPROVE_CONTRIBUTION.run(
            self._connection, owner_id=owner_id, at=at, approver_id=approver_id
        )

    async def refuse_contribution(self, owner_id: UUID) -> int:
        refused: int = await library.REFUSE_CONTRIBUTION.value(self._connection, owner_id=owner_id)
        return refused

    async def choices(self, student_id: UUID, grade: int) -> Choices:
        rows = await reads.CANDIDATES.rows(self._connection, student_id=student_id, grade=grade)
        return choices(rows)

    async def skills(self, student_id: UUID) -> Mapping[str, Skill | None]:
        rows = await practice_skills.SKILLS.rows(self._connection, student_id=student_id)
        return practice_skills.by_topic(rows)

    async def create_session(
        self, student_id: UUID, problem_ids: Sequence[UUID], now: datetime, expires_at: datetime
    ) -> UUID | None:
        session_id: UUID | None = await writes.CREATE_SESSION.value(
            self._connection,
            student_id=student_id,
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
        first = rows[0]
        return SessionResult(
            id=first["id"],
            status=SessionStatus(first["status"]),
            started_at=first["started_at"],
            total_time_seconds=first["total_time_seconds"],
            items=tuple(
                ItemResult(
                    position=row["position"],
                    topic=row["topic"],
                    state=ItemState(row["state"]),
                    is_correct=row["is_correct"],
                    tries=row["tries"],
                    hints_shown=row["hints_shown"],
                )
                for row in rows
            ),
        )

    async def expired_sessions(self, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
        rows = await reads.EXPIRED_SESSIONS.rows(self._connection, now=now, limit=limit)
        return [(row["id"], row["student_id"]) for row in rows]

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
