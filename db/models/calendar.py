"""The calendar, and how far the clock has come."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import (
    TOUCHED,
    Base,
    JsonList,
    created,
    empty_list,
    enum_type,
    primary_key,
)
from domain.calendar.records import EventType

EVENT_TYPE = enum_type(EventType, "calendar_event_type")


class CalendarEvent(Base):
    """A class meeting or something of one's own. Due dates stand on the content items.

    A weekly meeting is one row: it begins at the same hour each week on the clock of `timezone`,
    until `repeats_weekly_until` (a day of that clock), without its `cancelled_dates`.
    """

    __tablename__ = "calendar_events"
    __table_args__ = (
        CheckConstraint("length(title) between 1 and 200", name="title_length"),
        CheckConstraint(
            "end_time > start_time and end_time <= start_time + interval '336 hours'",
            name="ends_after_start",
        ),
        CheckConstraint(
            "case type when 'class' then class_id is not null"
            " when 'personal' then class_id is null else true end",
            name="class_fits_type",
        ),
        CheckConstraint(
            "jsonb_typeof(cancelled_dates) = 'array'", name="cancelled_dates_are_a_list"
        ),
        Index("ix_calendar_events_owner_id_start_time", "owner_id", "start_time"),
        Index("ix_calendar_events_class_id_start_time", "class_id", "start_time"),
        {"info": {TOUCHED: True}},
    )

    id: Mapped[uuid.UUID] = primary_key()
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    class_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    start_time: Mapped[datetime]
    end_time: Mapped[datetime]
    type: Mapped[EventType] = mapped_column(EVENT_TYPE)
    reference_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), index=True
    )
    timezone: Mapped[str] = mapped_column(String(64))
    repeats_weekly_until: Mapped[date | None]
    cancelled_dates: Mapped[JsonList] = empty_list()
    location: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = created()


class CalendarLink(Base):
    """The secret link by which a calendar program reads somebody's calendar; one a person."""

    __tablename__ = "calendar_links"
    __table_args__ = (
        CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="token_hash_is_sha256"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class ClockMark(Base):
    """Up to which instant a job of the clock has done its work."""

    __tablename__ = "clock_marks"

    job: Mapped[str] = mapped_column(String(50), primary_key=True)
    done_until: Mapped[datetime]
