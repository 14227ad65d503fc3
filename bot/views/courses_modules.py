"""The modules of a class, for those who teach it: lists, cards, questions."""

from collections.abc import Mapping
from typing import Any

from bot.routes import data as button_data
from bot.views.common import LABEL_SHOWN, Keys, button, clip
from bot.views.courses import title as class_title
from bot.views.courses_content import (
    CHANGED,
    DRAFT,
    ICONS,
    excerpt,
    labelled,
    paged,
    shown,
    to_module,
)
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

NEW: Keys = {
    "material": "button.new_material",
    "announcement": "button.new_announcement",
    "assignment": "button.new_assignment",
    "quiz": "button.new_quiz",
}
ITEM_TITLES: Keys = {
    "material": "building.ask_material_title",
    "announcement": "building.ask_announcement_title",
    "assignment": "building.ask_assignment_title",
    "quiz": "building.ask_quiz_title",
}


@view("content.modules")
def modules(data: Data, tongue: Tongue) -> Message:
    """A class's modules, drafts among them."""
    rows: Rows = tuple((_module_line(*one, tongue=tongue),) for one in data["modules"])
    if data["may_edit"]:
        rows = (*rows, (button(tongue, "button.new_module", "content.new_module", data["class"]),))
    look = button(tongue, "button.as_student", "content.read", data["class"])
    back = button(tongue, "button.back", "courses.card", data["class"])
    rows = (*rows, *paged(data, tongue, "content.modules", data["class"]), (look, back))
    text = tongue.t(
        "building.modules" if data["modules"] else "building.no_modules", name=class_title(data)
    )
    return Message(text, rows)


def _module_line(module: str, title: str, items: int, published: bool, *, tongue: Tongue) -> Button:
    number = tongue.number(items)
    named = clip(title, LABEL_SHOWN - len(number) - 6)
    return Button(
        f"{'📂' if published else DRAFT} {named} · {number}", button_data("content.module", module)
    )


@view("content.ask_module")
def ask_module(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "content.modules", data["class"])
    return Message(tongue.t("building.ask_module", name=class_title(data)), ((back,),))


@view("content.module")
def module(data: Data, tongue: Tongue) -> Message:
    """A module with its items, and what can be done with it."""
    changed = data["changed"]
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            tongue.t("content.module_head", title=shown(data), name=class_title(data)),
            excerpt(data["text"]),
            tongue.t("building.module_open" if data["published"] else "building.module_draft"),
            "" if data["items"] else tongue.t("building.module_empty"),
        )
    )
    rows: Rows = tuple((_item_line(one, "content.item"),) for one in data["items"])
    rows = (*rows, *paged(data, tongue, "content.module", data["module"]))
    if data["may_edit"]:
        rows = (*rows, *_module_acts(data, tongue))
    back = button(tongue, "button.back", "content.modules", data["class"])
    return Message(text, (*rows, (back,)))


def _item_line(one: Data, route: str) -> Button:
    mark = ICONS[one["kind"]]
    if not one["published"]:
        mark = f"{DRAFT}{mark}"
    elif one["opens_later"]:
        mark = f"🕗{mark}"
    return labelled(mark, one["title"], route, one["item"])


def _module_acts(data: Data, tongue: Tongue) -> Rows:
    module_id = data["module"]
    publish = (
        button(tongue, "button.unpublish", "content.unpublish_module", module_id)
        if data["published"]
        else button(tongue, "button.publish", "content.publish_module", module_id)
    )
    return (
        (button(tongue, "button.add_item", "content.add", module_id), publish),
        (
            button(tongue, "button.edit_title", "content.retitle_module", module_id),
            button(tongue, "button.edit_text", "content.describe_module", module_id),
        ),
        (
            button(tongue, "button.raise", "content.raise_module", module_id),
            button(tongue, "button.lower", "content.lower_module", module_id),
            button(tongue, "button.delete_item", "content.delete_module", module_id),
        ),
    )


@view("content.ask_module_title")
def ask_module_title(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("building.ask_new_title", title=shown(data)), (to_module(data, tongue),)
    )


@view("content.ask_module_text")
def ask_module_text(data: Data, tongue: Tongue) -> Message:
    rows: Rows = (to_module(data, tongue),)
    if data["text"]:
        clear = button(tongue, "button.clear_text", "content.clear_module", data["module"])
        rows = ((clear,), *rows)
    return Message(tongue.t("building.ask_module_text", title=shown(data)), rows)


@view("content.ask_delete_module")
def ask_delete_module(data: Data, tongue: Tongue) -> Message:
    yes = button(tongue, "button.delete_now", "content.delete_module_now", data["module"])
    text = tongue.t("building.ask_delete", title=shown(data))
    return Message(text, ((yes,), to_module(data, tongue)))


@view("content.add")
def add(data: Data, tongue: Tongue) -> Message:
    kinds = tuple(
        (button(tongue, key, "content.new_item", f"{data['module']}.{kind}"),)
        for kind, key in NEW.items()
    )
    text = tongue.t("building.ask_kind", title=shown(data, "module_title"))
    return Message(text, (*kinds, to_module(data, tongue)))


@view("content.ask_item_title")
def ask_item_title(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t(ITEM_TITLES[data["kind"]]), (to_module(data, tongue),))


@view("content.module_not_empty")
def module_not_empty(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.module_not_empty"))


@view("content.module_hidden")
def module_hidden(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("content.module_hidden"))
