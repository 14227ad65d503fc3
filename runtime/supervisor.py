"""Keeps several of our own commands running, and stops them in order.

The process that supervises is one more on a small machine, so this imports next to nothing.
"""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.embedded.process import launcher

# A child that ends with this code (EX_CONFIG of sysexits.h) says that starting it again is no
# use, because its settings are wrong: everything stops and says so.
GIVE_UP = 78
LONGEST_LINE_BYTES = 64 * 1024

Emit = Callable[[str, str], None]
"""Takes a child's name and one line that it wrote."""


@dataclass(frozen=True, slots=True)
class Child:
    """One command to keep running: what its lines are marked with, its command line, and what its
    environment has beyond ours."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: the first wait before a restart (it doubles), the longest, how long a child must
    live to begin again with the first, and how long it may take to stop before it is killed."""

    first: float = 1.0
    longest: float = 30.0
    healthy: float = 60.0
    grace: float = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A child's process, what it writes, and when it began (monotonic seconds)."""

    process: Process
    output: asyncio.StreamReader
    since: float


class Keeper:
    """Keeps one child running until it is told to stop."""

    def __init__(self, child: Child, emit: Emit, pace: Pace) -> None:
        self._child = child
        self._emit = emit
        self._pace = pace
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[int] | None = None

    async def start(self) -> asyncio.Task[int]:
        """Start the child; the task ends when it was stopped (0) or gave up (GIVE_UP)."""
        first = await self._spawn()
        self._task = asyncio.create_task(self._keep(first), name=f"keep {self._child.name}")
        return self._task

    async def stop(self) -> None:
        """Ask the child to end, and kill it and its own children when it does not."""
        self._stopping.set()
        if self._task is None:
            return
        self._signal(signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._task), self._pace.grace)
        self.kill()
        await self._task

    def kill(self) -> None:
        """End the child and everything it started, at once."""
        self._stopping.set()
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    async def _keep(self, running: Running) -> int:
        wait = self._pace.first
        while True:
            code, lived = await self._run_to_end(running)
            if self._stopping.is_set():
                return 0
            if code == GIVE_UP:
                self._emit(self._child.name, "cannot work as it is set up; see the lines above")
                return GIVE_UP
            if lived >= self._pace.healthy:
                wait = self._pace.first
            self._emit(self._child.name, f"ended with {code}; starting it again in {wait:g} s")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
                return 0
            wait = min(2 * wait, self._pace.longest)
            running = await self._spawn()

    async def _spawn(self) -> Running:
        """Start the child in a process group of its own.

        So Ctrl-C at a terminal reaches only the supervisor, which then stops one after another.
        The pipe is ours and not asyncio's, whose wait for the child would also wait for every
        grandchild that holds the pipe open.
        """
        ours, theirs = os.pipe()
        output = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(output), os.fdopen(ours, "rb")
        )
        try:
            self._process = await asyncio.create_subprocess_exec(
                *launcher(self._child.argv, signal.SIGKILL),
                stdin=DEVNULL,
                stdout=theirs,
                stderr=STDOUT,
                process_group=0,
                env=os.environ | self._child.environment,
            )
        finally:
            os.close(theirs)
        return Running(self._process, output, time.monotonic())

    async def _run_to_end(self, running: Running) -> tuple[int, float]:
        """Forward the child's lines until it ends; its exit code and how many seconds it ran."""
        forwarding = asyncio.create_task(self._forward(running.output))
        code = await running.process.wait()
        lived = time.monotonic() - running.since
        # A grandchild that outlives it keeps the pipe open: end it, then the lines end.
        with suppress(ProcessLookupError):
            os.killpg(running.process.pid, signal.SIGKILL)
        await forwarding
        return code, lived

    async def _forward(self, output: asyncio.StreamReader) -> None:
        rest = b""
        while chunk := await output.read(LONGEST_LINE_BYTES):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE_BYTES:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self._emit(self._child.name, line.decode(errors="replace"))
        if rest:
            self._emit(self._child.name, rest.decode(errors="replace"))


def write_line(name: str, line: str) -> None:
    """Write a child's line to standard error, marked with its name."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"{name:<10} | {line}\n")
        sys.stderr.flush()


async def supervise(
    children: Sequence[Child],
    *,
    ready: Callable[[], Awaitable[None]],
    emit: Emit = write_line,
    pace: Pace | None = None,
) -> int:
    """Run the children until SIGINT or SIGTERM (returns 0) or one gives up (returns GIVE_UP).

    ``ready`` is awaited beside them once all are started; it may wait until one answers. They
    start in the order given and stop in the reverse; a second signal kills them all at once. An
    error in ``ready`` is raised here, after they were stopped.
    """
    keepers = [Keeper(child, emit, pace or Pace()) for child in children]
    asked = asyncio.Event()

    def on_signal() -> None:
        if asked.is_set():
            for keeper in keepers:
                keeper.kill()
        asked.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    asking = asyncio.create_task(asked.wait())
    try:
        kept = [await keeper.start() for keeper in keepers]
        return await _first_end(asking, kept, asyncio.ensure_future(ready()))
    finally:
        asking.cancel()
        for keeper in reversed(keepers):
            await keeper.stop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _first_end(
    asking: asyncio.Task[Literal[True]], kept: list[asyncio.Task[int]], ready: asyncio.Future[None]
) -> int:
    """Wait for the first reason to stop everything; the exit code that it means."""
    waiting: set[asyncio.Future[Any]] = {asking, ready, *kept}
    try:
        while True:
            ended, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if asking in ended:
                return 0
            if any(task in ended for task in kept):
                return GIVE_UP
            ready.result()
    finally:
        ready.cancel()
