"""Coding problems as their owners and other teachers have them: looked at, shared, deleted.

Every function works inside the caller's transaction. To everybody else a private problem does not
exist; other teachers see of a shared one what students see.
"""

from collections.abc import Sequence
from uuid import UUID

from domain.errors import Refusal
from domain.people.records import Person, Role
from domain.problems.records import ProblemVisibility
from domain.problems.upload_records import ProblemCard, ProblemLine, ProblemSeen
from domain.submissions.work import SAMPLE_LENGTH, SAMPLES
from domain.unit_of_work import UnitOfWork

ON_A_PAGE = 8


def not_found() -> Refusal:
    """The same whether there is no such problem or it is not theirs to know of."""
    return Refusal("no such problem for this person", "problems.not_found")


async def listed(
    work: UnitOfWork, person: Person, page: int, *, own: bool
) -> tuple[Sequence[ProblemLine], bool]:
    """A page, and whether there is another one."""
    found = await work.problems.problems(
        person.id, own=own, offset=page * ON_A_PAGE, limit=ON_A_PAGE + 1
    )
    return found[:ON_A_PAGE], len(found) > ON_A_PAGE


async def card(work: UnitOfWork, person: Person, version_id: UUID) -> ProblemCard:
    """The problem's newest version. Raises Refusal if it is not theirs to see."""
    found = await work.problems.problem(person.id, version_id)
    if found is None or person.role not in (Role.TEACHER, Role.ADMIN):
        raise not_found()
    return found


async def look(work: UnitOfWork, person: Person, version_id: UUID) -> ProblemSeen:
    """What students see of it."""
    found = await card(work, person, version_id)
    samples = await work.submissions.samples(found.id, SAMPLES, SAMPLE_LENGTH)
    return ProblemSeen(found, samples)


async def own(work: UnitOfWork, person: Person, version_id: UUID) -> ProblemCard:
    """Raises Refusal unless it is theirs."""
    found = await card(work, person, version_id)
    if not found.own:
        raise not_found()
    return found


async def archive(work: UnitOfWork, person: Person, version_id: UUID) -> tuple[str, str]:
    """Name and key of the file that brought it: called by its slug, so that it can be sent again.

    Raises Refusal where none is kept.
    """
    found = await own(work, person, version_id)
    if found.archive_key is None or found.file_name is None:
        raise Refusal("no file is kept of this version", "problems.no_archive")
    ending = "zip" if found.file_name.lower().endswith(".zip") else "yaml"
    return f"{found.slug}.{ending}", found.archive_key


async def share(
    work: UnitOfWork, person: Person, version_id: UUID, visibility: ProblemVisibility
) -> ProblemCard:
    """All versions of it, and those to come; assignments keep what they have."""
    found = await own(work, person, version_id)
    await work.problems.set_visibility(person.id, found.slug, visibility)
    return await card(work, person, version_id)


async def delete(
    work: UnitOfWork, person: Person, version_id: UUID
) -> tuple[ProblemCard, Sequence[str]]:
    """With all its versions; the keys of what is stored are to be discarded afterwards.

    Raises Refusal while an assignment has any of them.
    """
    found = await own(work, person, version_id)
    if found.assignments:
        raise Refusal("the problem is in use", "problems.in_use")
    return found, await work.problems.delete_problem(person.id, found.slug)
