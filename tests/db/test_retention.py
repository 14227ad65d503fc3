"""What is old is forgotten, in batches; what somebody may still need is not."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories.operations_retention import first_id
from db.unit_of_work import unit_of_work
from domain.errors import Fault
from domain.operations import retention
from domain.unit_of_work import UnitOfWork
from engines.storage.folder import FolderStorage
from tests.teaching import School

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
BOT = 1000001


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def opened(engine: AsyncEngine) -> Callable[[], AbstractAsyncContextManager[UnitOfWork]]:
    return partial(unit_of_work, engine)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "objects")


async def update(database: asyncpg.Connection, number: int, ended: datetime | None) -> None:
    await database.execute(
        "insert into inbox (bot_id, update_id, payload, state, ended_at)"
        " values ($1, $2, '{}', $3::inbox_state, $4)",
        BOT, number, "waiting" if ended is None else "done", ended,
    )  # fmt: skip


async def message(
    database: asyncpg.Connection, key: str, ended: datetime | None, *, failed: bool = False,
    edits: str | None = None,
) -> None:  # fmt: skip
    await database.execute(
        "insert into outbox"
        " (bot_id, chat_id, view, dedupe_key, edits_key, sent_at, failed_at, failed_reason)"
        " values ($1, 7, 'a', $2, $3, $4, $5, $6)",
        BOT, key, edits,
        None if failed else ended, ended if failed else None, "blocked" if failed else None,
    )  # fmt: skip


async def kept(database: asyncpg.Connection, column: str, table: str) -> set[Any]:
    return {row[0] for row in await database.fetch(f"select {column} from {table}")}


async def test_mail_goes_a_week_after_it_ended_however_small_the_batches(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    for number in range(7):
        await update(database, number, ago(7.01 + number))
        await message(database, f"old-{number}", ago(7.01 + number), failed=number % 2 == 1)
    await update(database, 100, ago(6.99))
    await update(database, 101, None)
    await message(database, "new", ago(6.99))
    await message(database, "waits", None)
    assert await retention.forget(opened, storage, NOW, batch=3) == 14
    assert await kept(database, "update_id", "inbox") == {100, 101}
    assert await kept(database, "dedupe_key", "outbox") == {"new", "waits"}
    assert await retention.forget(opened, storage, NOW, batch=3) == 0


async def test_a_message_stays_as_long_as_another_is_to_take_its_place(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    await message(database, "followed", ago(30))
    await message(database, "follows", None, edits="followed")
    await message(database, "followed before", ago(30))
    await message(database, "followed it", ago(29), edits="followed before")
    await retention.forget(opened, storage, NOW)
    assert await kept(database, "dedupe_key", "outbox") == {"followed", "follows"}


async def test_what_was_said_of_an_open_judging_or_upload_stays_and_is_not_said_twice(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    school = School(database)
    problem, version, student = await coursework(school)
    decided = await judging(database, student, problem, version, ended=ago(20))
    waits = await judging(database, student, problem, version, ended=None)
    teacher = await database.fetchval("select owner_id from problem_versions")
    checked = await upload(database, teacher, "sum", "queued", None)
    for subject in (f"judging:{decided}", f"judging:{waits}", f"upload:{checked}"):
        await message(database, subject, ago(20))
        await message(database, f"{subject}:waiting", ago(19), edits=subject)
    await retention.forget(opened, storage, NOW)
    assert await kept(database, "dedupe_key", "outbox") == {
        f"judging:{waits}",
        f"judging:{waits}:waiting",
        f"upload:{checked}",
        f"upload:{checked}:waiting",
    }


async def test_notices_go_after_half_a_year_and_leave_a_message_that_waits(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    person = await School(database).person(7, "Rafi")
    old, young = first_id(ago(180.01)), first_id(ago(179.99))
    for number, made in enumerate((old, young)):
        await database.execute(
            "insert into notifications (id, recipient_id, type, title, dedupe_key)"
            " values ($1, $2, 'announcement', 'Picnic', $3)",
            made, person, f"notice-{number}",
        )  # fmt: skip
        await message(database, f"notice-{number}", None)
    await database.execute(
        "update outbox set notification_id = n.id from notifications n"
        " where n.dedupe_key = outbox.dedupe_key"
    )
    assert await retention.forget(opened, storage, NOW) == 1
    assert await kept(database, "id", "notifications") == {young}
    assert await kept(database, "notification_id", "outbox") == {None, young}


async def test_invitations_go_a_month_after_they_were_used_or_ran_out(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    cases = {
        "used long ago": (ago(-1), ago(31)),
        "ran out long ago": (ago(31), None),
        "used": (ago(20), ago(29)),
        "ran out": (ago(29), None),
        "open": (ago(-6), None),
    }
    hashes = {name: f"{number:064x}" for number, name in enumerate(cases)}
    for name, (expires, used) in cases.items():
        await database.execute(
            "insert into invitations (token_hash, expires_at, used_at) values ($1, $2, $3)",
            hashes[name], expires, used,
        )  # fmt: skip
    assert await retention.forget(opened, storage, NOW) == 2
    left = {hashes[name] for name in ("used", "ran out", "open")}
    assert await kept(database, "token_hash", "invitations") == left


@pytest.mark.parametrize(
    ("due", "archived", "touched", "emptied"),
    [
        (ago(181), None, ago(200), True),
        (ago(181), None, ago(20), False),
        (ago(179), None, ago(200), False),
        (None, None, ago(200), False),
        (None, ago(181), ago(200), True),
        (None, ago(20), ago(200), False),
    ],
)
async def test_a_draft_is_emptied_once_its_work_is_long_over_and_nobody_touched_it(
    opened: Any,
    storage: FolderStorage,
    database: asyncpg.Connection,
    due: datetime | None,
    archived: datetime | None,
    touched: datetime,
    emptied: bool,
) -> None:
    school = School(database)
    problem, _, student = await coursework(school)
    await database.execute("update content_items set due_date = $1", due)
    if archived is not None:
        await database.execute("alter table classes disable trigger user")
        await database.execute("update classes set is_archived = true, updated_at = $1", archived)
        await database.execute("alter table classes enable trigger user")
    await database.execute(
        "insert into assignment_progress (student_id, assignment_problem_id, current_code,"
        " current_language, time_spent_seconds, last_updated)"
        " values ($1, $2, 'print(1)', 'python', 90, $3)",
        student, problem, touched,
    )  # fmt: skip
    assert await retention.forget(opened, storage, NOW) == int(emptied)
    draft = await database.fetchrow("select * from assignment_progress")
    assert draft is not None
    assert draft["current_code"] == ("" if emptied else "print(1)")
    assert draft["time_spent_seconds"] == 90
    assert draft["last_updated"] == touched
    assert await retention.forget(opened, storage, NOW) == 0


async def test_uploads_go_with_their_files_but_not_the_file_of_the_newest_version(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection
) -> None:
    school = School(database)
    teacher = await school.person(1, "Salma", "teacher")
    first = await school.problem(teacher)
    second = uuid4()
    await database.execute(
        "insert into problem_versions (id, slug, version, owner_id, title, description_markdown,"
        " published_at) values ($1, 'sum', 2, $2, 'Sum', 'Add.', now())",
        second, teacher,
    )  # fmt: skip
    await upload(database, teacher, "sum", "accepted", ago(181), first)
    await upload(database, teacher, "sum", "accepted", ago(181), second)
    await upload(database, teacher, "bad", "refused", ago(31))
    await upload(database, teacher, "bad", "failed", ago(31))
    recent = await upload(database, teacher, "bad", "refused", ago(29))
    waits = await upload(database, teacher, "new", "queued", None)
    for one in (first, second, waits):
        await storage.put(f"people/{teacher}/{one}", b"zip", "application/zip")
    assert await retention.forget(opened, storage, NOW, batch=2) == 3
    assert await kept(database, "id", "problem_uploads") == {second, recent, waits}
    assert set(await storage.list(f"people/{teacher}/")) == {
        f"people/{teacher}/{second}",
        f"people/{teacher}/{waits}",
    }


class Stuck(FolderStorage):
    """A storage that deletes nothing."""

    async def delete(self, key: str) -> None:
        raise Fault(f"cannot delete {key}")


async def test_an_upload_whose_file_cannot_be_deleted_is_tried_again_the_next_night(
    opened: Any, storage: FolderStorage, database: asyncpg.Connection, tmp_path: Path
) -> None:
    school = School(database)
    teacher = await school.person(1, "Salma", "teacher")
    gone = await upload(database, teacher, "sum", "accepted", ago(181))
    await upload(database, teacher, "bad", "refused", ago(31))
    assert await retention.forget(opened, Stuck(tmp_path / "objects"), NOW, batch=2) == 1
    assert await kept(database, "id", "problem_uploads") == {gone}
    assert await retention.forget(opened, storage, NOW) == 1


async def coursework(school: School) -> tuple[UUID, UUID, UUID]:
    """(problem of an assignment, its version, a student of the class)"""
    teacher = await school.person(1, "Salma", "teacher")
    student = await school.person(2, "Rafi")
    class_id = await school.class_of(teacher)
    await school.enroll(student, class_id)
    item = await school.assignment(class_id)
    version = await school.problem(teacher)
    return await school.set_problem(item, version), version, student


async def judging(
    database: asyncpg.Connection,
    student: UUID,
    problem: UUID,
    version: UUID,
    ended: datetime | None,
) -> UUID:
    attempt = await database.fetchval(
        "insert into submission_attempts (type, student_id, assignment_problem_id, code_blob_ref,"
        " code_size, language, created_at) values ('test_run', $1, $2, 'code', 4, 'python', $3)"
        " returning id",
        student, problem, ago(20),
    )  # fmt: skip
    made: UUID = await database.fetchval(
        "insert into judgings (attempt_id, problem_version_id, status, queued_at, ended_at)"
        " values ($1, $2, $3::judging_status, $4, $5) returning id",
        attempt, version, "queued" if ended is None else "error", ago(20), ended,
    )  # fmt: skip
    return made


async def upload(
    database: asyncpg.Connection,
    owner: UUID,
    slug: str,
    status: str,
    ended: datetime | None,
    upload_id: UUID | None = None,
) -> UUID:
    upload_id = upload_id or uuid4()
    key = None if status in ("refused", "failed") else f"people/{owner}/{upload_id}"
    await database.execute(
        "insert into problem_uploads (id, owner_id, slug, file_name, archive_key, fingerprint,"
        " status, ended_at) values ($1, $2, $3, 'sum.zip', $4, repeat('0', 64),"
        " $5::upload_status, $6)",
        upload_id, owner, slug, key, status, ended,
    )  # fmt: skip
    return upload_id
