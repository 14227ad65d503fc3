"""What every coding problem must have, in whatever form it came."""

from collections.abc import Iterator, Mapping

from domain.problems.packages.complaints import Findings, Flaw, Value
from domain.problems.packages.contents import ProblemPackage
from domain.problems.packages.limits import MOST_DATA, MOST_TESTS

_MIB = 1024 * 1024


def check(findings: Findings, file: str, package: ProblemPackage, line: int) -> None:
    """Complains of what is missing or too much; `line` is where the tests are told of."""
    for flaw, values in _flaws(package):
        findings.complain(file, line, flaw, **values)


def _flaws(package: ProblemPackage) -> Iterator[tuple[Flaw, Mapping[str, Value]]]:
    if len(package.tests) > MOST_TESTS:
        yield Flaw.TOO_MANY_TESTS, {"count": len(package.tests), "limit": MOST_TESTS}
    if sum(len(one.input) + len(one.output) for one in package.tests) > MOST_DATA:
        yield Flaw.TOO_MUCH_DATA, {"limit": MOST_DATA // _MIB}
    used = {one.group for one in package.tests}
    for group in package.groups:
        if group.name not in used:
            yield Flaw.GROUP_WITHOUT_TESTS, {"group": group.name}
    points = [one.points for one in package.tests] + [one.points for one in package.groups]
    if package.tests and not any(points):
        yield Flaw.NO_POINTS, {}
