"""How bubblewrap is called, and what its complaints mean."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from engines.judge.furniture import Mount, furniture

FIRST_UID, UIDS = 0x6A000000, 1 << 24
"""Where the accounts begin that boxes take when we are root: far from anyone's, one a box."""
_NAMESPACES = (
    "Allow user namespaces: on Ubuntu 24.04 and later AppArmor forbids them to bwrap until it has"
    " a profile; in a container its host decides; or run the worker as root."
)
REMEDIES = (
    ("uid map", _NAMESPACES),
    ("namespace", _NAMESPACES),
    ("Operation not permitted", _NAMESPACES),
    ("Unknown option", "Bubblewrap 0.7 or later is needed."),
)
"""What bubblewrap says, and what to do about it."""


def arguments(mounts: Sequence[Mount], room_bytes: int, *, as_root: bool) -> list[str]:
    """What bubblewrap is told: the empty box, and then what is put into it."""
    found = [
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
        # Not "--die-with-parent": were we killed while a box opens, bubblewrap would be too, and
        # its child would wait for it for ever. So it lives until the runner ends, which does so
        # by itself when its socket to us is closed.
        *("--unshare-cgroup-try", "--new-session", "--as-pid-1"),
        *("--hostname", "box", "--clearenv", "--setenv", "PATH", "/usr/bin"),
        *("--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"),  # noqa: S108
        # Else each thread of Python's takes 64 MiB of addresses.
        *("--setenv", "MALLOC_ARENA_MAX", "1"),
        *("--cap-drop", "ALL"),
    ]
    if as_root:
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_KILL"):
            found += ["--cap-add", capability]
    else:
        found += ["--unshare-user", *_disable_userns()]
    found += furniture(mounts)
    return [
        *found,
        *("--symlink", "/tmp/stdin", "/dev/stdin"),  # noqa: S108 - see languages
        *("--perms", "1777", "--size", str(room_bytes), "--tmpfs", "/tmp"),  # noqa: S108
        *("--remount-ro", "/", "--chdir", "/tmp"),  # noqa: S108
    ]


@cache
def is_root() -> bool:
    """Whether boxes can be opened, and accounts taken, without a user namespace."""
    if os.geteuid() != 0:
        return False
    status = Path("/proc/self/status").read_text()
    held = int(
        next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16
    )
    # CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_NET_ADMIN, CAP_SYS_ADMIN
    return all(held >> bit & 1 for bit in (5, 6, 7, 12, 21)) and all(
        _there(f"/proc/self/{kind}_map") for kind in ("uid", "gid")
    )


def _there(accounts: str) -> bool:
    """Whether our accounts are among these: a container's root may have but few."""
    ranges = [list(map(int, line.split())) for line in Path(accounts).read_text().splitlines()]
    last = FIRST_UID + UIDS - 1
    return any(first <= FIRST_UID and last < first + count for first, _, count in ranges)


@cache
def _disable_userns() -> tuple[str, ...]:
    """The flag against user namespaces inside, where bubblewrap knows it (0.8 and later)."""
    done = subprocess.run(  # noqa: S603 - our own command line
        [shutil.which("bwrap") or "bwrap", "--help"], capture_output=True, check=False, text=True
    )
    return ("--disable-userns",) if "--disable-userns" in done.stdout + done.stderr else ()


def reason(said: str) -> str:
    """Why bubblewrap opens no box, and what to do, from the last line that it said."""
    last = (said.strip().splitlines() or ["the box ended without a word"])[-1]
    remedy = next((remedy for sign, remedy in REMEDIES if sign in last), "")
    return f"bubblewrap opens no box: {last}. {remedy}".strip()
