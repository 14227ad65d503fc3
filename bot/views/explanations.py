"""Errors in plain words, and what is said of code that cannot be read."""

from collections.abc import Mapping
from typing import Any

from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue


@view("submissions.source_empty")
def source_empty(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_empty"))


@view("submissions.source_not_text")
def source_not_text(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_not_text"))


@view("submissions.source_too_long")
def source_too_long(data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_too_long", limit=tongue.number(data["limit"])))
