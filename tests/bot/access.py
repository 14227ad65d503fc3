"""What the table of access is made of: a small school, and acts upon its things by anybody.

Each vertical lists its acts in a file of its own; tests/bot/test_access_table.py tries them.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from bot.routes import data as button_data
from bot.routes import short
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars
from tests.bot.test_story import tap_route
from tests.teaching import School

PICTURE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof"
    "Hh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAAB"
    "AAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q=="
)
"""The smallest of JPEGs."""
OWNER, TEACHER, TA, STUDENT = "owner", "teacher", "ta", "student"
LEARN = frozenset({OWNER, TEACHER, TA, STUDENT})
ASSIST = frozenset({OWNER, TEACHER, TA})
TEACH = frozenset({OWNER, TEACHER})
OWN = frozenset({OWNER})
OUTSIDERS = ("dropped", "other_owner", "other_student", "admin", "nobody")
"""Somebody dropped from the class, a teacher and a student of another one, an admin, a stranger."""
PEOPLE = (OWNER, TEACHER, TA, STUDENT, *OUTSIDERS)
ROLES = {OWNER: "teacher", "other_owner": "teacher", "admin": "admin"}

# What changes whenever anybody says anything, whether or not they may.
PASSING = frozenset(
    {"inbox", "outbox", "conversations", "users", "audit_logs", "alembic_version", "skills"}
)


@dataclass(frozen=True)
class Act:
    """A route, the thing it is about, and who of the class may take it.

    `then` follows the thing's id in a button; {code} in it is the class's code at that moment, and
    the name of another thing in braces that thing's id. A
    step or a document has the id in its conversation's data, under `key`.
    """

    route: str
    thing: str
    allowed: frozenset[str]
    then: str = ""
    kind: str = "button"
    key: str = "class"
    data: Mapping[str, Any] = field(default_factory=dict)
    """What else stands in the conversation."""
    text: str = "Something"
    """What is typed at a step, or stands in the file."""

    def __str__(self) -> str:
        return f"{self.kind} {self.route}"


@dataclass
class World:
    """A class with somebody of every kind, and everything an act may be about."""

    dars: Dars
    people: dict[str, Person]
    users: dict[str, UUID]
    things: dict[str, UUID]

    async def take(self, act: Act, name: str, thing: UUID) -> list[tuple[str, tuple[str, ...]]]:
        """What somebody is told who does it: each message with its buttons."""
        person = self.people[name]
        heard = {one.message_id for one in person.messages}
        if act.kind == "button":
            named = {name: short(id_) for name, id_ in self.things.items()}
            code = await self.dars.value(
                "select join_code from classes where id = $1", self.things["class"]
            )
            data = button_data(act.route, short(thing) + act.then.format(code=code, **named))
            await tap_route(self.dars, person, data)
        else:
            await self._stand_at(name, act, thing)
            if act.kind == "step":
                await person.says(act.text)
            elif act.kind == "photo":
                await person.sends_photo(PICTURE)
            else:
                await person.sends_document("a.csv", act.text.encode())
        await self.dars.settled()
        await person.read_chat()
        told = [one for one in person.messages if one.message_id not in heard and not one.out]
        return [(one.text, tuple(one.buttons.values())) for one in told]

    async def _stand_at(self, name: str, act: Act, thing: UUID) -> None:
        await self.dars.rows(
            "insert into conversations (bot_id, user_id, step, data, version)"
            " values ($1, $2, $3, $4, 1) on conflict (bot_id, user_id) do update"
            " set step = $3, data = $4, version = conversations.version + 1",
            BOT_ID,
            self.users[name],
            act.route,
            json.dumps({**act.data, act.key: short(thing)}),
        )

    async def contents(self) -> dict[str, str]:
        """What stands in every table that somebody's act could change."""
        tables = await self.dars.rows(
            "select tablename from pg_tables where schemaname = 'public' order by 1"
        )
        return {
            table["tablename"]: await self.dars.value(
                f"select md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
                f' from "{table["tablename"]}" t'
            )
            for table in tables
            if table["tablename"] not in PASSING
        }


async def make_world(dars: Dars) -> World:
    """The class "Programming" with people of every kind; and another one, of two others."""
    school = School(dars.database)
    people, users = {}, {}
    for number, name in enumerate(PEOPLE, 501):
        people[name] = await dars.people.join(name, language_code="en", id=number)
        users[name] = await school.person(number, name, ROLES.get(name, "student"))
        # A bot may write to nobody who never wrote to it.
        await people[name].says("/cancel")
    things = {"class": await school.class_of(users[OWNER])}
    for name in (TEACHER, TA, STUDENT):
        await school.enroll(users[name], things["class"], name)
    await school.enroll(users["dropped"], things["class"])
    await dars.rows(
        "update enrollments set status = 'dropped', dropped_by = $1 where user_id = $2",
        users[OWNER],
        users["dropped"],
    )
    for name in (TEACHER, TA, STUDENT, "dropped"):
        things[f"{name}_member"] = await dars.value(
            "select id from enrollments where user_id = $1", users[name]
        )
    other = await school.class_of(users["other_owner"], "Physics")
    await school.enroll(users["other_student"], other)
    things["module"] = await dars.value(
        "select id from modules where class_id = $1", things["class"]
    )
    things["item"] = await school.assignment(things["class"])
    things["problem_version"] = await school.problem(users[OWNER])
    things["problem"] = await school.set_problem(things["item"], things["problem_version"])
    things["attempt"] = await _attempt(dars, users[STUDENT], things["problem"])
    await dars.rows(
        "insert into judgings (attempt_id, problem_version_id, reason, priority, queued_at)"
        " values ($1, $2, 'attempt', 0, $3)",
        things["attempt"],
        things["problem_version"],
        dars.clock.now,
    )
    things |= await _content(dars, things["class"], things["module"])
    things |= await _begun_quiz(dars, things["module"], users[STUDENT])
    things["meeting"] = await _event(dars, users[TEACHER], things["class"])
    things["plan"] = await _event(dars, users[STUDENT], None)
    await dars.settled()
    return World(dars, people, users, things)


