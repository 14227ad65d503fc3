"""Quizzes as the database keeps them: scores, races with a teacher, the clock as one statement."""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories import practice_quizzes_statements as statements
from db.statements import Statement
from db.unit_of_work import unit_of_work
from domain.courses import content
from domain.courses import quizzes as making
from domain.courses.content import Which
from domain.errors import Refusal
from domain.people.records import Person
from domain.practice import quizzes
from domain.practice.quiz_outcomes import Asked, Ended
from runtime import content as library
from tests.db.waiting import until_somebody_waits
from tests.teaching import School

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DUE = NOW + timedelta(hours=1)
BOT = 1000001
QUESTIONS = 5


@dataclass
class Room:
    """Salma's class with a quiz of five numbers to find, and Rafi in it."""

    engine: AsyncEngine
    database: asyncpg.Connection
    class_id: UUID
    quiz: UUID
    salma: Person
    rafi: Person

    async def begin(self) -> None:
        async with unit_of_work(self.engine) as work:
            assert isinstance(await quizzes.begin(work, self.rafi, self.quiz, NOW), Asked)

    async def answer_now(self) -> str:
        async with unit_of_work(self.engine) as work:
            waiting = await work.quiz_sessions.waiting(self.rafi.id, self.quiz)
        assert waiting is not None
        return waiting.item.answer


async def person_of(engine: AsyncEngine, user_id: UUID) -> Person:
    async with unit_of_work(engine) as work:
        found = await work.people.get_user_by_id(user_id)
    assert found is not None
    return found


@pytest.fixture
async def room(engine: AsyncEngine, database: asyncpg.Connection) -> Room:
    await library.import_library(engine, most=library.AT_A_START)
    school = School(database)
    salma, rafi = await school.person(901, "Salma", "teacher"), await school.person(902, "Rafi")
    class_id = await school.class_of(salma)
    await school.enroll(rafi, class_id)
    quiz = await database.fetchval(
        "insert into content_items"
        " (module_id, content_type, title, order_index, is_published, due_date)"
        " select id, 'quiz', 'Quiz', 1, true, $1 from modules returning id",
        DUE,
    )
    await database.execute("insert into quizzes (id, points_total) values ($1, 7)", quiz)
    await database.execute(
        "insert into quiz_problems (quiz_id, problem_id, order_index)"
        " select $1, id, row_number() over (order by slug) from (select id, slug from problems"
        " where answer_kind = 'number' and not unit_required order by slug limit $2) as chosen",
        quiz,
        QUESTIONS,
    )
    people = [await person_of(engine, one) for one in (salma, rafi)]
    return Room(engine, database, class_id, quiz, *people)


async def test_the_clock_scores_as_the_student_does(database: asyncpg.Connection) -> None:
    numbers = [bindparam(name, type_=Integer) for name in ("correct", "count", "points")]
    correct, count, points = numbers
    asked = Statement(
        select(
            statements.score(correct, count, points).label("score"),
            statements.most(points, count).label("most"),
        )
    )
    for full in (0, 1, 7, 10, 33, 100):
        for questions in range(1, 21):
            for right in range(questions + 1):
                row = await asked.row(database, correct=right, count=questions, points=full)
                assert row is not None
                assert row["score"] == quizzes.score(right, questions, full)
                assert row["most"] == quizzes.most(full, questions)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_the_order_only_the_right_answers_count(room: Room, seed: int) -> None:
    rng = random.Random(seed)
    await room.begin()
    right, now = 0, NOW
    while True:
        now += timedelta(seconds=rng.randrange(1, 40))
        async with unit_of_work(room.engine) as work:
            waiting = await work.quiz_sessions.waiting(room.rafi.id, room.quiz)
            if waiting is None:
                break
            act = rng.choice(("right", "wrong", "later", "leave"))
            if act == "later":
                await quizzes.postpone(work, room.rafi, room.quiz, waiting.item.id, now)
            elif act == "leave":
                await quizzes.begin(work, room.rafi, room.quiz, now)
            else:
                text = waiting.item.answer if act == "right" else "-9999"
                done = await quizzes.answer(work, room.rafi, room.quiz, text, now)
                assert isinstance(done, Asked)
                assert done.verdict is not None
                right += done.verdict.correct
    async with unit_of_work(room.engine) as work:
        ended = await quizzes.hand_in(work, room.rafi, room.quiz, now)
    assert isinstance(ended, Ended)
    assert ended.result.correct == right
    assert ended.score == quizzes.score(right, QUESTIONS, 7)
    tries = await room.database.fetch("select tries, state from practice_items")
    assert {(row["tries"], row["state"]) for row in tries} == {(1, "answered")}
    entry = await room.database.fetchrow("select * from gradebook_entries")
    assert entry is not None
    assert (entry["score_obtained"], entry["max_score"]) == (ended.score, Decimal(7))


