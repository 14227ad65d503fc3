"""Who chooses the problems in the simulation: Dars, and what it is compared with."""

import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from benchmarks._learners import TOPICS, Task
from domain.practice import selection, skills
from domain.practice.profiles import Evidence
from domain.practice.records import Candidate

UNAIDED = Evidence.RIGHT


class Picker(ABC):
    """Chooses problem after problem for one student."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        self._tasks = tasks
        self._rng = rng

    @abstractmethod
    def next(self, now: datetime) -> Task: ...

    @abstractmethod
    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None: ...


class Chance(Picker):
    """Any problem, whatever came before."""

    def next(self, now: datetime) -> Task:
        return self._rng.choice(self._tasks)

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        pass


class HardestUnsolved(Picker):
    """The hardest problem that was not solved at the first try without a hint; when all were,
    from the start again."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._solved: set[int] = set()

    def next(self, now: datetime) -> Task:
        left = [one for one in self._tasks if one.number not in self._solved]
        if not left:
            self._solved.clear()
            left = list(self._tasks)
        hardest = max(one.difficulty for one in left)
        return self._rng.choice([one for one in left if one.difficulty == hardest])

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        if seen[0] is UNAIDED:
            self._solved.add(task.number)


class Tracing(Picker):
    """Bayesian knowledge tracing, a topic mastered at 0.95, unmastered topics only.

    Its parameters are the means from which the state learners are drawn: the best it can be given.
    It chooses after every answer, a problem of the topic that was set least often. Where all
    topics stand above the bar, the lowest comes next.
    """

    START, LEARN, SLIP, GUESS = 0.3, 0.15, 0.1, 0.2
    MASTERED = 0.95

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._known = dict.fromkeys(TOPICS, self.START)
        self._set: Counter[int] = Counter()
        self._turn = {topic: rng.random() for topic in TOPICS}

    def next(self, now: datetime) -> Task:
        topic = self.topic([one for one in TOPICS if self._known[one] < self.MASTERED])
        return min(
            (one for one in self._tasks if one.topic == topic),
            key=lambda one: (self._set[one.number], self._rng.random()),
        )

    def topic(self, open_topics: Sequence[str]) -> str:
        return min(open_topics or TOPICS, key=lambda one: (self._known[one], self._rng.random()))

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        known = self._known[task.topic]
        if seen[0] is UNAIDED:
            yes, no = known * (1 - self.SLIP), (1 - known) * self.GUESS
        else:
            yes, no = known * self.SLIP, (1 - known) * (1 - self.GUESS)
        now_known = yes / (yes + no)
        self._known[task.topic] = now_known + (1 - now_known) * self.LEARN
        self._set[task.number] += 1


class TracingInTurn(Tracing):
    """As above, one topic until it is mastered, then the next."""

    def topic(self, open_topics: Sequence[str]) -> str:
        if not open_topics:
            return super().topic(open_topics)
        return min(open_topics, key=lambda one: self._turn[one])


class TracingMixed(Tracing):
    """As above, any unmastered topic."""

    def topic(self, open_topics: Sequence[str]) -> str:
        return self._rng.choice(open_topics) if open_topics else super().topic(open_topics)


class Dars(Picker):
    """What the bot does: five problems chosen when a session opens, the model after each answer."""

    def __init__(self, tasks: Sequence[Task], rng: random.Random) -> None:
        super().__init__(tasks, rng)
        self._by_id = {UUID(int=one.number): one for one in tasks}
        self._candidates = {
            one.number: Candidate(UUID(int=one.number), one.topic, one.difficulty, 0, None, None)
            for one in tasks
        }
        self._skills: dict[str, skills.Skill] = {}
        self._waiting: list[Task] = []

    @property
    def skills(self) -> Mapping[str, skills.Skill]:
        return MappingProxyType(self._skills)

    def next(self, now: datetime) -> Task:
        if not self._waiting:
            chosen = selection.choose(list(self._candidates.values()), self._skills, now, self._rng)
            self._waiting = [self._by_id[one] for one in chosen]
        return self._waiting.pop(0)

    def saw(self, task: Task, seen: Sequence[Evidence], now: datetime) -> None:
        for evidence in seen:
            self._skills[task.topic] = skills.observed(
                self._skills.get(task.topic), task.topic, task.difficulty, evidence, now
            )
        before = self._candidates[task.number]
        tried = seen[0] not in (Evidence.SKIPPED, Evidence.SHOWN)
        right = seen[0] in (Evidence.RIGHT, Evidence.HELPED)
        self._candidates[task.number] = replace(
            before,
            times_set=before.times_set + 1,
            last_set_at=now,
            first_try_correct=right if tried else None,
        )
