"""The first process inside a box: it starts the student's program again and again, and watches it.

This file alone goes into the box, as code, over the socket through which the judge speaks to it;
so it imports nothing of ours, and little of Python's own, to start fast and stay small. What it
starts is hostile. Its child, before it becomes the student's, gives up the socket and its account,
takes limits and a filter of system calls, and only then runs anything.

Requests are marshalled; answers are plain numbers, because the judge must be able to read them
safely even if this process were taken over. Paths are plain text: pathlib alone would take longer
to import than all the rest.
"""

import _signal
import _socket
import array
import ctypes
import fcntl
import gc
import marshal
import os
import resource
import select
import site
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

WORK = "/tmp"  # noqa: S108 - the box's own, empty and of a fixed size
TICK_MS = 50
IDLE, BUSY = 8, 4
"""Who uses less than this part of the time waits for something; who computes gets so much more."""
FILES_MOST = 4096
"""Files and folders that may be made during a run: each takes the kernel's memory, not ours."""
KEPT_MOST = 32 * 1024 * 1024
CAPABILITY_HEADER = (0x20080522).to_bytes(4, sys.byteorder) + bytes(4)  # version 3, of oneself
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38
SEALS = 0x1 | 0x2 | 0x4 | 0x8  # against further seals, shrinking, growing and writing
F_ADD_SEALS = 1033
PROCESS_CLOCK = 2
SETTING_UP, EXECUTING = b"\1", b"\2"
"""What a child was at when it failed."""
RUNNING, BY_TIME, BY_WALL, BY_FILES, BY_SPACE = 0, 1, 2, 3, 4
"""What made the runner end a program, or not even begin it; 0 where it ended by itself."""
ELF = b"\x7fELF\2\1"
LOADED = 1
"""The type of a program header that asks for memory."""

Request = dict[str, Any]
Then = Callable[[], None]


class Filter(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))


