"""Looks at each part that Dars stands on: a verdict a line, and what to do about it.

A check is an async function that returns a Finding. The general ones are here; whoever has a part
of their own passes a check of it to ``examine``.
"""

import asyncio
import functools
import importlib.metadata
import shutil
import socket
import sys
import tempfile
import time
import zoneinfo
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import aiohttp
from packaging.requirements import Requirement

from domain.submissions.judging import NoSandbox
from engines.judge import SandboxJudge
from engines.judge.languages import OFFERS
from runtime.packages import PACKAGES, how_to_get

CHECK_SECONDS = 20.0
TOOL_SECONDS = 15.0
LOW_DISK_BYTES = 512 * 1024 * 1024
# No clock that is right is before the day this was written.
EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)


class Verdict(Enum):
    """What a finding means; the value is how it is shown."""

    FINE = "ok  "
    OFF = "off "
    BROKEN = "BAD "


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part, and what to do when it is not fine."""

    part: str
    verdict: Verdict
    said: str
    remedy: str = ""

    def line(self) -> str:
        """The finding as one line for a person."""
        remedy = f" → {self.remedy}" if self.remedy and self.verdict is not Verdict.FINE else ""
        return f"{self.verdict.value} {self.part}: {self.said}{remedy}"


Check = Callable[[], Awaitable[Finding]]
Probe = Callable[[], Awaitable[str]]
"""Returns a sentence about a part that works; raises when it does not."""


async def examine(checks: Iterable[tuple[str, Check]], write: Callable[[str], None]) -> int:
    """Make all the checks at once and write their lines in order; 1 when a needed part is broken.

    Each check comes with the name of its part, for the case that it fails to say anything.
    """
    findings = await asyncio.gather(*(_bounded(part, check) for part, check in checks))
    for finding in findings:
        write(finding.line())
    return int(any(finding.verdict is Verdict.BROKEN for finding in findings))


async def _bounded(part: str, check: Check) -> Finding:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except TimeoutError:
        return Finding(part, Verdict.BROKEN, f"no answer within {CHECK_SECONDS:.0f} s")
    except Exception as error:  # noqa: BLE001 - a check that fails is itself a finding
        return Finding(part, Verdict.BROKEN, _one_line(error))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def reachable(part: str, probe: Probe, remedy: str) -> tuple[str, Check]:
    """A part that is needed: fine with the probe's sentence, broken with its error."""

    async def check() -> Finding:
        try:
            return Finding(part, Verdict.FINE, await asyncio.wait_for(probe(), CHECK_SECONDS))
        except Exception as error:  # noqa: BLE001 - whatever it is, the part cannot be used
            return Finding(part, Verdict.BROKEN, _one_line(error), remedy)

    return part, check


def optional(part: str, present: bool, said: str, otherwise: str, remedy: str) -> tuple[str, Check]:
    """A part that may be absent, such as a key; ``otherwise`` says what its absence turns off."""

    async def check() -> Finding:
        if present:
            return Finding(part, Verdict.FINE, said)
        return Finding(part, Verdict.OFF, otherwise, remedy)

    return part, check


def python_version() -> tuple[str, Check]:
    """Whether this Python is one that Dars is tested on."""

    async def check() -> Finding:
        said = ".".join(map(str, sys.version_info[:3]))
        if (3, 11) <= sys.version_info < (3, 14):
            return Finding("Python", Verdict.FINE, said)
        return Finding("Python", Verdict.BROKEN, said, "Name a Python 3.11 to 3.13 in DARS_PYTHON.")

    return "Python", check


def environment(requirements: Path) -> tuple[str, Check]:
    """Whether every package of a requirements file is installed in the version it names."""

    async def check() -> Finding:
        wrong = [name for name in _pinned(requirements) if not _installed(name)]
        if wrong:
            said = f"missing or of another version: {', '.join(str(each) for each in wrong)}"
            return Finding("packages", Verdict.BROKEN, said, "Remove .venv and start dars again.")
        return Finding("packages", Verdict.FINE, f"all of {requirements.name} installed")

    return "packages", check


def _pinned(requirements: Path) -> list[Requirement]:
    """The requirements of a compiled file that count on this machine."""
    lines = (line.split(" \\")[0].strip() for line in requirements.read_text().splitlines())
    found = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return [each for each in found if each.marker is None or each.marker.evaluate()]


def _installed(requirement: Requirement) -> bool:
    try:
        return importlib.metadata.version(requirement.name) in requirement.specifier
    except importlib.metadata.PackageNotFoundError:
        return False


