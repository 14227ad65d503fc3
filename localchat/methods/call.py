"""One call of a Bot API method, and what most methods ask of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from localchat import entities
from localchat.html_parser import parse_html
from localchat.parameters import Parameters, encodable
from localchat.records import Bot, Chat, Message
from localchat.refusals import bad_request, forbidden
from localchat.world import World

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, with what."""

    world: World
    bot: Bot
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat named by chat_id, whether or not the bot may write there."""
        name = self.parameters.text("chat_id")
        if not name:
            raise bad_request("chat_id is empty")
        try:
            person = self.world.people.get(int(name))
        except ValueError:
            person = None
        if person is None:
            raise bad_request("chat not found")
        return self.world.chat(self.bot, person)

    def open_chat(self) -> Chat:
        """The chat named by chat_id, which the bot may write to."""
        chat = self.chat()
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def own_message(self, chat: Chat) -> Message:
        """The bot's own message that an edit names."""
        message = chat.messages.get(self.parameters.integer("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if message.out:
            raise bad_request("message can't be edited")
        return message

    def formatted(self, text: str, entities_name: str = "entities") -> tuple[str, list[Json]]:
        """`text` without its markup, and the entities that the markup or the call gave."""
        return formatted(
            text,
            self.parameters.text("parse_mode"),
            self.parameters.structure(entities_name, "entities"),
        )


def formatted(text: str, mode: Any, given: Any) -> tuple[str, list[Json]]:
    """`text` read in a parse mode, or as it is with its entities `given`."""
    cleaned = entities.clean(encodable(text))
    mode = str(mode or "none").lower()
    if mode == "html":
        plain, found = parse_html(cleaned)
        return entities.settle(entities.clean(plain), found)
    if mode != "none":
        raise bad_request("unsupported parse_mode")
    return entities.settle(cleaned, entities.given(cleaned, given) if given else ())


def too_long(text: str, limit: int) -> bool:
    """Whether `text` has more than `limit` UTF-16 units."""
    return len(text) * 2 > limit and entities.units(text) > limit


@dataclass(frozen=True, slots=True)
class Method:
    """A Bot API method; `sends` when the sending limits count it."""

    name: str
    handler: Callable[[Call], Awaitable[Any]]
    sends: bool = False
