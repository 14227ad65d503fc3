"""Rings over a real Valkey: heard once, by whoever is free, also after Redis was away."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis import Redis

from engines.queue import broker
from engines.queue.broker import JUDGE, NAMESPACE, UNHEARD_AT_MOST, Listener, RedisQueues
from runtime.embedded.valkey import EmbeddedValkey


@pytest.fixture
async def queues(redis_url: str) -> AsyncIterator[RedisQueues]:
    async with RedisQueues(redis_url) as made:
        yield made


class Ear:
    """Counts what it hears; while it is `held` it goes on answering."""

    def __init__(self) -> None:
        self.heard = 0
        self.free = asyncio.Event()
        self.free.set()

    async def answer(self) -> None:
        self.heard += 1
        await self.free.wait()

    async def hears(self, count: int) -> None:
        async with asyncio.timeout(15):
            while self.heard < count:
                await asyncio.sleep(0.01)


def waiting(redis_url: str) -> int:
    with Redis.from_url(redis_url) as client:
        return int(client.llen(f"{NAMESPACE}:{JUDGE}"))


async def test_a_ring_is_heard_on_the_loop_of_the_listener(
    redis_url: str, queues: RedisQueues
) -> None:
    ear = Ear()
    loops = set()

    async def answer() -> None:
        loops.add(asyncio.get_running_loop())
        await ear.answer()

    listener = Listener(redis_url, {JUDGE: answer}, 2)
    await listener.start()
    await queues.ring(JUDGE)
    await queues.ring(JUDGE)
    await ear.hears(2)
    await listener.stop()
    assert loops == {asyncio.get_running_loop()}
    assert waiting(redis_url) == 0


async def test_who_is_busy_leaves_the_rings_to_others(redis_url: str, queues: RedisQueues) -> None:
    busy, idle = Ear(), Ear()
    busy.free.clear()
    first = Listener(redis_url, {JUDGE: busy.answer}, 1)
    await first.start()
    await queues.ring(JUDGE)
    await busy.hears(1)
    for _ in range(3):
        await queues.ring(JUDGE)
    assert waiting(redis_url) == 3
    second = Listener(redis_url, {JUDGE: idle.answer}, 1)
    await second.start()
    await idle.hears(3)
    assert busy.heard == 1
    busy.free.set()
    await asyncio.gather(first.stop(), second.stop())


async def test_rings_that_nobody_hears_do_not_pile_up(redis_url: str, queues: RedisQueues) -> None:
    for _ in range(UNHEARD_AT_MOST + 5):
        await queues.ring(JUDGE)
    assert waiting(redis_url) == UNHEARD_AT_MOST


async def test_an_answer_that_fails_is_not_repeated_and_the_next_ring_is_heard(
    redis_url: str, queues: RedisQueues
) -> None:
    count: Counter[str] = Counter()
    ear = Ear()

    async def answer() -> None:
        count["answers"] += 1
        if count["answers"] == 1:
            raise RuntimeError("on purpose")
        await ear.answer()

    listener = Listener(redis_url, {JUDGE: answer}, 1)
    await listener.start()
    await queues.ring(JUDGE)
    await queues.ring(JUDGE)
    await ear.hears(1)
    await listener.stop()
    assert count["answers"] == 2


async def test_without_redis_ringing_is_quick_and_harmless() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with RedisQueues("redis://127.0.0.1:1") as queues:
        await queues.ring(JUDGE)
    assert loop.time() - began < 3 * broker.RING_SECONDS


async def test_a_listener_outlives_the_emptying_of_redis(
    redis_url: str, queues: RedisQueues
) -> None:
    ear = Ear()
    listener = Listener(redis_url, {JUDGE: ear.answer}, 1)
    await listener.start()
    await queues.ring(JUDGE)
    await ear.hears(1)
    with Redis.from_url(redis_url) as client:
        client.flushall()
        client.script_flush()
        client.client_kill_filter(_type="normal")
    await queues.ring(JUDGE)
    await ear.hears(2)
    await listener.stop()


async def test_a_listener_stops_while_redis_is_away(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path / "valkey", unsafe_but_fast=True)
    await server.start()
    ear = Ear()
    ear.free.clear()
    listener = Listener(server.url, {JUDGE: ear.answer}, 1)
    await listener.start()
    async with RedisQueues(server.url) as queues:
        await queues.ring(JUDGE)
    await ear.hears(1)
    await server.stop()
    ear.free.set()
    async with asyncio.timeout(8):
        await listener.stop()
