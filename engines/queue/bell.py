"""A bell between processes over Redis: whoever wrote to the outbox rings, the sender wakes."""

import asyncio

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class RedisBell:
    """See `domain.operations.pacing.Bell`. Rings before anybody listens are lost."""

    def __init__(self, redis: Redis, bot_id: int) -> None:
        self._redis = redis
        self._channel = f"dars:bell:{bot_id}"
        self._subscription = redis.pubsub(ignore_subscribe_messages=True)
        self._listening = False

    async def ring(self) -> None:
        try:
            await self._redis.publish(self._channel, b"")
        except (RedisError, OSError) as error:
            log.info("a bell was not rung", why=type(error).__name__)

    async def heard(self, timeout_seconds: float) -> bool:
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        try:
            if not self._listening:
                await self._subscription.subscribe(self._channel)
                self._listening = True
            while (left := deadline - asyncio.get_running_loop().time()) > 0:
                if await self._subscription.get_message(timeout=left) is not None:
                    return True
        except (RedisError, OSError):
            self._listening = False
            await asyncio.sleep(max(0.0, deadline - asyncio.get_running_loop().time()))
        return False

    async def close(self) -> None:
        await self._subscription.aclose()  # type: ignore[no-untyped-call]
