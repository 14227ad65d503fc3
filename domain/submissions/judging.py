"""What the domain asks of the judge, and what the judge answers.

The judge runs programs and says what happened; points, hidden tests and who may see what are not
its business.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.errors import Fault

STDOUT_KEPT = 10 * 1024
"""Bytes of what a program wrote that are kept with a test's result, for each of its two streams."""


class Verdict(StrEnum):
    """What became of a program on a test, and in all."""

    ACCEPTED = "pass"
    WRONG_ANSWER = "fail"
    """It ended well, and what it wrote is wrong."""
    TIME_LIMIT = "timeout"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    """It wrote more than it may, to its output or into a file."""
    RUNTIME_ERROR = "runtime_error"
    REFUSED_CALL = "refused_call"
    """It asked the system for what no student's program may do."""
    COMPILE_ERROR = "compile_error"
    INTERNAL_ERROR = "internal_error"
    """Ours: nothing is known about the program, and it is judged again."""


class CheckerKind(StrEnum):
    EXACT = "exact"
    """The same but for white space at the ends of lines and of the whole."""
    TOKENS = "tokens"
    """The same words in the same order, whatever stands between them."""
    FLOATS = "floats"
    """As tokens; numbers may differ within the tolerance."""
    LINES = "lines"
    """The same lines in any order."""
    CUSTOM = "custom"
    """A program of the problem's, which reads input, expected and got."""


@dataclass(frozen=True, slots=True)
class Program:
    """Source in one of the judge's languages: python, cpp, c, javascript."""

    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Checker:
    kind: CheckerKind = CheckerKind.TOKENS
    absolute: float = 0.0
    relative: float = 0.0
    case_sensitive: bool = True
    program: Program | None = None
    """For CUSTOM alone, a Kattis output validator: called as `program INPUT ANSWER FEEDBACK_DIR`
    with the student's output as its standard input; exits with 42 to accept, 43 to refuse."""
    arguments: Sequence[str] = ()
    """Further arguments of a custom program."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For one test. The wall clock is allowed a few times the processor's time."""

    time_ms: int = 2000
    memory_kb: int = 256 * 1024
    output_kb: int = 8 * 1024


@dataclass(frozen=True, slots=True)
class Test:
    """One run of the program. `expected` None: whatever it writes is right if it ends well."""

    id: str
    input: bytes
    expected: bytes | None


@dataclass(frozen=True, slots=True)
class Task:
    program: Program
    tests: Sequence[Test]
    limits: Limits = Limits()
    checker: Checker = Checker()
    stop_at_failure: bool = False
    """Whether tests after the first that does not pass are left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test."""

    test_id: str
    verdict: Verdict
    time_ms: int
    """Of the processor's time."""
    memory_kb: int
    """The most that was in use at once."""
    stdout: bytes = b""
    """Its first STDOUT_KEPT bytes."""
    stderr: bytes = b""
    """Its first STDOUT_KEPT bytes; a Python traceback names only the student's own lines."""
    exit_code: int | None = None
    signal: int | None = None
    note: str = ""
    """What a checker had to say, or which call was refused; short, not for students as it is."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """`output` is the compiler's, its first STDOUT_KEPT bytes, naming the student's file alone."""

    ok: bool
    output: str
    time_ms: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict is that of the first test that did not pass, ACCEPTED if all did.

    `outcomes` are in the order of the tests; they are fewer where judging stopped early.
    """

    verdict: Verdict
    outcomes: Sequence[Outcome]
    compilation: Compilation | None = None
    """None where the language compiles nothing."""


class NoSandbox(Fault):
    """Code cannot be run here at all. `str(self)` says why and what to do about it."""


OnTest = Callable[[int], Awaitable[None]]
"""Told how many tests have been run, between one and the next."""


class Judge(Protocol):
    """Runs untrusted programs, one task after another or several at once."""

    @property
    def languages(self) -> Sequence[str]:
        """The languages whose tools are on this machine."""
        ...

    async def check(self) -> None:
        """Raises NoSandbox, saying why, if no program could be run now."""
        ...

    async def judge(self, task: Task, on_test: OnTest | None = None) -> Judged:
        """Never raises for what a program does. Raises NoSandbox.

        A program in a language that is not here gives INTERNAL_ERROR.
        """
        ...
