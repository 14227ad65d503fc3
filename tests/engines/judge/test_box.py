"""The box itself: what is in it, that it ends whenever it must, and that nothing of it is left."""

import asyncio
import os
import resource
import shutil
import subprocess
import sysconfig
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.submissions import judging
from domain.submissions.judging import Limits, NoSandbox, Outcome, Program, Task, Verdict
from engines.judge import SandboxJudge, box
from engines.judge.box import Bounds, Box, BoxBroken, Step
from engines.judge.bubblewrap import reason
from engines.judge.languages import OFFERS
from engines.judge.seccomp import Profile
from engines.judge.session import Session

ROOT = Path(__file__).parents[3]
SYSTEM_PYTHON = Path("/usr/bin/python3")
FOR_EVER = "while True: pass"

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> SandboxJudge:
    return SandboxJudge(tmp_path_factory.mktemp("judge"))


def children() -> set[str]:
    """The processes below this one, of whatever depth."""
    found: set[str] = set()
    waiting = [str(os.getpid())]
    while waiting:
        for task in Path("/proc", waiting.pop(), "task").glob("*/children"):
            below = task.read_text().split()
            found.update(below)
            waiting += below
    return found


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
async def nothing_left() -> AsyncIterator[None]:
    """After the test this process has the children, descriptors and mounts that it had before."""
    await asyncio.to_thread(int)  # the loop's own thread and descriptors are there from now on
    before = children(), descriptors(), Path("/proc/self/mounts").read_text()
    yield
    assert (children(), descriptors(), Path("/proc/self/mounts").read_text()) == before


async def look(judge: SandboxJudge, source: str, given: bytes = b"", **limits: int) -> Outcome:
    test = judging.Test("1", given, None)
    judged = await judge.judge(Task(Program("python", source), [test], Limits(**limits)))
    return judged.outcomes[0]


async def test_a_box_holds_the_tools_and_nothing_of_the_machine(judge: SandboxJudge) -> None:
    seen = await look(judge, "import os\nprint(*sorted(os.listdir('/')), *os.listdir('/etc'))")
    assert set(seen.stdout.split()) <= set(b"dev etc lib lib64 tmp usr ld.so.cache".split())
    seen = await look(judge, "import os\nprint(*sorted(os.listdir('/dev')))")
    assert seen.stdout == b"null stdin urandom\n"
    seen = await look(judge, "import os, sys\nprint(dict(os.environ), sys.path, sys.prefix)")
    assert str(ROOT).encode() not in seen.stdout
    assert str(Path.home()).encode() not in seen.stdout
    assert b"site-packages" not in seen.stdout


async def test_a_program_has_its_streams_and_no_other_descriptor(judge: SandboxJudge) -> None:
    source = (
        "import os\nopen_ones = []\nfor number in range(300):\n    try:\n        os.fstat(number)\n"
        "        open_ones.append(number)\n    except OSError:\n        pass\nprint(open_ones)"
    )
    assert (await look(judge, source)).stdout == b"[0, 1, 2]\n"


async def test_only_the_work_folder_can_be_written(judge: SandboxJudge) -> None:
    source = (
        "import os\nfor folder, _, _ in os.walk('/'):\n    try:\n"
        "        open(os.path.join(folder, 'mine'), 'w').close()\n        print(folder)\n"
        "    except OSError:\n        pass"
    )
    assert (await look(judge, source, time_ms=5000)).stdout == b"/tmp\n"


async def test_limits_cannot_be_raised(judge: SandboxJudge) -> None:
    source = (
        "import resource as r\n"
        "for kind in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NPROC):\n"
        "    try:\n        r.setrlimit(kind, (r.RLIM_INFINITY, r.RLIM_INFINITY))\n"
        "        print('raised', kind)\n    except (ValueError, OSError):\n        pass"
    )
    assert (await look(judge, source)).stdout == b""


