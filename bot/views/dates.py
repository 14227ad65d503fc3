"""When something is, in ordinary words; and what is said of a date that could not be read."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
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


def when(written: str, today: str | None, tongue: Tongue) -> str:
    """ "Today at 9 pm", as a part of a sentence: an ISO instant on the reader's own clock.

    `today`: the reader's own day when they are told, as ISO; without it the day is named.
    """
    instant = datetime.fromisoformat(written)
    ahead = None if today is None else instant.date() - date.fromisoformat(today)
    if ahead == timedelta():
        return tongue.t("dates.today", at=_at(instant, tongue))
    if ahead == timedelta(days=1):
        return tongue.t("dates.tomorrow", at=_at(instant, tongue))
    day = tongue.date(instant.date(), "EEEE, d MMMM")
    return tongue.t("dates.on_day", day=day, at=_at(instant, tongue))


def _at(instant: datetime, tongue: Tongue) -> str:
    hour = tongue.number((instant.hour - 1) % 12 + 1)
    part = tongue.part_of_the_day(instant.hour)
    if instant.minute == 0:
        return tongue.t("dates.at_hour", hour=hour, part=part)
    minutes = tongue.digits(f"{instant.minute:02}")
    return tongue.t("dates.at_minutes", hour=hour, minutes=minutes, part=part)
