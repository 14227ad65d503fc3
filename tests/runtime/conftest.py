"""What the tests of the runtime share: homes, and a Dars that can be killed."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import child_identity, owner_for, processes_in
from runtime.embedded.sockets import socket_folder

ROOT = Path(__file__).parents[2]

HOST = """
import asyncio, sys
from pathlib import Path
from runtime.embedded.services import embedded_services

async def main():
    async with embedded_services(Path(sys.argv[1])) as services:
        print(services.postgres.process_id, services.valkey.process_id, flush=True)
        await services.keep_alive()

asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Host:
    """A process that runs the servers of a home, and their process ids."""

    process: subprocess.Popen[str]
    postgres: int
    valkey: int


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database was made and stopped, to be copied: quicker than making one."""
    home = tmp_path_factory.mktemp("made")
    server = EmbeddedPostgres(home / "postgres", unsafe_but_fast=True)
    server.start_sync()
    server.stop_sync()
    return home


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A home of the test's own whose database exists already."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copytree(made_home / "postgres", folder / "postgres")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start_host(home: Path) -> Iterator[Callable[[], Host]]:
    """Starts a process that runs the servers of ``home``; it is killed at the end at the latest."""
    started: list[subprocess.Popen[str]] = []

    def start() -> Host:
        process = subprocess.Popen(
            [sys.executable, "-c", HOST, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        postgres, valkey = process.stdout.readline().split()
        return Host(process, int(postgres), int(valkey))

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for name in ("postgres", "valkey-server"):
        folder = home / name.removesuffix("-server")
        wait_until(lambda: not processes_in(folder, name), f"{name} is gone")  # noqa: B023
        shutil.rmtree(socket_folder(folder, owner_for(child_identity())))


def wait_until(true: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Return as soon as something is true; fail when it does not become so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.01)
