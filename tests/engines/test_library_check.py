"""Files of problems are checked in a child that ends, whatever they hold, and leaves nothing."""

import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from domain.errors import Fault
from domain.practice.library import UPLOAD_BYTES, Upload, read_topics, read_upload
from domain.practice.library.complaints import Flaw
from domain.practice.library.limits import MOST_COMPLAINTS
from engines.library_check import LibraryCheck

CONTENT = Path(__file__).parents[2] / "content"
TOPICS = read_topics((CONTENT / "practice" / "topics.yaml").read_text(encoding="utf-8"))
GOOD = (CONTENT / "templates" / "problems.yaml").read_bytes()
MARKS = "\u0323\u0301"
FEW_TICKS = 5


def with_parameters(count: int, each: str) -> bytes:
    """The template of the good file with more parameters before its own."""
    more = "".join(f'      more_{number}: "{each}"\n' for number in range(count))
    return GOOD.replace(b"    parameters:\n", f"    parameters:\n{more}".encode(), 1)


def algebra(combinations: int) -> bytes:
    """A template whose answers take long to check, each of them: minutes altogether."""
    return f"""\
problems:
  - slug: c8-long-algebra
    grade: 8
    topic: percentage
    difficulty: 2
    estimated_time_minutes: 3
    parameters:
      aa: "2..{combinations + 1}"
      bb: "aa + 1"
    question: {{en: "Take {{aa}} and {{bb}}.", bn: "{{aa}} আর {{bb}} নাও।"}}
    answer: "(x + {{aa}})(x + {{bb}})(y + {{aa}})(y + {{bb}})(z + {{aa}})(z + {{bb}})"
    answer_kind: expression
    answer_form: factors
    hints:
      - {{en: "Read.", bn: "পড়ো।"}}
      - {{en: "Think.", bn: "ভাবো।"}}
      - {{en: "Write.", bn: "লেখো।"}}
    solution: {{en: "Done.", bn: "শেষ।"}}
    computation: "(x + {{aa}})*(x + {{bb}})*(y + {{aa}})*(y + {{bb}})*(z + {{aa}})*(z + {{bb}})"
""".encode()


ENDLESS = algebra(15_000)
HOSTILE = {
    "a run of marks": (GOOD.replace(b"en: ", ("en: e" + MARKS * 200_000).encode(), 1), "yaml"),
    "a run of marks as a table": (f"slug,answer\na,e{MARKS * 200_000}\n".encode(), "csv"),
    "as many columns as fit": (b"slug" + b",ab" * 300_000 + b"\na\n", "csv"),
    "the same column each time": (b"slug" + b",grade" * 150_000 + b"\na\n", "csv"),
    "as many rows as fit": (b"slug\n" + b"a\n" * 490_000, "csv"),
    "long ranges": (with_parameters(29, "1..20000"), "yaml"),
    "many ranges of one": (with_parameters(29, "1..1"), "yaml"),
    "as many fields as fit": (
        b"problems:\n  - a0:\n" + b"".join(b"    a%d:\n" % one for one in range(80_000)),
        "yaml",
    ),
    "as many entries as fit": (b"problems: [" + b"a," * 490_000 + b"a]", "yaml"),
}


OTHERS: set[int] = set()
"""Children that other tests of this process keep, such as their database."""


@pytest.fixture
def children() -> Iterator[None]:
    """No child of a test is there after it."""
    OTHERS.clear()
    OTHERS.update(pids())
    yield
    assert list(pids()) == []


pytestmark = pytest.mark.usefixtures("children")


def pids() -> Iterator[int]:
    """Our children that check a file, those that ended and were never waited for as well."""
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that ended meanwhile
            yield from {*map(int, (task / "children").read_text().split())} - OTHERS


class Ticks:
    """How often the loop came round."""

    count = 0
    most_children = 0


@asynccontextmanager
async def ticking() -> AsyncIterator[Ticks]:
    ticks = Ticks()

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.01)
            ticks.count += 1
            ticks.most_children = max(ticks.most_children, len([*pids()]))

    task = asyncio.create_task(tick())
    try:
        yield ticks
    finally:
        task.cancel()


async def a_child() -> int:
    """The pid of a child that works on its file: it has lowered its priority before it reads."""
    while True:
        for pid in pids():
            if b"library_check" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        await asyncio.sleep(0.01)


def keys(upload: Upload) -> list[Flaw]:
    return [one.flaw for one in upload.complaints]


