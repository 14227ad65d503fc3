"""The bot's process, on what it stands on."""

import gc

from telegram.error import InvalidToken

from engines.queue.broker import RedisQueues
from runtime import content
from runtime.bot import BotParts, BotProcess
from runtime.errors import SettingsError
from runtime.ground import ground, until_told, utc_now
from runtime.settings import Settings


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
            _settle_down()
            await until_told(process.run())
        except InvalidToken:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: Telegram refuses it; copy it again from @BotFather"
            ) from None
        finally:
            await process.stop()


def _settle_down() -> None:
    """What is there by now stays. Looking through all of it for garbage stops everything for 0.14
    seconds each time, and messages 34 ms apart then go together, which Telegram refuses."""
    gc.collect()
    gc.freeze()
