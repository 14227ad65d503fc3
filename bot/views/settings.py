"""/settings: what is set, a button for each setting, and its choices."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from bot.routes import data as button_data
from bot.views.common import CLASSES, LABEL_SHOWN, LANGUAGES, Keys, button, clip, in_rows, name
from bot.views.message import Button, Message
from bot.views.registry import view
from bot.views.settings_notices import hours
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

OFF = "off"
SETTINGS: Keys = {
    "language": "button.set_language",
    "name": "button.set_name",
    "class": "button.set_class",
    "timezone": "button.set_timezone",
    "low_data": "button.set_low_data",
}
CHANGED: Keys = {
    "language": "settings.changed_language",
    "name": "settings.changed_name",
    "class": "settings.changed_class",
    "timezone": "settings.changed_timezone",
    "low_data": "settings.changed_low_data",
}
EXPLAINED: Keys = {
    "language": "settings.explain_language",
    "class": "settings.explain_class",
    "low_data": "settings.explain_low_data",
}
ZONES: Keys = {
    "Asia/Dhaka": "zone.dhaka",
    "Asia/Kolkata": "zone.kolkata",
    "Asia/Dubai": "zone.dubai",
    "Asia/Riyadh": "zone.riyadh",
    "Asia/Kuala_Lumpur": "zone.kuala_lumpur",
    "Europe/London": "zone.london",
    "America/New_York": "zone.new_york",
    "Australia/Sydney": "zone.sydney",
}


@view("settings.menu")
def menu(data: Data, tongue: Tongue) -> Message:
    grade, reminder, quiet = data["grade"], data["reminder"], data["quiet"]
    nothing = tongue.t("settings.none")
    text = tongue.t(
        "settings.menu",
        name=name(data),
        language=tongue.t(LANGUAGES[tongue.language]),
        grade=nothing if grade is None else tongue.t(CLASSES[str(grade)]),
        timezone=_zone(data["timezone"], tongue),
        reminder=nothing if reminder is None else tongue.clock(time.fromisoformat(reminder)),
        quiet=nothing if quiet is None else hours(quiet, tongue),
        low_data=tongue.t(
            "settings.without_pictures" if data["low_data"] else "settings.with_pictures"
        ),
    )
    changed = CHANGED.get(data["changed"] or "")
    buttons = [
        *(button(tongue, key, "settings.choose", one) for one, key in SETTINGS.items()),
        button(tongue, "button.set_notices", "settings.notices"),
    ]
    return Message(
        tongue.join(("" if changed is None else tongue.t(changed), text)), in_rows(buttons, 2)
    )


@view("settings.choices")
def choices(data: Data, tongue: Tongue) -> Message:
    setting = data["setting"]
    label, width = LABELS[setting]
    options = [
        Button(label(option, tongue), button_data("settings.set", f"{setting}.{option}"))
        for option in data["options"]
    ]
    back = button(tongue, "button.all_settings", "settings.menu")
    return Message(tongue.t(EXPLAINED[setting]), (*in_rows(options, width), (back,)))


def _language(option: str, tongue: Tongue) -> str:
    return tongue.t(LANGUAGES[option])


def _class(option: str, tongue: Tongue) -> str:
    return tongue.t(CLASSES[option])


def _low_data(option: str, tongue: Tongue) -> str:
    return tongue.t("button.with_pictures" if option == OFF else "button.without_pictures")


# How an option of each setting reads on its button, and how many stand in a row.
LABELS: dict[str, tuple[Callable[[str, Tongue], str], int]] = {
    "language": (_language, 2),
    "class": (_class, 3),
    "low_data": (_low_data, 1),
}


def _zone(zone: str, tongue: Tongue) -> str:
    """A zone's place in the person's language; zones that are not on offer by their own name."""
    known = ZONES.get(zone)
    return clip(zone, LABEL_SHOWN) if known is None else tongue.t(known)


@view("settings.ask_name")
def ask_name(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("settings.ask_name", name=name(data)))


@view("settings.ask_timezone")
def ask_timezone(data: Data, tongue: Tongue) -> Message:
    zones = [
        Button(_zone(zone, tongue), button_data("settings.zone", zone)) for zone in data["zones"]
    ]
    return Message(tongue.t("settings.ask_timezone"), in_rows(zones, 2))


@view("settings.timezone_unknown")
def timezone_unknown(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("settings.timezone_unknown"))
