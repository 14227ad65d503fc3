"""Frozen records of the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class EventType(StrEnum):
    CLASS = "class"
    ASSIGNMENT_DUE = "assignment_due"
    EXAM = "exam"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be kept: a class meeting where `class_id` is set, else the owner's own.

    `repeats_weekly_until` is the last day that it may fall on, by the clock of `timezone`.
    """

    owner_id: UUID
    title: str
    start: datetime
    end: datetime
    timezone: str
    class_id: UUID | None = None
    repeats_weekly_until: date | None = None
    location: str | None = None

    @property
    def type(self) -> EventType:
        return EventType.PERSONAL if self.class_id is None else EventType.CLASS


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as it is kept; of a weekly one `start` and `end` are of its first meeting."""

    id: UUID
    owner_id: UUID
    class_id: UUID | None
    class_name: str | None
    type: EventType
    title: str
    start: datetime
    end: datetime
    timezone: str
    repeats_weekly_until: date | None
    cancelled: frozenset[date]
    location: str | None
