"""One pace for all processes that speak for a bot, kept in Redis.

The generic cell rate algorithm: for the bot and for each chat an instant is kept until which its
allowance is spent. The bot has no burst at all: a bucket that allows one is emptied in its first
second and then refused by Telegram. Replies to a chat may come in a small burst, as Telegram lets
them; nothing unasked may.
"""

import time
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.operations.pacing import Slot

log = structlog.get_logger(__name__)

BOT_MICROSECONDS = 34_000
# A little more than the second that is allowed: what is sent evenly does not arrive so.
CHAT_MICROSECONDS = 1_050_000
CHAT_BURST = 3
# Telegram's own limit for groups, whose ids are negative: 20 a minute.
GROUP_MICROSECONDS = 3_000_000
# While Redis cannot be asked, this process keeps a slower pace of its own.
ALONE_SECONDS = 0.1

# No instant is believed that stands further ahead than any that was ever granted: the server's
# clock was set back since, and nobody would be told anything until it has caught up.
FURTHEST_MICROSECONDS = 10_000_000

# KEYS: the bot's and the chat's instants, and what holds all. ARGV: their intervals, the chat's
# burst, and how far ahead an instant may stand.
# Returns {granted, microseconds}: the slot that is taken, or how long the chat must wait.
SCRIPT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local each, chat_each, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local furthest = tonumber(ARGV[4])
local free = now + 1000 * math.max(0, redis.call('PTTL', KEYS[3]))
local bot = tonumber(redis.call('GET', KEYS[1]) or '0')
bot = math.max(free, math.min(bot, free + furthest))
local chat = tonumber(redis.call('GET', KEYS[2]) or '0')
chat = math.max(bot, math.min(chat, bot + furthest))
local chat_wait = chat - (burst - 1) * chat_each - bot
if chat_wait > 0 then
  return {0, chat_wait + bot - now}
end
redis.call('SET', KEYS[1], string.format('%.0f', bot + each), 'PX', 60000)
redis.call('SET', KEYS[2], string.format('%.0f', chat + chat_each), 'PX', 120000)
return {1, bot - now}
"""


# KEYS: what holds all. ARGV: for how many milliseconds from now nothing goes.
HOLD = """
if tonumber(ARGV[1]) > redis.call('PTTL', KEYS[1]) then
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
"""


class RedisPacer:
    """See `domain.operations.pacing.Pacer`."""

    def __init__(self, redis: Redis, bot_id: int) -> None:
        self._redis = redis
        self._bot_key = f"dars:pace:{bot_id}"
        self._hold_key = f"dars:pace:{bot_id}:hold"
        self._script = redis.register_script(SCRIPT)
        self._hold = redis.register_script(HOLD)
        self._alone_until = 0.0

    async def slot(self, chat_id: int, *, asked: bool = True) -> Slot:
        group = chat_id < 0
        try:
            granted, microseconds = cast(
                "tuple[int, int]",
                await self._script(
                    keys=[self._bot_key, f"{self._bot_key}:{chat_id}", self._hold_key],
                    args=[
                        BOT_MICROSECONDS,
                        GROUP_MICROSECONDS if group else CHAT_MICROSECONDS,
                        CHAT_BURST if asked and not group else 1,
                        FURTHEST_MICROSECONDS,
                    ],
                ),
            )
        except (RedisError, OSError) as error:
            return self._alone(type(error).__name__)
        return Slot(bool(granted), microseconds / 1_000_000)

    async def hold(self, seconds: float) -> None:
        try:
            await self._hold(keys=[self._hold_key], args=[max(1, round(seconds * 1000))])
        except (RedisError, OSError) as error:
            log.warning("others were not told to be slower", why=type(error).__name__)

    def _alone(self, why: str) -> Slot:
        """A pace that leaves room for other processes which cannot ask either."""
        now = time.monotonic()
        if self._alone_until < now - 1:
            log.warning("the shared pace cannot be asked", why=why)
        at = max(now, self._alone_until)
        self._alone_until = at + ALONE_SECONDS
        return Slot(True, at - now)
