"""One leader among many processes: an advisory lock on a connection of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import connection

CLOCK = 0x0DA5_C10C

TRY = "select pg_try_advisory_lock($1::bigint)"
RELEASE = "select pg_advisory_unlock($1::bigint)"


@asynccontextmanager
async def leadership(
    engine: AsyncEngine, lock: int = CLOCK
) -> AsyncIterator[Callable[[], Awaitable[bool]] | None]:
    """Whether the lock is held still, as a question to ask; None where another process leads.

    The server frees the lock when this connection ends, however it ends.
    """
    async with connection(engine) as guard:
        if not await guard.fetchval(TRY, lock):
            yield None
            return

        async def holds() -> bool:
            try:
                return bool(await guard.fetchval("select 1"))
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                return False

        try:
            yield holds
        finally:
            if not guard.is_closed():
                await guard.fetchval(RELEASE, lock)
