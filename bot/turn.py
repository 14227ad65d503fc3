"""One update on its way through a handler: who, where they stand, what is said."""

import random
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Update

from domain.errors import Fault, Mistake
from domain.operations.records import ConversationState, Priority, Saying
from domain.people.records import Person, TelegramPerson
from domain.practice.library import Upload
from domain.practice.records import Texts
from domain.problems.packages import PackageRead
from domain.storage import Storage
from domain.unit_of_work import UnitOfWork

Work = Callable[[], Awaitable[Any]]

PHOTO = "photo.jpg"
"""What a picture is called that was not sent as a file; Telegram makes every one a JPEG."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What handlers may ask of the world besides the database."""

    storage: Storage
    topics: Mapping[str, Texts]
    first_admins: frozenset[int]
    release: str
    bot_id: int
    username: str
    """The bot's own, for links to it."""
    fetch: Callable[[str], Awaitable[bytes]]
    """A file by Telegram's id of it; raises Mistake if it is lost, Unavailable."""
    check_upload: Callable[[str, bytes, Collection[str]], Awaitable[Upload]]
    """What a file by this name holds of problems, and what is wrong with them."""
    check_package: Callable[[str, bytes], Awaitable[PackageRead]]
    """What a file by this name holds of a coding problem, and what is wrong with it."""
    ring: Callable[[str], Coroutine[Any, Any, None]]
    """Wakes the workers of a queue; a ring that fails is only logged, since they look by
    themselves as well."""
    public_url: str | None
    """Under which the world reaches the bot's web server, without a slash at its end."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sent. Its name is theirs: never a path, never trusted."""

    file_id: str
    name: str
    size: int
    """Bytes, as Telegram tells; 0 where it does not."""
    media_type: str = "application/octet-stream"
    """Theirs too."""


class Outside(Exception):
    """A handler needs what takes its time: the turn is taken again with it, once it is there.

    So that no transaction stays open while something is downloaded or worked out.
    """

    def __init__(self, key: str, work: Work) -> None:
        super().__init__(f"{key} is wanted")
        self.key = key
        self.work = work


@dataclass(slots=True)
class Turn:
    """What a handler reads and writes; nothing is said or kept before the whole turn commits."""

    update: Update
    work: UnitOfWork
    environment: Environment
    now: datetime
    rng: random.Random
    conversation: ConversationState
    maybe_person: Person | None
    found: Mapping[str, Any] = field(default_factory=dict)
    """What was made ready outside the transaction, see `outside`."""
    hasty: bool = False
    """Whether it came in before the one that its person sent before it was answered."""
    argument: str = ""
    """What stands behind a command or after a button's route."""
    sayings: list[Saying] = field(default_factory=list)
    moved_to: ConversationState | None = None
    toast: tuple[str, Mapping[str, Any]] | None = None
    """A line shown over the chat for a pressed button: a catalogue key and its values."""
    erased: bool = False
    menu_changed: bool = False
    """Whether the person's command menu is another one now: language or role changed."""
    wakes: set[str] = field(default_factory=set)
    """Queues whose workers are woken once the turn is committed."""
    discarded: set[str] = field(default_factory=set)
    """Keys of stored objects that are deleted once the turn is committed."""
    route: Any = None
    failure: BaseException | None = None

    @property
    def person(self) -> Person:
        if self.maybe_person is None:
            raise Fault("a handler for people the bot knows met somebody it does not")
        return self.maybe_person

    @property
    def who(self) -> TelegramPerson:
        """Whoever acted, as Telegram describes them."""
        user = self.update.effective_user
        if user is None:
            raise Fault("an update of nobody")
        return TelegramPerson(user.id, user.full_name, user.username, user.language_code)

    @property
    def text(self) -> str:
        """The text of a message as it was typed."""
        message = self.update.message
        return (message and message.text) or ""

    @property
    def attachment(self) -> Attachment:
        message = self.update.message
        if message is not None and message.photo:
            largest = message.photo[-1]
            return Attachment(largest.file_id, PHOTO, largest.file_size or 0, "image/jpeg")
        document = None if message is None else message.document
        if document is None:
            raise Fault("a handler for files met an update without one")
        return Attachment(
            document.file_id,
            document.file_name or "",
            document.file_size or 0,
            document.mime_type or "application/octet-stream",
        )

    def file(self, limit_bytes: int) -> bytes:
        """The content of the file that was sent; raises Mistake if it is larger."""
        sent = self.attachment
        if sent.size > limit_bytes:
            raise _too_large(limit_bytes)
        content: bytes = self.outside(sent.file_id, partial(self.environment.fetch, sent.file_id))
        if len(content) > limit_bytes:
            raise _too_large(limit_bytes)
        return content

    def outside(self, key: str, work: Work) -> Any:
        """What `work` comes to, done while no transaction is open: whatever stands before this
        call runs once more afterwards, from a clean start."""
        if key not in self.found:
            raise Outside(key, work)
        return self.found[key]

    @property
    def pressed_message_id(self) -> int | None:
        """The message whose button was pressed."""
        query = self.update.callback_query
        return None if query is None or query.message is None else query.message.message_id

    @property
    def step(self) -> str | None:
        return (self.moved_to or self.conversation).step

    def say(
        self, view: str, *, edit: bool = False, dedupe_key: str | None = None, **data: Any
    ) -> None:
        """Says something to whoever acted; `edit` changes the message whose button was pressed.

        What bears a `dedupe_key` is said once, and others can replace it by that key later.
        """
        self.sayings.append(
            Saying(
                view=view,
                data=data,
                chat_id=self.who.telegram_id,
                user_id=None if self.erased else self.person.id,
                language=self.person.language,
                edits_message_id=self.pressed_message_id if edit else None,
                dedupe_key=dedupe_key,
            )
        )

    def tell(
        self, someone: Person, view: str, *, dedupe_key: str | None = None, **data: Any
    ) -> None:
        """Says something to somebody else, after the replies that are due."""
        self.sayings.append(
            Saying(
                view=view,
                data=data,
                chat_id=someone.telegram_id,
                user_id=someone.id,
                language=someone.language,
                priority=Priority.NOTICE,
                dedupe_key=dedupe_key,
            )
        )

    def go(self, step: str | None, **data: Any) -> None:
        """Moves the conversation on; None leaves it."""
        self.moved_to = ConversationState(step, data, self.conversation.version)

    def wake(self, queue: str) -> None:
        """Tells the workers of a queue, once this turn is committed, that there is work."""
        self.wakes.add(queue)

    def discard(self, *keys: str) -> None:
        """Deletes stored objects, once what referred to them is gone for good."""
        self.discarded |= set(keys)

    def meet(self, person: Person | None) -> None:
        """The person as they are from now on within this turn."""
        self.maybe_person = person

    def change(self, **values: Any) -> None:
        self.meet(replace(self.person, **values))


def _too_large(limit_bytes: int) -> Mistake:
    return Mistake("a file too large", "common.file_too_large", {"limit": limit_bytes})
