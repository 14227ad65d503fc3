"""Python's own messages about small programs, explained: the real interpreter says them here."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.submissions.explaining import explain

CASES = yaml.safe_load((Path(__file__).parent / "errors_python.yaml").read_text("utf-8"))


def traceback_of(program: str, given: str, folder: Path) -> str:
    (folder / "main.py").write_text(program, "utf-8")
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "main.py"],
        cwd=folder,
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=30,
    )
    return ended.stderr.decode()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['kind']}-{at}") for at, case in enumerate(CASES)]
)
def test_an_error_is_explained_with_its_line(case: Mapping[str, Any], tmp_path: Path) -> None:
    message = traceback_of(case["program"], case.get("input", ""), tmp_path)
    found = explain("python", case["program"], message)
    assert found is not None, message
    assert (found.kind, found.line) == (case["kind"], case["line"]), message
    assert found.values.items() >= case.get("values", {}).items()
    assert found.source_line == case["program"].split("\n")[case["line"] - 1].expandtabs(4).replace(
        "\u200b", ""
    )
