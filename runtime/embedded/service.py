"""What PostgreSQL and Valkey have in common: a folder, a lock, a process, a way to wait."""

import asyncio
import os
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from types import TracebackType
from typing import Self

from runtime.embedded.errors import EmbeddedServiceError, FolderInUseError
from runtime.embedded.lock import FolderLock
from runtime.embedded.process import (
    child_identity,
    give_to,
    owner_for,
    parent_of,
    processes_in,
    spawn,
)
from runtime.embedded.sockets import socket_folder

LOG_LIMIT_BYTES = 4 * 1024 * 1024
POLL_SECONDS = 0.01
JOIN_SECONDS = 30.0

Pauses = Generator[float, None, None]
"""A job that yields how many seconds to wait before it goes on, so that a caller with an event
loop and one without share it."""


class EmbeddedService(ABC):
    """A server in a folder of ours; starts, restarts and stops with or without an event loop.

    Only the main thread may start one (see ``spawn``). Starting what runs does nothing.
    """

    title: str
    process_name: str
    stop_signal: Signals
    start_seconds = 120.0
    stop_seconds = 20.0

    def __init__(self, folder: Path, unsafe_but_fast: bool = False) -> None:
        """``unsafe_but_fast`` gives up durability; for tests, whose data nobody misses."""
        self.folder = folder.expanduser().absolute()
        self.unsafe_but_fast = unsafe_but_fast
        self._process: subprocess.Popen[bytes] | None = None
        self._sockets: Path | None = None
        self._lock = FolderLock(self.folder.with_name(f"{self.folder.name}.lock"), str(self.folder))

    @property
    def log(self) -> Path:
        """The file that the server writes its complaints to."""
        return self.folder.with_name(f"{self.folder.name}.log")

    @property
    def sockets(self) -> Path:
        """The private folder of the server's socket; known once it was started."""
        if self._sockets is None:
            raise RuntimeError(f"{self.title} was not started")
        return self._sockets

    @property
    def process_id(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def running(self) -> bool:
        """Whether the server's process lives."""
        return self.process_id is not None

    async def start(self) -> None:
        """Start the server and return when it answers."""
        await wait_through(self._starting())

    async def stop(self) -> None:
        """Stop the server and return when it is gone, with everything on disk."""
        await wait_through(self._stopping())

    async def start_or_join(self) -> None:
        """Start the server, or use the one that another Dars already runs in this folder.

        A joined server is not ours: ``stop`` leaves it alone, and it ends with its own Dars.
        """
        try:
            await self.start()
        except FolderInUseError:
            self._sockets = socket_folder(self.folder, owner_for(child_identity()))
            deadline = time.monotonic() + JOIN_SECONDS
            while not self._ready():
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(POLL_SECONDS)

    def start_sync(self) -> None:
        """``start`` for callers without an event loop."""
        for pause in self._starting():
            time.sleep(pause)

    def stop_sync(self) -> None:
        """``stop`` for callers without an event loop."""
        for pause in self._stopping():
            time.sleep(pause)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @abstractmethod
    def _prepare(self) -> None:
        """Bring the data folder to where the server can start on it."""

    @abstractmethod
    def _command(self) -> list[str]:
        """The server's command line."""

    @abstractmethod
    def _ready(self) -> bool:
        """Whether the server answers; quick, and asked often."""

    @abstractmethod
    def _forget_the_dead(self) -> None:
        """Remove what a killed server left behind; nobody lives in the folder by now."""

    def _starting(self) -> Pauses:
        if self.running:
            return
        yield from self._take_lock()
        try:
            yield from self._end_orphans()
            owner = owner_for(child_identity())
            give_to(self.folder, owner)
            self._prepare()
            self._sockets = socket_folder(self.folder, owner)
            self._forget_the_dead()
            yield from self._spawn_and_wait()
        except BaseException:
            self._leave()
            raise

    def _take_lock(self) -> Pauses:
        """Lock the folder, giving the servers of a killed Dars the time to end."""
        deadline = time.monotonic() + 2 * self.stop_seconds
        while not self._lock.try_acquire():
            yield from self._end_orphans()
            if time.monotonic() > deadline:
                raise self._lock.in_use(f"the {self.title} of a Dars that was killed")
            yield POLL_SECONDS

    def _spawn_and_wait(self) -> Pauses:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.old"))
        self._process = spawn(
            self._command(),
            folder=self.folder,
            log=self.log,
            death_signal=self.stop_signal,
            keep=self._lock.descriptor,
        )
        deadline = time.monotonic() + self.start_seconds
        while not self._ready():
            if self._process.poll() is not None:
                raise EmbeddedServiceError(f"{self.title} did not start:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise EmbeddedServiceError(
                    f"{self.title} did not answer within {self.start_seconds:.0f} s; see {self.log}"
                )
            yield POLL_SECONDS

    def _end_orphans(self) -> Pauses:
        """End servers of this folder that are nobody's, because their Dars was killed.

        They were told to stop when their parent died, so most often they only need a moment.
        """
        if not self.folder.exists():
            return
        waited = 0.0
        while orphans := processes_in(self.folder, self.process_name):
            if waited > self.stop_seconds:
                for process in orphans:
                    send(process, SIGKILL)
            elif waited == 0.0:
                for process in orphans:
                    if parent_of(process) not in orphans:  # the server, not one of its helpers
                        send(process, self.stop_signal)
            waited += 0.05
            yield 0.05
            if waited > 2 * self.stop_seconds:
                raise EmbeddedServiceError(f"{self.title} of a killed Dars does not end: {orphans}")

    def _stopping(self) -> Pauses:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(self.stop_signal)
            deadline = time.monotonic() + self.stop_seconds
            while self._process.poll() is None and time.monotonic() < deadline:
                yield POLL_SECONDS
        self._leave()

    def _leave(self) -> None:
        """End the server if it still runs, and let the folder go; a joined one is left alone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            with suppress(OSError):  # what is still in it is somebody's
                self.sockets.rmdir()
        self._lock.release()

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])


async def wait_through(pauses: Pauses) -> None:
    """Run a job of pauses on the event loop; when cancelled, let it clean up at once."""
    try:
        for pause in pauses:
            await asyncio.sleep(pause)
    finally:
        pauses.close()


def send(process: int, signal: Signals = SIGTERM) -> None:
    """Signal a process that may be gone already."""
    try:
        os.kill(process, signal)
    except ProcessLookupError:
        return
