"""The statements tell exactly whom the rules in Python name: whoever they are, whenever it is."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from db.session import PoolSettings, get_engine
from domain.practice.records import Streak
from domain.practice.streaks import standing
from tests.db.school import DAY, DHAKA, HOUR, LONDON, MINUTE, NEW_YORK, School

ZONES = (DHAKA, LONDON, NEW_YORK)
# Around the night in which New York's clock is put back.
FIRST = date(2026, 10, 30)
EVENING = time(20, 30)
EMPTY = "delete from users; delete from clock_marks; delete from configuration"
REACH = "update users set {} where id = $1"
UNREACHABLE = ("is_active = false", "blocked_bot_at = now()")


@dataclass(frozen=True)
class Student:
    zone: str
    reminder: time | None
    grade: int | None
    streak: int
    last: date | None
    completed: datetime | None
    unreachable: str | None

    def turn(
        self, at: time, since: datetime, now: datetime, holidays: frozenset[date]
    ) -> date | None:
        """The local day on which this time came after `since`, if it is not over or a holiday."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        came = datetime.combine(today, at, ZoneInfo(self.zone)).astimezone(UTC)
        return today if since < came <= now and today not in holidays else None

    def stands(self, day: date, holidays: frozenset[date]) -> int:
        return standing(Streak(self.streak, self.streak, self.last), day, holidays)

    def is_reminded(self, since: datetime, now: datetime, holidays: frozenset[date]) -> int | None:
        """The streak that the reminder names; None for no reminder."""
        if self.unreachable or self.grade is None or self.reminder is None:
            return None
        day = self.turn(self.reminder, max(since, now - 2 * HOUR), now, holidays)
        if day is None:
            return None
        done = self.completed and self.completed.astimezone(ZoneInfo(self.zone)).date() == day
        return None if done else self.stands(day, holidays)

    def is_warned(self, since: datetime, now: datetime, holidays: frozenset[date]) -> int | None:
        day = None if self.unreachable else self.turn(EVENING, since, now, holidays)
        if day is None or self.last is None or self.last >= day:
            return None
        streak = self.stands(day, holidays)
        return streak if streak >= 2 else None


@st.composite
def scenes(draw: st.DrawFn) -> tuple[datetime, datetime, frozenset[date], list[Student]]:
    """Now, when the clock looked before, holidays, and students near to what may concern them."""
    home = draw(zones)
    evening = datetime.combine(FIRST + draw(days) * DAY, EVENING, ZoneInfo(home))
    now = evening.astimezone(UTC) + draw(st.integers(-30, 240)) * MINUTE
    since = now - draw(st.integers(1, 300)) * MINUTE
    holidays = frozenset(FIRST + one * DAY for one in draw(st.sets(st.integers(-3, 5), max_size=4)))
    return now, since, holidays, [draw(student(now, home)) for _ in range(draw(st.integers(4, 12)))]


@st.composite
def student(draw: st.DrawFn, now: datetime, home: str) -> Student:
    zone = draw(st.sampled_from((home, home, *ZONES)))
    local = (now - draw(st.integers(-5, 180)) * MINUTE).astimezone(ZoneInfo(zone))
    hours = draw(st.none() | st.integers(0, 30))
    ago = draw(st.sampled_from((1, 1, 1, 2, 3, 4, 0, None)))
    return Student(
        zone=zone,
        reminder=draw(st.sampled_from((local.time().replace(tzinfo=None), None))),
        grade=draw(st.sampled_from((7, 7, 7, None))),
        streak=draw(st.integers(0, 9)),
        last=None if ago is None else local.date() - ago * DAY,
        completed=None if hours is None else now - timedelta(hours=hours),
        unreachable=draw(st.sampled_from((None, None, None, *UNREACHABLE))),
    )


days, zones = st.integers(0, 4), st.sampled_from(ZONES)


@pytest.fixture
async def school(database_url: str, database: asyncpg.Connection) -> AsyncIterator[School]:
    await database.execute("create sequence telegram_ids start 5001")
    engine = get_engine(database_url, PoolSettings(size=1))
    yield School(engine, database)
    await engine.dispose()


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(scenes())
async def test_told_are_those_whom_the_rules_name(
    school: School, scene: tuple[datetime, datetime, frozenset[date], list[Student]]
) -> None:
    now, since, holidays, students = scene
    await school.database.execute(EMPTY)
    await school.holiday(*holidays)
    people = {await added(school, one): one for one in students}
    await school.remind(since)
    await school.warn(since)
    await school.remind(now)
    await school.warn(now)
    reminded = await told(school, "practice_reminder")
    warned = await told(school, "streak_at_risk")
    event(f"{bool(reminded)} {bool(warned)}")
    assert reminded == expected(
        {key: one.is_reminded(since, now, holidays) for key, one in people.items()}
    )
    assert warned == expected(
        {key: one.is_warned(since, now, holidays) for key, one in people.items()}
    )
    assert list(reminded.values()) == sorted(reminded.values(), reverse=True)


async def added(school: School, one: Student) -> UUID:
    key = await school.student(
        one.zone, one.reminder, grade=one.grade, streak=one.streak, last=one.last
    )
    if one.completed is not None:
        await school.completes(key, one.completed)
    if one.unreachable is not None:
        await school.database.execute(REACH.format(one.unreachable), key)
    return key


async def told(school: School, kind: str) -> dict[UUID, int]:
    return {
        row["recipient_id"]: json.loads(row["data"])["streak"]
        for row in await school.said()
        if row["kind"] == kind
    }


def expected(streaks: dict[UUID, int | None]) -> dict[UUID, int]:
    return {key: streak for key, streak in streaks.items() if streak is not None}
