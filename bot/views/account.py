"""A person's own data: what is kept, taking it away, having it erased."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import button
from bot.views.message import File, Message
from bot.views.registry import view
from bot.views.tongue import Tongue
from domain.people.account import CONFIRMED

Data = Mapping[str, Any]

GO_ON, KEEP = "again", "keep"


@view("account.privacy")
def privacy(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("account.privacy"))


@view("account.export")
def export(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("account.export"), file=File(f"dars-{data['day']}.json", key=data["key"])
    )


@view("account.erase_explained")
def erase_explained(_data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("account.erase_explained"),
        (
            (button(tongue, "button.keep", "account.erase", KEEP),),
            (
                button(tongue, "button.export", "account.export"),
                button(tongue, "button.erase", "account.erase", GO_ON),
            ),
        ),
    )


@view("account.erase_again")
def erase_again(_data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("account.erase_again"),
        (
            (button(tongue, "button.keep", "account.erase", KEEP),),
            (button(tongue, "button.erase_all", "account.erase", CONFIRMED),),
        ),
    )


@view("account.kept")
def kept(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("account.kept"))


@view("account.erased")
def erased(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("account.erased"))
