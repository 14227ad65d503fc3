"""The outbox out to Telegram, within its limits.

One dispatcher takes the most urgent message whose chat is free, waits for its slot, and lets a
courier carry it; what became of it is noted in batches. A chat's messages go one after another.
"""

import asyncio
import contextlib
import heapq
import itertools
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from bot.delivery import Courier, Later, Never, Outcome, Sent
from domain.errors import Unavailable
from domain.operations.mailbox import Mailbox
from domain.operations.pacing import Bell, Pacer
from domain.operations.records import Delivery, OutgoingMessage

log = structlog.get_logger(__name__)

AT_ONCE = 100
CLAIM = 200
IDLE_SECONDS = 1.0
SWEEP_SECONDS = 10.0
# A message that meets trouble is tried again after these pauses; then it waits in the outbox.
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
SHELF_SECONDS = 30.0
TRIES_AT_MOST = 60
GRACE_SECONDS = 10.0


@dataclass(slots=True)
class Chat:
    """One chat's messages in order; the first is on its way or waits for its turn."""

    messages: deque[OutgoingMessage] = field(default_factory=deque)
    troubles: int = 0


class Sender:
    """Sends what is handed to it and what waits in the outbox."""

    def __init__(
        self, mailbox: Mailbox, courier: Courier, pacer: Pacer | None, bell: Bell | None
    ) -> None:
        self._mailbox = mailbox
        self._courier = courier
        self._pacer = pacer
        self._bell = bell
        self._chats: dict[int, Chat] = {}
        self._held: set[UUID] = set()
        # Chats whose first message may go now, and those that must wait until an instant.
        self._ready: list[tuple[int, int, int]] = []
        self._later: list[tuple[float, int, int, int]] = []
        self._order = itertools.count()
        self._wake = asyncio.Event()
        self._ended: list[Delivery] = []
        self._to_note = asyncio.Event()
        self._carrying: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._stopping = False

    # -- taking messages in

    def post(self, messages: Sequence[OutgoingMessage]) -> None:
        """Takes messages that are claimed for this process; they go as soon as they may."""
        for message in messages:
            if message.id in self._held:
                continue
            self._held.add(message.id)
            chat = self._chats.setdefault(message.chat_id, Chat())
            chat.messages.append(message)
            if len(chat.messages) == 1:
                self._line_up(message)

    @property
    def idle(self) -> bool:
        """Whether nothing is held: all that was posted is sent and noted, or given back."""
        return not self._held

    def _line_up(self, message: OutgoingMessage, after: float = 0.0) -> None:
        place = (message.priority, next(self._order), message.chat_id)
        if after > 0:
            heapq.heappush(self._later, (time.monotonic() + after, *place))
        else:
            heapq.heappush(self._ready, place)
        self._wake.set()

    async def run(self) -> None:
        """Sends until cancelled; then lets what is on its way arrive and notes it."""
        noting = asyncio.create_task(self._note_always())
        work = [asyncio.create_task(one) for one in (self._dispatch(), self._fetch_always())]
        try:
            await asyncio.gather(*work)
        finally:
            self._stopping = True
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            if self._carrying:
                await asyncio.wait(self._carrying, timeout=GRACE_SECONDS)
            self._to_note.set()
            await asyncio.wait_for(noting, GRACE_SECONDS)

    async def _fetch_always(self) -> None:
        """Claims what others wrote to the outbox, and what the dead left behind."""
        swept = 0.0
        while True:
            try:
                if time.monotonic() - swept > SWEEP_SECONDS:
                    await self._mailbox.free_claims_of_the_dead()
                    swept = time.monotonic()
                claimed = await self._mailbox.claim(CLAIM) if len(self._held) < 2 * CLAIM else ()
            except Unavailable as error:
                log.warning("the outbox cannot be reached", why=str(error))
                claimed = ()
            self.post(claimed)
            if len(claimed) < CLAIM:
                await self._rest()

    async def _rest(self) -> None:
        if self._bell is None:
            await asyncio.sleep(IDLE_SECONDS)
        else:
            await self._bell.heard(IDLE_SECONDS)

    # -- sending

    async def _dispatch(self) -> None:
        while True:
            chat_id = await self._next_chat()
            message = self._chats[chat_id].messages[0]
            if self._pacer is not None:
                slot = await self._pacer.slot(chat_id)
                if not slot.granted:
                    self._line_up(message, slot.seconds)
                    continue
                if slot.seconds > 0:
                    await asyncio.sleep(slot.seconds)
            await self._free.acquire()
            task = asyncio.create_task(self._carry(message))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _next_chat(self) -> int:
        """The chat of the most urgent message that may go now."""
        while True:
            now = time.monotonic()
            while self._later and self._later[0][0] <= now:
                _, priority, order, chat_id = heapq.heappop(self._later)
                heapq.heappush(self._ready, (priority, order, chat_id))
            if self._ready:
                return heapq.heappop(self._ready)[2]
            self._wake.clear()
            wait = self._later[0][0] - now if self._later else None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    async def _carry(self, message: OutgoingMessage) -> None:
        try:
            outcome = await self._courier.deliver(message)
        finally:
            self._free.release()
        await self._settle(message, outcome)

    async def _settle(self, message: OutgoingMessage, outcome: Outcome) -> None:
        chat = self._chats[message.chat_id]
        if isinstance(outcome, Later) and chat.troubles < len(PAUSES) and not self._stopping:
            pause = max(outcome.seconds, PAUSES[chat.troubles])
            # Telegram's own waiting time is no trouble of the message's.
            chat.troubles += outcome.seconds == 0
            log.info("a message waits", why=outcome.reason, seconds=pause)
            self._line_up(message, pause)
            return
        chat.troubles = 0
        self._end(message, outcome)
        if isinstance(outcome, Never) and outcome.blocked:
            await self._drop_blocked(message.chat_id)
            return
        if isinstance(outcome, Later):
            self._give_back_rest(message.chat_id)
            return
        self._advance(message.chat_id)

    def _advance(self, chat_id: int) -> None:
        chat = self._chats[chat_id]
        chat.messages.popleft()
        if chat.messages:
            self._line_up(chat.messages[0])
        else:
            del self._chats[chat_id]

    def _end(self, message: OutgoingMessage, outcome: Outcome) -> None:
        """Queues what is to be noted of a message."""
        if isinstance(outcome, Sent):
            delivery = Delivery(message.id, message_id=outcome.message_id)
        elif isinstance(outcome, Never) or message.tries >= TRIES_AT_MOST:
            delivery = Delivery(message.id, failed_reason=outcome.reason)
        else:
            retry_at = datetime.now(UTC) + timedelta(seconds=SHELF_SECONDS)
            delivery = Delivery(message.id, retry_at=retry_at)
        self._ended.append(delivery)
        self._to_note.set()

    def _give_back_rest(self, chat_id: int) -> None:
        """A chat that cannot be reached now: all its messages wait in the outbox, in order."""
        chat = self._chats.pop(chat_id)
        for message in itertools.islice(chat.messages, 1, None):
            self._end(message, Later(0.0, "behind another"))

    async def _drop_blocked(self, chat_id: int) -> None:
        chat = self._chats.pop(chat_id)
        for message in itertools.islice(chat.messages, 1, None):
            self._end(message, Never("blocked"))
        try:
            await self._mailbox.mark_blocked(chat_id)
        except Unavailable as error:
            # The next message to them will be refused just so, and note it then.
            log.warning("a block could not be noted", why=str(error))

    # -- noting

    async def _note_always(self) -> None:
        while not (self._stopping and not self._ended and not self._carrying):
            await self._to_note.wait()
            self._to_note.clear()
            await self._note()

    async def _note(self) -> None:
        """Notes all that ended so far; what ends meanwhile is the next batch."""
        while self._ended:
            batch, self._ended = self._ended, []
            try:
                await self._mailbox.note(batch)
            except Unavailable as error:
                log.warning("deliveries cannot be noted yet", why=str(error), count=len(batch))
                self._ended = batch + self._ended
                await asyncio.sleep(IDLE_SECONDS)
                if self._stopping:
                    return
            else:
                self._held.difference_update(one.id for one in batch)
