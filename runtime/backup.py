"""Everything of a Dars in one file: the database and all stored objects.

The file is a gzipped tar of manifest.json, database.dump (pg_dump's custom format, one snapshot)
and objects/. Objects are never overwritten, so copying them after the snapshot keeps both in
step: every object that the dump names is there, unless its owner erased it meanwhile.
"""

import asyncio
import hashlib
import io
import itertools
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import asyncpg
from alembic.script import ScriptDirectory
from sqlalchemy import make_url

from db.migrations import configuration, current
from domain.errors import Fault
from domain.storage import Storage

FORMAT = 1
MANIFEST, DUMP, OBJECTS = "manifest.json", "database.dump", "objects/"
LARGEST_MANIFEST = 64 * 1024 * 1024
LARGEST_PART = 64 * 1024**3
CHUNK = 1024 * 1024
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

Binary = Callable[[str], Path]


class BackupError(Exception):
    """A backup or restore that cannot be; the sentence says why and what to do."""


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
        revision = await current(dsn)
        if revision is None:
            raise BackupError("this database holds no Dars: there is nothing to back up")
        dump = folder / DUMP
        await _tool(
            [str(binary("pg_dump")), "--format=custom", "--no-owner", "--no-privileges",
             f"--file={dump}"], dsn,
        )  # fmt: skip
        parts = {DUMP: _digest(dump)}
        objects = folder / "objects"
        objects.mkdir()
        for number, key in enumerate(await _keys(storage)):
            content = await _content(storage, key)
            if content is None:
                continue
            (objects / str(number)).write_bytes(content)
            parts[f"{OBJECTS}{key}"] = _digest(objects / str(number), str(number))
        manifest = {"dars": FORMAT, "revision": revision, "parts": parts}
        whole = folder / "whole"
        await asyncio.to_thread(_pack, whole, manifest, folder)
        size = _publish(whole, file)
    return Report("wrote", file, len(parts) - 1, size)


async def restore(file: Path, dsn: str, storage: Storage, binary: Binary) -> Report:
    """Brings a backup into an empty database and an empty storage, or changes nothing."""
    size = _size_of(file)
    with tempfile.TemporaryDirectory(prefix="dars-restore-") as name:
        folder = Path(name)
        manifest = await asyncio.to_thread(_unpack, file, folder)
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
            for number, key in enumerate(_object_keys(manifest)):
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


def _pack(whole: Path, manifest: Mapping[str, Any], folder: Path) -> None:
    with tarfile.open(whole, "x:gz", compresslevel=6) as archive:
        content = json.dumps(manifest, ensure_ascii=False).encode()
        header = tarfile.TarInfo(MANIFEST)
        header.size = len(content)
        archive.addfile(header, io.BytesIO(content))
        for name, part in manifest["parts"].items():
            source = folder / DUMP if name == DUMP else folder / "objects" / part["at"]
            header = tarfile.TarInfo(name)
            header.size = source.stat().st_size
            with source.open("rb") as stream:
                archive.addfile(header, stream)


def _unpack(file: Path, folder: Path) -> Mapping[str, Any]:
    """Reads an archive that anybody may have made: names only compared, every byte counted."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            manifest = _manifest(archive)
            places = {OBJECTS + key: str(n) for n, key in enumerate(_object_keys(manifest))}
            places[DUMP] = DUMP
            found = set()
            for member in itertools.islice(archive, 1, None):
                place = places.get(member.name)
                stream = archive.extractfile(member) if member.isreg() else None
                if place is None or stream is None or member.name in found:
                    raise BackupError(f"{file} is no whole backup: it holds what it does not name")
                found.add(member.name)
                _copy(stream, folder / place, manifest["parts"][member.name], file)
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file} is no whole backup of Dars ({type(error).__name__})") from None
    if missing := set(places) - found:
        raise BackupError(f"{file} is cut short: {len(missing)} parts are missing")
    return manifest


def _manifest(archive: tarfile.TarFile) -> Mapping[str, Any]:
    first = archive.next()
    if first is None or first.name != MANIFEST or first.size > LARGEST_MANIFEST:
        raise ValueError("no manifest")
    stream = archive.extractfile(first)
    manifest = json.loads(stream.read()) if stream else None
    if not isinstance(manifest, dict) or DUMP not in manifest["parts"]:
        raise ValueError("no manifest")
    if manifest["dars"] != FORMAT:
        raise BackupError("this backup was written by another version: restore it with that one")
    if manifest["revision"] not in _known_revisions():
        raise BackupError("this backup is of a newer Dars: bring this one up to date first")
    return manifest


def _known_revisions() -> set[str]:
    scripts = ScriptDirectory.from_config(configuration())
    return {one.revision for one in scripts.walk_revisions()}


def _copy(stream: IO[bytes], target: Path, part: Mapping[str, Any], file: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as written:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > min(int(part["size"]), LARGEST_PART):
                break
            digest.update(chunk)
            written.write(chunk)
    if size != part["size"] or digest.hexdigest() != part["sha256"]:
        raise BackupError(f"{file} was changed or damaged: a part does not match its checksum")


def _object_keys(manifest: Mapping[str, Any]) -> Sequence[str]:
    return [name.removeprefix(OBJECTS) for name in manifest["parts"] if name.startswith(OBJECTS)]


def _digest(path: Path, at: str = "") -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return {"sha256": digest.hexdigest(), "size": path.stat().st_size, "at": at}


async def _refuse_unless_empty(dsn: str, storage: Storage) -> None:
    """Migrations and the shipped library may be there; anything of a person's may not."""
    connection = await asyncpg.connect(_plain(dsn))
    try:
        if await connection.fetchval("select to_regclass('public.users')") is not None and (
            await connection.fetchval("select exists (select from public.users)")
        ):
            raise BackupError(
                "this database has people in it: restore into a new home (DARS_HOME) or database"
            )
    finally:
        await connection.close()
    if await _keys(storage):
        raise BackupError("the storage has objects in it: restore into an empty one")


async def _tool(command: Sequence[str], dsn: str) -> None:
    """One of PostgreSQL's programs; the address goes by the environment, never by arguments."""
    connection = await asyncpg.connect(_plain(dsn))
    try:
        database = await connection.fetchval("select current_database()")
    finally:
        await connection.close()
    arguments = [f"--dbname={database}" if one == "--dbname=" else one for one in command]
    process = await asyncio.create_subprocess_exec(
        *arguments,
        env={**os.environ, **_address(dsn), "PGDATABASE": database},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise BackupError(f"{Path(command[0]).name} failed: {last[0][:300]}")


def _plain(dsn: str) -> str:
    return dsn.replace("postgresql+asyncpg://", "postgresql://", 1)


def _address(dsn: str) -> dict[str, str]:
    """libpq's variables for an address."""
    url = make_url(_plain(dsn))
    host = url.host or url.query.get("host") or ""
    port = url.port or url.query.get("port") or ""
    told = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(port if isinstance(port, str | int) else port[0]),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
    }
    return {name: value for name, value in told.items() if value}