async def test_a_teacher_who_changes_the_quiz_waits_for_whoever_begins_it(room: Room) -> None:
    async with unit_of_work(room.engine) as work:
        questions = await work.quizzes.questions(room.quiz)

    async def remove() -> None:
        async with unit_of_work(room.engine) as work:
            await making.remove(work, room.salma, room.quiz, questions[0].problem_id, NOW)

    async with unit_of_work(room.engine) as work:
        await quizzes.begin(work, room.rafi, room.quiz, NOW)
        removing = asyncio.create_task(remove())
        await until_somebody_waits(room.database)
    with pytest.raises(Refusal, match="begun"):
        await removing
    assert await room.database.fetchval("select count(*) from quiz_problems") == QUESTIONS


async def test_whoever_begins_meets_the_due_date_that_is_being_moved(room: Room) -> None:
    later = DUE + timedelta(days=1)
    async with unit_of_work(room.engine) as work:
        await content.set_date(work, room.salma, room.quiz, Which.DUE, later, NOW)
        beginning = asyncio.create_task(room.begin())
        await until_somebody_waits(room.database)
    await beginning
    assert await room.database.fetchval("select expires_at from practice_sessions") == later


async def test_two_who_begin_at_once_do_not_wait_for_each_other(room: Room) -> None:
    mim = await School(room.database).person(903, "Mim")
    await School(room.database).enroll(mim, room.class_id)
    other = await person_of(room.engine, mim)
    async with unit_of_work(room.engine) as one, unit_of_work(room.engine) as two:
        await quizzes.begin(one, room.rafi, room.quiz, NOW)
        async with asyncio.timeout(5):
            await quizzes.begin(two, other, room.quiz, NOW)
    assert await room.database.fetchval("select count(*) from practice_sessions") == 2


async def test_what_is_being_answered_is_ended_the_next_time(room: Room) -> None:
    await room.begin()
    answer = await room.answer_now()
    async with unit_of_work(room.engine) as work:
        await quizzes.answer(work, room.rafi, room.quiz, answer, DUE - timedelta(seconds=1))
        async with asyncio.timeout(5), unit_of_work(room.engine) as clock:
            assert await quizzes.close_due(clock, BOT, DUE) == 0
    async with unit_of_work(room.engine) as clock:
        assert await quizzes.close_due(clock, BOT, DUE) == 1
    score = await room.database.fetchval("select score_obtained from gradebook_entries")
    assert score == quizzes.score(1, QUESTIONS, 7)


async def test_a_whole_school_is_ended_by_one_statement_and_told_once(room: Room) -> None:
    people = 300
    await room.database.execute(
        "with pupil as (insert into users (telegram_id, full_name, blocked_bot_at)"
        " select 5000 + n, 'Pupil', case when n % 10 = 0 then now() end"
        " from generate_series(1, $1) n returning id),"
        " learner as (insert into students (user_id) select id from pupil returning user_id),"
        " enrolled as (insert into enrollments (user_id, class_id) select user_id, $2 from learner)"
        " insert into practice_sessions (student_id, kind, content_item_id, started_at, expires_at,"
        " problem_ids, problems_correct) select user_id, 'quiz', $3, $4::timestamptz,"
        " $4 + interval '1 hour', '[1, 2, 3]', 2 from learner",
        people,
        room.class_id,
        room.quiz,
        NOW,
    )
    for closed in (people, 0):
        async with unit_of_work(room.engine) as work:
            assert await quizzes.close_due(work, BOT, DUE) == closed
    entries = await room.database.fetch(
        "select status::text, score_obtained, max_score, count(*) from gradebook_entries"
        " group by 1, 2, 3"
    )
    assert [tuple(row) for row in entries] == [("graded", Decimal("4.67"), Decimal(7), people)]
    told = people - people // 10
    assert await room.database.fetchval("select count(*) from notifications") == told
    assert await room.database.fetchval("select count(*) from outbox") == told
    days = await room.database.fetchval(
        "select count(*) from practice_sessions where completed_at = expires_at"
    )
    assert days == people


async def test_only_a_quiz_that_was_handed_in_makes_a_day_of_practice(room: Room) -> None:
    since = NOW.date() - timedelta(days=7)

    async def days() -> int:
        async with unit_of_work(room.engine) as work:
            return len(await work.practice.practice_days(room.rafi.id, "Asia/Dhaka", since))

    await room.begin()
    answer = await room.answer_now()
    async with unit_of_work(room.engine) as work:
        await quizzes.answer(work, room.rafi, room.quiz, answer, NOW)
    assert await days() == 0
    async with unit_of_work(room.engine) as work:
        ended = await quizzes.hand_in(work, room.rafi, room.quiz, NOW)
    assert isinstance(ended, Ended)
    assert ended.day is not None
    assert ended.day.streak.current == 1
    assert await days() == 1
    await room.database.execute("update practice_sessions set completed_at = expires_at")
    assert await days() == 0


async def test_a_problem_that_an_admin_withdrew_is_not_asked(room: Room) -> None:
    await room.database.execute(
        "update problems set withdrawn_at = $1 where id ="
        " (select problem_id from quiz_problems where order_index = 2)",
        NOW,
    )
    await room.begin()
    asked = await room.database.fetchval("select count(*) from practice_items")
    assert asked == QUESTIONS - 1
