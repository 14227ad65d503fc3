"""Choosing a session's problems for a student with ten thousand answers behind them.

The one statement that reads problems, past and skills, and the choice itself, alone and with 32 at
once, over the practice library and beside other students with as long a past in all.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import harness
from benchmarks.harness import percentile
from db.repositories.practice import SqlPracticeRepository
from db.repositories.practice_skills import values
from db.session import PoolSettings, connection, get_engine
from domain.practice import selection
from domain.practice.profiles import Evidence
from domain.practice.skills import Skill, observed

BAR_MS = 5.0
SESSIONS = 2000
"""Of five problems with a first try each: ten thousand answers."""
OTHERS, SESSIONS_OF_OTHERS = 20, 100
TIMES = 400
AT_ONCE = 32
FIRST_ID = 6_000_000

HISTORY = """
    with session as (
        insert into practice_sessions (student_id, started_at, created_at, expires_at, status,
                                       completed_at, problem_ids)
        select $1, moment, moment, moment + interval '30 minutes', 'completed', moment,
               '[1, 2, 3, 4, 5]'
        from generate_series(now() - interval '4 hours' * $2, now() - interval '4 hours',
                             interval '4 hours') as moment
        returning id, started_at
    ), chosen as (
        select session.id as session_id, problem.id,
               row_number() over (partition by session.id) as position
        from (select *, row_number() over (order by started_at) as turn from session) as session
        join (select id, row_number() over (order by slug) as number, count(*) over () as many
              from problems where grade = $3) as problem
            on (problem.number - session.turn * 5 + many * 10000) % many < 5
    ), item as (
        insert into practice_items (session_id, position, problem_id, state, tries)
        select session_id, position, id, 'answered', 1 from chosen
        returning id, session_id, problem_id
    )
    insert into responses (session_id, item_id, problem_id, try_number, student_answer, is_correct)
    select session_id, id, problem_id, 1, '42', random() < 0.7 from item
"""
SKILL = """
    insert into skills (student_id, topic, belief, half_life_days, practised_at)
    values ($1, $2, $3, $4, $5)
"""


async def main() -> None:
    harness.refuse_real_services()
    with harness.home() as home:
        async with harness.services(home, valkey=False) as services:
            settings = PoolSettings(size=AT_ONCE, max_overflow=0)
            engine = get_engine(services.database_url or "", settings)
            try:
                await measure(engine)
            finally:
                await engine.dispose()


async def measure(engine: AsyncEngine) -> None:
    async with connection(engine) as database:
        await harness.enrol(database, range(FIRST_ID, FIRST_ID + 1 + OTHERS))
        students = [row["user_id"] for row in await database.fetch("select user_id from students")]
        await database.execute(HISTORY, students[0], SESSIONS, harness.GRADE)
        for other in students[1:]:
            await database.execute(HISTORY, other, SESSIONS_OF_OTHERS, harness.GRADE)
        await learn(database, students[0])
        await database.execute("analyze")
        answers = await database.fetchval(
            "select count(*) from responses join practice_sessions s on s.id = session_id"
            " where student_id = $1",
            students[0],
        )
    reading, choosing = await alone(engine, students[0])
    together = await at_once(engine, students[0])
    print(f"a student with {answers:,} answers\n")
    rows = [row("read", reading), row("choose", choosing)]
    rows.append(row("both", [a + b for a, b in zip(reading, choosing, strict=True)]))
    rows.append(row(f"both, {AT_ONCE} at once", together))
    harness.table(("milliseconds", "median", "99th"), rows)
    both = statistics.median(reading) + statistics.median(choosing)
    harness.verdict(BAR_MS, both, {}, both / BAR_MS, holds=both < BAR_MS)


async def learn(database: asyncpg.Connection, student: UUID) -> None:
    """A skill in every topic of the class."""
    topics = await SqlPracticeRepository(database).skills(student)
    for topic in topics:
        skill: Skill | None = None
        for evidence in random.Random(topic).choices(list(Evidence), k=20):
            skill = observed(skill, topic, 2, evidence, datetime.now(UTC))
        await database.execute(SKILL, student, *values(skill).values())


async def alone(engine: AsyncEngine, student: UUID) -> tuple[list[float], list[float]]:
    """Milliseconds of reading and of choosing, one after another on one connection."""
    reading, choosing = [], []
    async with connection(engine) as database:
        practice = SqlPracticeRepository(database)
        for number in range(TIMES + 20):
            began = time.perf_counter()
            choices = await practice.choices(student, harness.GRADE)
            read = time.perf_counter()
            selection.choose(
                choices.candidates, choices.skills, datetime.now(UTC), random.Random(number)
            )
            reading.append((read - began) * 1000)
            choosing.append((time.perf_counter() - read) * 1000)
    # The first ones prepare the statement.
    return reading[20:], choosing[20:]


async def at_once(engine: AsyncEngine, student: UUID) -> list[float]:
    """Milliseconds of both with so many at once, waiting for one another included."""

    async def some() -> list[float]:
        reading, choosing = await alone(engine, student)
        return [a + b for a, b in zip(reading, choosing, strict=True)]

    return [one for many in await asyncio.gather(*[some() for _ in range(AT_ONCE)]) for one in many]


def row(name: str, times: Sequence[float]) -> tuple[str, str, str]:
    return name, f"{statistics.median(times):.1f}", f"{percentile(times, 0.99):.1f}"


if __name__ == "__main__":
    asyncio.run(main())
