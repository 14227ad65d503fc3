"""Problems of teachers' own: checked like the library's, seen by students once an admin approved.

Every function works inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from domain.errors import Refusal
from domain.people.records import Person, Role
from domain.practice.library import Upload
from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.records import Problem
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a person's own problems wait, and how many people's an admin is to look at."""

    own: int
    to_see: int


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file. Where there are complaints, nothing of it was kept."""

    complaints: Sequence[Complaint]
    count: int = 0
    unchanged: int = 0
    waiting: int = 0
    """How many of the file's problems wait for an admin now."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an admin looks at before deciding; `version` changes with any of the problems."""

    owner: Person
    problems: Sequence[Problem]
    version: int


async def standing(work: UnitOfWork, person: Person) -> Standing:
    people = await work.practice.waiting_contributions()
    own = sum(one.count for one in people if one.owner_id == person.id)
    return Standing(own, len(people) if person.role is Role.ADMIN else 0)


async def receive(
    work: UnitOfWork, person: Person, file: str, upload: Upload, now: datetime
) -> Received:
    """Keeps a file's problems, all or none; an admin's own need nobody's approval."""
    if upload.complaints:
        return Received(upload.complaints)
    approved_at = now if person.role is Role.ADMIN else None
    kept = await work.practice.import_contribution(person.id, upload.problems, approved_at)
    if kept.taken:
        return Received(
            [
                Complaint(file, upload.lines[slug], slug, Flaw.SLUG_TAKEN, {"field": "slug"})
                for slug in kept.taken
            ]
        )
    new = kept.new + kept.changed
    return Received((), len(upload.problems), kept.unchanged, 0 if approved_at else new)


async def look(work: UnitOfWork, owner_id: UUID) -> Seen:
    """One teacher's problems that wait; raises Refusal if none do."""
    owner = await work.people.get_user_by_id(owner_id)
    problems = await work.practice.contribution(owner_id)
    if owner is None or not problems:
        raise Refusal("nothing of this person's waits", "library.moved_on")
    return Seen(owner, problems, crc32(repr(problems).encode()))


async def judge(
    work: UnitOfWork, admin: Person, owner_id: UUID, version: int, now: datetime, *, approved: bool
) -> tuple[Person, int]:
    """Decides about exactly what was seen, and audits it; (who sent them, how many).

    Raises Refusal if they were decided or changed since.
    """
    seen = await look(work, owner_id)
    if seen.version != version:
        raise Refusal("the problems changed meanwhile", "library.moved_on")
    if approved:
        count = await work.practice.approve_contribution(owner_id, now, admin.id)
    else:
        count = await work.practice.refuse_contribution(owner_id)
    await work.operations.audit(
        admin.id,
        "problems_approved" if approved else "problems_refused",
        "user",
        str(owner_id),
        {},
        {"slugs": [one.slug for one in seen.problems]},
    )
    return seen.owner, count
