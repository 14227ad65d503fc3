"""The link by which a phone's calendar reads somebody's calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.views.calendar import to_agenda
from bot.views.common import button
from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]


@view("calendar.link")
def link(data: Data, tongue: Tongue) -> Message:
    """`made_on`: the ISO day of the link that works now, if there is one."""
    if data["made_on"] is None:
        make = button(tongue, "button.make_link", "calendar.new_link")
        return Message(tongue.t("calendar.no_link"), ((make,), to_agenda(tongue)))
    day = tongue.date(date.fromisoformat(data["made_on"]))
    renew = button(tongue, "button.renew_link", "calendar.new_link")
    drop = button(tongue, "button.drop_link", "calendar.drop_link")
    return Message(tongue.t("calendar.has_link", day=day), ((renew,), (drop,), to_agenda(tongue)))


@view("calendar.new_link")
def new_link(data: Data, tongue: Tongue) -> Message:
    """The one time that the link is shown; without buttons, for Telegram sends the message of a
    button that is pressed back to us, and updates are kept for a while."""
    return Message(tongue.t("calendar.new_link", url=data["url"]))
