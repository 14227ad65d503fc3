"""Problems on their way into the database: the library's, a folder's, and teachers' own."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from db.unit_of_work import unit_of_work
from domain.practice.library import read_upload
from domain.practice.records import ItemState, Problem, ProblemOrigin, Try
from runtime import content

TEMPLATE = (content.ROOT / "content" / "templates" / "problems.yaml").read_bytes()
PLAIN, VARIED = read_upload("problems.yaml", TEMPLATE, content.topics()).problems
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIBRARY, FOLDER = ProblemOrigin.LIBRARY, ProblemOrigin.FOLDER


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = get_engine(database_url, PoolSettings(pooled=False))
    yield made
    await made.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()


async def person(database: asyncpg.Connection, name: str) -> UUID:
    made: UUID = await database.fetchval(
        "insert into users (full_name, role) values ($1, 'teacher') returning id", name
    )
    return made


async def bring(engine: AsyncEngine, origin: ProblemOrigin, *problems: Problem) -> int:
    async with unit_of_work(engine) as work:
        return await work.practice.import_problems(problems, origin)


async def states(database: asyncpg.Connection) -> dict[str, tuple[str, bool, bool]]:
    """Of every problem by slug: origin, whether active, whether approved."""
    rows = await database.fetch(
        "select slug, origin::text, is_active, approved_at is not null as approved from problems"
    )
    return {row["slug"]: (row["origin"], row["is_active"], row["approved"]) for row in rows}


async def offered(engine: AsyncEngine, student: UUID, grade: int) -> int:
    async with unit_of_work(engine) as work:
        return len((await work.practice.choices(student, grade)).candidates)


async def set_once(engine: AsyncEngine, database: asyncpg.Connection, slug: str) -> UUID:
    """A session of a student's with the problem in each of its five places; returns the student."""
    student = await person(database, "Rafi")
    await database.execute("insert into students (user_id, grade) values ($1, 6)", student)
    problem_id = await database.fetchval("select id from problems where slug = $1", slug)
    async with unit_of_work(engine) as work:
        await work.practice.create_session(
            student, [problem_id] * 5, NOW, NOW + timedelta(minutes=30)
        )
    return student


async def test_an_import_may_be_repeated(engine: AsyncEngine, database: asyncpg.Connection) -> None:
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == 2
    before = await database.fetch("select * from problems order by slug")
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == 0
    assert await database.fetch("select * from problems order by slug") == before
    changed = replace(PLAIN, difficulty=2)
    assert await bring(engine, LIBRARY, changed, VARIED) == 1


async def test_what_the_library_has_no_more_is_withdrawn_until_it_returns(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, LIBRARY, PLAIN, VARIED)
    assert await bring(engine, LIBRARY, PLAIN) == 1
    assert (await states(database))[VARIED.slug] == ("library", False, True)
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == 1
    assert (await states(database))[VARIED.slug] == ("library", True, True)


