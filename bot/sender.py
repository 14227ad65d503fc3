"""The outbox out to Telegram, within its limits.

One dispatcher takes the most urgent message whose chat is free, asks whether it may be said now,
waits for its slot, and lets a courier carry it; what became of it is noted in batches. A chat's
messages go one after another.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from bot.delivery import Courier, Later, More, Outcome, Parcel, Sent
from bot.limits import Limits
from bot.line import Chat, Line
from domain.errors import Unavailable
from domain.operations import notices
from domain.operations.mailbox import Mailbox
from domain.operations.pacing import Bell, Pacer
from domain.operations.records import Delivery, DropReason, OutgoingMessage, Priority

log = structlog.get_logger(__name__)

AT_ONCE = 100
CLAIM = 100
# How many messages are held at most, the urgent and the replies on top of the others: what others
# wrote must not wait for what was claimed before it.
HELD_AT_MOST = ((Priority.REMINDER, 200), (Priority.NOTICE, 400), (Priority.REPLY, 800))
# Of a slot that a busy machine lets slip: from how late on it matters, and how long after it the
# next message may go at the earliest.
LATE_SECONDS, APART_SECONDS = 0.004, 0.034
IDLE_SECONDS = 1.0
SWEEP_SECONDS = 10.0
SWEEP_AGAIN_SECONDS = 4.0
# A message that meets trouble is tried again after these pauses; then it waits in the outbox, each
# time twice as long, and is given up after half a day.
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
SHELF_SECONDS = 30.0
LONGEST_SHELF_SECONDS = 900.0
TRIES_AT_MOST = 60
GRACE_SECONDS = 10.0


class Sender:
    """Sends what is handed to it and what waits in the outbox."""

    def __init__(
        self,
        mailbox: Mailbox,
        courier: Courier,
        pacer: Pacer | None,
        bell: Bell | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._mailbox = mailbox
        self._courier = courier
        self._pacer = pacer
        self._bell = bell
        self._clock = clock
        self._line = Line()
        self._limits = Limits()
        self._held: set[UUID] = set()
        self._noting: set[UUID] = set()
        self._wake = asyncio.Event()
        self._hungry = asyncio.Event()
        self._ended: list[Delivery] = []
        self._to_note = asyncio.Event()
        self._carrying: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._stopping = False

    # -- taking messages in

    def post(self, messages: Sequence[OutgoingMessage]) -> None:
        """Takes messages that are claimed for this process; they go as soon as they may."""
        for message in messages:
            if message.id not in self._held:
                self._held.add(message.id)
                self._line.put(message)
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is held: all that was posted is sent and noted, or given back."""
        return not self._held and not self._noting

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
        sweep_at = 0.0
        while True:
            least = self._least_wanted()
            claimed: Sequence[OutgoingMessage] = ()
            try:
                if time.monotonic() >= sweep_at:
                    unsure = await self._mailbox.free_claims_of_the_dead()
                    pause = SWEEP_AGAIN_SECONDS if unsure else SWEEP_SECONDS
                    sweep_at = time.monotonic() + pause
                if least is not None:
                    claimed = await self._mailbox.claim(CLAIM, least)
            except Unavailable as error:
                log.warning("the outbox cannot be reached", why=str(error))
            except Exception:
                # What is handed over by turns goes on all the same.
                log.exception("the outbox cannot be read")
            self.post(claimed)
            if len(claimed) < CLAIM:
                await self._rest()

    def _least_wanted(self) -> Priority | None:
        """How urgent a message must be to be claimed now; None if there is no room for any."""
        held = len(self._held)
        return next((least for least, most in HELD_AT_MOST if held < most), None)

    async def _rest(self) -> None:
        if self._bell is not None:
            await self._bell.heard(IDLE_SECONDS)
            return
        if len(self._held) < HELD_AT_MOST[0][1]:
            self._hungry.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._hungry.wait(), IDLE_SECONDS)

    # -- sending

    async def _dispatch(self) -> None:
        while True:
            await self._free.acquire()
            chat = await self._next_chat()
            task = asyncio.create_task(self._carry(chat, chat.begin()))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _next_chat(self) -> Chat:
        """The chat of the most urgent message that may go now, with a slot for it."""
        while True:
            held_back = self._limits.held_back_seconds()
            if held_back > 0:
                await asyncio.sleep(held_back)
                continue
            chat = self._line.take()
            if chat is None:
                await self._something_to_do()
            elif self._may_go(chat) and await self._has_slot(chat) and self._may_go(chat):
                return chat

    async def _something_to_do(self) -> None:
        self._wake.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), self._line.seconds_to_rest())

    async def _has_slot(self, chat: Chat) -> bool:
        """Waits for the chat's slot; if the chat must wait longer than others, it rests."""
        if self._pacer is None:
            return True
        slot = await self._pacer.slot(chat.id, asked=chat.first.priority == Priority.REPLY)
        if not slot.granted:
            self._line.give_back(chat, slot.seconds)
            return False
        if slot.seconds > 0:
            due = time.monotonic() + slot.seconds
            await asyncio.sleep(slot.seconds)
            if time.monotonic() - due > LATE_SECONDS:
                # It goes later than its slot, so the next one must too, or both would go together.
                await self._pacer.hold(APART_SECONDS)
        return True

    def _may_go(self, chat: Chat) -> bool:
        """Whether its first message may be said now; if not, that is put aside, and the chat is
        given back. What is half said is said to its end."""
        message = chat.first
        decision = self._decide(message)
        half_said = chat.parcel is not None and chat.parcel.message_id is not None
        if isinstance(decision, notices.Go) or half_said:
            return True
        chat.put_aside()
        if isinstance(decision, notices.Wait):
            self._end(Delivery(message.id, retry_at=decision.until, tried=False))
        else:
            reason = decision.reason
            self._end(Delivery(message.id, failed_reason=reason.value, dropped=reason))
        self._line.give_back(chat)
        return False

    def _decide(self, message: OutgoingMessage) -> notices.Decision:
        try:
            return notices.decide(message, self._clock())
        except Exception:
            # Whatever is wrong with one message, or with what its person chose, stops no other.
            log.exception("a notice cannot be decided about", view=message.view)
            return notices.Drop(DropReason.REFUSED)

    async def _carry(self, chat: Chat, parcel: Parcel) -> None:
        try:
            outcome = await self._courier.deliver(parcel)
        finally:
            self._free.release()
        await self._settle(chat, parcel.message, outcome)
        self._wake.set()

    async def _settle(self, chat: Chat, message: OutgoingMessage, outcome: Outcome) -> None:
        if isinstance(outcome, Later):
            await self._postpone(chat, message, outcome)
            return
        chat.troubles = 0
        if isinstance(outcome, More):
            self._line.give_back(chat)
            return
        chat.put_aside()
        if isinstance(outcome, Sent):
            self._end(Delivery(message.id, message_id=outcome.message_id))
        else:
            self._end(_lost(message, outcome.reason, outcome.dropped))
            if outcome.dropped is DropReason.BLOCKED:
                await self._drop_blocked(chat)
                return
        self._line.give_back(chat)

    async def _postpone(self, chat: Chat, message: OutgoingMessage, outcome: Later) -> None:
        if outcome.limit:
            await self._heed(chat, outcome.seconds)
        elif chat.troubles < len(PAUSES) and not self._stopping:
            outcome = Later(PAUSES[chat.troubles], outcome.reason)
            chat.troubles += 1
        else:
            self._shelve(chat, message, outcome)
            return
        if outcome.seconds > SHELF_SECONDS or self._stopping:
            self._give_back_all(chat, outcome.seconds)
            return
        log.info("a message waits", why=outcome.reason, seconds=outcome.seconds)
        self._line.give_back(chat, outcome.seconds)

    async def _heed(self, chat: Chat, seconds: float) -> None:
        """Telegram says which chat must wait, not whether it means the whole bot: where it tells
        several so in a moment, nothing goes for as long."""
        everybody = self._limits.told(chat.id, seconds)
        if everybody > 0:
            log.warning("telegram says that the bot is too fast", seconds=everybody)
            if self._pacer is not None:
                await self._pacer.hold(everybody)

    def _shelve(self, chat: Chat, message: OutgoingMessage, outcome: Later) -> None:
        """It waits in the outbox, and behind it, in their order, all that its chat is told."""
        chat.put_aside()
        seconds = min(SHELF_SECONDS * 2 ** min(message.tries, 10), LONGEST_SHELF_SECONDS)
        if message.tries >= TRIES_AT_MOST:
            self._end(_lost(message, outcome.reason, DropReason.UNREACHABLE))
        else:
            self._end(Delivery(message.id, retry_at=self._in(seconds)))
        self._give_back_all(chat, seconds)

    def _give_back_all(self, chat: Chat, seconds: float) -> None:
        """To the outbox, until then."""
        for message in chat.put_all_aside():
            self._end(Delivery(message.id, retry_at=self._in(seconds), tried=False))
        self._line.drop(chat)

    def _in(self, seconds: float) -> datetime:
        return self._clock() + timedelta(seconds=seconds)

    async def _drop_blocked(self, chat: Chat) -> None:
        for message in chat.put_all_aside():
            self._end(_lost(message, "blocked", DropReason.BLOCKED))
        self._line.drop(chat)
        try:
            await self._mailbox.mark_blocked(chat.id)
        except Unavailable as error:
            # The next message to them will be refused just so, and note it then.
            log.warning("a block could not be noted", why=str(error))

    # -- noting

    def _end(self, delivery: Delivery) -> None:
        """Queues what is to be noted of a message."""
        self._ended.append(delivery)
        self._to_note.set()

    async def _note_always(self) -> None:
        while not (self._stopping and not self._ended and not self._carrying):
            await self._to_note.wait()
            self._to_note.clear()
            await self._note()

    async def _note(self) -> None:
        """Notes all that ended so far; what ends meanwhile is the next batch."""
        while self._ended:
            batch, self._ended = self._ended, []
            left = await self._noted(batch)
            if left:
                self._ended = left + self._ended
                await asyncio.sleep(IDLE_SECONDS)
                if self._stopping:
                    return

    async def _noted(self, batch: list[Delivery]) -> list[Delivery]:
        """What could not be noted yet. Were it given up, all of it would be sent once more."""
        try:
            await self._note_together(batch)
        except Unavailable as error:
            log.warning("deliveries cannot be noted yet", why=str(error), count=len(batch))
            return batch
        except Exception:
            log.exception("deliveries cannot be noted", count=len(batch))
            if len(batch) == 1:
                return batch
            # Whatever is wrong with one of them, the others are noted.
            return [left for one in batch for left in await self._noted([one])]
        self._hungry.set()
        dropped = Counter(one.dropped.value for one in batch if one.dropped)
        if dropped:
            log.info("messages are dropped", **dropped)
        return []

    async def _note_together(self, batch: list[Delivery]) -> None:
        """What is given back may be claimed anew before we hear that it is noted: it must count as
        held no more by then, or it would be claimed and never sent."""
        ids = {one.id for one in batch}
        self._held -= ids
        self._noting |= ids
        try:
            await self._mailbox.note(batch)
        except BaseException:
            self._held |= ids
            raise
        finally:
            self._noting -= ids


def _lost(message: OutgoingMessage, reason: str, dropped: DropReason) -> Delivery:
    return Delivery(message.id, failed_reason=reason, dropped=dropped)