async def test_nothing_is_left_after_a_task(judge: SandboxJudge, nothing_left: None) -> None:
    source = (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    )
    assert (await look(judge, source)).verdict is Verdict.ACCEPTED


async def test_cancelling_ends_the_box_at_once(judge: SandboxJudge, nothing_left: None) -> None:
    running = asyncio.create_task(look(judge, FOR_EVER, time_ms=60_000))
    before = children()
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(busy, children() - before):
            await asyncio.sleep(0.01)
    running.cancel()
    async with asyncio.timeout(2):
        with pytest.raises(asyncio.CancelledError):
            await running


@pytest.mark.parametrize("milliseconds", range(0, 24, 2))
async def test_a_box_that_is_given_up_while_it_opens_leaves_nothing(
    judge: SandboxJudge, nothing_left: None, milliseconds: int
) -> None:
    before = {each for each in Path("/proc").glob("[0-9]*/status") if orphaned_bwrap(each)}
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(milliseconds / 1000):
            await look(judge, FOR_EVER, time_ms=60_000)
    orphans = [each for each in Path("/proc").glob("[0-9]*/status") if orphaned_bwrap(each)]
    assert set(orphans) <= before


def orphaned_bwrap(status: Path) -> bool:
    """Whether this is a process of bubblewrap's that nobody waits for."""
    try:
        lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
    except OSError:
        return False
    return lines["Name"] == "bwrap" and lines["PPid"] == "1"


def busy(processes: set[str]) -> bool:
    """Whether one of them has begun to burn the processor's time."""
    for each in processes:
        try:
            figures = Path("/proc", each, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(figures[11]) > 5:
            return True
    return False


async def test_a_box_that_dies_is_ours_to_explain(judge: SandboxJudge, nothing_left: None) -> None:
    running = asyncio.create_task(look(judge, FOR_EVER, time_ms=60_000))
    before = children()
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(busy, children() - before):
            await asyncio.sleep(0.01)
    for each in children() - before:
        os.kill(int(each), 9)
    async with asyncio.timeout(5):
        outcome = await running
    assert outcome.verdict is Verdict.INTERNAL_ERROR
    assert "runner" in outcome.note


async def test_a_runner_that_does_not_answer_is_given_up(
    nothing_left: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box, "GRACE_SECONDS", 0.1)
    language = OFFERS["python"].make(Path("/nowhere"))
    async with Session(language, Program("python", FOR_EVER)) as session:
        await session.compile()
        # The runner is told to wait longer than the judge does.
        monkeypatch.setattr("engines.judge.session.wall_ms", lambda _: 100)
        stopped = asyncio.create_task(session.run(Limits(time_ms=60_000), b""))
        runner = min(map(int, children()))
        for each in children():
            if int(each) != runner:
                os.kill(int(each), 19)
        with pytest.raises(BoxBroken):
            await stopped


async def test_several_boxes_do_not_meet(judge: SandboxJudge, nothing_left: None) -> None:
    source = (
        "import os, time\nopen('/tmp/mine', 'x').write(input())\ntime.sleep(0.2)\n"
        "print(os.listdir('/tmp'), open('/tmp/mine').read())"
    )
    outcomes = await asyncio.gather(*(look(judge, source, b"%d" % one) for one in range(6)))
    assert [each.verdict for each in outcomes] == [Verdict.ACCEPTED] * 6
    assert [each.stdout.split()[-1] for each in outcomes] == [b"%d" % one for one in range(6)]


async def test_without_bubblewrap_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSandbox, match="apt-get install bubblewrap"):
        await SandboxJudge(tmp_path).check()


def test_why_no_box_opens_comes_with_what_to_do() -> None:
    assert "AppArmor" in reason("bwrap: setting up uid map: Permission denied")
    assert "0.7" in reason("bwrap: Unknown option --size")
    assert "without a word" in reason("")


