"""Every program of tests/judge_programs gets its verdict from the real judge and leaves nothing."""

import asyncio
import ctypes
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.submissions.judging import STDOUT_KEPT, Judged, Verdict
from engines.judge import SandboxJudge
from tests.engines.judge.programs import FOLDER, LANGUAGES, Case, cases, companion, parameters

PR_SET_CHILD_SUBREAPER = 36
SHARED_FOLDERS = ("/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/run", "/etc", "/usr", "/usr/bin")
LEFT = ("left", "sign-", "hog", "dars-left", "late.txt", "planted")
"""How the names begin of what programs try to leave behind."""
SHARED_KEY = str(0x44617273)


@dataclass(frozen=True, slots=True)
class Bait:
    """What hostile programs go for, and what tells that one of them got there."""

    places: Mapping[str, str]
    word: str
    sockets: tuple[socket.socket, ...]

    def assert_untouched(self) -> None:
        for each in self.sockets:
            with pytest.raises(BlockingIOError):
                each.accept() if each.type is socket.SOCK_STREAM else each.recv(100)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> SandboxJudge:
    """Ready for every language, so that what it makes once is no trace of a program."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    found = SandboxJudge(tmp_path_factory.mktemp("judge"))

    async def make_ready() -> None:
        for language in found.languages:
            await found.check_language(language)

    asyncio.run(make_ready())
    return found


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bait]:
    word = f"sesame{secrets.token_hex(8)}"
    # Not below /tmp, which a box has of its own.
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("DARS_TEST_WORD", word)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
        folder.chmod(0o755)
        (folder / "secret.txt").write_text(f'"{word}"\n')
        names = {
            "socket": str(folder / "stream"),
            "dgram": str(folder / "dgram"),
            "abstract": f"dars-{word}",
        }
        tcp = socket.create_server(("127.0.0.1", 0))
        port = tcp.getsockname()[1]
        sockets = [tcp, *_listening(names, port)]
        for each in sockets:
            stack.enter_context(each)
            each.setblocking(False)
        places = {
            **names,
            "secret": str(folder / "secret.txt"),
            "word": word,
            "drow": word[::-1],
            "port": str(port),
            "pid": str(os.getpid()),
            "cache": str(tmp_path_factory.getbasetemp()),
        }
        yield Bait(places, word, tuple(sockets))


def _listening(names: Mapping[str, str], port: int) -> Iterator[socket.socket]:
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))
    yield udp
    if socket.has_dualstack_ipv6():
        yield socket.create_server(("::1", port), family=socket.AF_INET6)
    for name, kind in (
        (names["socket"], socket.SOCK_STREAM),
        (f"\0{names['abstract']}", socket.SOCK_STREAM),
        (names["dgram"], socket.SOCK_DGRAM),
    ):
        unix = socket.socket(socket.AF_UNIX, kind)
        unix.bind(name)
        if kind is socket.SOCK_STREAM:
            unix.listen()
        if not name.startswith("\0"):
            Path(name).chmod(0o777)
        yield unix


@pytest.fixture(scope="module", autouse=True)
def adopting() -> Iterator[None]:
    """Orphans of this process become its children, so that none escapes the count."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    yield
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0)


@dataclass(frozen=True, slots=True)
class Traces:
    """What a program could leave on the host."""

    processes: frozenset[int]
    mounts: str
    files: frozenset[str]
    shared: tuple[str, ...]
    descriptors: frozenset[str]


def traces(cache: Path) -> Traces:
    return Traces(
        processes=_descendants(),
        mounts=Path("/proc/self/mountinfo").read_text(),
        files=frozenset(_files(cache)),
        shared=tuple(
            Path("/proc/sysvipc", kind).read_text()
            for kind in ("shm", "msg", "sem")
            if SHARED_KEY in Path("/proc/sysvipc", kind).read_text()
        ),
        descriptors=frozenset(
            each.name for each in Path("/proc/self/fd").iterdir() if each.exists()
        ),
    )


def _descendants() -> frozenset[int]:
    """Processes below this one, and how they came there does not matter: dead ones count too."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(entry.name)] = int(after[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found)


def _bury(orphans: frozenset[int]) -> None:
    """What nobody waited for is ours to wait for, once it has ended: see `adopting`."""
    for orphan in orphans:
        with suppress(ChildProcessError):
            os.waitpid(orphan, os.WNOHANG)


def _files(cache: Path) -> Iterator[str]:
    yield from (str(path) for path in cache.rglob("*"))
    yield from (str(path) for path in Path(tempfile.gettempdir()).glob("*"))
    for folder in SHARED_FOLDERS:
        yield from (str(path) for path in Path(folder).iterdir() if path.name.startswith(LEFT))


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what the judge leaves there is told from what others on this machine do."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize("case", parameters())
async def test_a_program_gets_its_verdict_and_leaves_nothing(
    case: Case, judge: SandboxJudge, bait: Bait
) -> None:
    if not case.for_this_machine:
        pytest.skip(f"for {case.entry['machine']} alone")
    if case.language not in judge.languages:
        pytest.skip(f"no tools for {case.language} here")
    cache = Path(bait.places["cache"]) / "judge0"
    before = traces(cache)
    judged = await judged_beside(case, judge, bait)
    after = traces(cache)
    case.assert_fits(judged)
    assert_says_nothing_of_the_host(judged, bait)
    bait.assert_untouched()
    assert after == before


async def judged_beside(case: Case, judge: SandboxJudge, bait: Bait) -> Judged:
    other = companion(case)
    if other is None:
        return await judge.judge(case.task(bait.places))
    judged, beside = await asyncio.gather(
        judge.judge(case.task(bait.places)), judge.judge(other.task(bait.places))
    )
    other.assert_fits(beside)
    return judged


def assert_says_nothing_of_the_host(judged: Judged, bait: Bait) -> None:
    said = [judged.compilation.output] if judged.compilation else []
    for each in judged.outcomes:
        assert len(each.stdout) <= STDOUT_KEPT
        assert len(each.stderr) <= STDOUT_KEPT
        said += [each.note, each.stdout.decode(errors="replace")]
        said.append(each.stderr.decode(errors="replace"))
    assert bait.word not in "".join(said)


@pytest.mark.parametrize("after", [0.0, 0.01, 0.1, 0.3])
async def test_a_judging_that_is_cancelled_leaves_nothing(
    after: float, judge: SandboxJudge, bait: Bait
) -> None:
    """As when a worker is told to stop: while the box opens, while it compiles, while it runs."""
    endless = {each.path.name: each for each in cases()}["infinite_loop.cpp"]
    cache = Path(bait.places["cache"]) / "judge0"
    before = traces(cache)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(after):
            await judge.judge(endless.task(bait.places))
    async with asyncio.timeout(5):
        while _descendants() - before.processes:
            _bury(_descendants() - before.processes)
            await asyncio.sleep(0.01)
    assert traces(cache) == before


def test_every_program_has_a_verdict_and_every_verdict_a_program() -> None:
    listed = [each.path for each in cases()]
    listed += [other.path for each in cases() if (other := companion(each))]
    present = [path for path in FOLDER.rglob("*") if path.suffix in LANGUAGES]
    assert sorted(listed) == sorted(present)


def test_a_hostile_program_passes_only_by_saying_that_it_was_refused() -> None:
    for case in cases():
        if case.hostile and Verdict.ACCEPTED in case.verdicts:
            outputs = {test.get("output") for test in case.tests}
            assert outputs == {"refused"}, str(case)
