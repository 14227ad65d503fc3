"""What the skill model makes of what a student does."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice import profiles
from domain.practice.profiles import Evidence
from domain.practice.skills import (
    Level,
    Picture,
    Skill,
    mastery,
    observed,
    of_answer,
    of_leaving,
    work_on,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
R, W, H = Evidence.RIGHT, Evidence.WRONG, Evidence.HELPED

difficulties = st.sampled_from(profiles.DIFFICULTIES)
acts = st.lists(st.tuples(st.sampled_from(list(Evidence)), difficulties, st.floats(0, 400)))


def after(*seen: Evidence, difficulty: int = 2, topic: str = "ratio") -> Skill:
    skill = None
    for one in seen:
        skill = observed(skill, topic, difficulty, one, NOW)
    assert skill is not None
    return skill


def mastered(skill: Skill, now: datetime = NOW) -> float:
    return Picture([skill.topic], {skill.topic: skill}, now).mastery(skill.topic)


def lived(acts: list[tuple[Evidence, int, float]]) -> tuple[Skill | None, datetime]:
    """The skill after acts so many days apart, and the day of the last."""
    skill, now = None, NOW
    for evidence, difficulty, days in acts:
        now += days * DAY
        skill = observed(skill, "ratio", difficulty, evidence, now)
    return skill, now


def test_a_first_try_is_evidence_and_one_more_wrong_try_is_not() -> None:
    assert of_answer(0, 0, correct=True) is Evidence.RIGHT
    assert of_answer(0, 2, correct=True) is Evidence.HELPED
    assert of_answer(0, 2, correct=False) is Evidence.WRONG
    assert of_answer(1, 0, correct=False) is None
    assert of_answer(3, 1, correct=True) is Evidence.FIXED


def test_leaving_says_more_after_a_try() -> None:
    assert of_leaving(0, skipped=True) is Evidence.SKIPPED
    assert of_leaving(0, skipped=False) is Evidence.SHOWN
    assert of_leaving(1, skipped=True) is Evidence.GIVEN_UP


def test_evidence_has_its_order() -> None:
    """From the best sign to the worst; skipping may just be haste."""
    signs = [mastered(after(R, one)) for one in (R, H, Evidence.SKIPPED, W)]
    assert signs == sorted(signs, reverse=True)
    assert len(set(signs)) == 4
    assert mastered(after(R, Evidence.SHOWN)) < mastered(after(R, Evidence.SKIPPED))


def test_what_follows_a_wrong_try_refines_it() -> None:
    assert mastered(after(W, Evidence.GIVEN_UP)) < mastered(after(W))
    assert mastered(after(W)) < mastered(after(W, Evidence.FIXED)) < mastered(after(R))


def test_a_hard_problem_says_more_when_right_and_an_easy_one_when_wrong() -> None:
    right = [mastered(after(R, difficulty=one)) for one in profiles.DIFFICULTIES]
    assert right == sorted(right)
    wrong = [mastered(after(R, R, W, difficulty=one)) for one in profiles.DIFFICULTIES]
    assert wrong == sorted(wrong)


def test_right_answers_in_a_row_reach_mastery_and_not_at_once() -> None:
    assert mastered(after(R)) < 0.5
    assert mastered(after(R, R, R, R, R, R)) > 0.9
    assert mastered(after(W, W, W, W, W, W)) < 0.1


def test_one_slip_does_not_undo_mastery() -> None:
    assert mastered(after(R, R, R, R, R, R, R, R, W)) > 0.5


def test_what_is_not_practised_fades_the_slower_the_longer_it_lasted() -> None:
    fresh = after(R, R, R, R, R, R)
    year = NOW + 365 * DAY
    assert mastered(fresh, NOW + 7 * DAY) > 0.85
    assert mastered(fresh, year) < 0.5
    lasting = observed(fresh, "ratio", 2, R, NOW + 60 * DAY)
    assert lasting.half_life_days > fresh.half_life_days
    lasting = observed(lasting, "ratio", 2, R, NOW + 180 * DAY)
    assert mastered(lasting, NOW + 240 * DAY) > mastered(fresh, NOW + 60 * DAY)


def test_one_topic_informs_another() -> None:
    strong = {f"topic-{n}": after(R, R, R, topic=f"topic-{n}") for n in range(4)}
    weak = {f"topic-{n}": after(W, W, W, topic=f"topic-{n}") for n in range(4)}

    def untried(skills: dict[str, Skill]) -> float:
        return Picture(["new"], skills, NOW).chance("new", 2)

    assert untried(weak) < untried({}) - 0.1
    assert untried(strong) > untried({}) + 0.1


def test_a_new_student_is_placed_within_two_sessions() -> None:
    """Ten answers tell a strong newcomer from a weak one, in topics met and not met alike."""
    topics = [f"topic-{n}" for n in range(12)]

    def placed(evidence: Evidence) -> Picture:
        return Picture(topics, {one: after(evidence, topic=one) for one in topics[:10]}, NOW)

    strong, weak = placed(R), placed(W)
    for topic in topics:
        assert strong.chance(topic, 2) > 0.6
        assert weak.chance(topic, 2) < 0.4


def test_a_state_of_another_version_counts_as_unknown() -> None:
    old = Skill("ratio", (0.5, 0.5), 60.0, NOW)
    assert mastered(old) == pytest.approx(mastered(Skill("ratio", profiles.START, 60.0, NOW)))
    assert observed(old, "ratio", 2, R, NOW).belief == after(R).belief


@given(acts, difficulties)
def test_a_right_answer_never_lowers_mastery(
    acts: list[tuple[Evidence, int, float]], difficulty: int
) -> None:
    skill, now = lived(acts)
    before = Picture(["ratio"], {"ratio": skill}, now).mastery("ratio")
    later = mastered(observed(skill, "ratio", difficulty, R, now), now)
    assert later >= before - 1e-5


@given(acts)
def test_beliefs_stay_shares(acts: list[tuple[Evidence, int, float]]) -> None:
    skill, now = lived(acts)
    if skill is not None:
        assert all(one > 0 for one in skill.belief)
        assert math.isclose(sum(skill.belief), 1)
        assert 0 < skill.half_life_days <= 365
    picture = Picture(["ratio", "other"], {"ratio": skill}, now)
    for topic in ("ratio", "other"):
        assert 0 <= picture.mastery(topic) <= 1
        for difficulty in profiles.DIFFICULTIES:
            assert 0 < picture.chance(topic, difficulty) < 1


@given(acts)
def test_harder_problems_are_never_likelier(acts: list[tuple[Evidence, int, float]]) -> None:
    skill, now = lived(acts)
    picture = Picture(["ratio"], {"ratio": skill}, now)
    easy, medium, hard = (picture.chance("ratio", one) for one in profiles.DIFFICULTIES)
    assert easy > medium > hard


def test_levels_follow_the_evidence() -> None:
    skills = {
        "a": None,
        "b": after(W, topic="b"),
        "c": after(R, R, R, topic="c"),
        "d": after(R, R, R, R, R, R, R, R, topic="d"),
    }
    found = mastery(skills, NOW)
    assert [one.topic for one in found] == ["a", "b", "c", "d"]
    assert [one.level for one in found] == [
        Level.NEW,
        Level.LEARNING,
        Level.NEARLY,
        Level.MASTERED,
    ]
    shares = [one.mastery for one in found[1:]]
    assert shares == sorted(shares)


def test_the_weakest_topic_is_to_work_on() -> None:
    skills = {
        "average": after(R, W, topic="average"),
        "fractions": after(W, W, W, topic="fractions"),
        "ratio": after(R, R, R, R),
    }
    assert work_on(skills, NOW) == "fractions"


def test_after_nothing_but_right_answers_there_is_nothing_to_work_on() -> None:
    skills = {topic: after(R, topic=topic) for topic in "abcde"}
    assert work_on({**skills, "never met": None}, NOW) is None
    assert work_on({"a": None}, NOW) is None
    assert work_on({}, NOW) is None
