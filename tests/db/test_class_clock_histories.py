"""Random classes with random histories: told is who the model says, each time the clock ticks."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from tests.db.class_clock_model import HOUR, Item, Model, Student
from tests.db.class_clock_rows import Rows

BEGIN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STUDENTS = 3
HALF = timedelta(minutes=30)
KINDS = ("homework", "homework", "exam", "exam", "practice", "quiz", "material", "announcement")

# Counted in half hours, around the borders of the notices.
AHEAD = st.sampled_from([None, 3, 4, 5, 6, 7, 47, 48, 49, 100])
ITEMS = st.builds(
    lambda kind, problems, release, due: Item(
        kind,
        problems if kind in {"homework", "exam", "practice"} else 0,
        release=None if release is None else BEGIN + release * HALF,
        due=None if due is None else BEGIN + ((release or 0) + due) * HALF,
    ),
    st.sampled_from(KINDS),
    st.sampled_from([1, 1, 1, 2, 0]),
    st.sampled_from([None, None, -2, 0, 5]),
    AHEAD,
)
STUDENT, PLACE = st.integers(0, STUDENTS - 1), st.integers(0, 2)
ACTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 3, 44, 46, 48])),
    st.tuples(st.just("due"), PLACE, AHEAD),
    st.tuples(st.just("publish"), PLACE, st.booleans()),
    st.tuples(st.just("module"), PLACE, st.booleans()),
    st.tuples(st.just("archive"), st.booleans()),
    st.tuples(st.just("enrol"), STUDENT, st.booleans(), st.sampled_from(["student", "ta"])),
    st.tuples(st.just("reach"), STUDENT, st.booleans()),
    st.tuples(st.just("submit"), STUDENT, PLACE, st.integers(0, 1), st.booleans()),
    st.tuples(st.just("quiz"), STUDENT, PLACE, st.sampled_from(["in_progress", "completed"])),
    st.tuples(st.just("open"), STUDENT, PLACE, st.integers(1, 6)),
    st.tuples(st.just("excuse"), STUDENT, PLACE),
)


class History:
    """The model and the database, side by side."""

    def __init__(self, model: Model, rows: Rows) -> None:
        self.model, self.rows, self.now = model, rows, BEGIN

    async def act(self, what: str, *about: Any) -> None:
        await getattr(self, f"_{what}")(*about)

    async def _wait(self, halves: int) -> None:
        self.now += halves * HALF
        assert await self.rows.tick(self.now) == self.model.tick(self.now)
        assert await self.rows.entries() == self.model.entries
        locked = {
            (student, item)
            for student, one in enumerate(self.model.students)
            for item, (_, is_locked) in one.openings.items()
            if is_locked
        }
        assert await self.rows.locked() == locked

    async def _due(self, place: int, ahead: int | None) -> None:
        item = self.model.items[place]
        due = None if ahead is None else self.now + ahead * HALF
        if due is None or item.release is None or item.release < due:
            item.due = due
        await self.rows.keep_item(place)

    async def _publish(self, place: int, published: bool) -> None:
        self.model.items[place].published = published
        await self.rows.keep_item(place)

    async def _module(self, place: int, published: bool) -> None:
        self.model.items[place].module_published = published
        await self.rows.keep_item(place)

    async def _archive(self, archived: bool) -> None:
        self.model.archived = archived
        await self.rows.keep_item(0)

    async def _enrol(self, student: int, active: bool, role: str) -> None:
        one = self.model.students[student]
        one.active, one.role = active, role
        await self.rows.keep_student(student)

    async def _reach(self, student: int, reachable: bool) -> None:
        self.model.students[student].reachable = reachable
        await self.rows.keep_student(student)

    async def _submit(self, student: int, place: int, problem: int, counts: bool) -> None:
        if problem < self.model.items[place].problems:
            submitted = self.model.students[student].submitted
            submitted[place, problem] = submitted.get((place, problem), False) or counts
            await self.rows.submit(student, place, problem, self.now, counts=counts)

    async def _quiz(self, student: int, place: int, status: str) -> None:
        quizzes = self.model.students[student].quizzes
        if self.model.items[place].kind == "quiz" and quizzes.get(place) != "completed":
            quizzes[place] = status
            await self.rows.quiz(student, place, status, self.now)

    async def _open(self, student: int, place: int, halves: int) -> None:
        openings = self.model.students[student].openings
        if self.model.items[place].kind == "exam" and place not in openings:
            deadline = self.now + halves * HALF
            openings[place] = (deadline, False)
            await self.rows.open_exam(student, place, self.now, deadline)

    async def _excuse(self, student: int, place: int) -> None:
        self.model.entries[student, place] = "excused"
        await self.rows.excuse(student, place)


@pytest.fixture
async def pooled(database_url: str) -> AsyncIterator[AsyncEngine]:
    """One connection, which prepares each statement once."""
    made = get_engine(database_url, PoolSettings(size=1))
    yield made
    await made.dispose()


@pytest.mark.slow
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ITEMS, min_size=3, max_size=3), st.lists(ACTS, min_size=4, max_size=14))
async def test_told_is_who_should_be_and_marked_what_should_be(
    pooled: AsyncEngine,
    database: asyncpg.Connection,
    items: list[Item],
    acts: list[tuple[Any, ...]],
) -> None:
    # Examples are shrunk and tried again: each begins with items of its own.
    fresh = [Item(one.kind, one.problems, release=one.release, due=one.due) for one in items]
    model = Model(fresh, [Student() for _ in range(STUDENTS)])
    rows = Rows(pooled, database, model)
    await rows.fill()
    history = History(model, rows)
    await history.act("wait", 0)
    for what, *about in acts:
        await history.act(what, *about)
        if what != "wait":
            await history.act("wait", 0)
    await history.act("wait", int(60 * HOUR / HALF))
