"""Classes: what there is, and what one may do there."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import name
from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]


@view("courses.not_found")
def not_found(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("courses.not_found"))


@view("courses.archived")
def archived(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("courses.archived", name=name(data)))
