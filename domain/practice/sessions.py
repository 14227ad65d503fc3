"""A practice session, from opening to summary: the use cases.

Every function works inside the caller's transaction. One that is handed an item's id compares it
with the item that waits now, so that a button of an old message changes nothing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Conflict, Fault, Refusal
from domain.people.records import Person
from domain.practice import answers, hints, selection, skills, streaks
from domain.practice.checking import (
    checked,
    is_rewritten,
    observed,
    seconds_spent,
    shown_anew,
)
from domain.practice.hints import NextHint
from domain.practice.records import (
    Confidence,
    Item,
    ItemState,
    SessionResult,
    SessionStatus,
    Streak,
    Try,
)
from domain.unit_of_work import UnitOfWork

OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Begun:
    """A session is open at `item`; `resumable` if it was open before and waits for a choice."""

    item: Item
    resumable: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """A session that is over, and what it did to the streak."""

    result: SessionResult
    streak: Streak
    counted_today: bool
    milestone: int | None


@dataclass(frozen=True, slots=True)
class DayCounted:
    """What a completed session did to the streak."""

    streak: Streak
    counts: bool
    """Whether today counts."""
    milestone: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one act did: to this item, and what comes next if it is over."""

    item: Item
    verdict: answers.Verdict | None = None
    next: Item | None = None
    finished: Finished | None = None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The problem was corrected since it was shown: it has to be read anew before anything else."""

    item: Item


@dataclass(frozen=True, slots=True)
class Expired:
    """The session's time had run out; it is closed now, with what was done kept."""

    result: SessionResult


async def begin(work: UnitOfWork, person: Person, now: datetime, rng: random.Random) -> Begun:
    """Opens a session, or finds the one that is open; one that ran out is closed on the way."""
    if person.grade is None:
        raise Refusal("no class chosen", "practice.needs_class")
    waiting = await work.practice.current_items(person.id)
    if waiting and waiting[0].open_at(now):
        return Begun(waiting[0], resumable=True)
    if waiting:
        await work.practice.close_session(waiting[0].session_id, SessionStatus.ABANDONED, now)
    choices = await work.practice.choices(person.id, person.grade)
    chosen = selection.choose(choices.candidates, choices.skills, now, rng)
    opened = await work.practice.create_session(person.id, chosen, now, now + OPEN_FOR)
    if opened is None:
        raise Conflict("a session was opened meanwhile")
    waiting = await work.practice.current_items(person.id)
    if not waiting:
        raise Fault("a session without items")
    return Begun(waiting[0], resumable=False)


async def waiting_item(work: UnitOfWork, person: Person, now: datetime) -> Item | Expired | None:
    """The item that waits for an answer; an expired session is closed and told of instead."""
    waiting = await work.practice.current_items(person.id)
    if not waiting:
        return None
    if waiting[0].open_at(now):
        return waiting[0]
    return await _expire(work, person, waiting[0].session_id, now)


async def resume(work: UnitOfWork, person: Person, now: datetime) -> Item | Expired | None:
    """Goes on with the open session: the item's time runs from now."""
    item = await waiting_item(work, person, now)
    if isinstance(item, Item):
        await work.practice.reopen_item(item.id, now)
    return item


async def abandon(work: UnitOfWork, person: Person, now: datetime) -> SessionResult | None:
    """Closes the open session before its end, what was done kept; None if none is open."""
    waiting = await work.practice.current_items(person.id)
    if not waiting:
        return None
    await work.practice.close_session(waiting[0].session_id, SessionStatus.ABANDONED, now)
    return await _result(work, person.id, waiting[0].session_id, now)


async def answer(
    work: UnitOfWork, person: Person, text: str, now: datetime
) -> Step | Rewritten | Expired | None:
    """Checks an answer to the item that waits and records it, or refuses to read it.

    Raises Mistake if the text is no answer: that is not a try.
    """
    waiting = await work.practice.current_items(person.id)
    if not waiting:
        return None
    item = waiting[0]
    if not item.open_at(now):
        return await _expire(work, person, item.session_id, now)
    if is_rewritten(item):
        return await _anew(work, item, now)
    verdict = checked(text, item)
    evidence = skills.of_answer(item.tries, item.hints_shown, correct=verdict.correct)
    skill = None if evidence is None else observed(item, evidence, now)
    attempt = Try(item, text.strip(), verdict.correct, seconds_spent(item, now), now, skill)
    state = ItemState.ANSWERED if verdict.correct else ItemState.WAITING
    if not await work.practice.store_answer(attempt, state):
        raise Conflict("the item moved on meanwhile")
    moved = replace(item, tries=item.tries + 1, state=state)
    if not verdict.correct:
        return Step(moved, verdict)
    return await _after(work, person, moved, waiting[1:], now, verdict)


