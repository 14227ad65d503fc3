"""GET /calendar/TOKEN.ics: somebody's calendar, for the calendar program that they gave the link.

Whoever asks with a token that is unknown, revoked or no token at all costs and learns the same:
one look-up by its hash, and a 404. No token is ever logged.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import TypeVar

import structlog
from aiohttp import web

from bot.views.calendar_file import calendar_file
from bot.views.registry import Renderer
from bot.web import not_found
from domain.calendar import agenda, links
from domain.errors import Unavailable
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

Value = TypeVar("Value")
Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

# A calendar program asks a few times a day; somebody who sets one up, a few times at once.
AT_ONCE = 10
APART = timedelta(minutes=1)
LOOKED_UP_AT_ONCE = 4
"""Of the database's connections, so that the chat has the others."""
REMEMBERED = 10_000
"""Links that are kept in mind, a hundred bytes each."""
RETRY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """How a calendar was when it was last asked for, and since when it was seen so."""

    etag: str
    since: datetime


class CalendarFeed:
    """Answers calendar programs; what it remembers of them is lost with the process."""

    def __init__(self, open_: Open, renderer: Renderer, clock: Callable[[], datetime]) -> None:
        self._open = open_
        self._renderer = renderer
        self._clock = clock
        self._looking = asyncio.Semaphore(LOOKED_UP_AT_ONCE)
        self._free_at: OrderedDict[str, datetime] = OrderedDict()
        self._seen: OrderedDict[str, Seen] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        return [web.get(path("{token}"), self._answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        hashed = links.token_hash(token)
        now = self._clock()
        wait = self._counted(hashed, now)
        if wait > 0:
            return web.Response(status=429, headers={"Retry-After": str(wait)})
        try:
            content = await self._calendar(token, now)
        except Unavailable:
            return web.Response(status=503, headers={"Retry-After": str(RETRY_SECONDS)})
        except Exception:
            # Left to the server, the request would be logged, and its address holds the token.
            log.exception("a calendar could not be written")
            return web.Response(status=500)
        if content is None:
            return not_found()
        return self._response(request, content, self._noted(hashed, content, now))

    async def _calendar(self, token: str, now: datetime) -> bytes | None:
        async with self._looking, self._open() as work:
            person = await links.owner(work, token)
            if person is None:
                return None
            events = await agenda.feed(work, person, now)
        return calendar_file(events, self._renderer.tongue(person.language))

    def _counted(self, hashed: str, now: datetime) -> int:
        """Counts a request; seconds to wait where there were too many, else 0."""
        due = max(self._free_at.get(hashed, now), now)
        over = due + APART - now - AT_ONCE * APART
        if over > timedelta():
            return ceil(over.total_seconds())
        _remember(self._free_at, hashed, due + APART)
        return 0

    def _noted(self, hashed: str, content: bytes, now: datetime) -> Seen:
        seen = self._seen.get(hashed)
        etag = sha256(content).hexdigest()[:32]
        if seen is None or seen.etag != etag:
            seen = Seen(etag, now.replace(microsecond=0))
        _remember(self._seen, hashed, seen)
        return seen

    def _response(self, request: web.Request, content: bytes, seen: Seen) -> web.Response:
        headers = {"Cache-Control": "private, max-age=600", "X-Robots-Tag": "noindex"}
        if _is_known(request, seen):
            answer = web.Response(status=304, headers=headers)
        else:
            answer = web.Response(
                body=content, content_type="text/calendar", charset="utf-8", headers=headers
            )
        answer.etag = seen.etag
        answer.last_modified = seen.since
        return answer


def path(token: str) -> str:
    """Where a link leads, behind the public address."""
    return f"/calendar/{token}.ics"


def _is_known(request: web.Request, seen: Seen) -> bool:
    """Whether whoever asks has this very calendar; its date only counts where no tag is given."""
    tags = request.if_none_match
    if tags is not None:
        return any(tag.value in (seen.etag, "*") for tag in tags)
    date = request.if_modified_since
    return date is not None and seen.since <= date


def _remember(memory: OrderedDict[str, Value], key: str, value: Value) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > REMEMBERED:
        memory.popitem(last=False)
