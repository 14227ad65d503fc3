"""The bot is killed ten times in a broadcast to 3,000; nobody is missed.

Killed between Telegram's answer and the note of it, a message is sent twice: these are counted.
How many there are at a kill is how many were on their way; so half of the kills meet the bot at
the pace that it keeps in service, the other half at full speed, which is the worst there can be.
"""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from localchat import acts
from localchat.records import Person
from localchat.server import LocalChat
from tests.slow.running import until
from tests.slow.test_crash import BOT_ID, TOKEN, KillableBot, killable_bot

PEOPLE = 3000
FIRST_ID = 8_000_000
LATENCY_SECONDS = 0.05
DEADLINE = 90.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the broadcast: how far it goes, at what pace, and how often the bot is killed.

    `doubled_a_kill` bounds what is taken by Telegram and not noted at a kill.
    """

    until: int
    pacing: bool
    kills: int
    doubled_a_kill: int


# At full speed a hundred are on their way, and as many may be on their way into the outbox.
FAST = Stretch(2600, False, 5, 200)
# At 29 a second and 50 ms there are one or two, and what a busy machine adds.
PACED = Stretch(PEOPLE, True, 5, 6)

BROADCAST = """
with person as (
  insert into users (telegram_id, full_name, language, settings)
  select id, 'Person ' || id, 'en', '{"quiet_hours": []}' from unnest($2::bigint[]) as id
  returning id, telegram_id
), learner as (
  insert into students (user_id, grade) select id, 7 from person
), notice as (
  insert into notifications (recipient_id, type, title, dedupe_key)
  select id, 'announcement', 'Tomorrow', 'announcement:' || id from person
  returning id, recipient_id, dedupe_key
)
insert into outbox (bot_id, user_id, chat_id, view, data, priority, dedupe_key, kind,
                    notification_id, expires_at)
select $1, person.id, telegram_id, 'announcements.notice',
       jsonb_build_object('title', 'Tomorrow', 'text', 'No class **tomorrow**.',
                          'class', repeat('0', 22), 'class_name', 'Class 7',
                          'item', repeat('0', 22)),
       2, dedupe_key, 'announcement', notice.id, now() + interval '7 days'
from person join notice on notice.recipient_id = person.id
"""
OTHERS = (
    "select count(*) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
    " and backend_type = 'client backend'"
)
TOLD = "select count(*) from notifications where sent_at is not null"
NOTED = "select count(*) from outbox where sent_at is not null"


class Broadcast:
    """What the chat took so far, and what is noted of it."""

    def __init__(self, chat: LocalChat, database: asyncpg.Connection) -> None:
        self._chat = chat
        self._database = database

    async def begin(self) -> None:
        """Everyone knows the bot, and for everyone there is a message in the outbox."""
        world = self._chat.world
        bot, ids = world.bots[BOT_ID], range(FIRST_ID, FIRST_ID + PEOPLE)
        for number in ids:
            person = world.add_person(Person(number, f"Person {number}"))
            acts.says(world, world.chat(bot, person), "/start")
        queue = world.queues[BOT_ID]
        queue.confirm(list(queue.pending))
        await self._database.execute(BROADCAST, BOT_ID, list(ids))

    @property
    def got(self) -> Counter[int]:
        """How many messages each person has from the bot."""
        found: Counter[int] = Counter()
        for (_, person), chat in self._chat.world.chats.items():
            found[person] = sum(not message.out for message in chat.messages.values())
        return found

    async def noted(self) -> int:
        return int(await self._database.fetchval(NOTED))

    async def reaches(self, count: int, bot: KillableBot) -> None:
        """Returns as soon as the chat has taken so many, be they noted or not."""

        async def taken() -> bool:
            bot.must_live()
            return self._chat.api.calls.counts["sendMessage"] >= count

        await until(taken, DEADLINE)

    async def doubled_by_kills(self) -> int:
        """How often by now the chat took what nobody will note, once the dead one's last words are
        read."""

        async def hung_up() -> bool:
            return bool(await self._database.fetchval(OTHERS) == 0)

        await until(hung_up)
        return self.got.total() - await self.noted()

    async def is_over(self) -> bool:
        return await self.noted() == PEOPLE


async def test_killed_ten_times_in_a_broadcast_nobody_is_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = LocalChat(None, {TOKEN: "dars_bot"})
    await chat.start()
    chat.api.latency = LATENCY_SECONDS
    rng = random.Random(10)
    doubled: dict[Stretch, int] = {}
    async with killable_bot(tmp_path, chat) as (bot, url):
        database = await asyncpg.connect(url.replace("+asyncpg", ""))
        broadcast = Broadcast(chat, database)
        await broadcast.begin()
        for stretch in (FAST, PACED):
            bot.set_pacing(stretch.pacing)
            doubled[stretch] = 0
            for kill in range(stretch.kills):
                await bot.start()
                # Amid sending, at no foreseeable moment, and with enough left for those to come.
                share = (stretch.until - await broadcast.noted()) // (stretch.kills - kill)
                taken = chat.api.calls.counts["sendMessage"]
                await broadcast.reaches(taken + rng.randint(share // 2, share), bot)
                await bot.kill()
                before = sum(doubled.values())
                doubled[stretch] += await broadcast.doubled_by_kills() - before
        await bot.start()
        await until(broadcast.is_over, DEADLINE)
        await bot.stop()
        assert await database.fetchval("select count(*) from outbox where sent_at is null") == 0
        assert await database.fetchval(TOLD) == PEOPLE
        await database.close()
    await chat.stop()
    got = broadcast.got
    assert len(got) == PEOPLE
    assert min(got.values()) == 1
    for stretch, count in doubled.items():
        assert count <= stretch.kills * stretch.doubled_a_kill
    # Nobody gets one twice but by a kill.
    assert got.total() - PEOPLE == sum(doubled.values())
    with capsys.disabled():
        print(
            f"\n{FAST.kills} kills at full speed, {doubled[FAST]} messages doubled;"
            f" {PACED.kills} at the pace kept in service, {doubled[PACED]} doubled"
        )
