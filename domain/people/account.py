"""A person's own data: taking it away, having it erased."""

import json
from datetime import datetime

import structlog

from domain.errors import Fault, Unavailable
from domain.people.records import Person
from domain.storage import Storage, new_key, owner_prefix
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

CONFIRMED = "delete"
"""The second confirmation is a button with this argument, never a stray text."""


async def export(work: UnitOfWork, storage: Storage, person: Person, now: datetime) -> str:
    """Writes everything that is kept about the person as one JSON object; returns its key.

    The code that they handed in stands in it, since it is theirs like all else.
    """
    kept = await work.people.export(person.id)
    for attempt in kept["attempts"]:
        attempt["code"] = await _code(storage, attempt["code_blob_ref"])
    document = {"exported_at": now.isoformat(), "about": str(person.id), **kept}
    key = new_key(person.id, "export")
    content = json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()
    await storage.put(key, content, "application/json")
    return key


async def _code(storage: Storage, key: str) -> str | None:
    """None where the object is lost: that must not keep all the rest from its owner."""
    try:
        return (await storage.get(key)).decode("utf-8", "replace")
    except Unavailable:
        raise
    except Fault:
        log.warning("code of an attempt is lost", key=key)
        return None


async def erase(work: UnitOfWork, storage: Storage, person: Person) -> None:
    """Deletes the person with all that is theirs, stored objects first.

    What they proposed for the library goes too; what students practise already stays, unnamed.
    Objects go before the rows: were it the other way, a crash between the two would leave
    objects that nobody knows of.
    """
    for key in await storage.list(owner_prefix(person.id)):
        await storage.delete(key)
    await work.operations.audit(None, "account_erased", "user", str(person.id), None, None)
    await work.people.erase(person.id)
