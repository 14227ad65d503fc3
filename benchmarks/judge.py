"""The judge against bare execution: a test, a submission, and compiling C++.

Bare is what one would do without a sandbox: `subprocess.run` of the interpreter, or of the
compiler and its binary, with the input from a file and the output to one. The sides take turns,
ten tests each. DMOJ's figures, shown beside ours, were taken on another machine.
"""

import asyncio
import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import harness
from domain.submissions.judging import Limits, Program, Task, Test, Verdict
from engines.judge import SandboxJudge
from engines.judge.furniture import interpreter
from engines.judge.languages import OFFERS
from engines.judge.languages.language import Language
from engines.judge.session import Session

BARS = {"python": 1.5, "cpp": 1.6}
"""Times of bare that a test takes with isolate, the best of the peers."""
DMOJ = {"python": 7.9 / 50.8, "cpp": 6.5 / 12.3}
"""DMOJ's submissions a second, as a share of bare, on one machine."""
TESTS = 200
TURN = 10
"""Tests in a row on one side: what the judge does between two of them is part of their time."""
TESTS_A_SUBMISSION = 5
SUBMISSIONS = {"python": 80, "cpp": 24}
COMPILES = 5
CORES = os.cpu_count() or 1

PYTHON = """import math
from collections import Counter


def main():
    count = int(input())
    numbers = list(map(int, input().split()))
    seen = Counter(numbers)
    print(count, sum(numbers), max(seen), math.gcd(*numbers))


main()
"""
CPP = """#include <bits/stdc++.h>
using namespace std;

int main() {
    int count;
    cin >> count;
    vector<long long> numbers(count);
    for (auto &each : numbers) cin >> each;
    map<long long, int> seen;
    for (auto each : numbers) seen[each]++;
    long long divisor = 0;
    for (auto each : numbers) divisor = __gcd(divisor, each);
    cout << count << ' ' << accumulate(numbers.begin(), numbers.end(), 0LL) << ' '
         << seen.rbegin()->first << ' ' << divisor << endl;
}
"""
INPUT = b"200\n" + b" ".join(b"%d" % (number * 37 % 211 + 1) for number in range(200)) + b"\n"
PROGRAMS = {"python": Program("python", PYTHON), "cpp": Program("cpp", CPP)}


@dataclass(frozen=True, slots=True)
class Bare:
    """One language without a sandbox, in a folder of its own."""

    language: str
    folder: Path

    def compile(self) -> None:
        if self.language == "python":
            (self.folder / "solution.py").write_text(PYTHON)
            return
        (self.folder / "solution.cpp").write_text(CPP)
        command = ["g++", "-O2", "-std=gnu++17", "solution.cpp", "-o", "solution"]
        subprocess.run(command, cwd=self.folder, check=True)

    def run(self) -> bytes:
        """One test. The interpreter is the one of the boxes, and as there it does not look for
        installed packages: their hooks may take longer than all the rest."""
        python = [str(interpreter().mounts[0].source), "-S", "solution.py"]
        command = python if self.language == "python" else ["./solution"]
        given, got = self.folder / "input", self.folder / "output"
        with given.open("rb") as source, got.open("wb") as target:
            subprocess.run(command, cwd=self.folder, stdin=source, stdout=target, check=True)
        return got.read_bytes()


def bare(language: str, folder: Path) -> Bare:
    folder.mkdir()
    (folder / "input").write_bytes(INPUT)
    return Bare(language, folder)


async def main() -> None:
    with harness.home() as folder:
        judge = SandboxJudge(folder / "cache")
        for code in PROGRAMS:
            await judge.check_language(code)
        ratios = {code: await a_test(code, folder / f"test-{code}") for code in PROGRAMS}
        print()
        for code in PROGRAMS:
            await submissions(judge, code, folder / f"submissions-{code}")
        print()
        await compiles(folder / "cache")
    worst = max(ratios, key=lambda code: ratios[code] / BARS[code])
    holds = all(ratios[code] <= BARS[code] for code in ratios)
    harness.verdict(
        BARS[worst], ratios[worst], {"bare": 1.0}, ratios[worst] / BARS[worst], holds=holds
    )