class Runner:
    """Serves requests until the judge closes the socket."""

    def __init__(self, judge: _socket.socket, settings: Request) -> None:
        self.judge = judge
        self.uid: int | None = settings["uid"]
        self.filters: list[bytes] = settings["filters"]
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.kept = -1
        """A sealed file in memory: what a compiler made."""
        self.kept_bytes = 0
        """Of memory that it takes when it begins."""
        self.waiting: tuple[int, int, _socket.socket] | None = None
        """The child that waits for the next request, the pipe in which it tells of trouble, and
        the socket on which it waits."""
        for name in settings["modules"]:
            try:
                __import__(name)
            except ImportError:
                continue

    def serve(self) -> Then:
        """Never returns in the first process; in a child that is to run Python, what to run."""
        self.prctl(PR_SET_DUMPABLE, 0)
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        for install in (site.setquit, site.setcopyright, site.sethelper):
            install()
        gc.collect()
        gc.freeze()
        gc.disable()
        self.judge.send(b"ready")
        while True:
            request, descriptors = receive(self.judge)
            then = self.answer(request, descriptors)
            if then is None and request["ready_for"] and self.waiting is None:
                # While the judge looks at the answer, the child for the next test is got ready.
                then = self.get_ready(*request["ready_for"])
            if then is not None:
                return then

    def prctl(self, *arguments: Any) -> None:
        if self.libc.prctl(*arguments, *(0,) * (5 - len(arguments))):
            raise OSError(ctypes.get_errno(), "prctl")

    def answer(self, request: Request, descriptors: list[int]) -> Then | None:
        """Run one program; its end is told to the judge."""
        for name, descriptor in zip(request["files"], descriptors[3:], strict=True):
            write(name, descriptor)
        for name in request["folders"]:
            os.mkdir(name)
            os.chmod(name, 0o777)  # noqa: S103
        if self.too_large(request):
            for descriptor in descriptors:
                os.close(descriptor)
            self.wipe()
            self.judge.send(f"0 9 {BY_SPACE} 0 0 0".encode())
            return None
        started = time.monotonic()
        if request["keep"]:
            self.dismiss()
        if self.waiting is None:
            then = self.get_ready(request["profile"], request["python"] and not request["keep"])
            if then is not None:
                return then
        child, trouble = self.hand_over(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        why = self.watch(child, request, started)
        _, status, usage = os.wait4(child, 0)
        wall = time.monotonic() - started
        kill_others()
        failed = sum(os.read(trouble, 1))
        os.close(trouble)
        if request["keep"]:
            self.keep(request["keep"])
        cpu = usage.ru_utime + usage.ru_stime
        figures = (failed, status, why, int(cpu * 1e6), int(wall * 1e6), usage.ru_maxrss)
        self.wipe()
        self.judge.send(" ".join(map(str, figures)).encode())
        return None

    def too_large(self, request: Request) -> bool:
        """Whether a program is larger than its memory, of which the kernel would tell nothing."""
        if not request["kept"] or request["python"]:
            return False
        most = dict(request["limits"]).get(resource.RLIMIT_AS, sys.maxsize)
        return bool(self.kept_bytes > most)

    def watch(self, child: int, request: Request, started: float) -> int:
        """Wait until the child has ended, or end it for what it used up."""
        handle = os.pidfd_open(child)
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        poll.register(self.judge, select.POLLIN)
        clock = (~child << 3) | PROCESS_CLOCK
        why = RUNNING
        while True:
            events = poll.poll(TICK_MS)
            if any(descriptor != handle for descriptor, _ in events):
                os._exit(0)  # the judge has left; without us everything in the box ends
            if events:
                os.close(handle)
                return why
            wall, used = time.monotonic() - started, time.clock_gettime(clock)
            # A program that computes, but gets little of a busy machine, is given more time.
            most = request["wall_ms"] / 1000 * (1 if used < wall / IDLE else BUSY)
            if used > request["cpu_ms"] / 1000:
                why = BY_TIME
            elif wall > most:
                why = BY_WALL
            elif files_made() > FILES_MOST:
                why = BY_FILES
            if why:
                os.kill(child, _signal.SIGKILL)

    def get_ready(self, profile: int, load: bool) -> Then | None:
        """Fork a child that gives up all that is ours and waits; None in the parent.

        Nothing of the student's runs meanwhile, so nobody can meddle with it.
        """
        trouble, told = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        ours, its = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            ours.close()
            return self.become(profile, load, its, told)
        os.close(told)
        its.close()
        self.waiting = child, trouble, ours
        return None

    def dismiss(self) -> None:
        """Send the waiting child home: it was got ready for something else."""
        if self.waiting is None:
            return
        child, trouble, channel = self.waiting
        self.waiting = None
        channel.close()
        os.close(trouble)
        os.kill(child, _signal.SIGKILL)
        os.waitpid(child, 0)

    def hand_over(self, request: Request, descriptors: list[int]) -> tuple[int, int]:
        """Give the waiting child its request; returns its number and the pipe of its trouble."""
        if self.waiting is None:
            raise RuntimeError("nobody waits")
        child, trouble, channel = self.waiting
        self.waiting = None
        rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", descriptors[:3]))
        channel.sendmsg([marshal.dumps(request)], [rights])
        channel.close()
        return child, trouble

    def become(self, profile: int, load: bool, its: _socket.socket, told: int) -> Then:
        """In the child: give up all that is ours, then be the student's program."""
        stage = SETTING_UP
        try:
            os.setsid()
            if self.uid is not None:
                os.setgroups([])
                os.setresgid(self.uid, self.uid, self.uid)
                os.setresuid(self.uid, self.uid, self.uid)
            self.renounce()
            os.close(self.judge.detach())
            kept = os.pread(self.kept, KEPT_MOST, 0) if load else b""
            code = marshal.loads(kept) if kept else None  # noqa: S302 - see docs/design
            self.filter(profile)
            request, descriptors = receive(its)
            for number, descriptor in enumerate(descriptors):
                os.dup2(descriptor, number)
            its.close()
            for kind, most in request["limits"]:
                hard = resource.getrlimit(kind)[1]
                most = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (most, most))
            if request["python"]:
                _signal.signal(_signal.SIGINT, _signal.default_int_handler)
                os.closerange(3, 64)
                if request["keep"]:
                    return lambda: translate(request["argv"][0], request["keep"])
                return lambda: interpret(code, request["argv"])
            for number in (_signal.SIGPIPE, _signal.SIGXFSZ, _signal.SIGINT):
                _signal.signal(number, _signal.SIG_DFL)
            where = self.kept if request["kept"] else os.open(request["program"], os.O_RDONLY)
            stage = EXECUTING
            os.execve(where, request["argv"], request["env"])  # noqa: S606
        except BaseException:  # noqa: BLE001 - after a failed step nothing may be run
            with suppress(OSError):
                os.write(told, stage)
            os._exit(1)

    def renounce(self) -> None:
        """Give up the one set of capabilities that a change of account leaves."""
        if self.libc.capset(CAPABILITY_HEADER, b"\0" * 24):
            raise OSError(ctypes.get_errno(), "capset")

    def filter(self, profile: int) -> None:
        """From here on only the calls of a profile are allowed."""
        code = self.filters[profile]
        self.prctl(PR_SET_NO_NEW_PRIVS, 1)
        self.prctl(PR_SET_SECCOMP, 2, ctypes.byref(Filter(len(code) // 8, code)))

    def keep(self, name: str) -> None:
        """Take a file that was made into memory, where nobody can write it any more."""
        try:
            source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return
        kept = os.memfd_create("solution", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
        copy(source, kept)
        os.close(source)
        fcntl.fcntl(kept, F_ADD_SEALS, SEALS)
        self.kept, self.kept_bytes = kept, space_of(kept)

    def wipe(self) -> None:
        """Leave an empty folder. Folders of the student's are opened with his own account."""
        os.chmod(WORK, 0o1777)  # noqa: S103 - without an account of his own the student may change it
        if not os.listdir(WORK):
            return
        if self.uid is not None:
            os.seteuid(self.uid)
            empty(WORK)
            os.seteuid(0)
        empty(WORK)
        if os.listdir(WORK):
            os._exit(1)


def space_of(file: int) -> int:
    """The memory that a 64-bit program asks for, by its headers; 0 for anything else."""
    head = os.pread(file, 64, 0)
    if len(head) < 64 or not head.startswith(ELF):
        return 0
    place = int.from_bytes(head[32:40], "little")
    size, count = (int.from_bytes(head[at : at + 2], "little") for at in (54, 56))
    starts = [place + number * size for number in range(min(count, 64))]
    headers = [os.pread(file, 56, start) for start in starts if start < KEPT_MOST]
    loaded = [each for each in headers if int.from_bytes(each[:4], "little") == LOADED]
    return sum(int.from_bytes(each[40:48], "little") for each in loaded)


def receive(channel: _socket.socket) -> tuple[Request, list[int]]:
    """The next request and the descriptors that came with it; ends this process with the other."""
    size = array.array("i").itemsize
    message, ancillary, _, _ = channel.recvmsg(
        1 << 18, _socket.CMSG_SPACE(16 * size), _socket.MSG_CMSG_CLOEXEC
    )
    if not message:
        os._exit(0)
    descriptors = array.array("i")
    for _, _, content in ancillary:
        descriptors.frombytes(content)
    return marshal.loads(message), list(descriptors)  # noqa: S302 - from the judge alone


def write(name: str, descriptor: int) -> None:
    """Copy a file in memory to where the program finds it."""
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    copy(descriptor, file)
    os.close(file)


def copy(source: int, target: int) -> None:
    place = 0
    while sent := os.sendfile(target, source, place, 1 << 30):
        place += sent


def kill_others() -> None:
    """End and bury everything in the box but this process."""
    try:
        os.kill(-1, _signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def files_made() -> int:
    found = os.statvfs(WORK)
    return found.f_files - found.f_ffree


def empty(folder: str) -> None:
    """Delete what is in a folder, as far as this account may.

    A deep tree is flattened as it goes, since no path may be longer than the kernel allows.
    """
    waiting = os.listdir(folder)
    while waiting:
        path = f"{folder}/{waiting.pop()}"
        try:
            if os.path.islink(path) or not os.path.isdir(path):
                os.unlink(path)
                continue
            os.chmod(path, 0o700)
            for inner in os.listdir(path):
                below = f"{path}/{inner}"
                if os.path.islink(below) or not os.path.isdir(below):
                    os.unlink(below)
                    continue
                os.chmod(below, 0o700)
                name = os.urandom(16).hex()  # nobody can have made a folder of this name before
                os.rename(below, f"{folder}/{name}")
                waiting.append(name)
            os.rmdir(path)
        except OSError:
            continue


def translate(source: str, target: str) -> None:
    """Turn a program into Python's own code, which is only data until it is run."""
    with open(source, "rb") as file:
        text = file.read()
    try:
        code = compile(text, source, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        error.__traceback__ = None
        sys.excepthook(type(error), error, None)
        sys.stderr.flush()
        os._exit(1)
    with open(target, "wb") as file:
        file.write(marshal.dumps(code))
    os._exit(0)


def interpret(code: Any, argv: list[str]) -> None:
    """Run a program as `python solution.py` does; the interpreter then ends in its usual way."""
    main = type(sys)("__main__")
    about = {"__builtins__": sys.modules["builtins"], "__file__": argv[0], "__cached__": None}
    main.__dict__.update(__annotations__={}, **about)
    sys.modules["__main__"] = main
    sys.argv = argv
    sys.path.insert(0, WORK)
    gc.enable()
    # He may give these names to other things.
    leaving, stopping, anything = SystemExit, KeyboardInterrupt, BaseException
    try:
        exec(code, main.__dict__)  # noqa: S102 - this is what the box is for
    except (leaving, stopping):
        raise
    except anything as error:  # shown as the interpreter would, less our lines
        trace = error.__traceback__
        error.__traceback__ = trace and trace.tb_next
        sys.excepthook(error.__class__, error, error.__traceback__)
    else:
        return
    raise leaving(1)


def serve(judge: _socket.socket) -> Then:
    """Where the box begins."""
    settings = marshal.loads(judge.recv(1 << 18))  # noqa: S302 - our judge
    return Runner(judge, settings).serve()
