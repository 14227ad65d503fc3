"""Two connections that meet at a lock."""

import asyncio
from time import monotonic

import asyncpg


async def until_somebody_waits(connection: asyncpg.Connection) -> None:
    """Until a connection to this database waits for an advisory lock that another one holds."""
    deadline = monotonic() + 20
    waiting = """select exists (
        select from pg_locks join pg_database on pg_database.oid = database
        where datname = current_database() and locktype = 'advisory' and not granted)"""
    while not await connection.fetchval(waiting):
        assert monotonic() < deadline, "nobody waits for the lock"
        await asyncio.sleep(0.01)
