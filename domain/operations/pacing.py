"""How fast Telegram lets a bot speak."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Slot:
    """When one message may go: `seconds` from now, if `granted`; else ask again then."""

    granted: bool
    seconds: float


class Pacer(Protocol):
    """Shared by all processes that speak for one bot."""

    async def slot(self, chat_id: int, *, asked: bool = True) -> Slot:
        """Takes the bot's next slot, unless this chat itself must wait longer first.

        What somebody asked for may follow upon another message in a short burst.
        """
        ...

    async def hold(self, seconds: float) -> None:
        """Gives no slots for so long, to any process: Telegram said that the bot is too fast."""
        ...


class Bell(Protocol):
    """Wakes the sender of another process; losing a ring costs a second, never a message."""

    async def ring(self) -> None: ...

    async def heard(self, timeout_seconds: float) -> bool:
        """Waits for a ring; False if none came in time."""
        ...
