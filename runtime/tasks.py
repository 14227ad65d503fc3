"""Commands that do one thing and end: migrate, import, prepare, back up, restore."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.views.complaints import sentence
from bot.views.tongue import Tongue
from db.migrations import pending, upgrade
from domain.people.records import Language
from domain.practice.library.complaints import Complaint
from runtime import backup, content
from runtime.embedded.postgres import installation
from runtime.ground import Ground, ground
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


async def _import(on: Ground, folder: Path, say: Say, most: int | None = None) -> int:
    """All or nothing: a fault anywhere is reported with its line and nothing is imported."""
    done = await content.import_library(on.engine, folder, most=most)
    _complain(done.complaints, say)
    if done.complaints:
        say(f"nothing was imported: {len(done.complaints)} faults to mend first")
        return 1
    say(f"{done.problems} problems in the library, {done.changed} new or changed")
    return 0


def check_library(places: Sequence[Path], say: Say) -> int:
    """Everything that is wrong, a line each; without a database."""
    found = content.check(places or [content.LIBRARY])
    _complain(found.complaints, say)
    problems = [one.problem for one in found.problems]
    templates = sum(bool(one.parameters) for one in problems)
    topics = len({one.topic for one in problems})
    classes = ", ".join(
        f"class {grade}: {sum(one.grade == grade for one in problems)}"
        for grade in sorted({one.grade for one in problems})
    )
    say(
        f"{len(problems)} problems without fault ({templates} templates; {classes or 'no class'};"
        f" {topics} topics), {len(found.complaints)} complaints"
    )
    return 1 if found.complaints else 0


def _complain(complaints: Sequence[Complaint], say: Say) -> None:
    tongue = Tongue(Language.EN, {})
    for one in complaints:
        place = f"{one.file}:{one.line}:" if one.line else f"{one.file}:"
        slug = f" {one.slug}:" if one.slug else ""
        say(f"{place}{slug} {sentence(one.key, one.values, tongue)}")


async def prepare(settings: Settings, say: Say) -> int:
    """What `run` needs before anything else starts."""
    async with ground(settings) as on:
        await _migrate(on, say)
        return await _import(on, content.LIBRARY, say, content.AT_A_START)


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
