"""What stands in a module: making it, its card, its dates, publishing, ordering, deleting.

module ──► new item: content.item_new (a title) ──► item ◄─────────────────────────────┐
item ──► title: content.title ──► item                                                  │
     ├─ date: content.date (words) ──► "Friday, 27 November, 11:59 pm?" ──► yes ────────┤
     ├─ publish, unpublish, up, down, to another module ────────────────────────────────┘
     └─ delete? ──► module
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step, page_number
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import announcements, content
from domain.courses.cards import ItemCard
from domain.courses.content import Which
from domain.courses.content_records import ItemSeen
from domain.courses.dates import read_instant
from domain.courses.records import ContentType
from domain.errors import Refusal

ITEM_NEW, TITLE, DATE = "content.item_new", "content.title", "content.date"


def with_page(argument: str) -> tuple[UUID, int]:
    """`id` or `id.page`, pages from zero."""
    written, _, page = argument.partition(".")
    return read_id(written), page_number(page)


def with_word(argument: str) -> tuple[UUID, str]:
    """`id.word`"""
    written, _, word = argument.partition(".")
    return read_id(written), word


def with_id(argument: str) -> tuple[UUID, UUID]:
    """`id.id`"""
    one, _, other = argument.partition(".")
    return read_id(one), read_id(other)


def of_step(turn: Turn, key: str) -> UUID:
    """What is being typed about."""
    return read_id(str(turn.conversation.data.get(key, "")))


def kind_of(word: str) -> ContentType:
    """Raises Refusal."""
    if word not in set(ContentType):
        raise Refusal("no such kind of item", "common.stale_button")
    return ContentType(word)


def which_of(word: str) -> Which:
    """Raises Refusal."""
    if word not in set(Which):
        raise Refusal("no such date", "common.stale_button")
    return Which(word)


@routes.button("content.add")
async def choose_kind(turn: Turn) -> None:
    leave_step(turn)
    card = await content.module(turn.work, turn.person, read_id(turn.argument))
    turn.say("content.add", edit=True, module=short(card.module.id), module_title=card.module.title)


@routes.button("content.new_item")
async def ask_item_title(turn: Turn) -> None:
    """`module.kind`"""
    module_id, word = with_word(turn.argument)
    kind = kind_of(word)
    card = await content.module(turn.work, turn.person, module_id)
    turn.go(ITEM_NEW, module=short(module_id), kind=kind)
    turn.say("content.ask_item_title", edit=True, module=short(card.module.id), kind=kind)


@routes.step(ITEM_NEW)
async def type_item_title(turn: Turn) -> None:
    kind = kind_of(str(turn.conversation.data.get("kind", "")))
    module_id = of_step(turn, "module")
    made = await content.add_item(turn.work, turn.person, module_id, kind, turn.text)
    turn.go(None)
    await show(turn, made, changed="made", edit=False)


@routes.button("content.item")
async def look(turn: Turn) -> None:
    leave_step(turn)
    await show(turn, read_id(turn.argument))


async def show(turn: Turn, item_id: UUID, *, changed: str | None = None, edit: bool = True) -> None:
    """The item's card, and what was just done to it."""
    seen = await content.item(turn.work, turn.person, item_id, turn.now)
    turn.say("content.item", edit=edit, changed=changed, **described(turn, seen))


def place_of(card: ItemCard) -> dict[str, Any]:
    """What every message about an item names, and what its buttons lead back to."""
    return {
        "item": short(card.item.id),
        "module": short(card.module.id),
        "class": short(card.in_class.id),
        "kind": card.item.content_type,
        "title": card.item.title,
        "module_title": card.module.title,
        "class_name": card.in_class.name,
    }


def described(turn: Turn, seen: ItemSeen) -> dict[str, Any]:
    card, facts = seen.card, seen.facts
    item, assignment = card.item, facts.assignment
    return {
        **place_of(card),
        "may_edit": card.in_class.teaches,
        "text": item.description if facts.body is None else facts.body,
        "published": item.is_published,
        "module_published": card.module.is_published,
        "release": local(turn, item.release_date),
        "opens_later": item.release_date is not None and item.release_date > turn.now,
        "due": local(turn, item.due_date),
        "over": item.due_date is not None and item.due_date <= turn.now,
        "year": turn.person.local(turn.now).year,
        "files": facts.files,
        "problems": facts.problems,
        "worth": str(facts.worth),
        "mode": None if assignment is None else assignment.mode,
        "minutes": None if assignment is None else assignment.config.time_limit_mins,
    }


def local(turn: Turn, instant: datetime | None) -> str | None:
    return None if instant is None else turn.person.local(instant).isoformat()


