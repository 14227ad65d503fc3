"""What a backup keeps of every table, and what a restore does to databases and files of others."""

import gzip
import io
import os
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import asyncpg
import pytest

from engines.storage.folder import FolderStorage
from runtime.backup import BackupError, back_up, restore
from tests.db.rows import good_rows
from tests.runtime.test_backup import objects, plain, rows
from tests.services import Databases

MEMORY_BYTES = 2 * 1024**3


@pytest.fixture
async def everything(database_url: str) -> str:
    """A database with a row in every table."""
    connection = await asyncpg.connect(plain(database_url))
    for row in good_rows():
        await connection.execute(row)
    await connection.close()
    return database_url


async def test_every_table_comes_back_row_by_row_and_keeps_its_rules(
    everything: str, empty_database_url: str, databases: Databases, tmp_path: Path
) -> None:
    before = await rows(everything)
    assert [name for name, found in before.items() if not found] == []
    storage, new = FolderStorage(tmp_path / "objects"), FolderStorage(tmp_path / "new")
    await storage.put("people/a/export/1", b"x", "application/json")
    file = tmp_path / "dars.backup"
    await back_up(file, plain(everything), storage, databases.server.bin)
    await restore(file, plain(empty_database_url), new, databases.server.bin)
    assert await rows(empty_database_url) == before
    assert await objects(new) == await objects(storage)
    connection = await asyncpg.connect(plain(empty_database_url))
    with pytest.raises(asyncpg.RestrictViolationError):
        await connection.execute("delete from audit_logs")
    await connection.close()


async def test_a_database_of_another_program_is_left_alone(
    everything: str, empty_database_url: str, databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "dars.backup"
    await back_up(
        file, plain(everything), FolderStorage(tmp_path / "objects"), databases.server.bin
    )
    connection = await asyncpg.connect(plain(empty_database_url))
    await connection.execute("create table invoices (number int); insert into invoices values (1)")
    await connection.close()
    with pytest.raises(BackupError, match="invoices"):
        await restore(
            file, plain(empty_database_url), FolderStorage(tmp_path / "new"), databases.server.bin
        )
    assert await rows(empty_database_url) == {"invoices": ["(1)"]}


async def test_a_byte_changed_anywhere_is_refused(
    everything: str, empty_database_url: str, databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "dars.backup"
    storage = FolderStorage(tmp_path / "objects")
    await storage.put("a/noise", os.urandom(20_000), "audio/ogg")
    await back_up(file, plain(everything), storage, databases.server.bin)
    whole = file.read_bytes()
    for at in range(10, len(whole) - 9, len(whole) // 24):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with pytest.raises(BackupError):
            await restore(
                file, plain(empty_database_url), FolderStorage(tmp_path / "n"), databases.server.bin
            )
    assert await rows(empty_database_url) == {}


def header_bomb(file: Path) -> None:
    """A header that asks the reader to take four gigabytes of name into memory."""
    header = tarfile.TarInfo("name")
    header.type, header.size = tarfile.XHDTYPE, 4 * 1024**3
    zeros = gzip.compress(bytes(64 * 1024**2))
    file.write_bytes(gzip.compress(header.tobuf(tarfile.GNU_FORMAT)) + zeros * 64)


def deep_manifest(file: Path) -> None:
    content = b'{"dars": ' + b"[" * 200_000
    with tarfile.open(file, "w:gz") as archive:
        header = tarfile.TarInfo("manifest.json")
        header.size = len(content)
        archive.addfile(header, io.BytesIO(content))


READ = """
import asyncio, resource, sys
from pathlib import Path
from engines.storage.folder import FolderStorage
from runtime.backup import BackupError, restore

resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
storage = FolderStorage(Path("x"))
try:
    asyncio.run(restore(Path(sys.argv[1]), "postgresql://nobody@/none", storage, Path))
except BackupError as error:
    print("refused:", error)
"""


@pytest.mark.parametrize("spoil", [header_bomb, deep_manifest])
def test_a_file_made_to_exhaust_the_reader_is_refused_in_little_memory(
    spoil: object, tmp_path: Path
) -> None:
    file = tmp_path / "bomb"
    spoil(file)  # type: ignore[operator]
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file), str(MEMORY_BYTES)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("refused:"), done.stderr[-500:]


async def test_a_server_that_is_not_there_is_one_sentence(
    databases: Databases, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dsn = f"postgresql://dars:s3cret@127.0.0.1:{taken.getsockname()[1]}/dars"
        with pytest.raises(BackupError, match="database") as told:
            await back_up(tmp_path / "f", dsn, FolderStorage(tmp_path / "o"), databases.server.bin)
        assert "s3cret" not in str(told.value)
    assert not (tmp_path / "f").exists()
