"""Events: class meetings by those who teach, and what people plan for themselves.

Every function works inside the caller's transaction and asks first who is asking. Whoever may not
know of an event is told what somebody is told whose id does not exist.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.calendar.records import CalendarEvent, EventSeen, NewEvent, Occurrence
from domain.calendar.weekly import days, occurrence, on_day
from domain.courses.access import in_class, not_found
from domain.courses.cards import ClassCard, ClassLine, Need, Standing
from domain.errors import Mistake, Refusal
from domain.people.records import Person
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

TITLE_LENGTH = 200
MOST = 200
"""Events of one class, or of one person's own."""
LENGTHS = (30, 45, 60, 90, 120, 180)
"""Minutes on offer."""
USUAL_LENGTH = 60
WEEKS = (4, 8, 12, 26)
"""How long something may be repeated, as it is offered."""
LONGEST_REPEAT = timedelta(days=366)
_TAUGHT = frozenset({Standing.OWNER, Standing.TEACHER})
_CLASSES = 90
"""As many as a message has room for as buttons, with some to spare."""
_JUST_NOW = timedelta(minutes=15)
"""What somebody who types slowly may be late."""


def read_title(text: str) -> str:
    """One line; raises Mistake."""
    line = one_line(text)
    if not line or len(line) > TITLE_LENGTH:
        raise Mistake("a title too short or long", "calendar.title_unusable")
    return line


async def taught(work: UnitOfWork, person: Person) -> Sequence[ClassLine]:
    """The classes that the person may add meetings to."""
    found = await work.classes.classes_of(person.id, 0, _CLASSES)
    return [one for one in found if one.standing in _TAUGHT and not one.is_archived]


async def may_add(work: UnitOfWork, person: Person, class_id: UUID | None) -> ClassCard | None:
    """The class, if it is a meeting of one. Raises Refusal."""
    if class_id is None:
        return None
    card = await in_class(work, person, class_id, Need.TEACH)
    if card.is_archived:
        raise Refusal("the class is archived", "courses.archived", {"name": card.name})
    return card


def check(event: NewEvent, now: datetime) -> None:
    """Raises Mistake where it is over already, or repeated for no time or too long."""
    if event.start < now - _JUST_NOW:
        raise Mistake("an event in the past", "calendar.past")
    until = event.repeats_weekly_until
    if until is not None:
        first = event.start.astimezone(event.zone).date()
        if not first <= until <= first + LONGEST_REPEAT:
            raise Mistake("repeated for no time or too long", "calendar.until_unusable")


async def add(work: UnitOfWork, person: Person, event: NewEvent, now: datetime) -> UUID:
    """Raises Refusal, and Mistake where it cannot be, or there are too many already."""
    await may_add(work, person, event.class_id)
    check(event, now)
    if event.repeats_weekly_until is not None:
        event = _on_the_hour_kept(event)
    made = await work.calendar.add(event, MOST)
    if made is None:
        raise Mistake("too many events", "calendar.too_many", {"most": MOST})
    return made


def _on_the_hour_kept(event: NewEvent) -> NewEvent:
    """Begun in an hour that comes twice, the first of them counts, as it does in later weeks."""
    zone = event.zone
    start = on_day(event.start, event.start.astimezone(zone).date(), zone)
    return replace(event, start=start, end=start + (event.end - event.start))


async def look(work: UnitOfWork, person: Person, event_id: UUID) -> EventSeen:
    """For the owner of a personal one, and the members of a class. Raises Refusal."""
    event = await work.calendar.event(event_id)
    if event is None:
        raise not_found()
    if event.class_id is None:
        if event.owner_id != person.id:
            raise not_found()
        return EventSeen(event, may_change=True)
    card = await in_class(work, person, event.class_id, Need.LEARN)
    return EventSeen(event, may_change=card.teaches)


async def to_change(work: UnitOfWork, person: Person, event_id: UUID) -> CalendarEvent:
    """Raises Refusal."""
    seen = await look(work, person, event_id)
    if not seen.may_change:
        raise not_found()
    return seen.event


async def retitle(work: UnitOfWork, person: Person, event_id: UUID, text: str) -> None:
    await to_change(work, person, event_id)
    await work.calendar.retitle(event_id, read_title(text))


async def move(
    work: UnitOfWork, person: Person, event_id: UUID, start: datetime, now: datetime
) -> None:
    """It takes as long as before. Of a weekly one the first time, and all that follow with it;
    days that had fallen out and are still days of it stay so."""
    event = await to_change(work, person, event_id)
    moved = replace(event, start=start, end=start + (event.end - event.start))
    if event.repeats_weekly_until is not None:
        start = on_day(start, start.astimezone(event.zone).date(), event.zone)
        moved = replace(moved, start=start, end=start + (event.end - event.start))
    check(_as_new(moved), now)
    kept = event.cancelled & set(days(moved))
    await work.calendar.move(event_id, moved.start, moved.end, kept)


def _as_new(event: CalendarEvent) -> NewEvent:
    return NewEvent(
        event.owner_id,
        event.title,
        event.start,
        event.end,
        event.timezone,
        event.class_id,
        event.repeats_weekly_until,
    )


async def cancel(work: UnitOfWork, person: Person, event_id: UUID, day: date) -> Occurrence:
    """One time of a weekly event falls out. Raises Refusal if it does not fall on that day."""
    event = await to_change(work, person, event_id)
    found = of_day(event, day)
    await work.calendar.cancel(event_id, day)
    return found


async def restore(work: UnitOfWork, person: Person, event_id: UUID, day: date) -> Occurrence:
    """It takes place after all."""
    event = await to_change(work, person, event_id)
    found = of_day(event, day)
    await work.calendar.restore(event_id, day)
    return found


def of_day(event: CalendarEvent, day: date) -> Occurrence:
    """One time of a weekly event, cancelled or not. Raises Refusal."""
    found = None if event.repeats_weekly_until is None else occurrence(event, day)
    if found is None:
        raise Refusal("the event is not on that day", "common.stale_button")
    return found


async def delete(work: UnitOfWork, person: Person, event_id: UUID) -> CalendarEvent:
    event = await to_change(work, person, event_id)
    await work.calendar.delete(event_id)
    return event
