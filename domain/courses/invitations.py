"""Invitations to be a teacher: a link that works once, within a week."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import SystemRandom

from domain.courses.cards import KeptInvitation
from domain.courses.join_codes import INVITATION_LASTS, new_token, token_hash
from domain.errors import Refusal
from domain.people.records import Person, Role
from domain.unit_of_work import UnitOfWork

_SECRETS = SystemRandom()


class Acceptance(StrEnum):
    """What following an invitation came to."""

    ACCEPTED = "accepted"
    NEEDLESS = "needless"
    """They teach already; the invitation stays for somebody else."""
    TEACHES = "teaches"
    """They teach already, and the invitation is nothing to anybody: it may be their own."""
    EXPIRED = "expired"
    USED = "used"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token` stands in the link alone; nobody can read it later."""

    token: str
    expires_at: datetime


async def invite(work: UnitOfWork, admin: Person, now: datetime) -> Invitation:
    """An invitation of this admin's; audited."""
    if admin.role is not Role.ADMIN:
        raise Refusal("an invitation by somebody who is no admin")
    invitation = Invitation(new_token(_SECRETS), now + INVITATION_LASTS)
    kept = token_hash(invitation.token)
    await work.classes.create_invitation(kept, admin.id, invitation.expires_at)
    await work.operations.audit(admin.id, "teacher_invited", "invitation", kept[:16], None, None)
    return invitation


async def check(work: UnitOfWork, person: Person, hashed: str, now: datetime) -> Acceptance:
    """What accepting would come to; changes nothing."""
    worth = _worth(await work.classes.invitation(hashed), now)
    if person.role in (Role.TEACHER, Role.ADMIN):
        return Acceptance.NEEDLESS if worth is Acceptance.ACCEPTED else Acceptance.TEACHES
    return worth


def _worth(kept: KeptInvitation | None, now: datetime) -> Acceptance:
    if kept is None:
        return Acceptance.UNKNOWN
    if kept.used:
        return Acceptance.USED
    return Acceptance.EXPIRED if kept.expires_at <= now else Acceptance.ACCEPTED


async def accept(
    work: UnitOfWork, person: Person, hashed: str, now: datetime
) -> tuple[Acceptance, Person]:
    """Makes the person a teacher, by the token's hash; of two at once only the first. Audited."""
    seen = await check(work, person, hashed, now)
    if seen is not Acceptance.ACCEPTED:
        return seen, person
    if not await work.classes.use_invitation(hashed, person.id, now):
        return Acceptance.USED, person
    await work.classes.make_teacher(person.id)
    await work.operations.audit(
        person.id,
        "role_granted",
        "user",
        str(person.id),
        {"role": person.role},
        {"role": Role.TEACHER, "by": "invitation", "invitation": hashed[:16]},
    )
    return Acceptance.ACCEPTED, replace(person, role=Role.TEACHER)
