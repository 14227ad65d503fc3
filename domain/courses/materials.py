"""Texts and files that a class is given, and how a student reads whatever stands in it.

Every function works inside the caller's transaction and asks first who is asking.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.courses.access import in_item, not_found
from domain.courses.cards import ItemCard, Need
from domain.courses.content import (
    BODY_LENGTH,
    DESCRIPTION_LENGTH,
    HEAD_LENGTH,
    read_text,
    refused,
    to_change,
)
from domain.courses.content_records import ItemRead
from domain.courses.publishing import Obstacle
from domain.courses.records import ContentType, MaterialFile
from domain.errors import Refusal
from domain.people.records import Person
from domain.storage import Storage, class_key
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

FILES = 10
FILE_BYTES = 20 * 1000 * 1000
"""As much as Telegram hands to bots."""
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of a material, and whoever asked for it may have it."""

    card: ItemCard
    file: MaterialFile


async def read(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ItemRead:
    """As a student has it before them; teachers see theirs so too."""
    card = await in_item(work, person, item_id, Need.LEARN, now)
    facts = await work.content.facts(item_id)
    files = await work.content.files(item_id) if facts.files else ()
    return ItemRead(card, facts, files)


async def write(
    work: UnitOfWork, person: Person, item_id: UUID, text: str, now: datetime, *, more: bool = False
) -> None:
    """Sets an item's text; `more` adds to what a material has. Raises Mistake."""
    card = await to_change(work, person, item_id, now, lock=True)
    if card.item.content_type is not ContentType.MATERIAL:
        is_head = card.item.content_type is ContentType.ASSIGNMENT
        written = read_text(text, HEAD_LENGTH if is_head else DESCRIPTION_LENGTH)
        await work.content.update_item(item_id, {"description": written})
        return
    before = (await work.content.facts(item_id)).body if more else None
    whole = text if before is None else f"{before}\n\n{text}"
    await work.content.set_body(item_id, read_text(whole, BODY_LENGTH))


async def clear(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> None:
    """Takes an item's text away. Raises Refusal where students would find nothing left."""
    card = await to_change(work, person, item_id, now, lock=True)
    kind = card.item.content_type
    if kind is ContentType.MATERIAL:
        facts = await work.content.facts(item_id)
        if card.item.is_published and not facts.files:
            raise refused(card, Obstacle.EMPTY)
        await work.content.set_body(item_id, None)
        return
    if kind is ContentType.ANNOUNCEMENT and card.item.is_published:
        raise refused(card, Obstacle.EMPTY)
    await work.content.update_item(item_id, {"description": None})


async def to_fill(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> ItemRead:
    """The material with its files, for whoever may change them. Raises Refusal."""
    card = await to_change(work, person, item_id, now)
    if card.item.content_type is not ContentType.MATERIAL:
        raise Refusal("files of something that has none", "common.stale_button")
    facts = await work.content.facts(item_id)
    return ItemRead(card, facts, await work.content.files(item_id))


async def store(storage: Storage, class_id: UUID, content: bytes, media_type: str) -> str:
    """Puts a file away, under a key of its class's: it outlives its teacher's account."""
    key = class_key(class_id, "material")
    await storage.put(key, content, media_type)
    return key


async def add_file(
    work: UnitOfWork, card: ItemCard, key: str, name: str, size: int, media_type: str
) -> bool:
    """For a card that `to_fill` gave. False where there are enough files already."""
    kept = one_line(name).replace("/", "_").replace("\\", "_")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > NAME_LENGTH:
        kept = stem[: NAME_LENGTH - len(ending) - 1] + dot + ending if dot else kept
    return await work.content.add_file(
        card.item.id, key, kept[:NAME_LENGTH] or "file", size, media_type, FILES
    )


async def file(work: UnitOfWork, person: Person, file_id: UUID, now: datetime) -> FileRead:
    found = await work.content.file(file_id)
    if found is None:
        raise not_found()
    return FileRead(await in_item(work, person, found.material_id, Need.LEARN, now), found)


async def remove_file(work: UnitOfWork, person: Person, file_id: UUID, now: datetime) -> FileRead:
    """The object is to be deleted once this is committed. Raises Refusal, like `clear`."""
    found = await work.content.file(file_id)
    if found is None:
        raise not_found()
    card = await to_change(work, person, found.material_id, now, lock=True)
    item, facts = card.item, await work.content.facts(found.material_id)
    if item.is_published and not facts.body and facts.files == 1:
        raise refused(card, Obstacle.EMPTY)
    await work.content.remove_file(file_id)
    return FileRead(card, found)
