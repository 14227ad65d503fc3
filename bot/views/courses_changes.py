"""What is asked before an item is changed, and why it cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.routes import data as button_data
from bot.routes import short
from bot.views.common import Keys, button
from bot.views.courses_content import labelled, moment, paged, shown, to_item, to_module
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

OBSTACLES: Keys = {
    "empty": "building.lacks_content",
    "no_problems": "building.lacks_problems",
    "no_questions": "building.lacks_questions",
    "no_time_limit": "building.lacks_time_limit",
    "due_in_past": "building.due_has_passed",
    "module_hidden": "building.module_is_draft",
    "class_archived": "building.class_is_archived",
}
ASK_DATE: Keys = {"r": "building.ask_release", "d": "building.ask_due"}
CLEAR_DATE: Keys = {"r": "button.no_release", "d": "button.no_due"}


@view("content.ask_title")
def ask_title(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.ask_new_title", title=shown(data)), (to_item(data, tongue),))


@view("content.ask_date")
def ask_date(data: Data, tongue: Tongue) -> Message:
    rows: Rows = (to_item(data, tongue),)
    now = ""
    if data["set"] is not None:
        now = tongue.t("building.date_now", time=moment(data["set"], data["year"], tongue))
        argument = f"{data['item']}.{data['which']}"
        clear = button(tongue, CLEAR_DATE[data["which"]], "content.set_date", argument)
        rows = ((clear,), *rows)
    text = tongue.join(
        (
            tongue.t(ASK_DATE[data["which"]], title=shown(data)),
            now,
            tongue.t("building.date_examples"),
        )
    )
    return Message(text, rows)


@view("content.confirm_date")
def confirm_date(data: Data, tongue: Tongue) -> Message:
    """The instant that was understood, or those that may be meant."""
    choices: Sequence[tuple[str, int]] = data["choices"]
    place = f"{data['item']}.{data['which']}"
    other = (button(tongue, "button.another_date", "content.dates", place),)
    if len(choices) == 1:
        [(written, seconds)] = choices
        yes = button(tongue, "button.date_yes", "content.set_date", f"{place}.{seconds}")
        time = moment(written, data["year"], tongue)
        return Message(tongue.t("building.confirm_date", time=time), ((yes,), other))
    rows = tuple(
        (
            Button(
                moment(written, data["year"], tongue),
                button_data("content.set_date", f"{place}.{seconds}"),
            ),
        )
        for written, seconds in choices
    )
    return Message(tongue.t("building.date_ambiguous"), (*rows, other))


@view("content.move")
def move(data: Data, tongue: Tongue) -> Message:
    rows: Rows = tuple(
        (labelled("📂", title, "content.move_to", f"{data['item']}.{module_id}"),)
        for module_id, title in data["modules"]
    )
    rows = (*rows, *paged(data, tongue, "content.move", data["item"]), to_item(data, tongue))
    text = tongue.t(
        "building.ask_move" if data["modules"] else "building.no_other_module", title=shown(data)
    )
    return Message(text, rows)


@view("content.ask_delete")
def ask_delete(data: Data, tongue: Tongue) -> Message:
    yes = button(tongue, "button.delete_now", "content.delete_now", data["item"])
    text = tongue.t("building.ask_delete", title=shown(data))
    return Message(text, ((yes,), to_item(data, tongue)))


@view("content.deleted")
def deleted(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.deleted", title=shown(data)), (to_module(data, tongue),))


@view("content.not_ready")
def not_ready(data: Data, tongue: Tongue) -> Message:
    """What is to be done before students may see it."""
    back = {"item": short(UUID(data["item_id"]))}
    text = tongue.t(OBSTACLES[data["obstacle"]], title=shown(data))
    return Message(text, (to_item(back, tongue),))


@view("content.item_used")
def item_used(data: Data, tongue: Tongue) -> Message:
    item_id = short(UUID(data["item_id"]))
    unpublish = button(tongue, "button.unpublish", "content.unpublish", item_id)
    text = tongue.t("building.item_used", title=shown(data))
    return Message(text, ((unpublish,), to_item({"item": item_id}, tongue)))


@view("content.title_unusable")
def title_unusable(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.title_unusable"))


@view("content.text_unusable")
def text_unusable(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.text_unusable", limit=tongue.number(data["limit"])))


@view("content.due_in_past")
def due_in_past(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.date_past"))


@view("content.due_before_release")
def due_before_release(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.due_before_release"))
