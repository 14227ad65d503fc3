"""An event of the calendar: its card, its title and time, a date that falls out, deleting it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_content import of_step, with_word
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.calendar import events
from domain.calendar.phrases import read_when
from domain.calendar.records import CalendarEvent, EventSeen, Occurrence
from domain.calendar.weekly import days, occurrence, occurrences
from domain.errors import Mistake, Refusal

RETITLE, RETIME = "calendar.retitle", "calendar.retime"
FALLEN_OUT = 10
"""Dates that fall out, as many as are named."""
FOREVER = datetime.max.replace(tzinfo=UTC)


def instant_of(written: str) -> datetime:
    """Seconds since 1970, UTC. Raises Refusal."""
    if not (written.isascii() and written.isdecimal() and len(written) < 11):
        raise Refusal("no instant", "common.stale_button")
    return datetime.fromtimestamp(int(written), UTC)


def day_of(written: str) -> date:
    """As a button holds it. Raises Refusal."""
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Refusal("no day", "common.stale_button") from error


@routes.button("calendar.event")
async def look(turn: Turn) -> None:
    """`event` or `event.day`"""
    leave_step(turn)
    event_id, written = with_word(turn.argument)
    await show(turn, event_id, day_of(written) if written else None)


async def show(
    turn: Turn,
    event_id: UUID,
    day: date | None = None,
    *,
    changed: str | None = None,
    edit: bool = True,
) -> None:
    """One time of it: that day's, else the next one, else the last."""
    seen = await events.look(turn.work, turn.person, event_id)
    found = None if day is None else occurrence(seen.event, day)
    found = found or _next(seen.event, turn.now)
    turn.say("calendar.event", edit=edit, changed=changed, **_described(turn, seen, found))


def _next(event: CalendarEvent, now: datetime) -> Occurrence:
    ahead = next(occurrences(event, now, FOREVER), None)
    found = ahead or occurrence(event, list(days(event))[-1])
    return found or Occurrence(event.start, event.end, event.start.astimezone(event.zone).date())


def _described(turn: Turn, seen: EventSeen, at: Occurrence) -> dict[str, Any]:
    event, local = seen.event, turn.person.local
    today = turn.now.astimezone(event.zone).date()
    coming = sorted(day.isoformat() for day in event.cancelled if day >= today)
    until = event.repeats_weekly_until
    return {
        **_place(event),
        "start": local(at.start).isoformat(),
        "end": local(at.end).isoformat(),
        "day": at.day.isoformat(),
        "year": local(turn.now).year,
        "until": None if until is None else until.isoformat(),
        "cancelled": at.day in event.cancelled,
        "fallen_out": coming[:FALLEN_OUT],
        "location": event.location,
        "may_change": seen.may_change,
    }


def _place(event: CalendarEvent) -> dict[str, Any]:
    return {
        "event": short(event.id),
        "kind": event.kind,
        "title": event.title,
        "class_name": event.class_name,
    }


@routes.button("calendar.retitle")
async def ask_title(turn: Turn) -> None:
    event = await events.to_change(turn.work, turn.person, read_id(turn.argument))
    turn.go(RETITLE, event=short(event.id))
    turn.say("calendar.ask_new_title", edit=True, **_place(event))


@routes.step(RETITLE)
async def type_title(turn: Turn) -> None:
    event_id = of_step(turn, "event")
    await events.retitle(turn.work, turn.person, event_id, turn.text)
    turn.go(None)
    await show(turn, event_id, changed="title", edit=False)


@routes.button("calendar.retime")
async def ask_time(turn: Turn) -> None:
    event = await events.to_change(turn.work, turn.person, read_id(turn.argument))
    turn.go(RETIME, event=short(event.id))
    weekly = event.repeats_weekly_until is not None
    turn.say("calendar.ask_new_time", edit=True, weekly=weekly, **_place(event))


@routes.step(RETIME)
async def type_time(turn: Turn) -> None:
    event = await events.to_change(turn.work, turn.person, of_step(turn, "event"))
    when = read_when(turn.text, turn.now, turn.person.timezone)
    if not when.choices:
        raise Mistake("no time", "calendar.unclear", {"failure": when.failure})
    turn.say(
        "calendar.confirm_time",
        **_place(event),
        weekly=event.repeats_weekly_until is not None,
        year=turn.person.local(turn.now).year,
        choices=[
            [turn.person.local(one).isoformat(), int(one.timestamp())] for one in when.choices
        ],
    )


@routes.button("calendar.set_time")
async def set_time(turn: Turn) -> None:
    """`event.seconds`"""
    event_id, written = with_word(turn.argument)
    await events.move(turn.work, turn.person, event_id, instant_of(written), turn.now)
    leave_step(turn)
    await show(turn, event_id, changed="time")


@routes.button("calendar.cancel")
async def cancel(turn: Turn) -> None:
    """`event.day`"""
    leave_step(turn)
    event_id, written = with_word(turn.argument)
    found = await events.cancel(turn.work, turn.person, event_id, day_of(written))
    await show(turn, event_id, found.day, changed="cancelled")


@routes.button("calendar.restore")
async def restore(turn: Turn) -> None:
    """`event.day`"""
    leave_step(turn)
    event_id, written = with_word(turn.argument)
    found = await events.restore(turn.work, turn.person, event_id, day_of(written))
    await show(turn, event_id, found.day, changed="restored")


@routes.button("calendar.delete")
async def ask_delete(turn: Turn) -> None:
    event = await events.to_change(turn.work, turn.person, read_id(turn.argument))
    weekly = event.repeats_weekly_until is not None
    turn.say("calendar.ask_delete", edit=True, weekly=weekly, **_place(event))


@routes.button("calendar.delete_now")
async def delete(turn: Turn) -> None:
    leave_step(turn)
    event = await events.delete(turn.work, turn.person, read_id(turn.argument))
    turn.say("calendar.deleted", edit=True, **_place(event))