async def leave(
    work: UnitOfWork, person: Person, item_id: UUID, state: ItemState, now: datetime
) -> Step | Rewritten | Expired | None:
    """Skips the item that waits, or shows its solution; None for a button of another item."""
    waiting = await work.practice.current_items(person.id)
    if not waiting or waiting[0].id != item_id:
        return None
    item = waiting[0]
    if not item.open_at(now):
        return await _expire(work, person, item.session_id, now)
    if state is ItemState.SHOWN and is_rewritten(item):
        return await _anew(work, item, now)
    evidence = skills.of_leaving(item.tries, skipped=state is ItemState.SKIPPED)
    skill = observed(item, evidence, now)
    if not await work.practice.leave_item(item, state, seconds_spent(item, now), now, skill):
        raise Conflict("the item moved on meanwhile")
    return await _after(work, person, replace(item, state=state), waiting[1:], now, None)


async def hint(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> Item | Rewritten | Expired | None:
    """Shows one more hint; the item comes back with `hints_shown` counted, at most its all.

    Raises Refusal where a try must come first.
    """
    item = await waiting_item(work, person, now)
    if not isinstance(item, Item):
        return item
    if item.id != item_id:
        return None
    if is_rewritten(item):
        return await _anew(work, item, now)
    following = hints.following(item)
    if following is NextHint.LAST:
        return item
    if following is NextHint.AFTER_A_TRY:
        raise Refusal("a hint asked for before a try", "practice.try_first")
    if not await work.practice.show_hint(item):
        raise Conflict("a hint was shown meanwhile")
    return replace(item, hints_shown=item.hints_shown + 1)


async def confide(
    work: UnitOfWork, person: Person, item_id: UUID, confidence: Confidence, now: datetime
) -> Item | None:
    """How sure the student is, said before answering; goes into the next response."""
    item = await waiting_item(work, person, now)
    if not isinstance(item, Item) or item.id != item_id:
        return None
    await work.practice.set_confidence(item_id, confidence)
    return replace(item, confidence=confidence)


async def report(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> bool:
    """ "This problem is wrong", also after the item is over; False if that was said before."""
    item = await work.practice.load_item(person.id, item_id)
    if item is None:
        raise Refusal("no such item of this person's", "practice.stale")
    return await work.practice.report_item(item_id, now)


async def _anew(work: UnitOfWork, item: Item, now: datetime) -> Rewritten:
    await work.practice.reopen_item(item.id, now)
    return Rewritten(shown_anew(item, now))


async def _expire(work: UnitOfWork, person: Person, session_id: UUID, now: datetime) -> Expired:
    await work.practice.close_session(session_id, SessionStatus.ABANDONED, now)
    return Expired(await _result(work, person.id, session_id, now))


async def _result(
    work: UnitOfWork, student_id: UUID, session_id: UUID, now: datetime
) -> SessionResult:
    """The session as it stands, and what the student should work on after it."""
    result = await work.practice.session_result(session_id)
    return replace(result, work_on=skills.work_on(await work.practice.skills(student_id), now))


async def _after(
    work: UnitOfWork,
    person: Person,
    item: Item,
    rest: Sequence[Item],
    now: datetime,
    verdict: answers.Verdict | None,
) -> Step:
    """The next item, or the end of the session."""
    if rest:
        return Step(item, verdict, next=rest[0])
    return Step(item, verdict, finished=await _finish(work, person, item.session_id, now))


async def _finish(work: UnitOfWork, person: Person, session_id: UUID, now: datetime) -> Finished:
    """Closes the session and moves the streak, if anything was tried at all."""
    result = await _result(work, person.id, session_id, now)
    tried = any(one.tries for one in result.items)
    status = SessionStatus.COMPLETED if tried else SessionStatus.ABANDONED
    if not await work.practice.close_session(session_id, status, now):
        raise Conflict("the session was closed meanwhile")
    if not tried:
        standing = await work.practice.load_streak(person.id)
        return Finished(replace(result, status=status), standing, False, None)
    day = await count_day(work, person, now)
    return Finished(replace(result, status=status), day.streak, day.counts, day.milestone)


async def count_day(work: UnitOfWork, person: Person, now: datetime) -> DayCounted:
    """After a session, or a quiz, that was completed with something tried: moves the streak."""
    today = person.local(now).date()
    before = await work.practice.load_streak(person.id)
    after = streaks.advance(before, today, await work.operations.holidays())
    if after != before:
        await work.practice.save_streak(person.id, after)
    return DayCounted(
        after,
        counts=after.last_practice_date == today,
        milestone=streaks.milestone_reached(before, after),
    )
