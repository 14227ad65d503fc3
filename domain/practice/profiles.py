"""The students that the skill model knows of: its numbers. docs/design/choosing.md explains them.

A profile is one way to be a student: where they start, how fast they learn, and whether
understanding grows step by step or comes at once. A cell is one level of one profile; everything
here is by cell, profile after profile, each one's levels from low to high.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise, product

DIFFICULTIES = (1, 2, 3)
MASTERED_CHANCE = 0.85
"""Of a right first answer to a medium problem, from which on a topic is mastered."""


class Evidence(StrEnum):
    """What an item says. The first five come once an item; the last two may follow WRONG."""

    RIGHT = "right"
    """The first try was right, without a hint."""
    HELPED = "helped"
    """The first try was right, after a hint."""
    WRONG = "wrong"
    """The first try was wrong."""
    SKIPPED = "skipped"
    """Skipped before any try."""
    SHOWN = "shown"
    """The solution was asked for before any try."""
    FIXED = "fixed"
    """Right at a later try."""
    GIVEN_UP = "given_up"
    """Skipped or shown after wrong tries."""


@dataclass(frozen=True, slots=True)
class _Profile:
    start: tuple[float, ...]
    """How likely each level is before any practice."""
    pace: float
    """The chance that one problem lifts a student, where it suits them best."""
    chances: tuple[tuple[float, ...], ...]
    """The chance of a right first answer: by level, by difficulty."""
    at_once: bool
    """Whether a lift goes straight to the top."""

    @property
    def levels(self) -> int:
        return len(self.start)

    def lift(self, level: int, difficulty: int) -> float:
        """The chance that a problem lifts from `level`.

        A gradual learner gains most at the edge, where right and wrong are equally likely.
        """
        if level == self.levels - 1:
            return 0.0
        if self.at_once:
            return self.pace
        chance = self.chances[level][difficulty - 1]
        return self.pace * (0.4 + 0.6 * 4 * chance * (1 - chance))


def _chances(levels: Sequence[float], step: float) -> tuple[tuple[float, ...], ...]:
    """From what a level does on a medium problem, in logits; `step` is one difficulty."""
    return tuple(
        tuple(1 / (1 + math.exp(step * (difficulty - 2) - level)) for difficulty in DIFFICULTIES)
        for level in levels
    )


def _around(mean: float, levels: Sequence[float], spread: float) -> tuple[float, ...]:
    """Shares of the levels, as a bell around one of them."""
    weights = [math.exp(-(((level - mean) / spread) ** 2) / 2) for level in levels]
    return tuple(one / sum(weights) for one in weights)


_LADDER = tuple(step / 2 for step in range(-5, 5))
"""Levels of a gradual learner, in logits on a medium problem: from 8% to 88%."""
_GRADUAL = _chances(_LADDER, step=1.2)
_SUDDEN = _chances((-2.2, -1.4, -0.8, 2.3), step=0.5)
"""Not understood, with fewer or more lucky answers; then understood, with slips."""
_GRADUAL_STARTS = tuple(_around(mean, _LADDER, spread=0.9) for mean in (-1.6, -0.3, 1.0))
_SUDDEN_STARTS = tuple(
    (*((1 - known) / 3 for _ in range(3)), known) for known in (0.08, 0.30, 0.60)
)
_GRADUAL_PACES = (0.4, 0.7)
_SUDDEN_PACES = (0.07, 0.20)

_PROFILES = (
    *(_Profile(*one, _GRADUAL, at_once=False) for one in product(_GRADUAL_STARTS, _GRADUAL_PACES)),
    *(_Profile(*one, _SUDDEN, at_once=True) for one in product(_SUDDEN_STARTS, _SUDDEN_PACES)),
)


def _likelihoods(chance: float) -> dict[Evidence, float]:
    """How likely each evidence is where an unaided first answer is right with `chance`."""
    hint = 0.05 + 0.35 * (1 - chance)
    right = (1 - hint) * chance
    helped = hint * (chance + 0.35 * (1 - chance))
    return {
        Evidence.RIGHT: right,
        Evidence.HELPED: helped,
        Evidence.WRONG: 1 - right - helped,
        Evidence.SKIPPED: 0.03 + 0.12 * (1 - chance),
        Evidence.SHOWN: 0.01 + 0.15 * (1 - chance),
        Evidence.FIXED: 0.3 + 0.5 * chance,
        Evidence.GIVEN_UP: 0.7 - 0.5 * chance,
    }


_BY_CELL = [(profile, level) for profile in _PROFILES for level in range(profile.levels)]
_BOUNDS = list(accumulate((profile.levels for profile in _PROFILES), initial=0))

RANGES = tuple(pairwise(_BOUNDS))
"""Where each profile's cells begin and end."""
START = tuple(profile.start[level] / len(_PROFILES) for profile, level in _BY_CELL)
"""What is believed of a topic nobody saw this student practise."""
CHANCE = {
    difficulty: tuple(profile.chances[level][difficulty - 1] for profile, level in _BY_CELL)
    for difficulty in DIFFICULTIES
}
MASTERED = tuple(cell for cell, chance in enumerate(CHANCE[2]) if chance > MASTERED_CHANCE)
"""The cells where a topic is mastered."""
LIKELIHOOD = {
    (evidence, difficulty): tuple(_likelihoods(chance)[evidence] for chance in CHANCE[difficulty])
    for evidence in Evidence
    for difficulty in DIFFICULTIES
}
LIFT = {
    difficulty: tuple(profile.lift(level, difficulty) for profile, level in _BY_CELL)
    for difficulty in DIFFICULTIES
}
ABOVE = tuple(
    end - 1 if profile.at_once else min(cell + 1, end - 1)
    for profile, (start, end) in zip(_PROFILES, RANGES, strict=True)
    for cell in range(start, end)
)
"""The cell that a lift leads to."""
BELOW = tuple(max(start, cell - 1) for start, end in RANGES for cell in range(start, end))
"""The cell that forgetting leads to."""
