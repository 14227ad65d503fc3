"""Which problems a session sets. Pure: the time and the randomness are passed in."""

import random
from collections import Counter
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
    try, late after a right one), then the rest, the soonest due first.
    Raises Refusal with fewer than `count` candidates.
    """
    if len(candidates) < count:
        raise Refusal("too few problems", "practice.too_few_problems")
    level = suitable_difficulty(candidates)
    shuffled = rng.sample(list(candidates), len(candidates))
    shuffled.sort(key=lambda one: _urgency(one, now, level))
    return tuple(one.id for one in _apart(_spread(shuffled, now, count)))


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


def _turn(one: Candidate, now: datetime) -> int:
    """0 for what was never set, 1 for what is due to return, 2 for what is not."""
    return 0 if one.last_set_at is None else 1 if _overdue(one, one.last_set_at, now) >= 0 else 2


def _urgency(one: Candidate, now: datetime, level: int) -> tuple[int, float]:
    """What sorts first is set first."""
    turn = _turn(one, now)
    if one.last_set_at is None or turn == 1:
        return turn, abs(one.difficulty - level)
    return turn, -_overdue(one, one.last_set_at, now)


def _overdue(one: Candidate, last_set_at: datetime, now: datetime) -> float:
    """Seconds since it should have returned; negative before that."""
    back_after = BACK_AFTER_RIGHT if one.first_try_correct else BACK_AFTER_WRONG
    return (now - last_set_at - back_after).total_seconds()


def _spread(ordered: Sequence[Candidate], now: datetime, count: int) -> list[Candidate]:
    """The first `count`; among those alike in urgency, topics that have fewer so far go first."""
    chosen: list[Candidate] = []
    taken: Counter[str] = Counter()
    waiting = list(ordered)
    while len(chosen) < count:
        ranks = [(_turn(one, now), taken[one.topic]) for one in waiting]
        pick = waiting[ranks.index(min(ranks))]
        taken[pick.topic] += 1
        chosen.append(pick)
        waiting.remove(pick)
    return chosen


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
