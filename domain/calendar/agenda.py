"""What somebody has before them, day by day; and the same for calendar programs.

Both work inside the caller's transaction and take two statements, however much there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.records import CalendarEvent, DatedItem, Entry, FeedEvent
from domain.calendar.weekly import occurrences
from domain.operations.local_time import start_of_day
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

DAYS = 14
"""Of an agenda, today among them."""
FEED_PAST = timedelta(days=30)
FEED_AHEAD = timedelta(days=366)
UID_DOMAIN = "dars"


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is ahead in the next days, in its order."""

    entries: Sequence[Entry]
    now: datetime

    @property
    def next(self) -> Entry | None:
        """What comes first and is not done with yet; what goes on already is not next."""
        ahead = (one for one in self.entries if one.start >= self.now and not one.handed_in)
        return next(ahead, None)


async def agenda(work: UnitOfWork, person: Person, now: datetime) -> Agenda:
    until = _midnight_after(person, now, DAYS)
    due = await work.calendar.due(person.id, now, now, until)
    events = await work.calendar.events(person.id, now, until)
    entries = [_of_item(one) for one in due]
    for event in events:
        entries += _of_event(event, now, until)
    return Agenda(sorted(entries, key=lambda one: (one.start, one.title, one.id)), now)


async def feed(work: UnitOfWork, person: Person, now: datetime) -> Sequence[FeedEvent]:
    """What a calendar program is given: the last month and the next year."""
    since, until = now - FEED_PAST, now + FEED_AHEAD
    due = await work.calendar.due(person.id, now, since, until)
    events = await work.calendar.events(person.id, since, until)
    return [*map(_item_fed, due), *map(_event_fed, events)]


def _midnight_after(person: Person, now: datetime, days: int) -> datetime:
    day = person.local(now).date() + timedelta(days=days)
    return start_of_day(day, person.zone)


def _of_item(item: DatedItem) -> Entry:
    return Entry(
        kind=item.kind,
        id=item.id,
        title=item.title,
        class_name=item.class_name,
        start=item.at,
        opens=item.opens,
        minutes=item.minutes,
        teaches=item.teaches,
        handed_in=item.handed_in,
    )


def _of_event(event: CalendarEvent, since: datetime, until: datetime) -> Iterator[Entry]:
    for one in occurrences(event, since, until):
        yield Entry(
            kind=event.kind,
            id=event.id,
            title=event.title,
            class_name=event.class_name,
            start=one.start,
            end=one.end,
            day=one.day,
            location=event.location,
        )


def _item_fed(item: DatedItem) -> FeedEvent:
    return FeedEvent(
        uid=f"due-{item.id}@{UID_DOMAIN}",
        kind=item.kind,
        title=item.title,
        class_name=item.class_name,
        start=item.at,
        end=None,
        changed=item.updated_at,
    )


def _event_fed(event: CalendarEvent) -> FeedEvent:
    return FeedEvent(
        uid=f"event-{event.id}@{UID_DOMAIN}",
        kind=event.kind,
        title=event.title,
        class_name=event.class_name,
        start=event.start,
        end=event.end,
        changed=event.updated_at,
        timezone=event.timezone,
        weekly_until=event.repeats_weekly_until,
        cancelled=event.cancelled,
        location=event.location,
    )
