"""What Telegram is asked for besides messages: acknowledgements, command menus, files.

None of it is kept: a lost acknowledgement costs a spinner on a button, a lost menu stands again
after the next change or start.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.menu import MENUS, STRANGERS, Command, described
from bot.views.registry import Renderer
from domain.errors import Fault, Mistake, Unavailable
from domain.people.records import Language, Person
from domain.storage import Storage

log = structlog.get_logger(__name__)

TOAST_LENGTH = 200


class Service:
    """Small calls in the background, their failures logged."""

    def __init__(self, bot: Bot, renderer: Renderer) -> None:
        self._bot = bot
        self._renderer = renderer
        self._tasks: set[asyncio.Task[None]] = set()

    def acknowledge(
        self,
        callback_query_id: str,
        toast: tuple[str, Mapping[str, Any]] | None,
        language: Language | None,
    ) -> None:
        """Ends the spinner of a pressed button, with a line over the chat if there is one."""
        text = None
        if toast is not None:
            key, values = toast
            text = self._renderer.tongue(language or Language.BN).plain(key, **values)
        self._later(
            self._bot.answer_callback_query(
                callback_query_id, text=None if text is None else text[:TOAST_LENGTH]
            )
        )

    async def download(self, file_id: str) -> bytes:
        """What somebody sent, at most the 20 MB that Telegram hands to bots.

        Raises Mistake if Telegram does not have the file, Unavailable if it cannot be asked.
        """
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            if isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
                raise Unavailable(f"a download failed: {type(error).__name__}") from error
            raise Mistake(f"no such file: {error.message}"[:200], "common.file_lost") from error

    def set_menu(self, person: Person) -> None:
        """The commands of this person's role, in the language they chose here."""
        self._later(
            self._bot.set_my_commands(
                self._menu(MENUS[person.role], person.language),
                scope=BotCommandScopeChat(person.telegram_id),
            )
        )

    def ring(self, ring: Callable[[str], Coroutine[Any, Any, None]], queue: str) -> None:
        """Wakes the workers of a queue, while this goes on with the next update."""
        self._later(ring(queue))

    def discard(self, storage: Storage, key: str) -> None:
        """Deletes an object that nothing refers to any more; if that fails, it is only logged."""
        self._later(storage.delete(key))

    async def introduce(self) -> None:
        """The menus and the description that everybody sees before their first word."""
        for language in Language:
            code = None if language is Language.BN else language.value
            await self._bot.set_my_commands(
                self._menu(STRANGERS, language),
                scope=BotCommandScopeDefault(),
                language_code=code,
            )
            await self._bot.set_my_description(
                self._renderer.tongue(language).plain("menu.about"), language_code=code
            )

    async def stop(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)

    def _menu(self, commands: Sequence[Command], language: Language) -> list[BotCommand]:
        tongue = self._renderer.tongue(language)
        return [BotCommand(name, words) for name, words in described(commands, tongue)]

    def _later(self, call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._quietly(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, call: Coroutine[Any, Any, object]) -> None:
        try:
            await call
        except (TelegramError, Fault) as error:
            log.info("a small call failed", error=type(error).__name__)
