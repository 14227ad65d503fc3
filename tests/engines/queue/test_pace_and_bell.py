"""One pace for all processes, and a bell between them, over a real Valkey."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from engines.queue.bell import RedisBell
from engines.queue.pacer import BOT_MICROSECONDS, CHAT_BURST, RedisPacer

BOT = 1000001
EACH = BOT_MICROSECONDS / 1_000_000


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


async def test_messages_to_many_chats_follow_each_other_without_a_burst(redis: Redis) -> None:
    pacer = RedisPacer(redis, BOT)
    slots = [await pacer.slot(chat) for chat in range(1, 21)]
    assert all(slot.granted for slot in slots)
    # The first goes at once, each other one interval later, less the time that asking took.
    assert slots[0].seconds == pytest.approx(0, abs=0.01)
    assert slots[-1].seconds == pytest.approx(19 * EACH, abs=0.3)
    assert [one.seconds for one in slots] == sorted(one.seconds for one in slots)


async def test_two_processes_share_one_pace(redis: Redis) -> None:
    first, second = RedisPacer(redis, BOT), RedisPacer(redis, BOT)
    for chat in range(1, 11):
        await (first if chat % 2 else second).slot(chat)
    assert (await second.slot(99)).seconds == pytest.approx(10 * EACH, abs=0.2)
    assert (await RedisPacer(redis, BOT + 1).slot(1)).seconds == pytest.approx(0, abs=0.01)


async def test_one_chat_gets_a_short_burst_and_then_one_a_second(redis: Redis) -> None:
    pacer = RedisPacer(redis, BOT)
    slots = [await pacer.slot(7) for _ in range(CHAT_BURST + 1)]
    assert [slot.granted for slot in slots] == [True] * CHAT_BURST + [False]
    assert 0.5 < slots[-1].seconds <= 1.1
    # A refusal takes no slot: another chat goes as if nothing had been asked.
    assert (await pacer.slot(8)).seconds <= CHAT_BURST * EACH


async def test_nothing_unasked_bursts(redis: Redis) -> None:
    pacer = RedisPacer(redis, BOT)
    assert (await pacer.slot(7, asked=False)).granted
    again = await pacer.slot(7, asked=False)
    assert not again.granted
    assert again.seconds == pytest.approx(1.05, abs=0.2)
    assert (await pacer.slot(7)).granted


async def test_when_one_is_told_to_hold_everybody_does(redis: Redis) -> None:
    first, second = RedisPacer(redis, BOT), RedisPacer(redis, BOT)
    await first.hold(3.0)
    await first.hold(1.0)
    assert (await second.slot(1)).seconds == pytest.approx(3.0, abs=0.2)
    assert (await first.slot(2)).seconds == pytest.approx(3.0 + EACH, abs=0.2)
    assert (await RedisPacer(redis, BOT + 1).slot(1)).seconds == pytest.approx(0, abs=0.01)


async def test_a_clock_that_was_set_back_keeps_nobody_waiting_until_it_has_caught_up(
    redis: Redis,
) -> None:
    pacer = RedisPacer(redis, BOT)
    await pacer.slot(7)
    keys = await redis.keys("dars:pace:*")
    assert len(keys) == 2
    for key in keys:
        await redis.incrby(key, 3_600_000_000)
    slot = await pacer.slot(8)
    assert (slot.granted, slot.seconds < 15) == (True, True)
    again = await pacer.slot(7)
    assert again.granted or again.seconds < 25


async def test_a_group_gets_twenty_a_minute(redis: Redis) -> None:
    pacer = RedisPacer(redis, BOT)
    assert (await pacer.slot(-100)).granted
    again = await pacer.slot(-100)
    assert not again.granted
    assert again.seconds == pytest.approx(3.0, abs=0.2)


async def test_without_redis_a_slower_pace_of_its_own_is_kept() -> None:
    away = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    pacer = RedisPacer(away, BOT)
    slots = [await pacer.slot(chat) for chat in range(3)]
    assert all(slot.granted for slot in slots)
    assert slots[2].seconds > 0.1
    await pacer.hold(1.0)
    await away.aclose()


async def test_a_bell_wakes_who_listens_and_nobody_else(redis: Redis) -> None:
    listener, other = RedisBell(redis, BOT), RedisBell(redis, BOT + 1)
    assert not await listener.heard(0.01)
    assert not await other.heard(0.01)
    hearing = asyncio.create_task(listener.heard(10))
    deaf = asyncio.create_task(other.heard(0.3))
    began = time.monotonic()
    await listener.ring()
    assert await hearing
    assert time.monotonic() - began < 5
    assert not await deaf
    await listener.close()
    await other.close()


async def test_a_bell_without_redis_is_only_a_pause() -> None:
    away = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    bell = RedisBell(away, BOT)
    await bell.ring()
    assert not await bell.heard(0.05)
    await bell.close()
    await away.aclose()
