"""The bot is killed again and again under a stream of answers; nothing is lost, nothing doubled."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from db.migrations import upgrade
from db.session import get_engine
from localchat.people import Control, People, Person
from localchat.server import LocalChat
from runtime import content
from runtime.embedded.services import embedded_services
from runtime.settings import ROOT
from tests.practising import ONLY_NUMBERS

TOKEN = "1000001:" + "c" * 35
BOT_ID = 1000001
PEOPLE = 50
ANSWERS = 10
KILLS = 20
DEADLINE = 150.0
# What Telegram took and was not noted when the kill came: a fifth of a second at the pace kept.
DOUBLED_A_KILL = 6

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

REGISTER = """
with person as (
  insert into users (telegram_id, full_name, language)
  select id, 'Person ' || id, 'en' from unnest($1::bigint[]) as id returning id),
learner as (insert into students (user_id, grade) select id, 7 from person returning user_id)
insert into streaks (student_id) select user_id from learner
"""


class KillableBot:
    """`./dars bot` in a process of its own."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "runtime", "bot",
                cwd=ROOT, env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip

    def set_pacing(self, pacing: bool) -> None:
        """Whether the next process keeps Telegram's limits."""
        self._environment["SEND_PACING"] = str(pacing)

    def must_live(self) -> None:
        assert self._process is not None
        assert self._process.returncode is None, self._log.read_text()

    async def kill(self) -> None:
        self.must_live()
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        assert await self._process.wait() == 0


@asynccontextmanager
async def killable_bot(home: Path, chat: LocalChat) -> AsyncIterator[tuple[KillableBot, str]]:
    async with embedded_services(home) as services:
        url = services.database_url
        assert url is not None
        assert services.redis_url is not None
        await upgrade(url)
        engine = get_engine(url)
        await content.import_library(engine)
        await engine.dispose()
        environment = {
            "DARS_HOME": str(home),
            "DATABASE_URL": url,
            "REDIS_URL": services.redis_url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": chat.url,
        }
        yield KillableBot(environment, home / "bot.log"), url


async def stream(person: Person, number: int, sent: Counter[str], patient: bool) -> None:
    """Wrong answers, each a number of its own; the patient wait for each reply first."""
    for turn in range(ANSWERS):
        answer = str(10_000_000 + number * 1000 + turn)
        before = len(replies(person))
        await person.says(answer)
        sent[answer] += 1
        if patient:
            await person.sees(partial(has_more_than, before), timeout=DEADLINE)


def has_more_than(count: int, person: Person) -> bool:
    return len(replies(person)) > count


def replies(person: Person) -> list[str]:
    return [message.text for message in person.messages if not message.out]


async def test_killed_twenty_times_every_answer_counts_once_and_gets_its_reply(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = LocalChat(None, {TOKEN: "dars_bot"})
    await chat.start()
    rng = random.Random(20)
    sent: Counter[str] = Counter()
    async with (
        killable_bot(tmp_path, chat) as (bot, url),
        People(chat.url) as people,
        Control(chat.url) as control,
    ):
        database = await asyncpg.connect(url.replace("+asyncpg", ""))
        crowd = [await people.join(f"P{n}", language_code="en") for n in range(PEOPLE)]
        await database.execute(REGISTER, [person.id for person in crowd])
        await database.execute(ONLY_NUMBERS)
        await bot.start()
        await asyncio.gather(*[person.says("/practice") for person in crowd])
        for person in crowd:
            await person.sees(replies, timeout=60)
        streams = [
            asyncio.create_task(stream(person, n, sent, patient=n % 2 == 0))
            for n, person in enumerate(crowd)
        ]
        for kill in range(KILLS):
            # The next kill comes when a few more answers were recorded: always amid the stream.
            goal = await recorded(database) + rng.randint(2, 18)
            await until_recorded(database, min(goal, PEOPLE * ANSWERS - (KILLS - kill)), bot)
            await bot.kill()
            await bot.start()
        await asyncio.wait_for(asyncio.gather(*streams), DEADLINE)
        await until_nothing_waits(database, control)
        rows = await database.fetch("select student_answer, count(*) from responses group by 1")
        assert {row[0]: row[1] for row in rows} == dict(sent)
        assert len(sent) == PEOPLE * ANSWERS
        doubled = 0
        for person in crowd:
            # One reply to /practice, then one to each answer.
            assert len(replies(person)) >= 1 + ANSWERS, person.transcript()
            doubled += len(replies(person)) - 1 - ANSWERS
        assert await database.fetchval("select count(*) from inbox where state <> 'done'") == 0
        assert (
            await database.fetchval("select count(*) from outbox where failed_reason is not null")
            == 0
        )
        await bot.stop()
        await database.close()
    await chat.stop()
    assert doubled <= DOUBLED_A_KILL * KILLS
    with capsys.disabled():
        # A doubled reply is one that Telegram took in the instant before a kill.
        print(f"\n{KILLS} kills, {len(sent)} answers, {doubled} replies doubled")


async def recorded(database: asyncpg.Connection) -> int:
    return int(await database.fetchval("select count(*) from responses"))


async def until_recorded(database: asyncpg.Connection, goal: int, bot: KillableBot) -> None:
    async with asyncio.timeout(DEADLINE):
        while await recorded(database) < goal:
            bot.must_live()
            await asyncio.sleep(0.005)


async def until_nothing_waits(database: asyncpg.Connection, control: Control) -> None:
    async with asyncio.timeout(DEADLINE):
        while await control.unconfirmed(BOT_ID) or await database.fetchval(
            "select (select count(*) from inbox where state = 'waiting') + (select count(*)"
            " from outbox where sent_at is null and failed_reason is null)"
        ):
            await asyncio.sleep(0.05)
