"""Frozen records of the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.courses.records import AssignmentMode, ContentType


class EventType(StrEnum):
    CLASS = "class"
    ASSIGNMENT_DUE = "assignment_due"
    EXAM = "exam"
    PERSONAL = "personal"


class EntryKind(StrEnum):
    """What stands in somebody's calendar."""

    ASSIGNMENT = "assignment"
    QUIZ = "quiz"
    EXAM = "exam"
    MEETING = "meeting"
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

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


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
    """Days on which a weekly event falls out, by the clock of `timezone`."""
    location: str | None
    updated_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def kind(self) -> EntryKind:
        if self.type is EventType.EXAM:
            return EntryKind.EXAM
        return EntryKind.PERSONAL if self.class_id is None else EntryKind.MEETING


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event takes place."""

    start: datetime
    end: datetime
    day: date
    """On which it begins, by the event's own clock."""


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event as one person meets it."""

    event: CalendarEvent
    may_change: bool


@dataclass(frozen=True, slots=True)
class DatedItem:
    """Work with a time of its own, as one person has it before them."""

    id: UUID
    content_type: ContentType
    mode: AssignmentMode | None
    title: str
    class_name: str
    at: datetime
    """When it is due; of an exam that the person has opened, when that ends."""
    opens: datetime | None
    minutes: int | None
    """How long an exam takes."""
    teaches: bool
    handed_in: bool
    """Always false for those who teach it."""
    updated_at: datetime

    @property
    def kind(self) -> EntryKind:
        if self.content_type is ContentType.QUIZ:
            return EntryKind.QUIZ
        return EntryKind.EXAM if self.mode is AssignmentMode.EXAM else EntryKind.ASSIGNMENT


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an agenda: work that is due, or one time that an event takes place."""

    kind: EntryKind
    id: UUID
    """Of the content item or the event."""
    title: str
    class_name: str | None
    start: datetime
    """When work is due; when an event begins."""
    end: datetime | None = None
    """None: due work takes no time."""
    day: date | None = None
    """Of an event: which of its days this is, by its own clock."""
    location: str | None = None
    opens: datetime | None = None
    minutes: int | None = None
    teaches: bool = False
    handed_in: bool = False


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """What goes into a calendar file: a due date, or an event with its weeks."""

    uid: str
    """Stays the same for as long as the thing it is about."""
    kind: EntryKind
    title: str
    class_name: str | None
    start: datetime
    end: datetime | None
    """None: due work takes no time."""
    changed: datetime
    timezone: str | None = None
    """By whose clock an event keeps its hour; None: it is an instant."""
    weekly_until: date | None = None
    cancelled: frozenset[date] = frozenset()
    location: str | None = None
