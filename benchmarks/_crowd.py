"""The people of a benchmark: they write to a bot and wait for its replies."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import aiohttp

IN_FLIGHT = 4
# The rate is taken between these shares of a round's replies, when all people are busy.
FROM, TO = 0.1, 0.75
LISTENING_SECONDS = 10.0
ROUND_SECONDS = 30.0

Json = dict[str, Any]


class Crowd:
    """The people: they write to a bot and count its replies, all over one stream of events."""

    def __init__(self, http: aiohttp.ClientSession, bot: int) -> None:
        self._http = http
        self._bot = bot
        self._replies: asyncio.Queue[int] = asyncio.Queue()
        self._numbers = itertools.count(1)

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator["Crowd"]:
        began = asyncio.Event()
        reader = asyncio.create_task(self._read(began))
        try:
            await asyncio.wait_for(began.wait(), LISTENING_SECONDS)
            yield self
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def answer(self, texts: Mapping[int, Sequence[str]]) -> float:
        """Everyone gives all their answers; returns replies a second while all are busy."""
        waiting = {person: iter(all_) for person, all_ in texts.items()}
        count = sum(map(len, texts.values()))
        first = [
            (person, text)
            for _ in range(IN_FLIGHT)
            for person in texts
            if (text := next(waiting[person], None)) is not None
        ]
        await self._say(first)
        instants: list[float] = []
        async with asyncio.timeout(ROUND_SECONDS):
            while len(instants) < count:
                arrived = [await self._replies.get()]
                while not self._replies.empty():
                    arrived.append(self._replies.get_nowait())
                instants += [time.perf_counter()] * len(arrived)
                following = [
                    (person, text)
                    for person in arrived
                    if (text := next(waiting[person], None)) is not None
                ]
                if following:
                    await self._say(following)
        start, end = int(FROM * count), int(TO * count)
        return (end - start) / (instants[end] - instants[start])

    async def _say(self, said: Sequence[tuple[int, str]]) -> None:
        updates = [self._update(person, text) for person, text in said]
        body = {"bot": self._bot, "updates": updates}
        async with self._http.post("/control/updates", json=body) as response:
            response.raise_for_status()

    def _update(self, person: int, text: str) -> Json:
        """A message as the local chat would queue it, without a round trip for each."""
        who = {"id": person, "is_bot": False, "first_name": f"Student {person}"}
        message = {
            "message_id": next(self._numbers),
            "from": who,
            "chat": {"id": person, "type": "private", "first_name": who["first_name"]},
            "date": int(time.time()),
            "text": text,
        }
        return {"message": message}

    async def _read(self, began: asyncio.Event) -> None:
        """Notes who was replied to; an event is one block of lines, its person stands in it."""
        async with self._http.get("/api/events", params={"bot": str(self._bot)}) as response:
            rest = b""
            async for chunk in response.content.iter_any():
                *whole, rest = (rest + chunk).split(b"\n\n")
                began.set()
                for block in whole:
                    if b'"kind":"message"' in block and b'"out":false' in block:
                        person = block.partition(b'"person":')[2].partition(b",")[0]
                        self._replies.put_nowait(int(person))
