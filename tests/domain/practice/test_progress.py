"""What a student is told to work on, and what comes next."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.practice.progress import ProgressSeen, StreakSeen, to_work_on
from domain.practice.records import (
    ItemResult,
    ItemState,
    SessionResult,
    SessionStatus,
    Streak,
    TopicProgress,
)


def seen(*topics: tuple[str, int, int]) -> ProgressSeen:
    return ProgressSeen([TopicProgress(*one) for one in topics], [])


def result(*items: tuple[str, bool, int]) -> SessionResult:
    return SessionResult(
        UUID(int=1),
        SessionStatus.COMPLETED,
        datetime(2026, 3, 1, tzinfo=UTC),
        60,
        tuple(
            ItemResult(
                n, topic, ItemState.ANSWERED if right else ItemState.SKIPPED, right, tries, 0
            )
            for n, (topic, right, tries) in enumerate(items, 1)
        ),
    )


@pytest.mark.parametrize(
    ("standing", "milestone"), [(0, 7), (6, 7), (7, 14), (364, 365), (365, None), (400, None)]
)
def test_the_next_milestone_is_beyond_today(standing: int, milestone: int | None) -> None:
    streak = StreakSeen(Streak(), standing, date(2026, 3, 1), frozenset(), frozenset())
    assert streak.next_milestone == milestone


def test_the_weakest_topic_is_to_work_on() -> None:
    assert seen(("average", 10, 6), ("fractions", 10, 3), ("ratio", 10, 9)).work_on == "fractions"


def test_a_topic_hardly_tried_or_well_done_is_not_to_work_on() -> None:
    assert seen().work_on is None
    assert seen(("fractions", 2, 0)).work_on is None
    assert seen(("fractions", 3, 2), ("average", 2, 0)).work_on == "fractions"
    assert seen(("fractions", 10, 7)).work_on is None


def test_after_a_session_the_first_unsolved_problem_is_to_work_on() -> None:
    assert to_work_on(result(("a", True, 2), ("b", False, 3), ("c", False, 0))) == "b"


def test_after_a_session_all_solved_the_first_that_took_more_tries_is() -> None:
    assert to_work_on(result(("a", True, 1), ("b", True, 3), ("c", True, 2))) == "b"


def test_after_a_session_without_a_slip_there_is_nothing_to_work_on() -> None:
    assert to_work_on(result(("a", True, 1), ("b", True, 1))) is None
    assert to_work_on(result()) is None
