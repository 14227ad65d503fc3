"""The problems of an assignment as its teachers put them together: which, their points and order.

Every function works inside the caller's transaction and asks first who is asking. What is
published stays fit to be: see `publishing.lacks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.courses.access import not_found
from domain.courses.assignment_records import PickedProblem, SetProblem
from domain.courses.assignments import POINTS, setup
from domain.courses.cards import ItemCard
from domain.courses.content import PAGE, refused, to_change
from domain.courses.publishing import lacks
from domain.errors import Refusal
from domain.people.records import Person
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

QUERY_LENGTH = 60
PROBLEMS = 50
"""Of one assignment."""


@dataclass(frozen=True, slots=True)
class ProblemsSeen:
    """The problems of an assignment."""

    card: ItemCard
    problems: Sequence[SetProblem]


@dataclass(frozen=True, slots=True)
class SetSeen:
    """One of them."""

    card: ItemCard
    problem: SetProblem


@dataclass(frozen=True, slots=True)
class PickSeen:
    """A page of problems that may be set."""

    card: ItemCard
    problems: Sequence[PickedProblem]
    number: int
    """From zero."""
    more: bool


def read_query(text: str) -> str:
    return one_line(text)[:QUERY_LENGTH]


async def problems(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ProblemsSeen:
    seen = await setup(work, person, item_id, now)
    return ProblemsSeen(seen.card, await work.content.set_problems(person.id, item_id))


async def problem(
    work: UnitOfWork,
    person: Person,
    assignment_problem_id: UUID,
    now: datetime,
    *,
    lock: bool = False,
) -> SetSeen:
    """`lock`: nobody else changes its assignment until the transaction ends. Raises Refusal."""
    found = await work.content.set_problem(person.id, assignment_problem_id)
    if found is None:
        raise not_found()
    return SetSeen(await to_change(work, person, found.item_id, now, lock=lock), found)


async def to_pick(
    work: UnitOfWork, person: Person, item_id: UUID, query: str, number: int, now: datetime
) -> PickSeen:
    seen = await setup(work, person, item_id, now)
    found = await work.content.problems_to_pick(person.id, item_id, query, number * PAGE, PAGE + 1)
    return PickSeen(seen.card, found[:PAGE], number, len(found) > PAGE)


async def add_problem(
    work: UnitOfWork, person: Person, item_id: UUID, version_id: UUID, now: datetime
) -> bool:
    """At the end. False where it, or another version of it, is set already, or there are enough.

    Somebody else's private problem is refused like one that does not exist.
    """
    seen = await setup(work, person, item_id, now, lock=True)
    if seen.facts.problems >= PROBLEMS:
        return False
    return await work.content.add_problem(person.id, item_id, version_id)


async def set_points(
    work: UnitOfWork,
    person: Person,
    assignment_problem_id: UUID,
    points: int | None,
    now: datetime,
) -> SetSeen:
    """None: what its tests are worth."""
    await problem(work, person, assignment_problem_id, now)
    if points is not None and not POINTS.least <= points <= POINTS.most:
        raise Refusal("points out of their bounds", "common.stale_button")
    await work.content.update_points(assignment_problem_id, points)
    return await problem(work, person, assignment_problem_id, now)


async def shift_problem(
    work: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime, *, up: bool
) -> UUID:
    """Returns the assignment."""
    found = await problem(work, person, assignment_problem_id, now, lock=True)
    await work.content.shift_problem(assignment_problem_id, up=up)
    return found.problem.item_id


async def remove_problem(
    work: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> UUID:
    """Returns the assignment. Raises Refusal where a student tried it, or it is the last one of a
    published assignment."""
    found = await problem(work, person, assignment_problem_id, now, lock=True)
    item_id = found.problem.item_id
    facts = await work.content.facts(item_id)
    lacking = lacks(replace(facts, problems=facts.problems - 1))
    if found.card.item.is_published and lacking is not None:
        raise refused(found.card, lacking)
    if not await work.content.remove_problem(assignment_problem_id):
        raise Refusal(
            "students have tried it",
            "assignments.problem_used",
            {"item_id": str(item_id), "title": found.problem.title},
        )
    return item_id


async def take_newest(
    work: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> UUID:
    """Sets the newest version in place of an older one, with its place and points. Returns the
    assignment. Raises Refusal where a student worked on the older one."""
    found = await problem(work, person, assignment_problem_id, now, lock=True)
    one = found.problem
    taken = await work.content.take_newest(person.id, assignment_problem_id)
    if not taken and one.newest is not None:
        raise Refusal(
            "students have worked on it",
            "assignments.version_stays",
            {"item_id": str(one.item_id), "title": one.title, "version": one.version},
        )
    return one.item_id
