"""The calendar in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    CTE,
    BindParameter,
    Boolean,
    Date,
    DateTime,
    Integer,
    Interval,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    delete,
    false,
    func,
    insert,
    join,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.models import (
    Assignment,
    AssignmentOpening,
    CalendarEvent,
    Class,
    ContentItem,
    Enrollment,
    Module,
)
from db.models.calendar import EVENT_TYPE
from db.repositories.notices_courses import handed_in
from db.statements import Statement
from domain.calendar import records
from domain.calendar.records import DatedItem, NewEvent
from domain.courses.records import (
    AssignmentMode,
    ContentType,
    EnrollmentRole,
    EnrollmentStatus,
)

INSTANT = DateTime(timezone=True)
_PERSON = bindparam("person_id", type_=Uuid())
_EVENT = bindparam("event_id", type_=Uuid())
_TITLE = bindparam("title", type_=String)
_NOW = bindparam("now", type_=INSTANT)
_SINCE = bindparam("since", type_=INSTANT)
_UNTIL = bindparam("until", type_=INSTANT)
_COLUMNS = (
    CalendarEvent.id,
    CalendarEvent.owner_id,
    CalendarEvent.class_id,
    Class.name.label("class_name"),
    CalendarEvent.type,
    CalendarEvent.title,
    CalendarEvent.start_time,
    CalendarEvent.end_time,
    CalendarEvent.timezone,
    CalendarEvent.repeats_weekly_until,
    CalendarEvent.cancelled_dates,
    CalendarEvent.location,
    CalendarEvent.updated_at,
)
_WITH_CLASS = join(CalendarEvent, Class, Class.id == CalendarEvent.class_id, isouter=True)
_NOT_ARCHIVED = func.coalesce(~Class.is_archived, True)


def _classes() -> CTE:
    """The person's classes, and whether they teach or assist there."""
    owned = select(Class.id, true().label("teaches")).where(Class.owner_id == _PERSON)
    joined = select(
        Enrollment.class_id, (Enrollment.role != EnrollmentRole.STUDENT).label("teaches")
    ).where(Enrollment.user_id == _PERSON, Enrollment.status == EnrollmentStatus.ACTIVE)
    both = union_all(owned, joined).subquery()
    return (
        select(both.c.id, func.bool_or(both.c.teaches).label("teaches"))
        .group_by(both.c.id)
        .cte("mine")
    )


def _due() -> Statement:
    mine = _classes()
    source = join(mine, Class, and_(Class.id == mine.c.id, ~Class.is_archived))
    source = join(source, Module, and_(Module.class_id == Class.id, Module.is_published))
    source = join(source, ContentItem, ContentItem.module_id == Module.id)
    source = join(source, Assignment, Assignment.id == ContentItem.id, isouter=True)
    running = and_(
        AssignmentOpening.assignment_id == Assignment.id,
        AssignmentOpening.student_id == _PERSON,
        AssignmentOpening.locked_at.is_(None),
        AssignmentOpening.deadline_at > _NOW,
        Assignment.mode == AssignmentMode.EXAM,
    )
    source = join(source, AssignmentOpening, running, isouter=True)
    at = func.coalesce(AssignmentOpening.deadline_at, ContentItem.due_date)
    released = func.coalesce(ContentItem.release_date <= _NOW, True)
    limit = Assignment.config.op("->>")("time_limit_mins")
    done = case((mine.c.teaches, false()), else_=handed_in(_PERSON, ContentItem.__table__.c.id))
    return Statement(
        select(
            ContentItem.id,
            ContentItem.content_type,
            Assignment.mode,
            ContentItem.title,
            Class.name.label("class_name"),
            at.label("at"),
            ContentItem.release_date,
            cast(limit, Integer).label("minutes"),
            mine.c.teaches,
            cast(done, Boolean).label("handed_in"),
            ContentItem.updated_at,
        )
        .select_from(source)
        .where(
            ContentItem.is_published,
            or_(mine.c.teaches, released),
            or_(
                ContentItem.content_type == ContentType.ASSIGNMENT,
                ContentItem.content_type == ContentType.QUIZ,
            ),
            at >= _SINCE,
            at < _UNTIL,
        )
        .order_by(at, ContentItem.id)
    )


DUE = _due()


def _events() -> Statement:
    """Days are of some clock: enough of them are asked for, and Python decides.

    An event lasts two weeks at most, and no clock is a day off.
    """
    mine = _classes()
    own = and_(CalendarEvent.owner_id == _PERSON, CalendarEvent.class_id.is_(None))
    # As an array, so that the index of classes can be combined with that of owners.
    of_class = CalendarEvent.class_id == any_(func.array(select(mine.c.id).scalar_subquery()))
    earliest = cast(_SINCE - cast(literal("15 days"), Interval), Date)
    reaches = or_(CalendarEvent.end_time > _SINCE, CalendarEvent.repeats_weekly_until >= earliest)
    return Statement(
        select(*_COLUMNS)
        .select_from(_WITH_CLASS)
        .where(or_(own, of_class), _NOT_ARCHIVED, CalendarEvent.start_time < _UNTIL, reaches)
        .order_by(CalendarEvent.start_time, CalendarEvent.id)
    )


EVENTS = _events()
EVENT = Statement(select(*_COLUMNS).select_from(_WITH_CLASS).where(CalendarEvent.id == _EVENT))


