"""The same month in the service: its rows, what students do to them, and all that it says.

Rows are written as the bot would write them, in bulk and past the triggers; what a student is told
goes the whole way, by the jobs of the clock, the outbox, the sender and HTTP to a local chat.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from benchmarks._month_model import Key, Model
from benchmarks._month_plan import EXAM, SESSION, Act, Item, Plan
from bot.delivery import Courier, Outcome, Parcel
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.views.registry import Renderer
from db.mailbox import SqlMailbox
from db.unit_of_work import unit_of_work
from domain.courses import clockwork as classes
from domain.operations import clockwork, reminders
from domain.operations.pacing import Slot
from domain.operations.records import Delivery, OutgoingMessage, Priority
from domain.practice import quizzes
from domain.submissions import exams
from engines.queue.pacer import BOT_MICROSECONDS, CHAT_MICROSECONDS
from engines.storage.folder import FolderStorage
from localchat import acts
from localchat.clock import Clock
from localchat.limits import TELEGRAM
from localchat.records import Person as ChatPerson
from localchat.server import LocalChat
from runtime import content

TOKEN = "5000001:" + "m" * 35
BOT_ID = 5000001
FIRST_ID = 900_000_000
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
MARKS = (reminders.PRACTICE, reminders.STREAKS)


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
        raise RuntimeError(f"the chat says that the bot is too fast, by {seconds} s")


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
        await self.database.execute(PRACTISED, self.ids[act.person], began, act.at, self.five)
        await self._streak(act.person, model)

    async def _streak(self, person: int, model: Model) -> None:
        state = model.states[person]
        await self.database.execute(STREAK, self.ids[person], state.streak, state.last_day)

    async def _leave(self, act: Act, _: Model) -> None:
        made = await self.database.fetchval(
            LEFT, self.ids[act.person], act.at, act.at + SESSION, self.five
        )
        self.sessions["practice.expired", act.person, act.at] = made

    async def _submit(self, act: Act, _: Model) -> None:
        part = self.parts[act.item, act.part]
        await self.database.execute(SUBMITTED, self.ids[act.person], part, act.at)

    async def _begin(self, act: Act, _: Model) -> None:
        due = self.plan.items[act.item].due
        made = await self.database.fetchval(
            BEGUN, self.ids[act.person], self.items[act.item], act.at, due, self.five
        )
        self.sessions["quiz_ended", act.person, act.item] = made

    async def _finish(self, act: Act, model: Model) -> None:
        await self.database.execute(FINISHED, self.ids[act.person], self.items[act.item], act.at)
        await self._streak(act.person, model)

    async def _sit(self, act: Act, _: Model) -> None:
        await self.database.execute(
            SAT, self.ids[act.person], self.items[act.item], act.at, act.at + EXAM
        )

    async def _mute(self, act: Act, _: Model) -> None:
        one = self.plan.people[act.person]
        await self.database.execute(SETTINGS, self.ids[act.person], json.dumps(one.settings))

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
        chat = world.chat(world.bots[BOT_ID], world.people[FIRST_ID + person])
        acts.blocks(world, chat, blocked=blocked)

    async def _move(self, act: Act, _: Model) -> None:
        await self.database.execute(
            "update content_items set due_date = $2 where id = $1", self.items[act.item], act.due
        )


PRACTISED = """
insert into practice_sessions (student_id, started_at, expires_at, completed_at, problem_ids,
                               status)
values ($1, $2, $2::timestamptz + interval '30 minutes', $3, $4::jsonb, 'completed')
"""
STREAK = """
insert into streaks (student_id, current_streak, longest_streak, last_practice_date)
values ($1, $2, $2, $3)
on conflict (student_id) do update set current_streak = excluded.current_streak,
    longest_streak = greatest(streaks.longest_streak, excluded.current_streak),
    last_practice_date = excluded.last_practice_date
"""
LEFT = """
with made as (
    insert into practice_sessions (student_id, started_at, expires_at, problem_ids)
    values ($1, $2, $3, $4::jsonb) returning id
), items as (
    insert into practice_items (session_id, position, problem_id)
    select made.id, place, problem::uuid
    from made, jsonb_array_elements_text($4::jsonb) with ordinality as five (problem, place)
)
select id from made
"""
SUBMITTED = """
insert into submission_attempts (type, student_id, assignment_problem_id, attempt_number,
                                 code_blob_ref, code_size, language, created_at)
values ('final_submission', $1, $2, 1, 'code', 1, 'python', $3)
"""
BEGUN = """
insert into practice_sessions (student_id, kind, content_item_id, started_at, expires_at,
                               problem_ids)
