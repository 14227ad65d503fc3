"""Every rule of the schema refuses what it should, and says which rule it was."""

import uuid
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from db.models import Base
from db.models.attempt_rules import RULES as ATTEMPT_RULES
from db.models.base import TOUCHED
from db.models.triggers import REFUSALS as REFUSING_TRIGGERS
from tests.db.catalogue import OURS, connected
from tests.db.examples import REFUSALS
from tests.db.keys import OTHER_ATTEMPT, OTHER_CLASS, USER
from tests.db.refused import Refused
from tests.db.rows import ROWS, good_rows, insert
from tests.services import Databases

SENTENCES = {one.name: one.says for one in REFUSING_TRIGGERS} | {
    one.name: one.says for one in ATTEMPT_RULES
}

RULES = f"""
    select conname from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
    where {OURS} and contype in ('c', 'u', 'x')
    union all
    select indexes.relname from pg_index join pg_class as indexes on indexes.oid = indexrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where {OURS} and indisunique
        and not exists (select from pg_constraint where conindid = indexrelid)
    union all
    select tgname from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where not tgisinternal
        and proname not in ('touch_updated_at', 'number_attempt', 'allow_attempt')
"""

FOREIGN_KEYS = f"""
    select conname, conrelid::regclass::text, attname from pg_constraint
    join pg_namespace on pg_namespace.oid = connamespace
    join pg_attribute on attrelid = conrelid and attnum = any (conkey)
    where {OURS} and contype = 'f' and atttypid = 'uuid'::regtype
"""


@pytest.fixture(scope="module")
def shared_database_url(databases: Databases) -> Iterator[str]:
    """One database for all tests of this module: each takes back what it did."""
    yield databases.create_migrated("refusals")
    databases.drop("refusals")


@pytest.fixture
async def connection(shared_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """One good row in every table, inside a transaction that is rolled back."""
    async with connected(shared_database_url) as connection:
        work = connection.transaction()
        await work.start()
        for row in good_rows():
            await connection.execute(row)
        yield connection
        await work.rollback()


@pytest.mark.parametrize("refused", REFUSALS, ids=lambda refused: refused.rule)
async def test_a_rule_refuses(refused: Refused, connection: asyncpg.Connection) -> None:
    if refused.after is not None:
        await connection.execute(refused.after)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as raised:
        await connection.execute(refused.statement)
    assert raised.value.constraint_name == refused.rule
    if refused.rule in SENTENCES:
        table = raised.value.table_name
        assert refused.rule.startswith(f"tr_{table}_")
        assert f" of {table}: {SENTENCES[refused.rule]}" in str(raised.value)


async def test_every_rule_has_an_example(connection: asyncpg.Connection) -> None:
    rules = [row[0] for row in await connection.fetch(RULES)]
    assert len(rules) == len(set(rules))
    assert {*rules, *(one.name for one in ATTEMPT_RULES)} == {one.rule for one in REFUSALS}


def test_every_table_has_a_row() -> None:
    assert set(ROWS) == {table.name for table in Base.metadata.sorted_tables}


async def test_every_foreign_key_refuses_a_stranger(connection: asyncpg.Connection) -> None:
    keys = await connection.fetch(FOREIGN_KEYS)
    assert keys
    for name, table, column in keys:
        stranger = insert(table, **(others(table) | {column: f"'{uuid.uuid4()}'"}))
        with pytest.raises(asyncpg.ForeignKeyViolationError) as raised:
            async with connection.transaction():
                await connection.execute(stranger)
        assert raised.value.constraint_name == name


def others(table: str) -> dict[str, str]:
    """Values that differ from the good row's where the table forbids a second such row."""
    return {
        "users": {"telegram_id": "8", "email": "null"},
        "problems": {"slug": "'other'", "origin": "'teacher'"},
        "problem_proposals": {"slug": "'other'", "content": """'{"slug": "other"}'"""},
        "practice_sessions": {"kind": "'quiz'"},
        "practice_items": {"position": "2"},
        "responses": {"try_number": "2"},
        "outbox": {"dedupe_key": "null"},
        "conversations": {"bot_id": "2"},
        "configuration": {"key": "'other'"},
        "notifications": {"dedupe_key": "'other'"},
        "classes": {"join_code": "'ZZZZZZ'"},
        "enrollments": {"class_id": OTHER_CLASS, "status": "'dropped'"},
        "invitations": {"token_hash": "repeat('00', 32)"},
        "calendar_links": {"token_hash": "repeat('00', 32)"},
        "content_items": {"order_index": "9"},
        "quiz_problems": {"order_index": "9"},
        "material_files": {"order_index": "9", "storage_key": "'other'"},
        "problem_versions": {"slug": "'other'"},
        "assignment_problems": {"order_index": "9"},
        "judgings": {"status": "'error'", "ended_at": "now()"},
        "transcriptions": {"image_key": "'other'", "attempt_id": "null"},
        "grades": {"attempt_id": OTHER_ATTEMPT},
    }.get(table, {})


# What a teacher made stays for the students who worked with it.
TAUGHT = {
    "classes",
    "invitations",
    "modules",
    "content_items",
    "assignments",
    "quizzes",
    "quiz_problems",
    "materials",
    "material_files",
    "problem_versions",
    "test_cases",
    "assignment_problems",
    "problem_analytics",
}


async def test_an_erasure_takes_everything_but_the_log_and_the_costs(
    connection: asyncpg.Connection,
) -> None:
    await connection.execute("set local dars.erasing = 'on'")
    await connection.execute(f"delete from users where id = {USER}")
    left = {
        table.name
        for table in Base.metadata.sorted_tables
        if await connection.fetchval(f"select exists (select from {table.name})")
    }
    assert left == {
        "problems",
        "inbox",
        "configuration",
        "audit_logs",
        "cost_records",
        "clock_marks",
        *TAUGHT,
    }
    anonymous = "student_id is null and session_id is null"
    assert await connection.fetchval(f"select {anonymous} from cost_records")
    assert await connection.fetchval("select updated_by is null from configuration")
    assert await connection.fetchval("select bool_and(owner_id is null) from classes")
    assert await connection.fetchval("select owner_id is null from problem_versions")
    assert await connection.fetchval("select bool_and(created_by is null) from content_items")
    assert await connection.fetchval(f"select actor_id = {USER} from audit_logs")


async def test_an_erasure_is_for_one_transaction(database_url: str) -> None:
    async with connected(database_url) as connection:
        async with connection.transaction():
            for row in good_rows():
                await connection.execute(row)
            await connection.execute("set local dars.erasing = 'on'")
        with pytest.raises(asyncpg.RestrictViolationError):
            await connection.execute("delete from responses")


TOUCHING = [table.name for table in Base.metadata.sorted_tables if table.info.get(TOUCHED)]


@pytest.mark.parametrize("table", TOUCHING)
async def test_updated_at_is_the_time_of_the_last_change(
    table: str, connection: asyncpg.Connection
) -> None:
    touched = f"select updated_at = now() from {table}"
    assert not await connection.fetchval(touched)
    await connection.execute(f"update {table} set created_at = created_at")
    assert not await connection.fetchval(touched), "nothing changed"
    await connection.execute(f"update {table} set created_at = created_at - interval '1 day'")
    assert await connection.fetchval(touched)
    await connection.execute(f"update {table} set updated_at = '2020-01-01'")
    assert await connection.fetchval(touched), "nobody sets it by hand"
