"""How alembic reaches the database: db/migrations.py says where, or by hand DATABASE_URL does."""

import asyncio
import logging
import os

from sqlalchemy import Connection, text

from alembic import context
from db.migrations import DATABASE_URL, LOCK, connect
from db.models import Base


def migrate(connection: Connection) -> None:
    """Run what was asked, each migration in a transaction of its own, one process at a time.

    The lock belongs to the connection: it outlives the transactions and ends with the process.
    """
    connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_at(database_url: str) -> None:
    async with connect(database_url) as connection:
        await connection.run_sync(migrate)


def address() -> str:
    given: str | None = context.config.attributes.get(DATABASE_URL)
    if given is not None:
        return given
    if not os.environ.get(DATABASE_URL):
        raise SystemExit(f"Say in {DATABASE_URL} which database to migrate.")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    return os.environ[DATABASE_URL]


if context.is_offline_mode():
    raise SystemExit("The migrations ask the server for its version: they need a connection.")
asyncio.run(migrate_at(address()))
