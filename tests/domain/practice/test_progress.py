"""What a student sees of their streak."""

from datetime import date

import pytest

from domain.practice.progress import StreakSeen
from domain.practice.records import Streak


@pytest.mark.parametrize(
    ("standing", "milestone"), [(0, 7), (6, 7), (7, 14), (364, 365), (365, None), (400, None)]
)
def test_the_next_milestone_is_beyond_today(standing: int, milestone: int | None) -> None:
    streak = StreakSeen(Streak(), standing, date(2026, 3, 1), frozenset(), frozenset(), None)
    assert streak.next_milestone == milestone
