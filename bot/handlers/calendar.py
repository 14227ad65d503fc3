"""The calendar: what is ahead, adding to it, and changing what was added.

/calendar ──► agenda ──► due work: its own card;  file: an .ics
   │             └─ event ──► title: calendar.retitle ──► event
   │                      ├─ time: calendar.retime ──► "Sunday, 10 am?" ──► event
   │                      ├─ this date falls out, or takes place after all ──► event
   │                      └─ delete? ──► agenda
   └─ add ──► for whom ──► calendar.title ──► calendar.when ──► calendar.draft ──► saved: event
                            (a text)          (words) │  ▲        │ length, weekly or once
                                                      └─ calendar.until (how long) ◄┘
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.handlers.calendar_events import instant_of, show
from bot.handlers.courses import leave_step, page_number
from bot.routes import read_id, routes, short
from bot.turn import Turn
from bot.views.calendar_file import as_data
from domain.calendar import agenda, events
from domain.calendar.phrases import read_last_day, read_when
from domain.calendar.records import Entry, NewEvent
from domain.courses.cards import ClassCard
from domain.errors import Mistake, Refusal

TITLE, WHEN, UNTIL, DRAFT = "calendar.title", "calendar.when", "calendar.until", "calendar.draft"
ON_A_PAGE = 8


@routes.command("calendar")
async def calendar(turn: Turn) -> None:
    leave_step(turn)
    await _agenda(turn, 0)


@routes.button("calendar.show")
async def turn_page(turn: Turn) -> None:
    leave_step(turn)
    await _agenda(turn, page_number(turn.argument), edit=True)


async def _agenda(turn: Turn, page: int, *, edit: bool = False) -> None:
    found = await agenda.agenda(turn.work, turn.person, turn.now)
    entries = found.entries
    page = min(page, max(len(entries) - 1, 0) // ON_A_PAGE)
    shown = entries[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    ahead = found.next if page == 0 else None
    turn.say(
        "calendar.agenda",
        edit=edit,
        today=turn.person.local(turn.now).date().isoformat(),
        page=page,
        more=len(entries) > (page + 1) * ON_A_PAGE,
        next=None if ahead is None else _entry(turn, ahead),
        entries=[_entry(turn, one) for one in shown],
        linked=turn.environment.public_url is not None,
    )


def _entry(turn: Turn, one: Entry) -> dict[str, Any]:
    local = turn.person.local
    return {
        "kind": one.kind,
        "id": short(one.id),
        "title": one.title,
        "class_name": one.class_name,
        "start": local(one.start).isoformat(),
        "end": None if one.end is None else local(one.end).isoformat(),
        "day": None if one.day is None else one.day.isoformat(),
        "location": one.location,
        "opens": None
        if one.opens is None or one.opens <= turn.now
        else local(one.opens).isoformat(),
        "minutes": one.minutes,
        "teaches": one.teaches,
        "handed_in": one.handed_in,
    }


@routes.button("calendar.file")
async def send_file(turn: Turn) -> None:
    """The last month and the next year, for a calendar program."""
    found = await agenda.feed(turn.work, turn.person, turn.now)
    if not found:
        turn.toast = ("calendar.file_empty", {})
        return
    turn.say("calendar.file", events=[as_data(one) for one in found])


@routes.button("calendar.add")
async def choose_for_whom(turn: Turn) -> None:
    """Whoever teaches a class is asked whether it is a meeting of one."""
    leave_step(turn)
    taught = await events.taught(turn.work, turn.person)
    if not taught:
        await _begin(turn, None)
        return
    classes = [[short(one.id), one.name, one.section] for one in taught]
    turn.say("calendar.add", edit=True, classes=classes)


@routes.button("calendar.new")
async def begin(turn: Turn) -> None:
    """`class`, or nothing for oneself."""
    await _begin(turn, read_id(turn.argument) if turn.argument else None)


async def _begin(turn: Turn, class_id: UUID | None) -> None:
    card = await events.may_add(turn.work, turn.person, class_id)
    turn.go(TITLE, **_of_class(card))
    turn.say("calendar.ask_title", edit=True, **_named(card))


def _of_class(card: ClassCard | None) -> dict[str, Any]:
    """What a step remembers of the class."""
    return {} if card is None else {"class": short(card.id)}


def _named(card: ClassCard | None) -> dict[str, Any]:
    return {
        "class": None if card is None else short(card.id),
        "class_name": None if card is None else card.name,
    }


async def _card(turn: Turn) -> ClassCard | None:
    """The class that a meeting is being added to; asked anew at each step. Raises Refusal."""
    written = turn.conversation.data.get("class")
    class_id = None if written is None else read_id(str(written))
    return await events.may_add(turn.work, turn.person, class_id)


@routes.step(TITLE)
async def type_title(turn: Turn) -> None:
    card = await _card(turn)
    title = events.read_title(turn.text)
    turn.go(WHEN, **_of_class(card), title=title)
    turn.say("calendar.ask_when", title=title, **_named(card))


@routes.step(DRAFT)
@routes.step(WHEN)
async def type_when(turn: Turn) -> None:
    """Words; whatever was understood is said back before it counts."""
    card = await _card(turn)
    title = str(turn.conversation.data.get("title", ""))
    when = read_when(turn.text, turn.now, turn.person.timezone)
    if not when.choices:
        raise Mistake("no time", "calendar.unclear", {"failure": when.failure})
    if len(when.choices) > 1:
        chosen = {key: turn.conversation.data.get(key) for key in ("minutes", "until")}
        turn.go(WHEN, **_of_class(card), title=title, weekly=when.weekly, **chosen)
        choices = [
            [turn.person.local(one).isoformat(), int(one.timestamp())] for one in when.choices
        ]
        turn.say("calendar.choose", title=title, choices=choices, **_year(turn))
        return
    await _timed(turn, card, title, when.choices[0], weekly=when.weekly)


@routes.button("calendar.pick")
async def pick(turn: Turn) -> None:
    """`seconds`: one of the times that a phrase may have meant."""
    data = _at_step(turn, WHEN)
    card = await _card(turn)
    start = instant_of(turn.argument)
    await _timed(turn, card, str(data["title"]), start, weekly=bool(data.get("weekly")), edit=True)


async def _timed(
    turn: Turn,
    card: ClassCard | None,
    title: str,
    start: datetime,
    *,
    weekly: bool,
    edit: bool = False,
) -> None:
    """The beginning is known: what is left is how long, and for how many weeks. Of a draft that
    gets another time, both are known as well."""
    kept = turn.conversation.data
    minutes, until = int(kept.get("minutes") or events.USUAL_LENGTH), kept.get("until")
    first = turn.person.local(start).date()
    if (
        until is not None
        and not first <= date.fromisoformat(until) <= first + events.LONGEST_REPEAT
    ):
        until = None
    draft = {"title": title, "start": start.isoformat(), "minutes": minutes, "until": until}
    events.check(_new_event(turn, card, draft), turn.now)
    if weekly:
        _ask_until(turn, card, draft, edit=edit)
    else:
        _say_draft(turn, card, draft, edit=edit)


def _at_step(turn: Turn, *steps: str) -> dict[str, Any]:
    """What was said on the way to one of these steps. Raises Refusal from anywhere else."""
    data = dict(turn.conversation.data)
    if turn.step not in steps or "title" not in data:
        raise Refusal("no event is being added", "common.stale_button")
    return data


def _new_event(turn: Turn, card: ClassCard | None, draft: dict[str, Any]) -> NewEvent:
    start = datetime.fromisoformat(str(draft["start"])).astimezone(UTC)
    until = draft.get("until")
    return NewEvent(
        owner_id=turn.person.id,
        title=str(draft["title"]),
        start=start,
        end=start + timedelta(minutes=int(draft["minutes"])),
        timezone=turn.person.timezone,
        class_id=None if card is None else card.id,
        repeats_weekly_until=None if until is None else date.fromisoformat(str(until)),
    )


def _year(turn: Turn) -> dict[str, Any]:
    return {"year": turn.person.local(turn.now).year}


def _kept(card: ClassCard | None, draft: dict[str, Any]) -> dict[str, Any]:
    return {
        **_of_class(card),
        **{key: draft.get(key) for key in ("title", "start", "minutes", "until")},
    }


def _say_draft(
    turn: Turn, card: ClassCard | None, draft: dict[str, Any], *, edit: bool = False
) -> None:
    """What would be added, with everything that can still be chosen."""
    made = _new_event(turn, card, draft)
    events.check(made, turn.now)
    turn.go(DRAFT, **_kept(card, draft))
    turn.say(
        "calendar.draft",
        edit=edit,
        **_named(card),
        **_year(turn),
        title=made.title,
        start=turn.person.local(made.start).isoformat(),
        end=turn.person.local(made.end).isoformat(),
        until=draft.get("until"),
        minutes=draft["minutes"],
        lengths=list(events.LENGTHS),
    )


def _ask_until(
    turn: Turn, card: ClassCard | None, draft: dict[str, Any], *, edit: bool = False
) -> None:
    turn.go(UNTIL, **_kept(card, draft))
    first = turn.person.local(datetime.fromisoformat(str(draft["start"]))).date()
    turn.say(
        "calendar.ask_until",
        edit=edit,
        title=draft["title"],
        start=turn.person.local(datetime.fromisoformat(str(draft["start"]))).isoformat(),
        weeks=[[one, (first + timedelta(weeks=one - 1)).isoformat()] for one in events.WEEKS],
        **_year(turn),
    )


@routes.step(UNTIL)
async def type_until(turn: Turn) -> None:
    """A day in words."""
    card = await _card(turn)
    draft = _at_step(turn, UNTIL)
    day = read_last_day(turn.text, turn.now, turn.person.timezone)
    if day is None:
        raise Mistake("no day", "calendar.until_unusable")
    _say_draft(turn, card, {**draft, "until": day.isoformat()})


@routes.button("calendar.weeks")
async def choose_weeks(turn: Turn) -> None:
    """`weeks`: so many times in all."""
    card = await _card(turn)
    draft = _at_step(turn, UNTIL)
    weeks = _one_of(turn.argument, events.WEEKS)
    first = turn.person.local(datetime.fromisoformat(str(draft["start"]))).date()
    until = first + timedelta(weeks=weeks - 1)
    _say_draft(turn, card, {**draft, "until": until.isoformat()}, edit=True)


@routes.button("calendar.length")
async def choose_length(turn: Turn) -> None:
    """`minutes`"""
    draft = _at_step(turn, DRAFT)
    minutes = _one_of(turn.argument, events.LENGTHS)
    _say_draft(turn, await _card(turn), {**draft, "minutes": minutes}, edit=True)


@routes.button("calendar.weekly")
async def make_weekly(turn: Turn) -> None:
    draft = _at_step(turn, DRAFT)
    _ask_until(turn, await _card(turn), draft, edit=True)


@routes.button("calendar.once")
async def make_single(turn: Turn) -> None:
    draft = _at_step(turn, DRAFT, UNTIL)
    _say_draft(turn, await _card(turn), {**draft, "until": None}, edit=True)


@routes.button("calendar.save")
async def save(turn: Turn) -> None:
    draft = _at_step(turn, DRAFT)
    card = await _card(turn)
    made = await events.add(turn.work, turn.person, _new_event(turn, card, draft), turn.now)
    turn.go(None)
    await show(turn, made, changed="made")


def _one_of(written: str, offered: tuple[int, ...]) -> int:
    """Raises Refusal."""
    if written not in {str(one) for one in offered}:
        raise Refusal("not on offer", "common.stale_button")
    return int(written)
