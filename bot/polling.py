"""Updates by long polling: asked for, stored, and confirmed by the next question."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.intake import Intake
from domain.errors import Unavailable

log = structlog.get_logger(__name__)

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


async def poll(bot: Bot, request: BaseRequest, intake: Intake) -> None:
    """Asks for updates until cancelled. Raises InvalidToken: no waiting helps against that."""
    offset: int | None = None
    troubles = 0
    taken_over = False
    while True:
        await intake.room()
        try:
            if not taken_over:
                await take_over(bot)
                taken_over = True
            updates = await _ask(bot, request, offset)
            await intake.accept(updates)
        except InvalidToken:
            raise
        except (TelegramError, Unavailable) as error:
            # What was not stored is not confirmed: the same updates come again.
            pause = PAUSES[min(troubles, len(PAUSES) - 1)]
            if isinstance(error, RetryAfter):
                pause = max(pause, float(_seconds(error)))
            troubles += 1
            kind = "somebody else polls" if isinstance(error, Conflict) else type(error).__name__
            log.warning("no updates", why=kind, seconds=pause)
            await asyncio.sleep(pause)
            continue
        troubles = 0
        if updates:
            offset = max(int(one.get("update_id", 0)) for one in updates) + 1


async def _ask(bot: Bot, request: BaseRequest, offset: int | None) -> Sequence[dict[str, Any]]:
    """The updates as Telegram sends them: the inbox keeps every field, known to us or not."""
    asked: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED)}
    if offset is not None:
        asked["offset"] = offset
    url = f"{bot.base_url}/getUpdates?{urlencode(asked)}"
    answer: Any = await request.post(url, read_timeout=READ_SECONDS)
    return [one for one in answer if isinstance(one, dict)]


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()


async def take_over(bot: Bot) -> None:
    """A bot with a webhook refuses to be polled: the webhook goes, its updates stay."""
    await bot.delete_webhook(drop_pending_updates=False)
