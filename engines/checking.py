"""Files from people whom we do not know, read in a process of its own that can be ended.

What stands in such a file decides how long reading takes and how much memory. `Checking` starts a
module as a child, hands it the file and waits; a child that takes too much is killed. The module
calls `serve`, which limits the child before it reads anything.
"""

import asyncio
import os
import resource
import signal
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import cast

from domain.errors import Fault

SECONDS = 20.0
"""From the start of a child to its end, its own time on the processor as well."""
_MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
_ROOT = Path(__file__).resolve().parent.parent
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")
"""What a child may see of our environment: where Python is, and no secret."""
_OUT_OF_MEMORY = 3
_ENDED_BY_LIMITS = (_OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGKILL)
_PIECE = 65536


class TookTooMuch(Exception):
    """A child was ended by its limits: by the time it took, or by memory."""


class Checking:
    """Asks one child at a time; further questions wait."""

    def __init__(self, module: str, longest: int, seconds: float = SECONDS) -> None:
        """`longest` is how many bytes a child may answer."""
        self._module = module
        self._longest = longest
        self._seconds = seconds
        self._turn = asyncio.Lock()

    async def ask(self, given: bytes) -> bytes:
        """What a child of its own answers. No child outlives the call, however it ends.

        Raises TookTooMuch, and Fault if the child breaks.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    code, answer = await self._ask_a_child(given)
            except TimeoutError as error:
                raise TookTooMuch from error
        if code in _ENDED_BY_LIMITS:
            raise TookTooMuch
        if code:
            raise Fault(f"{self._module} ended with {code}: {answer[:200]!r}")
        return answer

    async def _ask_a_child(self, given: bytes) -> tuple[int, bytes]:
        """How a child ended, and what it said. It is dead when this returns or raises."""
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self._module,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        writer, reader = cast(StreamWriter, child.stdin), cast(StreamReader, child.stdout)
        try:
            await _give(writer, given)  # It reads all of it before it says anything.
            answer = await self._hear(reader)
            return await child.wait(), answer
        finally:
            if child.returncode is None:
                child.kill()
            await reader.read()  # What nobody wanted to hear: it is alive while that is left.
            await child.wait()

    async def _hear(self, reader: StreamReader) -> bytes:
        answer = bytearray()
        while piece := await reader.read(_PIECE):
            answer += piece
            if len(answer) > self._longest:
                raise Fault(f"{self._module} says too much")
        return bytes(answer)


async def _give(writer: StreamWriter, given: bytes) -> None:
    try:
        writer.write(given)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    except (BrokenPipeError, ConnectionResetError):
        return  # It ended before it had read everything; how it ended says why.


def serve(answer: Callable[[bytes], Iterable[bytes]]) -> int:
    """The child: reads its task from standard input and writes what it found, piece by piece."""
    _limit()
    sys.excepthook = _tell
    try:
        for piece in answer(sys.stdin.buffer.read()):
            sys.stdout.buffer.write(piece)
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    """Before anything is read. The processor is left to whoever serves students."""
    _lower(resource.RLIMIT_AS, _MEMORY)
    _lower(resource.RLIMIT_CPU, int(SECONDS))
    _lower(resource.RLIMIT_CORE, 0)
    os.nice(5)


def _lower(kind: int, limit: int) -> None:
    _, most = resource.getrlimit(kind)
    least = limit if most == resource.RLIM_INFINITY else min(limit, most)
    resource.setrlimit(kind, (least, least))


def _tell(kind: type[BaseException], _: BaseException, step: TracebackType | None) -> None:
    """What broke and where, without the text of the error, which may quote the file."""
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    where = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}" if step is not None else "?"
    sys.stdout.write(f"{kind.__name__} at {where}")
