"""What the clock asks of the database: its marks, and notices for everybody concerned at once."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Protocol

from domain.courses.due_soon import Stage
from domain.operations.turns import Turn


class NoticesRepository(Protocol):
    """A method that tells writes notices and their messages in one statement, each once."""

    async def move_mark(self, job: str, now: datetime) -> datetime:
        """Says that a job has done its work up to `now`; returns up to when it had before.

        A first run had done all of it: it begins from now. A mark moves back only
        where a clock that was wrong had set it (see `domain.operations.marks`). Until the
        transaction ends, nobody else moves it.
        """
        ...

    async def read_mark(self, job: str) -> datetime | None: ...

    async def clocks_in_use(self) -> tuple[Sequence[str], Sequence[time]]:
        """The zones that people are in, and the times at which students want to be reminded."""
        ...

    async def remind_of_practice(self, bot_id: int, turns: Sequence[Turn], now: datetime) -> int:
        """Reminds students whose zone and time are among the turns, who have chosen a class and
        completed nothing that day; those with the longest streaks first. Returns how many."""
        ...

    async def warn_of_streaks(self, bot_id: int, turns: Sequence[Turn], now: datetime) -> int:
        """Tells those in the zones of the turns whose streak of two days or more stands and does
        not count that day yet; the longest first. Returns how many."""
        ...

    async def open_releases(self, bot_id: int, now: datetime, limit: int) -> int:
        """Notes of at most `limit` items that students see them now, and tells of the work among
        them; returns how many are told. What opens within a day of its due date needs no day's
        warning besides, and within two hours none at all."""
        ...

    async def tell_due_soon(self, bot_id: int, stage: Stage, now: datetime, limit: int) -> int:
        """Tells those who have not handed in, of at most `limit` items; returns how many."""
        ...

    async def end_exams(self, bot_id: int, now: datetime, limit: int) -> int:
        """Locks at most `limit` openings that nothing more is taken for, and tells their students
        how much was handed in; returns how many are told."""
        ...

    async def mark_missing(self, now: datetime, limit: int) -> int:
        """Gradebook entries of students who handed nothing in of work that was due (practice binds
        nobody), for at most `limit` items; returns how many."""
        ...

    async def forget_missing(self, now: datetime) -> int:
        """Takes such entries back where the due date was moved on or away; returns how many."""
        ...
