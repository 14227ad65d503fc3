"""The page of what the bot may say unasked and when, and the choices of hours."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.routes import data as button_data
from bot.views.common import Keys, button, in_rows
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

OFF = "off"
ON_MARK, OFF_MARK = "✅", "🔕"
KINDS: Keys = {
    "work_opened": "button.notice_work_opened",
    "due_soon": "button.notice_due_soon",
    "announcement": "button.notice_announcement",
    "grade_posted": "button.notice_grade_posted",
    "streak_at_risk": "button.notice_streak_at_risk",
}
CHANGED: Keys = {
    "reminder": "settings.changed_reminder",
    "quiet": "settings.changed_quiet",
    "resumed": "settings.changed_resumed",
}
ASKED: Keys = {"reminder": "settings.ask_reminder", "quiet": "settings.ask_quiet"}


@view("settings.notices")
def notices(data: Data, tongue: Tongue) -> Message:
    """What is told and when; each kind is a button that turns it off or on."""
    changed, paused = data["changed"], data["paused"]
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            tongue.t(
                "settings.notices",
                reminder=_reminder(data["reminder"], tongue),
                quiet=_quiet(data["quiet"], tongue),
            ),
            "" if data["heard"] else tongue.t("settings.reminder_not_heard"),
            "" if paused is None else tongue.t("settings.paused", day=_day(paused, tongue)),
        )
    )
    kinds = [_kind(kind, tongue, wanted=wanted) for kind, wanted in data["kinds"]]
    back = button(tongue, "button.all_settings", "settings.menu")
    return Message(text, (*in_rows(kinds, 1), *_times(tongue), *_pauses(paused, tongue), (back,)))


def _kind(kind: str, tongue: Tongue, *, wanted: bool) -> Button:
    """What a tap makes of it is the other way round."""
    mark = ON_MARK if wanted else OFF_MARK
    argument = f"{kind}.{OFF if wanted else 'on'}"
    return Button(f"{mark} {tongue.plain(KINDS[kind])}", button_data("settings.notice", argument))


def _times(tongue: Tongue) -> Rows:
    return (
        (
            button(tongue, "button.set_reminder", "settings.choose", "reminder"),
            button(tongue, "button.set_quiet", "settings.choose", "quiet"),
        ),
    )


def _pauses(paused: str | None, tongue: Tongue) -> Rows:
    """A pause that holds can be made longer or ended."""
    pauses = (
        button(tongue, "button.pause_tomorrow", "settings.pause", "tomorrow"),
        button(tongue, "button.pause_week", "settings.pause", "week"),
    )
    if paused is None:
        return (pauses,)
    return ((button(tongue, "button.resume_notices", "settings.pause", OFF),), pauses)


def _day(written: str, tongue: Tongue) -> str:
    return tongue.date(date.fromisoformat(written), "EEEE, d MMMM")


def _reminder(written: str | None, tongue: Tongue) -> str:
    if written is None:
        return tongue.t("settings.none")
    return tongue.clock(time.fromisoformat(written))


def _quiet(kept: list[int] | None, tongue: Tongue) -> str:
    return tongue.t("settings.none") if kept is None else hours(kept, tongue)


def hours(kept: Sequence[int], tongue: Tongue) -> str:
    """From and until, on the person's own clock."""
    return " – ".join(tongue.clock(time(hour)) for hour in kept)


@view("settings.ask_hours")
def ask_hours(data: Data, tongue: Tongue) -> Message:
    """The choices of a time or of hours; it may be typed as well."""
    setting = data["setting"]
    if setting == "reminder":
        options = [_time_button(one, tongue) for one in data["options"]]
    else:
        options = [_hours_button(one, tongue) for one in data["options"]]
    rows = (*in_rows(options[:-1], 2), (options[-1],))
    back = button(tongue, "button.notices", "settings.notices")
    return Message(tongue.t(ASKED[setting]), (*rows, (back,)))


def _time_button(option: str, tongue: Tongue) -> Button:
    """`1930`, or `off`."""
    if option == OFF:
        label = tongue.plain("button.no_reminder")
    else:
        label = tongue.clock(time(int(option[:2]), int(option[2:])))
    return Button(label, button_data("settings.reminder_at", option))


def _hours_button(option: str, tongue: Tongue) -> Button:
    """`22-6`, or `off`."""
    if option == OFF:
        label = tongue.plain("button.no_quiet")
    else:
        start, _, end = option.partition("-")
        label = hours((int(start), int(end)), tongue)
    return Button(label, button_data("settings.quiet_at", option))


@view("settings.which_time")
def which_time(data: Data, tongue: Tongue) -> Message:
    options = [_time_button(one.replace(":", ""), tongue) for one in data["times"]]
    return Message(tongue.t("settings.which_time"), in_rows(options, 2))


@view("settings.which_hours")
def which_hours(data: Data, tongue: Tongue) -> Message:
    options = [_hours_button(f"{start}-{end}", tongue) for start, end in data["hours"]]
    return Message(tongue.t("settings.which_time"), in_rows(options, 1))


@view("settings.time_unknown")
def time_unknown(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("settings.time_unknown"))


@view("settings.hours_unknown")
def hours_unknown(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("settings.hours_unknown"))
