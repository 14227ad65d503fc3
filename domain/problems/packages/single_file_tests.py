"""The samples, tests and groups of a problem in one YAML file, and what they are worth."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.problems.packages.complaints import Flaw
from domain.problems.packages.contents import PackageTest
from domain.problems.packages.fields import Reader
from domain.problems.packages.limits import MOST_DATA, MOST_POINTS, MOST_TESTS, TOTAL_POINTS
from domain.problems.packages.sharing import CENT, shared
from domain.problems.records import TestGroup

_NONE = Decimal(0)
_Given = Decimal | None
"""Points as the file gives them, None where it gives none."""


def read_tests(reader: Reader) -> tuple[tuple[TestGroup, ...], tuple[PackageTest, ...]]:
    """The groups, and the tests in the order in which they are judged: the samples first."""
    groups = [*_groups(reader)]
    names = [name for name, _ in groups]
    samples = [*_tests(reader, "samples", "sample", names)]
    hidden = [*_tests(reader, "tests", "secret", names)]
    if not samples and not hidden:
        reader.complain("tests", Flaw.FIELD_NEEDED)
    tests = samples + hidden
    scored = [place for place, (test, _) in enumerate(tests) if test.hidden and test.group is None]
    if not hidden:
        scored = [*range(len(samples))]
    given = [points for _, points in groups] + [tests[place][1] for place in scored]
    if all(points is None for points in (*given, *(points for _, points in samples))):
        given = [*shared(TOTAL_POINTS, len(given))] if given else []
    elif None in given:
        reader.complain("tests" if hidden else "samples", Flaw.POINTS_FOR_SOME)
    worth = dict(zip(scored, given[len(groups) :], strict=True))
    return (
        tuple(
            TestGroup(name, points or _NONE)
            for (name, _), points in zip(groups, given[: len(groups)], strict=True)
        ),
        tuple(
            replace(test, points=worth.get(place, points) or _NONE)
            for place, (test, points) in enumerate(tests)
        ),
    )


def _groups(reader: Reader) -> Iterator[tuple[str, _Given]]:
    seen: set[str] = set()
    for entry in reader.listed("groups", MOST_TESTS):
        entry.only(("name", "points"))
        name = entry.key("name")
        if name in seen:
            entry.complain("name", Flaw.NAME_TWICE, name=name)
        elif name:
            seen.add(name)
            yield name, _points(entry)


def _points(entry: Reader) -> _Given:
    points = entry.number("points", _NONE, MOST_POINTS)
    if points is not None and points != points.quantize(CENT):
        entry.complain("points", Flaw.NOT_POINTS)
        return None
    return points


def _tests(
    reader: Reader, field: str, folder: str, groups: Collection[str]
) -> Iterator[tuple[PackageTest, _Given]]:
    hidden = field == "tests"
    allowed: Sequence[str] = ("name", "input", "output", "points")
    seen: set[str] = set()
    for number, entry in enumerate(reader.listed(field, MOST_TESTS), 1):
        entry.only((*allowed, "group") if hidden else allowed)
        group = _group(entry, groups) if hidden and entry.has("group") else None
        name = entry.key("name") if entry.has("name") else f"{number:02}"
        whole = "/".join(part for part in (folder, group, name) if part)
        if whole in seen:
            entry.complain("name", Flaw.NAME_TWICE, name=name)
        seen.add(whole)
        points = _points(entry)
        if group and points is not None:
            entry.complain("points", Flaw.POINTS_IN_GROUP)
        data = _data(entry, "input"), _data(entry, "output")
        yield PackageTest(whole, hidden, _NONE, group, *data), points


def _group(entry: Reader, groups: Collection[str]) -> str | None:
    group = entry.key("group")
    if group and group not in groups:
        entry.complain("group", Flaw.NO_SUCH_GROUP, group=group)
        return None
    return group or None


def _data(entry: Reader, name: str) -> bytes:
    """A text of a test; its last line is ended where the writer did not."""
    text = entry.written(name, MOST_DATA) or ""
    return (text if not text or text.endswith("\n") else text + "\n").encode()
