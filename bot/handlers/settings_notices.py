"""What the bot may say unasked, and when: a page of /settings.

notices ──► a kind off or on, a pause, the end of one ──► changed, in place
      ├─ reminder ──► settings.reminder (a time in words, or a button) ──► changed
      └─ quiet hours ► settings.quiet   (hours in words, or a button) ──► changed
A text that can mean two times is given back as a button for each.
"""

from datetime import time
from typing import Any

from bot.routes import routes
from bot.turn import Turn
from domain.errors import Mistake, Refusal
from domain.operations.records import NoticeType
from domain.people import settings
from domain.people.clock_words import Hours, read_hours, read_times
from domain.people.wishes import MUTABLE

REMINDER, QUIET = "settings.reminder", "settings.quiet"
OFF = "off"
PAUSES = {
    "tomorrow": settings.Pause.UNTIL_TOMORROW,
    "week": settings.Pause.A_WEEK,
    OFF: None,
}


@routes.button("settings.notices")
async def notices(turn: Turn) -> None:
    _leave(turn)
    show(turn)


def show(turn: Turn, *, changed: str | None = None, edit: bool = True) -> None:
    """The page as things are set now."""
    person = turn.person
    muted = settings.muted(person)
    until = settings.paused_until(person, turn.now)
    turn.say(
        "settings.notices",
        edit=edit,
        changed=changed,
        **described(turn),
        heard=settings.reminder_is_heard(person),
        kinds=[[kind, kind not in muted] for kind in MUTABLE],
        paused=None if until is None else person.local(until).date().isoformat(),
    )


def described(turn: Turn) -> dict[str, Any]:
    """The reminder's time and the quiet hours, as the views take them."""
    person = turn.person
    hours, at = settings.quiet_hours(person), person.reminder_time
    return {
        "reminder": None if at is None else f"{at:%H:%M}",
        "quiet": None if hours is None else list(hours),
    }


def _leave(turn: Turn) -> None:
    """Nothing that was being typed here is waited for any more."""
    if turn.step in (REMINDER, QUIET):
        turn.go(None)


@routes.button("settings.notice")
async def change_notice(turn: Turn) -> None:
    """`kind.on` or `kind.off`: told twice, it stays as it was told first."""
    kind, _, wanted = turn.argument.partition(".")
    if kind not in set(NoticeType) or wanted not in ("on", OFF):
        raise Refusal("no such notice", "common.stale_button")
    turn.meet(
        await settings.change_notice(
            turn.work, turn.person, NoticeType(kind), wanted=wanted == "on"
        )
    )
    show(turn)


@routes.button("settings.pause")
async def pause(turn: Turn) -> None:
    if turn.argument not in PAUSES:
        raise Refusal("no such pause", "common.stale_button")
    length = PAUSES[turn.argument]
    turn.meet(await settings.pause(turn.work, turn.person, length, turn.now))
    show(turn, changed="resumed" if length is None else None)


@routes.button("settings.reminder_at")
async def choose_reminder(turn: Turn) -> None:
    """A time by 24 hours, `1930`, or none: `off`."""
    await _change_reminder(turn, None if turn.argument == OFF else _time(turn.argument))


@routes.step(REMINDER)
async def type_reminder(turn: Turn) -> None:
    found = read_times(turn.text)
    if not found:
        raise Mistake("no such time", "settings.time_unknown")
    if len(found) > 1:
        turn.say("settings.which_time", times=[f"{one:%H:%M}" for one in found])
    else:
        await _change_reminder(turn, found[0], edit=False)


async def _change_reminder(turn: Turn, at: time | None, *, edit: bool = True) -> None:
    turn.meet(await settings.change_reminder(turn.work, turn.person, at))
    _leave(turn)
    show(turn, changed="reminder", edit=edit)


def _time(written: str) -> time:
    if len(written) != 4 or not (written.isascii() and written.isdecimal()):
        raise Refusal("no such time", "common.stale_button")
    try:
        return time(int(written[:2]), int(written[2:]))
    except ValueError as error:
        raise Refusal("no such time", "common.stale_button") from error


@routes.button("settings.quiet_at")
async def choose_quiet(turn: Turn) -> None:
    """Hours by 24 hours, `22-6`, or none: `off`."""
    await _change_quiet(turn, None if turn.argument == OFF else _hours(turn.argument))


@routes.step(QUIET)
async def type_quiet(turn: Turn) -> None:
    found = read_hours(turn.text)
    if not found:
        raise Mistake("no such hours", "settings.hours_unknown")
    if len(found) > 1:
        turn.say("settings.which_hours", hours=[list(one) for one in found])
    else:
        await _change_quiet(turn, found[0], edit=False)


async def _change_quiet(turn: Turn, hours: Hours | None, *, edit: bool = True) -> None:
    turn.meet(await settings.change_quiet_hours(turn.work, turn.person, hours))
    _leave(turn)
    show(turn, changed="quiet", edit=edit)


def _hours(written: str) -> Hours:
    start, _, end = written.partition("-")
    if not all(one.isascii() and one.isdecimal() and len(one) < 3 for one in (start, end)):
        raise Refusal("no such hours", "common.stale_button")
    return int(start), int(end)
