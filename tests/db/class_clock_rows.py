"""A class as its model has it, put into the database, and what is done to both alike."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.courses import clockwork
from domain.submissions import exams
from domain.unit_of_work import UnitOfWork
from tests.db.class_clock_model import Item, Model, Told

BOT = 1000001
Job = Callable[[UnitOfWork, int, datetime], Awaitable[int]]
JOBS = (
    clockwork.open_releases,
    clockwork.tell_due_soon,
    exams.end_exams,
    clockwork.mark_missing,
)
TABLES = (
    "users",
    "students",
    "classes",
    "enrollments",
    "modules",
    "content_items",
    "assignments",
    "quizzes",
    "problem_versions",
    "assignment_problems",
    "assignment_openings",
    "submission_attempts",
    "judgings",
    "practice_sessions",
    "gradebook_entries",
    "notifications",
    "outbox",
)
PERSON = """
    with person as (
        insert into users (telegram_id, full_name) values ($1, 'Rafi') returning id)
    insert into students (user_id) select id from person returning user_id
"""
ITEM = """
    insert into content_items (id, module_id, content_type, title, order_index, is_published,
        release_date, due_date) values ($1, $2, $3::content_type, 'Work', $4, $5, $6, $7)
"""
ATTEMPT = """
    insert into submission_attempts (type, student_id, assignment_problem_id, attempt_number,
        code_blob_ref, code_size, language, created_at)
    select 'final_submission', $1, $2, 1 + count(*), 'code', 1, 'python', $3
    from submission_attempts where student_id = $1 and assignment_problem_id = $2
    returning id
"""
JUDGING = """
    insert into judgings (attempt_id, problem_version_id, status, queued_at, ended_at)
    values ($1, $2, 'error', $3, $3)
"""
SESSION = """
    insert into practice_sessions (student_id, kind, content_item_id, started_at, expires_at,
        problem_ids, status, completed_at)
    values ($1, 'quiz', $2, $4::timestamptz - interval '1 hour',
        $4::timestamptz + interval '9 days', '["a"]', $3::practice_session_status,
        case $3 when 'completed' then $4::timestamptz end)
    on conflict (student_id, content_item_id)
        where kind = 'quiz' and content_item_id is not null
        do update set status = excluded.status, completed_at = excluded.completed_at
