"""The rules of assignments as their teachers put them together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.routes import data as button_data
from bot.routes import short
from bot.views.common import Keys, button, in_rows
from bot.views.courses_content import MODES, shown, to_item
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

MODE_BUTTONS: Keys = {
    "practice": "button.mode_practice",
    "homework": "button.mode_homework",
    "exam": "button.mode_exam",
}
LATE: Keys = {
    "none": "building.late_none",
    "refuse": "building.late_refuse",
    "penalty": "building.late_penalty",
}
LATE_BUTTONS: Keys = {
    "none": "button.late_none",
    "refuse": "button.late_refuse",
    "penalty": "button.late_penalty",
}
ASKED: Keys = {
    "attempts": "building.ask_attempts",
    "minutes": "building.ask_minutes",
    "percent": "building.ask_percent",
    "most": "building.ask_most",
    "grace": "building.ask_grace",
    "total": "building.ask_total",
}
CHANGE: Keys = {
    "attempts": "button.attempts_most",
    "minutes": "button.minutes",
    "percent": "button.percent",
    "most": "button.most",
    "grace": "button.grace",
    "total": "button.total",
}
WITHOUT: Keys = {"attempts": "button.any_attempts", "total": "button.total_of_problems"}
OF_LATENESS = frozenset({"percent", "most", "grace"})
TICKED = "✓"


@view("assignments.setup")
def setup(data: Data, tongue: Tongue) -> Message:
    """The rules of an assignment; a button for each that its mode knows."""
    item_id, mode = data["item"], data["mode"]
    text = tongue.join(
        (tongue.t("building.setup", title=shown(data)), "\n".join(_rules(data, tongue)))
    )
    modes = tuple(
        Button(
            f"{TICKED} {tongue.plain(key)}" if one == mode else tongue.plain(key),
            button_data("assignments.mode", f"{item_id}.{one}"),
        )
        for one, key in MODE_BUTTONS.items()
    )
    rows: Rows = (modes,)
    if mode == "exam":
        rows = (*rows, (_ask("minutes", data, tongue),))
    if mode == "homework":
        rows = (*rows, (button(tongue, "button.late", "assignments.late", item_id),))
    if mode != "practice":
        rows = (*rows, (_ask("attempts", data, tongue),))
    languages = button(tongue, "button.set_languages", "assignments.languages", item_id)
    total = _ask("total", data, tongue)
    return Message(text, (*rows, (languages, total), to_item(data, tongue)))


def _ask(field: str, data: Data, tongue: Tongue) -> Button:
    """The way to change a number."""
    argument = f"{data['item']}.{field}"
    return Button(tongue.plain(CHANGE[field]), button_data("assignments.ask", argument))


def _rules(data: Data, tongue: Tongue) -> list[str]:
    numbers, mode = data["numbers"], data["mode"]
    lines = [tongue.t(MODES[mode])]
    if mode == "exam":
        minutes = numbers["minutes"]
        lines.append(
            tongue.t("building.no_minutes")
            if minutes is None
            else tongue.tn("content.minutes", minutes)
        )
    if mode == "homework":
        lines.append(_late(data, tongue))
    if mode != "practice":
        attempts = numbers["attempts"]
        lines.append(
            tongue.t("building.any_attempts")
            if attempts is None
            else tongue.tn("building.attempts", attempts)
        )
    taken = [label for _, label, allowed in data["languages"] if allowed]
    lines.append(tongue.t("building.languages", languages=", ".join(taken)))
    points = tongue.number(float(data["worth"]))
    lines.append(tongue.tn("content.problems", data["problems"], points=points))
    if numbers["total"] is not None:
        lines.append(tongue.t("building.total", points=tongue.number(numbers["total"])))
    return lines


def _late(data: Data, tongue: Tongue) -> str:
    numbers = data["numbers"]
    said = tongue.t(
        LATE[data["late"]],
        percent=tongue.number(numbers["percent"]),
        most=tongue.number(numbers["most"]),
    )
    if not numbers["grace"]:
        return said
    return said + " " + tongue.tn("building.grace", numbers["grace"])


@view("assignments.late")
def late(data: Data, tongue: Tongue) -> Message:
    """What lateness costs: its kinds, and the numbers of a penalty."""
    item_id = data["item"]
    kinds: Rows = tuple(
        (
            Button(
                f"{TICKED} {tongue.plain(key)}" if kind == data["late"] else tongue.plain(key),
                button_data("assignments.late", f"{item_id}.{kind}"),
            ),
        )
        for kind, key in LATE_BUTTONS.items()
    )
    numbers: tuple[Button, ...] = (_ask("grace", data, tongue),)
    if data["late"] == "penalty":
        percent = _ask("percent", data, tongue)
        numbers = (percent, _ask("most", data, tongue), *numbers)
    text = tongue.join((tongue.t("building.ask_late", title=shown(data)), _late(data, tongue)))
    return Message(text, (*kinds, numbers, (_to_setup(data, tongue),)))


def _to_setup(data: Data, tongue: Tongue) -> Button:
    return button(tongue, "button.back", "assignments.setup", data["item"])


@view("assignments.languages")
def languages(data: Data, tongue: Tongue) -> Message:
    toggles = [
        Button(
            f"{TICKED} {label}" if allowed else label,
            button_data("assignments.languages", f"{data['item']}.{code}"),
        )
        for code, label, allowed in data["languages"]
    ]
    text = tongue.t("building.ask_languages", title=shown(data))
    return Message(text, (*in_rows(toggles, 2), (_to_setup(data, tongue),)))


@view("assignments.ask")
def ask(data: Data, tongue: Tongue) -> Message:
    """A number: common ones as buttons, any other typed."""
    field, item_id = data["field"], data["item"]
    choices = [
        Button(tongue.number(one), button_data("assignments.set", f"{item_id}.{field}.{one}"))
        for one in data["common"]
    ]
    rows = in_rows(choices, 4)
    if data["optional"]:
        none = button(tongue, WITHOUT[field], "assignments.set", f"{item_id}.{field}.none")
        rows = (*rows, (none,))
    back = _to_setup(data, tongue)
    if field in OF_LATENESS:
        back = button(tongue, "button.back", "assignments.late", item_id)
    text = tongue.join((tongue.t(ASKED[field], title=shown(data)), or_typed(data, tongue)))
    return Message(text, (*rows, (back,)))


def or_typed(data: Data, tongue: Tongue) -> str:
    return tongue.t(
        "building.or_typed", least=tongue.number(data["least"]), most=tongue.number(data["most"])
    )


@view("assignments.number_unusable")
def number_unusable(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t(
            "building.number_unusable",
            least=tongue.number(data["least"]),
            most=tongue.number(data["most"]),
        )
    )


@view("assignments.mode_stays")
def mode_stays(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "assignments.setup", short(UUID(data["item_id"])))
    return Message(tongue.t("building.mode_stays", title=shown(data)), ((back,),))
