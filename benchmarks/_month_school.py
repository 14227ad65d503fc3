"""The same month in the service: its rows, what students do to them, and all that it says.

Rows are written as the bot would write them, in bulk and past the triggers; what a student is told
goes the whole way, by the jobs of the clock, the outbox, the sender and HTTP to a local chat.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from benchmarks import _month_rows as rows
from benchmarks._month_model import Key, Model
from benchmarks._month_plan import EXAM, SESSION, Act, Plan
from benchmarks._month_sending import (
    BOT_ID,
    TOKEN,
    Bell,
    Carrying,
    MovingPacer,
    SharedClock,
    WatchedMailbox,
)
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.views.registry import Renderer
from db.unit_of_work import unit_of_work
from domain.courses import clockwork as classes
from domain.operations import clockwork, reminders
from domain.practice import quizzes
from domain.submissions import exams
from engines.storage.folder import FolderStorage
from localchat import acts
from localchat.limits import TELEGRAM
from localchat.server import LocalChat
from runtime import content

JOBS = (
    clockwork.close_expired_sessions,
    exams.end_exams,
    quizzes.close_due,
    classes.open_releases,
    classes.tell_due_soon,
    reminders.remind_of_practice,
    reminders.warn_of_streaks,
    classes.mark_missing,
)


@dataclass(slots=True)
class School:
    """The service and its people."""

    plan: Plan
    engine: AsyncEngine
    database: asyncpg.Connection
    chat: LocalChat
    clock: SharedClock
    sender: Sender
    mailbox: WatchedMailbox
    bell: Bell
    ids: list[UUID]
    items: list[UUID]
    parts: dict[tuple[int, int], UUID]
    five: str
    """The problems of every session, as JSON."""
    sessions: dict[Key, UUID] = field(default_factory=dict)
    """Of sessions that time ends: by what is told of it."""

    async def tick(self, now: datetime, *, jobs: bool) -> datetime:
        """Until nothing is left to be said; returns when it began."""
        self.clock.move(now)
        began = self.clock.at
        if jobs:
            for job in JOBS:
                async with unit_of_work(self.engine) as work:
                    await job(work, BOT_ID, self.clock.at)
        before = -1
        while before != self.mailbox.claimed:
            before = self.mailbox.claimed
            await self.bell.ring()
            await self.bell.resting.wait()
            while not self.sender.idle:
                self.mailbox.noted.clear()
                await self.mailbox.noted.wait()
        return began

    # -- what people do

    async def act(self, act: Act, model: Model) -> None:
        """The model knows it already."""
        await getattr(self, f"_{act.what}")(act, model)

    async def _practise(self, act: Act, model: Model) -> None:
        began = act.at - SESSION / 2
        await self.database.execute(rows.PRACTISED, self.ids[act.person], began, act.at, self.five)
        await self._streak(act.person, model)

    async def _streak(self, person: int, model: Model) -> None:
        state = model.states[person]
        await self.database.execute(rows.STREAK, self.ids[person], state.streak, state.last_day)

    async def _leave(self, act: Act, _: Model) -> None:
        made = await self.database.fetchval(
            rows.LEFT, self.ids[act.person], act.at, act.at + SESSION, self.five
        )
        self.sessions["practice.expired", act.person, act.at] = made

    async def _submit(self, act: Act, _: Model) -> None:
        part = self.parts[act.item, act.part]
        await self.database.execute(rows.SUBMITTED, self.ids[act.person], part, act.at)

    async def _begin(self, act: Act, _: Model) -> None:
        due = self.plan.items[act.item].due
        made = await self.database.fetchval(
            rows.BEGUN, self.ids[act.person], self.items[act.item], act.at, due, self.five
        )
        self.sessions["quiz_ended", act.person, act.item] = made

    async def _finish(self, act: Act, model: Model) -> None:
        await self.database.execute(
            rows.FINISHED, self.ids[act.person], self.items[act.item], act.at
        )
        await self._streak(act.person, model)

    async def _sit(self, act: Act, _: Model) -> None:
        await self.database.execute(
            rows.SAT, self.ids[act.person], self.items[act.item], act.at, act.at + EXAM
        )

    async def _mute(self, act: Act, _: Model) -> None:
        one = self.plan.people[act.person]
        await self.database.execute(rows.SETTINGS, self.ids[act.person], json.dumps(one.settings))

    _unmute = _mute

    async def _block(self, act: Act, _: Model) -> None:
        self._set_blocked(act.person, blocked=True)

    async def _unblock(self, act: Act, _: Model) -> None:
        self._set_blocked(act.person, blocked=False)
        await self.database.execute(
            "update users set blocked_bot_at = null where id = $1", self.ids[act.person]
        )

    def _set_blocked(self, person: int, *, blocked: bool) -> None:
        world = self.chat.world
        chat = world.chat(world.bots[BOT_ID], world.people[rows.FIRST_ID + person])
        acts.blocks(world, chat, blocked=blocked)

    async def _move(self, act: Act, _: Model) -> None:
        await self.database.execute(
            "update content_items set due_date = $2 where id = $1", self.items[act.item], act.due
        )


@asynccontextmanager
async def school(plan: Plan, engine: AsyncEngine, dsn: str, folder: Path) -> AsyncIterator[School]:
    """The whole service but its processes, on a database that is empty but for the library."""
    clock = SharedClock(plan.begin)
    chat = LocalChat(None, {TOKEN: "dars_bot"}, clock=clock)
    await chat.start()
    database = await asyncpg.connect(dsn)
    bot = Bot(TOKEN, base_url=f"{chat.url}/bot", request=AiohttpRequest())
    try:
        async with bot:
            made = await rows.peopled(plan, database, chat.world)
            chat.api.limiter.use(TELEGRAM)
            mailbox, bell = WatchedMailbox(engine, clock.moment), Bell()
            renderer = Renderer(content.topics())
            courier = Carrying(bot, renderer, FolderStorage(folder), clock.moment)
            pacer = MovingPacer(clock, courier)
            sender = Sender(mailbox, courier, pacer, bell, clock.moment)
            living = asyncio.create_task(mailbox.show_life())
            await mailbox.alive.wait()
            sending = asyncio.create_task(sender.run())
            try:
                await bell.resting.wait()
                yield School(
                    plan, engine, database, chat, clock, sender, mailbox, bell, *made,
                    await database.fetchval(rows.FIVE),
                )  # fmt: skip
            finally:
                for task in (sending, living):
                    task.cancel()
                await asyncio.gather(sending, living, return_exceptions=True)
    finally:
        await database.close()
        await chat.stop()


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a notice, by the service's own book."""

    outcome: str
    at: datetime | None
    message_id: int | None
    expires: datetime | None


TOLD = """
select n.dedupe_key, n.sent_at, n.dropped_at, n.dropped_reason, o.message_id, o.expires_at
from notifications n left join outbox o on o.notification_id = n.id
"""


async def book(school_: School) -> dict[str, Ended]:
    """By dedupe key."""
    found = {}
    for row in await school_.database.fetch(TOLD):
        outcome = row["dropped_reason"] or ("sent" if row["sent_at"] else "waiting")
        found[row["dedupe_key"]] = Ended(
            outcome, row["sent_at"] or row["dropped_at"], row["message_id"], row["expires_at"]
        )
    return found


def received(school_: School) -> dict[int, list[tuple[int, datetime]]]:
    """By person: what came to their chat, and when by the chat's clock."""
    found: dict[int, list[tuple[int, datetime]]] = {}
    for (_, person), chat in school_.chat.world.chats.items():
        found[person - rows.FIRST_ID] = [
            (number, datetime.fromtimestamp(message.body["date"], UTC))
            for number, message in chat.messages.items()
            if not message.out
        ]
    return found
