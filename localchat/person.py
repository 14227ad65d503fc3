"""One person in one chat, as the tests and benchmarks see them."""

import asyncio
import io
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import aiohttp

from localchat.shown_message import Message

Json = dict[str, Any]
Found = TypeVar("Found")

HEARS_SECONDS = 5.0
_SHOWN = 12


class Service(Protocol):
    """What a person needs of the people's side."""

    async def call(self, verb: str, path: str, **arguments: Any) -> tuple[Any, int]: ...
    async def fetch(self, path: str) -> bytes: ...
    async def catch_up(self, number: int) -> None: ...


class Person:
    """Someone in a chat with one bot."""

    def __init__(self, service: Service, bot_id: int, record: Json) -> None:
        self.id: int = record["id"]
        self.first_name: str = record["first_name"]
        self.language_code: str | None = record.get("language_code")
        self.bot_id = bot_id
        self.blocked = False
        self.commands: list[Json] = []
        self.menu_button: Json = {}
        self.reply_keyboard: Json | None = None
        self.pinned: list[int] = []
        self._service = service
        self._path = f"/api/chats/{bot_id}/{self.id}"
        self._now: dict[int, Message] = {}
        self._heard: list[tuple[int, Message]] = []
        self._answers: dict[str, Json] = {}
        self._past_data: dict[str, int] = {}
        self._acted_at = 0
        self._change = asyncio.Event()

    # What is in the chat

    @property
    def messages(self) -> list[Message]:
        """Every message in the chat as it is now, oldest first."""
        return [self._now[number] for number in sorted(self._now)]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        for message in reversed(self.messages):
            if not message.out:
                return message
        raise AssertionError(f"{self.first_name} has heard nothing yet")

    @property
    def heard(self) -> list[Message]:
        """What the bot wrote or edited since the person's last own act, in order."""
        return [message for number, message in self._heard if number > self._acted_at]

    # What the person does

    async def says(self, text: str, *, reply_to: int | None = None) -> Message:
        """Send a text."""
        body = {"text": text, "reply_to_message_id": reply_to}
        return Message.of(await self._act("messages", json=body))

    async def presses(self, label: str, message: Message | None = None) -> str:
        """Press the button with this label, on the newest message that has it.

        Without `message` a label on the keyboard under the text field counts too, and sends
        its text. Returns the id of the callback query, "" for such a text.
        """
        chosen = message or self._newest(lambda each: label in each.buttons)
        if chosen is not None and label in chosen.buttons:
            return await self.presses_data(chosen.buttons[label], chosen)
        rows = (self.reply_keyboard or {}).get("keyboard", [])
        if message is None and any(button["text"] == label for row in rows for button in row):
            await self.says(label)
            return ""
        raise AssertionError(f"there is no button {label!r}\n{self.transcript()}")

    async def presses_data(self, data: str, message: Message | None = None) -> str:
        """Press a button by its data, also one that its message no longer shows.

        Without `message`, the newest message that now has it, else the newest that ever had.
        Returns the id of the callback query.
        """
        chosen = message or self._newest(lambda each: data in each.buttons.values())
        number = chosen.message_id if chosen else self._once_had(data)
        answer = await self._act("presses", json={"message_id": number, "data": data})
        return str(answer["callback_query_id"])

    async def edits(self, message: Message, text: str) -> Message:
        """Change an own message."""
        body = {"message_id": message.message_id, "text": text}
        return Message.of(await self._act("edits", json=body))

    async def sends_photo(self, content: bytes, caption: str = "") -> Message:
        """Send a picture."""
        return await self._send_file("photo", "photo.jpg", "image/jpeg", content, caption)

    async def sends_document(
        self,
        name: str,
        content: bytes,
        caption: str = "",
        mime: str = "application/octet-stream",
    ) -> Message:
        """Send a file."""
        return await self._send_file("document", name, mime, content, caption)

    async def sends_voice(self, content: bytes, duration: int = 1) -> Message:
        """Send a voice note; `duration` in seconds."""
        return await self._send_file("voice", "voice.ogg", "audio/ogg", content, "", duration)

    async def sends_sticker(self) -> Message:
        """Send a sticker."""
        return await self._send_file("sticker", "sticker.webp", "image/webp", b"RIFF", "")

    async def blocks(self) -> None:
        """Block the bot."""
        await self._act("block")

    async def unblocks(self) -> None:
        """Take the block away."""
        await self._act("unblock")

    # What the person notices

    async def hears(self, part: str, *, timeout: float = HEARS_SECONDS) -> Message:
        """The first message with `part` in it that came, or was edited, since the last act.

        Waits up to `timeout` seconds, then fails with the chat as it is.
        """
        found = await self._until(
            lambda: next((each for each in self.heard if part in each.text), None), timeout
        )
        if found is None:
            what = f"{self.first_name} did not hear {part!r} within {timeout:g} s"
            raise AssertionError(f"{what}\n{self.transcript()}")
        return found

    async def sees(
        self, wanted: Callable[["Person"], object], *, timeout: float = HEARS_SECONDS
    ) -> None:
        """Wait until `wanted` is true of this person, such as a new reply keyboard."""
        if await self._until(lambda: wanted(self) or None, timeout) is None:
            raise AssertionError(f"it did not come within {timeout:g} s\n{self.transcript()}")

    async def callback_answer(self, query: str, *, timeout: float = HEARS_SECONDS) -> str:
        """What the bot answered to a pressed button; "" when it only ended the waiting."""
        found = await self._until(lambda: self._answers.get(query), timeout)
        if found is None:
            what = f"the bot did not answer the pressed button within {timeout:g} s"
            raise AssertionError(f"{what}\n{self.transcript()}")
        return str(found["text"] or "")

    async def downloads(self, message: Message) -> bytes:
        """The bytes of a message's file."""
        if message.file_id is None:
            raise AssertionError(f"the message has no file: {message.shown()}")
        return await self._service.fetch(f"{self._path}/files/{message.file_id}")

    def transcript(self) -> str:
        """The last messages of the chat, for a person to read."""
        shown = "\n".join(message.shown() for message in self.messages[-_SHOWN:])
        return f"The chat of {self.first_name}:\n{shown or '  (empty)'}"

    # What the connection tells

    async def read_chat(self) -> None:
        """Read the whole chat anew."""
        chat, _ = await self._service.call("GET", self._path)
        known, self._now = self._now, {}
        for body in chat["messages"]:
            self._see(Message.of(body))
        for message in self.messages:
            if not message.out and known.get(message.message_id) != message:
                self._heard.append((chat["event"], message))
        self.blocked, self.pinned = chat["blocked"], chat["pinned"]
        self.commands, self.menu_button = chat["commands"], chat["menu_button"]
        self.reply_keyboard = chat["reply_keyboard"]
        self._change.set()

    def take(self, number: int, event: Json) -> None:
        """Take note of an event in this chat."""
        kind = event["kind"]
        if kind in ("message", "edited"):
            message = Message.of(event["message"])
            self._see(message)
            self.reply_keyboard = event["reply_keyboard"]
            if not message.out:
                self._heard.append((number, message))
        elif kind == "deleted":
            self._now.pop(event["message_id"], None)
        elif kind == "callback_answer":
            self._answers[event["callback_query_id"]] = event
        elif kind == "commands":
            self.commands, self.menu_button = event["commands"], event["menu_button"]
        elif kind == "pinned":
            self.pinned = event["pinned"]
        elif kind == "blocked":
            self.blocked = event["blocked"]
        self._change.set()

    def _see(self, message: Message) -> None:
        self._now[message.message_id] = message
        self._past_data |= dict.fromkeys(message.buttons.values(), message.message_id)

    async def _act(self, path: str, **arguments: Any) -> Any:
        answer, number = await self._service.call("POST", f"{self._path}/{path}", **arguments)
        self._acted_at = number
        self._heard = [heard for heard in self._heard if heard[0] > number]
        await self._service.catch_up(number)
        return answer

    async def _send_file(
        self, kind: str, name: str, mime: str, content: bytes, caption: str, duration: int = 0
    ) -> Message:
        form = aiohttp.FormData()
        form.add_field("kind", kind)
        form.add_field("caption", caption)
        form.add_field("duration", str(duration))
        form.add_field("file", io.BytesIO(content), filename=name, content_type=mime)
        return Message.of(await self._act("files", data=form))

    def _newest(self, fits: Callable[[Message], bool]) -> Message | None:
        return next((each for each in reversed(self.messages) if fits(each)), None)

    def _once_had(self, data: str) -> int:
        number = self._past_data.get(data)
        if number is None:
            raise AssertionError(f"no button has ever sent {data!r}\n{self.transcript()}")
        return number

    async def _until(self, look: Callable[[], Found | None], timeout: float) -> Found | None:
        """What `look` finds after some change, or None when `timeout` seconds have passed."""
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    self._change.clear()
                    await self._change.wait()
        except TimeoutError:
            return look()
        return found
