"""Two connections that meet at a lock."""

import asyncio
from time import monotonic

import asyncpg


async def until_somebody_waits(connection: asyncpg.Connection) -> None:
    """Until a connection to this database waits for a lock that another one holds.

    A lock upon a row is waited for as a transaction's, which is of no database.
    """
    deadline = monotonic() + 20
    waiting = """select exists (
        select from pg_locks as waited where not granted and exists (
            select from pg_locks as held join pg_database on pg_database.oid = held.database
            where datname = current_database() and held.pid = waited.pid))"""
    while not await connection.fetchval(waiting):
        assert monotonic() < deadline, "nobody waits for the lock"
        await asyncio.sleep(0.01)
