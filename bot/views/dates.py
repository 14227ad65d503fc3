"""What is said of a date that could not be read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.views.common import Keys
from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue

FAILURES: Keys = {
    "not_understood": "dates.not_understood",
    "no_such": "dates.no_such",
    "which_time": "dates.which_time",
    "past": "dates.past",
    "too_far": "dates.too_far",
}


@view("dates.unclear")
def unclear(data: Mapping[str, Any], tongue: Tongue) -> Message:
    if data["failure"] != "ambiguous":
        return Message(tongue.t(FAILURES[data["failure"]]))
    choices = (_choice(datetime.fromisoformat(one), tongue) for one in data["choices"])
    # The lines are texts of ours already, with tags.
    asked = tongue.plain("dates.ambiguous", choices="\n".join(choices))
    return Message(asked)


def _choice(local: datetime, tongue: Tongue) -> str:
    """The exact way to write it is read back as nothing else, unlike "12 am"."""
    moment = tongue.moment(local)
    return tongue.t("dates.choice", moment=moment, exact=tongue.digits(f"{local:%Y-%m-%d %H:%M}"))
