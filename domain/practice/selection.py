"""Which problems a session sets. Pure: the time and the randomness are passed in."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Refusal
from domain.practice.records import Candidate
from domain.practice.skills import Picture, Skill

PROBLEMS = 5
"""In a session."""
EDGE = 0.6
"""The chance of a right first answer that a problem should have."""
PLACING = 10
"""Problems over which a new student meets as many topics as there are: two sessions."""
MOST_OF_A_TOPIC = 3
"""In a session of five; three can still stand apart."""
DAY = timedelta(days=1)
BACK_AFTER_WRONG = timedelta(days=1)
BACK_AFTER_RIGHT = timedelta(days=14)
# What counts against a problem, in the measure of a chance that is off the edge.
SEEN = 0.1
TOO_SOON = 0.3
TODAY = 1.0
CHANCE_DECIDES = 0.05


def choose(
    candidates: Sequence[Candidate],
    skills: Mapping[str, Skill],
    now: datetime,
    rng: random.Random,
    count: int = PROBLEMS,
) -> tuple[UUID, ...]:
    """`count` problems, easier first, neighbours of different topics where that can be.

    Each goes to the topic that is least likely to be mastered once the ones before it are done;
    a new student meets every topic first. What was mastered long ago comes back as it fades.
    Raises Refusal with fewer than `count` candidates.
    """
    if len(candidates) < count:
        raise Refusal("too few problems", "practice.too_few_problems")
    waiting: dict[str, list[Candidate]] = {}
    for one in rng.sample(list(candidates), len(candidates)):
        waiting.setdefault(one.topic, []).append(one)
    picture = Picture(waiting, skills, now)
    placing = sum(one.times_set for one in candidates) < PLACING
    taken: Counter[str] = Counter()
    chosen: list[Candidate] = []

    def turn(topic: str) -> tuple[bool, bool, float]:
        met = topic in skills or topic in taken
        return taken[topic] >= MOST_OF_A_TOPIC, placing and met, picture.mastery(topic)

    while len(chosen) < count:
        topic = min((topic for topic, left in waiting.items() if left), key=turn)
        pick = min(
            waiting[topic],
            key=lambda one: _unfit(one, picture, now) + CHANCE_DECIDES * rng.random(),
        )
        waiting[topic].remove(pick)
        taken[topic] += 1
        picture.practise(topic, pick.difficulty)
        chosen.append(pick)
    return tuple(one.id for one in _apart(chosen))


def _unfit(one: Candidate, picture: Picture, now: datetime) -> float:
    """How far a problem is from what suits: its difficulty, and how lately it was set."""
    off = abs(picture.chance(one.topic, one.difficulty) - EDGE)
    if one.last_set_at is None:
        return off
    since = now - one.last_set_at
    back_after = BACK_AFTER_RIGHT if one.first_try_correct else BACK_AFTER_WRONG
    early = max(0.0, 1 - since / back_after)
    return off + SEEN + TOO_SOON * early + TODAY * (since < DAY)


def _apart(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Easier first, but no topic next to itself where that can be helped."""
    waiting = sorted(chosen, key=lambda one: one.difficulty)
    ordered: list[Candidate] = []
    while waiting:
        last = ordered[-1].topic if ordered else None
        crowded, most = Counter(one.topic for one in waiting).most_common(1)[0]
        if 2 * most > len(waiting) and crowded != last:
            pick = next(one for one in waiting if one.topic == crowded)
        else:
            pick = next((one for one in waiting if one.topic != last), waiting[0])
        ordered.append(pick)
        waiting.remove(pick)
    return ordered
