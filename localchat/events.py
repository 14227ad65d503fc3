"""What happens in the chats, as a stream for the page and the tests."""

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from localchat.rendering import message_html

Json = dict[str, Any]

KEPT = 20_000


def shown(body: Json, out: bool) -> Json:
    """A message as the people's side sees it."""
    return {**body, "out": out, "html": message_html(body)}


@dataclass(slots=True)
class Event:
    """One thing that happened; `message` is a body and whether the person sent it."""

    number: int
    kind: str
    bot: int
    person: int
    payload: Json
    message: tuple[Json, bool] | None
    _encoded: bytes | None = None

    def encoded(self) -> bytes:
        """The event as a Server-Sent Event; made once, for all who read it."""
        if self._encoded is None:
            data = {"kind": self.kind, "bot": self.bot, "person": self.person, **self.payload}
            if self.message is not None:
                data["message"] = shown(*self.message)
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            self._encoded = f"id: {self.number}\ndata: {text}\n\n".encode("utf-8", "replace")
        return self._encoded


class Hub:
    """Keeps the last events by number and wakes whoever reads them."""

    def __init__(self) -> None:
        # Numbers never fall behind those of an earlier process, so that a page that comes
        # back after a restart cannot mistake an old number for a new one.
        self.number = time.time_ns() // 1000
        self._oldest = self.number + 1
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Future[None]] = set()
        self._closed = False

    def publish(
        self,
        kind: str,
        bot: int,
        person: int,
        payload: Json | None = None,
        message: tuple[Json, bool] | None = None,
    ) -> None:
        """Tell everyone who listens."""
        self.number += 1
        self._events.append(Event(self.number, kind, bot, person, payload or {}, message))
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self._wake()

    async def stream(
        self, after: int | None, bot: int | None, person: int | None, heartbeat: float
    ) -> AsyncIterator[bytes]:
        """Chunks of Server-Sent Events from number `after` on (None: from now on).

        A reader that has missed events which are no longer kept gets a `cleared` event: what
        it knows is void and the chat should be read again. `heartbeat` is in seconds.
        """
        at = self.number if after is None else after
        yield f"retry: 500\nid: {at}\n: hello\n\n".encode()
        if at > self.number or at < self._first() - 1:
            at = self.number
            data = json.dumps({"kind": "cleared", "bot": bot, "person": person})
            yield f"id: {at}\ndata: {data}\n\n".encode()
        while not self._closed:
            events = self._after(at)
            if not events:
                if not await self._news(heartbeat):
                    yield b": still here\n\n"
                continue
            at = events[-1].number
            chunk = b"".join(
                event.encoded()
                for event in events
                if (bot is None or event.bot == bot) and (person is None or event.person == person)
            )
            if chunk:
                yield chunk

    def _first(self) -> int:
        return self._events[0].number if self._events else self._oldest

    def _after(self, number: int) -> list[Event]:
        newer = itertools.takewhile(lambda event: event.number > number, reversed(self._events))
        return list(newer)[::-1]

    def _wake(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def _news(self, seconds: float) -> bool:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True
