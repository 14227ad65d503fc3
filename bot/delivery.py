"""One message to Telegram: rendered, sent, and what became of it."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.views.message import Message, Rows
from bot.views.registry import Renderer
from bot.views.splitting import parts, plain
from domain.errors import Fault, Unavailable
from domain.operations import notices
from domain.operations.records import DropReason, OutgoingMessage
from domain.storage import Storage

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Telegram's words for an edit that has nothing to do, for one that cannot be done any more, and for
# a text that it cannot read.
UNCHANGED = "message is not modified"
UNEDITABLE = ("message to edit not found", "message can't be edited", "no text in the message")
UNREADABLE = "can't parse entities"


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat. `message_id` is that of its first part, None where only an edit's
    buttons were to be changed."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class More:
    """There is more of it to be sent, for which Telegram counts another message."""


@dataclass(frozen=True, slots=True)
class Later:
    """It may be tried again, after `seconds` if Telegram's `limit` says so; `reason` is for the
    log."""

    seconds: float
    reason: str
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """It cannot be delivered."""

    reason: str
    dropped: DropReason = DropReason.REFUSED


Outcome = Sent | More | Later | Never


@dataclass(slots=True)
class Parcel:
    """A message on its way: `parts` of it are still to be sent; None before it is made up."""

    message: OutgoingMessage
    parts: deque[Message] | None = None
    edits: int | None = field(init=False)
    """The message in the chat that the next part replaces."""
    message_id: int | None = None
    """Telegram's id of the first part."""

    def __post_init__(self) -> None:
        self.edits = self.message.edits_message_id


class Courier:
    """Carries single messages; knows nothing of queues."""

    def __init__(
        self, bot: Bot, renderer: Renderer, storage: Storage, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._renderer = renderer
        self._storage = storage
        self._clock = clock
        # One thread draws all pictures: more would only take turns, and memory.
        self._artist = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Sends the next part: at most one message of those that Telegram counts."""
        message = parcel.message
        if parcel.parts is None:
            try:
                made = self._renderer.render(message.view, self._told(message), message.language)
                parcel.parts = deque(parts(made))
            except Exception as error:
                log.exception("a view failed", view=message.view, exc_info=False)
                return Never(f"view {message.view}: {type(error).__name__}")
        try:
            sent = await self._send(message.chat_id, parcel.parts[0], parcel.edits)
        except BadRequest as error:
            return _refused(parcel, parcel.parts, error)
        except (TelegramError, Fault) as error:
            return _outcome(error)
        except _Undrawn as error:
            return Never(f"view {message.view}: {error}")
        except Exception as error:
            # Were it raised, nothing would ever go to this chat again.
            why = type(error).__name__
            log.exception("a message cannot be sent", view=message.view, why=why, exc_info=False)
            return Later(0.0, why)
        return _went(parcel, parcel.parts, sent)

    def _told(self, message: OutgoingMessage) -> Mapping[str, Any]:
        """A notice's data with its reader's own day, as ISO: it may have waited since it was
        written, and "tomorrow" is another day by then."""
        if message.kind is None or message.timezone is None:
            return message.data
        today = self._clock().astimezone(notices.zone_of(message.timezone)).date()
        return {**message.data, "today": today.isoformat()}

    async def _send(self, chat_id: int, part: Message, edits: int | None) -> int | None:
        if edits is None or part.picture or part.file:
            return (await self._new(chat_id, part)).message_id
        if part.only_buttons:
            await self._bot.edit_message_reply_markup(
                chat_id, edits, reply_markup=_keyboard(part.buttons)
            )
        else:
            await self._bot.edit_message_text(
                part.text,
                chat_id,
                edits,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(part.buttons),
                link_preview_options=NO_PREVIEW,
            )
        return edits

    async def _new(self, chat_id: int, rendered: Message) -> TelegramMessage:
        keyboard = _keyboard(rendered.buttons)
        if rendered.picture is not None:
            return await self._bot.send_photo(
                chat_id,
                await self._drawn(rendered.picture),
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

    async def _drawn(self, picture: Callable[[], bytes]) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._artist, picture)
        except Exception as error:
            why = type(error).__name__
            log.exception("a picture cannot be drawn", why=why, exc_info=False)
            raise _Undrawn(why) from error


class _Undrawn(Exception):
    """A picture that will not be drawn the next time either."""


def _went(parcel: Parcel, left: deque[Message], message_id: int | None) -> Outcome:
    left.popleft()
    if parcel.message_id is None:
        parcel.message_id = message_id
    parcel.edits = None
    return More() if left else Sent(parcel.message_id)


def _refused(parcel: Parcel, left: deque[Message], error: BadRequest) -> Outcome:
    """An edit without a change is done; one of a lost message becomes a message of its own; a
    text that cannot be read is sent once more without its form."""
    words = error.message.lower()
    view, part = parcel.message.view, left[0]
    if parcel.edits is not None:
        if UNCHANGED in words:
            return _went(parcel, left, parcel.edits)
        if any(one in words for one in UNEDITABLE) and not part.only_buttons:
            parcel.edits = None
            return More()
    bare = plain(part.text)
    if UNREADABLE in words and bare != part.text:
        log.error("telegram cannot read a text", view=view, why=error.message)
        left[0] = replace(part, text=bare)
        return More()
    log.error("telegram refused a message", view=view, why=error.message)
    return Never(f"refused: {error.message}"[:200])


def _outcome(error: TelegramError | Fault) -> Outcome:
    """What an error other than a refusal of the message itself means for it."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        wait = seconds if isinstance(seconds, int | float) else seconds.total_seconds()
        return Later(max(1.0, wait), "limit", limit=True)
    if isinstance(error, Forbidden):
        return Never("blocked", DropReason.BLOCKED)
    # A token that is refused is our trouble, not that of what is to be said.
    if isinstance(error, NetworkError | InvalidToken | Unavailable):
        return Later(0.0, type(error).__name__)
    if isinstance(error, Fault):
        # Its file is lost: trying again would only keep what is behind it.
        return Never(f"file: {type(error).__name__}")
    return Never(f"telegram: {type(error).__name__}")


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in rows]
    )
