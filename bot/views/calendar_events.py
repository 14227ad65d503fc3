"""An event of the calendar: its card, and what is asked before it changes."""

from collections.abc import Mapping
from typing import Any

from bot.routes import data as button_data
from bot.views.calendar import (
    ICONS,
    class_of,
    day_of_year,
    repeated,
    shown,
    span,
    to_agenda,
)
from bot.views.common import Keys, button
from bot.views.courses_content import moment
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

CHANGED: Keys = {
    "made": "calendar.made",
    "title": "calendar.changed_title",
    "time": "calendar.changed_time",
    "cancelled": "calendar.changed_cancelled",
    "restored": "calendar.changed_restored",
}
FAILURES: Keys = {
    "not_understood": "calendar.not_understood",
    "no_such": "calendar.no_such",
    "which_time": "calendar.which_time",
    "past": "calendar.past",
    "too_far": "calendar.too_far",
}


def to_event(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "calendar.event", data["event"]),)


@view("calendar.event")
def event(data: Data, tongue: Tongue) -> Message:
    changed = data["changed"]
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            _head(data, tongue),
            "\n".join(_state(data, tongue)),
        )
    )
    rows: Rows = _acts(data, tongue) if data["may_change"] else ()
    return Message(text, (*rows, to_agenda(tongue)))


def _head(data: Data, tongue: Tongue) -> str:
    if data["class_name"] is None:
        return tongue.t("calendar.event_head", icon=ICONS[data["kind"]], title=shown(data))
    return tongue.t(
        "calendar.meeting_head",
        icon=ICONS[data["kind"]],
        title=shown(data),
        name=class_of(data),
    )


def _state(data: Data, tongue: Tongue) -> list[str]:
    lines = [span(data, tongue)]
    if data["cancelled"]:
        lines.insert(0, tongue.t("calendar.is_cancelled"))
    if data["location"]:
        lines.append(tongue.t("calendar.at_place", place=shown(data, "location")))
    if data["until"] is not None:
        lines.append(repeated(data, tongue))
    named = [day_of_year(day, data["year"], tongue) for day in data["fallen_out"]]
    if named:
        lines.append(tongue.t("calendar.fallen_out", days="; ".join(named)))
    return lines


def _acts(data: Data, tongue: Tongue) -> Rows:
    id_ = data["event"]
    edits = (
        button(tongue, "button.edit_title", "calendar.retitle", id_),
        button(tongue, "button.event_time", "calendar.retime", id_),
    )
    delete = (button(tongue, "button.delete_event", "calendar.delete", id_),)
    if data["until"] is None:
        return (edits, delete)
    of_day = f"{id_}.{data['day']}"
    falls_out = (
        button(tongue, "button.event_restore", "calendar.restore", of_day)
        if data["cancelled"]
        else button(tongue, "button.event_cancel", "calendar.cancel", of_day)
    )
    return ((falls_out,), edits, delete)


@view("calendar.ask_new_title")
def ask_new_title(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("calendar.ask_new_title", title=shown(data))
    return Message(text, (to_event(data, tongue),))


@view("calendar.ask_new_time")
def ask_new_time(data: Data, tongue: Tongue) -> Message:
    text = tongue.t(
        "calendar.ask_new_time_weekly" if data["weekly"] else "calendar.ask_new_time",
        title=shown(data),
    )
    return Message(text, (to_event(data, tongue),))


@view("calendar.confirm_time")
def confirm_time(data: Data, tongue: Tongue) -> Message:
    """Each time that was meant, or may have been, is a button."""
    text = tongue.t(
        "calendar.confirm_time_weekly" if data["weekly"] else "calendar.confirm_time",
        title=shown(data),
    )
    rows = tuple(
        (
            Button(
                moment(one, data["year"], tongue),
                button_data("calendar.set_time", f"{data['event']}.{seconds}"),
            ),
        )
        for one, seconds in data["choices"]
    )
    return Message(text, (*rows, to_event(data, tongue)))


@view("calendar.ask_delete")
def ask_delete(data: Data, tongue: Tongue) -> Message:
    text = tongue.t(
        "calendar.ask_delete_weekly" if data["weekly"] else "calendar.ask_delete",
        title=shown(data),
    )
    sure = (button(tongue, "button.delete_event_now", "calendar.delete_now", data["event"]),)
    return Message(text, (sure, to_event(data, tongue)))


@view("calendar.deleted")
def deleted(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("calendar.deleted", title=shown(data)), (to_agenda(tongue),))


@view("calendar.unclear")
def unclear(data: Data, tongue: Tongue) -> Message:
    """Of a time in words that is none, or none of an event."""
    return Message(tongue.t(FAILURES[data["failure"]]))
