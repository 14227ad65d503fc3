"""Files that teachers send, checked in a process of its own that can be ended.

What stands in such a file decides how long checking takes and how much memory. `LibraryCheck`
starts this module as a child, hands it the file and waits; a child that takes too much is killed.
What the child finds comes back as JSON.
"""

import asyncio
import json
import os
import resource
import signal
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from domain.errors import Fault
from domain.practice.library import UPLOAD_BYTES, Upload, read_upload
from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.records import AnswerForm, AnswerKind, Problem

SECONDS = 20.0
"""From the start of a child to its end, its own time on the processor as well."""
_MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
_LARGEST_ANSWER = 16_000_000
"""Bytes; a file of the largest size, escaped, is half of that."""
_ROOT = Path(__file__).resolve().parent.parent
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")
"""What a child may see of our environment: where Python is, and no secret."""
_OUT_OF_MEMORY = 3
_ENDED_BY_LIMITS = (_OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGKILL)


class LibraryCheck:
    """Checks one file at a time; further ones wait."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = asyncio.Lock()

    async def check(self, name: str, content: bytes, topics: Collection[str]) -> Upload:
        """As `read_upload`, with a complaint of too much to try where it takes too long.

        Raises Fault if the child breaks. No child outlives the call, however it ends.
        """
        # One byte too many is enough to be told that a file is too large.
        head = json.dumps({"name": name, "topics": sorted(topics)}).encode()
        given = head + b"\n" + content[: UPLOAD_BYTES + 1]
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    code, answer = await _ask_a_child(given)
            except TimeoutError:
                return _too_much(name)
        if code in _ENDED_BY_LIMITS:
            return _too_much(name)
        if code:
            raise Fault(f"checking a file of problems ended with {code}: {answer[:200]!r}")
        return _read(json.loads(answer))


def _too_much(name: str) -> Upload:
    return Upload((), (Complaint(name[-100:], 1, None, Flaw.TOO_MUCH_TO_TRY),), {})


async def _ask_a_child(given: bytes) -> tuple[int, bytes]:
    """How a child ended, and what it said. It is dead when this returns or raises."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "engines.library_check",
        cwd=_ROOT,
        env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    writer, reader = cast(StreamWriter, child.stdin), cast(StreamReader, child.stdout)
    try:
        await _give(writer, given)  # It reads all of it before it says anything.
        answer = await _hear(reader)
        return await child.wait(), answer
    finally:
        if child.returncode is None:
            child.kill()
        await reader.read()  # What nobody wanted to hear: it counts as alive while that is left.
        await child.wait()


async def _give(writer: StreamWriter, given: bytes) -> None:
    try:
        writer.write(given)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    except (BrokenPipeError, ConnectionResetError):
        return  # It ended before it had read everything; how it ended says why.


async def _hear(reader: StreamReader) -> bytes:
    answer = bytearray()
    while piece := await reader.read(65536):
        answer += piece
        if len(answer) > _LARGEST_ANSWER:
            raise Fault("checking a file of problems says too much")
    return bytes(answer)


def main() -> int:
    """The child: reads its task from standard input and writes what it found."""
    _limit()
    sys.excepthook = _tell
    try:
        head, _, content = sys.stdin.buffer.read().partition(b"\n")
        task = json.loads(head)
        found = read_upload(task["name"], content, task["topics"])
        answer = json.dumps(_written(found))
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.write(answer)
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


def _written(upload: Upload) -> Mapping[str, Any]:
    problems = [
        {**asdict(one), "answer_tolerance": one.answer_tolerance and str(one.answer_tolerance)}
        for one in upload.problems
    ]
    complaints = [asdict(one) for one in upload.complaints]
    return {"problems": problems, "complaints": complaints, "lines": dict(upload.lines)}


def _read(written: Mapping[str, Any]) -> Upload:
    return Upload(
        tuple(map(_problem, written["problems"])),
        tuple(Complaint(**{**one, "flaw": Flaw(one["flaw"])}) for one in written["complaints"]),
        written["lines"],
    )


def _problem(written: Mapping[str, Any]) -> Problem:
    made: Mapping[str, Callable[[Any], Any]] = {
        "answer_kind": AnswerKind,
        "answer_form": AnswerForm,
        "answer_tolerance": Decimal,
        "hints": tuple,
        "parameters": lambda pairs: tuple(map(tuple, pairs)),
        "conditions": tuple,
    }
    fields = {
        name: made[name](one) if name in made and one is not None else one
        for name, one in written.items()
    }
    return Problem(**fields)


if __name__ == "__main__":
    sys.exit(main())