def telegram(
    token: str | None, proxy: str | None = None, api: str = "https://api.telegram.org"
) -> tuple[str, Check]:
    """Whether Telegram knows the bot's token; without a token the local chat is used.

    The address of a call contains the token, so no library's error text is repeated here.
    """

    async def check() -> Finding:
        if not token:
            return Finding(
                "Telegram", Verdict.FINE, "no TELEGRAM_BOT_TOKEN: the local chat is used"
            )
        broken = functools.partial(Finding, "Telegram", Verdict.BROKEN)
        try:
            limit = aiohttp.ClientTimeout(total=TOOL_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.get(f"{api}/bot{token}/getMe", proxy=proxy) as response,
            ):
                answer = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            said = f"cannot be reached ({type(error).__name__})"
            return broken(said, "Check the network; where Telegram is blocked set TELEGRAM_PROXY.")
        if not answer.get("ok"):
            said = f"refuses the token: {answer.get('description')}"
            return broken(said, "Copy the token from @BotFather into TELEGRAM_BOT_TOKEN.")
        return Finding("Telegram", Verdict.FINE, f"the bot is @{answer['result']['username']}")

    return "Telegram", check


def writable(part: str, folder: Path) -> tuple[str, Check]:
    """Whether files can be written in a folder, or in what it would be made in."""

    async def probe() -> str:
        existing = next(each for each in (folder, *folder.parents) if each.is_dir())
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"dars")
        return str(folder)

    return reachable(part, probe, f"Make {folder} writable, or name another in DARS_HOME.")


def disk_space(folder: Path) -> tuple[str, Check]:
    """Whether there is room to work in."""

    async def check() -> Finding:
        existing = next(each for each in (folder, *folder.parents) if each.is_dir())
        free = shutil.disk_usage(existing).free
        said = f"{free / 1024**3:.1f} GiB free"
        if free < LOW_DISK_BYTES:
            return Finding("disk", Verdict.BROKEN, said, f"Make room on the disk of {existing}.")
        return Finding("disk", Verdict.FINE, said)

    return "disk", check


def port_free(part: str, port: int, setting: str) -> tuple[str, Check]:
    """Whether a port of the loopback can be listened on; taken is no fault while Dars runs."""

    async def check() -> Finding:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                said = f"port {port} is taken, by a running Dars or by something else"
                return Finding(part, Verdict.OFF, said, f"Choose another in {setting}.")
        return Finding(part, Verdict.FINE, f"port {port} is free")

    return part, check


def clock(timezone: str) -> tuple[str, Check]:
    """Whether the clock can be right and the time zones' data are there."""

    async def check() -> Finding:
        now = datetime.fromtimestamp(time.time(), UTC)
        if now < EARLIEST:
            return Finding("clock", Verdict.BROKEN, f"it says {now:%Y-%m-%d}", "Set the clock.")
        local = now.astimezone(zoneinfo.ZoneInfo(timezone))
        return Finding("clock", Verdict.FINE, f"{local:%Y-%m-%d %H:%M} in {timezone}")

    return "clock", check


def system_packages() -> list[tuple[str, Check]]:
    """Each system package: there, or what its absence turns off. The judge's have lines of
    their own, which try them out."""
    tried = {"bubblewrap", *(offer.package for offer in OFFERS.values())}
    others = (each for each in PACKAGES if each.name not in tried)
    return [
        optional(each.name, each.present(), "installed", each.without, how_to_get(each))
        for each in others
    ]


def judge(cache: Path) -> list[tuple[str, Check]]:
    """Whether programs can really be run: each language's self-tests in a box."""
    tested = SandboxJudge(cache)
    return [("bubblewrap", _sandbox(tested)), *(_language(tested, code) for code in OFFERS)]


def _sandbox(tested: SandboxJudge) -> Check:
    async def check() -> Finding:
        package = next(each for each in PACKAGES if each.name == "bubblewrap")
        if not package.present():
            return Finding("bubblewrap", Verdict.OFF, package.without, how_to_get(package))
        try:
            await tested.check()
        except NoSandbox as error:
            return Finding("bubblewrap", Verdict.OFF, f"{package.without}: {_one_line(error)}")
        return Finding("bubblewrap", Verdict.FINE, "a box opens and holds")

    return check


def _language(tested: SandboxJudge, code: str) -> tuple[str, Check]:
    part = f"language {code}"

    async def check() -> Finding:
        if code not in tested.languages:
            wanted = next(each for each in PACKAGES if each.name == OFFERS[code].package)
            return Finding(part, Verdict.OFF, wanted.without, how_to_get(wanted))
        try:
            await tested.check_language(code)
        except NoSandbox as error:
            return Finding(part, Verdict.OFF, _one_line(error))
        return Finding(part, Verdict.FINE, "its self-tests hold")

    return part, check
