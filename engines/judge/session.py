"""A program in a box of its own: compiled once, then run as often as needed."""

import fcntl
import math
import os
import re
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.submissions.judging import STDOUT_KEPT, Compilation, Limits, Program, Verdict
from engines.judge import verdicts
from engines.judge.box import MEBIBYTE, ROOM_BYTES, Bounds, Box, BoxBroken, Ended, Step
from engines.judge.languages.language import Language

COMPILE = Limits(time_ms=10_000, memory_kb=1024 * 1024, output_kb=32 * 1024)
COMPILE_WALL_MS = 30_000
STACK_BYTES = 64 * MEBIBYTE
THREAD_STACK_BYTES = 8 * MEBIBYTE
"""A thread's stack has the size that a program's own may grow to: it must then be a small one."""
THREADS_BYTES = 64 * THREAD_STACK_BYTES
"""Addresses for the stacks of all the threads that a program may have."""
THREADS = re.compile(r"thread|async|concurrent", re.I)
"""What the source of a program with threads speaks of."""
OPEN_FILES = 64
RLIMIT_SIGPENDING = 11
SIGNALS = 1024
"""Signals that may wait, and timers: each takes the kernel's memory."""
TAIL_BYTES = 4096
STDIN = "stdin"
"""What /dev/stdin points to in a box, which has no /proc to point to."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended and what it wrote."""

    verdict: Verdict
    ended: Ended
    stdout: bytes
    """All of it, up to the limit."""
    stderr: bytes
    """Its first STDOUT_KEPT bytes, tidied."""


class Session:
    """Use as `async with Session(language, program) as session`. Raises NoSandbox, BoxBroken."""

    def __init__(self, language: Language, program: Program, room_bytes: int = ROOM_BYTES) -> None:
        self._language = language
        self._source = program.source.encode(errors="replace")
        self._threaded = THREADS.search(program.source) is not None
        self._reads_device = "/dev/stdin" in program.source
        modules = language.modules(program.source)
        self._box = Box(language.mounts, modules, room_bytes)

    async def __aenter__(self) -> "Session":
        await self._box.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._box.close()

    async def compile(self) -> Compilation | None:
        """What the compiler said; None where there is nothing to say."""
        language = self._language
        if language.compile is None:
            return None
        done = await self._compile(language.compile)
        if not done.ok:
            fit = (each for each in language.otherwise if each.signs.search(done.output))
            if (other := next(fit, None)) is not None:
                again = await self._compile(other.step)
                done = again if again.ok else done
        return done if language.shows_compilation or not done.ok else None

    async def _compile(self, step: Step) -> Compilation:
        language = self._language
        with _file(self._source) as source, _file() as nothing, _file() as said:
            bounds = Bounds(COMPILE.time_ms, COMPILE_WALL_MS, _compile_limits())
            streams = (nothing, said, said)
            files = [(language.file, source)]
            ended = await self._box.run(step, bounds, streams, files, ready_for=language.run)
            output = language.tidy(os.pread(said, 4 * STDOUT_KEPT, 0))[:STDOUT_KEPT]
        if ended.failed:
            raise BoxBroken(f"the compiler of {language.code} could not be started")
        text = output.decode(errors="replace")
        if ended.status and not text.strip():
            text = "The compiler used more time or memory than it is allowed.\n"
        return Compilation(ended.status == 0, text, ended.wall_us // 1000)

    async def run(
        self,
        limits: Limits,
        given: bytes,
        arguments: Sequence[str] = (),
        files: Sequence[tuple[str, bytes]] = (),
        folders: Sequence[str] = (),
    ) -> Run:
        """Runs the program once. `files` stand in its folder; all is gone afterwards."""
        language = self._language
        memory_mb = str(max(1, limits.memory_kb // 1024))
        argv = [each.replace("{memory_mb}", memory_mb) for each in language.run.argv]
        step = replace(language.run, argv=[*argv, *arguments])
        bounds = Bounds(
            limits.time_ms, wall_ms(limits), _run_limits(limits, language, threaded=self._threaded)
        )
        contents = [(language.file, self._source), *files]
        if self._reads_device:
            contents.append((STDIN, given))
        with _file(given) as stdin, _file() as stdout, _file() as stderr, _files(contents) as put:
            ended = await self._box.run(
                step, bounds, (stdin, stdout, stderr), put, folders, ready_for=language.run
            )
            sizes = [os.fstat(each).st_size for each in (stdout, stderr)]
            tail = os.pread(stderr, TAIL_BYTES, max(0, sizes[1] - TAIL_BYTES))
            found = verdicts.verdict(ended, limits, language, max(sizes), tail)
            errors = language.tidy(os.pread(stderr, 4 * STDOUT_KEPT, 0))[:STDOUT_KEPT]
            return Run(found, ended, os.pread(stdout, limits.output_kb * 1024, 0), errors)


def wall_ms(limits: Limits) -> int:
    """How long a run may take by the clock on the wall."""
    return 2 * limits.time_ms + 1000


def _run_limits(limits: Limits, language: Language, *, threaded: bool) -> list[tuple[int, int]]:
    memory = limits.memory_kb * 1024
    if language.space_bytes is None:
        space = (resource.RLIMIT_DATA, memory + language.data_bytes)
        stack = STACK_BYTES
    elif threaded:
        space = (resource.RLIMIT_AS, memory + language.space_bytes + THREADS_BYTES)
        stack = THREAD_STACK_BYTES
    else:
        space = (resource.RLIMIT_AS, memory + language.space_bytes)
        stack = memory
    return [
        space,
        (resource.RLIMIT_CPU, math.ceil(limits.time_ms / 1000) + 1),
        # One more than is allowed, so that too much can be told from just enough.
        (resource.RLIMIT_FSIZE, limits.output_kb * 1024 + 1),
        # A recursion without end should meet this bound first, and be told as what it is.
        (resource.RLIMIT_STACK, min(stack, memory * 3 // 4)),
        (resource.RLIMIT_NPROC, language.threads),
        *_always(),
    ]


def _compile_limits() -> list[tuple[int, int]]:
    return [
        (resource.RLIMIT_AS, COMPILE.memory_kb * 1024),
        (resource.RLIMIT_CPU, COMPILE.time_ms // 1000),
        (resource.RLIMIT_FSIZE, COMPILE.output_kb * 1024),
        (resource.RLIMIT_STACK, STACK_BYTES),
        (resource.RLIMIT_NPROC, OPEN_FILES),
        *_always(),
    ]


def _always() -> list[tuple[int, int]]:
    return [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (RLIMIT_SIGPENDING, SIGNALS),
    ]


@contextmanager
def _file(content: bytes | None = None) -> Iterator[int]:
    """A file in memory: empty, to be written; or, once sealed, one that can only be read."""
    try:
        descriptor = os.memfd_create("dars", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
    except OSError as error:
        raise BoxBroken(f"no file in memory: {error}") from error
    try:
        if content is not None:
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
            os.lseek(descriptor, 0, os.SEEK_SET)
            seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _files(contents: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, int]]]:
    if not contents:
        yield []
        return
    (name, content), *others = contents
    with _file(content) as descriptor, _files(others) as rest:
        yield [(name, descriptor), *rest]
