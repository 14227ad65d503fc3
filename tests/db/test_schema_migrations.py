"""The migrations build exactly what the models declare, and take all of it away again."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from db.migrations import LOCK, SCRIPTS, check, current, downgrade, pending, upgrade
from tests.db.catalogue import NOTHING, Catalogue, build_from_models, connected, read
from tests.db.waiting import until_somebody_waits
from tests.services import Databases


@pytest.fixture
def modelled_database_url(databases: Databases) -> Iterator[str]:
    yield databases.create("modelled")
    databases.drop("modelled")


async def test_up_down_and_up_again(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    first = await read(empty_database_url)
    assert first["tables"]
    await downgrade(empty_database_url)
    assert await read(empty_database_url) == NOTHING
    await upgrade(empty_database_url)
    assert await read(empty_database_url) == first


async def test_every_step_down_undoes_its_step_up(empty_database_url: str) -> None:
    for revision in await pending(empty_database_url):
        before = await read(empty_database_url)
        await upgrade(empty_database_url, revision)
        after = await read(empty_database_url)
        await downgrade(empty_database_url, "-1")
        assert await read(empty_database_url) == before
        await upgrade(empty_database_url, revision)
        assert await read(empty_database_url) == after


async def test_migrations_and_models_agree(database_url: str, modelled_database_url: str) -> None:
    await check(database_url)
    await build_from_models(modelled_database_url)
    assert await read(database_url) == await read(modelled_database_url)


DIFFERENCES = [
    (
        "alter table users drop constraint ck_users_telegram_id_positive,"
        " add constraint ck_users_telegram_id_positive check (telegram_id > 1)"
    ),
    "alter table users rename constraint ck_users_telegram_id_positive to other",
    "alter table users alter timezone set default 'UTC'",
    "alter table users alter created_at type timestamp",
    "alter table users alter username type varchar(65)",
    "alter table users alter username set not null",
    "alter type language add value 'hi'",
    "alter type language rename value 'en' to 'eo'",
    "create type spare_type as (one int)",
    (
        "drop index ix_inbox_waiting;"
        " create index ix_inbox_waiting on inbox (bot_id, update_id) where state = 'done'"
    ),
    "alter table inbox disable trigger tr_inbox_ends_once",
    "drop trigger tr_inbox_ends_once on inbox",
    (
        "create or replace function touch_updated_at() returns trigger language plpgsql"
        " as 'begin return new; end'"
    ),
    (
        "alter table outbox drop constraint fk_outbox_user_id_users,"
        " add constraint fk_outbox_user_id_users foreign key (user_id) references users (id)"
    ),
    "create view spare_view as select id from users",
    "create sequence spare_sequence",
    "create schema spare create table spare (one int)",
]


async def test_the_comparison_sees_differences(database_url: str) -> None:
    before = await read(database_url)
    async with connected(database_url) as connection:
        for difference in DIFFERENCES:
            await connection.execute(difference)
            after = await read(database_url)
            assert after != before, difference
            before = after


async def test_where_it_stands(empty_database_url: str) -> None:
    assert await current(empty_database_url) is None
    whole = await pending(empty_database_url)
    await upgrade(empty_database_url, whole[0])
    assert await current(empty_database_url) == whole[0]
    assert await pending(empty_database_url) == whole[1:]
    await upgrade(empty_database_url)
    assert await current(empty_database_url) == whole[-1]
    assert await pending(empty_database_url) == []


@asynccontextmanager
async def somebody_migrates(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    async with connected(database_url) as connection:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        yield connection


async def test_a_second_process_waits_for_the_first(empty_database_url: str) -> None:
    async with somebody_migrates(empty_database_url) as first:
        second = asyncio.create_task(upgrade(empty_database_url))
        await until_somebody_waits(first)
        assert await current(empty_database_url) is None
    await second
    assert await pending(empty_database_url) == []


async def test_two_upgrades_in_one_process_take_turns(empty_database_url: str) -> None:
    await asyncio.gather(upgrade(empty_database_url), upgrade(empty_database_url))
    assert await pending(empty_database_url) == []


async def test_a_migration_that_fails_leaves_nothing_half_done(database_url: str) -> None:
    await downgrade(database_url, "0002")
    async with connected(database_url) as connection:
        await connection.execute("create view hindrance as select id from problems")
        before = await read(database_url)
        with pytest.raises(DBAPIError, match="cannot drop table problems"):
            await downgrade(database_url, "0001")
        assert await current(database_url) == "0002"
        after = await read(database_url)
        for table in ("problems", "practice_sessions", "practice_items", "responses"):
            assert rows_of(after, table) == rows_of(before, table)
        await connection.execute("drop view hindrance")
    await upgrade(database_url)
    assert await pending(database_url) == []


def rows_of(catalogue: Catalogue, table: str) -> dict[str, str]:
    return {name: text for name, text in catalogue["columns"].items() if name.startswith(table)}


def by_hand(command: str, database_url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "alembic", *command.split()],
        cwd=SCRIPTS.parent,
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
    )


async def test_alembic_by_hand_finds_the_database_and_the_models(database_url: str) -> None:
    assert by_hand("downgrade -1", database_url).returncode == 0
    assert len(await pending(database_url)) == 1
    assert by_hand("upgrade head", database_url).returncode == 0
    assert await pending(database_url) == []


def test_alembic_by_hand_asks_for_the_database() -> None:
    refused = by_hand("current", "")
    assert refused.returncode != 0
    assert "DATABASE_URL" in refused.stderr
