"""`./dars test` and `./dars bench`: what decides whether a change is good."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from runtime import packages
from runtime.settings import ROOT

Say = Callable[[str], None]

# Tests start their own servers; two workers a core would only wait for each other.
MOST_WORKERS = 4


def test(arguments: Sequence[str], say: Say) -> int:
    """Style, types, import rules, then the tests with coverage. `--slow` adds the slow tier.

    Anything else is handed to pytest, which then runs alone: ./dars test tests/bot -k streak
    """
    slow = "--slow" in arguments
    chosen = [one for one in arguments if one != "--slow"]
    packages.ensure("test --slow" if slow else "test", say)
    if chosen:
        return _python(["-m", "pytest", *chosen])
    began = time.monotonic()
    for name, command in _checks():
        if code := _step(name, command, say):
            return code
    marked = [] if slow else ["-m", "not slow"]
    code = _step("tests", _tests(marked), say)
    coverage = _coverage(say) if code == 0 else 0
    say(f"{time.monotonic() - began:.0f} s in all")
    return code or coverage


def _checks() -> list[tuple[str, list[str]]]:
    return [
        ("style", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("import rules", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ]


def _tests(marked: Sequence[str]) -> list[str]:
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    spread = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    slowest = ["--durations=20", "--durations-min=2"]
    return ["-m", "coverage", "run", "-m", "pytest", "-q", *slowest, *spread, *marked]


def _coverage(say: Say) -> int:
    """All processes' shares together, against the floor in pyproject.toml."""
    _python(["-m", "coverage", "combine", "-q"])
    return _step("coverage", ["-m", "coverage", "report"], say)


def _step(name: str, command: Sequence[str], say: Say) -> int:
    began = time.monotonic()
    code = _python(command)
    verdict = "ok" if code == 0 else "FAILED"
    say(f"{verdict}: {name} ({time.monotonic() - began:.0f} s)")
    return code


def _python(arguments: Sequence[str]) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode  # noqa: S603


def bench(arguments: Sequence[str], say: Say) -> int:
    """One benchmark by name, with its own options, or the list of them."""
    names = sorted(
        path.stem
        for path in (ROOT / "benchmarks").glob("*.py")
        if not path.stem.startswith("_") and path.stem != "harness"
    )
    if arguments and arguments[0] in names:
        return _python(["-m", f"benchmarks.{arguments[0]}", *arguments[1:]])
    say("benchmarks: " + ", ".join(names))
    return 2 if arguments else 0
