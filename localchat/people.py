"""People for tests and benchmarks: they write, press and wait like someone with a phone.

    async with People(chat.url) as people:
        rahim = await people.join("Rahim", language_code="bn")
        await rahim.says("/start")
        await rahim.hears("Dars")
        await rahim.presses("Class 7")

One stream of events feeds everyone, so nobody polls and nobody sleeps.
"""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

import aiohttp

from localchat.person import Person
from localchat.remote_control import Control
from localchat.shown_message import Message

Json = dict[str, Any]

RECONNECT_SECONDS = 0.05
CATCH_UP_SECONDS = 10.0

__all__ = ["Control", "Message", "People", "PeopleError", "Person"]


class People:
    """A connection to the local chat's people's side."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: aiohttp.ClientSession | None = None
        self._reader: asyncio.Task[None] | None = None
        self._joined: dict[tuple[int, int], Person] = {}
        self._listening = asyncio.Event()
        self._progress = asyncio.Event()
        self._seen = 0

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=0)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10)
        self._session = aiohttp.ClientSession(self.url, connector=connector, timeout=timeout)
        self._reader = asyncio.create_task(self._read())
        await asyncio.wait_for(self._listening.wait(), 10)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def join(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        id: int | None = None,  # noqa: A002 - the name that the Bot API gives it
        bot: str | None = None,
    ) -> Person:
        """Someone in a chat with a bot: the one with the username `bot`, or the first."""
        body = {
            "first_name": first_name,
            "last_name": last_name,
            "username": username,
            "language_code": language_code,
            "id": id,
        }
        given = {key: value for key, value in body.items() if value is not None}
        made, _ = await self.call("POST", "/api/people", json=given)
        return await self.meet(made["id"], bot=bot)

    async def meet(self, person_id: int, *, bot: str | None = None) -> Person:
        """Someone who is already known, with the chat that they have."""
        bots, _ = await self.call("GET", "/api/bots")
        chosen = [each for each in bots if bot in (None, each["username"])]
        if not chosen:
            raise LookupError(f"there is no bot {bot}")
        known, _ = await self.call("GET", "/api/people")
        record = next(each for each in known if each["id"] == person_id)
        person = Person(self, chosen[0]["id"], record)
        self._joined[person.bot_id, person.id] = person
        await person.read_chat()
        return person

    async def call(self, verb: str, path: str, **arguments: Any) -> tuple[Any, int]:
        """Ask the people's side; returns the answer and the number of the last event."""
        async with self._open_session().request(verb, path, **arguments) as response:
            answer = await response.json()
            if response.status != 200:
                raise PeopleError(response.status, answer.get("description", ""))
            return answer, int(response.headers.get("X-Event", "0"))

    async def fetch(self, path: str) -> bytes:
        """The bytes at an address of the people's side."""
        async with self._open_session().get(path) as response:
            if response.status != 200:
                raise PeopleError(response.status, "the file cannot be fetched")
            return await response.read()

    async def catch_up(self, number: int) -> None:
        """Wait until everyone has seen the event with this number."""
        async with asyncio.timeout(CATCH_UP_SECONDS):
            while self._seen < number:
                self._progress.clear()
                await self._progress.wait()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use People in an async with")
        return self._session

    async def _read(self) -> None:
        """Read events for ever; after a break go on from where it was."""
        while True:
            try:
                await self._read_stream()
            except aiohttp.ClientError:
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _read_stream(self) -> None:
        headers = {"Last-Event-ID": str(self._seen)} if self._seen else {}
        async with self._open_session().get("/api/events", headers=headers) as response:
            rest = b""
            async for chunk in response.content.iter_any():
                *whole, rest = (rest + chunk).split(b"\n\n")
                for block in whole:
                    await self._take(block)
                self._listening.set()
                self._progress.set()

    async def _take(self, block: bytes) -> None:
        number, event = self._seen, None
        for line in block.split(b"\n"):
            if line.startswith(b"id: "):
                number = int(line[4:])
            elif line.startswith(b"data: "):
                event = json.loads(line[6:])
        if event is not None and event["kind"] == "cleared":
            for person in self._joined.values():
                await person.read_chat()
        elif event is not None:
            joined = self._joined.get((event["bot"], event["person"]))
            if joined is not None:
                joined.take(number, event)
        self._seen = number


class PeopleError(Exception):
    """What a person tried is impossible in this chat."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status
        self.description = description
