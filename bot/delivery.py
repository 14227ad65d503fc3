"""One message to Telegram: rendered, sent, and what became of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.views.message import Message, Rows
from bot.views.registry import Renderer
from domain.errors import Fault
from domain.operations.records import OutgoingMessage
from domain.storage import Storage

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Telegram's words for an edit that has nothing to do, and for one that cannot be done any more.
UNCHANGED = "message is not modified"
UNEDITABLE = ("message to edit not found", "message can't be edited", "no text in the message")


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat. `message_id` is None where an edit had nothing to change."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """It may go in after `seconds`; `reason` is for the log."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """It cannot be delivered; `blocked` if the person has blocked the bot."""

    reason: str
    blocked: bool = False


Outcome = Sent | Later | Never


class Courier:
    """Carries single messages; knows nothing of queues."""

    def __init__(self, bot: Bot, renderer: Renderer, storage: Storage) -> None:
        self._bot = bot
        self._renderer = renderer
        self._storage = storage
        # One thread draws all pictures: more would only take turns, and memory.
        self._artist = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    async def deliver(self, message: OutgoingMessage) -> Outcome:
        try:
            rendered = self._renderer.render(message.view, message.data, message.language)
        except Exception as error:
            log.exception("a view failed", view=message.view, exc_info=False)
            return Never(f"view {message.view}: {type(error).__name__}")
        try:
            return Sent(await self._send(message, rendered))
        except BadRequest as error:
            return await self._refused(message, rendered, error)
        except (TelegramError, Fault) as error:
            return _outcome(error)

    async def _refused(
        self, message: OutgoingMessage, rendered: Message, error: BadRequest
    ) -> Outcome:
        """An edit without a change is done; one of a lost message becomes a message of its own."""
        if message.edits_message_id is not None:
            words = error.message.lower()
            if UNCHANGED in words:
                return Sent(message.edits_message_id)
            if any(one in words for one in UNEDITABLE) and not rendered.only_buttons:
                anew = await self._anew(message, rendered)
                if anew is not None:
                    return anew
        log.error("telegram refused a message", view=message.view, why=error.message)
        return Never(f"refused: {error.message}"[:200])

    async def _anew(self, message: OutgoingMessage, rendered: Message) -> Outcome | None:
        try:
            sent = await self._new(message.chat_id, rendered)
        except BadRequest:
            return None
        except TelegramError as error:
            return _outcome(error)
        return Sent(sent.message_id)

    async def _send(self, message: OutgoingMessage, rendered: Message) -> int | None:
        edits = message.edits_message_id
        if edits is None or rendered.picture or rendered.file:
            return (await self._new(message.chat_id, rendered)).message_id
        if rendered.only_buttons:
            await self._bot.edit_message_reply_markup(
                message.chat_id, edits, reply_markup=_keyboard(rendered.buttons)
            )
        else:
            await self._bot.edit_message_text(
                rendered.text,
                message.chat_id,
                edits,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(rendered.buttons),
                link_preview_options=NO_PREVIEW,
            )
        return edits

    async def _new(self, chat_id: int, rendered: Message) -> TelegramMessage:
        keyboard = _keyboard(rendered.buttons)
        if rendered.picture is not None:
            picture = await asyncio.get_running_loop().run_in_executor(
                self._artist, rendered.picture
            )
            return await self._bot.send_photo(
                chat_id,
                picture,
                caption=rendered.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        if rendered.file is not None:
            return await self._bot.send_document(
                chat_id,
                rendered.file.content or await self._storage.get(rendered.file.key),
                filename=rendered.file.name,
                caption=rendered.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        return await self._bot.send_message(
            chat_id,
            rendered.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
        )


def _outcome(error: TelegramError | Fault) -> Outcome:
    """What an error other than a refusal of the message itself means for it."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        wait = seconds if isinstance(seconds, int | float) else seconds.total_seconds()
        return Later(float(wait), "limit")
    if isinstance(error, Forbidden):
        return Never("blocked", blocked=True)
    if isinstance(error, NetworkError | Fault):
        return Later(0.0, type(error).__name__)
    return Never(f"telegram: {type(error).__name__}")


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in rows]
    )
