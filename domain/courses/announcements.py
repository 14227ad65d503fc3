"""Announcements: published by telling every active student, once.

Every function works inside the caller's transaction and asks first who is asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.courses import content
from domain.courses.cards import ItemCard
from domain.courses.records import ContentType
from domain.errors import Refusal
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Audience:
    """An announcement and whom it is for."""

    card: ItemCard
    students: Sequence[Person]


async def prepare(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Audience:
    """Raises Refusal with what is in the way."""
    seen = await content.ready(work, person, item_id, now)
    if seen.card.item.content_type is not ContentType.ANNOUNCEMENT:
        raise Refusal("nothing to be told", "common.stale_button")
    return Audience(seen.card, await work.content.students_to_tell(seen.card.in_class.id))


async def publish(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Audience:
    """Those to be told; whoever was told of it before is not told again (see `told_once`)."""
    audience = await prepare(work, person, item_id, now)
    await work.content.update_item(item_id, {"is_published": True})
    return audience


def told_once(item_id: UUID, student: Person) -> str:
    """The key under which a student is told of an announcement, however often it is published."""
    return f"announcement:{item_id}:{student.id}"
