"""Students here and there, and the two jobs of the clock that look after them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.operations import reminders

BOT = 77
DHAKA, NEW_YORK, LONDON = "Asia/Dhaka", "America/New_York", "Europe/London"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - DAY
SEVEN = time(19)

ADD = """
    with person as (
        insert into users (full_name, telegram_id, timezone)
        values ('কেউ', nextval('telegram_ids'), $1) returning id
    ), student as (
        insert into students (user_id, grade, reminder_time) select id, $2, $3 from person
        returning user_id
    ), streak as (
        insert into streaks (student_id, current_streak, longest_streak, last_practice_date)
        select user_id, $4, $4, $5 from student where $5::date is not null
    )
    select user_id from student
"""
COMPLETE = """
    insert into practice_sessions (student_id, kind, problem_ids, started_at, expires_at, status,
                                   completed_at)
    values ($1, $2, '[1, 2, 3, 4, 5]', $3::timestamptz - interval '10 minutes',
            $3::timestamptz + interval '20 minutes', 'completed', $3)
"""
SAID = """
    select outbox.*, notifications.recipient_id, notifications.type::text as notice,
        notifications.dedupe_key as notice_key
    from outbox join notifications on notifications.id = outbox.notification_id
    order by outbox.id
"""


def at(zone: str, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


@dataclass
class School:
    """Students here and there, and the clock that looks after them."""

    engine: AsyncEngine
    database: asyncpg.Connection

    async def student(
        self,
        zone: str = DHAKA,
        reminder: time | None = SEVEN,
        *,
        grade: int | None = 7,
        streak: int = 0,
        last: date | None = None,
    ) -> UUID:
        return UUID(str(await self.database.fetchval(ADD, zone, grade, reminder, streak, last)))

    async def completes(self, student: UUID, instant: datetime, kind: str = "practice") -> None:
        await self.database.execute(COMPLETE, student, kind, instant)

    async def holiday(self, *days: date) -> None:
        await self.database.execute(
            "insert into configuration (key, value, value_type) values ($1, $2, 'list')",
            "practice.holidays",
            json.dumps([day.isoformat() for day in days]),
        )

    async def remind(self, now: datetime) -> int:
        async with unit_of_work(self.engine) as work:
            return await reminders.remind_of_practice(work, BOT, now)

    async def warn(self, now: datetime) -> int:
        async with unit_of_work(self.engine) as work:
            return await reminders.warn_of_streaks(work, BOT, now)

    async def minutes(self, since: datetime, until: datetime) -> dict[datetime, int]:
        """Both jobs at each minute, as the clock calls them; how many were told, and when."""
        told = {}
        while (since := since + MINUTE) <= until:
            told[since] = await self.remind(since) + await self.warn(since)
        return {when: count for when, count in told.items() if count}

    async def said(self) -> Sequence[asyncpg.Record]:
        return await self.database.fetch(SAID)

    async def whom(self) -> list[UUID]:
        return [row["recipient_id"] for row in await self.said()]
