"""Programs as a class hands them in: small tasks, right and wrong solutions, verdicts known.

Each task has a right program in each language; the wrong ones differ from it by one slip, which is
a replacement of text, and every program can further have something done to it that is the same for
all (an endless loop at the end, a forgotten colon, and so on).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.submissions.judging import Limits, Program, Task, Test, Verdict
from tests.engines.judge.exercise import COMPILE, CRASH, FAIL, PASS, REFUSED, SLOW, Solutions
from tests.engines.judge.numbers_exercises import NUMBERS
from tests.engines.judge.rows_exercises import ROWS

LIMITS = Limits(time_ms=1000, memory_kb=96 * 1024, output_kb=256)
CPP_HEAD = "#include <bits/stdc++.h>\nusing namespace std;\n\n"


@dataclass(frozen=True, slots=True)
class Submission:
    name: str
    task: Task
    verdict: Verdict


def _ending(more: str) -> Callable[[str], str]:
    """Adds lines at the end of a C++ program's main."""
    return lambda source: source.rstrip().removesuffix("}") + f"    {more}\n}}\n"


def _more(lines: str) -> Callable[[str], str]:
    return lambda source: source + lines


Change = tuple[str, Callable[[str], str], Verdict]
CHANGES: Mapping[str, Sequence[Change]] = {
    "python": (
        ("as it is", _more(""), PASS),
        ("spaces", _more("print('   ')\n"), PASS),
        ("debugging", _more("import sys\nprint('done', file=sys.stderr)\n"), PASS),
        ("leaves", _more("exit()\n"), PASS),
        ("in a function", lambda source: _in_main(source), PASS),
        ("windows", lambda source: source.replace("\n", "\r\n"), PASS),
        ("prompt", lambda source: f"print('Give me the input:')\n{source}", FAIL),
        ("says more", _more("print('Done!')\n"), FAIL),
        ("loop", _more("while True:\n    pass\n"), SLOW),
        ("crash", _more("print(undefined)\n"), CRASH),
        ("status", _more("raise SystemExit(3)\n"), CRASH),
        ("reads on", _more("while True:\n    input()\n"), CRASH),
        ("forgotten bracket", _more("print((1)\n"), COMPILE),
        ("indented", _more("  x = 1\n"), COMPILE),
        (
            "memory",
            _more("x = []\nwhile True:\n    x.append('y' * 100000)\n"),
            Verdict.MEMORY_LIMIT,
        ),
        ("flood", _more("while True:\n    print('y' * 1000)\n"), Verdict.OUTPUT_LIMIT),
        ("shell", _more("import os\nos.system('ls')\n"), REFUSED),
    ),
    "cpp": (
        ("as it is", _more(""), PASS),
        ("spaces", _ending('cout << "   \\n";'), PASS),
        ("debugging", _ending('cerr << "done" << endl;'), PASS),
        ("leaves", _ending("exit(0);"), PASS),
        ("windows", lambda source: source.replace("\n", "\r\n"), PASS),
        ("says more", _ending('cout << "Done!";'), FAIL),
        ("loop", _ending("for (volatile int i = 0;; i = i + 1) {}"), SLOW),
        ("crash", _ending("abort();"), CRASH),
        ("null", _ending("*(volatile int *)nullptr = 1;"), CRASH),
        ("status", _ending("return 3;"), CRASH),
        ("throws", _ending('throw runtime_error("no");'), CRASH),
        ("forgotten bracket", _more("}\n"), COMPILE),
        ("forgotten semicolon", _ending("int extra = 1"), COMPILE),
        ("undeclared", _ending("cout << undeclared;"), COMPILE),
        (
            "memory",
            _ending("for (;;) memset(new char[1 << 20], 1, 1 << 20);"),
            Verdict.MEMORY_LIMIT,
        ),
        (
            "flood",
            _ending('for (;;) cout << "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\\n";'),
            Verdict.OUTPUT_LIMIT,
        ),
        ("shell", _ending('return system("ls");'), REFUSED),
    ),
}


def _in_main(source: str) -> str:
    body = "".join(f"    {line}\n" if line else "\n" for line in source.splitlines())
    return f"def main():\n{body}\n\nif __name__ == '__main__':\n    main()\n"


def submissions() -> Iterator[Submission]:
    """All of them. Raises ValueError where a slip is not in the program that it is to change."""
    for place, exercise in enumerate((*NUMBERS, *ROWS)):
        tests = [
            Test(str(number), each.encode(), str(exercise.answer(each)).encode())
            for number, each in enumerate(exercise.inputs)
        ]
        for language, solutions in exercise.solutions.items():
            head = CPP_HEAD if language == "cpp" else ""
            for name, source, verdict in _variants(language, solutions, place):
                program = Program(language, head + source)
                title = f"{exercise.name} in {language}: {name}"
                yield Submission(title, Task(program, tests, LIMITS), verdict)


def _variants(
    language: str, solutions: Solutions, place: int
) -> Iterator[tuple[str, str, Verdict]]:
    for old, new, verdict in solutions.slips:
        if old not in solutions.right:
            raise ValueError(f"{old!r} is not there to be replaced")
        yield f"{old!r} is {new!r}", solutions.right.replace(old, new), verdict
    for number, (name, change, verdict) in enumerate(CHANGES[language]):
        # Each exercise has the same right program and its share of what can be done to it.
        if number == 0 or (number + place) % 2:
            yield name, change(solutions.right), verdict
