"""One box: a bubblewrap of its own, in which programs are run one after another.

What is in it: the tools of one language, read-only; an empty folder of fixed size; nothing else,
and no network. Its first process is our runner, to which we speak over a socket; the student's
programs are the runner's children. Whatever happens inside, the box is ended from outside.
"""

import asyncio
import json
import marshal
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

from domain.submissions.judging import NoSandbox
from engines.judge.bubblewrap import FIRST_UID, UIDS, arguments, is_root, reason
from engines.judge.furniture import Mount, interpreter
from engines.judge.runner import BUSY, BY_SPACE
from engines.judge.seccomp import Profile, program
from engines.judge.tables import LOOK_SECONDS, end_if_too_large

OPEN_SECONDS = 10.0
ENDING_SECONDS = 1.0
END_SECONDS = 10.0
GRACE_SECONDS = 5.0
"""What the runner is allowed beyond a program's wall clock to clean up and answer."""
MEBIBYTE = 1024 * 1024
ROOM_BYTES = 64 * MEBIBYTE
SPACES = (resource.RLIMIT_AS, resource.RLIMIT_DATA)
"""One of these bounds a program's memory."""
RUNNER = Path(__file__).with_name("runner.py")
LOADER = (
    "import marshal,_socket\n"
    "j=_socket.socket(fileno={fd})\n"
    "n={{'__name__':'runner'}}\n"
    "exec(marshal.loads(j.recv(1<<18)),n)\n"
    "r=n['serve'](j)\n"
    "del marshal,_socket,j,n\n"
    "r()"
)


class BoxBroken(Exception):
    """The box ended or did not answer: ours to explain, never the student's."""


@dataclass(frozen=True, slots=True)
class Step:
    """One program to run. Memory is in bytes, time in milliseconds."""

    argv: Sequence[str]
    profile: Profile
    program: str = ""
    """The path of what is executed; empty for what was kept."""
    python: bool = False
    """Whether the runner's own child runs it, instead of executing a program."""
    keep: str = ""
    """The file that is taken into memory afterwards, to be run by later steps."""
    environment: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may use; `limits` are pairs of a resource's number and its most."""

    cpu_ms: int
    wall_ms: int
    limits: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, as the runner saw it."""

    failed: int
    """0, or why the program could not even be begun: 1 by our fault, 2 by the program's."""
    status: int
    """As os.wait gives it."""
    why: int
    """0, or which bound made the runner end it: see engines.judge.runner."""
    cpu_us: int
    wall_us: int
    memory_kb: int


