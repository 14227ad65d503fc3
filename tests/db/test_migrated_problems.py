"""Problems that were there before a problem had an origin: kept in use, then claimed by slug."""

from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.migrations import downgrade, upgrade
from db.unit_of_work import unit_of_work
from tests.db.catalogue import connected
from tests.db.problems import LIBRARY, NOW, PLAIN, VARIED, bring, offered, person, states
from tests.db.rows import ROWS

OLD = "select * from problems order by slug"
NEW_COLUMNS = {"parameters", "conditions", "approved_at"}


def old_problem(slug: str, is_active: str = "true") -> str:
    values = {
        name: value
        for name, value in ROWS["problems"].items()
        if name != "id" and name not in NEW_COLUMNS
    } | {"slug": f"'{slug}'", "is_active": is_active, "created_at": "'2019-01-01'"}
    return f"insert into problems ({', '.join(values)}) values ({', '.join(values.values())})"


@pytest.fixture
async def old_rows(database_url: str) -> list[asyncpg.Record]:
    """At the revision before: one of the library's, an operator's own, one not in use."""
    await downgrade(database_url, "0004")
    async with connected(database_url) as connection:
        for slug, is_active in ((PLAIN.slug, "true"), ("own", "true"), ("old", "false")):
            await connection.execute(old_problem(slug, is_active))
        return list(await connection.fetch(OLD))


async def rows(database_url: str) -> list[asyncpg.Record]:
    async with connected(database_url) as connection:
        return list(await connection.fetch(OLD))


async def test_old_problems_come_through_up_and_down(
    database_url: str, old_rows: list[asyncpg.Record]
) -> None:
    await upgrade(database_url)
    async with connected(database_url) as connection:
        assert await states(connection) == {
            PLAIN.slug: ("folder", True),
            "own": ("folder", True),
            "old": ("folder", False),
        }
        times = "approved_at = created_at and written_at = updated_at and withdrawn_at is null"
        assert await connection.fetchval(f"select bool_and({times}) from problems")
        assert await connection.fetchval(
            "select bool_and(updated_at = '2020-01-01' and created_at = '2019-01-01') from problems"
        )
        await connection.execute("update problems set difficulty = 3 where slug = 'old'")
        touched = "select updated_at > '2020-01-02' from problems where slug = 'old'"
        assert await connection.fetchval(touched), "the trigger is on again"
        await connection.execute("delete from problems where slug = 'old'")
    await downgrade(database_url, "0004")
    assert await rows(database_url) == [row for row in old_rows if row["slug"] != "old"]


@pytest.mark.usefixtures("old_rows")
async def test_the_first_library_claims_its_own_and_leaves_the_operators(
    engine: AsyncEngine, database_url: str
) -> None:
    await upgrade(database_url)
    await bring(engine, LIBRARY, PLAIN)
    async with connected(database_url) as connection:
        assert await states(connection) == {
            PLAIN.slug: ("library", True),
            "own": ("folder", True),
            "old": ("folder", False),
        }


@pytest.mark.usefixtures("old_rows")
async def test_what_the_older_version_cannot_show_is_not_set_by_it(
    engine: AsyncEngine, database_url: str
) -> None:
    await upgrade(database_url)
    other = replace(PLAIN, slug="other")
    await bring(engine, LIBRARY, PLAIN, VARIED, other)
    async with connected(database_url) as connection:
        problem_id = await connection.fetchval("select id from problems where slug = 'other'")
        async with unit_of_work(engine) as work:
            await work.practice.withdraw_problem(problem_id, NOW)
            teacher = await person(connection, "Rumana")
            await work.practice.import_contribution(teacher, [replace(PLAIN, slug="new")], None)
    await downgrade(database_url, "0004")
    active = {row["slug"]: row["is_active"] for row in await rows(database_url)}
    assert active == {
        PLAIN.slug: True,
        "own": True,
        "old": False,
        VARIED.slug: False,
        "other": False,
    }
    await upgrade(database_url)
    assert await offered(engine, teacher, PLAIN.grade) == 2
