"""Holidays, for admins: the list, and what is asked before one is added or taken away."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.routes import data as button_data
from bot.views.common import LABEL_SHOWN, NAME_SHOWN, Keys, button, clip, lines
from bot.views.courses import pages
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

CHANGED: Keys = {"kept": "holidays.kept", "removed": "holidays.removed"}
WRONG: Keys = {
    "not_understood": "holidays.not_understood",
    "past": "holidays.past",
    "no_name": "holidays.no_name",
    "name_too_long": "holidays.name_too_long",
    "too_many_days": "holidays.too_many_days",
}


@view("holidays.list")
def list_(data: Data, tongue: Tongue) -> Message:
    """What is coming; each is a button that leads to taking it away."""
    changed, found = data["changed"], data["holidays"]
    listed = lines(_line(one, tongue) for one in found)
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            tongue.t("holidays.list"),
            listed or tongue.t("holidays.none"),
        )
    )
    rows: Rows = tuple((_remove(one, tongue),) for one in found)
    add = (button(tongue, "button.add_holiday", "holidays.add"),)
    return Message(text, (*rows, *pages(data, tongue, "holidays.list"), add))


def _line(one: Sequence[str], tongue: Tongue) -> str:
    return tongue.t("holidays.line", days=_days(one, tongue), name=_name(one))


def _name(one: Sequence[str]) -> str:
    return clip(one[2], NAME_SHOWN)


def _days(one: Sequence[str], tongue: Tongue) -> str:
    """A day of the week with a day alone; from and to without."""
    first, last = (date.fromisoformat(day) for day in one[:2])
    if first == last:
        return tongue.date(first, "EEEE, d MMMM y")
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{tongue.date(first, pattern)} – {tongue.date(last, 'd MMMM y')}"


def _remove(one: Sequence[str], tongue: Tongue) -> Button:
    first = tongue.date(date.fromisoformat(one[0]))
    label = clip(f"🗑 {first}: {one[2]}", LABEL_SHOWN)
    return Button(label, button_data("holidays.remove", _argument(one)))


def _argument(one: Sequence[str]) -> str:
    return f"{one[0]}.{one[1]}"


@view("holidays.ask")
def ask(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("holidays.ask"), (_back(tongue),))


def _back(tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "holidays.list", 0),)


@view("holidays.confirm")
def confirm(data: Data, tongue: Tongue) -> Message:
    one = data["holiday"]
    text = tongue.tn("holidays.confirm", data["days"], name=_name(one), when=_days(one, tongue))
    yes = button(tongue, "button.keep_holiday", "holidays.keep", _argument(one))
    return Message(text, ((yes,), _back(tongue)))


@view("holidays.ask_remove")
def ask_remove(data: Data, tongue: Tongue) -> Message:
    one = data["holiday"]
    text = tongue.tn("holidays.ask_remove", data["days"], name=_name(one), when=_days(one, tongue))
    yes = button(tongue, "button.remove_holiday", "holidays.remove_now", _argument(one))
    return Message(text, ((yes,), _back(tongue)))


@view("holidays.unclear")
def unclear(data: Data, tongue: Tongue) -> Message:
    why = data["why"]
    limit = tongue.number(data["name" if why == "name_too_long" else "days"])
    return Message(tongue.t(WRONG[why], limit=limit))


@view("holidays.gone")
def gone(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("holidays.gone"), (_back(tongue),))
