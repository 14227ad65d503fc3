"""Who chooses the problems in the simulation: Dars, and what it is compared with."""

import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from benchmarks._learners import TOPICS, Task
from domain.practice import selection, skills
from domain.practice.profiles import Evidence
from domain.practice.records import Candidate


class Picker(ABC):
    """Chooses the problems of one student, a session of five at a time, as the bot does."""

    ahead = 5
    """Problems chosen before the next answer is seen."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        self._tasks = tasks
        self._rng = rng

    @abstractmethod
    def choose(self, now: datetime) -> list[Task]:
        """The next `ahead` problems."""

    @abstractmethod
    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None: ...


class Chance(Picker):
    """Any five problems, whatever came before."""

    def choose(self, now: datetime) -> list[Task]:  # noqa: ARG002 - the pickers' signature
        return self._rng.sample(list(self._tasks), self.ahead)

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        pass


class HardestUnsolved(Picker):
    """The hardest that were not solved yet at the first try; when all were, from the start."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._solved: set[int] = set()

    def choose(self, now: datetime) -> list[Task]:  # noqa: ARG002 - the pickers' signature
        if len(self._tasks) - len(self._solved) < self.ahead:
            self._solved.clear()
        left = [one for one in self._tasks if one.number not in self._solved]
        return sorted(left, key=lambda one: (-one.difficulty, self._rng.random()))[: self.ahead]

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:  # noqa: ARG002 - the pickers' signature
        if seen[0] is Evidence.RIGHT:
            self._solved.add(task.number)


class Tracing(Picker):
    """Bayesian knowledge tracing: a topic is mastered at 0.95 and then left alone.

    Its four parameters are the means from which the state learners are drawn, the best it can be
    given. Any unmastered topic comes next, and in it the problem set least often; where all stand
    above the bar, the lowest comes next. Help counts as not right, as is usual.
    """

    START, LEARN, SLIP, GUESS = 0.3, 0.15, 0.1, 0.2
    MASTERED = 0.95

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._known = dict.fromkeys(TOPICS, self.START)
        self._set: Counter[int] = Counter()
        self._turn = {topic: rng.random() for topic in TOPICS}

    def choose(self, now: datetime) -> list[Task]:  # noqa: ARG002 - the pickers' signature
        expected = dict(self._known)
        chosen = []
        for _ in range(self.ahead):
            unmastered = {one: known for one, known in expected.items() if known < self.MASTERED}
            topic = self._topic(unmastered) if unmastered else _lowest(expected)
            expected[topic] += (1 - expected[topic]) * self.LEARN
            pick = min(
                (one for one in self._tasks if one.topic == topic),
                key=lambda one: (self._set[one.number], self._rng.random()),
            )
            self._set[pick.number] += 1
            chosen.append(pick)
        return chosen

    def _topic(self, unmastered: dict[str, float]) -> str:
        """Which comes next, of those below the bar and how well each is known."""
        return self._rng.choice([*unmastered])

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:  # noqa: ARG002 - the pickers' signature
        known = self._known[task.topic]
        if seen[0] is Evidence.RIGHT:
            yes, no = known * (1 - self.SLIP), (1 - known) * self.GUESS
        else:
            yes, no = known * self.SLIP, (1 - known) * (1 - self.GUESS)
        known = yes / (yes + no)
        self._known[task.topic] = known + (1 - known) * self.LEARN


class TracingInTurn(Tracing):
    """The same, one topic until it is mastered, then the next."""

    def _topic(self, unmastered: dict[str, float]) -> str:
        return min(unmastered, key=lambda one: self._turn[one])


class TracingLowest(Tracing):
    """The same, the least known topic, with what the session's problems before it should teach."""

    def _topic(self, unmastered: dict[str, float]) -> str:
        return _lowest(unmastered)


class TracingEachAnswer(TracingLowest):
    """The same, chosen anew after every answer, which a session that is set whole cannot do."""

    ahead = 1


class Dars(Picker):
    """The bot's own: five problems when a session opens, the skill moved by every answer."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._by_id = {UUID(int=one.number): one for one in tasks}
        self._candidates = {
            one.number: Candidate(UUID(int=one.number), one.topic, one.difficulty, 0, None, None)
            for one in tasks
        }
        self.skills: dict[str, skills.Skill] = {}

    def choose(self, now: datetime) -> list[Task]:
        candidates = list(self._candidates.values())
        chosen = selection.choose(candidates, self.skills, now, self._rng, self.ahead)
        return [self._by_id[one] for one in chosen]

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        for evidence in seen:
            skill = self.skills.get(task.topic)
            self.skills[task.topic] = skills.observed(
                skill, task.topic, task.difficulty, evidence, now
            )
        tried = seen[0] not in (Evidence.SKIPPED, Evidence.SHOWN)
        right = seen[0] in (Evidence.RIGHT, Evidence.HELPED)
        before = self._candidates[task.number]
        self._candidates[task.number] = replace(
            before,
            times_set=before.times_set + 1,
            last_set_at=now,
            first_try_correct=right if tried else None,
        )


def _lowest(known: dict[str, float]) -> str:
    return min(known, key=lambda topic: known[topic])
