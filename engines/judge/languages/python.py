"""Python: translated once, then run in a fresh child of the runner's warm interpreter."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.box import MEBIBYTE, Step
from engines.judge.languages.language import Language, SelfTest
from engines.judge.seccomp import Profile

FILE = "solution.py"
WARM = frozenset(
    [
        "abc",
        "array",
        "bisect",
        "collections",
        "copy",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "heapq",
        "io",
        "itertools",
        "json",
        "math",
        "operator",
        "queue",
        "random",
        "re",
        "statistics",
        "string",
        "sys",
        "textwrap",
        "threading",
        "time",
        "typing",
    ]
)
"""Modules that can be imported before the program's account is taken, and keep no state."""
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([\w., \t]+)", re.M)
_OUT_OF_MEMORY = re.compile(rb"^MemoryError\b[^\n]*\s*\Z", re.M)
_NO_ROOM = re.compile(rb"^OSError: \[Errno (?:27|28)\][^\n]*\s*\Z", re.M)
# A frame of a traceback: its line, and the deeper indented ones that quote the source.
_FRAME = re.compile(
    rb'^([ |+-]*)  File "([^"\n]*)", line \d+(?:, in [^\n]*)?\n(?:\1    [^\n]*\n)*', re.M
)


def present() -> bool:
    """It is what we run in ourselves."""
    return True


def make(cache: Path) -> Language:
    del cache
    return Language(
        code="python",
        file=FILE,
        compile=Step([FILE], Profile.INTERPRETER, program=FILE, python=True, keep="solution.pyc"),
        shows_compilation=False,
        run=Step([FILE], Profile.INTERPRETER, python=True),
        space_bytes=64 * MEBIBYTE,
        out_of_memory=_OUT_OF_MEMORY,
        no_room=_NO_ROOM,
        modules=modules,
        tidy=own_frames,
        self_tests=(
            SelfTest("print('Hello,', input())\n", b"Mina\n", Verdict.ACCEPTED, b"Hello, Mina\n"),
            SelfTest("import os\nos.fork()\n", b"", Verdict.REFUSED_CALL),
        ),
    )


def modules(source: str) -> Sequence[str]:
    """Those of the standard library that the source names in an import."""
    named = {
        word.strip().split(".")[0].split(" ")[0]
        for match in _IMPORT.findall(source[:100_000])
        for word in match.split(",")
    }
    return sorted(named & WARM & sys.stdlib_module_names)


def own_frames(text: bytes) -> bytes:
    """A traceback without the frames that are not in the student's file."""
    return _FRAME.sub(lambda found: found[0] if found[2] == FILE.encode() else b"", text)
