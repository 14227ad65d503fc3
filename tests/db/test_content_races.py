"""Two teachers of a class at one thing at once: the second decides by what the first left."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.courses import announcements, assignment_problems, assignments, content, materials
from domain.courses.content import Which
from domain.courses.records import AssignmentMode, ContentType
from domain.errors import Mistake, Refusal
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork
from tests.db.waiting import until_somebody_waits
from tests.teaching import School

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)

Act = Callable[[UnitOfWork], Awaitable[Any]]


@dataclass
class Desk:
    """A teacher's class with one published module."""

    engine: AsyncEngine
    database: asyncpg.Connection
    school: School
    salma: Person
    class_id: UUID
    module_id: UUID

    async def race(self, first: Act, second: Act) -> None:
        """Both begin; the second finds the first about to end. Raises what the second does."""
        async with unit_of_work(self.engine) as work:
            await first(work)
            later = asyncio.create_task(self._alone(second))
            await until_somebody_waits(self.database)
        await later

    async def _alone(self, act: Act) -> None:
        async with unit_of_work(self.engine) as work:
            await act(work)

    async def item(self, kind: ContentType) -> UUID:
        async with unit_of_work(self.engine) as work:
            return await content.add_item(work, self.salma, self.module_id, kind, "Item")


@pytest.fixture
async def desk(engine: AsyncEngine, database: asyncpg.Connection) -> Desk:
    school = School(database)
    teacher = await school.person(900, "Salma", "teacher")
    class_id = await school.class_of(teacher)
    module_id = await database.fetchval("select id from modules")
    async with unit_of_work(engine) as work:
        salma = await work.people.get_user_by_id(teacher)
    assert salma is not None
    return Desk(engine, database, school, salma, class_id, module_id)


async def test_what_is_published_meanwhile_keeps_its_last_problem(desk: Desk) -> None:
    item = await desk.school.assignment(desk.class_id, published=False)
    problem = await desk.school.set_problem(item, await desk.school.problem(desk.salma.id))
    with pytest.raises(Refusal, match="no_problems"):
        await desk.race(
            lambda work: content.publish(work, desk.salma, item, NOW),
            lambda work: assignment_problems.remove_problem(work, desk.salma, problem, NOW),
        )


async def test_what_is_published_meanwhile_becomes_no_exam_without_time(desk: Desk) -> None:
    item = await desk.school.assignment(desk.class_id, published=False)
    await desk.school.set_problem(item, await desk.school.problem(desk.salma.id))
    with pytest.raises(Refusal, match="no_time_limit"):
        await desk.race(
            lambda work: content.publish(work, desk.salma, item, NOW),
            lambda work: assignments.set_mode(work, desk.salma, item, AssignmentMode.EXAM, NOW),
        )


async def test_an_announcement_that_was_emptied_meanwhile_is_not_told(desk: Desk) -> None:
    item = await desk.item(ContentType.ANNOUNCEMENT)
    async with unit_of_work(desk.engine) as work:
        await materials.write(work, desk.salma, item, "No class today.", NOW)
    with pytest.raises(Refusal, match="empty"):
        await desk.race(
            lambda work: materials.clear(work, desk.salma, item, NOW),
            lambda work: announcements.publish(work, desk.salma, item, NOW),
        )


async def test_two_dates_set_at_once_do_not_contradict_each_other(desk: Desk) -> None:
    item = await desk.item(ContentType.ASSIGNMENT)
    week, day = NOW + timedelta(days=7), NOW + timedelta(days=1)
    with pytest.raises(Mistake, match="due before it opens"):
        await desk.race(
            lambda work: content.set_date(work, desk.salma, item, Which.RELEASE, week, NOW),
            lambda work: content.set_date(work, desk.salma, item, Which.DUE, day, NOW),
        )


async def test_what_was_deleted_meanwhile_is_not_found(desk: Desk) -> None:
    item = await desk.item(ContentType.MATERIAL)
    with pytest.raises(Refusal, match="nothing of this id"):
        await desk.race(
            lambda work: content.delete(work, desk.salma, item, NOW),
            lambda work: materials.write(work, desk.salma, item, "Text", NOW),
        )


async def test_a_module_that_was_deleted_meanwhile_takes_nothing_in(desk: Desk) -> None:
    item = await desk.item(ContentType.MATERIAL)
    async with unit_of_work(desk.engine) as work:
        week = await content.add_module(work, desk.salma, desk.class_id, "Week 2")
    with pytest.raises(Refusal, match="nothing of this id"):
        await desk.race(
            lambda work: content.delete_module(work, desk.salma, week),
            lambda work: content.move(work, desk.salma, item, week, NOW),
        )
