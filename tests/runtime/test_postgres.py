"""The embedded PostgreSQL: starts anywhere, keeps what it acknowledged, ends with its Dars."""

import asyncio
import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from runtime.embedded import process
from runtime.embedded.errors import EmbeddedServiceError, FolderInUseError
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import processes_in
from tests.runtime.conftest import Host, wait_until


async def answers(server: EmbeddedPostgres) -> bool:
    """Whether SQL works over SQLAlchemy's address and over libpq's."""
    engine = create_async_engine(server.url)
    async with engine.connect() as connection:
        two = await connection.scalar(text("SELECT 1 + 1"))
    await engine.dispose()
    psql = await asyncio.create_subprocess_exec(
        server.bin("psql"), server.dsn, "-Atc", "SELECT 3", stdout=asyncio.subprocess.PIPE
    )
    output, _ = await psql.communicate()
    return bool(two == 2 and output == b"3\n")


async def fetch(server: EmbeddedPostgres, query: str) -> object:
    connection = await asyncpg.connect(server.dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def open_sockets(process_id: int) -> set[str]:
    """The numbers of the sockets that a process has open."""
    links = (str(each.readlink()) for each in Path(f"/proc/{process_id}/fd").iterdir())
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}


def network_sockets(process_id: int) -> set[str]:
    """The numbers of the machine's TCP sockets."""
    tables = (Path(f"/proc/{process_id}/net/{name}").read_text() for name in ("tcp", "tcp6"))
    return {line.split()[9] for table in tables for line in table.splitlines()[1:]}


async def insert_until_it_dies(server: EmbeddedPostgres, kill_after: int) -> int:
    """Insert 1, 2, 3, …, killing all of the server at once on the way; how many it acknowledged."""
    connection = await asyncpg.connect(server.dsn)
    acknowledged = 0
    try:
        while True:
            await connection.execute("INSERT INTO answers VALUES ($1)", acknowledged + 1)
            acknowledged += 1
            if acknowledged == kill_after:
                for victim in processes_in(server.folder, "postgres"):
                    os.kill(victim, SIGKILL)
    except (asyncpg.PostgresConnectionError, OSError):
        return acknowledged


