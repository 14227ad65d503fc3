"""Compilers and interpreters of this machine, run on small programs for what they say."""

import os
import shutil
import subprocess
from pathlib import Path

COMPILERS = {"cpp": ["g++", "-std=c++17"], "c": ["gcc", "-std=c17"]}
HAS_GCC = shutil.which("gcc") is not None and shutil.which("g++") is not None
HAS_NODE = shutil.which("node") is not None


def run(command: list[str], folder: Path, given: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )


def compiled(language: str, program: str, folder: Path) -> str:
    """What the compiler writes; the program is `main` in the folder if it compiles."""
    (folder / f"main.{language}").write_text(program, "utf-8")
    command = [*COMPILERS[language], "-Wall", "-O1", "-o", "main", f"main.{language}", "-lm"]
    return run(command, folder).stderr.decode("utf-8", "replace")
