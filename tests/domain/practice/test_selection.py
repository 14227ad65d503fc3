"""Which five problems a session sets."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.practice.records import Candidate
from domain.practice.selection import choose, suitable_difficulty

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def candidate(
    number: int,
    topic: str = "",
    difficulty: int = 2,
    days_ago: float | None = None,
    right: bool | None = None,
) -> Candidate:
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Candidate(
        UUID(int=number), topic or f"topic-{number}", difficulty, int(last is not None), last, right
    )


def chosen(candidates: list[Candidate], count: int = 5, seed: int = 1) -> list[Candidate]:
    by_id = {one.id: one for one in candidates}
    return [by_id[one] for one in choose(candidates, NOW, random.Random(seed), count)]


def numbers(candidates: list[Candidate]) -> set[int]:
    return {one.id.int for one in candidates}


def test_unseen_come_before_seen() -> None:
    seen = [candidate(n, days_ago=90, right=n % 2 == 0) for n in range(10)]
    unseen = [candidate(n) for n in range(10, 15)]
    assert numbers(chosen([*seen, *unseen])) == set(range(10, 15))


def test_what_went_wrong_returns_after_a_day_and_what_was_right_much_later() -> None:
    wrong = [candidate(n, days_ago=2, right=False) for n in range(5)]
    right = [candidate(n, days_ago=5, right=True) for n in range(5, 10)]
    just_now = [candidate(n, days_ago=0.1, right=False) for n in range(10, 15)]
    assert numbers(chosen([*right, *just_now, *wrong])) == set(range(5))
    old = [candidate(n, days_ago=20, right=True) for n in range(20, 25)]
    assert numbers(chosen([*right, *just_now, *old])) == set(range(20, 25))


def test_topics_are_spread() -> None:
    same = [candidate(n, "fractions") for n in range(20)]
    others = [candidate(n, f"other-{n}") for n in range(20, 24)]
    topics = Counter(one.topic for one in chosen([*same, *others]))
    assert topics["fractions"] == 1


def test_difficulty_follows_how_the_student_is_doing() -> None:
    assert suitable_difficulty([candidate(1)]) == 2
    doing_well = [candidate(n, days_ago=1, right=True) for n in range(10)]
    struggling = [candidate(n, days_ago=1, right=n < 2) for n in range(10)]
    assert suitable_difficulty(doing_well) == 3
    assert suitable_difficulty(struggling) == 1
    long_ago = [candidate(n, days_ago=100, right=False) for n in range(10, 40)]
    assert suitable_difficulty([*long_ago, *doing_well]) == 3
    unseen = [candidate(100 + n, difficulty=1 + n % 3) for n in range(30)]
    assert {one.difficulty for one in chosen([*struggling, *unseen])} == {1}
    assert {one.difficulty for one in chosen([*doing_well, *unseen])} == {3}


def test_easier_first() -> None:
    difficulties = [
        one.difficulty for one in chosen([candidate(n, "", 1 + n % 3) for n in range(5)])
    ]
    assert difficulties == sorted(difficulties)


def test_too_few_problems_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        chosen([candidate(n) for n in range(4)])
    assert caught.value.view == "practice.too_few_problems"


candidates = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 3),
        st.none() | st.floats(0, 60),
        st.sampled_from([True, False, None]),
    ),
    min_size=5,
    max_size=30,
).map(lambda rows: [candidate(n, *row) for n, row in enumerate(rows)])


@given(candidates, st.integers(), st.integers(1, 5))
def test_always_that_many_different_ones_and_the_same_for_the_same_seed(
    some: list[Candidate], seed: int, count: int
) -> None:
    first = chosen(some, count, seed)
    assert len(numbers(first)) == len(first) == count
    assert first == chosen(some, count, seed)


@given(candidates, st.integers())
def test_a_topic_never_follows_itself_where_that_can_be_helped(
    some: list[Candidate], seed: int
) -> None:
    topics = [one.topic for one in chosen(some, seed=seed)]
    if max(Counter(topics).values()) <= 3:
        assert all(one != following for one, following in pairwise(topics))


@given(candidates, st.integers())
def test_nothing_is_seen_again_while_something_is_unseen(some: list[Candidate], seed: int) -> None:
    unseen = numbers([one for one in some if one.last_set_at is None])
    picked = numbers(chosen(some, seed=seed))
    assert picked <= unseen or unseen <= picked


def test_chance_decides_between_equals() -> None:
    some = [candidate(n) for n in range(30)]
    assert numbers(chosen(some, seed=1)) != numbers(chosen(some, seed=2))