@pytest.mark.parametrize(
    "name",
    ["plain", "with space, comma: and 'quote'", "ঘর", "long-" + "x" * 150],
    ids=["plain", "punctuation", "bengali", "long"],
)
async def test_starts_in_a_home_of_any_name(made_home: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(made_home / "postgres", tmp_path / name / "postgres")
    async with EmbeddedPostgres(tmp_path / name / "postgres") as server:
        assert await answers(server)
        assert len(os.fsencode(server.sockets / ".s.PGSQL.5432")) <= 107
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert not server.sockets.exists()


async def test_is_made_on_first_use_as_utf8_with_checksums(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path / "new home" / "postgres") as server:
        assert await fetch(server, "SHOW server_encoding") == "UTF8"
        assert await fetch(server, "SHOW data_checksums") == "on"
        assert await fetch(server, "SELECT current_database()") == "dars"
        assert await fetch(server, "SELECT upper('é')") == "É"


async def test_is_durable_and_off_the_network(home: Path) -> None:
    async with EmbeddedPostgres(home / "postgres") as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert await fetch(server, f"SHOW {setting}") == "on"
        assert await fetch(server, "SHOW listen_addresses") == ""
        assert server.process_id is not None
        assert not open_sockets(server.process_id) & network_sockets(server.process_id)


async def test_rows_survive_a_stop_and_a_start(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    await server.start()
    await fetch(server, "CREATE TABLE kept AS SELECT 7 AS value")
    await server.stop()
    assert not server.running
    assert not processes_in(server.folder, "postgres")
    await server.start()
    assert await fetch(server, "SELECT value FROM kept") == 7
    await server.stop()


async def test_every_acknowledged_row_survives_a_kill(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    await server.start()
    await fetch(server, "CREATE TABLE answers (number int PRIMARY KEY)")
    acknowledged = await insert_until_it_dies(server, kill_after=50)
    assert acknowledged >= 50
    wait_until(lambda: not server.running, "the server is gone")
    await server.start()
    kept = await fetch(server, "SELECT array_agg(number ORDER BY number) FROM answers")
    assert isinstance(kept, list)
    # The insert in flight may or may not have been written; nothing acknowledged may be missing.
    assert kept[:acknowledged] == list(range(1, acknowledged + 1))
    await server.stop()


async def test_starts_while_helpers_of_a_killed_server_still_end(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    await server.start()
    assert server.process_id is not None
    os.kill(server.process_id, SIGKILL)
    wait_until(lambda: not server.running, "the server is gone")
    await server.start()
    assert await answers(server)
    await server.stop()


async def test_a_stale_id_file_that_names_a_living_stranger_is_not_believed(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    await server.start()
    id_file = server.folder / "postmaster.pid"
    lines = id_file.read_text().splitlines()
    socket_lock = server.sockets / ".s.PGSQL.5432.lock"
    await server.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:  # noqa: ASYNC220
        stale = "\n".join([str(stranger.pid), *lines[1:], ""])
        id_file.write_text(stale)
        server.sockets.mkdir(mode=0o700)
        socket_lock.write_text(stale)
        await server.start()
        assert await answers(server)
        assert stranger.poll() is None
        await server.stop()
        stranger.kill()


async def test_a_half_made_database_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "postgres.making"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    async with EmbeddedPostgres(tmp_path / "postgres", unsafe_but_fast=True) as server:
        assert await answers(server)
    assert not half.exists()


async def test_the_second_on_one_folder_is_refused_and_harms_nothing(home: Path) -> None:
    second = EmbeddedPostgres(home / "postgres")
    async with EmbeddedPostgres(home / "postgres") as first:
        with pytest.raises(FolderInUseError, match=rf"already in use by process {os.getpid()}\b"):
            await second.start()
        await second.stop()
        assert await answers(first)


async def test_a_short_command_joins_a_running_server_and_leaves_it(home: Path) -> None:
    async with EmbeddedPostgres(home / "postgres") as first:
        second = EmbeddedPostgres(home / "postgres")
        await second.start_or_join()
        assert await answers(second)
        await second.stop()
        assert await answers(first)


async def test_a_folder_of_another_major_version_is_refused_in_words(home: Path) -> None:
    (home / "postgres" / "PG_VERSION").write_text("15\n")
    server = EmbeddedPostgres(home / "postgres")
    with pytest.raises(EmbeddedServiceError, match=r"made by PostgreSQL 15.*backup"):
        await server.start()
    assert not server.running


async def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "holiday.txt").write_text("photos")
    with pytest.raises(EmbeddedServiceError, match="not a PostgreSQL data folder"):
        await EmbeddedPostgres(tmp_path / "postgres").start()


async def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    (home / "postgres" / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(EmbeddedServiceError, match="no_such_setting"):
        await EmbeddedPostgres(home / "postgres").start()


async def test_a_start_given_up_leaves_nothing(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    starting = asyncio.create_task(server.start())
    while not server.running:
        await asyncio.sleep(0)
        assert not starting.done()
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    wait_until(lambda: not processes_in(server.folder, "postgres"), "the server is gone")
    await server.start()
    await server.stop()


def test_a_thread_may_not_start_it(home: Path) -> None:
    raised: list[BaseException] = []

    def start() -> None:
        try:
            EmbeddedPostgres(home / "postgres").start_sync()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(raised)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up root")
@pytest.mark.parametrize("identities", [("namespace",), (str(process.RESERVED_USER),)])
async def test_root_gives_up_root(
    home: Path, monkeypatch: pytest.MonkeyPatch, identities: tuple[str, ...]
) -> None:
    monkeypatch.setattr(process, "ROOT_IDENTITIES", identities)
    process.child_identity.cache_clear()
    async with EmbeddedPostgres(home / "postgres") as server:
        assert await answers(server)
        status = Path(f"/proc/{server.process_id}/status").read_text()
    process.child_identity.cache_clear()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    # The test's home is closed to everyone but root, so an ordinary user id keeps the one
    # capability to look past that (bit 1); inside a namespace none is needed.
    assert int(fields["CapEff"], 16) == (0 if identities == ("namespace",) else 1 << 1)
    monkeypatch.undo()
    async with EmbeddedPostgres(home / "postgres") as again:
        assert await answers(again)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up root")
async def test_root_that_cannot_give_up_root_is_told_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "ROOT_IDENTITIES", ())
    process.child_identity.cache_clear()
    with pytest.raises(EmbeddedServiceError, match="ordinary user, or give the address"):
        await EmbeddedPostgres(home / "postgres").start()


def test_killing_dars_ends_its_servers(start_host: Callable[[], Host], home: Path) -> None:
    host = start_host()
    assert processes_in(home / "postgres", "postgres")
    assert processes_in(home / "valkey", "valkey-server") == [host.valkey]
    host.process.kill()
    wait_until(lambda: not processes_in(home / "postgres", "postgres"), "PostgreSQL is gone")
    wait_until(lambda: not processes_in(home / "valkey", "valkey-server"), "Valkey is gone")


def test_a_killed_dars_can_be_started_again_at_once(start_host: Callable[[], Host]) -> None:
    host = start_host()
    host.process.kill()
    host.process.wait()
    again = start_host()
    assert again.postgres != host.postgres


def test_a_killed_server_is_started_again(start_host: Callable[[], Host], home: Path) -> None:
    host = start_host()
    os.kill(host.postgres, SIGKILL)
    os.kill(host.valkey, SIGKILL)

    wait_until(
        lambda: set(processes_in(home / "valkey", "valkey-server")) - {host.valkey},
        "Valkey is back",
    )
    id_file = home / "postgres" / "postmaster.pid"
    wait_until(
        lambda: id_file.exists() and not id_file.read_text().startswith(f"{host.postgres}\n"),
        "PostgreSQL is back",
    )
