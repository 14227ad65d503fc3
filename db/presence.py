"""Showing that a process lives: an advisory lock, which the server frees however it ends."""

import asyncio
import secrets

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import connection
from domain.errors import Unavailable

# How often a process that lives makes sure that its lock is still its own.
LIFE_SECONDS = 2.0
RETRY_SECONDS = 0.2
LOCK = "select pg_advisory_lock($1::int, $2::int)"
UNLOCK = "select pg_advisory_unlock($1::int, $2::int)"


class Presence:
    """One process among those of a kind: the keys of its lock are the kind and its number."""

    def __init__(self, engine: AsyncEngine, kind: int) -> None:
        self._engine = engine
        self._kind = kind
        self.number = secrets.randbelow(2**31 - 1) + 1
        self.shown = asyncio.Event()
        """Set while the lock is held."""

    async def show(self) -> None:
        """Until cancelled. A connection that the server drops is made anew, and the lock taken
        again."""
        while True:
            try:
                async with connection(self._engine) as guard:
                    await self._hold(guard)
            except Unavailable:
                await asyncio.sleep(RETRY_SECONDS)

    async def _hold(self, guard: asyncpg.Connection) -> None:
        await guard.execute(LOCK, self._kind, self.number)
        self.shown.set()
        try:
            while True:
                await asyncio.sleep(LIFE_SECONDS)
                await guard.fetchval("select 1")
        finally:
            self.shown.clear()
            if not guard.is_closed():
                await guard.execute(UNLOCK, self._kind, self.number)
