"""What the domain asks of the database about quizzes that are answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from domain.practice.quiz_records import (
    Answered,
    QuizLine,
    QuizResults,
    QuizSession,
    QuizStanding,
    Waiting,
)
from domain.practice.records import Item


class QuizSessionsRepository(Protocol):
    """`item_id` is always the quiz's, as an item of its class."""

    async def standing(self, student_id: UUID, item_id: UUID) -> QuizStanding:
        """The quiz must be there."""
        ...

    async def hold(self, item_id: UUID) -> None:
        """Until the transaction ends nobody changes the quiz; other students do not wait."""
        ...

    async def problems(self, item_id: UUID) -> Sequence[UUID]:
        """What a session asks, in its order; not what an admin withdrew as wrong."""
        ...

    async def waiting(self, student_id: UUID, item_id: UUID) -> Waiting | None:
        """Of the student's open session, expired or not: what was left for later least often
        first, else by place. None where nothing waits, or no session is open."""
        ...

    async def postpone(
        self, item: Item, seconds: int, following: UUID | None, now: datetime
    ) -> bool:
        """The item waits until the others had their turn; opens the following one.

        False if it has moved on since it was loaded.
        """
        ...

    async def settle(
        self, session: QuizSession, at: datetime, score: Decimal, most: Decimal
    ) -> bool:
        """Ends the session at `at` and enters its score, unless a person settled the entry.

        One statement. False if it had ended before, or something else is right by now.
        """
        ...

    async def answered(self, student_id: UUID, item_id: UUID, position: int) -> Answered | None:
        """A question of the student's session, from one."""
        ...

    async def up_next(self, student_id: UUID, now: datetime) -> Sequence[QuizLine]:
        """Quizzes that the student may see."""
        ...

    async def results(self, item_id: UUID, offset: int, limit: int) -> QuizResults:
        """One statement."""
        ...

    async def begun(self, item_id: UUID) -> bool:
        """Whether any student has begun it."""
        ...

    async def follow_due_date(self, item_id: UUID, without: timedelta) -> int:
        """Open sessions end with the due date as it stands now, `without` one so long after they
        began; returns how many there are."""
        ...

    async def close_due(self, bot_id: int, now: datetime, limit: int, notice: timedelta) -> int:
        """Ends sessions past their time, scores them and tells their students; returns how many.

        One statement for all. What is told makes sense for as long as `notice`.
        """
        ...
