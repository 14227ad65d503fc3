"""Everything of a Dars in one file: the database and all stored objects.

The file is a gzipped tar of manifest.json, database.dump (pg_dump's custom format, one snapshot)
and objects/. Objects are never overwritten, so copying them after the snapshot keeps both in
step: every object that the dump names is there, unless its owner erased it meanwhile.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.migrations import connect, current
from db.models import Base
from db.models.triggers import FUNCTIONS
from domain.errors import Fault
from domain.storage import Storage
from runtime.archive import DUMP, OBJECTS, BackupError, digest_of, object_keys, pack, unpack

__all__ = ["BackupError", "Report", "back_up", "restore"]

CONTENT_TYPE = "application/octet-stream"

# What migrations made goes, so that the dump makes it anew.
EMPTY = "drop schema public cascade;\ncreate schema public;\n"
SAME_REVISION = """do $$ begin
if (select array_agg(version_num::text) from public.alembic_version)
    is distinct from array['{}'] then
    raise exception 'the dump is not of the revision that the backup names';
end if;
end $$;
"""

# What the drop above would take and the dump not bring back: whatever is not ours.
STRANGERS = text("""
select relname from pg_class
where relkind in ('r', 'p', 'v', 'm', 'f')
  and relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
  and not (relnamespace = to_regnamespace('public') and relname = any(:tables))
