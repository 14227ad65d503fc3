"""The schema's history, run from within the program: up, down, and where it stands."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from threading import Lock

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from alembic import command

DATABASE_URL = "DATABASE_URL"

LOCK = 0x64617273
"""The advisory lock under which one process at a time migrates: "dars" in ASCII."""

SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"

# Alembic keeps what it is doing in module globals: within a process, one command at a time.
_one_command = Lock()


@asynccontextmanager
async def connect(database_url: str) -> AsyncIterator[AsyncConnection]:
    """One connection over asyncpg, whatever driver the address names, closed at the end."""
    url = make_url(database_url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def configuration() -> Config:
    config = Config(stdout=StringIO())
    # ConfigParser would take a percent sign in the path for the start of a reference.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


async def run(database_url: str, act: Callable[[Config], object]) -> None:
    """Let one of alembic's commands work, silently, in a thread with an event loop of its own."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = configuration()
    config.attributes[DATABASE_URL] = database_url

    def work() -> None:
        with _one_command:
            act(config)

    await asyncio.to_thread(work)


async def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring the schema up to a revision; two processes at once take turns."""
    await run(database_url, lambda config: command.upgrade(config, revision))


async def downgrade(database_url: str, revision: str = "base") -> None:
    """Take the schema down to a revision; at "base" only alembic's own, empty table is left."""
    await run(database_url, lambda config: command.downgrade(config, revision))


async def check(database_url: str) -> None:
    """Raise alembic's CommandError where its comparison finds models and database apart."""
    await run(database_url, command.check)


async def current(database_url: str) -> str | None:
    """The revision at which the database stands; None where nothing was ever migrated."""
    async with connect(database_url) as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


async def pending(database_url: str) -> list[str]:
    """The revisions that the database lacks, in the order in which they would be applied.

    Raises alembic's CommandError where the database stands at a revision unknown here.
    """
    stands = await current(database_url)
    scripts = ScriptDirectory.from_config(configuration())
    missing = scripts.iterate_revisions("heads", stands or "base")
    return [one.revision for one in missing][::-1]
