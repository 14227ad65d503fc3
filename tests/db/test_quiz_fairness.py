"""A quiz beside practice and beside itself: its questions stay its own, what is right counts."""

import asyncio
from datetime import timedelta

import pytest

from db.unit_of_work import unit_of_work
from domain.errors import Conflict
from domain.practice import quizzes
from domain.practice.quiz_outcomes import Ended
from tests.db.test_quiz_sessions import BOT, DUE, NOW, Room
from tests.db.test_quiz_sessions import room as room
from tests.db.waiting import until_somebody_waits


async def hand_in(room: Room) -> Ended:
    async with unit_of_work(room.engine) as work:
        ended = await quizzes.hand_in(work, room.rafi, room.quiz, NOW)
    assert isinstance(ended, Ended)
    return ended


async def test_what_is_answered_while_it_is_handed_in_counts(room: Room) -> None:
    await room.begin()
    right = await room.answer_now()
    async with unit_of_work(room.engine) as answering:
        await quizzes.answer(answering, room.rafi, room.quiz, right, NOW)
        handing_in = asyncio.create_task(hand_in(room))
        await until_somebody_waits(room.database)
    with pytest.raises(Conflict):
        await handing_in
    ended = await hand_in(room)
    entered = await room.database.fetchval("select score_obtained from gradebook_entries")
    assert entered == ended.score == quizzes.score(1, len(ended.result.items), 7) > 0


async def set_by_practice(room: Room) -> set[object]:
    async with unit_of_work(room.engine) as work:
        grades = [await work.practice.choices(room.rafi.id, grade) for grade in (6, 7, 8)]
    return {one.id for choices in grades for one in choices.candidates}


async def test_practice_sets_nothing_that_an_open_quiz_asks(room: Room) -> None:
    before = await set_by_practice(room)
    asked = {row[0] for row in await room.database.fetch("select problem_id from quiz_problems")}
    assert asked <= before
    await room.begin()
    assert await set_by_practice(room) == before - asked
    async with unit_of_work(room.engine) as work:
        assert await quizzes.close_due(work, BOT, DUE + timedelta(seconds=1)) == 1
    assert await set_by_practice(room) == before
