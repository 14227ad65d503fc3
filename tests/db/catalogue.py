"""What stands in a database, read from PostgreSQL's own catalogue; alembic's table is left out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

from db.migrations import connect
from db.models import Base
from db.models.triggers import functions, triggers

OURS = "nspname !~ '^pg_' and nspname <> 'information_schema'"
ALEMBIC = "alembic_version"

# Each query yields the name of a thing and everything that makes it what it is.
QUERIES = {
    "tables": f"""
        select relname, concat_ws(' ', relkind, relpersistence, relrowsecurity, reloptions)
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where {OURS} and relkind not in ('i', 'c') and relname <> '{ALEMBIC}'
    """,
    # Not their order: a column that a later migration adds stands last.
    "columns": f"""
        select relname || '.' || attname, concat_ws(' ',
            format_type(atttypid, atttypmod), 'not null ' || attnotnull, attidentity, attgenerated,
            'default ' || pg_get_expr(adbin, adrelid), attcollation::regcollation)
        from pg_attribute join pg_class on pg_class.oid = attrelid
        join pg_namespace on pg_namespace.oid = relnamespace
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where {OURS} and relkind = 'r' and attnum > 0 and not attisdropped
            and relname <> '{ALEMBIC}'
    """,
    # Since PostgreSQL 18 `not null` is a constraint too ('n'); the columns say it already.
    "constraints": f"""
        select relname || '.' || conname,
            concat_ws(' ', pg_get_constraintdef(pg_constraint.oid), convalidated, condeferrable)
        from pg_constraint join pg_class on pg_class.oid = conrelid
        join pg_namespace on pg_namespace.oid = relnamespace
        where {OURS} and contype <> 'n' and relname <> '{ALEMBIC}'
    """,
    "indexes": f"""
        select pg_class.relname, pg_get_indexdef(indexrelid) || ' ' || indisvalid
        from pg_index join pg_class on pg_class.oid = indexrelid
        join pg_namespace on pg_namespace.oid = relnamespace
        where {OURS} and indrelid <> coalesce(to_regclass('{ALEMBIC}')::oid, 0)
    """,
    "types": f"""
        select typname, concat_ws(' ', typtype, array(
            select enumlabel from pg_enum where enumtypid = pg_type.oid order by enumsortorder))
        from pg_type join pg_namespace on pg_namespace.oid = typnamespace
        where {OURS} and typrelid = 0 and typname <> '_{ALEMBIC}'
    """,
    "triggers": f"""
        select tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled)
        from pg_trigger join pg_class on pg_class.oid = tgrelid
        join pg_namespace on pg_namespace.oid = relnamespace
        where {OURS} and not tgisinternal
    """,
    "functions": f"""
        select proname, pg_get_functiondef(pg_proc.oid)
        from pg_proc join pg_namespace on pg_namespace.oid = pronamespace where {OURS}
    """,
}

Catalogue = dict[str, dict[str, str]]
NOTHING: Catalogue = {kind: {} for kind in QUERIES}


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the driver itself: its errors name the constraint that refused."""
    dsn = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


async def read(database_url: str) -> Catalogue:
    async with connected(database_url) as connection:
        return {
            kind: {row[0]: row[1] for row in await connection.fetch(query)}
            for kind, query in QUERIES.items()
        }


async def build_from_models(database_url: str) -> None:
    """Make the schema as the models declare it, without the migrations."""
    async with connect(database_url) as connection:
        version = await connection.exec_driver_sql("show server_version_num")
        for function in functions(int(version.scalar_one())):
            await connection.exec_driver_sql(function.sql)
        await connection.run_sync(Base.metadata.create_all)
        for trigger in triggers(Base.metadata):
            await connection.exec_driver_sql(trigger.sql)
        await connection.commit()
