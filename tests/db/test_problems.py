"""Problems on their way into the database for everybody: the library's, and a folder's."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.practice.records import Import, ItemState, Try
from runtime import content
from tests.db.problems import (
    FOLDER,
    HARDER,
    LIBRARY,
    NOW,
    PLAIN,
    TEMPLATE,
    VARIED,
    bring,
    contribute,
    offered,
    person,
    set_once,
    states,
    waiting,
)


async def test_an_import_may_be_repeated(engine: AsyncEngine, database: asyncpg.Connection) -> None:
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == Import(2, ())
    before = await database.fetch("select * from problems order by slug")
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == Import(0, ())
    assert await database.fetch("select * from problems order by slug") == before
    assert await bring(engine, LIBRARY, HARDER, VARIED) == Import(1, ())


async def test_what_the_library_has_no_more_is_not_set_until_it_returns(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, LIBRARY, PLAIN, VARIED)
    assert (await bring(engine, LIBRARY, PLAIN)).changed == 1
    assert (await states(database))[VARIED.slug] == ("library", False)
    assert (await bring(engine, LIBRARY, PLAIN, VARIED)).changed == 1
    assert (await states(database))[VARIED.slug] == ("library", True)


async def test_only_the_librarys_own_problems_go_with_it(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    await bring(engine, FOLDER, PLAIN)
    await contribute(engine, teacher, VARIED, approved_at=NOW)
    own = replace(PLAIN, slug="c7-own")
    await bring(engine, LIBRARY, own)
    assert await states(database) == {
        PLAIN.slug: ("folder", True),
        VARIED.slug: ("teacher", True),
        "c7-own": ("library", True),
    }


async def test_the_library_takes_its_slugs_from_everybody(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    await bring(engine, FOLDER, PLAIN)
    await contribute(engine, teacher, VARIED, approved_at=NOW)
    await contribute(engine, teacher, replace(VARIED, difficulty=3), replace(PLAIN, slug="c7-new"))
    assert await bring(engine, LIBRARY, PLAIN, VARIED) == Import(2, ())
    assert await states(database) == {
        PLAIN.slug: ("library", True),
        VARIED.slug: ("library", True),
    }
    assert await database.fetchval("select count(*) from problems where owner_id is not null") == 0
    assert [one.slug for one in await waiting(engine, teacher)] == ["c7-new"]


@pytest.mark.parametrize("whose", ["the library", "a teacher", "a teacher who waits"])
async def test_a_folder_takes_no_slug_and_then_nothing_of_it_is_imported(
    engine: AsyncEngine, database: asyncpg.Connection, whose: str
) -> None:
    teacher = await person(database, "Rumana")
    if whose == "the library":
        await bring(engine, LIBRARY, PLAIN)
    else:
        approved_at = NOW if whose == "a teacher" else None
        await contribute(engine, teacher, PLAIN, approved_at=approved_at)
    before = await database.fetch("select * from problems")
    assert await bring(engine, FOLDER, HARDER, VARIED) == Import(0, (PLAIN.slug,))
    assert await database.fetch("select * from problems") == before
    own = replace(HARDER, slug="c7-own")
    assert await bring(engine, FOLDER, own, VARIED) == Import(2, ())
    assert await bring(engine, FOLDER, replace(own, difficulty=2), VARIED) == Import(1, ())


async def written_at(database: asyncpg.Connection, slug: str) -> datetime:
    at: datetime = await database.fetchval("select written_at from problems where slug = $1", slug)
    return at


async def test_a_problem_knows_when_it_got_its_wording(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, FOLDER, PLAIN)
    first = await written_at(database, PLAIN.slug)
    student = await set_once(engine, database, PLAIN.slug)
    await bring(engine, LIBRARY, PLAIN)
    await bring(engine, LIBRARY)
    await bring(engine, LIBRARY, PLAIN)
    await database.execute("update problems set hints_spaced = true")
    assert await written_at(database, PLAIN.slug) == first, "its wording is the same"
    await bring(engine, LIBRARY, HARDER)
    assert await written_at(database, PLAIN.slug) > first
    async with unit_of_work(engine) as work:
        (item, _) = await work.practice.current_items(student)
    assert item.written_at == await written_at(database, PLAIN.slug)
    assert item.hints_spaced, "no file decides that"


async def test_a_withdrawn_problem_comes_back_only_with_new_content(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    student = await person(database, "Rafi", "student")
    await bring(engine, LIBRARY, PLAIN)
    problem_id = await database.fetchval("select id from problems")
    async with unit_of_work(engine) as work:
        assert await work.practice.withdraw_problem(problem_id, NOW)
        assert not await work.practice.withdraw_problem(problem_id, NOW), "it is already"
        assert await work.practice.problem(problem_id) == PLAIN
    assert await offered(engine, student, PLAIN.grade) == 0
    assert await bring(engine, LIBRARY, PLAIN) == Import(0, ())
    await bring(engine, LIBRARY)
    await bring(engine, LIBRARY, PLAIN)
    assert await offered(engine, student, PLAIN.grade) == 0, "the same comes back with every start"
    await bring(engine, LIBRARY, HARDER)
    assert await offered(engine, student, PLAIN.grade) == 1


async def test_the_topics_of_a_class_are_those_of_what_may_be_set(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await bring(engine, LIBRARY, VARIED)
    student = await set_once(engine, database, VARIED.slug)
    async with unit_of_work(engine) as work:
        assert list(await work.practice.skills(student)) == [VARIED.topic]
        problem_id = await database.fetchval("select id from problems")
        await work.practice.withdraw_problem(problem_id, NOW)
        assert list(await work.practice.skills(student)) == []


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
    assert (list(done.complaints), done.changed) == ([], 2)
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
