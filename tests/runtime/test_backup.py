"""One file holds everything; brought back elsewhere, every row and every byte is the same."""

import gzip
import io
import json
import stat
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from db.migrations import pending, upgrade
from engines.storage.folder import FolderStorage
from runtime.backup import BackupError, back_up, restore
from tests.services import Databases

TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"
PEOPLE = "insert into users (telegram_id, full_name) values ($1, $2)"


def plain(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


async def rows(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    connection = await asyncpg.connect(plain(url))
    try:
        tables = [one[0] for one in await connection.fetch(TABLES)]
        return {
            name: [one[0] for one in await connection.fetch(
                f'select t::text from "{name}" t order by 1')]
            for name in tables
        }  # fmt: skip
    finally:
        await connection.close()


async def objects(storage: FolderStorage) -> dict[str, bytes]:
    return {key: await storage.get(key) for key in await storage.list("")}


@pytest.fixture
async def filled(database_url: str, tmp_path: Path) -> tuple[str, FolderStorage]:
    """A Dars with two people and three objects."""
    connection = await asyncpg.connect(plain(database_url))
    await connection.executemany(PEOPLE, [(7001, "রহিম উদ্দিন"), (7002, 'O\'Hara; \\ "x"')])
    await connection.close()
    storage = FolderStorage(tmp_path / "objects")
    await storage.put("people/a/voice/1", b"\x00\xff" * 70_000, "audio/ogg")
    await storage.put("people/a/কোড.py", b"", "text/plain")
    await storage.put("people/b/1", b"x", "text/plain")
    return database_url, storage


@pytest.fixture
def new_url(databases: Databases) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    yield databases.create(name)
    databases.drop(name)


@pytest.fixture
async def written(filled: tuple[str, FolderStorage], databases: Databases, tmp_path: Path) -> Path:
    file = tmp_path / "dars.backup"
    await back_up(file, plain(filled[0]), filled[1], databases.server.bin)
    return file


async def test_what_is_brought_back_is_what_was_there(
    filled: tuple[str, FolderStorage],
    written: Path,
    new_url: str,
    databases: Databases,
    tmp_path: Path,
) -> None:
    new_storage = FolderStorage(tmp_path / "new")
    report = await restore(written, plain(new_url), new_storage, databases.server.bin)
    before = await rows(filled[0])
    assert len(before["users"]) == 2
    assert await rows(new_url) == before
    assert await objects(new_storage) == await objects(filled[1])
    assert report.objects == 3
    await upgrade(new_url)
    assert await pending(new_url) == []


async def test_a_home_that_was_started_but_not_used_takes_a_backup(
    filled: tuple[str, FolderStorage],
    written: Path,
    new_url: str,
    databases: Databases,
    tmp_path: Path,
) -> None:
    await upgrade(new_url)
    await restore(written, plain(new_url), FolderStorage(tmp_path / "new"), databases.server.bin)
    assert await rows(new_url) == await rows(filled[0])


async def test_the_file_is_for_its_owner_alone_and_nothing_lies_beside_it(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert {one.name for one in written.parent.iterdir()} == {"dars.backup", "objects"}


async def test_a_file_that_exists_is_kept(
    filled: tuple[str, FolderStorage], written: Path, databases: Databases
) -> None:
    before = written.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        await back_up(written, plain(filled[0]), filled[1], databases.server.bin)
    assert written.read_bytes() == before


async def test_a_storage_that_cannot_be_read_is_said_and_leaves_no_file(
    filled: tuple[str, FolderStorage], databases: Databases, tmp_path: Path
) -> None:
    unreadable = tmp_path / "objects" / "people" / "b" / "1"
    unreadable.unlink()
    unreadable.symlink_to("1")
    with pytest.raises(BackupError, match="object"):
        await back_up(tmp_path / "out", plain(filled[0]), filled[1], databases.server.bin)
    assert not (tmp_path / "out").exists()


async def test_a_dars_in_use_is_not_overwritten(
    filled: tuple[str, FolderStorage], written: Path, databases: Databases, tmp_path: Path
) -> None:
    before = await rows(filled[0])
    with pytest.raises(BackupError, match="people in it"):
        await restore(
            written, plain(filled[0]), FolderStorage(tmp_path / "new"), databases.server.bin
        )
    assert await rows(filled[0]) == before


def members(file: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(file) as archive:
        return [(one.name, archive.extractfile(one).read()) for one in archive]  # type: ignore[union-attr]


def pack(file: Path, parts: list[tuple[str, bytes]]) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for name, content in parts:
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))


def changed_manifest(file: Path, **change: Any) -> None:
    (name, manifest), *others = members(file)
    pack(file, [(name, json.dumps({**json.loads(manifest), **change}).encode()), *others])


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def altered_dump(file: Path) -> None:
    first, (name, dump), *others = members(file)
    pack(file, [first, (name, dump[:-1] + bytes([dump[-1] ^ 1])), *others])


def part_missing(file: Path) -> None:
    pack(file, members(file)[:-1])


def stranger_inside(file: Path) -> None:
    pack(file, [*members(file), ("../../escaped", b"x")])


def newer_format(file: Path) -> None:
    changed_manifest(file, dars=99)


def escaping_object(file: Path) -> None:
    (name, manifest), *others = members(file)
    told = json.loads(manifest)
    told["parts"]["objects/../../escaped"] = told["parts"].pop("objects/people/b/1")
    renamed = [(each.replace("people/b/1", "../../escaped"), content) for each, content in others]
    pack(file, [(name, json.dumps(told).encode()), *renamed])


def foreign(file: Path) -> None:
    file.write_bytes(gzip.compress(b"nothing of Dars"))


def of_another_revision(file: Path) -> None:
    changed_manifest(file, revision="0001")


def of_a_revision_unknown_here(file: Path) -> None:
    changed_manifest(file, revision="ffff")


@pytest.mark.parametrize(
    "spoil",
    [
        truncated, altered_dump, part_missing, stranger_inside, newer_format, escaping_object,
        foreign, of_another_revision, of_a_revision_unknown_here,
    ],
)  # fmt: skip
async def test_a_bad_file_is_refused_and_changes_nothing(
    spoil: Any, written: Path, new_url: str, databases: Databases, tmp_path: Path
) -> None:
    spoil(written)
    await upgrade(new_url)
    before = await rows(new_url)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    storage = FolderStorage(deep / "objects")
    with pytest.raises(BackupError):
        await restore(written, plain(new_url), storage, databases.server.bin)
    assert await rows(new_url) == before
    assert list(await storage.list("")) == []
    assert not list(tmp_path.rglob("escaped"))
