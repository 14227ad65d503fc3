"""Commands that do one thing and end: migrate, import, prepare, back up, restore."""

from collections.abc import Callable
from pathlib import Path

from db.migrations import pending, upgrade
from runtime import backup, content
from runtime.embedded.postgres import installation
from runtime.processes import Ground, ground
from runtime.settings import Settings

Say = Callable[[str], None]


async def migrate(settings: Settings, say: Say) -> int:
    async with ground(settings) as on:
        await _migrate(on, say)
    return 0


async def _migrate(on: Ground, say: Say) -> None:
    waiting = await pending(on.database_url)
    await upgrade(on.database_url)
    say(f"the database is current ({len(waiting)} migrations applied)")


async def import_library(settings: Settings, folder: Path | None, say: Say) -> int:
    async with ground(settings) as on:
        return await _import(on, folder or content.LIBRARY, say)


async def _import(on: Ground, folder: Path, say: Say) -> int:
    """All or nothing: a fault anywhere is reported with its line and nothing is imported."""
    done = await content.import_library(on.engine, folder)
    for one in done.complaints:
        say(f"{one.file}:{one.line}: {one.what}")
    if done.complaints:
        say(f"nothing was imported: {len(done.complaints)} faults to mend first")
        return 1
    say(f"{done.problems} problems in the library, {done.changed} new or changed")
    return 0


async def prepare(settings: Settings, say: Say) -> int:
    """What `run` needs before anything else starts."""
    async with ground(settings) as on:
        await _migrate(on, say)
        return await _import(on, content.LIBRARY, say)


async def back_up(settings: Settings, file: Path, say: Say) -> int:
    async with ground(settings) as on:
        try:
            report = await backup.back_up(file, _dsn(on), on.storage, _binary)
        except backup.BackupError as error:
            say(str(error))
            return 1
    say(report.sentence())
    return 0


async def restore(settings: Settings, file: Path, say: Say) -> int:
    async with ground(settings) as on:
        try:
            report = await backup.restore(file, _dsn(on), on.storage, _binary)
        except backup.BackupError as error:
            say(str(error))
            return 1
    say(report.sentence())
    return 0


def _dsn(on: Ground) -> str:
    """The address as PostgreSQL's own programs read it."""
    return on.database_url.replace("postgresql+asyncpg://", "postgresql://", 1)


def _binary(name: str) -> Path:
    return installation() / "bin" / name
