"""Joining a class by its code, and what becomes of codes that are none.

Nothing here is raised for a wrong code: that it was tried must be kept, and an error undoes the
whole turn.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from domain.courses.cards import ClassCard, CodeCard, Standing
from domain.courses.join_codes import check_tries, read_code
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork


class Outcome(StrEnum):
    """What a code came to."""

    WELCOME = "welcome"
    """It may be joined by this person."""
    JOINED = "joined"
    MEMBER = "member"
    """They are in it already."""
    OWNER = "owner"
    DROPPED = "dropped"
    """Whoever was dropped comes back by a teacher's hand only, whatever code they know."""
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Joining:
    """`card` is None only where the code is unknown."""

    outcome: Outcome
    card: ClassCard | None = None
    tries: int = 0
    """How many wrong codes of this person are remembered, this one included; 0 where this is
    none, but a right one that was changed meanwhile."""


async def look(work: UnitOfWork, person: Person, text: str, now: datetime) -> Joining:
    """What the code would come to; a wrong one counts.

    Raises Mistake if it can be no code, Refusal if too many were wrong of late.
    """
    code = read_code(text)
    tried = await work.classes.wrong_codes(_account(person))
    check_tries(tried, now)
    found = await _read(work, person, code)
    if found.outcome is Outcome.UNKNOWN:
        await _remember(work, person, now)
        return replace(found, tries=len(tried) + 1)
    return found


def _outcome(found: CodeCard) -> Outcome:
    card = found.in_class
    if card.standing is Standing.OWNER:
        return Outcome.OWNER
    if card.standing is not Standing.NONE:
        return Outcome.MEMBER
    if found.dropped:
        return Outcome.DROPPED
    return Outcome.ARCHIVED if card.is_archived else Outcome.WELCOME


async def join(work: UnitOfWork, person: Person, text: str, now: datetime) -> Joining:
    """Makes the person a student of the class that the code opens; raises as `look` does."""
    seen = await look(work, person, text, now)
    return await _enter(work, person, seen, now)


async def keep_promise(work: UnitOfWork, person: Person, code: str, now: datetime) -> Joining:
    """Joins by a code that was looked at when the person began to register; never raises.

    It was theirs before whatever they tried since, and nobody guesses it now.
    """
    return await _enter(work, person, await _read(work, person, code), now)


async def _enter(work: UnitOfWork, person: Person, seen: Joining, now: datetime) -> Joining:
    if seen.outcome is not Outcome.WELCOME or seen.card is None:
        return seen
    if not await work.classes.enroll(seen.card.join_code, person.id, now):
        # The code was changed, or the class archived, between two statements: no wrong try.
        return await _read(work, person, seen.card.join_code)
    return Joining(Outcome.JOINED, replace(seen.card, standing=Standing.STUDENT))


async def _read(work: UnitOfWork, person: Person, code: str) -> Joining:
    """What the code comes to; one that opens nothing is not counted."""
    found = await work.classes.class_by_code(code, person.id)
    return Joining(Outcome.UNKNOWN) if found is None else Joining(_outcome(found), found.in_class)


async def _remember(work: UnitOfWork, person: Person, now: datetime) -> None:
    """The instant is the caller's clock's; what was tried is not kept."""
    after = {"at": now.isoformat()}
    await work.operations.audit(
        person.id, "class_code_wrong", "account", _account(person), None, after
    )


def _account(person: Person) -> str:
    """A mark of the Telegram account, which stays the same when a person erases themselves and
    comes back: their wrong codes are not forgotten.

    Of a million marks, each is shared by thousands of accounts: it tells nobody who it was.
    """
    return sha256(str(person.telegram_id).encode()).hexdigest()[:5]
