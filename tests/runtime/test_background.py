"""The processes beside the bot: they work, end when told, and load no more than they need."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.settings import ROOT, Settings
from tests.runtime.conftest import wait_until

WORKING = {
    "worker": {"the worker is at work"},
    "scheduler": {"this clock leads"},
    "background": {"the worker is at work", "this clock leads"},
}
# What only the bot has a use for, or only commands that end.
NEEDLESS = {
    "aiohttp",
    "alembic",
    "babel",
    "bot",
    "httpx",
    "localchat",
    "markdown_it",
    "matplotlib",
    "minio",
    "PIL",
    "segno",
    "telegram",
}
# `-X importtime` writes a line for each module at the moment it is loaded.
LOADED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)

Start = Callable[[str], tuple[subprocess.Popen[bytes], Path]]


@pytest.fixture
def start(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a command of ./dars that tells of each module it loads; and the file it tells in."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields}
    environment |= {
        "DARS_HOME": str(tmp_path / "home"),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "TELEGRAM_BOT_TOKEN": "1000001:nobody-is-called-with-this",
    }

    def begin(command: str) -> tuple[subprocess.Popen[bytes], Path]:
        said = tmp_path / "said"
        with said.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-X", "importtime", "-m", "runtime", command],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
            )
        started.append(process)
        return process, said

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("command", WORKING)
def test_a_process_behind_the_bot_works_without_what_only_the_bot_needs(
    command: str, start: Start
) -> None:
    process, said = start(command)

    def works() -> bool:
        assert process.poll() is None, said.read_text()[-2000:]
        return all(sign in said.read_text() for sign in WORKING[command])

    wait_until(works, f"the {command} is at work")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, said.read_text()[-2000:]
    loaded = {name.partition(".")[0] for name in LOADED.findall(said.read_text())}
    assert {"sqlalchemy", "runtime"} <= loaded
    assert not loaded & NEEDLESS


def test_what_keeps_the_others_running_loads_next_to_nothing() -> None:
    program = "import sys, runtime.command_line, runtime.run; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}
    assert {"asyncio", "runtime"} <= loaded
    assert not loaded & (NEEDLESS | {"db", "domain", "pydantic", "redis", "sqlalchemy"})
