"""A month's people, classes and acts as rows."""

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks._month_plan import Item, Plan
from benchmarks._month_sending import BOT_ID
from domain.operations import reminders
from localchat import acts
from localchat.records import Person as ChatPerson
from localchat.world import World

FIRST_ID = 900_000_000
MARKS = (reminders.PRACTICE, reminders.STREAKS)

FIVE = "select jsonb_agg(id) from (select id from problems order by slug limit 5) as five"
PRACTISED = """
insert into practice_sessions (student_id, started_at, expires_at, completed_at, problem_ids,
                               status)
values ($1, $2, $2::timestamptz + interval '30 minutes', $3, $4::jsonb, 'completed')
"""
STREAK = """
insert into streaks (student_id, current_streak, longest_streak, last_practice_date)
values ($1, $2, $2, $3)
on conflict (student_id) do update set current_streak = excluded.current_streak,
    longest_streak = greatest(streaks.longest_streak, excluded.current_streak),
    last_practice_date = excluded.last_practice_date
"""
LEFT = """
with made as (
    insert into practice_sessions (student_id, started_at, expires_at, problem_ids)
    values ($1, $2, $3, $4::jsonb) returning id
), items as (
    insert into practice_items (session_id, position, problem_id)
    select made.id, place, problem::uuid
    from made, jsonb_array_elements_text($4::jsonb) with ordinality as five (problem, place)
)
select id from made
"""
SUBMITTED = """
insert into submission_attempts (type, student_id, assignment_problem_id, attempt_number,
                                 code_blob_ref, code_size, language, created_at)
values ('final_submission', $1, $2, 1, 'code', 1, 'python', $3)
"""
BEGUN = """
insert into practice_sessions (student_id, kind, content_item_id, started_at, expires_at,
                               problem_ids)
values ($1, 'quiz', $2, $3, $4, $5::jsonb) returning id
"""
FINISHED = """
update practice_sessions set status = 'completed', completed_at = $3
where student_id = $1 and content_item_id = $2
"""
SAT = """
insert into assignment_openings (student_id, assignment_id, opened_at, deadline_at)
values ($1, $2, $3, $4)
"""
SETTINGS = "update users set settings = $2::jsonb where id = $1"


async def peopled(
    plan: Plan, database: asyncpg.Connection, world: World
) -> tuple[list[UUID], list[UUID], dict[tuple[int, int], UUID]]:
    await database.execute("set session_replication_role = replica")
    holidays = [{"day": one.isoformat(), "name": "Holiday"} for one in sorted(plan.holidays)]
    await database.execute(HOLIDAYS, json.dumps(holidays))
    await database.executemany(
        "insert into clock_marks (job, done_until) values ($1, $2)",
        [(mark, plan.begin) for mark in MARKS],
    )
    ids = _numbered(1, plan.people)
    await database.executemany(PERSON, [
        (ids[one.number], FIRST_ID + one.number if one.has_telegram else None, one.zone,
         json.dumps(one.settings), one.is_active, 7 if one.has_grade else None, one.reminder)
        for one in plan.people
    ])  # fmt: skip
    for one in plan.people:
        person = world.add_person(ChatPerson(FIRST_ID + one.number, f"Student {one.number}"))
        acts.says(world, world.chat(world.bots[BOT_ID], person), "/start")
    queue = world.queues[BOT_ID]
    queue.confirm(list(queue.pending))
    items, parts = await _taught(plan, database, ids)
    await database.execute("analyze")
    return ids, items, parts


HOLIDAYS = """
insert into configuration (key, value, value_type) values ('practice.holidays', $1::jsonb, 'list')
on conflict (key) do update set value = excluded.value
"""
PERSON = """
with person as (
    insert into users (id, telegram_id, full_name, timezone, settings, is_active, language)
    values ($1, $2, 'Student', $3, $4::jsonb, $5, 'en') returning id
)
insert into students (user_id, grade, reminder_time) select id, $6, $7 from person
"""


def _numbered(salt: int, things: Iterable[Any]) -> list[UUID]:
    """Ids that are drawn, the same each time."""
    rng = random.Random(salt)
    return [UUID(int=rng.getrandbits(128), version=4) for _ in things]


async def _taught(
    plan: Plan, database: asyncpg.Connection, ids: Sequence[UUID]
) -> tuple[list[UUID], dict[tuple[int, int], UUID]]:
    versions = [
        await database.fetchval(
            "insert into problem_versions (slug, version, title, description_markdown)"
            " values ('sum', $1, 'Sum', 'Add.') returning id",
            number,
        )
        for number in (1, 2)
    ]
    numbers = sorted({item.class_number for item in plan.items})
    modules = {}
    for number in numbers:
        modules[number] = await database.fetchval(
            CLASS, f"Class {number}", _code(number),
            [ids[one.number] for one in plan.members(number)],
        )  # fmt: skip
    items = _numbered(2, plan.items)
    parts: dict[tuple[int, int], UUID] = {}
    for place, item in enumerate(plan.items):
        await _set(database, item, items[place], modules[item.class_number], place)
        for part in range(item.problems if item.kind != "quiz" else 0):
            parts[item.number, part] = await database.fetchval(
                "insert into assignment_problems (assignment_id, problem_id, order_index)"
                " values ($1, $2, $3) returning id",
                items[place], versions[part], part + 1,
            )  # fmt: skip
    return items, parts


CLASS = """
with class as (insert into classes (name, join_code) values ($1, $2) returning id),
enrolled as (
    insert into enrollments (user_id, class_id)
    select one, class.id from class, unnest($3::uuid[]) as one
)
insert into modules (class_id, title, order_index, is_published)
select id, 'Month', 1, true from class returning id
"""


def _code(number: int) -> str:
    letters = "ABCDEFGHJK"
    return "K" * 3 + "".join(letters[int(digit)] for digit in f"{number:03}")


async def _set(
    database: asyncpg.Connection, item: Item, key: UUID, module: UUID, place: int
) -> None:
    content_type = "quiz" if item.kind == "quiz" else "assignment"
    await database.execute(
        "insert into content_items (id, module_id, content_type, title, order_index, is_published,"
        " release_date, due_date) values ($1, $2, $3::content_type, $4, $5, true, $6, $7)",
        key, module, content_type, f"Work {item.number}", place + 1, item.release, item.due,
    )  # fmt: skip
    if content_type == "quiz":
        await database.execute("insert into quizzes (id, points_total) values ($1, 5)", key)
    else:
        await database.execute(
            "insert into assignments (id, mode) values ($1, $2::assignment_mode)", key, item.kind
        )
