"""What the tests of the sender share: people who are there, views of their own, senders."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from telegram import Bot

from bot.delivery import Courier
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.views.message import Button, File, Message
from bot.views.registry import VIEWS, Renderer
from bot.views.tongue import Tongue
from db.mailbox import SqlMailbox
from db.unit_of_work import unit_of_work
from domain.operations.pacing import Pacer
from domain.operations.records import Notice, NoticeType, Priority, Saying
from localchat.people import Person
from tests.bot.conftest import BOT_ID, TOKEN, Dars, until

WORDS = "test.words"
"""A view that says `html`, with a `button` and as a `file` where it is given."""


def words(data: Mapping[str, Any], _: Tongue) -> Message:
    name = data.get("button")
    file = data.get("file")
    return Message(
        data["html"],
        ((Button(name, "home"),),) if name else (),
        file=File(file, content=b"content") if file else None,
    )


@pytest.fixture(autouse=True)
def views(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VIEWS, WORDS, words)


async def crowd(dars: Dars, count: int) -> list[Person]:
    """People whom the bot knows and may write to; call it while the bot does not run."""
    people = [await dars.people.join(f"P{number}", language_code="en") for number in range(count)]
    for person in people:
        await person.says("hello")
    await SqlMailbox(dars.engine, BOT_ID).receive(await dars.control.unconfirmed(BOT_ID))
    await dars.database.execute("update inbox set state = 'done', ended_at = now()")
    await dars.database.execute(
        "insert into users (telegram_id, full_name, language)"
        " select id, 'P', 'en' from unnest($1::bigint[]) as id",
        [person.id for person in people],
    )
    return people


async def user_of(dars: Dars, person: Person) -> UUID:
    found: UUID = await dars.value("select id from users where telegram_id = $1", person.id)
    return found


async def post(dars: Dars, *sayings: Saying) -> None:
    """As another process says something."""
    async with unit_of_work(dars.engine) as work:
        await work.operations.say(BOT_ID, sayings)


def saying(person: Person, html: str, **changes: Any) -> Saying:
    data = {"html": html, **changes.pop("data", {})}
    return Saying(WORDS, data, person.id, None, **changes)


async def tell(
    dars: Dars,
    people: Sequence[Person],
    html: str,
    kind: NoticeType = NoticeType.ANNOUNCEMENT,
    priority: Priority = Priority.NOTICE,
    expires_at: datetime | None = None,
) -> None:
    """Tells them something unasked."""
    notices = [
        Notice(
            await user_of(dars, one),
            kind,
            "A notice",
            WORDS,
            {"html": html},
            f"{html[:30]}:{one.id}",
            expires_at,
            priority=priority,
        )
        for one in people
    ]
    async with unit_of_work(dars.engine) as work:
        assert await work.operations.notify_all(BOT_ID, notices, dars.clock()) == len(people)


def heard(person: Person) -> list[str]:
    return [message.text for message in person.messages if not message.out]


async def dropped(dars: Dars) -> list[str]:
    return [
        row[0]
        for row in await dars.rows(
            "select dropped_reason::text from notifications where dropped_at is not null"
            " order by dropped_at, id"
        )
    ]


@asynccontextmanager
async def sender(
    dars: Dars, pacer: Pacer | None = None, read_seconds: float = 10.0
) -> AsyncIterator[Sender]:
    """A sender of its own, as another process would have it, at work."""
    request = AiohttpRequest(read_seconds=read_seconds)
    bot = Bot(TOKEN, f"{dars.chat.url}/bot", request=request)
    await request.initialize()
    mailbox = SqlMailbox(dars.engine, BOT_ID, dars.clock)
    living = asyncio.create_task(mailbox.show_life())
    await asyncio.wait_for(mailbox.alive.wait(), 10)
    made = Sender(
        mailbox, Courier(bot, Renderer({}), dars.parts.storage, dars.clock), pacer, None, dars.clock
    )
    sending = asyncio.create_task(made.run())
    yield made
    for task in (sending, living):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await request.shutdown()


async def all_sent(dars: Dars) -> None:
    """Nothing waits in the outbox any more, whoever sends it."""

    async def nothing_waits() -> bool:
        count = "select count(*) from outbox where sent_at is null and failed_reason is null"
        return bool(await dars.value(count) == 0)

    await until(nothing_waits)


async def sent_calls(dars: Dars) -> list[dict[str, Any]]:
    return [one for one in await dars.control.call_log() if one["method"] == "sendMessage"]


def has_heard(count: int) -> Callable[[Person], bool]:
    return lambda person: len(heard(person)) >= count
