"""A class with an assignment and coding problems, put straight into the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

REGISTER = """
    with person as (
        insert into users (telegram_id, full_name, language, role)
        values ($1, $2, $3, $4) returning id),
    learner as (insert into students (user_id) select id from person returning user_id)
    insert into streaks (student_id) select user_id from learner returning student_id
"""
CLASS = """
    insert into classes (owner_id, name, join_code) values ($1, $2, $3) returning id
"""
MODULE = """
    insert into modules (class_id, title, order_index, is_published)
    values ($1, $2, 1, true) returning id
"""
ITEM = """
    with item as (
        insert into content_items
            (module_id, content_type, title, description, order_index, is_published,
             release_date, due_date)
        values ($1, 'assignment', $2, $3,
            (select coalesce(max(order_index), 0) + 1 from content_items where module_id = $1),
            $4, $5, $6)
        returning id)
    insert into assignments (id, mode, config) select id, $7::assignment_mode, $8 from item
    returning id
"""
PROBLEM = """
    insert into problem_versions
        (slug, version, owner_id, title, description_markdown, hint, starter_code,
         starter_language, published_at, test_groups)
    values ($1, 1, $2, $3, $4, $5, $6, $7, null, $8) returning id
"""
TEST = """
    insert into test_cases
        (problem_version_id, ordinal, name, hidden, points, group_name, input, output)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
SET = """
    insert into assignment_problems (assignment_id, problem_id, order_index, custom_points)
    values ($1, $2,
        (select coalesce(max(order_index), 0) + 1
         from assignment_problems where assignment_id = $1), $3)
    returning id
"""


@dataclass(frozen=True)
class Given:
    """A test of a problem."""

    input: str
    output: str
    hidden: bool = False
    points: int = 10
    group: str | None = None


SUM = (Given("1 2\n", "3\n"), Given("10 20\n", "30\n", hidden=True), Given("-1 1\n", "0\n", True))


@dataclass
class School:
    """Makes what a teacher would have made in the chat, by a few statements."""

    database: asyncpg.Connection
    codes: list[str] = field(
        default_factory=lambda: [f"ABC{n}{m}2" for n in "23456" for m in "789"]
    )

    async def person(
        self, telegram_id: int, name: str, role: str = "student", language: str = "en"
    ) -> UUID:
        """Registered, without a school class."""
        await self.database.execute(REGISTER, telegram_id, name, language, role)
        found: UUID = await self.database.fetchval(
            "select id from users where telegram_id = $1", telegram_id
        )
        return found

    async def class_of(self, teacher: UUID, name: str = "Programming") -> UUID:
        """A class with one published module; its code is the next of `codes`."""
        made: UUID = await self.database.fetchval(CLASS, teacher, name, self.codes.pop(0))
        await self.database.execute(MODULE, made, "Week 1")
        return made

    async def enroll(self, person: UUID, class_id: UUID, role: str = "student") -> None:
        await self.database.execute(
            "insert into enrollments (user_id, class_id, role) values ($1, $2, $3)",
            person, class_id, role,
        )  # fmt: skip

    async def assignment(
        self,
        class_id: UUID,
        title: str = "Homework 1",
        mode: str = "homework",
        *,
        description: str | None = None,
        config: dict[str, Any] | None = None,
        published: bool = True,
        release: datetime | None = None,
        due: datetime | None = None,
    ) -> UUID:
        module = await self.database.fetchval(
            "select id from modules where class_id = $1 order by order_index limit 1", class_id
        )
        made: UUID = await self.database.fetchval(
            ITEM, module, title, description, published, release, due, mode,
            json.dumps(config or {}),
        )  # fmt: skip
        return made

    async def problem(
        self,
        owner: UUID,
        slug: str = "sum",
        title: str = "Sum of two",
        statement: str = "Read two whole numbers and print their **sum**.",
        *,
        tests: Sequence[Given] = SUM,
        hint: str | None = None,
        starter: tuple[str, str] | None = None,
        groups: str = "[]",
    ) -> UUID:
        """A published version; `starter` is (language, code)."""
        language, code = starter or (None, None)
        made: UUID = await self.database.fetchval(
            PROBLEM, slug, owner, title, statement, hint, code, language, groups
        )
        for place, one in enumerate(tests, 1):
            await self.database.execute(
                TEST, made, place, f"{place:02}", one.hidden, one.points, one.group,
                one.input, one.output,
            )  # fmt: skip
        await self.database.execute(
            "update problem_versions set published_at = now() where id = $1", made
        )
        return made

    async def set_problem(self, assignment: UUID, problem: UUID, points: int | None = None) -> UUID:
        """The problem of the assignment."""
        made: UUID = await self.database.fetchval(SET, assignment, problem, points)
        return made
