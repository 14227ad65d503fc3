"""What C and C++ share: the GNU compiler in a box, and its precompiled standard header."""

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from engines.judge.box import MEBIBYTE, Mount, Step
from engines.judge.languages.language import Language, SelfTest, find, tool
from engines.judge.seccomp import Profile

HEADER = "bits/stdc++.h"
HEADERS = Path("/headers")
STACK_BYTES = 64 * MEBIBYTE
MAKE_SECONDS = 120.0
# Where the compiler names a file that is not the student's, its folder says nothing to him.
_FOLDER = re.compile(rb"(?<![\w.])/(?:usr|lib|lib64|tmp|headers)/(?:[\w.+-]+/)*")


def present(compiler: str) -> bool:
    """Whether a compiler, its linker and the standard library's headers are here."""
    tools = all(find(each) for each in (compiler, "as", "ld"))
    return tools and Path("/usr/include/stdio.h").exists()


def language(
    code: str,
    compiler: str,
    file: str,
    flags: Sequence[str],
    self_tests: Sequence[SelfTest],
    headers: Mount | None = None,
) -> Language:
    """The language by one of the two compilers, which must be present."""
    tools = [tool(each) for each in (compiler, "as", "ld")]
    program = str(tools[0].target)
    folders = [Path(each) for each in ("/usr/include", "/usr/libexec/gcc")]
    mounts = [*tools, *(Mount(each, each) for each in folders if each.is_dir())]
    if headers is not None:
        mounts.append(headers)
        flags = (*flags, "-I", str(HEADERS))
    return Language(
        code=code,
        file=file,
        compile=Step(
            [program, *flags, *_static(compiler), "-o", "solution", file],
            Profile.COMPILE,
            program=program,
            keep="solution",
        ),
        run=Step(["solution"], Profile.PROGRAM, environment=(("MALLOC_ARENA_MAX", "1"),)),
        mounts=mounts,
        # Beside what it may use: the program itself, and the stacks of a few threads.
        space_bytes=64 * MEBIBYTE + 4 * STACK_BYTES,
        out_of_memory=(b"std::bad_alloc", b"std::bad_array_new_length"),
        self_tests=self_tests,
        tidy=lambda text: _FOLDER.sub(b"", text),
    )


@cache
def _static(compiler: str) -> tuple[str, ...]:
    """The flag that links without shared libraries, where this machine has what it takes."""
    kind = "c++" if compiler == "g++" else "c"
    with tempfile.TemporaryDirectory() as folder:
        done = _run(
            compiler, "-static", "-x", kind, "-", "-o", f"{folder}/out", given="int main(){}"
        )
    return ("-static",) if done else ()


def headers(cache: Path, flags: Sequence[str]) -> Mount | None:
    """The folder with the precompiled header, made where it is not there yet.

    One a compiler and its flags: another compiler would only pass it over. Takes seconds once.
    None where it cannot be made.
    """
    compiler = find("g++")
    if compiler is None:
        return None
    path = Path(compiler).resolve()
    facts = path.stat()
    key = f"{path} {facts.st_size} {facts.st_mtime_ns} {' '.join(flags)}"
    folder = cache / f"headers-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    made = folder / f"{HEADER}.gch"
    if not made.exists() and not _make_header(folder, flags):
        return None
    return Mount(folder, HEADERS)


def _make_header(folder: Path, flags: Sequence[str]) -> bool:
    """Make it aside and move it into place whole, since several may do so at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".headers-") as aside:
        inner = Path(aside, folder.name)
        made = inner / f"{HEADER}.gch"
        made.parent.mkdir(parents=True)
        source = f"#include <{HEADER}>\n"
        if not _run("g++", *flags, "-x", "c++-header", "-", "-o", str(made), given=source):
            return False
        for each in (inner, made.parent):
            each.chmod(0o755)
        made.chmod(0o644)
        try:
            os.rename(inner, folder)  # noqa: PTH104
        except OSError:
            return (folder / f"{HEADER}.gch").exists()
    return True


def _run(compiler: str, *arguments: str, given: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own command line
            [find(compiler) or compiler, *arguments],
            input=given.encode(),
            capture_output=True,
            check=False,
            timeout=MAKE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