def _add() -> Statement:
    class_id = bindparam("class_id", type_=Uuid())
    own = and_(
        class_id.is_(None), CalendarEvent.owner_id == _PERSON, CalendarEvent.class_id.is_(None)
    )
    there = or_(CalendarEvent.class_id == class_id, own)
    count = select(func.count()).select_from(CalendarEvent).where(there).scalar_subquery()
    values: dict[str, BindParameter[Any]] = {
        "owner_id": _PERSON,
        "class_id": class_id,
        "title": _TITLE,
        "start_time": bindparam("start", type_=INSTANT),
        "end_time": bindparam("end", type_=INSTANT),
        "type": bindparam("type", type_=EVENT_TYPE),
        "timezone": bindparam("timezone", type_=String),
        "repeats_weekly_until": bindparam("weekly_until", type_=Date),
        "location": bindparam("location", type_=String),
    }
    given = select(*(value.label(name) for name, value in values.items())).where(
        count < bindparam("most", type_=Integer)
    )
    return Statement(
        insert(CalendarEvent).from_select(list(values), given).returning(CalendarEvent.id)
    )


ADD = _add()
_DAY = bindparam("day", type_=String)
_CHANGED = update(CalendarEvent).where(CalendarEvent.id == _EVENT)
_CANCELLED = CalendarEvent.cancelled_dates
RETITLE = Statement(_CHANGED.values(title=_TITLE))
MOVE = Statement(
    _CHANGED.values(
        start_time=bindparam("start", type_=INSTANT),
        end_time=bindparam("end", type_=INSTANT),
        cancelled_dates=bindparam("cancelled", type_=JSONB()),
    )
)
# By the row as it is then: two who cancel two dates at once cancel both.
CANCEL = Statement(
    _CHANGED.values(cancelled_dates=_CANCELLED.op("||")(func.jsonb_build_array(_DAY))).where(
        ~func.jsonb_exists(_CANCELLED, _DAY)
    )
)
RESTORE = Statement(_CHANGED.values(cancelled_dates=_CANCELLED.op("-")(_DAY)))
DELETE = Statement(delete(CalendarEvent).where(CalendarEvent.id == _EVENT))


class SqlCalendarRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def due(
        self, person_id: UUID, now: datetime, since: datetime, until: datetime
    ) -> Sequence[DatedItem]:
        rows = await DUE.rows(
            self._connection, person_id=person_id, now=now, since=since, until=until
        )
        return [_item(row) for row in rows]

    async def events(
        self, person_id: UUID, since: datetime, until: datetime
    ) -> Sequence[records.CalendarEvent]:
        rows = await EVENTS.rows(self._connection, person_id=person_id, since=since, until=until)
        return [_event(row) for row in rows]

    async def event(self, event_id: UUID) -> records.CalendarEvent | None:
        row = await EVENT.row(self._connection, event_id=event_id)
        return None if row is None else _event(row)

    async def add(self, event: NewEvent, most: int) -> UUID | None:
        made: UUID | None = await ADD.value(
            self._connection,
            person_id=event.owner_id,
            class_id=event.class_id,
            title=event.title,
            start=event.start,
            end=event.end,
            type=event.type,
            timezone=event.timezone,
            weekly_until=event.repeats_weekly_until,
            location=event.location,
            most=most,
        )
        return made

    async def retitle(self, event_id: UUID, title: str) -> None:
        await RETITLE.run(self._connection, event_id=event_id, title=title)

    async def move(
        self, event_id: UUID, start: datetime, end: datetime, cancelled: Collection[date]
    ) -> None:
        await MOVE.run(
            self._connection,
            event_id=event_id,
            start=start,
            end=end,
            cancelled=sorted(day.isoformat() for day in cancelled),
        )

    async def cancel(self, event_id: UUID, day: date) -> None:
        await CANCEL.run(self._connection, event_id=event_id, day=day.isoformat())

    async def restore(self, event_id: UUID, day: date) -> None:
        await RESTORE.run(self._connection, event_id=event_id, day=day.isoformat())

    async def delete(self, event_id: UUID) -> None:
        await DELETE.run(self._connection, event_id=event_id)


def _event(row: asyncpg.Record) -> records.CalendarEvent:
    return records.CalendarEvent(
        id=row["id"],
        owner_id=row["owner_id"],
        class_id=row["class_id"],
        class_name=row["class_name"],
        type=records.EventType(row["type"]),
        title=row["title"],
        start=row["start_time"],
        end=row["end_time"],
        timezone=row["timezone"],
        repeats_weekly_until=row["repeats_weekly_until"],
        cancelled=frozenset(map(date.fromisoformat, row["cancelled_dates"])),
        location=row["location"],
        updated_at=row["updated_at"],
    )


def _item(row: asyncpg.Record) -> DatedItem:
    return DatedItem(
        id=row["id"],
        content_type=ContentType(row["content_type"]),
        mode=None if row["mode"] is None else AssignmentMode(row["mode"]),
        title=row["title"],
        class_name=row["class_name"],
        at=row["at"],
        opens=row["release_date"],
        minutes=row["minutes"],
        teaches=row["teaches"],
        handed_in=row["handed_in"],
        updated_at=row["updated_at"],
    )
