"""`./dars worker` in processes of their own."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from runtime.settings import ROOT


class WorkerProcess:
    """`./dars worker` in a process of its own, told no more than addresses."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "runtime", "worker",
                cwd=ROOT, env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self._log.read_text()

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def kill(self) -> None:
        assert self.process.returncode is None, self.said
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert await self.process.wait() == 0, self.said