async def a_test(code: str, folder: Path) -> float:
    """Prints and returns how many times of bare a test takes within a submission."""
    beside = bare(code, folder)
    beside.compile()
    expected = beside.run()
    language = OFFERS[code].make(folder.parent / "cache")
    plain: list[float] = []
    boxed: list[float] = []
    async with Session(language, PROGRAMS[code]) as session:
        await session.compile()
        for _ in range(TESTS // TURN):
            for _ in range(TURN):
                start = time.perf_counter()
                beside.run()
                plain.append(time.perf_counter() - start)
            for _ in range(TURN):
                start = time.perf_counter()
                run = await session.run(Limits(), INPUT)
                boxed.append(time.perf_counter() - start)
                if run.stdout != expected:
                    raise RuntimeError(f"{code}: {run}")
    ratio = statistics.median(boxed) / statistics.median(plain)
    rows = [("bare", *_figures(plain), 1.0), ("Dars", *_figures(boxed), round(ratio, 2))]
    harness.table([f"a test in {code}", "ms", "fastest tenth", "times bare"], rows)
    return ratio


def _figures(seconds: Sequence[float]) -> tuple[str, str]:
    return (
        f"{statistics.median(seconds) * 1000:.2f}",
        f"{harness.percentile(seconds, 0.1) * 1000:.2f}",
    )


async def submissions(judge: SandboxJudge, code: str, folder: Path) -> None:
    """Prints submissions of a few tests a second on all cores."""
    expected, plain = await asyncio.to_thread(_all_bare, code, folder)
    tests = [Test(str(number), INPUT, expected) for number in range(TESTS_A_SUBMISSION)]
    places = asyncio.Semaphore(CORES)

    async def one() -> None:
        async with places:
            judged = await judge.judge(Task(PROGRAMS[code], tests))
        if judged.verdict is not Verdict.ACCEPTED:
            raise RuntimeError(f"{code}: {judged}")

    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(SUBMISSIONS[code]):
            group.create_task(one())
    boxed = SUBMISSIONS[code] / (time.perf_counter() - start)
    rows = [
        ("bare", f"{plain:.1f}", 1.0),
        ("Dars", f"{boxed:.1f}", round(boxed / plain, 2)),
        ("DMOJ, elsewhere", "", round(DMOJ[code], 2)),
    ]
    harness.table([f"submissions in {code}", "a second", "of bare"], rows)


def _whole(code: str, folder: Path) -> bytes:
    """A whole submission without a sandbox: what its tests wrote."""
    beside = bare(code, folder)
    beside.compile()
    return [beside.run() for _ in range(TESTS_A_SUBMISSION)][-1]


def _all_bare(code: str, folder: Path) -> tuple[bytes, float]:
    """What a test writes, and submissions a second."""
    folder.mkdir()
    expected = _whole(code, folder / "first")
    start = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        folders = [folder / str(number) for number in range(SUBMISSIONS[code])]
        for _ in pool.map(lambda each: _whole(code, each), folders):
            pass
    return expected, SUBMISSIONS[code] / (time.perf_counter() - start)


async def compiles(cache: Path) -> None:
    """Prints how long g++ takes in a box, with and without the precompiled header."""
    with_header = OFFERS["cpp"].make(cache)
    step = with_header.compile
    if step is None:
        return
    without = replace(
        with_header,
        compile=replace(step, argv=[each for each in step.argv if each not in ("-I", "/headers")]),
    )
    sides: dict[str, Language] = {"header as text": without, "header precompiled": with_header}
    took: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(COMPILES):
        for name, language in sides.items():
            async with Session(language, PROGRAMS["cpp"]) as session:
                start = time.perf_counter()
                await session.compile()
                took[name].append(time.perf_counter() - start)
    slowest = statistics.median(took["header as text"])
    rows = [
        (name, f"{statistics.median(each):.2f}", f"{statistics.median(each) / slowest:.2f}")
        for name, each in took.items()
    ]
    harness.table(["g++ on <bits/stdc++.h>", "seconds", "share"], rows)


if __name__ == "__main__":
    asyncio.run(main())
