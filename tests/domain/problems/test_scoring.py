"""Points of tests and of groups: whole groups or nothing, and nothing is lost or won."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems.scoring import Score, Weight, score

ONE, TEN, THIRTY = Decimal(1), Decimal(10), Decimal(30)
ALONE = [Weight("a", TEN), Weight("b", ONE)]
GROUPED = [*ALONE, Weight("c", ONE, "small"), Weight("d", ONE, "small")]

weights = st.lists(
    st.builds(
        Weight,
        st.integers(0, 30).map(str),
        st.decimals(0, 100, places=2),
        st.sampled_from([None, "g", "h"]),
    ),
    max_size=20,
    unique_by=lambda one: one.test_id,
)
groups = st.fixed_dictionaries(dict.fromkeys("gh", st.decimals(0, 100, places=2)))
ids = st.sets(st.integers(0, 30).map(str))


@pytest.mark.parametrize(
    ("passed", "earned"),
    [("", 0), ("a", 10), ("ab", 11), ("ac", 10), ("cd", 30), ("bcd", 31), ("abcd", 41)],
)
def test_a_group_gives_its_points_only_as_a_whole(passed: str, earned: int) -> None:
    assert score(GROUPED, {"small": THIRTY}, passed) == Score(Decimal(earned), Decimal(41))


def test_the_share_is_of_all_points() -> None:
    assert score(ALONE, {}, "b").share == ONE / 11
    assert score(ALONE, {}, "ab").share == 1
    assert score([], {}, "").share == 0


def test_a_group_without_tests_counts_for_nothing() -> None:
    assert score(ALONE, {"empty": THIRTY}, "ab") == Score(Decimal(11), Decimal(11))


@given(weights, groups, ids)
def test_nobody_earns_more_than_there_is(
    tests: list[Weight], worth: dict[str, Decimal], passed: set[str]
) -> None:
    found = score(tests, worth, passed)
    assert 0 <= found.earned <= found.total
    assert 0 <= found.share <= 1
    assert score(tests, worth, {one.test_id for one in tests}).earned == found.total


@given(weights, groups, ids, ids)
def test_to_pass_more_never_costs_anything(
    tests: list[Weight], worth: dict[str, Decimal], passed: set[str], more: set[str]
) -> None:
    assert score(tests, worth, passed).earned <= score(tests, worth, passed | more).earned


@given(weights, groups, ids, st.randoms())
def test_the_order_of_tests_does_not_matter(
    tests: list[Weight], worth: dict[str, Decimal], passed: set[str], rng: Random
) -> None:
    mixed = [*tests]
    rng.shuffle(mixed)
    assert score(mixed, worth, passed) == score(tests, worth, passed)
