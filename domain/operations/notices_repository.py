"""What the clock asks of the database: its marks, and notices for everybody concerned at once."""

from datetime import datetime
from typing import Protocol


class NoticesRepository(Protocol):
    """A method that tells writes notices and their messages in one statement, each once."""

    async def move_mark(self, job: str, now: datetime) -> datetime:
        """Says that a job has done its work up to `now`; returns up to when it had before.

        A first run had done all of it: it begins from now. A mark never moves back. Until the
        transaction ends, nobody else moves it.
        """
        ...
