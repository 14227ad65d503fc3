"""Each language does what its tools do outside of a box, and names the student's file alone."""

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from domain.submissions import judging
from domain.submissions.judging import (
    Checker,
    CheckerKind,
    Judged,
    Limits,
    NoSandbox,
    Program,
    Task,
    Verdict,
)
from engines.judge import SandboxJudge
from engines.judge.languages import OFFERS, gnu, python

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
needs_gcc = pytest.mark.skipif(not gnu.present("g++"), reason="g++ is not installed")
EVERY_HEADER = "#include <bits/stdc++.h>\nint main() { std::cout << 1; }\n"


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> SandboxJudge:
    return SandboxJudge(tmp_path_factory.mktemp("judge"))


async def look(judge: SandboxJudge, language: str, source: str, *given: bytes) -> Judged:
    tests = [judging.Test(str(number), each, None) for number, each in enumerate(given or (b"",))]
    return await judge.judge(Task(Program(language, source), tests, Limits(time_ms=3000)))


@pytest.mark.parametrize("code", list(OFFERS))
async def test_the_self_tests_hold(judge: SandboxJudge, code: str) -> None:
    if code not in judge.languages:
        pytest.skip(f"{OFFERS[code].package} is not installed")
    await judge.check_language(code)


async def test_a_self_test_that_fails_says_what_happened(
    judge: SandboxJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = python.make(Path("/nowhere"))
    other = replace(language.self_tests[0], source="print('Hi')\n")
    monkeypatch.setattr(judge, "_made", {"python": replace(language, self_tests=[other])})
    with pytest.raises(NoSandbox, match="WRONG_ANSWER, not ACCEPTED"):
        await judge.check_language("python")


# What a program may be seen to do at its end, in the order in which the interpreter does it.
ENDINGS = {
    "returns": "print('a')",
    "leaves with a number": "import sys\nprint('a')\nsys.exit(3)",
    "leaves with words": "import sys\nsys.exit('not so')",
    "leaves by exit": "exit()",
    "leaves by quit": "quit(4)",
    "leaves at once": "import os\nprint('lost')\nos._exit(5)",
    "raises": "def f(n):\n    return 1 / n\nf(0)",
    "raises from another": (
        "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e"
    ),
    "has handlers": "import atexit\natexit.register(print, 'last')\nprint('first')",
    "has objects": (
        "class A:\n    def __del__(self):\n        print('gone')\na = A()\nprint('here')"
    ),
    "has a thread": (
        "import threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.05), print('late'))).start()\nprint('main')"
    ),
    "recurses for ever": (
        "def f():\n    f()\ntry:\n    f()\nexcept RecursionError:\n    print('deep')"
    ),
    "has its own hook": "import sys\nsys.excepthook = lambda *_: print('mine')\n1 / 0",
    "is interrupted": "raise KeyboardInterrupt",
    "asks its name": (
        "print(__name__, __file__, __doc__)\nimport __main__\nprint(__main__.__name__)"
    ),
    "reads unevenly": (
        "import sys\nprint(input())\nprint(sys.stdin.readline())\nprint(sys.stdin.read())"
    ),
    "uses asyncio": (
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    print('ran')\n"
        "asyncio.run(f())"
    ),
    "writes bytes": "import sys\nsys.stdout.buffer.write(b'\\xff\\x00')\nprint('t')",
    "has wrong bytes in": "print(ascii(input()))",
    "annotates": "from __future__ import annotations\nx: int = 1\nprint(__annotations__)",
    "pickles its own": (
        "import pickle\nclass A:\n    pass\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)"
    ),
    "warns": "import warnings\nwarnings.warn('old')\nprint('on')",
}


@pytest.mark.parametrize("name", list(ENDINGS))
async def test_a_python_program_ends_as_it_does_outside(
    judge: SandboxJudge, name: str, tmp_path: Path
) -> None:
    given = b"one\ntwo\nthree\nfour\n" if "bytes" not in name else b"\xff\xfe\n"
    source = ENDINGS[name]
    (tmp_path / "solution.py").write_text(source)
    bare = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-X", "utf8", "solution.py"],
        cwd=tmp_path,
        input=given,
        capture_output=True,
        check=False,
        timeout=20,
        env={"PATH": os.environ["PATH"]},
    )
    outcome = (await look(judge, "python", source, given)).outcomes[0]
    place = str(tmp_path).encode() + b"/"
    assert outcome.stdout == bare.stdout.replace(place, b"")
    assert outcome.stderr == bare.stderr.replace(place, b"")
    if bare.returncode >= 0 and name != "is interrupted":
        assert outcome.exit_code == bare.returncode


async def test_a_traceback_names_only_the_students_lines(judge: SandboxJudge) -> None:
    judged = await look(judge, "python", "import json\n\njson.loads('{')\n")
    assert judged.outcomes[0].verdict is Verdict.RUNTIME_ERROR
    said = judged.outcomes[0].stderr.decode()
    assert said.startswith('Traceback (most recent call last):\n  File "solution.py", line 3')
    assert said.count("File ") == 1
    assert "JSONDecodeError" in said.splitlines()[-1]


