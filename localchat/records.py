"""The things a chat is made of."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Someone who can talk to the bots."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def user(self) -> Json:
        """The Bot API's User."""
        return {"id": self.id, "is_bot": False, **self._names(), **self._language()}

    def chat(self) -> Json:
        """The Bot API's Chat of a private conversation."""
        return {"id": self.id, **self._names(), "type": "private"}

    def record(self) -> Json:
        """What the people's side and the journal hold."""
        return {"id": self.id, **self._names(), **self._language()}

    def _names(self) -> Json:
        names = {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
        }
        return {key: value for key, value in names.items() if value}

    def _language(self) -> Json:
        return {"language_code": self.language_code} if self.language_code else {}


@dataclass(slots=True)
class Webhook:
    """Where a bot's updates are sent instead of waiting to be fetched."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True)
class Bot:
    """A bot and what it has told about itself; texts are kept by language code, "" for all.

    `commands` is keyed by scope, then by language code.
    """

    id: int
    token: str
    username: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, dict[str, list[Json]]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    webhook: Webhook | None = None
    next_message_id: int = 1

    def name(self, language: str = "") -> str:
        """The bot's name in a language."""
        return self.names.get(language) or self.names.get("") or self.username

    def user(self) -> Json:
        """The Bot API's User."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name(),
            "username": self.username,
        }


@dataclass(slots=True)
class Message:
    """A message; `body` is the Bot API's object and is replaced, never changed.

    `data` holds all that its buttons have ever sent: an old button may still be pressed.
    """

    body: Json
    out: bool
    data: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Chat:
    """The conversation of one person with one bot."""

    bot: Bot
    person: Person
    instance: str
    started: bool = False
    blocked: bool = False
    pinned: list[int] = field(default_factory=list)
    reply_keyboard: Json | None = None
    menu_button: Json | None = None
    typing_until: float = 0.0
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The chat's name in the journal."""
        return f"{self.bot.id}:{self.person.id}"

    def record(self) -> Json:
        """What the journal holds of the chat, without its messages."""
        return {
            "bot": self.bot.id,
            "person": self.person.id,
            "instance": self.instance,
            "started": self.started,
            "blocked": self.blocked,
            "pinned": self.pinned,
            "reply_keyboard": self.reply_keyboard,
            "menu_button": self.menu_button,
        }


@dataclass(slots=True)
class Query:
    """A pressed button that waits for answerCallbackQuery; `pressed_at` in seconds."""

    id: str
    bot_id: int
    person_id: int
    pressed_at: float
    answered: bool = False
    text: str | None = None
    show_alert: bool = False


@dataclass(slots=True)
class File:
    """A file that a bot may fetch or send again.

    `content` is the part of a message that shows it, such as ``{"photo": [sizes]}``.
    """

    file_id: str
    bot_id: int
    kind: str
    path: str
    mime: str
    size: int
    content: Json
