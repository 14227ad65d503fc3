"""A class with an assignment of one coding problem, and students who hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.storage import Storage, new_key
from domain.submissions.queueing import Priority, message_key
from domain.submissions.records import AttemptType, JudgingReason

BOT_ID = 1000001
TEACHER = 900
FIRST_STUDENT = 1000
MESSAGES = 50_000
"""Telegram's ids of the messages in which students were told that they wait."""

PEOPLE = """
with person as (
  insert into users (telegram_id, full_name, language)
  select id, 'Person ' || id, 'en' from unnest($1::bigint[]) as id returning id, telegram_id),
talk as (insert into conversations (bot_id, user_id) select $2, id from person)
select id from person order by telegram_id
"""
ASSIGNMENT = """
with class as (
  insert into classes (owner_id, name, join_code) values ($1, 'Algorithms', $4) returning id),
part as (
  insert into modules (class_id, title, order_index, is_published)
  select id, 'Week 1', 1, true from class returning id),
pupil as (
  insert into enrollments (user_id, class_id) select unnest($2::uuid[]), id from class),
item as (
  insert into content_items (module_id, content_type, title, order_index, is_published)
  select id, 'assignment', 'Sums', 1, true from part returning id),
task as (
  insert into assignments (id, mode) select id, 'homework' from item returning id)
insert into assignment_problems (assignment_id, problem_id, order_index)
select id, $3, 1 from task returning id
"""
PROBLEM = """
insert into problem_versions (slug, version, owner_id, title, description_markdown, time_limit_ms)
values ('sum', 1, $1, 'Sum', 'Add two numbers.', 2000) returning id
"""
TEST = """
insert into test_cases (problem_version_id, ordinal, name, hidden, points, input, output)
values ($1, $2, $3, $4, $5, $6, $7) returning id
"""
ATTEMPT = """
insert into submission_attempts (type, student_id, assignment_problem_id, attempt_number,
  code_blob_ref, code_size, language, created_at)
values ($1, $2, $3, 0, $4, $5, $6, $7) returning id
"""
MESSAGE = """
insert into outbox (bot_id, user_id, chat_id, view, dedupe_key, sent_at, message_id)
select $1, id, telegram_id, 'submissions.queued', $3, case when $4 then now() end,
  case when $4 then $5::bigint end
from users where id = $2
"""

SUM = "a, b = map(int, input().split())\nprint(a + b)\n"
WRONG = "a, b = map(int, input().split())\nprint(a - b)\n"


@dataclass(frozen=True)
class Handed:
    """One judging that was queued, and the message that follows it."""

    judging_id: UUID
    attempt_id: UUID
    student_id: UUID
    message_id: int


class Classroom:
    def __init__(self, database: asyncpg.Connection, engine: AsyncEngine, storage: Storage) -> None:
        self.database = database
        self.engine = engine
        self._storage = storage
        self._messages = MESSAGES
        self._keys: dict[tuple[UUID, str], str] = {}
        self.students: Sequence[UUID] = ()

    async def open(self, students: int) -> None:
        ids = [TEACHER, *range(FIRST_STUDENT, FIRST_STUDENT + students)]
        rows = await self.database.fetch(PEOPLE, ids, BOT_ID)
        self.teacher, *self.students = (row["id"] for row in rows)
        self.version: UUID = await self.database.fetchval(PROBLEM, self.teacher)
        self.tests = [
            await self.database.fetchval(TEST, self.version, *one)
            for one in (
                (1, "sample", False, 0, "1 2\n", "3\n"),
                (2, "secret/small", True, 4, "10 5\n", "15\n"),
                (3, "secret/large", True, 6, "1000000 1\n", "1000001\n"),
            )
        ]
        await self.database.execute(
            "update problem_versions set published_at = now() where id = $1", self.version
        )
        self.problem: UUID = await self.database.fetchval(
            ASSIGNMENT, self.teacher, self.students, self.version, "ABCDEF"
        )

    async def hand_in(
        self,
        student: UUID,
        source: str = SUM,
        *,
        language: str = "python",
        kind: AttemptType = AttemptType.FINAL_SUBMISSION,
        sent: bool = True,
    ) -> Handed:
        """As the bot does it: the code stored, then attempt, judging and reply."""
        attempt = await self.database.fetchval(
            ATTEMPT, kind.value, student, self.problem, await self._stored(student, source),
            len(source), language, datetime.now(UTC),
        )  # fmt: skip
        async with unit_of_work(self.engine) as work:
            judging = await work.judgings.queue(
                attempt, self.version, JudgingReason.ATTEMPT, Priority.ATTEMPT
            )
        self._messages += 1
        key = message_key(judging)
        await self.database.execute(MESSAGE, BOT_ID, student, key, sent, self._messages)
        return Handed(judging, attempt, student, self._messages)

    async def _stored(self, student: UUID, source: str) -> str:
        if (student, source) not in self._keys:
            key = new_key(student, "code")
            await self._storage.put(key, source.encode(), "text/plain")
            self._keys[student, source] = key
        return self._keys[student, source]
