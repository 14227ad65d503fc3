"""The real bot over HTTP against the local chat, with a real database; only the clock is ours."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from engines.storage.folder import FolderStorage
from localchat.people import Control, People, Person
from localchat.server import LocalChat
from runtime import content
from runtime.bot import BotParts, BotProcess
from runtime.settings import Settings
from tests.practising import Waiting, waiting
from tests.services import Databases

TOKEN = "1000001:" + "t" * 35
BOT_ID = 1000001
ADMIN = 7003
DEADLINE = 15.0


class MovedClock:
    """A clock that stands where the test puts it, a weekday evening in Dhaka at first."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Dars:
    """A running bot, the chat it is in, and the people there."""

    settings: Settings
    parts: BotParts
    chat: LocalChat
    people: People
    control: Control
    clock: MovedClock
    database: asyncpg.Connection
    process: BotProcess | None = field(default=None)
    # A connection answers one question at a time; several people may act at once.
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def engine(self) -> AsyncEngine:
        return self.parts.engine

    async def start(self) -> None:
        self.process = BotProcess(self.settings, self.parts)
        await self.process.start()

    async def stop(self) -> None:
        if self.process is not None:
            process, self.process = self.process, None
            await process.stop()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def settled(self) -> None:
        """All that was received is handled, and all that was said is sent and noted."""
        await until(self._nothing_waits)

    async def _nothing_waits(self) -> bool:
        if await self.control.unconfirmed(BOT_ID):
            return False
        waiting = await self.value(
            "select (select count(*) from inbox where state = 'waiting')"
            " + (select count(*) from outbox where sent_at is null and failed_reason is null)"
        )
        return bool(waiting == 0)

    async def value(self, sql: str, *arguments: Any) -> Any:
        async with self._asking:
            return await self.database.fetchval(sql, *arguments)

    async def rows(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        async with self._asking:
            return await self.database.fetch(sql, *arguments)

    async def waiting(self, person: Person) -> Waiting:
        """The problem that waits for this person."""
        return await waiting(self.database, person.id)

    async def answer_of_current(self, person: Person) -> str:
        return (await self.waiting(person)).right


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = DEADLINE) -> None:
    """Asks again and again, briefly apart, until it holds."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.01)


@pytest.fixture
async def chat() -> AsyncIterator[LocalChat]:
    server = LocalChat(None, {TOKEN: "dars_bot"})
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="session")
def stocked(databases: Databases) -> str:
    """The name of a database with the whole schema and the library, to be copied."""
    name = "stocked"
    databases.run(_stock(databases.create_migrated(name)))
    return name


async def _stock(url: str) -> None:
    engine = get_engine(url, PoolSettings(pooled=False))
    imported = await content.import_library(engine, most=content.AT_A_START)
    assert not imported.complaints
    await engine.dispose()


@pytest.fixture
def database_url(databases: Databases, stocked: str) -> Iterator[str]:
    """A database of the test's own, with the library in it."""
    name = f"test_{uuid.uuid4().hex}"
    yield databases.create(name, stocked)
    databases.drop(name)


@pytest.fixture
async def idle_dars(chat: LocalChat, database_url: str, tmp_path: Path) -> AsyncIterator[Dars]:
    """Everything but the bot itself."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        telegram_api_url=chat.url,
        admin_telegram_ids=(ADMIN,),
        dars_home=tmp_path,
    )
    engine = get_engine(database_url, PoolSettings(size=2, max_overflow=30))
    clock = MovedClock()
    parts = BotParts(
        engine, FolderStorage(tmp_path / "objects"), content.topics(), None, clock, random.Random(7)
    )
    database = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    async with People(chat.url) as people, Control(chat.url) as control:
        dars = Dars(settings, parts, chat, people, control, clock, database)
        yield dars
        await dars.stop()
    await database.close()
    await engine.dispose()


@pytest.fixture
async def dars(idle_dars: Dars) -> Dars:
    await idle_dars.start()
    return idle_dars
