"""Joining a class by its code, and what becomes of codes that are none.

Nothing here is raised for a wrong code: that it was tried must be kept, and an error undoes the
whole turn.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

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
    """How many wrong codes of this person are remembered, this one included."""


async def look(work: UnitOfWork, person: Person, text: str, now: datetime) -> Joining:
    """What the code would come to; a wrong one counts.

    Raises Mistake if it can be no code, Refusal if too many were wrong of late.
    """
    code = read_code(text)
    tried = await work.classes.wrong_codes(person.id)
    check_tries(tried, now)
    found = await work.classes.class_by_code(code, person.id)
    if found is None:
        await _remember(work, person, now)
        return Joining(Outcome.UNKNOWN, tries=len(tried) + 1)
    return Joining(_outcome(found), found.in_class)


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
    if seen.outcome is not Outcome.WELCOME or seen.card is None:
        return seen
    if not await work.classes.enroll(seen.card.join_code, person.id, now):
        return await _overtaken(work, person, seen.card.join_code)
    return Joining(Outcome.JOINED, replace(seen.card, standing=Standing.STUDENT))


async def _overtaken(work: UnitOfWork, person: Person, code: str) -> Joining:
    """The code was changed, or the class archived, between two statements: no wrong try."""
    found = await work.classes.class_by_code(code, person.id)
    return Joining(Outcome.UNKNOWN) if found is None else Joining(_outcome(found), found.in_class)


async def _remember(work: UnitOfWork, person: Person, now: datetime) -> None:
    """The instant is the caller's clock's; what was tried is not kept."""
    after = {"at": now.isoformat()}
    await work.operations.audit(person.id, "class_code_wrong", "user", str(person.id), None, after)
