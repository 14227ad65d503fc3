"""What is kept of the links by which calendar programs read somebody's calendar."""

from datetime import datetime
from typing import Protocol
from uuid import UUID


class CalendarLinkRepository(Protocol):
    """A person has one link at most; of its secret only the hash is kept."""

    async def keep(self, person_id: UUID, token_hash: str, now: datetime) -> None:
        """Instead of the one so far, which stops working."""
        ...

    async def made_at(self, person_id: UUID) -> datetime | None: ...

    async def drop(self, person_id: UUID) -> None: ...

    async def owner(self, token_hash: str) -> UUID | None:
        """Whose link it is, if their account is in use."""
        ...
