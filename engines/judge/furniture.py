"""What is seen in a box: the system's libraries, two devices, Python, the tools of a language."""

import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PYTHON = Path("/usr/local/python")
# Mounted where they are, or made the links that they are, if they are there.
SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache")
# Without /dev/zero: what is mapped of it, shared, is memory that no limit of a process counts.
DEVICES = ("/dev/null", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Mount:
    """A file or folder of ours that is seen, read-only, in a box."""

    source: Path
    target: Path


def furniture(tools: Sequence[Mount]) -> list[str]:
    """Bubblewrap's arguments that put everything into a box, read-only."""
    found: list[str] = []
    python = interpreter()
    mounts = (*python.mounts, *tools)
    for folder in _folders([Path(each) for each in (*SYSTEM, *DEVICES)], mounts):
        found += ["--perms", "0755", "--dir", str(folder)]
    for path in SYSTEM:
        found += _as_it_is(path)
    for device in DEVICES:
        found += ["--dev-bind", device, device]
    for mount in mounts:
        found += ["--ro-bind", str(mount.source), str(mount.target)]
    if python.hidden is not None:
        found += ["--tmpfs", str(python.hidden), "--remount-ro", str(python.hidden)]
    if python.shared:
        found += ["--setenv", "LD_LIBRARY_PATH", str(PYTHON / "lib")]
    return found


def _folders(paths: Sequence[Path], mounts: Sequence[Mount]) -> list[Path]:
    """What must be made for mounts to be put in: bubblewrap would let nobody else look inside."""
    inside = [Path(each) for each in SYSTEM if not Path(each).is_symlink()]
    parents = {folder for path in paths for folder in path.parents}
    parents |= {folder for mount in mounts for folder in mount.target.parents}
    made = [each for each in parents if not any(each.is_relative_to(up) for up in inside)]
    return sorted(each for each in made if each != Path("/"))


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python that we run in, outside of any virtual environment, as it is seen in a box."""

    program: Path
    mounts: Sequence[Mount]
    hidden: Path | None
    """Whatever somebody has installed beside the standard library."""
    shared: bool
    """Whether it needs a library of its own that is not among the system's."""


@cache
def interpreter() -> Interpreter:
    """One that belongs to the system stays where it is; another is given a place that tells
    nobody whose it is."""
    version = sysconfig.get_python_version()
    program = Path(sys.base_prefix, "bin", f"python{version}")
    if not program.exists():
        program = Path(sys.executable)
    program = program.resolve()
    library = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}))
    if library.is_relative_to("/usr/lib"):
        return Interpreter(program, (Mount(program, program),), None, False)
    inside = PYTHON / "bin" / program.name
    place = PYTHON / "lib" / library.name
    mounts = [Mount(program, inside), Mount(library, place)]
    shared = Path(library.parent, sysconfig.get_config_var("INSTSONAME") or "none")
    is_shared = shared.suffix != ".a" and shared.is_file()
    if is_shared:
        mounts.append(Mount(shared.resolve(), PYTHON / "lib" / shared.name))
    packages = library / "site-packages"
    hidden = place / "site-packages" if packages.is_dir() else None
    return Interpreter(inside, tuple(mounts), hidden, is_shared)


@cache
def _as_it_is(path: str) -> tuple[str, ...]:
    if not os.path.exists(path):  # noqa: PTH110
        return ()
    if os.path.islink(path):  # noqa: PTH114
        return ("--symlink", os.readlink(path), path)  # noqa: PTH115
    return ("--ro-bind", path, path)