async def test_a_program_that_is_missing_is_no_fault_of_the_students() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    async with Box(()) as opened:
        ended = await opened.run(
            Step(["x"], Profile.PROGRAM, program="/usr/bin/none"),
            Bounds(1000, 1000, [(resource.RLIMIT_CORE, 0)]),
            (nothing, nothing, nothing),
        )
    os.close(nothing)
    assert ended.failed == 1


AS_A_USER = """
import asyncio, sys
from pathlib import Path
from domain.submissions.judging import Limits, Program, Task, Test
from engines.judge import SandboxJudge

PROGRAMS = {
    "hello": "print(int(input()) + 1)",
    "fork": "import os; os.fork()",
    "kill": "import os; os.kill(1, 9)",
    "group": "import os; os.kill(0, 9)",
    "everyone": "import os; os.kill(-1, 9)",
    "loop": "while True: pass",
    "memory": "x = bytearray(10**9)",
    "output": "while True: print('x' * 1000)",
    "closed": "import os; open('a', 'w').close(); os.chmod('/tmp', 0)",
    "locked": "import os; os.makedirs('/tmp/a/b'); os.chmod('/tmp/a/b', 0); os.chmod('/tmp/a', 0)",
}

async def main():
    judge = SandboxJudge(Path(sys.argv[1]))
    for code in judge.languages:
        await judge.check_language(code)
    for name, source in PROGRAMS.items():
        tests = [Test("1", b"1", None), Test("2", b"1", None)]
        judged = await judge.judge(Task(Program("python", source), tests, Limits(time_ms=1000)))
        print(name, *(each.verdict.name for each in judged.outcomes))

asyncio.run(main())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.slow
async def test_an_ordinary_user_can_judge_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    version = f"python{sysconfig.get_python_version()}"
    python = shutil.which(version, path="/usr/bin") or shutil.which(version, path="/usr/local/bin")
    if python is None:
        pytest.skip(f"the system has no {version} that an ordinary user can run")
    # Folders of pytest's are closed to others.
    folder = Path("/var/tmp", f"dars-judge-{os.getpid()}")
    folder.mkdir()
    os.chown(folder, 54321, 54321)
    packages = sysconfig.get_path("purelib")
    try:
        done = await asyncio.to_thread(
            subprocess.run,
            [
                *("setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"),
                *(python, "-c", AS_A_USER, str(folder)),
            ],
            cwd="/",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{packages}", "HOME": "/"},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    finally:
        shutil.rmtree(folder)
    assert done.stderr == ""
    assert dict(line.split(" ", 1) for line in done.stdout.splitlines()) == {
        "hello": "ACCEPTED ACCEPTED",
        "fork": "REFUSED_CALL REFUSED_CALL",
        "kill": "REFUSED_CALL REFUSED_CALL",
        "group": "REFUSED_CALL REFUSED_CALL",
        "everyone": "REFUSED_CALL REFUSED_CALL",
        "loop": "TIME_LIMIT TIME_LIMIT",
        "memory": "MEMORY_LIMIT MEMORY_LIMIT",
        "output": "OUTPUT_LIMIT OUTPUT_LIMIT",
        "closed": "ACCEPTED ACCEPTED",
        "locked": "ACCEPTED ACCEPTED",
    }


async def test_without_a_folder_to_keep_the_header_in_it_compiles_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    judge = SandboxJudge(tmp_path / "file" / "cache")
    if "cpp" not in judge.languages:
        pytest.skip("g++ is not installed")
    source = "#include <iostream>\nint main() { std::cout << 5; }\n"
    judged = await judge.judge(Task(Program("cpp", source), [judging.Test("1", b"", b"5")]))
    assert judged.verdict is Verdict.ACCEPTED


async def test_a_machine_without_descriptors_to_give_is_ours_to_explain(
    judge: SandboxJudge, nothing_left: None
) -> None:
    assert (await look(judge, "print(1)")).verdict is Verdict.ACCEPTED
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(each.name) for each in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, usual[1]))
    try:
        outcome = await look(judge, "print(1)")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
    assert outcome.verdict is Verdict.INTERNAL_ERROR
