"""The long-running processes that speak or watch the time, each with what it stands on."""

from telegram.error import InvalidToken

from engines.queue.bell import RedisBell
from engines.queue.broker import RedisQueues
from runtime import content
from runtime.bot import BotParts, BotProcess, utc_now
from runtime.clock import clock
from runtime.ground import ground, until_told
from runtime.settings import Settings, SettingsError


async def serve_bot(settings: Settings) -> None:
    """The bot, until SIGTERM or SIGINT; raises SettingsError if Telegram refuses the token."""
    settings.token()  # without one nothing needs to be started first
    async with ground(settings) as on, RedisQueues(on.redis_url) as queues:
        parts = BotParts(
            on.engine, on.storage, content.topics(), on.redis, utc_now, ring=queues.ring
        )
        process = BotProcess(settings, parts)
        try:
            await process.start()
            await until_told(process.run())
        except InvalidToken:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: Telegram refuses it; copy it again from @BotFather"
            ) from None
        finally:
            await process.stop()


async def serve_clock(settings: Settings) -> None:
    """The scheduler, until SIGTERM or SIGINT."""
    bot_id = int(settings.token().partition(":")[0])
    async with ground(settings) as on, RedisQueues(on.redis_url) as queues:
        bell = RedisBell(on.redis, bot_id)
        try:
            await until_told(clock(on.engine, bot_id, bell, queues.ring, utc_now).run())
        finally:
            await bell.close()
