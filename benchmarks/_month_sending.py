"""The bot's sender on a clock that stands still until somebody moves it on."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import Courier, Outcome, Parcel
from db.mailbox import SqlMailbox
from domain.operations.pacing import Slot
from domain.operations.records import Delivery, OutgoingMessage, Priority
from engines.queue.pacer import BOT_MICROSECONDS, CHAT_MICROSECONDS
from localchat.clock import Clock

TOKEN = "5000001:" + "m" * 35
BOT_ID = 5000001


class SharedClock(Clock):
    """Stands still until somebody moves it on."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> float:
        return self.at.timestamp()

    def moment(self) -> datetime:
        return self.at

    def move(self, to: datetime) -> None:
        self.at = max(self.at, to)


class Carrying(Courier):
    """The bot's courier; knows whether anything is under way."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.arrived = asyncio.Event()
        self.arrived.set()

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.arrived.clear()
        try:
            return await super().deliver(parcel)
        finally:
            self.arrived.set()


class MovingPacer:
    """Instead of waiting for a slot it moves the clock to it, once the last message is there."""

    def __init__(self, clock: SharedClock, courier: Carrying) -> None:
        self._clock, self._courier = clock, courier
        self._bot_free = clock.at
        self._chat_free: dict[int, datetime] = {}

    async def slot(self, chat_id: int, *, asked: bool = True) -> Slot:  # noqa: ARG002 - none is
        await asyncio.sleep(0)
        await self._courier.arrived.wait()
        at = max(self._clock.at, self._bot_free, self._chat_free.get(chat_id, self._clock.at))
        self._clock.move(at)
        self._bot_free = at + timedelta(microseconds=BOT_MICROSECONDS)
        self._chat_free[chat_id] = at + timedelta(microseconds=CHAT_MICROSECONDS)
        return Slot(granted=True, seconds=0.0)

    async def hold(self, seconds: float) -> None:
        self._bot_free = max(self._bot_free, self._clock.at + timedelta(seconds=seconds))


class Bell:
    """Lets the sender rest until it is rung, and says when it rests."""

    def __init__(self) -> None:
        self._rung, self.resting = asyncio.Event(), asyncio.Event()

    async def ring(self) -> None:
        self.resting.clear()
        self._rung.set()

    async def heard(self, timeout_seconds: float) -> bool:  # noqa: ARG002 - this clock stands still
        self.resting.set()
        await self._rung.wait()
        self._rung.clear()
        return True


class WatchedMailbox(SqlMailbox):
    """Counts what is claimed and says when something is noted."""

    claimed = 0

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        super().__init__(engine, BOT_ID, clock)
        self.noted = asyncio.Event()

    async def claim(
        self, limit: int, least: Priority = Priority.REMINDER
    ) -> Sequence[OutgoingMessage]:
        messages = await super().claim(limit, least)
        self.claimed += len(messages)
        return messages

    async def note(self, deliveries: Sequence[Delivery]) -> None:
        await super().note(deliveries)
        self.noted.set()
