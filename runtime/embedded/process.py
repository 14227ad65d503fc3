"""Processes of our own: started so that they end with us and do not run as root."""

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from signal import Signals

from runtime.embedded.errors import EmbeddedServiceError

LAUNCH = Path(__file__).with_name("launch.py")

# A user id that Debian reserves for packages that never ask for it by number, so that no account
# has it; only used where root may not make user namespaces.
RESERVED_USER = 64_888
# How root's children avoid being root, the better way first.
ROOT_IDENTITIES = ("namespace", str(RESERVED_USER))

NO_OTHER_IDENTITY = (
    "PostgreSQL refuses to run as root, and here root may neither make a user namespace nor take "
    "another user id. Run dars as an ordinary user, or give the address of a server of your own "
    "in DATABASE_URL and REDIS_URL."
)


def launcher(
    command: Sequence[str | Path], death_signal: Signals, identity: str = "same", folder: str = ""
) -> list[str]:
    """The command line that runs a command which gets a signal when this process dies."""
    prefix = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), str(int(death_signal))]
    return [*prefix, identity, folder, *map(str, command)]


@functools.cache
def child_identity() -> str:
    """How a child avoids being root: ``same`` when we are not root, else what works here."""
    if os.geteuid() != 0:
        return "same"
    for identity in ROOT_IDENTITIES:
        probe = launcher([], Signals.SIGKILL, identity, "/")
        done = subprocess.run(probe, capture_output=True, check=False, timeout=30)  # noqa: S603
        if done.returncode == 0:
            return identity
    raise EmbeddedServiceError(NO_OTHER_IDENTITY)


def owner_for(identity: str) -> int:
    """The user id that must own the files of a child with this identity."""
    return int(identity) if identity.isdigit() else os.geteuid()


def give_to(folder: Path, owner: int) -> None:
    """Make everything in a folder belong to one user id; does nothing when it already does."""
    if os.geteuid() != 0 or not folder.exists() or folder.lstat().st_uid == owner:
        return
    for root, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(root, name), owner, owner, follow_symlinks=False)
    # The folder itself comes last: until it changes hands, an interrupted change is done again.
    os.chown(folder, owner, owner)


def spawn(
    command: Sequence[str | Path], *, folder: Path, log: Path, death_signal: Signals, keep: int
) -> subprocess.Popen[bytes]:
    """Start a server in a folder, in a session of its own so that Ctrl-C reaches only us.

    ``keep`` is a descriptor that it inherits. Must run in the main thread: the kernel ties the
    parent-death signal to the thread that forked.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("servers are started from the main thread, else they die with this one")
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own command line
            launcher(command, death_signal, child_identity(), str(folder)),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(keep,),
            env=quiet_environment(),
        )


def run_to_end(command: Sequence[str | Path], *, folder: Path, given: str = "") -> None:
    """Run a short tool under the children's identity; raises with what it printed."""
    done = subprocess.run(  # noqa: S603 - our own command line
        launcher(command, Signals.SIGKILL, child_identity(), str(folder)),
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=quiet_environment(),
    )
    if done.returncode != 0:
        name = Path(command[0]).name
        raise EmbeddedServiceError(f"{name} failed: {(done.stderr or done.stdout).strip()}")


def quiet_environment() -> dict[str, str]:
    """An environment without a person's own PG... variables, secrets or language."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def processes_in(folder: Path, name: str) -> list[int]:
    """The processes called ``name`` whose working folder is ``folder``."""
    found = []
    wanted = folder.resolve()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "comm").read_text().strip() != name:
                continue
            if (entry / "cwd").readlink() == wanted and not is_zombie(int(entry.name)):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def is_alive(process: int) -> bool:
    """Whether there is such a process, of anyone's, that has not ended."""
    try:
        return not is_zombie(process)
    except OSError:
        return False


def is_zombie(process: int) -> bool:
    """Whether a process has ended and only waits to be reaped; OSError when there is none."""
    return status_fields(process)[0] == "Z"


def parent_of(process: int) -> int:
    """The process id of a process's parent; 0 when it is gone."""
    try:
        return int(status_fields(process)[1])
    except OSError:
        return 0


def status_fields(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the third (the state) on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
