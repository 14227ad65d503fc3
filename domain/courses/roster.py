"""Who is in a class: looking at them, changing what they are, taking many in at once.

Every function works inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from domain.courses.access import in_class, not_found
from domain.courses.cards import ClassCard, Member, MemberCard, Need
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.errors import Fault
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

PAGE = 8


class Act(StrEnum):
    """What can be done with somebody in a class."""

    MAKE_STUDENT = "student"
    MAKE_TA = "ta"
    MAKE_TEACHER = "teacher"
    DROP = "drop"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a class's people, and whether there are more."""

    card: ClassCard
    members: Sequence[Member]
    students: int
    number: int
    """From zero."""
    more: bool


async def page(work: UnitOfWork, person: Person, class_id: UUID, number: int) -> Page:
    card = await in_class(work, person, class_id, Need.ASSIST)
    found = await work.classes.roster(class_id, number * PAGE, PAGE + 1)
    if number and not found:
        return await page(work, person, class_id, 0)
    students = await work.classes.count_students(class_id)
    return Page(card, found[:PAGE], students, number, len(found) > PAGE)


async def whole(
    work: UnitOfWork, person: Person, class_id: UUID
) -> tuple[ClassCard, Sequence[Member]]:
    """Everybody, for a file: those who were dropped too."""
    card = await in_class(work, person, class_id, Need.TEACH)
    return card, await work.classes.roster(class_id)


async def member(work: UnitOfWork, person: Person, enrollment_id: UUID) -> MemberCard:
    return await _member(work, person, enrollment_id, Need.ASSIST)


async def _member(work: UnitOfWork, person: Person, enrollment_id: UUID, needs: Need) -> MemberCard:
    card = await work.classes.member_card(enrollment_id, person.id)
    if card is None or not card.in_class.meets(needs):
        raise not_found()
    return card


def acts(card: MemberCard) -> tuple[Act, ...]:
    """What whoever looks at the member may do with them."""
    found = card.member
    if not card.in_class.meets(needed(found.role)):
        return ()
    if found.status is EnrollmentStatus.DROPPED:
        return (Act.RESTORE,)
    roles = (one for one in EnrollmentRole if one is not found.role)
    changes = tuple(Act(one.value) for one in roles if card.in_class.meets(needed(one)))
    return (*changes, Act.DROP)


def needed(role: EnrollmentRole) -> Need:
    """Who decides about this role: about those who teach, the owner alone."""
    return Need.OWN if role is EnrollmentRole.TEACHER else Need.TEACH


async def change_role(
    work: UnitOfWork, person: Person, enrollment_id: UUID, role: EnrollmentRole
) -> MemberCard:
    """Makes an active member something else; audited where it changes anything."""
    card = await _member(work, person, enrollment_id, Need.TEACH)
    before = card.member
    if not all(card.in_class.meets(needed(one)) for one in (before.role, role)):
        raise not_found()
    if before.role is role or before.status is EnrollmentStatus.DROPPED:
        return card
    await work.classes.change_member(before, role)
    await _audit(work, person, "member_role_changed", card, {"role": role})
    return replace(card, member=replace(before, role=role))


async def check_drop(work: UnitOfWork, person: Person, enrollment_id: UUID) -> MemberCard:
    """The member, for whoever may drop or restore them; raises Refusal."""
    card = await _member(work, person, enrollment_id, Need.TEACH)
    if not card.in_class.meets(needed(card.member.role)):
        raise not_found()
    return card


async def drop(work: UnitOfWork, person: Person, enrollment_id: UUID) -> MemberCard:
    """They lose sight of the class at once; what they did stays. Audited."""
    card = await check_drop(work, person, enrollment_id)
    if card.member.status is EnrollmentStatus.DROPPED:
        return card
    await work.classes.drop_member(card.member, person.id)
    await _audit(work, person, "member_dropped", card, None)
    return replace(card, member=replace(card.member, status=EnrollmentStatus.DROPPED))


async def restore(work: UnitOfWork, person: Person, enrollment_id: UUID) -> MemberCard:
    """In the role that they had. Audited."""
    card = await check_drop(work, person, enrollment_id)
    if card.member.status is EnrollmentStatus.ACTIVE:
        return card
    await work.classes.change_member(card.member, card.member.role)
    await _audit(work, person, "member_restored", card, None)
    return replace(card, member=replace(card.member, status=EnrollmentStatus.ACTIVE))


async def someone(work: UnitOfWork, card: MemberCard) -> Person:
    """The member, to be told something."""
    found = await work.people.get_user_by_id(card.member.user_id)
    if found is None:
        raise Fault("a member who is nobody")
    return found


async def _audit(
    work: UnitOfWork, person: Person, action: str, card: MemberCard, after: dict[str, str] | None
) -> None:
    given = {"user": str(card.member.user_id), **(after or {})}
    await work.operations.audit(
        person.id, action, "class", str(card.in_class.id), {"role": card.member.role}, given
    )
