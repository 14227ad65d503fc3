"""The system packages that Python's own cannot replace: which, for what, and how to get them."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

UPDATE_SECONDS = 60
INSTALL_SECONDS = 300
APT_OPTIONS = (
    "-qq",
    "-o", "Acquire::Retries=1",
    "-o", "Acquire::http::Timeout=15",
    "-o", "Acquire::https::Timeout=15",
    "-o", "DPkg::Lock::Timeout=60",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """One package of Debian's: the file or program that proves it is there, the commands that
    want it, and what does not work without it."""

    name: str
    proof: str
    wanted_by: frozenset[str]
    without: str
    only_debian: bool = False

    def present(self) -> bool:
        """Whether the package's program (or file) is on this machine."""
        return Path(self.proof).exists() if "/" in self.proof else bool(shutil.which(self.proof))


PACKAGES = (
    SystemPackage(
        name="bubblewrap",
        proof="bwrap",
        wanted_by=frozenset({"run", "worker", "test"}),
        without="programs that students send cannot be run",
    ),
    SystemPackage(
        name="g++",
        proof="g++",
        wanted_by=frozenset({"run", "worker", "test"}),
        without="programs in C++ cannot be run",
    ),
    SystemPackage(
        name="gcc",
        proof="gcc",
        wanted_by=frozenset({"run", "worker", "test"}),
        without="programs in C cannot be run",
    ),
    SystemPackage(
        name="nodejs",
        proof="node",
        wanted_by=frozenset({"run", "worker", "test"}),
        without="programs in JavaScript cannot be run",
    ),
    SystemPackage(
        name="ffmpeg",
        proof="ffmpeg",
        wanted_by=frozenset({"worker"}),
        without="voice answers cannot be heard",
    ),
    SystemPackage(
        name="chromium",
        proof="chromium",
        wanted_by=frozenset({"test --slow"}),
        without="the browser test is left out",
        only_debian=True,  # elsewhere the package of that name only fetches a snap
    ),
    SystemPackage(
        name="fonts-noto-color-emoji",
        proof="/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
        wanted_by=frozenset({"test --slow"}),
        without="the browser test's pictures show boxes for emoji",
    ),
)


def missing(command: str) -> list[SystemPackage]:
    """The packages that a command wants and this machine lacks."""
    return [each for each in PACKAGES if command in each.wanted_by and not each.present()]


def ensure(command: str, say: Callable[[str], None]) -> list[SystemPackage]:
    """Install what a command wants, where we may, and say what stays missing and what that costs.

    Never raises for a package: returns those that are still missing. Takes minutes at worst, and
    no time when nothing is missing.
    """
    lacking = missing(command)
    installable = [each for each in lacking if may_install(each)]
    if installable:
        names = [each.name for each in installable]
        say(f"installing {', '.join(names)} (up to a minute)")
        install(names)
        lacking = missing(command)
    for each in lacking:
        say(f"{each.name} is missing, so {each.without}. {how_to_get(each)}")
    return lacking


def may_install(package: SystemPackage) -> bool:
    """Whether we can install a package without asking anyone."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and offered_here(package)


def offered_here(package: SystemPackage) -> bool:
    """Whether this system's own packages contain it as a package proper."""
    return not package.only_debian or distribution() == "debian"


def how_to_get(package: SystemPackage) -> str:
    """The line to type for a package, in words."""
    if not shutil.which("apt-get"):
        return f"Install {package.name} with this system's package manager."
    if not offered_here(package):
        return f"Type: sudo snap install {package.name}"
    return f"Type: sudo apt-get install {package.name}"


def distribution() -> str:
    """The system's name in small letters (debian, ubuntu), or empty where it has none."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def install(names: Sequence[str]) -> bool:
    """Install packages by apt-get, renewing its list only if they cannot be had without."""
    command = ["install", "-y", "--no-install-recommends", *names]
    if apt_get(command, INSTALL_SECONDS):
        return True
    return apt_get(["update"], UPDATE_SECONDS) and apt_get(command, INSTALL_SECONDS)


def apt_get(arguments: Sequence[str], seconds: float) -> bool:
    """Run apt-get without questions; False when it failed or took too long."""
    program = shutil.which("apt-get")
    if program is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - our own command line
            [program, *APT_OPTIONS, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=seconds,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
