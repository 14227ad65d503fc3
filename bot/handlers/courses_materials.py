"""Texts, files and announcements, and reading whatever stands in a module as students do.

item ──► text: content.text (a message) ──► item
     ├─ files: content.files (documents, pictures; each is kept at once) ──► item
     └─ announcement: publish? ──► told
"""

from functools import partial
from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_content import (
    local,
    of_step,
    place_of,
    show,
    with_page,
    with_word,
)
from bot.routes import read_id, routes, short
from bot.turn import Turn
from bot.typed_markdown import typed_markdown
from domain.courses import announcements, content, materials
from domain.courses.cards import Need
from domain.courses.content_records import ItemRead
from domain.errors import Fault

TEXT, FILES = "content.text", "content.files"
COUNTED = ("sent", "waiting", "muted", "blocked", "failed")


@routes.button("content.describe")
async def ask_text(turn: Turn) -> None:
    """`item`, or `item.more` to add to a material."""
    item_id, word = with_word(turn.argument)
    seen = await content.item(turn.work, turn.person, item_id, turn.now)
    card = await content.to_change(turn.work, turn.person, item_id, turn.now)
    turn.go(TEXT, item=short(item_id), more=word == "more")
    text = card.item.description if seen.facts.body is None else seen.facts.body
    turn.say("content.ask_text", edit=True, **place_of(card), more=word == "more", has=bool(text))


@routes.step(TEXT)
async def type_text(turn: Turn) -> None:
    if turn.update.message is None:
        raise Fault("a step without a message")
    item_id = of_step(turn, "item")
    written = typed_markdown(turn.update.message)
    more = turn.conversation.data.get("more") is True
    await materials.write(turn.work, turn.person, item_id, written, turn.now, more=more)
    turn.go(None)
    await show(turn, item_id, changed="text", edit=False)


@routes.button("content.clear")
async def clear(turn: Turn) -> None:
    leave_step(turn)
    item_id = read_id(turn.argument)
    await materials.clear(turn.work, turn.person, item_id, turn.now)
    await show(turn, item_id, changed="text")


@routes.button("content.files")
async def files(turn: Turn) -> None:
    """From here on, every file that is sent is kept with the material."""
    item_id = read_id(turn.argument)
    found = await materials.to_fill(turn.work, turn.person, item_id, turn.now)
    turn.go(FILES, item=short(item_id))
    _say_files(turn, found, edit=True)


def _say_files(turn: Turn, found: ItemRead, *, changed: str | None = None, edit: bool) -> None:
    turn.say(
        "content.files",
        edit=edit,
        **place_of(found.card),
        changed=changed,
        most=materials.FILES,
        files=_files(found),
    )


def _files(found: ItemRead) -> list[list[Any]]:
    return [[short(one.id), one.name, one.size] for one in found.files]


@routes.step(FILES)
async def typed_at_files(turn: Turn) -> None:
    found = await materials.to_fill(turn.work, turn.person, of_step(turn, "item"), turn.now)
    _say_files(turn, found, changed="typed", edit=False)


@routes.document(FILES)
async def receive_document(turn: Turn) -> None:
    await _receive(turn)


@routes.photo(FILES)
async def receive_photo(turn: Turn) -> None:
    await _receive(turn)


async def _receive(turn: Turn) -> None:
    """Fetched and put away while no transaction is open."""
    item_id = of_step(turn, "item")
    found = await materials.to_fill(turn.work, turn.person, item_id, turn.now)
    if len(found.files) >= materials.FILES:
        _say_files(turn, found, changed="full", edit=False)
        return
    sent, bytes_ = turn.attachment, turn.file(materials.FILE_BYTES)
    media_type = sent.media_type[:100]
    storage, class_id = turn.environment.storage, found.card.in_class.id
    storing = partial(materials.store, storage, class_id, bytes_, media_type)
    key = turn.outside("stored", storing)
    added = await materials.add_file(turn.work, found.card, key, sent.name, len(bytes_), media_type)
    if not added:
        turn.discard(key)
    found = await materials.to_fill(turn.work, turn.person, item_id, turn.now)
    _say_files(turn, found, changed="added" if added else "full", edit=False)


@routes.button("content.remove_file")
async def remove_file(turn: Turn) -> None:
    removed = await materials.remove_file(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.discard(removed.file.storage_key)
    item_id = removed.card.item.id
    found = await materials.to_fill(turn.work, turn.person, item_id, turn.now)
    _say_files(turn, found, changed="removed", edit=True)


@routes.button("content.open")
async def read(turn: Turn) -> None:
    """`item.page`: as a student has it before them."""
    leave_step(turn)
    item_id, number = with_page(turn.argument)
    await _read(turn, item_id, number)


async def _read(turn: Turn, item_id: UUID, number: int) -> None:
    found = await materials.read(turn.work, turn.person, item_id, turn.now)
    item = found.card.item
    turn.say(
        "content.open",
        edit=True,
        **place_of(found.card),
        staff=found.card.in_class.meets(Need.ASSIST),
        text=found.text,
        page=number,
        due=local(turn, item.due_date),
        year=turn.person.local(turn.now).year,
        problems=found.facts.problems,
        files=_files(found),
    )


@routes.button("content.file")
async def send_file(turn: Turn) -> None:
    found = await materials.file(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say(
        "content.file",
        title=found.card.item.title,
        name=found.file.name,
        key=found.file.storage_key,
    )


@routes.button("announcements.tell")
async def tell(turn: Turn) -> None:
    """Everybody at once; those in their quiet hours hear of it when these are over."""
    item_id = read_id(turn.argument)
    audience = await announcements.publish(turn.work, turn.person, item_id, turn.now)
    card = audience.card
    told = {**place_of(card), "text": card.item.description}
    await announcements.tell(turn.work, turn.environment.bot_id, audience, told, turn.now)
    turn.say("announcements.told", edit=True, **place_of(card), students=audience.reached)


@routes.button("announcements.delivery")
async def show_delivery(turn: Turn) -> None:
    """How the telling went up to now; pressed again, it is counted again in place."""
    leave_step(turn)
    item_id = read_id(turn.argument)
    card, report = await announcements.delivery(turn.work, turn.person, item_id, turn.now)
    turn.say(
        "announcements.delivery",
        edit=True,
        **place_of(card),
        counts={key: getattr(report, key) for key in COUNTED},
        quiet=report.quiet,
        told=report.told,
        at=turn.person.local(turn.now).strftime("%H:%M"),
    )
