"""/settings: each thing a person may change, one tap or one text each.

/settings ──► a menu of buttons ──► choices as buttons ──► changed, menu again
                    ├─ name ──────► settings.name      (a text) ──► changed
                    ├─ time zone ─► settings.timezone  (a text or a button) ──► changed
                    └─ notices ───► a page of its own, see settings_notices.py
"""

from bot.handlers import settings_notices
from bot.handlers.settings_notices import OFF
from bot.routes import routes
from bot.turn import Turn
from domain.errors import Refusal
from domain.people import settings
from domain.people.records import Language

NAME, TIMEZONE = "settings.name", "settings.timezone"


@routes.command("settings")
@routes.button("settings.menu")
async def menu(turn: Turn) -> None:
    _menu(turn)


def _menu(turn: Turn, *, changed: str | None = None, edit: bool = False) -> None:
    person = turn.person
    turn.say(
        "settings.menu",
        edit=edit,
        changed=changed,
        name=person.full_name,
        grade=person.grade,
        timezone=person.timezone,
        **settings_notices.described(turn),
        low_data=person.low_data,
    )


@routes.button("settings.choose")
async def choose(turn: Turn) -> None:
    """Opens the choices of one setting in place of the menu."""
    name = turn.argument
    if name == "name":
        turn.go(NAME)
        turn.say("settings.ask_name", name=turn.person.full_name)
    elif name == "timezone":
        turn.go(TIMEZONE)
        turn.say("settings.ask_timezone", zones=list(settings.COMMON_ZONES))
    elif name in ASKED:
        turn.go(ASKED[name])
        turn.say("settings.ask_hours", edit=True, setting=name, options=HOURS[name])
    elif name in CHOICES:
        turn.say("settings.choices", edit=True, setting=name, options=CHOICES[name])
    else:
        raise Refusal("no such setting", "common.stale_button")


# What stands on the buttons of each setting, as their argument.
CHOICES: dict[str, list[str]] = {
    "language": [one.value for one in Language],
    "class": ["6", "7", "8"],
    "low_data": ["on", OFF],
}
# The same of what may be typed as well, and the step at which it is.
HOURS: dict[str, list[str]] = {
    "reminder": [*(f"{hour:02}00" for hour in settings.REMINDER_HOURS), OFF],
    "quiet": [*(f"{start}-{end}" for start, end in settings.QUIET_HOURS), OFF],
}
ASKED = {"reminder": settings_notices.REMINDER, "quiet": settings_notices.QUIET}


@routes.button("settings.set")
async def set_(turn: Turn) -> None:
    """A choice was tapped: `setting.value`."""
    name, _, value = turn.argument.partition(".")
    if value not in CHOICES.get(name, ()):
        raise Refusal("no such choice", "common.stale_button")
    work, person = turn.work, turn.person
    if name == "language":
        person = await settings.change_language(work, person, Language(value))
        turn.menu_changed = True
    elif name == "class":
        person = await settings.change_grade(work, person, int(value))
    else:
        person = await settings.change_low_data(work, person, value == "on")
    turn.meet(person)
    _menu(turn, changed=name, edit=True)


@routes.button("settings.zone")
async def choose_zone(turn: Turn) -> None:
    await _change_zone(turn, turn.argument)


@routes.step(TIMEZONE)
async def type_zone(turn: Turn) -> None:
    await _change_zone(turn, turn.text)


async def _change_zone(turn: Turn, text: str) -> None:
    turn.meet(await settings.change_timezone(turn.work, turn.person, text))
    if turn.step == TIMEZONE:
        turn.go(None)
    _menu(turn, changed="timezone")


@routes.step(NAME)
async def type_name(turn: Turn) -> None:
    turn.meet(await settings.change_name(turn.work, turn.person, turn.text))
    turn.go(None)
    _menu(turn, changed="name")
