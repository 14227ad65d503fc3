"""Coding problems from the command line: read and tried out as the bot does, without a database."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.views.package_complaints import complaint, note
from bot.views.tongue import Tongue
from domain.people.records import Language
from domain.problems import trial
from domain.problems.packages.complaints import Complaint, Remark
from domain.problems.packages.contents import ProblemPackage
from domain.submissions.judging import Judge, NoSandbox
from engines.judge import SandboxJudge
from engines.package_check import PackageCheck
from runtime.settings import Settings

Say = Callable[[str], None]


async def check_problems(settings: Settings, places: Sequence[Path], say: Say) -> int:
    """Every complaint a line; programs that come with a problem are run in the sandbox."""
    reader, judge = PackageCheck(), SandboxJudge(settings.dars_home / "judge")
    faults = 0
    for place in places:
        read = await reader.check(place.name, place.read_bytes())
        _remark(read.notes, say)
        found: Sequence[Complaint] = read.complaints
        if read.package is not None:
            try:
                found = await _try_out(judge, read.package, say)
            except NoSandbox as error:
                say(f"{place.name}: read without fault, but not tried out: {error}")
                faults += 1
                continue
        _complain(place.name, found, say)
        faults += len(found)
        if not found and read.package is not None:
            say(f"{place.name}: {read.package.slug}, {len(read.package.tests)} tests, no fault")
    return 1 if faults else 0


async def _try_out(judge: Judge, package: ProblemPackage, say: Say) -> list[Complaint]:
    plan = trial.plan(package)
    _remark(plan.notes, say)
    return [one for each in plan.trials for one in await trial.run(judge, each)]


def _complain(sent: str, found: Sequence[Complaint], say: Say) -> None:
    """The file that was named, and within it, where it is a zip or holds programs, the part."""
    tongue = Tongue(Language.EN, {})
    for one in found:
        part = "" if one.file == sent else f"{sent}: "
        say(f"{part}{_place(one.file, one.line)} {complaint(one.key, one.values, tongue)}")


def _remark(found: Sequence[Remark], say: Say) -> None:
    tongue = Tongue(Language.EN, {})
    for one in found:
        say(f"{_place(one.file, one.line)} note: {note(one.key, one.values, tongue)}")


def _place(file: str, line: int) -> str:
    return f"{file}:{line}:" if line else f"{file}:"
