"""The secret link by which a phone's calendar reads somebody's own: made, renewed, switched off."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

TOKEN_BYTES = 24


def token_hash(token: str) -> str:
    """Of whatever somebody calls a token; nothing but this is kept of one."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def renew(work: UnitOfWork, person: Person, now: datetime) -> str:
    """The secret of a new link, which nobody can read later; the one before stops working."""
    token = token_urlsafe(TOKEN_BYTES)
    await work.calendar_links.keep(person.id, token_hash(token), now)
    return token


async def made_at(work: UnitOfWork, person: Person) -> datetime | None:
    """When the link that works now was made."""
    return await work.calendar_links.made_at(person.id)


async def drop(work: UnitOfWork, person: Person) -> None:
    await work.calendar_links.drop(person.id)


async def owner(work: UnitOfWork, token: str) -> Person | None:
    """Whose calendar the link opens."""
    found = await work.calendar_links.owner(token_hash(token))
    return None if found is None else await work.people.get_user_by_id(found)
