"""An engine on a database of the test's own, and a connection of the driver's beside it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from tests.db.catalogue import connected


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = get_engine(database_url, PoolSettings(pooled=False))
    yield made
    await made.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    async with connected(database_url) as connection:
        yield connection
