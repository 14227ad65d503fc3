"""What the database takes and numbers when students try: allowed acts beside refused ones."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager

import asyncpg
import pytest

from db.models.attempt_rules import RULES
from domain.submissions.records import AttemptRule
from tests.db.catalogue import connected
from tests.db.keys import ASSIGNMENT, SET_PROBLEM, USER, VERSION
from tests.db.rows import good_rows, insert
from tests.db.submission_examples import EXAM, late

RUN, SUBMIT = "'test_run'", "'final_submission'"


@pytest.fixture
async def filled(database_url: str) -> str:
    """A database with the example rows: two attempts, the first a final submission."""
    async with connected(database_url) as connection, connection.transaction():
        for row in good_rows():
            await connection.execute(row)
    return database_url


@pytest.fixture
async def connection(filled: str) -> AsyncIterator[asyncpg.Connection]:
    async with connected(filled) as connection:
        yield connection


def attempt(kind: str = RUN, at: str = "12:00", **changes: str) -> str:
    return insert("submission_attempts", type=kind, created_at=f"'2026-01-01 {at}+06'", **changes)


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """Whatever the class of the error is: servers differ in what they call a RESTRICT."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as raised:
        yield
    assert raised.value.constraint_name == constraint


async def numbers(connection: asyncpg.Connection) -> list[int]:
    rows = await connection.fetch(
        "select attempt_number from submission_attempts order by attempt_number"
    )
    return [row[0] for row in rows]


def test_every_rule_that_the_domain_names_is_kept() -> None:
    assert [one.rule for one in RULES] == list(AttemptRule)


ALLOWED = [
    ("at the very release", "select", attempt(at="08:00")),
    ("late where lateness is only counted", "select", attempt(SUBMIT, at="23:00")),
    ("at the due date itself", late(""), attempt(SUBMIT, at="18:00")),
    ("within the grace", late(', "grace_minutes": 5'), attempt(SUBMIT, at="18:05")),
    ("a run after the due date", late(""), attempt(RUN, at="23:00")),
    ("late without a due date", f"{late('')}; update content_items set due_date = null",
     attempt(SUBMIT, at="23:00")),
    ("at the opening of an exam", EXAM, attempt(SUBMIT, at="11:00")),
    ("within thirty seconds of an exam's deadline", EXAM, attempt(SUBMIT, at="13:00:30")),
    ("before an exam was locked",
     f"{EXAM}; update assignment_openings set locked_at = '2026-01-01 12:30+06'",
     attempt(SUBMIT, at="12:29:59")),
    ("the last that is left", """update assignments set config = '{"max_attempts": 2}'""",
     attempt(SUBMIT)),
    ("a run when no submission is left",
     """update assignments set config = '{"max_attempts": 1}'""", attempt(RUN)),
    ("homework without an opening", "delete from assignment_openings", attempt(SUBMIT)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "act"), ALLOWED, ids=[one[0] for one in ALLOWED])
async def test_what_is_allowed_is_taken(
    name: str, before: str, act: str, connection: asyncpg.Connection
) -> None:
    await connection.execute(before)
    await connection.execute(act)
    assert await numbers(connection) == [1, 2, 3]


async def test_the_server_numbers_whatever_an_insert_says(connection: asyncpg.Connection) -> None:
    await connection.execute(attempt(attempt_number="77"))
    await connection.execute(f"{attempt()}; {attempt()}")
    assert await numbers(connection) == [1, 2, 3, 4, 5]


