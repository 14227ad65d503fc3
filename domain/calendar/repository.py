"""What the calendar keeps and asks."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.calendar.records import CalendarEvent, DatedItem, NewEvent


class CalendarRepository(Protocol):
    async def due(
        self, person_id: UUID, now: datetime, since: datetime, until: datetime
    ) -> Sequence[DatedItem]:
        """What is due in that time, in its order: to a student what they see at `now`, to those who
        teach whatever is published. Nothing of archived classes."""
        ...

    async def events(
        self, person_id: UUID, since: datetime, until: datetime
    ) -> Sequence[CalendarEvent]:
        """The person's own events, and the meetings of their classes, that may fall into that time;
        weekly ones as one, whether or not a day of theirs does. Nothing of archived classes."""
        ...

    async def event(self, event_id: UUID) -> CalendarEvent | None: ...

    async def add(self, event: NewEvent, most: int) -> UUID | None:
        """None where there are as many already: of that class, or of the person's own."""
        ...

    async def retitle(self, event_id: UUID, title: str) -> None: ...

    async def move(
        self, event_id: UUID, start: datetime, end: datetime, cancelled: Collection[date]
    ) -> None:
        """Of a weekly one: the first time, and all that follow with it."""
        ...

    async def cancel(self, event_id: UUID, day: date) -> None: ...

    async def restore(self, event_id: UUID, day: date) -> None: ...

    async def delete(self, event_id: UUID) -> None: ...
