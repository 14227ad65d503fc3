"""`./dars run` as a person starts it: a process of its own on a home of its own."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import asyncpg

from runtime.embedded.postgres import EmbeddedPostgres
from runtime.settings import ROOT, Settings

READY_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningDars:
    """One `run`, from its ready line to its end."""

    def __init__(self, home: Path, port: int | None = None) -> None:
        self.home = home
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        """Returns once it says that it is ready."""
        bare = {
            name: value
            for name, value in os.environ.items()
            if name.lower() not in Settings.model_fields
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "runtime", "run", cwd=ROOT,
            env={**bare, "DARS_HOME": str(self.home), "LOCALCHAT_PORT": str(self.port)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(READY_SECONDS):
            while not any("is ready" in line for line in self.lines):
                assert await self._read(), "\n".join(self.lines)

    async def _read(self) -> bool:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        self.lines.append(line.decode(errors="replace").rstrip())
        return bool(line)

    async def end(self) -> str:
        """Waits for its end; returns all that it said."""
        async with asyncio.timeout(READY_SECONDS):
            while await self._read():
                pass
            await self.process.wait()
        return "\n".join(self.lines)

    async def stop(self) -> int | None:
        self.process.send_signal(signal.SIGTERM)
        await self.end()
        return self.process.returncode

    async def kill(self) -> None:
        """Kills the process that was started, and waits until all it had started are gone."""
        family = descendants(self.process.pid)
        assert family
        self.process.kill()
        await self.process.wait()
        async with asyncio.timeout(30):
            while any(Path(f"/proc/{pid}").exists() for pid in family):
                await asyncio.sleep(0.05)

    async def database(self) -> asyncpg.Connection:
        server = EmbeddedPostgres(self.home / "postgres")
        await server.start_or_join()
        return await asyncpg.connect(server.dsn)


def descendants(pid: int) -> set[int]:
    """The processes under one, by the kernel's own account."""
    found: set[int] = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found |= {child, *descendants(child)}
    return found