async def _content(dars: Dars, class_id: UUID, module: UUID) -> dict[str, UUID]:
    """One more item of each kind, published but for the quiz, and what is in them."""
    things = {}
    for kind in ("material", "announcement", "quiz"):
        things[kind] = await dars.value(
            "insert into content_items"
            " (module_id, content_type, title, description, order_index, is_published)"
            " select $1, $2::content_type, 'Something', 'Read this.',"
            " max(order_index) + 1, $2 <> 'quiz' from content_items where module_id = $1"
            " returning id",
            module,
            kind,
        )
    await dars.rows("insert into materials (id) values ($1)", things["material"])
    await dars.rows("insert into quizzes (id) values ($1)", things["quiz"])
    key = f"classes/{class_id}/material/first"
    await dars.parts.storage.put(key, b"Notes", "text/plain")
    things["file"] = await dars.value(
        "insert into material_files (material_id, storage_key, name, size, media_type, order_index)"
        " values ($1, $2, 'notes.txt', 5, 'text/plain', 1) returning id",
        things["material"],
        key,
    )
    problems = await dars.rows(
        "select id from problems where grade = 7 and topic = 'percentage' order by slug limit 2"
    )
    for place, problem in enumerate(problems, 1):
        await dars.rows(
            "insert into quiz_problems (quiz_id, problem_id, order_index) values ($1, $2, $3)",
            things["quiz"],
            problem["id"],
            place,
        )
    things["practice_problem"], things["another_problem"] = (one["id"] for one in problems)
    return things


async def _begun_quiz(dars: Dars, module: UUID, student: UUID) -> dict[str, UUID]:
    """A published quiz of two problems that the student has begun, and its first question."""
    quiz = await dars.value(
        "insert into content_items (module_id, content_type, title, order_index, is_published)"
        " select $1, 'quiz', 'Something', max(order_index) + 1, true from content_items"
        " where module_id = $1 returning id",
        module,
    )
    await dars.rows("insert into quizzes (id) values ($1)", quiz)
    await dars.rows(
        "insert into quiz_problems (quiz_id, problem_id, order_index)"
        " select $1, problem_id, order_index from quiz_problems",
        quiz,
    )
    session = await dars.value(
        "insert into practice_sessions"
        " (student_id, kind, content_item_id, started_at, expires_at, problem_ids)"
        " select $1, 'quiz', $2, $3::timestamptz, $3 + interval '1 day', jsonb_agg(problem_id)"
        " from quiz_problems where quiz_id = $2 returning id",
        student,
        quiz,
        dars.clock.now,
    )
    await dars.rows(
        "insert into practice_items (session_id, position, problem_id, seed)"
        " select $1, order_index, problem_id, 7 from quiz_problems where quiz_id = $2",
        session,
        quiz,
    )
    asked = await dars.value(
        "select id from practice_items where session_id = $1 and position = 1", session
    )
    return {"begun_quiz": quiz, "asked": asked}


async def _attempt(dars: Dars, student: UUID, problem: UUID) -> UUID:
    """The student's draft and first attempt."""
    await dars.rows(
        "insert into assignment_progress"
        " (student_id, assignment_problem_id, current_code, current_language, last_updated)"
        " values ($1, $2, 'print(3)', 'python', $3)",
        student,
        problem,
        dars.clock.now,
    )
    key = f"people/{student}/code/first"
    await dars.parts.storage.put(key, b"print(3)", "text/plain")
    made: UUID = await dars.value(
        "insert into submission_attempts (type, student_id, assignment_problem_id,"
        " attempt_number, code_blob_ref, code_size, language, created_at)"
        " values ('test_run', $1, $2, 1, $3, 8, 'python', $4) returning id",
        student,
        problem,
        key,
        dars.clock.now,
    )
    return made


async def _event(dars: Dars, owner: UUID, class_id: UUID | None) -> UUID:
    """Every Sunday at ten."""
    made: UUID = await dars.value(
        "insert into calendar_events (owner_id, class_id, title, start_time, end_time, type,"
        " timezone, repeats_weekly_until) values ($1, $2, 'Lecture', '2026-11-29 10:00+06',"
        " '2026-11-29 11:00+06', $3, 'Asia/Dhaka', '2026-12-27') returning id",
        owner,
        class_id,
        "personal" if class_id is None else "class",
    )
    return made


def nothing() -> UUID:
    """An id of nothing."""
    return uuid4()