"""


class Rows:
    """The database's side. Triggers sleep: a history may break what the rules of a class forbid."""

    def __init__(self, engine: AsyncEngine, database: asyncpg.Connection, model: Model) -> None:
        self.engine, self.database, self.model = engine, database, model
        self.class_id: UUID
        self.students: list[UUID] = []
        self.items: list[UUID] = []
        self.modules: list[UUID] = []
        self.problems: dict[tuple[int, int], UUID] = {}

    async def fill(self) -> None:
        run = self.database.fetchval
        await self.database.execute(
            "set session_replication_role = replica;"
            + ";".join(f"delete from {table}" for table in TABLES)
        )
        self.class_id = await run(
            "insert into classes (name, join_code) values ('Programming', 'ABC234') returning id"
        )
        self.versions = [
            await run(
                "insert into problem_versions (slug, version, title, description_markdown)"
                " values ('sum', $1, 'Sum', 'Add.') returning id",
                number,
            )
            for number in (1, 2)
        ]
        for place, _ in enumerate(self.model.students, 1):
            self.students.append(await run(PERSON, place))
            await run(
                "insert into enrollments (user_id, class_id) values ($1, $2)",
                self.students[-1], self.class_id,
            )  # fmt: skip
        for place, item in enumerate(self.model.items, 1):
            await self._add(place, item)

    async def _add(self, place: int, item: Item) -> None:
        run = self.database.fetchval
        module = await run(
            "insert into modules (class_id, title, order_index, is_published)"
            " values ($1, 'Week', $2, true) returning id",
            self.class_id, place,
        )  # fmt: skip
        made = uuid4()
        table = item.kind if item.kind in {"quiz", "material", "announcement"} else "assignment"
        await run(ITEM, made, module, table, 1, True, item.release, item.due)
        if table == "assignment":
            await run(
                "insert into assignments (id, mode) values ($1, $2::assignment_mode)",
                made, item.kind,
            )  # fmt: skip
            for number in range(item.problems):
                self.problems[place - 1, number] = await run(
                    "insert into assignment_problems (assignment_id, problem_id, order_index)"
                    " values ($1, $2, $3) returning id",
                    made, self.versions[number], number + 1,
                )  # fmt: skip
        elif table == "quiz":
            await run("insert into quizzes (id, points_total) values ($1, 5)", made)
        self.items.append(made)
        self.modules.append(module)

    async def tick(self, now: datetime) -> Told:
        """What the jobs of the clock tell, taken out of the outbox."""
        for job in JOBS:
            await self.tick_only(job, now)
        rows = await self.database.fetch(
            "with gone as (delete from outbox returning *)"
            " select view, data ->> 'stage' as stage, recipient_id, content_item_id, bot_id,"
            " gone.dedupe_key = n.dedupe_key and kind = type and gone.user_id = recipient_id"
            " and send_after = $1 and expires_at > $1 as sound"
            " from gone left join notifications n on n.id = notification_id",
            now,
        )
        assert all(row["sound"] and row["bot_id"] == BOT for row in rows)
        told = [
            (
                " ".join(filter(None, (row["view"].removeprefix("notices."), row["stage"]))),
                self.students.index(row["recipient_id"]),
                self.items.index(row["content_item_id"]),
            )
            for row in rows
        ]
        assert len(told) == len(set(told))
        return set(told)

    async def tick_only(self, job: Job, now: datetime) -> int:
        async with unit_of_work(self.engine) as work:
            return await job(work, BOT, now)

    async def entries(self) -> dict[tuple[int, int], str]:
        rows = await self.database.fetch("select * from gradebook_entries")
        return {
            (self.students.index(row["student_id"]), self.items.index(row["content_item_id"])): row[
                "status"
            ]
            for row in rows
        }

    async def locked(self) -> set[tuple[int, int]]:
        rows = await self.database.fetch(
            "select * from assignment_openings where locked_at = deadline_at"
        )
        return {
            (self.students.index(row["student_id"]), self.items.index(row["assignment_id"]))
            for row in rows
        }

    async def keep_item(self, place: int) -> None:
        """What a teacher changed in the model, in the database too."""
        item = self.model.items[place]
        await self.database.execute(
            "update content_items set is_published = $2, due_date = $3 where id = $1",
            self.items[place], item.published, item.due,
        )  # fmt: skip
        await self.database.execute(
            "update modules set is_published = $2 where id = $1",
            self.modules[place], item.module_published,
        )  # fmt: skip
        await self.database.execute(
            "update classes set is_archived = $2 where id = $1",
            self.class_id, self.model.archived,
        )  # fmt: skip

    async def keep_student(self, place: int) -> None:
        one, key = self.model.students[place], self.students[place]
        await self.database.execute(
            "update enrollments set status = (case when $2 then 'active' else 'dropped' end)"
            "::enrollment_status, role = $3::enrollment_role where user_id = $1",
            key, one.active, one.role,
        )  # fmt: skip
        await self.database.execute(
            "update users set blocked_bot_at = case when $2 then null else now() end where id = $1",
            key, one.reachable,
        )  # fmt: skip

    async def submit(
        self, student: int, item: int, problem: int, now: datetime, *, counts: bool
    ) -> None:
        """What we fail to judge does not count."""
        attempt = await self.database.fetchval(
            ATTEMPT, self.students[student], self.problems[item, problem], now
        )
        if not counts:
            await self.database.execute(JUDGING, attempt, self.versions[problem], now)

    async def quiz(self, student: int, item: int, status: str, now: datetime) -> None:
        await self.database.execute(SESSION, self.students[student], self.items[item], status, now)

    async def open_exam(self, student: int, item: int, now: datetime, deadline: datetime) -> None:
        await self.database.execute(
            "insert into assignment_openings (student_id, assignment_id, opened_at, deadline_at)"
            " values ($1, $2, $3, $4)",
            self.students[student], self.items[item], now, deadline,
        )  # fmt: skip

    async def excuse(self, student: int, item: int) -> None:
        await self.database.execute(
            "insert into gradebook_entries (student_id, content_item_id, status, max_score)"
            " values ($1, $2, 'excused', 5) on conflict (student_id, content_item_id)"
            " do update set status = 'excused'",
            self.students[student], self.items[item],
        )  # fmt: skip
