"""What the passing of time does to classes: what the statements write, case by case."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.routes import short
from db.session import PoolSettings, get_engine
from domain.courses import clockwork
from tests.db.class_clock_model import Item, Model, Student
from tests.db.class_clock_rows import Rows

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
RAFI, MINA = 0, 1


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = get_engine(database_url, PoolSettings(size=1))
    yield made
    await made.dispose()


@pytest.fixture
def classroom(engine: AsyncEngine, database: asyncpg.Connection) -> "Classroom":
    return Classroom(engine, database)


class Classroom:
    """A class of Rafi and Mina, and items in it."""

    def __init__(self, engine: AsyncEngine, database: asyncpg.Connection) -> None:
        self.engine, self.database = engine, database

    async def with_items(self, *items: Item) -> Rows:
        made = Rows(self.engine, self.database, Model(list(items), [Student(), Student()]))
        await made.fill()
        return made

    async def said(self) -> list[dict[str, Any]]:
        rows = await self.database.fetch("select * from outbox order by chat_id, id")
        return [{**row, "data": json.loads(row["data"])} for row in rows]

    async def entries(self) -> list[asyncpg.Record]:
        found: list[asyncpg.Record] = await self.database.fetch("select * from gradebook_entries")
        return found


def homework(**more: Any) -> Item:
    return Item("homework", 1, **more)


async def test_a_notice_says_what_its_text_needs_on_the_clock_of_whoever_reads_it(
    classroom: Classroom,
) -> None:
    rows = await classroom.with_items(homework(due=NOW + 3 * DAY))
    await classroom.database.execute(
        "update users set timezone = 'America/New_York' where telegram_id = 2"
    )
    await rows.tick_only(clockwork.open_releases, NOW)
    rafi, mina = await classroom.said()
    assert rafi["data"] | {"variant": 0} == {
        "kind": "assignment",
        "mode": "homework",
        "title": "Work",
        "class_name": "Programming",
        "item": short(rows.items[0]),
        "due": "2026-11-25T18:00",
        "variant": 0,
    }
    assert mina["data"]["due"] == "2026-11-25T07:00"
    assert rafi["data"]["variant"] != mina["data"]["variant"]
    assert (rafi["view"], rafi["kind"], rafi["priority"]) == (
        "notices.work_opened",
        "work_opened",
        1,
    )
    assert (rafi["send_after"], rafi["expires_at"]) == (NOW, NOW + 3 * DAY)
    assert rafi["dedupe_key"] == f"work_opened:{rows.items[0]}:{rows.students[RAFI]}"
    noted = await classroom.database.fetchrow(
        "select * from notifications where id = $1", rafi["notification_id"]
    )
    assert noted is not None
    assert noted["recipient_id"] == rows.students[RAFI]
    assert (noted["dedupe_key"], noted["title"]) == (rafi["dedupe_key"], "Work")
    assert noted["content_item_id"] == rows.items[0]


async def test_a_zone_that_the_server_does_not_know_keeps_nobody_from_being_told(
    classroom: Classroom,
) -> None:
    rows = await classroom.with_items(homework(due=NOW + 3 * DAY))
    await classroom.database.execute(
        "update users set timezone = 'Mars/Olympus_Mons' where telegram_id = 1"
    )
    await rows.tick_only(clockwork.open_releases, NOW)
    assert [one["data"]["due"] for one in await classroom.said()] == [
        "2026-11-25T12:00",
        "2026-11-25T18:00",
    ]


async def test_the_key_of_a_due_date_names_the_due_date(classroom: Classroom) -> None:
    due = NOW + 2 * DAY
    rows = await classroom.with_items(homework(due=due))
    await rows.tick(NOW)
    for at, stage, until in ((NOW + DAY, "day", due - 3 * HOUR), (due - HOUR, "hours", due)):
        await rows.tick_only(clockwork.tell_due_soon, at)
        said = (await classroom.said())[0]
        key = f"due_soon:{stage}:{rows.items[0]}:{int(due.timestamp())}:{rows.students[RAFI]}"
        assert (said["dedupe_key"], said["expires_at"]) == (key, until)
        assert said["data"]["stage"] == stage
        await classroom.database.execute("delete from outbox")


async def test_what_we_failed_to_judge_is_still_to_be_handed_in_but_is_not_missing(
    classroom: Classroom,
) -> None:
    rows = await classroom.with_items(homework(due=NOW + 2 * DAY))
    await rows.tick(NOW)
    await rows.submit(RAFI, 0, 0, NOW, counts=False)
    await rows.submit(MINA, 0, 0, NOW, counts=True)
    assert await rows.tick(NOW + DAY) == {("due_soon day", RAFI, 0)}
    await rows.tick(NOW + 3 * DAY)
    assert await rows.entries() == {}


async def test_one_problem_of_two_is_not_all(classroom: Classroom) -> None:
    rows = await classroom.with_items(Item("homework", 2, due=NOW + 2 * DAY))
    await rows.tick(NOW)
    await rows.submit(RAFI, 0, 0, NOW, counts=True)
    for problem in (0, 1):
        await rows.submit(MINA, 0, problem, NOW, counts=True)
    assert await rows.tick(NOW + DAY) == {("due_soon day", RAFI, 0)}


async def test_a_quiz_is_handed_in_when_it_is_completed(classroom: Classroom) -> None:
    rows = await classroom.with_items(Item("quiz", 0, due=NOW + 2 * DAY))
    await rows.tick(NOW)
    await rows.quiz(RAFI, 0, "in_progress", NOW)
    await rows.quiz(MINA, 0, "completed", NOW)
    assert await rows.tick(NOW + DAY) == {("due_soon day", RAFI, 0)}
    await rows.tick(NOW + 3 * DAY)
    assert await rows.entries() == {(RAFI, 0): "missing"}
    assert (await classroom.entries())[0]["max_score"] == 5


async def test_nobody_is_reminded_of_an_exam_that_is_over_for_them(classroom: Classroom) -> None:
    rows = await classroom.with_items(Item("exam", 1, due=NOW + 2 * DAY))
    await rows.tick(NOW)
    await rows.open_exam(RAFI, 0, NOW, NOW + DAY)
    assert await rows.tick(NOW + DAY) == {("due_soon day", MINA, 0)}


async def test_an_exam_ends_when_its_grace_does(classroom: Classroom) -> None:
    rows = await classroom.with_items(Item("exam", 1))
    await rows.tick(NOW)
    await rows.open_exam(RAFI, 0, NOW, NOW + HOUR)
    assert await rows.tick(NOW + HOUR + 30 * SECOND) == set()
    assert await rows.tick(NOW + HOUR + 31 * SECOND) == {("exam_ended", RAFI, 0)}
    assert await rows.locked() == {(RAFI, 0)}


async def test_an_exam_that_ended_days_ago_is_locked_in_silence(classroom: Classroom) -> None:
    """No clock ran meanwhile, or this is the first one that ends exams."""
    rows = await classroom.with_items(Item("exam", 1))
    await rows.tick(NOW)
    await rows.open_exam(RAFI, 0, NOW, NOW + HOUR)
    await rows.open_exam(MINA, 0, NOW, NOW + 3 * DAY)
    assert await rows.tick(NOW + 3 * DAY + HOUR) == {("exam_ended", MINA, 0)}
    assert await rows.locked() == {(RAFI, 0), (MINA, 0)}


async def test_an_exam_of_a_class_that_was_archived_is_locked_in_silence(
    classroom: Classroom,
) -> None:
    rows = await classroom.with_items(Item("exam", 1))
    await rows.tick(NOW)
    await rows.open_exam(RAFI, 0, NOW, NOW + HOUR)
    await classroom.database.execute("update classes set is_archived = true")
    assert await rows.tick(NOW + 2 * HOUR) == set()
    assert await rows.locked() == {(RAFI, 0)}


@pytest.mark.parametrize("left", [3 * HOUR, DAY, DAY + SECOND])
async def test_the_borders_of_the_days_warning(left: timedelta, classroom: Classroom) -> None:
    rows = await classroom.with_items(homework(due=NOW + 9 * DAY))
    await rows.tick(NOW)
    told = await rows.tick(NOW + 9 * DAY - left)
    assert bool(told) == (left == DAY)


@pytest.mark.parametrize("left", [timedelta(), SECOND, 2 * HOUR, 2 * HOUR + SECOND])
async def test_the_borders_of_the_two_hours_warning(left: timedelta, classroom: Classroom) -> None:
    rows = await classroom.with_items(homework(due=NOW + 9 * DAY))
    await rows.tick(NOW)
    told = await rows.tick(NOW + 9 * DAY - left)
    assert bool(told) == (left in {SECOND, 2 * HOUR})


async def test_what_a_teacher_wrote_into_an_entry_stays(classroom: Classroom) -> None:
    rows = await classroom.with_items(homework(due=NOW + HOUR))
    await rows.tick(NOW)
    await rows.excuse(MINA, 0)
    await rows.tick(NOW + 2 * HOUR)
    assert await rows.entries() == {(RAFI, 0): "missing", (MINA, 0): "excused"}
    await classroom.database.execute(
        "update gradebook_entries set manual_feedback = 'Ill' where status = 'missing';"
        "update content_items set due_date = null"
    )
    await rows.tick(NOW + 3 * HOUR)
    assert await rows.entries() == {(RAFI, 0): "missing", (MINA, 0): "excused"}


async def test_what_opens_after_it_was_due_is_told_to_nobody(classroom: Classroom) -> None:
    rows = await classroom.with_items(homework(due=NOW - HOUR))
    assert await rows.tick(NOW) == set()
    assert await rows.entries() == {(RAFI, 0): "missing", (MINA, 0): "missing"}


async def test_who_owns_a_class_is_no_student_of_it(classroom: Classroom) -> None:
    rows = await classroom.with_items(homework(due=NOW + HOUR))
    await classroom.database.execute("update classes set owner_id = $1", rows.students[RAFI])
    assert await rows.tick(NOW) == {("work_opened", MINA, 0)}
    await rows.tick(NOW + DAY)
    assert await rows.entries() == {(MINA, 0): "missing"}


async def test_practice_binds_nobody_and_what_is_no_work_is_opened_in_silence(
    classroom: Classroom,
) -> None:
    rows = await classroom.with_items(
        Item("practice", 1, due=NOW + HOUR), Item("material", 0), Item("announcement", 0)
    )
    assert await rows.tick(NOW) == {("work_opened", RAFI, 0), ("work_opened", MINA, 0)}
    await rows.tick(NOW + DAY)
    assert await rows.entries() == {}
    kept = await classroom.database.fetch("select opened_at from content_items")
    assert [row[0] for row in kept] == [NOW] * 3


async def test_what_is_too_much_for_one_transaction_goes_on_in_the_next(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clockwork, "ITEMS", 2)
    rows = await classroom.with_items(*(homework(due=NOW + 2 * DAY) for _ in range(5)))
    opened = [await rows.tick_only(clockwork.open_releases, NOW) for _ in range(4)]
    assert opened == [4, 4, 2, 0]
    warned = [await rows.tick_only(clockwork.tell_due_soon, NOW + DAY) for _ in range(4)]
    assert warned == [4, 4, 2, 0]
    marked = [await rows.tick_only(clockwork.mark_missing, NOW + 3 * DAY) for _ in range(4)]
    assert marked == [4, 4, 2, 0]


async def test_an_item_that_a_teacher_is_changing_is_taken_a_moment_later(
    classroom: Classroom, database_url: str
) -> None:
    rows = await classroom.with_items(homework(), homework())
    teacher = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    try:
        async with teacher.transaction():
            await teacher.execute(
                "update content_items set title = 'Other' where id = $1", rows.items[0]
            )
            assert await rows.tick_only(clockwork.open_releases, NOW) == 2
        assert await rows.tick_only(clockwork.open_releases, NOW) == 2
    finally:
        await teacher.close()
    titles = {one["data"]["item"]: one["data"]["title"] for one in await classroom.said()}
    assert titles == {short(rows.items[0]): "Other", short(rows.items[1]): "Work"}
