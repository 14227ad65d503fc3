"""The newest PostgreSQL makes UUIDv7 itself; an older one gets the same from our migration."""

import uuid
from collections.abc import Iterator
from itertools import pairwise
from time import time

import asyncpg
import pytest

from db.migrations import downgrade, upgrade
from runtime.embedded.postgres import EmbeddedPostgres
from tests.db.catalogue import NOTHING, build_from_models, connected, read
from tests.services import Databases


@pytest.fixture(scope="module")
def older_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Databases of the wheel's older PostgreSQL, which has no `uuidv7()` of its own."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("pg") / "older", unsafe_but_fast=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("runtime.embedded.postgres.INSTALLATIONS", ("pginstall",))
        server.start_sync()
    made = Databases(server)
    yield made
    made.close()
    server.stop_sync()


async def test_an_older_server_gets_the_same_schema(
    older_databases: Databases, database_url: str
) -> None:
    migrated, modelled = older_databases.create("up_and_down"), older_databases.create("modelled")
    await upgrade(migrated)
    older = await read(migrated)
    await build_from_models(modelled)
    assert await read(modelled) == older
    assert older["functions"].pop("uuidv7")
    assert older == await read(database_url)
    await downgrade(migrated)
    assert await read(migrated) == NOTHING


async def test_the_newest_server_uses_its_own_function(database_url: str) -> None:
    assert "uuidv7" not in (await read(database_url))["functions"]


async def made_keys(connection: asyncpg.Connection) -> list[uuid.UUID]:
    await connection.execute("create temp table made (number int, id uuid default uuidv7())")
    await connection.execute("insert into made (number) select generate_series(1, 5000)")
    rows = await connection.fetch("select id from made order by number")
    return [uuid.UUID(str(row[0])) for row in rows]


@pytest.mark.parametrize("server", ["newest", "older"])
async def test_keys_of_one_insert_differ_and_sort_by_birth(
    server: str, database_url: str, older_databases: Databases
) -> None:
    url = older_databases.create_migrated("keys") if server == "older" else database_url
    async with connected(url) as connection:
        began = time()
        ids = await made_keys(connection)
    assert len(set(ids)) == 5000
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    born = [(one.int >> 80) / 1000 for one in ids]
    assert began - 1 < born[0] <= born[-1] < time() + 1
    # A clock that is set back in the middle may cost an inversion, nothing else may.
    assert sum(one > after for one, after in pairwise(ids)) < 5
    fractions = {one.int >> 64 & 0xFFF for one in ids}
    assert max(fractions) > 0xE00
    assert min(fractions) < 0x200
    assert len({one.int & 0x3FFFFFFFFFFFFFFF for one in ids}) == 5000
