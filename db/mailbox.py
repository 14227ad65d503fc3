"""The inbox and outbox of one bot, and the turns between them."""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, and_, bindparam, join, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.models import Conversation, User
from db.presence import Presence
from db.repositories import mailbox_sending as sending
from db.repositories import mailbox_statements as statements
from db.repositories.people import (
    PERSON_COLUMNS,
    USERS_WITH_STUDENTS,
    SqlPeopleRepository,
    person_of,
)
from db.session import connection, transaction
from db.statements import Statement
from db.unit_of_work import SqlUnitOfWork
from domain.errors import AlreadyDone, Conflict
from domain.operations.notices import practised
from domain.operations.records import (
    ConversationState,
    Delivery,
    IncomingUpdate,
    NoticeType,
    OutgoingMessage,
    Priority,
    Saying,
)
from domain.people.records import Language, Person, Role

LOAD_TURN = Statement(
    select(*PERSON_COLUMNS, Conversation.step, Conversation.data, Conversation.version)
    .select_from(
        join(
            USERS_WITH_STUDENTS,
            Conversation,
            and_(
                Conversation.user_id == User.id,
                Conversation.bot_id == bindparam("bot_id", type_=BigInteger),
            ),
            isouter=True,
        )
    )
    .where(User.telegram_id == bindparam("telegram_id", type_=BigInteger))
)


# A process that lives notices within `db.presence.LIFE_SECONDS` that it lost its lock, as all do
# when the server begins anew, and takes it again. Were it thought dead meanwhile, what it is about
# to send would be sent twice.
SURE_SECONDS = 4.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class SqlTurn:
    """One update in one transaction; see `domain.operations.mailbox.Turn`."""

    def __init__(
        self,
        driver: asyncpg.Connection,
        update: IncomingUpdate,
        claimed_by: int,
        row: asyncpg.Record | None,
    ) -> None:
        self._driver = driver
        self._update = update
        self._claimed_by = claimed_by
        self.person: Person | None = None if row is None else person_of(row)
        self.conversation = (
            ConversationState()
            if row is None or row["version"] is None
            else ConversationState(row["step"], row["data"], row["version"])
        )

    @cached_property
    def work(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._driver)

    async def finish(
        self,
        user_id: UUID | None,
        conversation: ConversationState | None,
        sayings: Sequence[Saying],
        *,
        erased: bool = False,
    ) -> Sequence[OutgoingMessage]:
        if conversation is not None and user_id is not None and not erased:
            await self._move(user_id, conversation)
        row = await statements.FINISH.row(
            self._driver,
            update_id=self._update.id,
            bot_id=self._update.bot_id,
            claimed_by=self._claimed_by,
            sayings=statements.saying_rows(sayings),
        )
        if row is None or row["ended"] != 1:
            raise AlreadyDone("the update was done already")
        if erased:
            await statements.SCRUB_UPDATE.run(self._driver, update_id=self._update.id)
        return outgoing(sayings, row["said"] or (), row["keys"] or ())

    async def _move(self, user_id: UUID, conversation: ConversationState) -> None:
        moved = await statements.MOVE_CONVERSATION.run(
            self._driver,
            bot_id=self._update.bot_id,
            user_id=user_id,
            step=conversation.step,
            data=dict(conversation.data),
            version=self.conversation.version,
        )
        if moved != 1:
            raise Conflict("the conversation moved on meanwhile")


def outgoing(
    sayings: Sequence[Saying], ids: Sequence[UUID], keys: Sequence[str | None]
) -> Sequence[OutgoingMessage]:
    """What this process sends at once, in the order of saying, as the rows of `ids` and `keys` are.

    What was said before under its dedupe key has no row.
    """
    new = {key for key in keys if key is not None}
    due = []
    for one in sayings:
        if one.send_after is not None or one.edits_key is not None or one.kind is not None:
            continue
        if one.dedupe_key is None:
            due.append(one)
        elif one.dedupe_key in new:
            new.remove(one.dedupe_key)
            due.append(one)
    return [
        OutgoingMessage(
            id=message_id,
            user_id=one.user_id,
            chat_id=one.chat_id,
            view=one.view,
            data=one.data,
            language=one.language or Language.BN,
            edits_message_id=one.edits_message_id,
            priority=int(one.priority),
            tries=0,
        )
        for one, message_id in zip(due, ids, strict=True)
    ]


