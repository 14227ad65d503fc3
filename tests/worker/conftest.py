"""A class whose work can be judged, over a database and a storage of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from domain.storage import Storage
from engines.storage.folder import FolderStorage
from tests.worker.classroom import Classroom


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return FolderStorage(tmp_path / "objects")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = get_engine(database_url, PoolSettings(size=8))
    yield made
    await made.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.fixture
async def classroom(
    database: asyncpg.Connection, engine: AsyncEngine, storage: Storage
) -> Classroom:
    made = Classroom(database, engine, storage)
    await made.open(students=31)
    return made
