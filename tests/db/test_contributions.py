"""Teachers' own problems: proposed, judged as they were seen, live beside a change that waits."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.errors import Conflict, Refusal
from domain.people.records import Person
from domain.practice import contributions
from domain.practice.records import ContributionImport, Import
from tests.db.problems import (
    FOLDER,
    HARDER,
    LIBRARY,
    NOW,
    PLAIN,
    VARIED,
    bring,
    contribute,
    offered,
    person,
    set_once,
    states,
    waiting,
)
from tests.db.waiting import until_somebody_waits

LATER = NOW + timedelta(hours=1)


async def admin(engine: AsyncEngine, database: asyncpg.Connection) -> Person:
    user_id = await person(database, "Anika", "admin")
    async with unit_of_work(engine) as work:
        found = await work.people.get_user_by_id(user_id)
    assert found is not None
    return found


async def look(engine: AsyncEngine, owner_id: UUID) -> contributions.Seen:
    async with unit_of_work(engine) as work:
        return await contributions.look(work, owner_id)


async def judge(engine: AsyncEngine, by: Person, seen: contributions.Seen, verdict: bool) -> int:
    async with unit_of_work(engine) as work:
        _, count = await contributions.judge(
            work, by, seen.owner.id, seen.version, NOW, approved=verdict
        )
    return count


async def live(database: asyncpg.Connection) -> dict[str, int]:
    """The difficulty of every problem that is set, by slug."""
    rows = await database.fetch("select slug, difficulty from problems where withdrawn_at is null")
    return {row["slug"]: row["difficulty"] for row in rows}


async def test_every_field_comes_back_as_it_was_written(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    both = [replace(PLAIN, chapter={"en": "Ratio", "bn": "অনুপাত"}), VARIED]
    await contribute(engine, teacher, *both)
    assert await waiting(engine, teacher) == sorted(both, key=lambda one: one.slug)
    await judge(engine, await admin(engine, database), await look(engine, teacher), True)
    async with unit_of_work(engine) as work:
        ids = await database.fetch("select id from problems order by slug")
        approved = [await work.practice.problem(row["id"]) for row in ids]
    assert approved == sorted(both, key=lambda one: one.slug)


async def test_a_contribution_is_set_only_once_it_was_approved(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    assert await contribute(engine, teacher, PLAIN, VARIED) == (2, 0, 0)
    assert await contribute(engine, teacher, PLAIN, VARIED) == (0, 0, 2)
    assert await offered(engine, teacher, 7) == 0
    async with unit_of_work(engine) as work:
        (group,) = await work.practice.waiting_contributions()
    assert (group.owner_id, group.owner_name, group.count) == (teacher, "Rumana", 2)
    assert await judge(engine, boss, await look(engine, teacher), True) == 2
    async with unit_of_work(engine) as work:
        assert await work.practice.waiting_contributions() == []
    assert await offered(engine, teacher, 7) == 1
    rows = await database.fetch("select distinct owner_id, approved_by, approved_at from problems")
    assert [tuple(row) for row in rows] == [(teacher, boss.id, NOW)]


async def test_what_was_approved_stays_as_it_is_while_a_change_of_it_waits(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN, VARIED, approved_at=NOW)
    approved = await database.fetch("select * from problems order by slug")
    assert await contribute(engine, teacher, HARDER, VARIED) == (0, 1, 1)
    assert await waiting(engine, teacher) == [HARDER]
    assert await database.fetch("select * from problems order by slug") == approved
    assert await judge(engine, boss, await look(engine, teacher), False) == 1
    assert await waiting(engine, teacher) == []
    assert await database.fetch("select * from problems order by slug") == approved


async def test_an_approved_change_takes_the_place_of_what_was_there(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN, approved_at=NOW)
    student = await set_once(engine, database, PLAIN.slug)
    await contribute(engine, teacher, HARDER)
    assert await judge(engine, boss, await look(engine, teacher), True) == 1
    assert await live(database) == {PLAIN.slug: 3}
    async with unit_of_work(engine) as work:
        (item, _) = await work.practice.current_items(student)
    written = "select written_at >= updated_at and written_at > created_at from problems"
    assert await database.fetchval(written)
    assert item.difficulty == 3


async def test_sending_the_approved_wording_again_takes_a_change_back(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    await contribute(engine, teacher, PLAIN, approved_at=NOW)
    await contribute(engine, teacher, HARDER, VARIED)
    assert await contribute(engine, teacher, PLAIN) == (0, 0, 1)
    assert await waiting(engine, teacher) == [VARIED]


async def test_an_admins_own_problems_are_set_at_once(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    await contribute(engine, teacher, PLAIN, VARIED)
    await database.execute("update users set role = 'admin'")
    assert await contribute(engine, teacher, HARDER, approved_at=NOW) == (0, 1, 0)
    assert await contribute(engine, teacher, HARDER, approved_at=LATER) == (0, 0, 1)
    assert await live(database) == {PLAIN.slug: 3}
    assert await database.fetchval("select approved_at from problems") == NOW
    assert await waiting(engine, teacher) == [VARIED]


async def test_a_slug_of_somebody_else_is_refused_with_the_whole_file(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rumana, kamal = await person(database, "Rumana"), await person(database, "Kamal")
    await bring(engine, LIBRARY, PLAIN)
    await bring(engine, FOLDER, replace(PLAIN, slug="c7-school"))
    await contribute(engine, rumana, VARIED)
    before = await states(database)
    new = replace(PLAIN, slug="c7-new")
    for owner, problem in (
        (rumana, PLAIN),
        (rumana, replace(PLAIN, slug="c7-school")),
        (kamal, VARIED),
    ):
        for approved_at in (None, NOW):
            async with unit_of_work(engine) as work:
                kept = await work.practice.import_contribution(owner, [new, problem], approved_at)
            assert kept == ContributionImport(0, 0, 0, (problem.slug,))
    assert await states(database) == before
    assert await waiting(engine, kamal) == []
    assert await waiting(engine, rumana) == [VARIED]


async def test_what_is_decided_is_what_was_named(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rumana, kamal = await person(database, "Rumana"), await person(database, "Kamal")
    await contribute(engine, rumana, PLAIN, VARIED)
    await contribute(engine, kamal, replace(PLAIN, slug="c7-kamal"))
    async with unit_of_work(engine) as work:
        assert await work.practice.approve_contribution(rumana, [PLAIN.slug], NOW, kamal) == 1
    assert await waiting(engine, rumana) == [VARIED]
    for slugs in ([PLAIN.slug, VARIED.slug], ["c7-kamal"]):
        with pytest.raises(Conflict):
            async with unit_of_work(engine) as work:
                await work.practice.approve_contribution(rumana, slugs, NOW, kamal)
        with pytest.raises(Conflict):
            async with unit_of_work(engine) as work:
                await work.practice.refuse_contribution(rumana, slugs)
    assert await waiting(engine, rumana) == [VARIED]
    assert len(await waiting(engine, kamal)) == 1


async def test_every_verdict_is_in_the_log(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    for verdict in (False, True):
        await contribute(engine, teacher, PLAIN)
        seen = await look(engine, teacher)
        await judge(engine, boss, seen, verdict)
        with pytest.raises(Refusal) as raised:
            await judge(engine, boss, seen, verdict)
        assert raised.value.view == "library.moved_on"
    rows = await database.fetch("select actor_id, action, entity_id, after from audit_logs")
    assert [(row["actor_id"], row["action"], row["entity_id"]) for row in rows] == [
        (boss.id, "problems_refused", str(teacher)),
        (boss.id, "problems_approved", str(teacher)),
    ]
    assert all(PLAIN.slug in row["after"] for row in rows)


async def test_the_version_is_of_everything_that_was_seen(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    versions = []
    for problem in (
        PLAIN,
        HARDER,
        replace(PLAIN, solution={**PLAIN.solution, "bn": "উত্তর"}),
        replace(PLAIN, unit_required=not PLAIN.unit_required),
    ):
        await contribute(engine, teacher, problem)
        versions.append((await look(engine, teacher)).version)
    assert len(set(versions)) == len(versions)
    await contribute(engine, teacher, PLAIN)
    assert (await look(engine, teacher)).version == versions[0]
    # "library.approve:", an id, a point and the version are to fit into a button's 64 bytes.
    assert all(len(one) == 14 and int(one, 16) >= 0 for one in versions)


async def test_a_change_that_arrives_before_the_verdict_is_not_approved_unseen(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN)
    seen = await look(engine, teacher)
    async with unit_of_work(engine) as teachers:
        await teachers.practice.import_contribution(teacher, [HARDER, VARIED], None)
        judging = asyncio.create_task(judge(engine, boss, seen, True))
        await until_somebody_waits(database)
    with pytest.raises(Refusal, match="changed meanwhile"):
        await judging
    assert await live(database) == {}
    assert len(await waiting(engine, teacher)) == 2


@pytest.mark.parametrize("verdict", [True, False])
async def test_a_change_that_arrives_after_the_verdict_waits_for_one_of_its_own(
    engine: AsyncEngine, database: asyncpg.Connection, verdict: bool
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN)
    seen = await look(engine, teacher)
    async with unit_of_work(engine) as admins:
        await contributions.judge(admins, boss, teacher, seen.version, NOW, approved=verdict)
        sending = asyncio.create_task(contribute(engine, teacher, HARDER, VARIED))
        await until_somebody_waits(database)
    assert await sending == ((1, 1, 0) if verdict else (2, 0, 0))
    assert await live(database) == ({PLAIN.slug: PLAIN.difficulty} if verdict else {})
    assert {one.slug for one in await waiting(engine, teacher)} == {PLAIN.slug, VARIED.slug}


@pytest.mark.parametrize("first", ["proposed", "published", "library", "folder"])
async def test_one_of_two_who_use_a_slug_at_once_is_told(
    engine: AsyncEngine, database: asyncpg.Connection, first: str
) -> None:
    rumana, kamal = await person(database, "Rumana"), await person(database, "Kamal")

    async def second() -> ContributionImport:
        async with unit_of_work(engine) as work:
            return await work.practice.import_contribution(kamal, [VARIED, HARDER], None)

    async with unit_of_work(engine) as work:
        if first in ("library", "folder"):
            origin = LIBRARY if first == "library" else FOLDER
            await work.practice.import_problems([PLAIN], origin)
        else:
            approved_at = NOW if first == "published" else None
            await work.practice.import_contribution(rumana, [PLAIN], approved_at)
        sending = asyncio.create_task(second())
        await until_somebody_waits(database)
    assert await sending == ContributionImport(0, 0, 0, (PLAIN.slug,))
    assert await waiting(engine, kamal) == [], "nothing of a file whose slug is taken"
    assert await waiting(engine, rumana) == ([PLAIN] if first == "proposed" else [])
    assert await live(database) == ({} if first == "proposed" else {PLAIN.slug: PLAIN.difficulty})


async def test_a_folder_waits_for_a_teacher_who_was_first(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher = await person(database, "Rumana")
    async with unit_of_work(engine) as work:
        await work.practice.import_contribution(teacher, [PLAIN], None)
        bringing = asyncio.create_task(bring(engine, FOLDER, HARDER, VARIED))
        await until_somebody_waits(database)
    assert await bringing == Import(0, (PLAIN.slug,))
    assert await states(database) == {}


async def test_an_admin_withdraws_a_problem_once_and_a_change_of_it_brings_it_back(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN, approved_at=NOW)
    problem_id = await database.fetchval("select id from problems")
    async with unit_of_work(engine) as work:
        assert await contributions.withdraw(work, boss, problem_id, NOW) == PLAIN
    for again in (problem_id, teacher):
        with pytest.raises(Refusal) as raised:
            async with unit_of_work(engine) as work:
                await contributions.withdraw(work, boss, again, NOW)
        assert raised.value.view == "library.moved_on"
    (row,) = await database.fetch("select action, entity_type, entity_id, after from audit_logs")
    assert tuple(row)[:3] == ("problem_withdrawn", "problem", str(problem_id))
    assert PLAIN.slug in row["after"]
    assert await offered(engine, teacher, PLAIN.grade) == 0
    assert await contribute(engine, teacher, PLAIN) == (0, 0, 1)
    assert await offered(engine, teacher, PLAIN.grade) == 0
    await contribute(engine, teacher, HARDER)
    assert await offered(engine, teacher, PLAIN.grade) == 0, "it waits for an admin first"
    await judge(engine, boss, await look(engine, teacher), True)
    assert await offered(engine, teacher, PLAIN.grade) == 1


async def test_what_waits_goes_with_the_account_and_what_was_approved_stays(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    teacher, boss = await person(database, "Rumana"), await admin(engine, database)
    await contribute(engine, teacher, PLAIN)
    await judge(engine, boss, await look(engine, teacher), True)
    await contribute(engine, teacher, HARDER, VARIED)
    async with unit_of_work(engine) as work:
        kept = (await work.people.export(teacher))["problems_written"]
        assert [(one["slug"], one["difficulty"], one["waits"]) for one in kept] == [
            (PLAIN.slug, PLAIN.difficulty, False),
            (PLAIN.slug, 3, True),
            (VARIED.slug, VARIED.difficulty, True),
        ]
        await work.people.erase(teacher)
        await work.people.erase(boss.id)
    assert await database.fetchval("select count(*) from problem_proposals") == 0
    (row,) = await database.fetch("select owner_id, approved_by, difficulty from problems")
    assert tuple(row) == (None, None, PLAIN.difficulty)
    await bring(engine, LIBRARY)
    assert await states(database) == {PLAIN.slug: ("teacher", True)}
    async with unit_of_work(engine) as work:
        kamal = await person(database, "Kamal")
        taken = await work.practice.import_contribution(kamal, [PLAIN], None)
    assert taken.taken == (PLAIN.slug,)
