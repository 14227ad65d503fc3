"""Problems of teachers' own: checked like the library's, seen by students once an admin approved.

Every function works inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from domain.errors import Refusal
from domain.people.records import Person, Role
from domain.practice.library import Upload
from domain.practice.library.complaints import Complaint, slug_taken
from domain.practice.records import Problem
from domain.unit_of_work import UnitOfWork

VERSION_DIGITS = 14


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
    """What an admin looks at before deciding."""

    owner: Person
    problems: Sequence[Problem]
    version: str
    """A fingerprint of the problems, short enough for a button beside the owner's id."""


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
        return Received([slug_taken(file, upload.lines[slug], slug) for slug in kept.taken])
    new = kept.new + kept.changed
    return Received((), len(upload.problems), kept.unchanged, 0 if approved_at else new)


async def look(work: UnitOfWork, owner_id: UUID) -> Seen:
    """One teacher's problems that wait; raises Refusal if none do."""
    return await _seen(work, owner_id, lock=False)


async def _seen(work: UnitOfWork, owner_id: UUID, *, lock: bool) -> Seen:
    owner = await work.people.get_user_by_id(owner_id)
    problems = await work.practice.contribution(owner_id, lock=lock)
    if owner is None or not problems:
        raise Refusal("nothing of this person's waits", "library.moved_on")
    fingerprint = sha256(repr(tuple(problems)).encode()).hexdigest()
    return Seen(owner, problems, fingerprint[:VERSION_DIGITS])


async def judge(
    work: UnitOfWork, admin: Person, owner_id: UUID, version: str, now: datetime, *, approved: bool
) -> tuple[Person, int]:
    """Decides about exactly what was seen, and audits it; (who sent them, how many).

    Raises Refusal if they were decided or changed since.
    """
    seen = await _seen(work, owner_id, lock=True)
    if seen.version != version:
        raise Refusal("the problems changed meanwhile", "library.moved_on")
    slugs = [one.slug for one in seen.problems]
    if approved:
        count = await work.practice.approve_contribution(owner_id, slugs, now, admin.id)
    else:
        count = await work.practice.refuse_contribution(owner_id, slugs)
    await work.operations.audit(
        admin.id,
        "problems_approved" if approved else "problems_refused",
        "user",
        str(owner_id),
        {},
        {"slugs": slugs},
    )
    return seen.owner, count


async def withdraw(work: UnitOfWork, admin: Person, problem_id: UUID, now: datetime) -> Problem:
    """Takes a problem out of practice, whoever's it is, until its content changes; audited.

    Raises Refusal if there is none, or if it was withdrawn already.
    """
    problem = await work.practice.problem(problem_id)
    if problem is None or not await work.practice.withdraw_problem(problem_id, now):
        raise Refusal("the problem is withdrawn already, or unknown", "library.moved_on")
    await work.operations.audit(
        admin.id,
        "problem_withdrawn",
        "problem",
        str(problem_id),
        {},
        {"slug": problem.slug},
    )
    return problem
