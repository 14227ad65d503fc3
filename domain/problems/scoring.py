"""Points of a coding problem: what its tests and groups of tests are worth together, and earned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a test counts for: its own points, or as one of a group's tests."""

    test_id: str
    points: Decimal
    group: str | None = None
    """Its own points do not count where it has one."""


@dataclass(frozen=True, slots=True)
class Score:
    earned: Decimal
    total: Decimal

    @property
    def share(self) -> Decimal:
        """From 0 to 1; exactly 1 only where everything was earned."""
        if not self.total:
            return _NOTHING
        return self.earned / self.total


def score(
    weights: Sequence[Weight], groups: Mapping[str, Decimal], passed: Collection[str]
) -> Score:
    """By the ids of the tests that passed. A group gives its points only if all of its tests did.

    A test that is not among them did not pass, whether it was run or not. A group without tests
    gives nothing and counts for nothing.
    """
    members: dict[str, list[Weight]] = {}
    alone: list[Weight] = []
    for one in weights:
        if one.group is None:
            alone.append(one)
        else:
            members.setdefault(one.group, []).append(one)
    whole = [name for name, tests in members.items() if all(one.test_id in passed for one in tests)]
    earned = sum((one.points for one in alone if one.test_id in passed), _NOTHING)
    earned += sum((groups[name] for name in whole), _NOTHING)
    total = sum((one.points for one in alone), _NOTHING)
    total += sum((groups[name] for name in members), _NOTHING)
    return Score(earned, total)
