"""Simulated students need fewer problems than with problems set by chance.

`./dars bench selection` says how many fewer; this is the part of it that a test has time for.
"""

import random
from datetime import UTC, datetime, timedelta
from statistics import mean

import pytest

from benchmarks._learners import TOPICS, AbilityLearner, Learner, StateLearner, library
from benchmarks._pickers import Chance, Dars, Picker

FIRST_DAY = datetime(2026, 1, 4, 12, tzinfo=UTC)


def problems_needed(family: type[Learner], kind: type[Picker], seed: int) -> int:
    """Until all topics are mastered, five a day, at most 300."""
    learner, rng = family(random.Random(seed)), random.Random(seed)
    picker = kind(library(1), random.Random(seed))
    for day in range(60):
        for number, problem in enumerate(picker.choose(FIRST_DAY + timedelta(days=day)), 1):
            now = FIRST_DAY + timedelta(days=day, minutes=4 * number)
            picker.saw(problem, learner.work(problem, rng), now)
            if all(map(learner.has_mastered, TOPICS)):
                return 5 * day + number
    return 300


@pytest.mark.parametrize(("family", "most"), [(AbilityLearner, 0.85), (StateLearner, 0.65)])
def test_choosing_saves_problems(family: type[Learner], most: float) -> None:
    students = range(500, 540)
    ours = mean(problems_needed(family, Dars, one) for one in students)
    assert ours <= most * mean(problems_needed(family, Chance, one) for one in students)
