"""Become another program that ends with its parent and does not run as root.

Run as a script, never imported by the service: ``python -I -S launch.py PARENT SIGNAL IDENTITY
FOLDER COMMAND...``. It replaces itself by COMMAND, so it costs a start of Python and no memory.

PARENT is the process id whose death sends SIGNAL to the command. IDENTITY is ``same``,
``namespace`` (root becomes an ordinary user inside a user namespace of its own) or a number (root
becomes that user id). FOLDER is the data folder the command must be able to enter. With no command
it only tries the identity and exits 0 when that worked.

The order matters: a change of credentials clears the parent-death signal, so it is set last, and
only then is it certain that a parent found alive will be missed when it goes.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
INSIDE_ID = 1000

LIBC = ctypes.CDLL(None, use_errno=True)


class CapabilityHeader(ctypes.Structure):
    """The kernel's ``__user_cap_header_struct``."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class CapabilitySets(ctypes.Structure):
    """The kernel's ``__user_cap_data_struct``: one of two words of 32 capabilities."""

    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def check(result: int, what: str) -> None:
    """Turn a failed C call into an OSError."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def enter_namespace() -> None:
    """Root becomes user 1000 of a new user namespace; outside, files still belong to root.

    The program that follows loses every capability when it is executed, because 1000 is not root.
    """
    user, group = os.geteuid(), os.getegid()
    check(LIBC.unshare(CLONE_NEWUSER), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INSIDE_ID} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INSIDE_ID} {group} 1")


def become(user: int, folder: str) -> None:
    """Root becomes a plain user id, which needs no account.

    A home such as /root is closed to everyone else. Rather than open it, the one capability that
    looks past file modes is kept, and only where it is needed.
    """
    check(LIBC.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "keep capabilities")
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    within_reach = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    if within_reach and os.access(__file__, os.R_OK):
        return
    header = CapabilityHeader(CAPABILITY_VERSION_3, 0)
    sets = (CapabilitySets * 2)()
    sets[0] = CapabilitySets(*[1 << CAP_DAC_OVERRIDE] * 3)
    check(LIBC.capset(ctypes.byref(header), ctypes.byref(sets)), "capset")
    check(
        LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0),
        "ambient capability",
    )


def main(arguments: list[str]) -> None:
    """Take the identity, tie this process to its parent, and become the command."""
    parent, death_signal, identity, folder, *command = arguments
    if identity == "namespace":
        enter_namespace()
    elif identity != "same":
        become(int(identity), folder)
    if not command:
        return
    check(LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0), "parent-death signal")
    if os.getppid() != int(parent):
        sys.exit("the process that started this one is already gone")
    os.execv(command[0], command)  # noqa: S606 - becoming the command is the purpose


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"cannot start {' '.join(sys.argv[5:6]) or 'a process'}: {error}")
