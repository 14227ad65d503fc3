"""Updates in: stored, confirmed, then handled, one person at a time.

What Telegram is told it may forget stands in the inbox; what stands there and is not done is
taken up after a restart. An update's effects, replies and "done" are one transaction.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from telegram import Update
from telegram.ext import Application

from bot.application import CURRENT
from bot.lanes import Lanes
from bot.sender import Sender
from bot.service import Service
from bot.turn import Environment, Outside, Turn
from domain.errors import AlreadyDone, Conflict, DarsError, Mistake, Refusal, Unavailable
from domain.operations.mailbox import Mailbox
from domain.operations.records import IncomingUpdate, OutgoingMessage, Priority, Saying
from domain.people import registration

log = structlog.get_logger(__name__)

AT_ONCE = 32
TRIES = 3
CONFLICTS = 5
TURN_SECONDS = 30.0
PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
NOTHING: Mapping[str, Any] = {}
# So many updates may wait in memory before no more are asked for.
BACKLOG = 2000


class Intake:
    """Takes updates of one bot from wherever they come and sees each of them through."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        mailbox: Mailbox,
        sender: Sender,
        service: Service,
        environment: Environment,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._application = application
        self._mailbox = mailbox
        self._sender = sender
        self._service = service
        self._environment = environment
        self._clock = clock
        self._rng = rng
        self._lanes: Lanes[IncomingUpdate] = Lanes(self._see_through, AT_ONCE)
        self._hasty: set[UUID] = set()

    async def take_up(self) -> int:
        """Goes on with what was stored and not done before this process began."""
        waiting = await self._mailbox.waiting()
        self._dispatch(waiting)
        return len(waiting)

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Stores a batch and begins to handle it; once this returns, it may be confirmed."""
        whole = [scrubbed(one) for one in updates if isinstance(one.get("update_id"), int)]
        if len(whole) < len(updates):
            log.error("updates without a number were dropped", count=len(updates) - len(whole))
        if whole:
            self._dispatch(await self._mailbox.receive(whole))

    async def room(self) -> None:
        """Waits until the backlog is short enough to ask for more."""
        await self._lanes.below(BACKLOG)

    @property
    def idle(self) -> bool:
        return self._lanes.size == 0

    async def stop(self, grace_seconds: float) -> None:
        """Lets the updates under way end; the others are taken up next time."""
        await self._lanes.stop(grace_seconds)

    def _dispatch(self, updates: Sequence[IncomingUpdate]) -> None:
        for update in updates:
            if self._lanes.put(update.person, update):
                self._hasty.add(update.id)

    async def _see_through(self, update: IncomingUpdate) -> None:
        try:
            await self._handle(update)
        finally:
            self._hasty.discard(update.id)

    async def _handle(self, update: IncomingUpdate) -> None:
        """Handles one update until it is done or set aside; never raises."""
        conflicts, pause = 0, PAUSE_SECONDS
        found: dict[str, Any] = {}
        while True:
            try:
                await self._turn(update, found)
            except AlreadyDone:
                return
            except Unavailable as error:
                log.warning("an update waits", update_id=update.update_id, why=str(error))
            except Conflict as error:
                conflicts += 1
                if conflicts < CONFLICTS:
                    continue
                if await self._failed(update, error):
                    return
            except Exception as error:  # noqa: BLE001 - whatever it is, the next update must go on
                if await self._failed(update, error):
                    return
            else:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _turn(self, update: IncomingUpdate, found: dict[str, Any]) -> None:
        """`found` gathers what was made ready outside, for this try and the next ones."""
        try:
            while True:
                try:
                    return await self._attempt(update, found=found)
                except Outside as wanted:
                    found[wanted.key] = await wanted.work()
        except (Mistake, Refusal) as error:
            # Nothing of the attempt is kept; the person is told in a turn of its own.
            log.info("refused", update_id=update.update_id, why=str(error))
            await self._attempt(update, refused=error)

    async def _attempt(
        self,
        update: IncomingUpdate,
        *,
        refused: DarsError | None = None,
        found: Mapping[str, Any] = NOTHING,
    ) -> None:
        async with asyncio.timeout(TURN_SECONDS), self._mailbox.turn(update) as opened:
            parsed = Update.de_json(dict(update.payload), self._application.bot)
            turn = Turn(
                update=parsed,
                work=opened.work,
                environment=self._environment,
                now=self._clock(),
                rng=self._rng,
                conversation=opened.conversation,
                maybe_person=opened.person,
                found=found,
                hasty=update.id in self._hasty,
            )
            if refused is None:
                CURRENT.set(turn)
                await self._application.process_update(parsed)
                if turn.failure is not None:
                    raise turn.failure
            else:
                await _explain(turn, refused)
            moved = turn.moved_to if turn.moved_to != turn.conversation else None
            person = turn.maybe_person
            messages = await opened.finish(
                None if person is None else person.id, moved, turn.sayings, erased=turn.erased
            )
        self._after(turn, messages)

    def _after(self, turn: Turn, messages: Sequence[OutgoingMessage]) -> None:
        """What Telegram is told once the turn is committed."""
        self._sender.post(messages)
        query = turn.update.callback_query
        if query is not None:
            language = turn.person.language if turn.maybe_person else None
            self._service.acknowledge(query.id, turn.toast, language)
        if turn.menu_changed:
            self._service.set_menu(turn.person)
        for key in turn.discarded:
            self._service.discard(self._environment.storage, key)
        for queue in turn.wakes:
            self._service.ring(self._environment.ring, queue)

    async def _failed(self, update: IncomingUpdate, error: BaseException) -> bool:
        """Counts a failure; True once the update is set aside, and those concerned are told."""
        kind = type(error).__name__
        log.exception("an update failed", update_id=update.update_id, error=kind, exc_info=error)
        try:
            tries = await self._mailbox.count_failure(update.id, kind)
            if tries < TRIES:
                return False
            sayings = [*self._apology(update), *await self._lines_to_admins(update, kind)]
            self._sender.post(await self._mailbox.set_aside(update, kind, sayings))
        except Unavailable as unavailable:
            log.warning("a failure cannot be noted yet", why=str(unavailable))
            return False
        return True

    def _apology(self, update: IncomingUpdate) -> list[Saying]:
        if update.person is None:
            return []
        return [Saying("operations.set_aside", {}, chat_id=update.person, user_id=None)]

    async def _lines_to_admins(self, update: IncomingUpdate, kind: str) -> list[Saying]:
        return [
            Saying(
                "operations.update_failed",
                {"error": kind, "update_id": update.update_id, "person": update.person},
                chat_id=admin.telegram_id,
                user_id=admin.id,
                language=admin.language,
                priority=Priority.NOTICE,
            )
            for admin in await self._mailbox.admins()
        ]


async def _explain(turn: Turn, refused: DarsError) -> None:
    """Says why not, also to somebody whom the bot met in the attempt that was not kept."""
    if turn.maybe_person is None:
        admins = turn.environment.first_admins
        turn.meet(await registration.meet(turn.work, turn.who, admins))
    turn.say(refused.view, **refused.data)


def scrubbed(value: Any) -> Any:
    """The same without what PostgreSQL's JSON cannot hold: NUL and lone surrogates."""
    if isinstance(value, str):
        return "".join(
            "\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in value
        )
    if isinstance(value, Mapping):
        return {scrubbed(key): scrubbed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [scrubbed(one) for one in value]
    return value
