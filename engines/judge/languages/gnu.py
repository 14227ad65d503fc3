"""What C and C++ share: the GNU compiler in a box, and its precompiled standard header."""

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from engines.judge.box import MEBIBYTE, Step
from engines.judge.furniture import Mount
from engines.judge.languages.language import Language, Otherwise, SelfTest, find, tool
from engines.judge.seccomp import Profile

HEADER = "bits/stdc++.h"
HEADERS = Path("/headers")
MAKE_SECONDS = 120.0
_OUT_OF_MEMORY = re.compile(rb"^terminate called .*'std::bad_(?:alloc|array_new_length)'", re.M)
# Where the compiler names a file that is not the student's, its folder says nothing to him, and
# an object file of its own making says nothing at all.
_FOLDER = re.compile(rb"/tmp/cc\w+\.o:|(?<![\w.])/(?:usr|lib|lib64|tmp|headers)/(?:[\w.+-]+/)*")


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
    newer: Sequence[tuple[re.Pattern[str], str]] = (),
) -> Language:
    """The language by one of the two compilers, which must be present.

    `newer` are flags for newer editions of the language, with the words that speak for them.
    """
    linkers = [each for each in ("ld", "ld.gold") if find(each)]
    tools = [tool(each) for each in (compiler, "as", *linkers)]
    program = str(tools[0].target)
    folders = [Path(each) for each in ("/usr/include", "/usr/libexec/gcc")]
    mounts = [*tools, *(Mount(each, each) for each in folders if each.is_dir())]
    if headers is not None:
        mounts.append(headers)
        flags = (*flags, "-I", str(HEADERS))

    linking = _linking(compiler)

    def step(*more: str) -> Step:
        argv = [program, *flags, *more, "-o", "solution", file, "-lm"]
        return Step(argv, Profile.COMPILE, program=program, keep="solution")

    return Language(
        code=code,
        file=file,
        compile=step(*linking),
        otherwise=(
            # Linked so, a function with a name of the library's may stand in the library's way.
            Otherwise(re.compile(r"multiple definition of|libc\.a"), step()),
            *(Otherwise(signs, step(flag, *linking)) for signs, flag in newer),
        ),
        run=Step(["solution"], Profile.PROGRAM, environment=(("MALLOC_ARENA_MAX", "1"),)),
        mounts=mounts,
        space_bytes=64 * MEBIBYTE,
        out_of_memory=_OUT_OF_MEMORY,
        self_tests=self_tests,
        tidy=lambda text: _FOLDER.sub(b"", text),
    )


@cache
def _linking(compiler: str) -> tuple[str, ...]:
    """The flags that link without shared libraries, and by the faster linker, where they work."""
    kind = "c++" if compiler == "g++" else "c"
    for flags in (("-static", "-fuse-ld=gold"), ("-static",)):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "empty")
            source.write_text("int main(void) { return 0; }\n")
            if _run(compiler, *flags, "-x", kind, str(source), "-o", f"{folder}/out"):
                return flags
    return ()


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
    try:
        found = made.exists() or _make_header(folder, flags)
    except OSError:
        return None
    return Mount(folder, HEADERS) if found else None


def _make_header(folder: Path, flags: Sequence[str]) -> bool:
    """Make it aside and move it into place whole, since several may do so at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".headers-") as aside:
        inner = Path(aside, folder.name)
        made = inner / f"{HEADER}.gch"
        made.parent.mkdir(parents=True)
        source = Path(aside, "all.h")  # the compiler reads no header from its standard input
        source.write_text(f"#include <{HEADER}>\n")
        if not _run("g++", *flags, "-x", "c++-header", str(source), "-o", str(made)):
            return False
        for each in (inner, made.parent):
            each.chmod(0o755)
        made.chmod(0o644)
        try:
            os.rename(inner, folder)  # noqa: PTH104
        except OSError:
            return (folder / f"{HEADER}.gch").exists()
    return True


def _run(compiler: str, *arguments: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own command line
            [find(compiler) or compiler, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=MAKE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
