"""Two admins at the holidays at once: neither loses what the other declared."""

import asyncio
from datetime import UTC, date, datetime

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.operations import holidays
from domain.operations.holiday_spans import Span
from domain.operations.records import Holiday
from domain.people.records import Person
from tests.db.waiting import until_somebody_waits
from tests.teaching import School

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
VICTORY = Holiday(date(2026, 12, 16), "Victory Day")
CHRISTMAS = Holiday(date(2026, 12, 25), "Christmas")


async def declare(engine: AsyncEngine, admin: Person, one: Holiday) -> None:
    async with unit_of_work(engine) as work:
        await holidays.declare(work, admin, Span(one.day, one.day, one.name), NOW)


async def kept(engine: AsyncEngine) -> list[Holiday]:
    async with unit_of_work(engine) as work:
        return list(await work.operations.named_holidays())


async def test_two_admins_declare_at_once_and_both_holidays_are_kept(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await School(database).person(900, "Boss", "admin")
    async with unit_of_work(engine) as work:
        admin = await work.people.get_user_by_telegram(900)
        assert admin is not None
        # The first of all: there is no row yet that could be locked.
        await holidays.declare(work, admin, Span(VICTORY.day, VICTORY.day, VICTORY.name), NOW)
        later = asyncio.create_task(declare(engine, admin, CHRISTMAS))
        await until_somebody_waits(database)
    await later
    assert await kept(engine) == [VICTORY, CHRISTMAS]
    async with unit_of_work(engine) as work:
        await holidays.withdraw(work, admin, VICTORY.day, VICTORY.day, NOW)
        later = asyncio.create_task(declare(engine, admin, VICTORY))
        await until_somebody_waits(database)
    await later
    assert await kept(engine) == [VICTORY, CHRISTMAS]
