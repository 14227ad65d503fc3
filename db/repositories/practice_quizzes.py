"""Quizzes that are answered, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import practice_quizzes_statements as statements
from db.repositories.practice_quizzes_closing import CLOSE_DUE
from db.repositories.practice_quizzes_results import RESULTS
from db.repositories.practice_rows import item
from domain.practice.library import templates
from domain.practice.quiz_records import (
    Answered,
    QuestionResult,
    QuizLine,
    QuizResults,
    QuizSession,
    QuizStanding,
    StudentResult,
    Waiting,
)
from domain.practice.records import Item, SessionStatus

EXAMPLE = 0
"""The seed of the numbers that a template is shown with to teachers."""


class SqlQuizSessionsRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def standing(self, student_id: UUID, item_id: UUID) -> QuizStanding:
        [row] = await statements.STANDING.rows(
            self._connection, student_id=student_id, item_id=item_id
        )
        return _standing(row)

    async def hold(self, item_id: UUID) -> None:
        await statements.HOLD.run(self._connection, item_id=item_id)

    async def problems(self, item_id: UUID) -> Sequence[UUID]:
        rows = await statements.PROBLEMS.rows(self._connection, item_id=item_id)
        return [row["problem_id"] for row in rows]

    async def waiting(self, student_id: UUID, item_id: UUID) -> Waiting | None:
        rows = await statements.WAITING.rows(
            self._connection, student_id=student_id, item_id=item_id
        )
        if not rows:
            return None
        found = [_item(row, "left") for row in rows]
        following = found[1] if len(found) > 1 else None
        return Waiting(found[0], following, rows[0]["left"])

    async def postpone(
        self, item: Item, seconds: int, following: UUID | None, now: datetime
    ) -> bool:
        moved = await statements.POSTPONE.value(
            self._connection,
            practice_item_id=item.id,
            postponed=item.postponed,
            seconds=seconds,
            following=following,
            now=now,
        )
        return bool(moved)

    async def settle(
        self, session: QuizSession, at: datetime, score: Decimal, most: Decimal
    ) -> bool:
        settled = await statements.SETTLE.value(
            self._connection,
            session_id=session.id,
            correct=session.correct,
            at=at,
            score=score,
            most=most,
        )
        return bool(settled)

    async def answered(self, student_id: UUID, item_id: UUID, position: int) -> Answered | None:
        row = await statements.ANSWERED.row(
            self._connection, student_id=student_id, item_id=item_id, position=position
        )
        if row is None:
            return None
        return Answered(_item(row, "given", "is_correct"), row["given"], row["is_correct"])

    async def up_next(self, student_id: UUID, now: datetime) -> Sequence[QuizLine]:
        rows = await statements.UP_NEXT.rows(self._connection, student_id=student_id, now=now)
        return [
            QuizLine(
                row["quiz_id"], row["title"], row["class_name"], row["due_date"], _standing(row)
            )
            for row in rows
        ]

    async def results(self, item_id: UUID, offset: int, limit: int) -> QuizResults:
        [row] = await RESULTS.rows(self._connection, item_id=item_id, offset=offset, limit=limit)
        return QuizResults(
            points_total=row["points_total"],
            questions=[_question(one) for one in row["questions"] or ()],
            handed_in=row["handed_in"],
            working=row["working"],
            not_begun=row["not_begun"],
            average=row["average"],
            most=row["most"],
            students=[_student(one) for one in row["students"] or ()],
        )

    async def begun(self, item_id: UUID) -> bool:
        return bool(await statements.BEGUN.value(self._connection, item_id=item_id))

    async def follow_due_date(self, item_id: UUID, without: timedelta) -> int:
        return await statements.FOLLOW_DUE_DATE.run(
            self._connection, item_id=item_id, without=without
        )

    async def close_due(self, bot_id: int, now: datetime, limit: int, notice: timedelta) -> int:
        closed: int = await CLOSE_DUE.value(
            self._connection, bot_id=bot_id, now=now, limit=limit, notice=notice
        )
        return closed


def _item(row: asyncpg.Record, *besides: str) -> Item:
    return item({key: value for key, value in row.items() if key not in besides})


def _standing(row: asyncpg.Record) -> QuizStanding:
    session = None
    if row["id"] is not None:
        session = QuizSession(
            id=row["id"],
            status=SessionStatus(row["status"]),
            started_at=row["started_at"],
            expires_at=row["expires_at"],
            completed_at=row["completed_at"],
            count=row["count"],
            answered=row["answered"],
            correct=row["correct"],
        )
    return QuizStanding(row["points_total"], row["questions"], session)


def _question(row: Mapping[str, Any]) -> QuestionResult:
    text = {"en": row["question_en"], "bn": row["question_bn"]}
    parameters = tuple((name, spec) for name, spec in row["parameters"] or ())
    if parameters:
        numbers = templates.numbers(parameters, tuple(row["conditions"] or ()), EXAMPLE)
        text = dict(templates.filled_texts(text, numbers))
    return QuestionResult(row["place"], text, row["asked"], row["right"])


def _student(row: Mapping[str, Any]) -> StudentResult:
    status, score = row["status"], row["score"]
    return StudentResult(
        name=row["name"],
        status=None if status is None else SessionStatus(status),
        answered=row["answered"],
        correct=row["correct"],
        count=row["count"],
        score=None if score is None else Decimal(str(score)),
    )
