"""Which problems a session sets. Pure: the time and the randomness are passed in."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Refusal
from domain.practice.records import Candidate

BACK_AFTER_WRONG = timedelta(days=1)
BACK_AFTER_RIGHT = timedelta(days=14)
RECENT = 10
"""First tries that say how a student is doing now."""


def choose(
    candidates: Sequence[Candidate], now: datetime, rng: random.Random, count: int = 5
) -> tuple[UUID, ...]:
    """`count` problems, easier first, neighbours of different topics where that can be.

    Unseen ones come first, then those whose time to return has come (soon after a wrong first
    try, late after a right one), then the rest, the longest unseen first.
    Raises Refusal with fewer than `count` candidates.
    """
    if len(candidates) < count:
        raise Refusal("too few problems", "practice.too_few_problems")
    level = suitable_difficulty(candidates)
    shuffled = rng.sample(list(candidates), len(candidates))
    shuffled.sort(key=lambda one: _urgency(one, now, level))
    return tuple(one.id for one in _apart(_spread(shuffled, count)))


def suitable_difficulty(candidates: Sequence[Candidate]) -> int:
    """1, 2 or 3 by the share of right answers among the latest first tries; 2 for a newcomer."""
    tried = sorted(
        (one.last_set_at, one.first_try_correct)
        for one in candidates
        if one.last_set_at is not None and one.first_try_correct is not None
    )
    if not tried:
        return 2
    recent = [correct for _, correct in tried[-RECENT:]]
    share = sum(recent) / len(recent)
    if share < 0.4:
        return 1
    return 3 if share > 0.8 else 2


def _urgency(one: Candidate, now: datetime, level: int) -> tuple[int, float]:
    """What sorts first is set first."""
    far_from_level = abs(one.difficulty - level)
    if one.last_set_at is None:
        return 0, far_from_level
    back_after = BACK_AFTER_RIGHT if one.first_try_correct else BACK_AFTER_WRONG
    overdue = now - one.last_set_at - back_after
    if overdue >= timedelta(0):
        return 1, far_from_level
    return 2, -overdue.total_seconds()


def _spread(ordered: Sequence[Candidate], count: int) -> list[Candidate]:
    """The first `count`, but no topic twice while others of the same urgency class wait."""
    chosen: list[Candidate] = []
    waiting = list(ordered)
    while len(chosen) < count:
        counts = {one.topic: 0 for one in waiting}
        for one in chosen:
            counts[one.topic] = counts.get(one.topic, 0) + 1
        fewest = min(counts[one.topic] for one in waiting)
        pick = next(one for one in waiting if counts[one.topic] == fewest)
        chosen.append(pick)
        waiting.remove(pick)
    return chosen


def _apart(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Easier first, then moved as little as needed to keep a topic's problems apart."""
    waiting = sorted(chosen, key=lambda one: one.difficulty)
    ordered: list[Candidate] = []
    while waiting:
        last = ordered[-1].topic if ordered else None
        pick = next((one for one in waiting if one.topic != last), waiting[0])
        ordered.append(pick)
        waiting.remove(pick)
    return ordered