async def test_a_python_program_that_does_not_parse_does_not_compile(judge: SandboxJudge) -> None:
    judged = await look(judge, "python", "print('a'\n")
    assert judged.verdict is Verdict.COMPILE_ERROR
    assert judged.outcomes == ()
    assert judged.compilation is not None
    assert 'File "solution.py", line 1' in judged.compilation.output
    assert "was never closed" in judged.compilation.output


async def test_a_python_program_is_new_for_each_test(judge: SandboxJudge) -> None:
    source = (
        "import random, collections, math\nprint(getattr(math, 'mark', 'new'), random.random())\n"
        "math.mark = 'old'\nopen('/tmp/a', 'x').close()"
    )
    outcomes = (await look(judge, "python", source, b"", b"", b"")).outcomes
    lines = [each.stdout.split() for each in outcomes]
    assert [words[0] for words in lines] == [b"new"] * 3
    assert len({words[1] for words in lines}) == 3


@needs_gcc
async def test_what_the_compiler_says_names_the_students_file_alone(judge: SandboxJudge) -> None:
    source = (
        '#include <vector>\nint main() { std::vector<int> v; v.push_back("a"); undefined(); }\n'
    )
    judged = await look(judge, "cpp", source)
    assert judged.compilation is not None
    assert "solution.cpp:2:" in judged.compilation.output
    assert "/usr" not in judged.compilation.output
    linked = await look(judge, "cpp", "void f();\nint main() { f(); }\n")
    assert linked.compilation is not None
    assert "undefined reference" in linked.compilation.output
    assert "/tmp" not in linked.compilation.output


@needs_gcc
async def test_the_precompiled_header_is_made_once_and_used(tmp_path: Path) -> None:
    made = await asyncio.to_thread(gnu.headers, tmp_path, ("-O2", "-std=gnu++17"))
    assert made is not None
    header = made.source / "bits" / "stdc++.h.gch"
    when = header.stat().st_mtime_ns
    assert gnu.headers(tmp_path, ("-O2", "-std=gnu++17")) == made
    assert header.stat().st_mtime_ns == when
    assert [each.name for each in tmp_path.iterdir()] == [made.source.name]
    flags = ("g++", "-O2", "-std=gnu++17", "-x", "c++", "-c", "-o", "/dev/null", "-H", "-")
    shown = await asyncio.to_thread(
        subprocess.run,
        [*flags, "-I", str(made.source)],
        input=EVERY_HEADER.encode(),
        capture_output=True,
        check=True,
    )
    assert b"! " + str(header).encode() in shown.stderr


@needs_gcc
async def test_a_half_made_header_is_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gnu, "MAKE_SECONDS", 0.01)
    assert gnu.headers(tmp_path, ("-O2",)) is None
    assert list(tmp_path.iterdir()) == []


@needs_gcc
async def test_a_program_larger_than_its_memory_is_told_so(judge: SandboxJudge) -> None:
    source = "static char big[3000000000u];\nint main() { big[1] = 2; return big[2]; }\n"
    judged = await look(judge, "c", source, b"", b"", b"")
    assert [each.verdict for each in judged.outcomes] == [Verdict.MEMORY_LIMIT] * 3


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("exit(42)", Verdict.ACCEPTED),
        ("exit(43)", Verdict.WRONG_ANSWER),
        ("exit(0)", Verdict.INTERNAL_ERROR),
        ("1 / 0", Verdict.INTERNAL_ERROR),
        ("import os\nos.fork()", Verdict.INTERNAL_ERROR),
        ("(", Verdict.INTERNAL_ERROR),
        (
            (
                "import sys, os\ngot = sys.stdin.read()\nassert os.path.isdir(sys.argv[3])\n"
                "ok = got.split() == ['5'] and open(sys.argv[1]).read() == '2 3'"
                " and open(sys.argv[2]).read() == 'five' and sys.argv[4] == 'more'\n"
                "open(sys.argv[3] + 'judgemessage.txt', 'w').write('x')\nexit(42 if ok else 43)"
            ),
            Verdict.ACCEPTED,
        ),
    ],
)
async def test_a_custom_checker_decides(judge: SandboxJudge, source: str, verdict: Verdict) -> None:
    checker = Checker(CheckerKind.CUSTOM, program=Program("python", source), arguments=["more"])
    program = Program("python", "print(sum(map(int, input().split())))")
    tests = [judging.Test("1", b"2 3", b"five"), judging.Test("2", b"2 3", b"five")]
    judged = await judge.judge(Task(program, tests, checker=checker))
    assert judged.verdict is verdict


async def test_a_language_that_is_not_here_is_an_error_of_ours(judge: SandboxJudge) -> None:
    assert (await look(judge, "cobol", "")).verdict is Verdict.INTERNAL_ERROR


async def test_it_is_told_how_many_tests_have_been_run_and_stops_where_it_should(
    judge: SandboxJudge,
) -> None:
    told: list[int] = []

    async def on_test(number: int) -> None:
        told.append(number)

    tests = [judging.Test(str(each), b"%d" % each, b"1") for each in (1, 1, 2, 1)]
    program = Program("python", "print(input())")
    whole = await judge.judge(Task(program, tests), on_test)
    assert (told, len(whole.outcomes), whole.verdict) == ([1, 2, 3], 4, Verdict.WRONG_ANSWER)
    short = await judge.judge(Task(program, tests, stop_at_failure=True))
    assert [each.verdict for each in short.outcomes] == [
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
    ]
