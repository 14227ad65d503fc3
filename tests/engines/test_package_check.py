"""Coding problems are read in a child: found whole, and a child that takes too much is told of."""

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.errors import Fault
from domain.problems.packages import UPLOAD_BYTES, Flaw, read_package
from engines.package_check import PackageCheck
from tests.engines.test_library_check import children, script

TEMPLATE = Path(__file__).parents[2] / "content" / "problems" / "template.yaml"
GOOD = TEMPLATE.read_bytes()
CUSTOM = b"checker: {kind: custom, language: python, code: exit(42), arguments: [a]}\n"
__all__ = ("children",)
pytestmark = pytest.mark.usefixtures("children")


def large() -> bytes:
    """A package whose tests are bytes of all kinds, two megabytes of them."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("problem.yaml", "name: Large\n")
        archive.writestr("problem_statement/problem.en.tex", "Read.")
        archive.writestr("submissions/accepted/a.py", "print()")
        for number in range(4):
            archive.writestr(f"data/secret/{number}.in", bytes(range(256)) * 2048)
            archive.writestr(f"data/secret/{number}.ans", b"")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", GOOD),
        ("a.yaml", GOOD + CUSTOM),
        ("a.yaml", GOOD + b"checker: {kind: floats, absolute: 1e-7}\n"),
        ("a.zip", large()),
        ("একটি.yaml", GOOD.replace(b"output: 0", b"output: [0]")),
        ("a.zip", GOOD),
        ("a.txt", b""),
        ("a\udcff.yaml", b"\xff"),
        ("a.zip", b"x" * (UPLOAD_BYTES + 10)),
    ],
)
async def test_what_is_found_comes_back_whole(name: str, content: bytes) -> None:
    found = await PackageCheck().check(name, content)
    assert found == read_package(name, content)
    assert bool(found.package) == (not found.complaints)
    if found.package is not None:
        assert hash(found.package.checker) == hash(read_package(name, content).package.checker)  # type: ignore[union-attr]


@pytest.mark.parametrize("end", ["exit 3", "kill -KILL $$", "kill -XCPU $$", "exec sleep 60"])
async def test_a_child_that_takes_too_much_is_told_so(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, end))
    found = await PackageCheck(seconds=0.5).check("a.yaml", GOOD)
    assert found.package is None
    assert [one.flaw for one in found.complaints] == [Flaw.TOO_MUCH_TO_READ]


async def test_a_child_that_breaks_is_our_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, "exit 1"))
    with pytest.raises(Fault, match="ended with"):
        await PackageCheck().check("a.yaml", GOOD)


async def test_a_child_that_never_stops_talking_is_our_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", script(tmp_path, "exec yes"))
    with pytest.raises(Fault, match="too much"):
        await PackageCheck().check("a.yaml", GOOD)
