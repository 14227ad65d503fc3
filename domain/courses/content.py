"""Modules and what stands in them: looking, making, changing, ordering.

Every function works inside the caller's transaction and asks first who is asking.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.courses.access import in_class, in_item, in_module, not_found
from domain.courses.cards import ClassCard, ItemCard, ModuleCard, Need
from domain.courses.content_records import ItemSeen, ItemsSeen, ModulesSeen
from domain.courses.publishing import Obstacle, obstacle
from domain.courses.records import ContentType
from domain.errors import Mistake, Refusal
from domain.people.records import Person
from domain.practice import quizzes
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

PAGE = 8
TITLE_LENGTH = 200
HEAD_LENGTH = 1500
"""Characters of what stands above the items of a module or the problems of an assignment."""
DESCRIPTION_LENGTH = 3500
"""Characters of an announcement, or of what is written about a quiz."""
BODY_LENGTH = 30_000
"""Characters of a material: some ten messages."""
DATED = frozenset({ContentType.ASSIGNMENT, ContentType.QUIZ})
"""What has a due date."""
RELEASED = frozenset({ContentType.ASSIGNMENT, ContentType.QUIZ, ContentType.MATERIAL})
"""What may open later than it is published; announcements are told at once."""


class Which(StrEnum):
    """One of an item's two dates."""

    RELEASE = "r"
    DUE = "d"


def read_title(text: str) -> str:
    """One line; raises Mistake."""
    line = one_line(text)
    if not line or len(line) > TITLE_LENGTH:
        raise Mistake("a title too short or long", "content.title_unusable")
    return line