@routes.button("content.retitle")
async def ask_title(turn: Turn) -> None:
    card = await content.to_change(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.go(TITLE, item=short(card.item.id))
    turn.say("content.ask_title", edit=True, **place_of(card))


@routes.step(TITLE)
async def type_title(turn: Turn) -> None:
    item_id = of_step(turn, "item")
    await content.retitle(turn.work, turn.person, item_id, turn.text, turn.now)
    turn.go(None)
    await show(turn, item_id, changed="title", edit=False)


@routes.button("content.dates")
async def ask_date(turn: Turn) -> None:
    """`item.which`"""
    item_id, word = with_word(turn.argument)
    which = which_of(word)
    card = await content.dated(turn.work, turn.person, item_id, which, turn.now)
    turn.go(DATE, item=short(item_id), which=which)
    now = card.item.due_date if which is Which.DUE else card.item.release_date
    turn.say("content.ask_date", edit=True, **_dated(turn, card, which), set=local(turn, now))


def _dated(turn: Turn, card: ItemCard, which: Which) -> dict[str, Any]:
    return {**place_of(card), "which": which, "year": turn.person.local(turn.now).year}


@routes.step(DATE)
async def type_date(turn: Turn) -> None:
    """Whatever was understood is said back before it counts."""
    which = which_of(str(turn.conversation.data.get("which", "")))
    card = await content.dated(turn.work, turn.person, of_step(turn, "item"), which, turn.now)
    reading = read_instant(turn.text, turn.now, turn.person.timezone)
    found = reading.choices if reading.instant is None else (reading.instant,)
    choices = [[local(turn, one), int(one.timestamp())] for one in found]
    if choices:
        turn.say("content.confirm_date", **_dated(turn, card, which), choices=choices)
    else:
        turn.say("dates.unclear", failure=reading.failure, choices=[])


@routes.button("content.set_date")
async def set_date(turn: Turn) -> None:
    """`item.which.seconds`, UTC seconds since 1970; without them the date is cleared."""
    item_id, rest = with_word(turn.argument)
    word, _, seconds = rest.partition(".")
    instant = None
    if seconds:
        if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 11):
            raise Refusal("no instant", "common.stale_button")
        instant = datetime.fromtimestamp(int(seconds), UTC)
    which = which_of(word)
    await content.set_date(turn.work, turn.person, item_id, which, instant, turn.now)
    leave_step(turn)
    await show(turn, item_id, changed="date" if instant else "date_cleared")


@routes.button("content.publish")
async def publish(turn: Turn) -> None:
    """An announcement is asked about once more: it cannot be taken back from who was told."""
    leave_step(turn)
    item_id = read_id(turn.argument)
    card = await content.to_change(turn.work, turn.person, item_id, turn.now)
    if card.item.content_type is ContentType.ANNOUNCEMENT:
        audience = await announcements.prepare(turn.work, turn.person, item_id, turn.now)
        turn.say(
            "announcements.ask",
            edit=True,
            **place_of(card),
            text=card.item.description,
            students=audience.reached,
        )
        return
    await content.publish(turn.work, turn.person, item_id, turn.now)
    await show(turn, item_id, changed="published")


@routes.button("content.unpublish")
async def unpublish(turn: Turn) -> None:
    leave_step(turn)
    item_id = read_id(turn.argument)
    await content.unpublish(turn.work, turn.person, item_id, turn.now)
    await show(turn, item_id, changed="unpublished")


@routes.button("content.raise")
async def raise_(turn: Turn) -> None:
    await _shift(turn, up=True)


@routes.button("content.lower")
async def lower(turn: Turn) -> None:
    await _shift(turn, up=False)


async def _shift(turn: Turn, *, up: bool) -> None:
    item_id = read_id(turn.argument)
    await content.shift(turn.work, turn.person, item_id, turn.now, up=up)
    turn.toast = ("content.shifted", {})
    await show(turn, item_id)


@routes.button("content.move")
async def ask_module(turn: Turn) -> None:
    """`item.page`"""
    item_id, number = with_page(turn.argument)
    card = await content.to_change(turn.work, turn.person, item_id, turn.now)
    class_id = card.in_class.id
    page = await content.modules(turn.work, turn.person, class_id, number, turn.now, staff=True)
    turn.say(
        "content.move",
        edit=True,
        **place_of(card),
        page=page.number,
        more=page.more,
        modules=[[short(one.id), one.title] for one in page.lines if one.id != card.module.id],
    )


@routes.button("content.move_to")
async def move(turn: Turn) -> None:
    """`item.module`"""
    item_id, module_id = with_id(turn.argument)
    await content.move(turn.work, turn.person, item_id, module_id, turn.now)
    await show(turn, item_id, changed="moved")


@routes.button("content.delete")
async def ask_delete(turn: Turn) -> None:
    card = await content.to_change(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say("content.ask_delete", edit=True, **place_of(card))


@routes.button("content.delete_now")
async def delete(turn: Turn) -> None:
    leave_step(turn)
    item_id = read_id(turn.argument)
    card, keys = await content.delete(turn.work, turn.person, item_id, turn.now)
    turn.discard(*keys)
    turn.say("content.deleted", edit=True, **place_of(card))
