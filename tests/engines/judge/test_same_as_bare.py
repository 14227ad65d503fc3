"""Hundreds of ordinary programs do in a box what they do outside of one."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.submissions import judging
from domain.submissions.judging import STDOUT_KEPT, Judged, Limits, Program, Task, Verdict
from engines.judge import SandboxJudge
from engines.judge.furniture import interpreter
from tests.engines.judge.bare_programs import INPUT, programs

AT_ONCE = 4
LIMITS = Limits(time_ms=5000)
ENVIRONMENT = {"PATH": "/usr/bin", "HOME": "/tmp", "LANG": "C.UTF-8"}

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.slow,
]


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen of a program from outside."""

    stdout: bytes
    status: int
    """Negative: the signal that ended it."""
    last: str
    """The last line of its errors."""


async def outside(source: str, folder: Path) -> Seen:
    folder.mkdir()
    (folder / "solution.py").write_bytes(source.encode())
    (folder / "input").write_text(INPUT)
    python = interpreter()
    library = python.mounts[0].source.parent.parent / "lib"
    with (folder / "input").open("rb") as given, (folder / "out").open("w+b") as out:
        running = await asyncio.create_subprocess_exec(
            *(python.mounts[0].source, "solution.py"),
            cwd=folder,
            stdin=given,
            stdout=out,
            stderr=asyncio.subprocess.PIPE,
            env={**ENVIRONMENT, "LD_LIBRARY_PATH": str(library)} if python.shared else ENVIRONMENT,
        )
        _, errors = await running.communicate()
        status = running.returncode
        assert status is not None
    return Seen((folder / "out").read_bytes()[:STDOUT_KEPT], status, last(errors))


async def inside(judge: SandboxJudge, source: str) -> Seen:
    judged = await judge.judge(
        Task(Program("python", source), [judging.Test("1", INPUT.encode(), None)], LIMITS)
    )
    if judged.verdict is Verdict.COMPILE_ERROR:
        assert judged.compilation is not None
        return Seen(b"", 1, last(judged.compilation.output.encode()))
    [outcome] = judged.outcomes
    assert verdict_fits(judged)
    status = outcome.exit_code if outcome.exit_code is not None else -(outcome.signal or 0)
    return Seen(outcome.stdout, status, last(outcome.stderr))


def verdict_fits(judged: Judged) -> bool:
    well = judged.outcomes[0].exit_code == 0
    return judged.verdict in (
        [Verdict.ACCEPTED] if well else [Verdict.RUNTIME_ERROR, Verdict.MEMORY_LIMIT]
    )


def last(errors: bytes) -> str:
    return (errors.decode(errors="replace").strip().splitlines() or [""])[-1]


async def test_hundreds_of_programs_do_inside_what_they_do_outside(tmp_path: Path) -> None:
    everything = programs()
    assert len(everything) >= 400
    judge = SandboxJudge(tmp_path / "cache")
    places = asyncio.Semaphore(AT_ONCE)
    different: list[str] = []

    async def compare(number: int, name: str, source: str) -> None:
        async with places:
            bare = await outside(source, tmp_path / str(number))
            boxed = await inside(judge, source)
        if bare != boxed:
            different.append(f"{name!r}\n  outside: {bare}\n  inside:  {boxed}")

    async with asyncio.TaskGroup() as group:
        for number, (name, source) in enumerate(everything):
            group.create_task(compare(number, name, source))
    assert not different, "\n".join([f"{len(different)} differ", *different])
