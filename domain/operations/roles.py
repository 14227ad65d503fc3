"""Who is teacher, who is admin: the use cases of `/role`."""

from dataclasses import replace
from uuid import UUID

from domain.errors import Mistake, Refusal
from domain.people.records import Person, Role
from domain.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, wanted: str) -> Person:
    """By Telegram name (with or without @) or by Telegram id; raises Mistake if unknown."""
    wanted = wanted.strip().removeprefix("@")
    someone = await work.people.get_user_by_username(wanted)
    if someone is None and wanted.isdecimal() and len(wanted) <= 18:
        someone = await work.people.get_user_by_telegram(int(wanted))
    if someone is None:
        raise Mistake("nobody of that name", "operations.nobody", {"name": wanted[:64]})
    return someone


async def give(work: UnitOfWork, admin: Person, user_id: str, role: Role) -> tuple[Person, Person]:
    """Gives a role and audits it; returns the person before and after.

    Nobody takes their own admin role away: the last admin could lock everybody out.
    """
    someone = await work.people.get_user_by_id(UUID(user_id))
    if someone is None:
        raise Refusal("the person is gone", "common.stale_button")
    if someone.id == admin.id and role is not Role.ADMIN:
        raise Refusal("an admin demoting themselves", "operations.not_yourself")
    if someone.role is not role:
        await work.people.update_user(someone.id, {"role": role})
        await work.operations.audit(
            admin.id,
            "role_granted",
            "user",
            str(someone.id),
            {"role": someone.role},
            {"role": role},
        )
    return someone, replace(someone, role=role)