async def test_a_refused_or_abandoned_attempt_leaves_no_gap(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await connection.execute(attempt(at="07:00"))
    work = connection.transaction()
    await work.start()
    await connection.execute(attempt())
    await work.rollback()
    await connection.execute(attempt())
    assert await numbers(connection) == [1, 2, 3]


async def test_attempts_of_one_statement_are_numbered_one_by_one(
    connection: asyncpg.Connection,
) -> None:
    await connection.execute(
        "insert into submission_attempts (type, student_id, assignment_problem_id, code_blob_ref,"
        " code_size, language, created_at) select 'test_run', student_id, assignment_problem_id,"
        " code_blob_ref, code_size, language, created_at from submission_attempts"
    )
    assert await numbers(connection) == [1, 2, 3, 4]


async def test_each_student_and_each_problem_has_numbers_of_its_own(
    connection: asyncpg.Connection,
) -> None:
    other = "'00000000-0000-7000-8000-000000000077'::uuid"
    await connection.execute(insert("users", id=other, telegram_id="77", email="null"))
    await connection.execute(insert("enrollments", user_id=other))
    await connection.execute(insert("problem_versions", id=other, version="2"))
    await connection.execute(
        insert("assignment_problems", id=other, problem_id=other, order_index="2")
    )
    await connection.execute(attempt(student_id=other))
    await connection.execute(attempt(assignment_problem_id=other))
    rows = await connection.fetch(
        "select array_agg(attempt_number order by attempt_number) from submission_attempts"
        " group by student_id, assignment_problem_id order by count(*) desc, 1"
    )
    assert [row[0] for row in rows] == [[1, 2], [1], [1]]


async def test_thirty_two_at_once_are_numbered_without_gaps(filled: str) -> None:
    async with AsyncExitStack() as stack:
        everyone = [await stack.enter_async_context(connected(filled)) for _ in range(32)]
        await asyncio.gather(*(one.execute(attempt()) for one in everyone))
        assert await numbers(everyone[0]) == list(range(1, 35))


async def test_thirty_two_at_once_share_what_is_left(filled: str) -> None:
    """Eight submissions may be made and one was: seven of the thirty-two get through."""
    async with AsyncExitStack() as stack:
        everyone = [await stack.enter_async_context(connected(filled)) for _ in range(32)]
        await everyone[0].execute("""update assignments set config = '{"max_attempts": 8}'""")
        made = await asyncio.gather(
            *(one.execute(attempt(SUBMIT)) for one in everyone), return_exceptions=True
        )
        refused = [one for one in made if isinstance(one, asyncpg.RestrictViolationError)]
        assert {one.constraint_name for one in refused} == {"tr_submission_attempts_attempts_left"}
        assert len(refused) == 25
        assert await numbers(everyone[0]) == list(range(1, 10))


async def test_a_version_is_published_once_the_test_that_is_being_added_is_there(
    filled: str,
) -> None:
    async with connected(filled) as author, connected(filled) as publisher:
        work = author.transaction()
        await work.start()
        await author.execute(insert("test_cases", ordinal="2"))
        await publisher.execute("set lock_timeout = '200ms'")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await publisher.execute("update problem_versions set published_at = now()")
        await work.commit()
        await publisher.execute("update problem_versions set published_at = now()")
        with pytest.raises(asyncpg.RestrictViolationError):
            await author.execute(insert("test_cases", ordinal="3"))


async def test_a_published_version_may_be_shared_and_deleted_while_nobody_set_it(
    connection: asyncpg.Connection,
) -> None:
    await connection.execute("update problem_versions set published_at = now()")
    await connection.execute("update problem_versions set visibility = 'shared'")
    unused = "'00000000-0000-7000-8000-000000000077'::uuid"
    await connection.execute(insert("problem_versions", id=unused, version="2"))
    await connection.execute(insert("test_cases", problem_version_id=unused))
    await connection.execute("update problem_versions set published_at = now() where version = 2")
    await connection.execute(f"delete from problem_versions where id = {unused}")
    with refused_by("fk_assignment_problems_problem_id_problem_versions"):
        await connection.execute(f"delete from problem_versions where id = {VERSION}")


async def test_work_keeps_its_assignment_from_being_deleted(connection: asyncpg.Connection) -> None:
    for table, key in (("assignment_problems", SET_PROBLEM), ("content_items", ASSIGNMENT)):
        with refused_by("fk_submission_attempts_assignment_problem_id"):
            await connection.execute(f"delete from {table} where id = {key}")
    async with connection.transaction():
        await connection.execute("set local dars.erasing = 'on'")
        await connection.execute(f"delete from users where id = {USER}")
    await connection.execute(f"delete from content_items where id = {ASSIGNMENT}")
    assert not await connection.fetchval("select exists (select from assignment_problems)")


async def test_an_order_is_changed_in_one_statement(connection: asyncpg.Connection) -> None:
    await connection.execute("update content_items set order_index = 4 - order_index")
    rows = await connection.fetch(
        "select content_type::text from content_items order by order_index"
    )
    assert [row[0] for row in rows] == ["material", "quiz", "assignment"]


async def test_a_claim_reads_the_index_of_what_waits(connection: asyncpg.Connection) -> None:
    await connection.execute("set enable_seqscan = off")
    plan = await connection.fetch(
        "explain select id from judgings where ended_at is null order by priority, queued_at, id"
    )
    assert "ix_judgings_waiting" in plan[0][0]
    assert "Sort" not in plan[0][0]


async def test_a_lost_lease_is_claimed_in_place(connection: asyncpg.Connection) -> None:
    claim = (
        "update judgings set status = 'processing', started_at = queued_at, claims = claims + 1,"
        " lease_until = queued_at + interval '1 minute', worker = 'a'"
    )
    await connection.execute(claim)
    await connection.execute("update judgings set lease_until = null")
    await connection.execute(claim)
    await connection.execute(
        "update judgings set status = 'error', lease_until = null, ended_at = queued_at"
    )
    assert await connection.fetchval("select claims from judgings") == 2
