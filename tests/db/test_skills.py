"""Skills in the database: kept by the statement of an answer, read with what they belong to."""

import json
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories import practice_reads, practice_skills
from db.repositories.practice import SqlPracticeRepository
from db.session import PoolSettings, connection, get_engine
from domain.practice import selection
from domain.practice.profiles import Evidence
from domain.practice.records import Item, ItemState, Try
from domain.practice.skills import Skill, observed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOPICS = 11

LIBRARY = """
    insert into problems (slug, grade, topic, question_en, question_bn, answer, hints, solution_en,
                          solution_bn, difficulty, approved_at)
    select 'p-' || topic || '-' || number, 7, 'topic-' || topic, 'q', 'q', '42',
           jsonb_build_array(hint, hint, hint), 's', 's', 1 + number % 3, now()
    from generate_series(1, $1) as topic, generate_series(1, 8) as number,
         jsonb_build_object('text_en', 'h', 'text_bn', 'h') as hint
"""
STUDENT = """
    with person as (insert into users (full_name, telegram_id) values ($1, $2) returning id)
    insert into students (user_id, grade) select id, 7 from person returning user_id
"""
# Two thousand sessions of five problems, a session each few hours, every problem tried once.
HISTORY = """
    with session as (
        insert into practice_sessions (student_id, started_at, created_at, expires_at, status,
                                       completed_at, problem_ids)
        select $1, moment, moment, moment + interval '30 minutes', 'completed', moment,
               '[1, 2, 3, 4, 5]'
        from generate_series($2::timestamptz - interval '4 hours' * $3,
                             $2::timestamptz - interval '4 hours', interval '4 hours') as moment
        returning id, started_at
    ), item as (
        insert into practice_items (session_id, position, problem_id, state, tries)
        select session.id, chosen.position, chosen.id, 'answered', 1
        from (select *, row_number() over (order by started_at) as turn from session) as session,
        lateral (
            select id, row_number() over () as position from (
                select id from problems order by md5(id::text || session.turn) limit 5
            ) as five
        ) as chosen
        returning id, session_id, problem_id
    )
    insert into responses (session_id, item_id, problem_id, try_number, student_answer, is_correct)
    select session_id, id, problem_id, 1, '42', true from item
"""


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = get_engine(database_url, PoolSettings(pooled=False))
    yield engine
    await engine.dispose()


@pytest.fixture
async def database(engine: AsyncEngine) -> AsyncIterator[asyncpg.Connection]:
    async with connection(engine) as one:
        await one.execute(LIBRARY, TOPICS)
        yield one


async def student(database: asyncpg.Connection, number: int = 7) -> UUID:
    found: UUID = await database.fetchval(STUDENT, f"Student {number}", number)
    return found


async def opened(database: asyncpg.Connection, who: UUID) -> list[Item]:
    """The first two items of a new session, whose first problem is of topic-1."""
    practice = SqlPracticeRepository(database)
    problems = await database.fetch("select id from problems order by slug limit 5")
    expires = NOW + timedelta(minutes=30)
    assert await practice.create_session(who, [row["id"] for row in problems], NOW, expires)
    return list(await practice.current_items(who))


def attempt(item: Item, *, correct: bool, skill: Skill | None) -> Try:
    return Try(item, "42", correct, 7, NOW, skill)


def seen(topic: str, *evidence: Evidence) -> Skill:
    skill = None
    for one in evidence:
        skill = observed(skill, topic, 2, one, NOW)
    assert skill is not None
    return skill


async def test_an_answer_keeps_the_skill_and_the_next_item_brings_it(
    database: asyncpg.Connection,
) -> None:
    rafi = await student(database)
    practice = SqlPracticeRepository(database)
    first, second = await opened(database, rafi)
    assert first.skill is None
    skill = seen(first.topic, Evidence.WRONG)
    wrong = attempt(first, correct=False, skill=skill)
    assert await practice.store_answer(wrong, ItemState.WAITING)
    again = (await practice.current_items(rafi))[0]
    assert again.skill == skill
    assert (await practice.current_items(rafi))[1].skill == skill
    assert second.topic == first.topic
    better = observed(skill, first.topic, again.difficulty, Evidence.FIXED, NOW)
    right = attempt(again, correct=True, skill=better)
    assert await practice.store_answer(right, ItemState.ANSWERED)
    assert (await practice.current_items(rafi))[0].skill == better
    assert await database.fetchval("select count(*) from skills") == 1


async def test_one_more_wrong_try_leaves_the_skill_alone(database: asyncpg.Connection) -> None:
    rafi = await student(database)
    practice = SqlPracticeRepository(database)
    first, _ = await opened(database, rafi)
    skill = seen(first.topic, Evidence.WRONG)
    await practice.store_answer(attempt(first, correct=False, skill=skill), ItemState.WAITING)
    again = (await practice.current_items(rafi))[0]
    assert await practice.store_answer(attempt(again, correct=False, skill=None), ItemState.WAITING)
    assert (await practice.current_items(rafi))[0].skill == skill


