"""What holds for every table, now and later: keys, names, types of columns, indexes."""

import asyncpg
import pytest

from db.models import Base
from db.models.base import TOUCHED
from tests.db.catalogue import OURS, connected, read

LONGEST_NAME = 63

CONSTRAINTS = f"""
    select relname as "table", conname as name, contype::text as kind, confdeltype::text as deletes,
        confrelid::regclass::text as refers,
        array(select attname from unnest(conkey) with ordinality as key (number, place)
            join pg_attribute on attrelid = conrelid and attnum = number order by place) as columns
    from pg_constraint join pg_class on pg_class.oid = conrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where {OURS} and relname <> 'alembic_version' and contype <> 'n'
"""

# Only whole indexes, or those that leave out nothing but nulls, which refer to no row; and only
# plain columns up to the first expression.
INDEXES = f"""
    select relname as "table", array(
        select attname from unnest(indkey::int[]) with ordinality as key (number, place)
        join pg_attribute on attrelid = indrelid and attnum = number order by place) as columns
    from pg_index join pg_class on pg_class.oid = indrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where {OURS} and indisvalid and (indpred is null
        or pg_get_expr(indpred, indrelid) = format('(%s IS NOT NULL)', (select attname
            from pg_attribute where attrelid = indrelid and attnum = indkey[0])))
"""

INDEX_NAMES = f"""
    select tables.relname as "table", indexes.relname as name, indisunique as "unique"
    from pg_index join pg_class as indexes on indexes.oid = indexrelid
    join pg_class as tables on tables.oid = indrelid
    join pg_namespace on pg_namespace.oid = tables.relnamespace
    where {OURS} and tables.relname <> 'alembic_version'
        and not exists (select from pg_constraint where conindid = indexrelid)
"""

KEY_DEFAULTS = f"""
    select relname as "table", attname as "column", pg_get_expr(adbin, adrelid) as "default"
    from pg_index join pg_class on pg_class.oid = indrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where {OURS} and indisprimary and relname <> 'alembic_version'
"""


async def fetch(database_url: str, query: str) -> list[asyncpg.Record]:
    async with connected(database_url) as connection:
        found = await connection.fetch(query)
    assert found
    return list(found)


def expected_name(one: asyncpg.Record) -> str:
    """The name by the convention; a check's own part is free, so its prefix is all there is.

    A foreign key whose name would be too long for PostgreSQL leaves out the table it refers to.
    """
    columns = "_".join(one["columns"])
    refers = f"_{one['refers']}"
    if len(f"fk_{one['table']}_{columns}{refers}") > LONGEST_NAME:
        refers = ""
    return {
        "p": f"pk_{one['table']}",
        "u": f"uq_{one['table']}_{columns}",
        "f": f"fk_{one['table']}_{columns}{refers}",
        "c": one["name"] if one["name"].startswith(f"ck_{one['table']}_") else "ck_…",
    }[one["kind"]]


async def test_constraints_are_named_by_the_convention(database_url: str) -> None:
    for one in await fetch(database_url, CONSTRAINTS):
        assert one["name"] == expected_name(one)


async def test_indexes_and_triggers_are_named_after_their_tables(database_url: str) -> None:
    for one in await fetch(database_url, INDEX_NAMES):
        prefix = "uq" if one["unique"] else "ix"
        assert one["name"].startswith(f"{prefix}_{one['table']}_")
    for name, definition in (await read(database_url))["triggers"].items():
        table = definition.split(" ON public.")[1].split()[0]
        assert name.startswith(f"tr_{table}_")


async def test_every_foreign_key_has_an_index_that_begins_with_it(database_url: str) -> None:
    indexes = await fetch(database_url, INDEXES)
    for key in await fetch(database_url, CONSTRAINTS):
        if key["kind"] == "f":
            width = len(key["columns"])
            assert any(
                index["table"] == key["table"]
                and set(index["columns"][:width]) == set(key["columns"])
                for index in indexes
            ), f"{key['name']} has no index"


async def test_every_foreign_key_says_what_a_delete_does(database_url: str) -> None:
    for key in await fetch(database_url, CONSTRAINTS):
        if key["kind"] == "f":
            assert key["deletes"] != "a", f"{key['name']} has no ON DELETE"


async def test_every_timestamp_has_a_time_zone(database_url: str) -> None:
    columns = (await read(database_url))["columns"]
    assert any(text.startswith("timestamp with time zone") for text in columns.values())
    for name, text in columns.items():
        assert not text.startswith("timestamp without"), name


async def test_money_is_exact(database_url: str) -> None:
    columns = (await read(database_url))["columns"]
    money = {name: text for name, text in columns.items() if name.endswith("_usd")}
    assert money
    for name, text in columns.items():
        assert not text.startswith(("real", "money")), name
    for name, text in money.items():
        assert text.startswith("numeric(12,6)"), name


async def test_a_primary_key_is_made_by_the_server_or_comes_from_elsewhere(
    database_url: str,
) -> None:
    """Set-based inserts name no `id`. Others: a parent's, Telegram's, a topic, a name."""
    parents = {
        (one["table"], column)
        for one in await fetch(database_url, CONSTRAINTS)
        if one["kind"] == "f"
        for column in one["columns"]
    }
    for key in await fetch(database_url, KEY_DEFAULTS):
        if key["column"] == "id" and (key["table"], "id") not in parents:
            assert key["default"] == "uuidv7()", key["table"]
        else:
            assert key["default"] is None, key["table"]
            elsewhere = key["column"] in {"bot_id", "slug", "topic", "job"}
            assert (key["table"], key["column"]) in parents or elsewhere


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_updated_at_is_kept_wherever_it_stands(table: object) -> None:
    one = Base.metadata.tables[str(table)]
    assert ("updated_at" in one.columns) == bool(one.info.get(TOUCHED))