def read_text(text: str, limit: int) -> str:
    """Markdown, NFC; raises Mistake."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        one for one in composed if one in "\n\t\u200c\u200d" or unicodedata.category(one)[0] != "C"
    ).strip("\n")
    if not kept.strip() or len(kept) > limit:
        raise Mistake("a text too short or long", "content.text_unusable", {"limit": limit})
    return kept


async def modules(
    work: UnitOfWork,
    person: Person,
    class_id: UUID,
    number: int,
    now: datetime,
    *,
    staff: bool | None,
) -> ModulesSeen:
    """`staff`: as those who teach see it, else as students do; None: by who is looking."""
    card = await in_class(work, person, class_id, Need.ASSIST if staff else Need.LEARN)
    shown_all = card.meets(Need.ASSIST) if staff is None else staff
    open_at = None if shown_all else now
    found = await work.content.modules(class_id, number * PAGE, PAGE + 1, open_at)
    return ModulesSeen(card, shown_all, found[:PAGE], number, len(found) > PAGE)


async def items(
    work: UnitOfWork, person: Person, module_id: UUID, number: int, now: datetime, *, staff: bool
) -> ItemsSeen:
    """`staff`: as those who teach see it, else as students do."""
    card = await in_module(work, person, module_id, Need.ASSIST if staff else Need.LEARN)
    if not staff and not card.module.is_published:
        raise Refusal("a module that students do not see", "content.module_hidden")
    open_at = None if staff else now
    found = await work.content.items(module_id, number * PAGE, PAGE + 1, open_at)
    return ItemsSeen(card, found[:PAGE], number, len(found) > PAGE)


async def may_add_module(work: UnitOfWork, person: Person, class_id: UUID) -> ClassCard:
    return await in_class(work, person, class_id, Need.TEACH)


async def add_module(work: UnitOfWork, person: Person, class_id: UUID, text: str) -> UUID:
    """A draft: students do not see it before it is published."""
    await in_class(work, person, class_id, Need.TEACH)
    return await work.content.add_module(class_id, read_title(text))


async def module(work: UnitOfWork, person: Person, module_id: UUID) -> ModuleCard:
    """For whoever is to change it."""
    return await in_module(work, person, module_id, Need.TEACH)


async def retitle_module(
    work: UnitOfWork, person: Person, module_id: UUID, text: str
) -> ModuleCard:
    card = await module(work, person, module_id)
    title = read_title(text)
    await work.content.update_module(module_id, {"title": title})
    return replace(card, module=replace(card.module, title=title))


async def describe_module(
    work: UnitOfWork, person: Person, module_id: UUID, text: str | None
) -> ModuleCard:
    card = await module(work, person, module_id)
    description = None if text is None else read_text(text, HEAD_LENGTH)
    await work.content.update_module(module_id, {"description": description})
    return replace(card, module=replace(card.module, description=description))


async def publish_module(
    work: UnitOfWork, person: Person, module_id: UUID, *, published: bool
) -> None:
    await module(work, person, module_id)
    await work.content.update_module(module_id, {"is_published": published})


async def shift_module(work: UnitOfWork, person: Person, module_id: UUID, *, up: bool) -> UUID:
    """Returns the class."""
    card = await module(work, person, module_id)
    await work.content.shift_module(module_id, up=up)
    return card.in_class.id


async def delete_module(work: UnitOfWork, person: Person, module_id: UUID) -> ModuleCard:
    """Raises Refusal where something stands in it."""
    card = await module(work, person, module_id)
    if not await work.content.delete_module(module_id):
        raise Refusal("the module is not empty", "content.module_not_empty")
    return card


async def add_item(
    work: UnitOfWork, person: Person, module_id: UUID, kind: ContentType, text: str
) -> UUID:
    """A draft at the end of the module."""
    await module(work, person, module_id)
    made = await work.content.add_item(module_id, kind, read_title(text), person.id)
    if made is None:
        raise not_found()
    return made


async def item(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ItemSeen:
    """For those who teach; assistants look only."""
    card = await in_item(work, person, item_id, Need.ASSIST, now)
    return ItemSeen(card, await work.content.facts(item_id))


async def to_change(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime, *, lock: bool = False
) -> ItemCard:
    """`lock`: nobody else changes it until the transaction ends, and it is read only then, so that
    what is decided by it stays true."""
    if lock:
        await work.content.lock_item(item_id)
    return await in_item(work, person, item_id, Need.TEACH, now)


async def retitle(
    work: UnitOfWork, person: Person, item_id: UUID, text: str, now: datetime
) -> None:
    await to_change(work, person, item_id, now)
    await work.content.update_item(item_id, {"title": read_title(text)})


async def set_date(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    which: Which,
    instant: datetime | None,
    now: datetime,
) -> None:
    """None clears it. Raises Mistake where an item would be due before it opens, or already is."""
    card = await dated(work, person, item_id, which, now, lock=True)
    if which is Which.RELEASE:
        release, due = instant, card.item.due_date
        values = {"release_date": instant}
    else:
        release, due = card.item.release_date, instant
        values = {"due_date": instant}
        if instant is not None and instant <= now:
            raise Mistake("due in the past", "content.due_in_past")
    if release is not None and due is not None and due <= release:
        raise Mistake("due before it opens", "content.due_before_release")
    await work.content.update_item(item_id, values)
    if which is Which.DUE and card.item.content_type is ContentType.QUIZ:
        await work.quiz_sessions.follow_due_date(item_id, quizzes.OPEN_FOR)


async def dated(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    which: Which,
    now: datetime,
    *,
    lock: bool = False,
) -> ItemCard:
    """The item, if it has such a date. Raises Refusal."""
    card = await to_change(work, person, item_id, now, lock=lock)
    if card.item.content_type not in (DATED if which is Which.DUE else RELEASED):
        raise Refusal("an item without such a date", "common.stale_button")
    return card


async def publish(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ItemSeen:
    """Raises Refusal with what is in the way. Announcements are published by telling them."""
    seen = await ready(work, person, item_id, now)
    if seen.card.item.content_type is ContentType.ANNOUNCEMENT:
        raise Refusal("an announcement is published by telling it", "common.stale_button")
    await work.content.update_item(item_id, {"is_published": True})
    return replace(seen, card=_published(seen.card, published=True))


async def ready(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ItemSeen:
    """The item, if it can be published now. Raises Refusal with what is in the way."""
    card = await to_change(work, person, item_id, now, lock=True)
    facts = await work.content.facts(item_id)
    found = obstacle(card, facts, now)
    if found is not None:
        raise refused(card, found)
    return ItemSeen(card, facts)


def refused(card: ItemCard, found: Obstacle) -> Refusal:
    return Refusal(
        f"not to be published: {found}",
        "content.not_ready",
        {"obstacle": found, "item_id": str(card.item.id), "title": card.item.title},
    )


async def unpublish(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> None:
    """Students do not see it any more; what they handed in stays, and whoever was to be told of an
    announcement at a later hour is not."""
    await to_change(work, person, item_id, now)
    await work.content.update_item(item_id, {"is_published": False})
    await work.content.untell(item_id)


def _published(card: ItemCard, *, published: bool) -> ItemCard:
    return replace(card, item=replace(card.item, is_published=published))


async def shift(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime, *, up: bool
) -> None:
    await to_change(work, person, item_id, now)
    await work.content.shift_item(item_id, up=up)


async def move(
    work: UnitOfWork, person: Person, item_id: UUID, module_id: UUID, now: datetime
) -> None:
    """To the end of another module of the same class."""
    card = await to_change(work, person, item_id, now)
    target = await module(work, person, module_id)
    if target.in_class.id != card.in_class.id:
        raise not_found()
    if module_id != card.module.id and not await work.content.move_item(item_id, module_id):
        raise not_found()


async def delete(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> tuple[ItemCard, Sequence[str]]:
    """With the keys of its files, to be deleted once this is committed.

    Raises Refusal where a student has worked on it.
    """
    card = await to_change(work, person, item_id, now)
    await work.content.untell(item_id)
    keys = await work.content.delete_item(item_id)
    if keys is None:
        raise Refusal(
            "students have worked on it",
            "content.item_used",
            {"item_id": str(item_id), "title": card.item.title},
        )
    return card, keys