@pytest.mark.parametrize("ending", ["yaml", "csv"])
async def test_a_file_is_found_the_same_as_without_a_child(ending: str) -> None:
    name, content = (
        f"problems.{ending}",
        (CONTENT / "templates" / f"problems.{ending}").read_bytes(),
    )
    upload = await LibraryCheck().check(name, content, TOPICS)
    assert upload == read_upload(name, content, TOPICS)
    assert len(upload.problems) == 2
    assert hash(upload.problems[1].parameters) == hash(
        read_upload(name, content, TOPICS).problems[1].parameters
    )


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace(b"answer_tolerance: null", b'answer_tolerance: "0.05"'),
        GOOD.replace(b"answer_kind: percent", b"answer_kind: percent\n    answer_form: decimal"),
        GOOD.replace(b"grade: 7", b"grade: 9").replace(b"60 / 400", b"60 / 500"),
        b"\xff",
        b"",
        b"x" * (UPLOAD_BYTES + 10),
        "problems: [\u202e]".encode(),
    ],
)
async def test_what_is_found_comes_back_whole(content: bytes) -> None:
    upload = await LibraryCheck().check("একটি ফাইল.yaml", content, TOPICS)
    assert upload == read_upload("একটি ফাইল.yaml", content, TOPICS)
    assert upload.problems or upload.complaints


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_file_ends_and_the_loop_goes_on(hostile: str) -> None:
    content, ending = HOSTILE[hostile]
    assert len(content) <= UPLOAD_BYTES
    async with ticking() as ticks:
        upload = await LibraryCheck().check(f"a.{ending}", content, TOPICS)
    assert 1 <= len(upload.complaints) <= MOST_COMPLAINTS + 1
    assert Flaw.TOO_MUCH_TO_TRY not in keys(upload)
    assert ticks.count > FEW_TICKS


async def test_a_file_that_takes_too_long_is_told_so() -> None:
    async with ticking() as ticks:
        upload = await LibraryCheck(seconds=1).check("a.yaml", ENDLESS, TOPICS)
    assert (upload.problems, upload.lines) == ((), {})
    assert [(one.flaw, one.line) for one in upload.complaints] == [(Flaw.TOO_MUCH_TO_TRY, 1)]
    assert ticks.count > FEW_TICKS


async def test_whoever_stops_waiting_leaves_no_child() -> None:
    checking = asyncio.create_task(LibraryCheck().check("a.yaml", ENDLESS, TOPICS))
    await a_child()
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking
    assert list(pids()) == []


async def test_one_file_is_checked_at_a_time() -> None:
    library = LibraryCheck()
    async with ticking() as ticks:
        uploads = await asyncio.gather(
            *(library.check("a.yaml", GOOD, TOPICS) for _ in range(3)),
        )
    assert ticks.most_children == 1
    assert [len(one.problems) for one in uploads] == [2, 2, 2]


async def test_a_child_sees_no_secret_and_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    checking = asyncio.create_task(LibraryCheck().check("a.yaml", ENDLESS, TOPICS))
    pid = await a_child()
    assert b"TOKEN" not in Path(f"/proc/{pid}/environ").read_bytes()
    memory, seconds = (0, 0), (0, 0)
    while resource.RLIM_INFINITY in (*memory, *seconds) or not memory[0]:
        await asyncio.sleep(0.01)
        memory = resource.prlimit(pid, resource.RLIMIT_AS)
        seconds = resource.prlimit(pid, resource.RLIMIT_CPU)
    assert memory == (512 * 2**20,) * 2
    assert seconds == (20, 20)
    checking.cancel()
    await asyncio.gather(checking, return_exceptions=True)


@pytest.mark.parametrize("end", ["exit 3", "kill -KILL $$", "kill -XCPU $$"])
async def test_a_child_that_its_limits_ended_is_told_as_too_much(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, end))
    upload = await LibraryCheck().check("a.yaml", GOOD, TOPICS)
    assert keys(upload) == [Flaw.TOO_MUCH_TO_TRY]


@pytest.mark.parametrize("end", ["exit 1", "echo broken; exit 1", "kill -SEGV $$"])
async def test_a_child_that_breaks_is_our_fault(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, end))
    with pytest.raises(Fault, match="ended with"):
        await LibraryCheck().check("a.yaml", GOOD, TOPICS)


async def test_a_child_that_never_stops_talking_is_our_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, "exec yes"))
    with pytest.raises(Fault, match="too much"):
        await LibraryCheck().check("a.yaml", GOOD, TOPICS)


def script(folder: Path, line: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)
    return str(file)


def child(given: bytes, memory: int | None = None) -> subprocess.CompletedProcess[bytes]:
    def limit() -> None:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return subprocess.run(
        [sys.executable, "-m", "engines.library_check"],
        input=given,
        capture_output=True,
        check=False,
        cwd=CONTENT.parent,
        preexec_fn=limit,
    )


def test_a_child_without_memory_says_so() -> None:
    task = json.dumps({"name": "a.yaml", "topics": []}).encode()
    content, _ = HOSTILE["as many entries as fit"]
    assert child(task + b"\n" + content, 120 * 2**20).returncode == 3


def test_a_child_that_breaks_quotes_nothing() -> None:
    done = child(b'{"name": "secret"}\nsecret')
    assert done.returncode == 1
    assert done.stdout.startswith(b"KeyError at ")
    assert b"secret" not in done.stdout + done.stderr
