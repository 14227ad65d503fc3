"""Telegram's limits are kept by all senders together, and the urgent goes first through them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from domain.operations.records import Priority
from engines.queue.pacer import RedisPacer
from tests.bot.conftest import BOT_ID, Dars, until
from tests.bot.sending import (
    WORDS,
    all_sent,
    crowd,
    has_heard,
    heard,
    post,
    saying,
    sender,
    sent_calls,
    tell,
    views,
)

__all__ = ("views",)

BACKLOG = """
insert into outbox (bot_id, chat_id, view, data, priority, kind, send_after)
select $1, 500000000 + n, $2, '{"html": "News"}', $3, 'announcement', $4
from generate_series(1, $5) as n
"""


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


async def test_two_senders_keep_the_limits_together(idle_dars: Dars, redis: Redis) -> None:
    """Thirty a second in all and one a second to a chat, as Telegram counts: none is refused."""
    people = await crowd(idle_dars, 40)
    await idle_dars.control.telegram_limits()
    await idle_dars.control.latency(0.05)
    await idle_dars.control.forget_calls()
    for words in ("one", "two"):
        await tell(idle_dars, people, words, priority=Priority.BROADCAST)
    first, second = (RedisPacer(redis, BOT_ID) for _ in range(2))
    async with sender(idle_dars, first) as one, sender(idle_dars, second) as other:
        await all_sent(idle_dars)

        async def nothing_is_held() -> bool:
            return one.idle and other.idle

        await until(nothing_is_held)
    calls = await sent_calls(idle_dars)
    assert [one["status"] for one in calls] == [200] * 80
    assert all(sorted(heard(person)) == ["one", "two"] for person in people)
    took = calls[-1]["at"] - calls[0]["at"]
    assert 79 * 0.033 < took < 79 * 0.1


async def test_replies_go_next_while_a_hundred_thousand_wait(idle_dars: Dars, redis: Redis) -> None:
    """An hour's work waits: a reply, one of another process, and a notice pass all of it."""
    rafi, mina, rima = await crowd(idle_dars, 3)
    await idle_dars.database.execute(
        BACKLOG, BOT_ID, WORDS, Priority.BROADCAST, idle_dars.clock.now, 100_000
    )
    # Mina has a message of the backlog herself, far behind in it.
    await tell(idle_dars, [mina], "News", priority=Priority.REMINDER)
    idle_dars.parts = replace(idle_dars.parts, redis=redis)
    await idle_dars.start()

    async def under_way() -> bool:
        return len(await sent_calls(idle_dars)) > 20

    async with asyncio.timeout(15):
        while not await under_way():
            await asyncio.sleep(0.02)
    before = len(await sent_calls(idle_dars))
    await rafi.says("/help")
    await rafi.sees(has_heard(1), timeout=10)
    # Between the update and its reply no more of the others went than the turn took.
    assert len(await sent_calls(idle_dars)) - before < 60
    await post(idle_dars, saying(mina, "Your verdict"))
    await tell(idle_dars, [rima], "Due soon")
    await mina.hears("verdict", timeout=10)
    await rima.hears("Due soon", timeout=10)
    assert heard(mina) == ["Your verdict"]
    await idle_dars.stop()
    waiting = "select count(*) from outbox where sent_at is null and failed_reason is null"
    assert await idle_dars.value(waiting) > 99_000


async def test_replies_may_burst_a_little_and_notices_may_not(
    idle_dars: Dars, redis: Redis
) -> None:
    rafi, mina = await crowd(idle_dars, 2)
    await idle_dars.control.forget_calls()
    async with sender(idle_dars, RedisPacer(redis, BOT_ID)):
        await post(idle_dars, *(saying(rafi, f"Reply {n}") for n in range(3)))
        for number in range(2):
            await tell(idle_dars, [mina], f"Notice {number}")
        await all_sent(idle_dars)
    calls = await sent_calls(idle_dars)
    replies, notices = (
        [one["at"] for one in calls if one["chat"] == str(person.id)] for person in (rafi, mina)
    )
    assert replies[2] - replies[0] < 0.9
    assert notices[1] - notices[0] > 1.0