class Box:
    """Use as `async with Box(mounts, modules, room) as box`, which raises NoSandbox, BoxBroken."""

    def __init__(
        self,
        mounts: Sequence[Mount],
        modules: Sequence[str] = (),
        room_bytes: int = ROOM_BYTES,
    ) -> None:
        self._mounts = mounts
        self._modules = tuple(modules)
        self._room_bytes = room_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._first = -1
        self._runner = 0
        self._socket: socket.socket | None = None

    async def __aenter__(self) -> "Box":
        try:
            await self._open()
        except OSError as error:
            await self.close()
            raise BoxBroken(f"the machine opens no box: {error}") from error
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _open(self) -> None:
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            raise NoSandbox("bubblewrap is not installed: apt-get install bubblewrap")
        as_root = is_root()
        self._socket, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.setblocking(False)
        # Not pipes: if nobody read them any more, bubblewrap would end before its child begins.
        with inside, _memory("said") as said, _memory("about") as about:
            command = [
                *(bwrap, *arguments(self._mounts, self._room_bytes, as_root=as_root)),
                *("--info-fd", str(about.fileno()), "--", str(interpreter().program)),
                *("-I", "-S", "-E", "-X", "utf8", "-c", LOADER.format(fd=inside.fileno())),
            ]
            self._process = subprocess.Popen(  # noqa: S603, ASYNC220 - a millisecond
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={},
                pass_fds=(inside.fileno(), about.fileno()),
            )
            inside.close()
            try:
                await self._greet(as_root=as_root)
            except BoxBroken as error:
                # It closes its descriptors a little before it has ended.
                try:
                    await asyncio.to_thread(self._process.wait, ENDING_SECONDS)
                except subprocess.TimeoutExpired:
                    raise error from None
                said.seek(0)
                raise NoSandbox(reason(said.read().decode(errors="replace"))) from error
            about.seek(0)
            self._runner = json.loads(about.read())["child-pid"]
            self._first = os.pidfd_open(self._runner)

    async def _greet(self, *, as_root: bool) -> None:
        uid = FIRST_UID + secrets.randbelow(UIDS) if as_root else None
        filters = [program(each) for each in Profile]
        settings = {"uid": uid, "filters": filters, "modules": self._modules}
        self._send(_runner_code())
        self._send(marshal.dumps(settings))
        if await self._receive(OPEN_SECONDS) != b"ready":
            raise BoxBroken("the runner did not begin")

    async def run(
        self,
        step: Step,
        bounds: Bounds,
        streams: tuple[int, int, int],
        files: Sequence[tuple[str, int]] = (),
        folders: Sequence[str] = (),
        ready_for: Step | None = None,
    ) -> Ended:
        """Runs one program with these descriptors as its standard streams.

        `ready_for` is the step that will come next, if that is known: it then begins sooner.

        `files` are names and the descriptors of what they shall contain; all is gone afterwards.
        Raises BoxBroken.
        """
        request = {
            "argv": list(step.argv),
            "env": {**dict(BASE_ENVIRONMENT), **dict(step.environment)},
            "program": step.program,
            "kept": not step.program,
            "python": step.python,
            "profile": int(step.profile),
            "keep": step.keep,
            "cpu_ms": bounds.cpu_ms,
            "wall_ms": bounds.wall_ms,
            "limits": list(bounds.limits),
            "ready_for": ready_for and (int(ready_for.profile), ready_for.python),
            "files": [name for name, _ in files],
            "folders": list(folders),
        }
        self._send(marshal.dumps(request), [*streams, *(each for _, each in files)])
        answer, too_large = await self._answer(bounds)
        try:
            ended = Ended(*map(int, answer.split()))
        except (ValueError, TypeError) as error:
            raise BoxBroken("the runner ended" if not answer else "a strange answer") from error
        return replace(ended, why=BY_SPACE) if too_large else ended

    async def _answer(self, bounds: Bounds) -> tuple[bytes, bool]:
        """What the runner says, and whether the program had to be ended for its page tables."""
        seconds = BUSY * bounds.wall_ms / 1000 + GRACE_SECONDS
        answer = asyncio.ensure_future(self._receive(seconds))
        most_kb = (
            max((most for kind, most in bounds.limits if kind in SPACES), default=1 << 60) // 1024
        )
        too_large = False
        try:
            while not (await asyncio.wait([answer], timeout=LOOK_SECONDS))[0]:
                too_large |= end_if_too_large(self._runner, most_kb)
        finally:
            answer.cancel()
            await asyncio.wait([answer])  # it must let go of the socket before that is closed
        return answer.result(), too_large

    @property
    def _connection(self) -> socket.socket:
        if self._socket is None:
            raise BoxBroken("the box is not open")
        return self._socket

    def _send(self, message: bytes, descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._connection, [message], descriptors)
        except OSError as error:
            raise BoxBroken(f"the runner does not listen: {error}") from error

    async def _receive(self, seconds: float) -> bytes:
        """The runner's next message; empty when it has ended."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                return await loop.sock_recv(self._connection, 256)
        except TimeoutError as error:
            raise BoxBroken("the runner does not answer") from error
        except OSError as error:
            raise BoxBroken(f"the runner ended: {error}") from error

    async def close(self) -> None:
        """Ends everything in the box and waits until nothing of it is left."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        process, self._process = self._process, None
        if process is None:
            return
        if self._first >= 0:
            # With its first process dies all that is in it; bubblewrap then ends by itself.
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)
            os.close(self._first)
            self._first = -1
        await asyncio.shield(asyncio.to_thread(_bury, process))


def _memory(name: str) -> BinaryIO:
    """A file in memory, which a full disk does not hinder."""
    return os.fdopen(os.memfd_create(name), "w+b")


def _bury(process: subprocess.Popen[bytes]) -> None:
    """Wait for bubblewrap's end, which comes when the runner has found its socket closed."""
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


BASE_ENVIRONMENT = (("PATH", "/usr/bin"), ("HOME", "/tmp"), ("LANG", "C.UTF-8"))  # noqa: S108


@cache
def _runner_code() -> bytes:
    return marshal.dumps(compile(RUNNER.read_bytes(), "runner", "exec", optimize=2))