values ($1, 'quiz', $2, $3, $4, $5::jsonb) returning id
"""
FINISHED = """
update practice_sessions set status = 'completed', completed_at = $3
where student_id = $1 and content_item_id = $2
"""
SAT = """
insert into assignment_openings (student_id, assignment_id, opened_at, deadline_at)
values ($1, $2, $3, $4)
"""
SETTINGS = "update users set settings = $2::jsonb where id = $1"


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
            made = await _peopled(plan, database, chat)
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
                    await database.fetchval(FIVE),
                )  # fmt: skip
            finally:
                for task in (sending, living):
                    task.cancel()
                await asyncio.gather(sending, living, return_exceptions=True)
    finally:
        await database.close()
        await chat.stop()


async def _peopled(
    plan: Plan, database: asyncpg.Connection, chat: LocalChat
) -> tuple[list[UUID], list[UUID], dict[tuple[int, int], UUID]]:
    await database.execute("set session_replication_role = replica")
    holidays = [{"day": one.isoformat(), "name": "Holiday"} for one in sorted(plan.holidays)]
    await database.execute(HOLIDAYS, json.dumps(holidays))
    await database.executemany(
        "insert into clock_marks (job, done_until) values ($1, $2)",
        [(mark, plan.begin) for mark in MARKS],
    )
    ids = _numbered(1, plan.people)
    await database.executemany(PERSON, [
        (ids[one.number], FIRST_ID + one.number if one.has_telegram else None, one.zone,
         json.dumps(one.settings), one.is_active, 7 if one.has_grade else None, one.reminder)
        for one in plan.people
    ])  # fmt: skip
    world = chat.world
    for one in plan.people:
        person = world.add_person(ChatPerson(FIRST_ID + one.number, f"Student {one.number}"))
        acts.says(world, world.chat(world.bots[BOT_ID], person), "/start")
    queue = world.queues[BOT_ID]
    queue.confirm(list(queue.pending))
    items, parts = await _taught(plan, database, ids)
    await database.execute("analyze")
    return ids, items, parts


FIVE = "select jsonb_agg(id) from (select id from problems order by slug limit 5) as five"
HOLIDAYS = """
insert into configuration (key, value, value_type) values ('practice.holidays', $1::jsonb, 'list')
on conflict (key) do update set value = excluded.value
"""
PERSON = """
with person as (
    insert into users (id, telegram_id, full_name, timezone, settings, is_active, language)
    values ($1, $2, 'Student', $3, $4::jsonb, $5, 'en') returning id
)
insert into students (user_id, grade, reminder_time) select id, $6, $7 from person
"""


def _numbered(salt: int, things: Iterable[Any]) -> list[UUID]:
    """Ids that are drawn, the same each time."""
    rng = random.Random(salt)
    return [UUID(int=rng.getrandbits(128), version=4) for _ in things]


async def _taught(
    plan: Plan, database: asyncpg.Connection, ids: Sequence[UUID]
) -> tuple[list[UUID], dict[tuple[int, int], UUID]]:
    version = await database.fetchval(
        "insert into problem_versions (slug, version, title, description_markdown)"
        " values ('sum', 1, 'Sum', 'Add.') returning id"
    )
    numbers = sorted({item.class_number for item in plan.items})
    modules = {}
    for number in numbers:
        modules[number] = await database.fetchval(
            CLASS, f"Class {number}", _code(number),
            [ids[one.number] for one in plan.members(number)],
        )  # fmt: skip
    items = _numbered(2, plan.items)
    parts: dict[tuple[int, int], UUID] = {}
    for place, item in enumerate(plan.items):
        await _set(database, item, items[place], modules[item.class_number], place)
        for part in range(item.problems if item.kind != "quiz" else 0):
            parts[item.number, part] = await database.fetchval(
                "insert into assignment_problems (assignment_id, problem_id, order_index)"
                " values ($1, $2, $3) returning id",
                items[place], version, part + 1,
            )  # fmt: skip
    return items, parts


CLASS = """
with class as (insert into classes (name, join_code) values ($1, $2) returning id),
enrolled as (
    insert into enrollments (user_id, class_id)
    select one, class.id from class, unnest($3::uuid[]) as one
)
insert into modules (class_id, title, order_index, is_published)
select id, 'Month', 1, true from class returning id
"""


def _code(number: int) -> str:
    letters = "ABCDEFGHJK"
    return "K" * 3 + "".join(letters[int(digit)] for digit in f"{number:03}")


async def _set(
    database: asyncpg.Connection, item: Item, key: UUID, module: UUID, place: int
) -> None:
    content_type = "quiz" if item.kind == "quiz" else "assignment"
    await database.execute(
        "insert into content_items (id, module_id, content_type, title, order_index, is_published,"
        " release_date, due_date) values ($1, $2, $3::content_type, $4, $5, true, $6, $7)",
        key, module, content_type, f"Work {item.number}", place + 1, item.release, item.due,
    )  # fmt: skip
    if content_type == "quiz":
        await database.execute("insert into quizzes (id, points_total) values ($1, 5)", key)
    else:
        await database.execute(
            "insert into assignments (id, mode) values ($1, $2::assignment_mode)", key, item.kind
        )


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
        found[person - FIRST_ID] = [
            (number, datetime.fromtimestamp(message.body["date"], UTC))
            for number, message in chat.messages.items()
            if not message.out
        ]
    return found
