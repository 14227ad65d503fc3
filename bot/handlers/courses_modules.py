"""The modules of a class, as those who teach it have them before them.

class ──► modules ──► module ──► its items (see courses_content)
             │           ├─ title: content.module_title, text: content.module_text ──► module
             │           ├─ publish, unpublish, up, down ──► module
             │           └─ delete? ──► modules
             └─ new: content.module_new (a title) ──► module
"""

from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_content import local, of_step, with_page
from bot.routes import read_id, routes, short
from bot.turn import Turn
from bot.typed_markdown import typed_markdown
from domain.courses import content
from domain.courses.cards import ClassCard, ModuleCard, Need
from domain.courses.content_records import ItemLine
from domain.errors import Fault

MODULE_NEW, MODULE_TITLE = "content.module_new", "content.module_title"
MODULE_TEXT = "content.module_text"


@routes.button("content.modules")
async def list_(turn: Turn) -> None:
    """`class.page`; whoever learns in the class is shown what students see."""
    leave_step(turn)
    class_id, number = with_page(turn.argument)
    await show_modules(turn, class_id, number, staff=None)


@routes.button("content.read")
async def read(turn: Turn) -> None:
    """`class.page`, as students see it, whoever looks."""
    leave_step(turn)
    class_id, number = with_page(turn.argument)
    await show_modules(turn, class_id, number, staff=False)


async def show_modules(
    turn: Turn, class_id: UUID, number: int, *, staff: bool | None, edit: bool = True
) -> None:
    page = await content.modules(turn.work, turn.person, class_id, number, turn.now, staff=staff)
    turn.say(
        "content.modules" if page.staff else "content.read",
        edit=edit,
        **_class(page.card),
        page=page.number,
        more=page.more,
        modules=[[short(one.id), one.title, one.items, one.is_published] for one in page.lines],
    )


def _class(card: ClassCard) -> dict[str, Any]:
    return {
        "class": short(card.id),
        "name": card.name,
        "archived": card.is_archived,
        "staff": card.meets(Need.ASSIST),
        "may_edit": card.teaches,
    }


@routes.button("content.new_module")
async def ask_new(turn: Turn) -> None:
    card = await content.may_add_module(turn.work, turn.person, read_id(turn.argument))
    turn.go(MODULE_NEW, **{"class": short(card.id)})
    turn.say("content.ask_module", edit=True, **_class(card))


@routes.step(MODULE_NEW)
async def type_new(turn: Turn) -> None:
    class_id = of_step(turn, "class")
    made = await content.add_module(turn.work, turn.person, class_id, turn.text)
    turn.go(None)
    await show_module(turn, made, changed="made", edit=False)


@routes.button("content.module")
async def look(turn: Turn) -> None:
    """`module.page`"""
    leave_step(turn)
    module_id, number = with_page(turn.argument)
    await show_module(turn, module_id, number)


async def show_module(
    turn: Turn,
    module_id: UUID,
    number: int = 0,
    *,
    changed: str | None = None,
    edit: bool = True,
) -> None:
    """The module's card, and what was just done to it."""
    page = await content.items(turn.work, turn.person, module_id, number, turn.now, staff=True)
    turn.say(
        "content.module",
        edit=edit,
        changed=changed,
        **described(page.card),
        page=page.number,
        more=page.more,
        items=[line_of(turn, one) for one in page.lines],
    )


def described(card: ModuleCard) -> dict[str, Any]:
    return {
        **_class(card.in_class),
        "module": short(card.module.id),
        "title": card.module.title,
        "text": card.module.description,
        "published": card.module.is_published,
    }


def line_of(turn: Turn, one: ItemLine) -> dict[str, Any]:
    return {
        "item": short(one.id),
        "kind": one.content_type,
        "title": one.title,
        "published": one.is_published,
        "opens_later": one.release_date is not None and one.release_date > turn.now,
        "due": local(turn, one.due_date),
    }


@routes.button("content.read_module")
async def read_module(turn: Turn) -> None:
    """`module.page`, as students see it, whoever looks."""
    leave_step(turn)
    module_id, number = with_page(turn.argument)
    page = await content.items(turn.work, turn.person, module_id, number, turn.now, staff=False)
    turn.say(
        "content.read_module",
        edit=True,
        **described(page.card),
        page=page.number,
        more=page.more,
        items=[line_of(turn, one) for one in page.lines],
    )


@routes.button("content.retitle_module")
async def ask_title(turn: Turn) -> None:
    card = await content.module(turn.work, turn.person, read_id(turn.argument))
    turn.go(MODULE_TITLE, module=short(card.module.id))
    turn.say("content.ask_module_title", edit=True, **described(card))


@routes.step(MODULE_TITLE)
async def type_title(turn: Turn) -> None:
    module_id = of_step(turn, "module")
    await content.retitle_module(turn.work, turn.person, module_id, turn.text)
    turn.go(None)
    await show_module(turn, module_id, changed="title", edit=False)


@routes.button("content.describe_module")
async def ask_text(turn: Turn) -> None:
    card = await content.module(turn.work, turn.person, read_id(turn.argument))
    turn.go(MODULE_TEXT, module=short(card.module.id))
    turn.say("content.ask_module_text", edit=True, **described(card))


@routes.step(MODULE_TEXT)
async def type_text(turn: Turn) -> None:
    if turn.update.message is None:
        raise Fault("a step without a message")
    module_id = of_step(turn, "module")
    written = typed_markdown(turn.update.message)
    await content.describe_module(turn.work, turn.person, module_id, written)
    turn.go(None)
    await show_module(turn, module_id, changed="text", edit=False)


@routes.button("content.clear_module")
async def clear_text(turn: Turn) -> None:
    leave_step(turn)
    module_id = read_id(turn.argument)
    await content.describe_module(turn.work, turn.person, module_id, None)
    await show_module(turn, module_id, changed="text")


@routes.button("content.publish_module")
async def publish(turn: Turn) -> None:
    await _publish(turn, published=True)


@routes.button("content.unpublish_module")
async def unpublish(turn: Turn) -> None:
    await _publish(turn, published=False)


async def _publish(turn: Turn, *, published: bool) -> None:
    leave_step(turn)
    module_id = read_id(turn.argument)
    await content.publish_module(turn.work, turn.person, module_id, published=published)
    await show_module(turn, module_id, changed="published" if published else "unpublished")


@routes.button("content.raise_module")
async def raise_(turn: Turn) -> None:
    await _shift(turn, up=True)


@routes.button("content.lower_module")
async def lower(turn: Turn) -> None:
    await _shift(turn, up=False)


async def _shift(turn: Turn, *, up: bool) -> None:
    module_id = read_id(turn.argument)
    await content.shift_module(turn.work, turn.person, module_id, up=up)
    turn.toast = ("content.shifted", {})
    await show_module(turn, module_id)


@routes.button("content.delete_module")
async def ask_delete(turn: Turn) -> None:
    card = await content.module(turn.work, turn.person, read_id(turn.argument))
    turn.say("content.ask_delete_module", edit=True, **described(card))


@routes.button("content.delete_module_now")
async def delete(turn: Turn) -> None:
    leave_step(turn)
    module_id = read_id(turn.argument)
    card = await content.delete_module(turn.work, turn.person, module_id)
    await show_modules(turn, card.in_class.id, 0, staff=True)
