"""A worker that is killed at any instant leaves no box behind."""

import asyncio
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORKERS = 40
SLOWEST_SECONDS = 0.08
OPENS_BOXES = """
import asyncio, sys
from pathlib import Path
from domain.submissions.judging import Program, Task, Test
from engines.judge import SandboxJudge

async def main():
    judge = SandboxJudge(Path(sys.argv[1]))
    await judge.check()
    task = Task(Program("python", "print(1)"), [Test("1", b"", None)])
    print("ready", flush=True)
    while True:
        await asyncio.gather(*(judge.judge(task) for _ in range(4)))

asyncio.run(main())
"""

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.slow,
]


def orphans() -> set[str]:
    """Processes of bubblewrap's that nobody waits for."""
    found = set()
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, figures = each.read_text().partition(" (")[2].rpartition(") ")
        except OSError:
            continue
        if name == "bwrap" and figures.split()[1] == "1":
            found.add(each.parent.name)
    return found


async def test_a_worker_killed_while_it_opens_boxes_leaves_none(tmp_path: Path) -> None:
    before = orphans()
    for number in range(WORKERS):
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", OPENS_BOXES, str(tmp_path)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert worker.stdout is not None
        assert await worker.stdout.readline() == b"ready\n"
        await asyncio.sleep(SLOWEST_SECONDS * number / WORKERS)
        worker.kill()
        await worker.wait()
    until = time.monotonic() + 10
    while orphans() - before and time.monotonic() < until:
        await asyncio.sleep(0.05)
    assert not orphans() - before
