"""Announcements: published by telling every active student, once; and how the telling went.

Every function works inside the caller's transaction and asks first who is asking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.courses import content
from domain.courses.cards import ItemCard
from domain.courses.content_records import DeliveryReport
from domain.courses.records import ContentType
from domain.errors import Refusal
from domain.operations.records import Notice, NoticeType
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

NEWS_FOR = timedelta(days=7)
"""For how long it makes sense to tell it; in the class it stands for good."""


@dataclass(frozen=True, slots=True)
class Audience:
    """An announcement and whom it is for."""

    card: ItemCard
    students: Sequence[Person]

    @property
    def reached(self) -> int:
        """How many of them the bot can write to."""
        return sum(not one.blocked_bot for one in self.students)


async def prepare(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Audience:
    """Raises Refusal with what is in the way."""
    seen = await content.ready(work, person, item_id, now)
    _expect_announcement(seen.card)
    return Audience(seen.card, await work.content.students_to_tell(seen.card.in_class.id))


def _expect_announcement(card: ItemCard) -> None:
    if card.item.content_type is not ContentType.ANNOUNCEMENT:
        raise Refusal("nothing to be told", "common.stale_button")


async def publish(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Audience:
    """Those to be told, by `tell`."""
    audience = await prepare(work, person, item_id, now)
    await work.content.update_item(item_id, {"is_published": True})
    return audience


async def tell(
    work: UnitOfWork, bot_id: int, audience: Audience, data: Mapping[str, Any], now: datetime
) -> None:
    """Everybody in one statement. Whoever was told of it before is not told again, however often
    it is published; `data` is what the view of the notice takes."""
    item = audience.card.item
    notices = [
        Notice(
            recipient_id=student.id,
            kind=NoticeType.ANNOUNCEMENT,
            title=item.title,
            view="announcements.notice",
            data=data,
            dedupe_key=f"announcement:{item.id}:{student.id}",
            expires_at=now + NEWS_FOR,
            content_item_id=item.id,
        )
        for student in audience.students
    ]
    await work.operations.notify_all(bot_id, notices, now)


async def delivery(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> tuple[ItemCard, DeliveryReport]:
    """How the telling went so far, for those who teach."""
    card = await content.to_change(work, person, item_id, now)
    _expect_announcement(card)
    return card, await work.content.delivery(item_id, now)
