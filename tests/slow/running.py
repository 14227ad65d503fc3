"""`./dars run` as a person starts it: a process of its own on a home of its own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import is_alive
from runtime.settings import ROOT, Settings

READY_SECONDS = 60.0
END_SECONDS = 30.0
COMMAND_SECONDS = 60.0
WAITING = (
    "select (select count(*) from inbox where state = 'waiting')"
    " + (select count(*) from outbox where sent_at is null and failed_reason is null)"
)


class RunningDars:
    """One `run`, from its ready line to its end; what it writes is in `log`."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = home.with_name(f"{home.name}.log")
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        """Returns once it says that it is ready."""
        with self.log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command("run"), cwd=ROOT, env=environment(self.home, self.port),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        await until(self._is_ready, READY_SECONDS)

    async def _is_ready(self) -> bool:
        said = self.log.read_text()
        assert self.process.returncode is None, said
        return f"Dars is ready: open {self.url} in a browser" in said

    async def stop(self) -> int:
        """As a service manager stops it; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), END_SECONDS)

    async def kill(self) -> None:
        """Kill the one process that was started, as lost power would; returns once it is gone."""
        self.process.kill()
        await self.process.wait()

    @asynccontextmanager
    async def database(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection to the embedded database, which has to run already."""
        server = EmbeddedPostgres(self.home / "postgres")
        await server.start_or_join()
        assert not server.running, "the test must not serve the database itself"
        connection = await asyncpg.connect(server.dsn)
        try:
            yield connection
        finally:
            await connection.close()


@asynccontextmanager
async def running_dars(home: Path, port: int | None = None) -> AsyncIterator[RunningDars]:
    """A Dars that is ready; whatever of it the test leaves running is ended afterwards."""
    dars = RunningDars(home, port or free_port())
    try:
        await dars.start()
        yield dars
    finally:
        if dars.process.returncode is None:
            await dars.stop()


def command(*words: str) -> list[str]:
    """What ./dars hands over to."""
    return [sys.executable, "-m", "runtime", *words]


def environment(home: Path, port: int) -> dict[str, str]:
    """Ours without a person's own settings, so that no test reaches their database or bot."""
    if (ROOT / ".env").exists():
        pytest.skip("the settings in .env would be used: move it away for this test")
    names = {name.upper() for name in Settings.model_fields}
    bare = {name: value for name, value in os.environ.items() if name not in names}
    return bare | {"DARS_HOME": str(home), "LOCALCHAT_PORT": str(port)}


async def ask(
    *words: str, home: Path, port: int | None = None, given: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One command to its end, with what it said."""
    process = await asyncio.create_subprocess_exec(
        *command(*words), cwd=ROOT, env=environment(home, port or free_port()) | dict(given or {}),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        output, errors = await asyncio.wait_for(process.communicate(), COMMAND_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return subprocess.CompletedProcess(words, process.returncode, output.decode(), errors.decode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> set[int]:
    """The processes under one, by the kernel's own account."""
    found: set[int] = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found |= {child, *descendants(child)}
    return found


async def until_gone(family: set[int]) -> None:
    async def gone() -> bool:
        return not any(is_alive(pid) for pid in family)

    await until(gone, END_SECONDS)


async def until_settled(database: asyncpg.Connection) -> None:
    """All that was received is handled, and all that was said is sent and noted."""

    async def settled() -> bool:
        return bool(await database.fetchval(WAITING) == 0)

    await until(settled)


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Asks again and again, briefly apart, until it holds."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)
