"""The filters let through what programs need, and name what kills them."""

import platform
import struct

import pyseccomp
import pytest

from engines.judge import seccomp
from engines.judge.seccomp import Profile

ALLOWED, NOT_IMPLEMENTED = 0x7FFF0000, 0x00050000 | 38
KILLED = 0x80000000
DENIED = 0x00050000 | 1
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def machine() -> int:
    return ARCHITECTURE.get(platform.machine(), 0)


pytestmark = pytest.mark.skipif(not machine(), reason="not a machine whose numbers are known here")


def answer(profile: Profile, name: str, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel would do: the filter is run as the kernel runs it."""
    number = pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
    padded = [each & (1 << 64) - 1 for each in (*arguments, *(0,) * (6 - len(arguments)))]
    data = struct.pack("<iIQ6Q", number, architecture or machine(), 0, *padded)
    return run(seccomp.program(profile), data)


def run(program: bytes, data: bytes) -> int:
    accumulator, place = 0, 0
    steps = list(struct.iter_unpack("<HBBI", program))
    while True:
        code, yes, no, value = steps[place]
        place += 1
        if code == 0x20:  # load a word
            accumulator = struct.unpack_from("<I", data, value)[0]
        elif code == 0x54:
            accumulator &= value
        elif code == 0x05:
            place += value
        elif code == 0x06:
            return int(value)
        else:
            holds = {
                0x15: accumulator == value,
                0x25: accumulator > value,
                0x35: accumulator >= value,
            }
            place += yes if holds[code] else no


CLONE_THREAD_FLAGS = 0x3D0F00
FORK_FLAGS = 0x1200011


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize(
    "name", ["read", "write", "mmap", "futex", "exit_group", "clock_nanosleep"]
)
def test_what_every_program_needs_is_allowed(profile: Profile, name: str) -> None:
    assert answer(profile, name) == ALLOWED


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize(
    "name",
    [
        *("ptrace", "process_vm_readv", "mount", "unshare", "setns", "bpf", "keyctl"),
        *("perf_event_open", "userfaultfd", "setresuid", "mknodat", "reboot", "init_module"),
        *("personality", "name_to_handle_at", "swapon", "acct", "settimeofday", "quotactl"),
        *("connect", "bind", "shmget", "mq_open", "msgget", "semget", "pidfd_getfd", "seccomp"),
    ],
)
def test_what_no_harmless_program_does_kills_in_every_profile(profile: Profile, name: str) -> None:
    assert answer(profile, name) == KILLED


def test_only_the_compiler_may_fork_but_all_may_have_threads() -> None:
    for profile in Profile:
        forks = ALLOWED if profile is Profile.COMPILE else KILLED
        assert answer(profile, "clone", FORK_FLAGS) == forks
        assert answer(profile, "clone", CLONE_THREAD_FLAGS) == ALLOWED
        assert answer(profile, "clone3") == NOT_IMPLEMENTED
        for space in seccomp.NEW_NAMESPACE[1:]:
            assert answer(profile, "clone", FORK_FLAGS | space) == KILLED
            assert answer(profile, "clone", CLONE_THREAD_FLAGS | space) == KILLED


def test_a_program_is_executed_from_a_descriptor_and_never_by_its_name() -> None:
    assert answer(Profile.PROGRAM, "execveat", 3, 0, 0, 0, 0x1000) == ALLOWED
    assert answer(Profile.PROGRAM, "execve") == KILLED
    assert answer(Profile.INTERPRETER, "execveat", 3, 0, 0, 0, 0x1000) != ALLOWED
    assert answer(Profile.COMPILE, "execve") == ALLOWED


@pytest.mark.parametrize("name", ["kill", "tkill", "tgkill", "rt_sigqueueinfo"])
@pytest.mark.parametrize("profile", list(Profile))
def test_signals_go_to_oneself_only(profile: Profile, name: str) -> None:
    for process in (2, 3, 77, 32767, 4194304):
        assert answer(profile, name, process, 6) == ALLOWED
    for process in (0, 1, -1, -7, 0xFFFFFFFF, 1 | 7 << 32, 7 << 32):
        assert answer(profile, name, process, 9) == KILLED


def test_no_socket_but_a_pair() -> None:
    assert answer(Profile.PROGRAM, "socketpair", 1) == ALLOWED
    for family in (2, 10, 16, 17, 38, 40):
        assert answer(Profile.PROGRAM, "socket", family) == KILLED
        assert answer(Profile.PROGRAM, "socketpair", family) == KILLED
    assert answer(Profile.PROGRAM, "socket", 1) == 0x00050000 | 13


def test_limits_are_for_oneself_and_memory_files_for_nobody() -> None:
    assert answer(Profile.PROGRAM, "prlimit64", 0) == ALLOWED
    assert answer(Profile.PROGRAM, "prlimit64", 1) == NOT_IMPLEMENTED
    assert answer(Profile.PROGRAM, "memfd_create") == DENIED
    assert answer(Profile.NODE, "io_uring_setup") == NOT_IMPLEMENTED
    assert answer(Profile.PROGRAM, "io_uring_setup") == KILLED


def test_of_calls_with_many_faces_only_a_few_are_allowed() -> None:
    assert answer(Profile.PROGRAM, "ioctl", 1, 0x5401) == ALLOWED
    assert answer(Profile.PROGRAM, "ioctl", 0, 0x5412) == NOT_IMPLEMENTED
    assert answer(Profile.PROGRAM, "prctl", 15) == ALLOWED
    assert answer(Profile.PROGRAM, "prctl", 4, 1) == NOT_IMPLEMENTED


def test_another_architecture_is_killed() -> None:
    for profile in Profile:
        assert answer(profile, "read", architecture=0x40000003) == KILLED
