"""Which handler takes which update: by command, by button, by the conversation's step.

A handler declares its route and who may take it where it is written; `application.py` turns the
routes into python-telegram-bot's handlers.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from bot.access import EVERYONE
from bot.turn import Turn
from domain.errors import Refusal
from domain.people.records import Role

Handler = Callable[[Turn], Awaitable[None]]

SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Route:
    """A handler with who may take it; `strangers` lets people in who are not registered yet."""

    handler: Handler
    roles: frozenset[Role] = EVERYONE
    strangers: bool = False


@dataclass(slots=True)
class Routes:
    """All routes of the bot, filled by importing `bot.handlers`."""

    commands: dict[str, Route] = field(default_factory=dict)
    buttons: dict[str, Route] = field(default_factory=dict)
    steps: dict[str, Route] = field(default_factory=dict)
    documents: dict[str, Route] = field(default_factory=dict)
    photos: dict[str, Route] = field(default_factory=dict)
    events: dict[str, Route] = field(default_factory=dict)

    def command(
        self, name: str, roles: frozenset[Role] = EVERYONE, *, strangers: bool = False
    ) -> Callable[[Handler], Handler]:
        """`/name`, with whatever stands behind it as the turn's argument."""
        return self._add(self.commands, name, roles, strangers=strangers)

    def button(
        self, name: str, roles: frozenset[Role] = EVERYONE, *, strangers: bool = False
    ) -> Callable[[Handler], Handler]:
        """A button whose data is `name` or `name:argument`."""
        return self._add(self.buttons, name, roles, strangers=strangers)

    def step(
        self, name: str, roles: frozenset[Role] = EVERYONE, *, strangers: bool = False
    ) -> Callable[[Handler], Handler]:
        """A text typed while the conversation stands at this step."""
        return self._add(self.steps, name, roles, strangers=strangers)

    def document(
        self, step: str, roles: frozenset[Role] = EVERYONE
    ) -> Callable[[Handler], Handler]:
        """A file sent while the conversation stands at this step."""
        return self._add(self.documents, step, roles, strangers=False)

    def photo(self, step: str, roles: frozenset[Role] = EVERYONE) -> Callable[[Handler], Handler]:
        """A picture sent while the conversation stands at this step, not as a file."""
        return self._add(self.photos, step, roles, strangers=False)

    def event(self, name: str) -> Callable[[Handler], Handler]:
        """Something that is neither command, button nor an awaited text."""
        return self._add(self.events, name, EVERYONE, strangers=True)

    def _add(
        self,
        table: dict[str, Route],
        name: str,
        roles: frozenset[Role],
        *,
        strangers: bool,
    ) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            if name in table:
                raise ValueError(f"two handlers for {name}")
            table[name] = Route(handler, roles, strangers)
            return handler

        return register


routes = Routes()


def data(name: str, argument: object = "") -> str:
    """A button's data: the route and its argument."""
    return f"{name}{SEPARATOR}{argument}" if argument != "" else name


def split(data: str) -> tuple[str, str]:
    name, _, argument = data.partition(SEPARATOR)
    return name, argument


def short(id_: UUID) -> str:
    """An id in 22 characters: a button has room for two."""
    return urlsafe_b64encode(id_.bytes).rstrip(b"=").decode()


def read_id(text: str) -> UUID:
    """What `short` wrote; raises Refusal if it is something else."""
    try:
        return UUID(bytes=urlsafe_b64decode(text + "=="))
    except (ValueError, binascii.Error) as error:
        raise Refusal("a button without a whole id", "common.stale_button") from error