async def test_what_is_not_stored_keeps_no_skill(database: asyncpg.Connection) -> None:
    """An answer to an item that moved on meanwhile changes nothing at all."""
    rafi = await student(database)
    practice = SqlPracticeRepository(database)
    first, _ = await opened(database, rafi)
    stale = replace(first, tries=3)
    skill = seen(first.topic, Evidence.RIGHT)
    right = attempt(stale, correct=True, skill=skill)
    assert not await practice.store_answer(right, ItemState.ANSWERED)
    assert not await practice.leave_item(stale, ItemState.SKIPPED, 7, NOW, skill)
    assert await database.fetchval("select count(*) from skills") == 0


async def test_leaving_keeps_the_skill(database: asyncpg.Connection) -> None:
    rafi = await student(database)
    practice = SqlPracticeRepository(database)
    first, _ = await opened(database, rafi)
    skill = seen(first.topic, Evidence.SHOWN)
    assert await practice.leave_item(first, ItemState.SHOWN, 7, NOW, skill)
    assert (await practice.skills(rafi))[first.topic] == skill


async def test_choices_and_skills_are_the_students_own(database: asyncpg.Connection) -> None:
    rafi, mina = await student(database, 7), await student(database, 8)
    practice = SqlPracticeRepository(database)
    first, _ = await opened(database, rafi)
    skill = seen(first.topic, Evidence.RIGHT)
    await practice.store_answer(attempt(first, correct=True, skill=skill), ItemState.ANSWERED)
    choices = await practice.choices(rafi, 7)
    assert len(choices.candidates) == 8 * TOPICS
    assert choices.skills == {first.topic: skill}
    tried = next(one for one in choices.candidates if one.id == first.problem_id)
    assert (tried.times_set, tried.last_set_at, tried.first_try_correct) == (1, NOW, True)
    assert (await practice.choices(mina, 7)).skills == {}
    known = await practice.skills(rafi)
    assert list(known) == sorted(f"topic-{n + 1}" for n in range(TOPICS))
    assert {topic for topic, one in known.items() if one is not None} == {first.topic}
    assert set((await practice.skills(mina)).values()) == {None}


async def test_skills_go_with_their_student(database: asyncpg.Connection) -> None:
    rafi = await student(database)
    first, _ = await opened(database, rafi)
    skill = seen(first.topic, Evidence.SHOWN)
    await SqlPracticeRepository(database).leave_item(first, ItemState.SHOWN, 7, NOW, skill)
    await database.execute("delete from users where id = $1", rafi)
    assert await database.fetchval("select count(*) from skills") == 0


async def plan(database: asyncpg.Connection, sql: str, *arguments: Any) -> list[dict[str, Any]]:
    """Every node of the plan that was run."""
    found = await database.fetchval(f"explain (analyze, format json) {sql}", *arguments)
    nodes = [(json.loads(found) if isinstance(found, str) else found)[0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes


async def test_choosing_after_ten_thousand_answers_reads_only_the_latest_sessions(
    database: asyncpg.Connection,
) -> None:
    """By index, and no more rows of history than the latest sessions hold."""
    for number in range(1, 4):
        await database.execute(HISTORY, await student(database, number), NOW, 400)
    rafi = await student(database)
    await database.execute(HISTORY, rafi, NOW, 2000)
    assert await database.fetchval("select count(*) from responses") == 16_000
    await database.execute("analyze")
    statement = practice_reads.CANDIDATES
    arguments = statement._arguments({"student_id": rafi, "grade": 7})
    nodes = await plan(database, statement.sql, *arguments)
    history = [one for one in nodes if one.get("Relation Name") in
               {"practice_sessions", "practice_items", "responses"}]  # fmt: skip
    assert {one["Relation Name"] for one in history} == {
        "practice_sessions",
        "practice_items",
        "responses",
    }
    for one in history:
        assert one["Node Type"] != "Seq Scan", one["Relation Name"]
        touched = one["Actual Rows"] * one["Actual Loops"] + one.get("Rows Removed by Filter", 0)
        assert touched <= 5 * practice_reads.LATEST_SESSIONS + 1
    choices = await SqlPracticeRepository(database).choices(rafi, 7)
    chosen = selection.choose(choices.candidates, choices.skills, NOW, random.Random(1))
    assert len(set(chosen)) == 5
    latest = await database.fetchval(
        "select max(started_at) from practice_sessions where student_id = $1", rafi
    )
    assert max(filter(None, (one.last_set_at for one in choices.candidates))) == latest


async def test_a_skill_comes_back_as_it_was_kept(database: asyncpg.Connection) -> None:
    """To the last bit, so that nothing drifts from answer to answer."""
    rafi = await student(database)
    first, _ = await opened(database, rafi)
    rng = random.Random(3)
    skill = seen(first.topic, *rng.choices(list(Evidence), k=40))
    await SqlPracticeRepository(database).leave_item(first, ItemState.SKIPPED, 7, NOW, skill)
    row = await practice_skills.SKILLS.rows(database, student_id=rafi)
    assert practice_skills.by_topic(row)[first.topic] == skill
