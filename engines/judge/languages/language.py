"""What the judge must know of a programming language."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.box import Step
from engines.judge.furniture import Mount


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A program and what must become of it, by which `check` knows that a language works."""

    source: str
    input: bytes
    verdict: Verdict
    output: bytes = b""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Another way to compile what the usual one refuses with such words."""

    signs: re.Pattern[str]
    step: Step


@dataclass(frozen=True, slots=True)
class Language:
    """One language as it can be run on this machine. `code` is the domain's word for it."""

    code: str
    file: str
    """The name under which the student's source stands in the box."""
    run: Step
    self_tests: Sequence[SelfTest]
    compile: Step | None = None
    """Run once; it leaves what is kept and then run for each test."""
    otherwise: Sequence[Otherwise] = ()
    """Further ways to compile, of which the first that fits is tried where `compile` fails."""
    shows_compilation: bool = True
    """Whether a successful compilation is worth telling."""
    mounts: Sequence[Mount] = ()
    space_bytes: int | None = 0
    """Address space a program needs beyond what it may use; None where it only says nonsense."""
    data_bytes: int = 0
    """What the interpreter writes for itself, where `space_bytes` is None."""
    threads: int = 64
    out_of_memory: re.Pattern[bytes] | None = None
    """What stands in the end of the error output of a program that was refused memory."""
    no_room: re.Pattern[bytes] | None = None
    """The same of one that was refused to write more into a file, where no signal tells it."""
    modules: Callable[[str], Sequence[str]] = field(default=lambda _: ())
    """Which modules the source asks for that are worth having before the first test."""
    tidy: Callable[[bytes], bytes] = field(default=lambda text: text)
    """Takes out of an error output what is not the student's."""


def find(program: str) -> str | None:
    """Where a program of the machine's is."""
    return shutil.which(program, path=f"/usr/local/bin:/usr/bin:/bin:{os.environ.get('PATH', '')}")


def tool(program: str) -> Mount:
    """A program that `find` finds, as it is seen in a box: under its usual name in /usr/bin."""
    found = find(program)
    if found is None:
        raise FileNotFoundError(program)
    return Mount(Path(found).resolve(), Path("/usr/bin", program))
