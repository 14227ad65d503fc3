"""Queues of work on Redis, through dramatiq: who has made work rings, idle workers wake.

A message says no more than that there is work in a queue: what is to be done stands in the
database. So nothing is retried here, and what Redis loses is found there.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Self

import dramatiq
import structlog
from dramatiq.brokers.redis import RedisBroker
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

JUDGE, GPU, AI = "judge", "gpu", "ai"
QUEUES = (JUDGE, GPU, AI)

NAMESPACE = "dars:queue"
# A person waits behind a ring for at most this long, and only where Redis does not answer at all.
RING_SECONDS = 1.0
# So many rings may lie unheard: an answered one works until nothing waits.
UNHEARD_AT_MOST = 64
# How long an idle consumer sleeps at most before it asks Redis again.
LISTEN_MS = 200
# Until a dead worker's unheard messages are somebody else's.
HEARTBEAT_MS = 10_000
# Threads that wait for a Redis that is away are left behind: they hold nothing.
STOP_MS = 2_000

Answer = Callable[[], Coroutine[Any, Any, None]]
"""Works until nothing waits in a queue."""


def _broker(redis_url: str, **options: Any) -> RedisBroker:
    client = Redis.from_url(redis_url, **options)
    # Without middleware: no retries, no limits of time or age, the worker has its own.
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=client, middleware=[], namespace=NAMESPACE, heartbeat_timeout=HEARTBEAT_MS
    )


class RedisQueues:
    """Rings for work, from any process."""

    def __init__(self, redis_url: str) -> None:
        self._broker = _broker(
            redis_url, socket_timeout=RING_SECONDS, socket_connect_timeout=RING_SECONDS
        )

    async def ring(self, queue: str) -> None:
        """Wakes an idle worker of this queue; a failure is logged, since workers also look."""
        try:
            await asyncio.to_thread(self._ring, queue)
        except (RedisError, OSError) as error:
            log.info("a queue was not rung", queue=queue, why=type(error).__name__)

    def _ring(self, queue: str) -> None:
        if self._broker.client.llen(f"{NAMESPACE}:{queue}") < UNHEARD_AT_MOST:
            self._broker.enqueue(
                dramatiq.Message(queue_name=queue, actor_name=queue, args=(), kwargs={}, options={})
            )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._broker.client.close)


class Listener:
    """Answers the rings of some queues on the event loop that started it.

    dramatiq's worker lives in threads of this process, which only wait: everything an answer
    does, and all it holds (database connections, boxes), belongs to the one loop.
    """

    def __init__(self, redis_url: str, answers: Mapping[str, Answer], at_once: int) -> None:
        """`at_once`: how many messages are answered at a time, and no more are taken."""
        self._broker = _broker(redis_url)
        self._answers = answers
        self._worker = dramatiq.Worker(
            self._broker, worker_timeout=LISTEN_MS, worker_threads=at_once
        )
        # What is not being answered stays in Redis, for workers on other machines.
        self._worker.queue_prefetch = at_once

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        for queue, answer in self._answers.items():
            actor = dramatiq.actor(actor_name=queue, queue_name=queue, broker=self._broker)
            actor(_on(loop, answer))
        await asyncio.to_thread(self._worker.start)

    async def stop(self) -> None:
        """Takes no more messages; returns when those being answered are."""
        try:
            await asyncio.to_thread(self._worker.stop, STOP_MS)
        except (RedisError, OSError) as error:
            log.info("rings are left to others later", why=type(error).__name__)
        await asyncio.to_thread(self._broker.client.close)


def _on(loop: asyncio.AbstractEventLoop, answer: Answer) -> Callable[[], None]:
    """What a thread of dramatiq's calls: it waits while the loop answers."""

    def answered() -> None:
        asyncio.run_coroutine_threadsafe(answer(), loop).result()

    return answered
