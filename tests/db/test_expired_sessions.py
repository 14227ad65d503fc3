"""Practice sessions that ran out are closed and told of in three statements, as one by one."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories.practice import SqlPracticeRepository
from db.session import PoolSettings, connection, get_engine
from db.unit_of_work import unit_of_work
from domain.operations import clockwork
from domain.practice import skills
from tests.db.test_skills import LIBRARY, STUDENT

BOT = 1000001
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STUDENTS = 20
# Up to four items of a session were answered, every second one rightly; the rest wait.
SESSIONS = """
    insert into practice_sessions (student_id, started_at, expires_at, problem_ids)
    select user_id, $1::timestamptz - interval '40 minutes', $1::timestamptz - n * interval '1 s',
        '[1, 2, 3, 4, 5]'
    from (select user_id, row_number() over (order by user_id) as n from students) as numbered
"""
ITEMS = """
    insert into practice_items (session_id, position, problem_id, state, tries, hints_shown)
    select s.id, place,
        (select id from problems order by md5(s.id::text || place || problems.id) limit 1),
        (case when place <= done then 'answered' else 'waiting' end)::practice_item_state,
        (place <= done)::int, place % 3
    from (select *, row_number() over (order by student_id) % 5 as done from practice_sessions) s,
        generate_series(1, 5) as place
"""
RESPONSES = """
    insert into responses (session_id, item_id, problem_id, try_number, student_answer, is_correct)
    select session_id, id, problem_id, 1, '1', position % 2 = 1 from practice_items where tries = 1
"""
SKILLS = """
    insert into skills (student_id, topic, belief, half_life_days, practised_at)
    select user_id, 'topic-' || topic, $2::float8[], 60, $1::timestamptz - interval '1 day'
    from students, generate_series(1, 4) as topic
    where (get_byte(uuid_send(user_id), 15) + topic) % 3 > 0
"""
WEAK = tuple(0.9 if cell == 0 else 0.1 / 83 for cell in range(84))


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = get_engine(database_url, PoolSettings(pooled=False))
    yield made
    await made.dispose()


@pytest.fixture
async def filled(database: asyncpg.Connection) -> asyncpg.Connection:
    await database.execute(LIBRARY, 4)
    for number in range(STUDENTS):
        await database.execute(STUDENT, f"S{number}", number + 1)
    await database.execute(SESSIONS, NOW)
    await database.execute(ITEMS)
    await database.execute(RESPONSES)
    await database.execute(SKILLS, NOW, list(WEAK))
    return database


async def one_by_one(engine: AsyncEngine, database: asyncpg.Connection) -> dict[UUID, Any]:
    """What each student should be told, read as a single session's summary is."""
    expected = {}
    rows = await database.fetch("select id, student_id from practice_sessions")
    async with connection(engine) as driver:
        practice = SqlPracticeRepository(driver)
        for row in rows:
            result = await practice.session_result(row["id"])
            known = await practice.skills(row["student_id"])
            whole = replace(result, work_on=skills.work_on(known, NOW))
            expected[row["student_id"]] = clockwork.result_data(whole)
    return expected


async def close(engine: AsyncEngine, now: datetime = NOW) -> int:
    async with unit_of_work(engine) as work:
        return await clockwork.close_expired_sessions(work, BOT, now)


async def test_everybody_is_told_what_the_summary_of_their_session_says(
    engine: AsyncEngine, filled: asyncpg.Connection
) -> None:
    expected = await one_by_one(engine, filled)
    assert {one["work_on"] for one in expected.values()} != {None}
    assert await close(engine) == STUDENTS
    rows = await filled.fetch("select user_id, data, kind::text, expires_at from outbox")
    assert {row["user_id"]: json.loads(row["data"]) for row in rows} == expected
    assert {(row["kind"], row["expires_at"]) for row in rows} == {
        ("session_ended", NOW - timedelta(minutes=40) + 12 * HOUR)
    }
    states = await filled.fetch("select distinct status::text from practice_sessions")
    assert [row[0] for row in states] == ["abandoned"]
    assert await close(engine) == 0


async def test_after_days_without_a_clock_the_old_ones_are_closed_in_silence(
    engine: AsyncEngine, filled: asyncpg.Connection
) -> None:
    await filled.execute(
        "update practice_sessions set started_at = started_at - interval '3 days',"
        " expires_at = expires_at - interval '3 days'"
        " where student_id in (select id from users where telegram_id <= 5)"
    )
    assert await close(engine) == STUDENTS
    open_still = "select count(*) from practice_sessions where status = 'in_progress'"
    assert await filled.fetchval(open_still) == 0
    assert await filled.fetchval("select min(chat_id) from outbox") == 6


async def test_what_is_open_still_and_quizzes_stay(
    engine: AsyncEngine, filled: asyncpg.Connection
) -> None:
    oldest = "select min(expires_at) from practice_sessions"
    await filled.execute(
        f"update practice_sessions set kind = 'quiz' where expires_at = ({oldest})"
    )
    assert await close(engine, NOW - 5 * timedelta(seconds=1)) == STUDENTS - 5
    left = await filled.fetch(
        "select expires_at from practice_sessions where status = 'in_progress' order by expires_at"
    )
    assert [(NOW - row[0]).total_seconds() for row in left] == [STUDENTS, 4, 3, 2, 1]


async def test_more_than_one_transaction_should_hold_goes_on_in_the_next(
    engine: AsyncEngine, filled: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clockwork, "SESSIONS", 8)
    assert [await close(engine) for _ in range(4)] == [8, 8, 4, 0]
    assert await filled.fetchval("select count(*) from outbox") == STUDENTS


async def test_a_session_that_its_student_is_answering_in_is_not_waited_for(
    engine: AsyncEngine, filled: asyncpg.Connection, database_url: str
) -> None:
    student = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    try:
        async with student.transaction():
            await student.execute(
                "update practice_sessions set problems_correct = 1"
                " where id = (select min(id::text)::uuid from practice_sessions)"
            )
            assert await close(engine) == STUDENTS - 1
        assert await close(engine) == 1
    finally:
        await student.close()


async def test_whoever_blocked_the_bot_is_not_written_to(
    engine: AsyncEngine, filled: asyncpg.Connection
) -> None:
    await filled.execute("update users set blocked_bot_at = now() where telegram_id <= 5")
    assert await close(engine) == STUDENTS
    assert await filled.fetchval("select min(chat_id) from outbox") == 6
    assert await filled.fetchval("select count(*) from outbox") == STUDENTS - 5
