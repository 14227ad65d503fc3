"""Which five problems a session sets."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.practice.profiles import Evidence
from domain.practice.records import Candidate
from domain.practice.selection import choose
from domain.practice.skills import Skill, observed

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


def library(topics: int = 11, days_ago: float | None = None) -> list[Candidate]:
    """Each topic with eight problems of every difficulty, all set so long ago or never."""
    return [
        candidate(8 * topic + n, f"topic-{topic}", (1, 1, 1, 2, 2, 2, 3, 3)[n], days_ago, True)
        for topic in range(topics)
        for n in range(8)
    ]


def known(topics: Mapping[str, str], days_ago: float = 1) -> dict[str, Skill]:
    """Skills after a row of first tries: R for right, W for wrong, on medium problems."""
    skills = {}
    for topic, tries in topics.items():
        skill = None
        for one in tries:
            evidence = Evidence.RIGHT if one == "R" else Evidence.WRONG
            skill = observed(skill, topic, 2, evidence, NOW - timedelta(days=days_ago))
        if skill is not None:
            skills[topic] = skill
    return skills


def chosen(
    candidates: list[Candidate],
    skills: Mapping[str, Skill] | None = None,
    count: int = 5,
    seed: int = 1,
    now: datetime = NOW,
) -> list[Candidate]:
    by_id = {one.id: one for one in candidates}
    picked = choose(candidates, skills or {}, now, random.Random(seed), count)
    return [by_id[one] for one in picked]


def numbers(candidates: list[Candidate]) -> set[int]:
    return {one.id.int for one in candidates}


def test_a_new_student_meets_ten_topics_in_two_sessions() -> None:
    first = chosen(library())
    skills = known({one.topic: "R" for one in first})
    met = {one.id for one in first}
    second = chosen(
        [candidate(o.id.int, o.topic, o.difficulty, 1, True) if o.id in met else o
         for o in library()],
        skills,
    )  # fmt: skip
    assert len({one.topic for one in (*first, *second)}) == 10


def test_the_first_problems_are_neither_easy_nor_hard() -> None:
    assert {one.difficulty for one in chosen(library())} <= {1, 2}


def test_practice_goes_where_mastery_is_least_likely() -> None:
    skills = known(
        {"topic-0": "RRRRRR", "topic-1": "WWRWW", "topic-2": "RRRRRR", "topic-3": "RWWW"}
    )
    topics = {one.topic for one in chosen(library(4, days_ago=30), skills)}
    assert topics == {"topic-1", "topic-3"}


def test_difficulty_follows_how_the_student_is_doing() -> None:
    def mean(tries: str) -> float:
        skills = known({f"topic-{n}": tries for n in range(5)})
        return sum(one.difficulty for one in chosen(library(5, days_ago=30), skills)) / 5

    assert mean("WWWWW") == 1
    assert mean("RRRRRRRR") == 3
    assert 1 <= mean("WRWR") < 3


def test_what_was_mastered_long_ago_returns() -> None:
    skills = {
        **known({"topic-0": "RRRRRRRR", "topic-1": "RRRRRRRR", "topic-2": "RRRRRRRR"}, 1),
        **known({"topic-3": "RRRRRRRR"}, 300),
    }
    topics = Counter(one.topic for one in chosen(library(4, days_ago=30), skills))
    assert topics["topic-3"] >= 2


def test_a_problem_never_returns_on_the_same_day_while_others_are_left() -> None:
    today = [candidate(n, "ratio", days_ago=0.1, right=n % 2 == 0) for n in range(5)]
    before = [candidate(n, "ratio", days_ago=2, right=True) for n in range(5, 10)]
    assert numbers(chosen([*today, *before])) == set(range(5, 10))


def test_what_went_wrong_returns_before_what_was_right() -> None:
    wrong = [candidate(n, "ratio", days_ago=2, right=False) for n in range(5)]
    right = [candidate(n, "ratio", days_ago=2, right=True) for n in range(5, 10)]
    assert numbers(chosen([*right, *wrong])) == set(range(5))


def test_unseen_problems_come_before_seen_ones_of_the_same_difficulty() -> None:
    seen = [candidate(n, "ratio", days_ago=40, right=True) for n in range(5)]
    unseen = [candidate(n, "ratio") for n in range(5, 10)]
    assert numbers(chosen([*seen, *unseen])) == set(range(5, 10))


def test_one_weak_topic_is_not_the_whole_session() -> None:
    skills = known({"topic-0": "WWWWWW", "topic-1": "RRRRRRRR", "topic-2": "RRRRRRRR"})
    topics = Counter(one.topic for one in chosen(library(3, days_ago=30), skills))
    assert topics["topic-0"] == 3


def test_easier_first() -> None:
    difficulties = [
        one.difficulty for one in chosen([candidate(n, "", 1 + n % 3) for n in range(5)])
    ]
    assert difficulties == sorted(difficulties)


def test_too_few_problems_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        chosen([candidate(n) for n in range(4)])
    assert caught.value.view == "practice.too_few_problems"


def test_chance_decides_between_equals() -> None:
    assert numbers(chosen(library(), seed=1)) != numbers(chosen(library(), seed=2))


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
skills = st.dictionaries(st.sampled_from("abcd"), st.text("RW", max_size=12)).map(known)


@given(candidates, skills, st.integers(), st.integers(1, 5))
def test_always_that_many_different_ones_and_the_same_for_the_same_seed(
    some: list[Candidate], skills: dict[str, Skill], seed: int, count: int
) -> None:
    first = chosen(some, skills, count, seed)
    assert len(numbers(first)) == len(first) == count
    assert first == chosen(some, skills, count, seed)


@given(candidates, skills, st.integers())
def test_a_topic_never_follows_itself_where_that_can_be_helped(
    some: list[Candidate], skills: dict[str, Skill], seed: int
) -> None:
    topics = [one.topic for one in chosen(some, skills, seed=seed)]
    if max(Counter(topics).values()) <= 3:
        assert all(one != following for one, following in pairwise(topics))


@given(skills, st.integers())
def test_no_topic_has_more_than_three_where_others_have_problems(
    skills: dict[str, Skill], seed: int
) -> None:
    three = [candidate(n, "abc"[n % 3]) for n in range(24)]
    topics = Counter(one.topic for one in chosen(three, skills, seed=seed))
    assert max(topics.values()) <= 3