union all
select proname from pg_proc
where pronamespace = to_regnamespace('public') and proname <> all(:functions)
union all
select extname from pg_extension where extnamespace = to_regnamespace('public')
order by 1
""")
OURS = {
    "tables": [*Base.metadata.tables, "alembic_version"],
    "functions": [one.name for one in FUNCTIONS],
}
UNREACHABLE = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)

Binary = Callable[[str], Path]


@dataclass(frozen=True, slots=True)
class Report:
    """What was written or brought back."""

    done: str
    file: Path
    objects: int
    bytes: int

    def sentence(self) -> str:
        size = f"{self.bytes / 1024 / 1024:.1f} MiB"
        return f"{self.done} {self.file}: the database and {self.objects} objects, {size}"


async def back_up(file: Path, dsn: str, storage: Storage, binary: Binary) -> Report:
    """Writes the file whole or not at all, for nobody else to read; Dars may run meanwhile."""
    _refuse_target(file)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".dars-backup-") as name:
        folder = Path(name)
        revision = await _revision(dsn)
        if revision is None:
            raise BackupError("this database holds no Dars: there is nothing to back up")
        dump = folder / DUMP
        await _tool(
            [str(binary("pg_dump")), "--format=custom", "--no-owner", "--no-privileges",
             f"--file={dump}"], dsn,
        )  # fmt: skip
        parts = {DUMP: digest_of(dump)}
        objects = folder / "objects"
        objects.mkdir()
        for number, key in enumerate(await _keys(storage)):
            content = await _content(storage, key)
            if content is None:
                continue
            (objects / str(number)).write_bytes(content)
            parts[f"{OBJECTS}{key}"] = digest_of(objects / str(number), str(number))
        whole = folder / "whole"
        await asyncio.to_thread(pack, whole, revision, parts, folder)
        size = _publish(whole, file)
    return Report("wrote", file, len(parts) - 1, size)


async def restore(file: Path, dsn: str, storage: Storage, binary: Binary) -> Report:
    """Brings a backup into an empty database and an empty storage, or changes nothing."""
    size = _size_of(file)
    with tempfile.TemporaryDirectory(prefix="dars-restore-") as name:
        folder = Path(name)
        manifest = await asyncio.to_thread(unpack, file, folder)
        await _refuse_unless_empty(dsn, storage)
        script = folder / "database.sql"
        await _tool(
            [str(binary("pg_restore")), "--no-owner", "--no-privileges", f"--file={script}",
             str(folder / DUMP)], dsn,
        )  # fmt: skip
        before, after = folder / "before.sql", folder / "after.sql"
        before.write_text(EMPTY, encoding="utf-8")
        after.write_text(SAME_REVISION.format(manifest["revision"]), encoding="utf-8")
        written: list[str] = []
        try:
            for number, key in enumerate(object_keys(manifest)):
                content = (folder / str(number)).read_bytes()
                await _put(storage, key, content)
                written.append(key)
            # One transaction empties, fills and compares: it leaves the new database or the old.
            await _tool(
                [str(binary("psql")), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                 "--single-transaction",
                 *(f"--file={one}" for one in (before, script, after))], dsn,
            )  # fmt: skip
        except BaseException:
            for key in written:
                with suppress(Fault):  # what went wrong first is what is told
                    await storage.delete(key)
            raise
    return Report("restored", file, len(written), size)


def _refuse_target(file: Path) -> None:
    if file.exists():
        raise BackupError(f"{file} exists already: name a new file")
    if not file.parent.is_dir():
        raise BackupError(f"there is no folder {file.parent}: make it first")


def _publish(whole: Path, file: Path) -> int:
    """The finished file under its name, for its owner alone; returns its size in bytes."""
    whole.chmod(0o600)
    whole.rename(file)
    descriptor = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return file.stat().st_size


def _size_of(file: Path) -> int:
    if not file.is_file():
        raise BackupError(f"there is no file {file}")
    return file.stat().st_size


async def _keys(storage: Storage) -> Sequence[str]:
    try:
        return await storage.list("")
    except Fault as error:
        raise BackupError(f"the objects cannot be listed: {error}") from None


async def _content(storage: Storage, key: str) -> bytes | None:
    """An object, or None where its owner erased it since the list was made."""
    try:
        return await storage.get(key)
    except Fault as error:
        if key in await _keys(storage):
            raise BackupError(f"an object cannot be read: {error}") from None
        return None


async def _put(storage: Storage, key: str, content: bytes) -> None:
    try:
        await storage.put(key, content, CONTENT_TYPE)
    except Fault as error:
        raise BackupError(f"an object cannot be brought back: {error}") from None


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[AsyncConnection]:
    """A connection; what is wrong with it is told without the address, which holds a password."""
    try:
        async with connect(dsn) as connection:
            yield connection
    except UNREACHABLE as error:
        raise BackupError(f"the database cannot be used: {type(error).__name__}") from None


async def _revision(dsn: str) -> str | None:
    try:
        return await current(dsn)
    except UNREACHABLE as error:
        raise BackupError(f"the database cannot be used: {type(error).__name__}") from None


async def _refuse_unless_empty(dsn: str, storage: Storage) -> None:
    """Migrations and the shipped library may be there; anything of a person's may not."""
    async with _connected(dsn) as connection:
        if strangers := list(await connection.scalars(STRANGERS, OURS)):
            raise BackupError(
                f"this database holds what is not of Dars ({strangers[0]}, {len(strangers)} in"
                " all): restore into a database of its own"
            )
        if await connection.scalar(text("select to_regclass('public.users')")) is not None and (
            await connection.scalar(text("select exists (select from public.users)"))
        ):
            raise BackupError(
                "this database has people in it: restore into a new home (DARS_HOME) or database"
            )
    if await _keys(storage):
        raise BackupError("the storage has objects in it: restore into an empty one")


async def _tool(command: Sequence[str], dsn: str) -> None:
    """One of PostgreSQL's programs; the address goes by the environment, never by arguments."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **_address(dsn)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise BackupError(f"{Path(command[0]).name} failed: {last[0][:300]}")


def _address(dsn: str) -> dict[str, str]:
    """libpq's variables for an address."""
    url = make_url(dsn)

    def asked(name: str) -> str:
        value = url.query.get(name, "")
        return value if isinstance(value, str) else value[0]

    told = {
        "PGHOST": url.host or asked("host"),
        "PGPORT": str(url.port or asked("port")),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or url.username or "",
        "PGSSLMODE": asked("ssl"),
    }
    return {name: value for name, value in told.items() if value}