class SqlMailbox:
    """See `domain.operations.mailbox.Mailbox`.

    `claimed_by` numbers this process: it keeps an advisory lock of that number, on a connection
    of its own, for as long as it lives, so that others can tell its claims from a dead one's.
    """

    def __init__(
        self, engine: AsyncEngine, bot_id: int, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._clock = clock
        self._presence = Presence(engine, statements.CLAIMS)
        self._claimed_by = self._presence.number
        self.alive = self._presence.shown
        self._seem_dead: dict[int, float] = {}
        """Since when (monotonic) others were found without their lock."""

    async def show_life(self) -> None:
        """Holds this process's lock until cancelled; whoever sends runs this beside it."""
        await self._presence.show()

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> Sequence[IncomingUpdate]:
        people = {one["update_id"]: person_in(one) for one in updates}
        async with connection(self._engine) as driver:
            rows = await statements.RECEIVE.rows(
                driver,
                bot_id=self._bot_id,
                updates=[
                    {
                        "update_id": one["update_id"],
                        "person": people[one["update_id"]],
                        "payload": one,
                    }
                    for one in updates
                ],
            )
        ids = {row["update_id"]: row["id"] for row in rows}
        return [
            IncomingUpdate(
                ids.pop(one["update_id"]),
                self._bot_id,
                one["update_id"],
                people[one["update_id"]],
                one,
                0,
            )
            for one in updates
            if one["update_id"] in ids
        ]

    async def waiting(self) -> Sequence[IncomingUpdate]:
        async with connection(self._engine) as driver:
            rows = await statements.WAITING.rows(driver, bot_id=self._bot_id)
        return [IncomingUpdate(**row) for row in rows]

    @asynccontextmanager
    async def turn(self, update: IncomingUpdate) -> AsyncIterator[SqlTurn]:
        async with transaction(self._engine) as driver:
            row = None
            if update.person is not None:
                row = await LOAD_TURN.row(driver, bot_id=self._bot_id, telegram_id=update.person)
            yield SqlTurn(driver, update, self._claimed_by, row)

    async def count_failure(self, update_id: UUID, error: str) -> int:
        async with connection(self._engine) as driver:
            tries = await statements.COUNT_FAILURE.value(driver, update_id=update_id, error=error)
        return int(tries or 0)

    async def set_aside(
        self, update: IncomingUpdate, error: str, sayings: Sequence[Saying]
    ) -> Sequence[OutgoingMessage]:
        async with connection(self._engine) as driver:
            row = await statements.SET_ASIDE.row(
                driver,
                update_id=update.id,
                error=error,
                bot_id=self._bot_id,
                claimed_by=self._claimed_by,
                sayings=statements.saying_rows(sayings),
            )
        return [] if row is None else outgoing(sayings, row["said"] or (), row["keys"] or ())

    async def claim(
        self, limit: int, least: Priority = Priority.REMINDER
    ) -> Sequence[OutgoingMessage]:
        async with connection(self._engine) as driver:
            rows = await sending.CLAIM.rows(
                driver,
                bot_id=self._bot_id,
                claimed_by=self._claimed_by,
                limit=limit,
                least=int(least),
                now=self._clock(),
            )
        return [_claimed(row) for row in rows]

    async def note(self, deliveries: Sequence[Delivery]) -> None:
        rows = [
            {
                "id": str(one.id),
                "message_id": one.message_id,
                "failed_reason": one.failed_reason,
                "retry_at": None if one.retry_at is None else one.retry_at.isoformat(),
                "dropped": one.dropped,
                "tried": one.tried,
            }
            for one in deliveries
        ]
        async with connection(self._engine) as driver:
            await sending.NOTE.rows(driver, deliveries=rows, now=self._clock())

    async def free_claims_of_the_dead(self) -> bool:
        async with connection(self._engine) as driver:
            rows = await sending.WHO_SEEMS_DEAD.rows(driver, bot_id=self._bot_id)
            now = time.monotonic()
            self._seem_dead = {row[0]: self._seem_dead.get(row[0], now) for row in rows}
            dead = [one for one, since in self._seem_dead.items() if now - since >= SURE_SECONDS]
            if dead:
                await sending.FREE_CLAIMS.run(driver, bot_id=self._bot_id, dead=dead)
        return len(dead) < len(self._seem_dead)

    async def mark_blocked(self, chat_id: int) -> None:
        async with connection(self._engine) as driver:
            await sending.MARK_BLOCKED.rows(
                driver, bot_id=self._bot_id, chat_id=chat_id, now=self._clock()
            )

    async def admins(self) -> Sequence[Person]:
        async with connection(self._engine) as driver:
            return await SqlPeopleRepository(driver).get_users_by_role(Role.ADMIN)


def _claimed(row: asyncpg.Record) -> OutgoingMessage:
    given = dict(row)
    completed = given.pop("last_completed")
    if completed is not None:
        given["no_longer_needed"] = practised(given["data"], given["timezone"], completed)
    kind = given["kind"]
    return OutgoingMessage(
        **{
            **given,
            "language": Language(given["language"]),
            "kind": None if kind is None else NoticeType(kind),
            "settings": given["settings"] or {},
        }
    )


def person_in(update: Mapping[str, Any]) -> int | None:
    """Telegram's id of whoever acted, wherever this kind of update keeps it."""
    for part in update.values():
        if isinstance(part, Mapping):
            who = part.get("from") or part.get("user")
            if isinstance(who, Mapping) and isinstance(who.get("id"), int):
                return int(who["id"])
    return None
