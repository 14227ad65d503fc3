"""How well a student knows each topic: the model that choosing rests on. Pure.

A belief says for one topic how well each cell (a level of a profile, see `profiles`) explains what
was seen there. So a topic is updated alone, and `Picture` multiplies the profiles' shares over all
topics: what is seen in one topic says something about the others.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.practice import profiles
from domain.practice.profiles import Evidence

Belief = tuple[float, ...]

HALF_LIFE_DAYS = 60.0
LONGEST_HALF_LIFE_DAYS = 365.0
LEAST = 1e-6
POOLING = 0.7
"""How much a topic's evidence about the profile counts for the other topics: topics differ."""

NEARLY_FROM = 0.5
MASTERED_FROM = 0.9
WEAK_BELOW = 0.6
"""The chance of a right first answer to a medium problem, below which a topic needs work."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Skill:
    """What is known of one student in one topic, as it stood at `practised_at`."""

    topic: str
    belief: Belief
    """By cell; sums to 1."""
    half_life_days: float
    """After so long without practice half of those who stood on a level have slipped one."""
    practised_at: datetime


class Level(StrEnum):
    """How well a topic is known, in words that a picture can show."""

    NEW = "new"
    """Never practised."""
    LEARNING = "learning"
    NEARLY = "nearly"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class TopicMastery:
    """One topic of a student's class: how likely it is that it is mastered, from 0 to 1."""

    topic: str
    mastery: float
    level: Level


def of_answer(tries_before: int, hints_shown: int, *, correct: bool) -> Evidence | None:
    """What an answer says; None for one more wrong try: an item's first try counts, once."""
    if tries_before:
        return Evidence.FIXED if correct else None
    if not correct:
        return Evidence.WRONG
    return Evidence.HELPED if hints_shown else Evidence.RIGHT


def of_leaving(tries_before: int, *, skipped: bool) -> Evidence:
    """What it says that an item was left without a right answer."""
    if tries_before:
        return Evidence.GIVEN_UP
    return Evidence.SKIPPED if skipped else Evidence.SHOWN


def observed(
    skill: Skill | None, topic: str, difficulty: int, evidence: Evidence, now: datetime
) -> Skill:
    """The skill after one more piece of evidence; None stands for a topic never practised."""
    if skill is None:
        skill = Skill(topic, profiles.START, HALF_LIFE_DAYS, now)
    weights = profiles.LIKELIHOOD[evidence, difficulty]
    belief = _normal([b * w for b, w in zip(faded(skill, now), weights, strict=True)])
    if evidence in (Evidence.FIXED, Evidence.GIVEN_UP):
        # The same item again: what it taught was counted with its first try.
        return replace(skill, belief=belief, practised_at=now)
    return Skill(topic, practised(belief, difficulty), _half_life(skill, evidence, now), now)


def faded(skill: Skill, now: datetime) -> Belief:
    """The belief with what was forgotten since."""
    if len(skill.belief) != len(profiles.START):
        # Kept by a version with other profiles.
        return profiles.START
    days = (now - skill.practised_at) / _DAY
    if days <= 0:
        return skill.belief
    slipped = 1 - 2 ** (-days / skill.half_life_days)
    belief = [one * (1 - slipped) for one in skill.belief]
    for below, one in zip(profiles.BELOW, skill.belief, strict=True):
        belief[below] += one * slipped
    return tuple(belief)


def practised(belief: Belief, difficulty: int) -> Belief:
    """The belief with what a problem is likely to have taught, whatever came of it."""
    after = list(belief)
    lifts = profiles.LIFT[difficulty]
    for cell, (one, above, lift) in enumerate(zip(belief, profiles.ABOVE, lifts, strict=True)):
        after[cell] -= one * lift
        after[above] += one * lift
    return tuple(after)


def _half_life(skill: Skill, evidence: Evidence, now: datetime) -> float:
    """Longer after what was still right after a while, the more so the longer it was."""
    days = max(0.0, (now - skill.practised_at) / _DAY)
    if evidence is Evidence.RIGHT:
        return min(LONGEST_HALF_LIFE_DAYS, skill.half_life_days + days)
    if evidence is Evidence.HELPED:
        return skill.half_life_days
    return max(HALF_LIFE_DAYS, skill.half_life_days / 2)


def _normal(values: Sequence[float]) -> Belief:
    """Sums to 1; nothing is ever held impossible, so that the student can still surprise."""
    total = sum(values)
    kept = [max(one / total, LEAST) for one in values]
    total = sum(kept)
    return tuple(one / total for one in kept)


class Picture:
    """All topics of one student at one moment."""

    def __init__(
        self, topics: Iterable[str], skills: Mapping[str, Skill | None], now: datetime
    ) -> None:
        known = {topic: faded(skill, now) for topic, skill in skills.items() if skill is not None}
        said = {
            topic: [math.log(sum(belief[start:end])) for start, end in profiles.RANGES]
            for topic, belief in known.items()
        }
        nothing = [0.0] * len(profiles.RANGES)
        together = [sum(column) for column in zip(nothing, *said.values(), strict=True)]
        self._beliefs = {}
        for topic in topics:
            others = [
                POOLING * (all_of_it - own)
                for all_of_it, own in zip(together, said.get(topic, nothing), strict=True)
            ]
            self._beliefs[topic] = _weighed(known.get(topic, profiles.START), others)

    def mastery(self, topic: str) -> float:
        """How likely it is that the topic is mastered."""
        belief = self._beliefs[topic]
        return sum(belief[cell] for cell in profiles.MASTERED)

    def chance(self, topic: str, difficulty: int) -> float:
        """Of a right first answer to a problem of this difficulty."""
        chances = profiles.CHANCE[difficulty]
        return sum(b * c for b, c in zip(self._beliefs[topic], chances, strict=True))

    def practise(self, topic: str, difficulty: int) -> None:
        """Looks ahead: a problem of this difficulty is going to be worked on."""
        self._beliefs[topic] = practised(self._beliefs[topic], difficulty)


def mastery(skills: Mapping[str, Skill | None], now: datetime) -> list[TopicMastery]:
    """How well each topic is known, in the order of `skills`."""
    picture = Picture(skills, skills, now)
    return [
        TopicMastery(topic, share := picture.mastery(topic), _level(share, skill))
        for topic, skill in skills.items()
    ]


def _level(share: float, skill: Skill | None) -> Level:
    if skill is None:
        return Level.NEW
    if share >= MASTERED_FROM:
        return Level.MASTERED
    return Level.NEARLY if share >= NEARLY_FROM else Level.LEARNING


def work_on(skills: Mapping[str, Skill | None], now: datetime) -> str | None:
    """The weakest of the topics practised so far, if any is weak; nothing is said of the others."""
    picture = Picture(skills, skills, now)
    weak = {
        chance: topic
        for topic, skill in skills.items()
        if skill is not None and (chance := picture.chance(topic, 2)) < WEAK_BELOW
    }
    return weak[min(weak)] if weak else None


def _weighed(belief: Belief, logs: Sequence[float]) -> Belief:
    """The belief with each profile's cells weighed by what the other topics say of it."""
    most = max(logs)
    weights = [math.exp(one - most) for one in logs]
    return _normal(
        [
            belief[cell] * weight
            for weight, (start, end) in zip(weights, profiles.RANGES, strict=True)
            for cell in range(start, end)
        ]
    )
