"""Waiting for a database that cannot be reached."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from domain.errors import Unavailable

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
T = TypeVar("T")


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Does it once the database can be reached; a lease that was lost meanwhile forbids it."""
    pause = PAUSE_SECONDS
    while True:
        try:
            return await work()
        except Unavailable as error:
            log.warning("the database is waited for", why=str(error))
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
