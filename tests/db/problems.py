"""Problems, people and sessions for the tests of the library."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.practice.library import read_upload
from domain.practice.records import Import, Problem, ProblemOrigin
from runtime import content

TEMPLATE = (content.ROOT / "content" / "templates" / "problems.yaml").read_bytes()
PLAIN, VARIED = read_upload("problems.yaml", TEMPLATE, content.topics()).problems
HARDER = replace(PLAIN, difficulty=3)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIBRARY, FOLDER = ProblemOrigin.LIBRARY, ProblemOrigin.FOLDER


async def person(database: asyncpg.Connection, name: str, role: str = "teacher") -> UUID:
    made: UUID = await database.fetchval(
        "insert into users (full_name, role) values ($1, $2) returning id", name, role
    )
    return made


async def bring(engine: AsyncEngine, origin: ProblemOrigin, *problems: Problem) -> Import:
    async with unit_of_work(engine) as work:
        return await work.practice.import_problems(problems, origin)


async def contribute(
    engine: AsyncEngine, owner_id: UUID, *problems: Problem, approved_at: datetime | None = None
) -> tuple[int, int, int]:
    """(new, changed, unchanged)"""
    async with unit_of_work(engine) as work:
        kept = await work.practice.import_contribution(owner_id, problems, approved_at)
    assert kept.taken == ()
    return kept.new, kept.changed, kept.unchanged


async def waiting(engine: AsyncEngine, owner_id: UUID) -> list[Problem]:
    async with unit_of_work(engine) as work:
        return list(await work.practice.contribution(owner_id))


async def states(database: asyncpg.Connection) -> dict[str, tuple[str, bool]]:
    """Of every problem by slug: origin, and whether it is set."""
    rows = await database.fetch(
        "select slug, origin::text, is_active and withdrawn_at is null as is_set from problems"
    )
    return {row["slug"]: (row["origin"], row["is_set"]) for row in rows}


async def offered(engine: AsyncEngine, student: UUID, grade: int) -> int:
    async with unit_of_work(engine) as work:
        return len((await work.practice.choices(student, grade)).candidates)


async def set_once(engine: AsyncEngine, database: asyncpg.Connection, slug: str) -> UUID:
    """A session of a student's with the problem in each of its five places; returns the student."""
    student = await person(database, "Rafi", "student")
    await database.execute("insert into students (user_id, grade) values ($1, 6)", student)
    problem_id = await database.fetchval("select id from problems where slug = $1", slug)
    async with unit_of_work(engine) as work:
        await work.practice.create_session(
            student, [problem_id] * 5, NOW, NOW + timedelta(minutes=30)
        )
    return student
