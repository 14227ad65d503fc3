"""Students for the simulation, of two families. What they are is drawn once, from a seed.

The picker sees what a tutor sees: whether the first try was right, hints, later tries. It never
sees a chance, an ability or a state.
"""

import math
import random
from abc import ABC, abstractmethod
from dataclasses import dataclass

from domain.practice.profiles import Evidence

TOPICS = tuple(f"topic-{number}" for number in range(11))
DIFFICULTIES = (1, 1, 1, 2, 2, 2, 3, 3)
"""Of the problems in a topic."""
MASTERED_CHANCE = 0.85
SHARPNESS = 1.3
"""How steeply the chance rises with ability, in the middle."""


@dataclass(frozen=True, slots=True)
class Task:
    """One problem. `easiness` and `sharpness` are its own; no picker sees them."""

    number: int
    topic: str
    difficulty: int
    hardness: float
    sharpness: float


def library(seed: int) -> list[Task]:
    """A class: its topics with easy, medium and hard problems, no two quite alike."""
    rng = random.Random(seed)
    return [
        Task(
            number,
            topic,
            difficulty,
            hardness=(difficulty - 2) + rng.gauss(0, 0.3),
            sharpness=SHARPNESS * math.exp(rng.gauss(0, 0.2)),
        )
        for number, (topic, difficulty) in enumerate(
            (topic, difficulty) for topic in TOPICS for difficulty in DIFFICULTIES
        )
    ]


class Learner(ABC):
    """Works on problems and learns from each, as its family does."""

    def __init__(self, rng: random.Random) -> None:
        self._asks_hints = rng.uniform(0, 0.6)

    @abstractmethod
    def chance(self, task: Task) -> float:
        """Of a right first answer without a hint."""

    @abstractmethod
    def learn(self, task: Task) -> None: ...

    @abstractmethod
    def medium(self, topic: str) -> float:
        """The chance on a medium problem as such."""

    @abstractmethod
    def has_mastered(self, topic: str) -> bool: ...

    def work(self, task: Task, rng: random.Random) -> list[Evidence]:
        """One problem, from its question to its end, in the order in which it is seen."""
        seen = self._seen(self.chance(task), rng)
        self.learn(task)
        return seen

    def _seen(self, chance: float, rng: random.Random) -> list[Evidence]:
        if rng.random() < 0.06 * (1 - chance):
            return [rng.choice((Evidence.SKIPPED, Evidence.SHOWN))]
        asked = rng.random() < self._asks_hints * (1 - chance)
        if rng.random() < (chance + 0.3 * (1 - chance) if asked else chance):
            return [Evidence.HELPED if asked else Evidence.RIGHT]
        fixed = rng.random() < 0.25 + 0.4 * chance
        return [Evidence.WRONG, Evidence.FIXED if fixed else Evidence.GIVEN_UP]


class AbilityLearner(Learner):
    """Two-parameter item response: a topic's ability grows with practice.

    A problem teaches most where it is neither sure nor hopeless, and less the nearer the ability
    is to its ceiling. With `flat`, every problem teaches the same.
    """

    CEILING = 3.5

    def __init__(self, rng: random.Random, *, flat: bool = False) -> None:
        super().__init__(rng)
        general = rng.gauss(-0.3, 0.8)
        self._ability = {topic: general + rng.gauss(0, 0.6) for topic in TOPICS}
        pace = 0.28 * math.exp(rng.gauss(0, 0.35))
        self._pace = {topic: pace * math.exp(rng.gauss(0, 0.2)) for topic in TOPICS}
        self._flat = flat

    def chance(self, task: Task) -> float:
        return _logistic(task.sharpness * (self._ability[task.topic] - task.hardness))

    def learn(self, task: Task) -> None:
        chance = self.chance(task)
        room = max(0.0, 1 - self._ability[task.topic] / self.CEILING)
        edge = 0.75 if self._flat else 0.3 + 0.7 * 4 * chance * (1 - chance)
        self._ability[task.topic] += self._pace[task.topic] * edge * min(room, 1.2)

    def medium(self, topic: str) -> float:
        return _logistic(SHARPNESS * self._ability[topic])

    def has_mastered(self, topic: str) -> bool:
        return self.medium(topic) > MASTERED_CHANCE


class StateLearner(Learner):
    """Knowledge tracing's own learner: a topic is known or not, with slips and guesses."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self._rng = rng
        head_start = rng.gauss(-1.0, 0.8)
        pace = rng.gauss(-1.8, 0.4)
        self._known = {
            topic: rng.random() < _logistic(head_start + rng.gauss(0, 0.5)) for topic in TOPICS
        }
        self._pace = {topic: _logistic(pace + rng.gauss(0, 0.3)) for topic in TOPICS}
        self._slip = {topic: rng.uniform(0.04, 0.16) for topic in TOPICS}
        self._guess = {topic: rng.uniform(0.08, 0.32) for topic in TOPICS}

    def chance(self, task: Task) -> float:
        """Hard problems invite slips and easy ones guesses; both by up to a third."""
        lean = (task.difficulty - 2) / 3
        if self._known[task.topic]:
            return 1 - self._slip[task.topic] * (1 + lean)
        return self._guess[task.topic] * (1 - lean)

    def learn(self, task: Task) -> None:
        if self._rng.random() < self._pace[task.topic]:
            self._known[task.topic] = True

    def medium(self, topic: str) -> float:
        return 1 - self._slip[topic] if self._known[topic] else self._guess[topic]

    def has_mastered(self, topic: str) -> bool:
        return self._known[topic]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