async def test_only_the_librarys_own_problems_are_withdrawn(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    await bring(engine, FOLDER, PLAIN)
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(teacher, [VARIED], NOW)
    own = replace(PLAIN, slug="c7-own")
    await bring(engine, LIBRARY, own)
    assert await states(database) == {
        PLAIN.slug: ("folder", True, True),
        VARIED.slug: ("teacher", True, True),
        "c7-own": ("library", True, True),
    }


async def test_every_field_comes_back_as_it_was_written(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    chapter = {"en": "Ratio", "bn": "অনুপাত"}
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(
            teacher, [replace(PLAIN, chapter=chapter), VARIED], None
        )
        found = await work.practice.contribution(teacher)
    assert list(found) == sorted(
        [replace(PLAIN, chapter=chapter), VARIED], key=lambda one: one.slug
    )


async def test_a_contribution_is_set_only_once_it_was_approved(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, admin = await person(database, "Rumana"), await person(database, "Anika")
    async with unit_of_work(engine) as work:
        kept = await work.practice.import_contribution(teacher, [PLAIN, VARIED], None)
        assert (kept.new, kept.changed, kept.unchanged, kept.taken) == (2, 0, 0, ())
    assert await offered(engine, teacher, 7) == 0
    async with unit_of_work(engine) as work:
        (waiting,) = await work.practice.waiting_contributions()
        assert (waiting.owner_id, waiting.owner_name, waiting.count) == (teacher, "Rumana", 2)
        assert await work.practice.approve_contribution(teacher, NOW, admin) == 2
        assert await work.practice.waiting_contributions() == []
    assert await offered(engine, teacher, 7) == 1
    assert await database.fetchval("select distinct approved_by from problems") == admin


async def test_what_a_teacher_changes_waits_again_and_the_rest_does_not(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(teacher, [PLAIN, VARIED], NOW)
        changed = replace(PLAIN, difficulty=3)
        kept = await work.practice.import_contribution(teacher, [changed, VARIED], None)
        assert (kept.new, kept.changed, kept.unchanged) == (0, 1, 1)
        assert [one.slug for one in await work.practice.contribution(teacher)] == [PLAIN.slug]
    assert (await states(database))[VARIED.slug] == ("teacher", True, True)


async def test_a_slug_of_somebody_else_is_refused_with_the_whole_file(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rumana, kamal = await person(database, "Rumana"), await person(database, "Kamal")
    await bring(engine, LIBRARY, PLAIN)
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(rumana, [VARIED], None)
    before = await states(database)
    new = replace(PLAIN, slug="c7-new")
    for owner, problem in ((rumana, PLAIN), (kamal, VARIED)):
        async with unit_of_work(engine) as work:
            kept = await work.practice.import_contribution(owner, [new, problem], NOW)
        assert (kept.taken, kept.new) == ((problem.slug,), 0)
    assert await states(database) == before


async def test_refused_problems_go_and_those_that_were_set_are_withdrawn(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(teacher, [PLAIN, VARIED], NOW)
    await set_once(engine, database, VARIED.slug)
    async with unit_of_work(engine) as work:
        changed = [replace(one, difficulty=3) for one in (PLAIN, VARIED)]
        await work.practice.import_contribution(teacher, changed, None)
        assert await work.practice.refuse_contribution(teacher) == 2
        assert await work.practice.waiting_contributions() == []
    assert await states(database) == {VARIED.slug: ("teacher", False, False)}


async def test_a_teachers_problems_outlive_the_account(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, admin = await person(database, "Rumana"), await person(database, "Anika")
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(teacher, [PLAIN], None)
        await work.practice.approve_contribution(teacher, NOW, admin)
    await database.execute("delete from users")
    (row,) = await database.fetch("select owner_id, approved_by from problems")
    assert tuple(row) == (None, None)
    assert await states(database) == {PLAIN.slug: ("teacher", True, True)}
    await bring(engine, LIBRARY)
    assert (await states(database))[PLAIN.slug] == ("teacher", True, True)


async def test_the_items_of_a_template_have_numbers_of_their_own(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, LIBRARY, VARIED)
    student = await set_once(engine, database, VARIED.slug)
    seeds = [row["seed"] for row in await database.fetch("select seed from practice_items")]
    assert len(set(seeds)) > 1
    assert all(0 <= one < 2**31 for one in seeds)
    async with unit_of_work(engine) as work:
        items = [
            await work.practice.load_item(student, row["id"])
            for row in await database.fetch("select id from practice_items order by position")
        ]
    for item in items:
        assert item is not None
        assert item.answer.isdecimal()
        for text in (item.question["en"], item.solution["bn"], *(one["en"] for one in item.hints)):
            assert not set(text) & set("{}")
        # The answer is the last number of its own solution.
        assert item.solution["en"].replace(",", "").endswith(f"Answer: {item.answer} taka")
    assert len({item.answer for item in items if item}) > 1


async def test_a_whole_folder_is_imported_or_nothing_of_it(
    engine: AsyncEngine, database: asyncpg.Connection, tmp_path: Path
) -> None:
    good = tmp_path / "good.yaml"
    good.write_bytes(TEMPLATE)
    text = TEMPLATE.decode().replace("c7-percentage", "c7-other").replace("c6-unitary", "c6-other")
    (tmp_path / "faulty.yaml").write_text(text.replace("grade: 7", "grade: 9"), encoding="utf-8")
    done = await content.import_library(engine, tmp_path)
    assert ("faulty.yaml", "not_whole") in [(one.file, one.key) for one in done.complaints]
    assert await states(database) == {}
    (tmp_path / "faulty.yaml").unlink()
    done = await content.import_library(engine, tmp_path)
    assert (done.complaints, done.changed) == ((), 2)
    assert set(await states(database)) == {PLAIN.slug, VARIED.slug}


async def test_the_shipped_library_is_imported_whole(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    done = await content.import_library(engine, most=content.AT_A_START)
    assert list(done.complaints) == []
    assert done.problems == done.changed == len(await states(database))


async def test_an_answer_is_stored_with_what_it_was_checked_against(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, LIBRARY, VARIED)
    student = await set_once(engine, database, VARIED.slug)
    async with unit_of_work(engine) as work:
        item = (await work.practice.current_items(student))[0]
        attempt = Try(item, "৫", False, 3, NOW, None)
        assert await work.practice.store_answer(attempt, ItemState.WAITING)
    expected = "select expected from practice_items where expected is not null"
    assert await database.fetchval(expected) == item.answer
