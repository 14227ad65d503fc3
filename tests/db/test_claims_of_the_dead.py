"""What a process claimed is free again when it is dead; and not when only its connection is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.mailbox import SqlMailbox
from db.repositories.mailbox_statements import CLAIMS

BOT = 1000001
FREE = "select count(*) from outbox where claimed_by is null"


@asynccontextmanager
async def living(engine: AsyncEngine) -> AsyncIterator[SqlMailbox]:
    mailbox = SqlMailbox(engine, BOT)
    showing = asyncio.create_task(mailbox.show_life())
    await asyncio.wait_for(mailbox.alive.wait(), 10)
    yield mailbox
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)


@pytest.fixture
async def waiting(database: asyncpg.Connection) -> asyncpg.Connection:
    await database.execute(
        "insert into outbox (bot_id, chat_id, view, send_after)"
        " select $1, n, 'a', '-infinity' from generate_series(1, 5) as n",
        BOT,
    )
    return database


async def test_who_lost_a_connection_keeps_what_it_is_about_to_send(
    engine: AsyncEngine, waiting: asyncpg.Connection
) -> None:
    """As all do when the server begins anew: it would be sent twice."""
    other = SqlMailbox(engine, BOT)
    async with living(engine) as mailbox:
        assert len(await mailbox.claim(10)) == 5
        assert not await other.free_claims_of_the_dead()
        await waiting.execute(
            "select pg_terminate_backend(pid) from pg_locks"
            " where locktype = 'advisory' and classid = $1",
            CLAIMS,
        )
        async with asyncio.timeout(10):
            while mailbox.alive.is_set():
                await other.free_claims_of_the_dead()
                await asyncio.sleep(0.05)
            await mailbox.alive.wait()
        assert not await other.free_claims_of_the_dead()
        assert await waiting.fetchval(FREE) == 0


async def test_who_is_dead_for_a_while_has_claimed_nothing(
    engine: AsyncEngine, waiting: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SqlMailbox(engine, BOT)
    async with living(engine) as mailbox:
        await mailbox.claim(10)
    assert await other.free_claims_of_the_dead()
    assert await waiting.fetchval(FREE) == 0
    monkeypatch.setattr("db.mailbox.SURE_SECONDS", 0.0)
    assert not await other.free_claims_of_the_dead()
    assert await waiting.fetchval(FREE) == 5
