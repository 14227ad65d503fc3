"""Everything the local chat knows: bots, people, chats, messages and files.

All state is in memory and belongs to one event loop. Each change is also put into the
journal and, where people can see it, published to the hub.
"""

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from localchat.clock import Clock
from localchat.events import Hub
from localchat.journal import Journal
from localchat.keyboards import callback_data
from localchat.records import Bot, Chat, File, Message, Person, Query, Webhook
from localchat.updates import UpdateQueue

Json = dict[str, Any]

TYPING_SECONDS = 5.0
QUERIES_KEPT_SECONDS = 24 * 3600
_LOWEST_PERSON = 1_000_000_000


class World:
    """The state and the few ways to change it."""

    def __init__(self, journal: Journal, clock: Clock, hub: Hub) -> None:
        self.journal = journal
        self.clock = clock
        self.hub = hub
        self.bots: dict[int, Bot] = {}
        self.by_token: dict[str, Bot] = {}
        self.queues: dict[int, UpdateQueue] = {}
        self.people: dict[int, Person] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, File] = {}

    def load(self) -> None:
        """Take up what an earlier process left in the journal."""
        for record in self.journal.records("bot"):
            webhook = record.pop("webhook")
            self._register(Bot(**record, webhook=Webhook(**webhook) if webhook else None))
        for record in self.journal.records("person"):
            self.people[record["id"]] = Person(**record)
        for record in self.journal.records("chat"):
            bot, person = self.bots[record.pop("bot")], self.people[record.pop("person")]
            self.chats[bot.id, person.id] = Chat(bot, person, **record)
        self._load_messages()
        self._load_updates()
        for record in sorted(self.journal.records("query"), key=lambda each: each["pressed_at"]):
            self.queries[record["id"]] = Query(**record)
        for record in self.journal.records("file"):
            self.files[record["file_id"]] = File(**record)

    def _load_messages(self) -> None:
        records = sorted(self.journal.records("message"), key=lambda record: record["id"])
        for record in records:
            chat = self.chats[record["bot"], record["person"]]
            chat.messages[record["id"]] = Message(
                record["body"], record["out"], set(record["data"])
            )
            chat.bot.next_message_id = max(chat.bot.next_message_id, record["id"] + 1)

    def _load_updates(self) -> None:
        updates = sorted(self.journal.records("update"), key=lambda pair: pair[1]["update_id"])
        for bot_id, update in updates:
            self.queues[bot_id].put(update)
        for bot_id, number in self.journal.records("next_update"):
            self.queues[bot_id].next_id = max(self.queues[bot_id].next_id, number)
        for bot_id, kinds in self.journal.records("allowed_updates"):
            self.queues[bot_id].allow(kinds)

    # Bots and people

    def add_bot(self, token: str, username: str) -> Bot:
        """Make a bot known, or give one from the journal its present token and username."""
        number, _, secret = token.partition(":")
        if not number.isdigit() or not secret:
            raise ValueError("a bot's token is its number, a colon and a secret")
        bot = self.bots.get(int(number))
        if bot is None:
            bot = Bot(int(number), token, username)
        self.by_token.pop(bot.token, None)
        bot.token, bot.username = token, username
        self._register(bot)
        self.save_bot(bot)
        return bot

    def _register(self, bot: Bot) -> None:
        self.bots[bot.id] = bot
        self.by_token[bot.token] = bot
        if bot.id not in self.queues:
            self.queues[bot.id] = UpdateQueue(bot.id, self.journal)

    def save_bot(self, bot: Bot) -> None:
        """Keep what a bot has told about itself."""
        self.journal.put("bot", str(bot.id), asdict(bot))

    def add_person(self, person: Person) -> Person:
        """Make a person known."""
        self.people[person.id] = person
        self.journal.put("person", str(person.id), person.record())
        return person

    def new_person_id(self) -> int:
        """An id that nobody has."""
        while True:
            number = _LOWEST_PERSON + secrets.randbelow(7 * _LOWEST_PERSON)
            if number not in self.people and number not in self.bots:
                return number

    # Chats and messages

    def chat(self, bot: Bot, person: Person) -> Chat:
        """The chat of these two, which may not have begun."""
        found = self.chats.get((bot.id, person.id))
        if found is None:
            instance = str(secrets.randbelow(1 << 62))
            found = self.chats[bot.id, person.id] = Chat(bot, person, instance)
        return found

    def chats_of(self, bot: Bot) -> Iterator[Chat]:
        """The chats of a bot that have begun."""
        return (chat for chat in self.chats.values() if chat.bot is bot and chat.started)

    def save_chat(self, chat: Chat) -> None:
        """Keep a chat's own state."""
        self.journal.put("chat", chat.key, chat.record())

    def post(self, chat: Chat, content: Json, *, out: bool) -> Message:
        """Add a message to the chat and show it; `out` when the person sent it."""
        sender = chat.person.user() if out else chat.bot.user()
        number = chat.bot.next_message_id
        chat.bot.next_message_id = number + 1
        head = {"message_id": number, "from": sender, "chat": chat.person.chat()}
        message = Message({**head, "date": self.clock.date(), **content}, out)
        chat.messages[number] = message
        chat.typing_until = 0.0
        self._keep(chat, message)
        self._show("message", chat, message)
        return message

    def replace(self, chat: Chat, number: int, body: Json) -> Message:
        """Give a message its edited body and show it."""
        message = chat.messages[number]
        message.body = body
        self._keep(chat, message)
        self._show("edited", chat, message)
        return message

    def remove(self, chat: Chat, number: int) -> None:
        """Take a message out of the chat."""
        del chat.messages[number]
        self.journal.remove("message", f"{chat.bot.id}:{number}")
        self.save_bot(chat.bot)
        self.tell("deleted", chat, {"message_id": number})
        if number in chat.pinned:
            chat.pinned.remove(number)
            self.pins_changed(chat)

    def pins_changed(self, chat: Chat) -> None:
        """Keep and show what is pinned now."""
        self.save_chat(chat)
        self.tell("pinned", chat, {"pinned": list(chat.pinned)})

    def tell(self, kind: str, chat: Chat, payload: Json) -> None:
        """Publish something about a chat."""
        self.hub.publish(kind, chat.bot.id, chat.person.id, payload)

    def _keep(self, chat: Chat, message: Message) -> None:
        message.data.update(callback_data(message.body.get("reply_markup")))
        number = message.body["message_id"]
        record = {
            "bot": chat.bot.id,
            "person": chat.person.id,
            "id": number,
            "body": message.body,
            "out": message.out,
            "data": sorted(message.data),
        }
        self.journal.put("message", f"{chat.bot.id}:{number}", record)

    def _show(self, kind: str, chat: Chat, message: Message) -> None:
        self.hub.publish(
            kind,
            chat.bot.id,
            chat.person.id,
            {"reply_keyboard": chat.reply_keyboard},
            (message.body, message.out),
        )

    # Pressed buttons and files

    def save_query(self, query: Query) -> None:
        """Keep a pressed button, and forget those that nobody asks for any more."""
        while self.queries:
            oldest = next(iter(self.queries.values()))
            if self.clock.now() - oldest.pressed_at < QUERIES_KEPT_SECONDS:
                break
            del self.queries[oldest.id]
            self.journal.remove("query", oldest.id)
        self.queries[query.id] = query
        self.journal.put("query", query.id, asdict(query))

    def save_file(self, file: File, content: bytes) -> None:
        """Keep a file and its bytes."""
        self.files[file.file_id] = file
        self.journal.put("file", file.file_id, asdict(file))
        self.journal.put_bytes(file.file_id, content)
