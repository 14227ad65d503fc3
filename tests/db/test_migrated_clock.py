"""What was there before the clock kept its marks: told already, and not told again."""

import asyncpg
import pytest

from db.migrations import downgrade, upgrade
from tests.db.catalogue import connected
from tests.db.keys import CLASS, MODULE, USER
from tests.db.rows import ROWS, insert

ITEM = (
    "insert into content_items"
    " (module_id, content_type, title, order_index, is_published, release_date, updated_at)"
)
MODULES = f"insert into modules (id, class_id, title, order_index, is_published) values ({MODULE}"
NOTICE = "insert into notifications (recipient_id, type, title, dedupe_key) values"
SESSION = (
    "insert into practice_sessions"
    " (student_id, kind, content_item_id, started_at, expires_at, problem_ids)"
)


async def school(connection: asyncpg.Connection) -> None:
    for table in ("users", "students", "classes"):
        await connection.execute(insert(table, **ROWS[table]))
    await connection.execute(f"{MODULES}, {CLASS}, 'Week 1', 1, true)")
    await connection.execute(
        f"insert into modules (class_id, title, order_index) values ({CLASS}, 'Hidden', 2)"
    )
    for place, (module, title, published, release) in enumerate(
        (
            ("Week 1", "seen", "true", "null"),
            ("Week 1", "released", "true", "now() - interval '1 day'"),
            ("Week 1", "later", "true", "now() + interval '1 day'"),
            ("Week 1", "draft", "false", "null"),
            ("Hidden", "hidden", "true", "null"),
        ),
        1,
    ):
        await connection.execute(
            f"{ITEM} select id, 'material', '{title}', {place}, {published}, {release},"
            f" '2020-01-01' from modules where title = '{module}'"
        )


async def test_what_students_see_counts_as_opened_and_nothing_else_does(
    empty_database_url: str,
) -> None:
    await upgrade(empty_database_url, "0016")
    async with connected(empty_database_url) as connection:
        await school(connection)
        await upgrade(empty_database_url, "0017")
        rows = await connection.fetch("select * from content_items order by order_index")
        opened = [row["title"] for row in rows if row["opened_at"] is not None]
        assert opened == ["seen", "released"]
        assert {row["updated_at"].year for row in rows} == {2020}, "no teacher changed them"
        await connection.execute("update content_items set title = 'new' where title = 'draft'")
        touched = "select updated_at > '2020-01-02' from content_items where title = 'new'"
        assert await connection.fetchval(touched), "the trigger is on again"


async def test_the_way_down_forgets_what_the_version_before_cannot_hold(
    empty_database_url: str,
) -> None:
    await upgrade(empty_database_url, "0017")
    async with connected(empty_database_url) as connection:
        await school(connection)
        for kind in ("announcement", "work_opened", "session_ended"):
            await connection.execute(f"{NOTICE} ({USER}, '{kind}', 'x', '{kind}')")
        for place in (8, 9):
            await connection.execute(
                f"{ITEM} values ({MODULE}, 'quiz', 'Quiz', {place}, true, null, now())"
            )
        await connection.execute(
            f"{SESSION} select {USER}, 'quiz', id, now(), now() + interval '1 hour', '[]'"
            " from content_items where content_type = 'quiz'"
        )
        with pytest.raises(asyncpg.UniqueViolationError):
            await connection.execute(
                f"{SESSION} select {USER}, 'quiz', id, now(), now() + interval '1 hour', '[]'"
                " from content_items where content_type = 'quiz' limit 1"
            )
        await downgrade(empty_database_url, "0016")
        kinds = await connection.fetch("select type::text as kind from notifications")
        assert [row["kind"] for row in kinds] == ["announcement"]
        open_ = "select count(*) from practice_sessions where status = 'in_progress'"
        assert await connection.fetchval(open_) == 1
        with pytest.raises(asyncpg.InvalidTextRepresentationError):
            await connection.execute(f"{NOTICE} ({USER}, 'work_opened', 'x', 'again')")
    await upgrade(empty_database_url)
