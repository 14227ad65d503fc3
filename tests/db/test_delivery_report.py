"""What became of an announcement, counted over every way in which a notice can stand or end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.courses.content_records import DeliveryReport
from domain.operations.records import DropReason, Notice, NoticeType
from tests.teaching import School

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
SOON, AGO = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
NOBODY = DeliveryReport(sent=0, waiting=0, quiet=0, muted=0, blocked=0, failed=0)


async def announced(engine: AsyncEngine, database: asyncpg.Connection) -> tuple[UUID, UUID]:
    """An item about which one person is to be told; the item and the notice."""
    school = School(database)
    class_id = await school.class_of(await school.person(900, "Salma", "teacher"))
    item = await school.assignment(class_id)
    rafi = await school.person(901, "Rafi")
    notice = Notice(
        rafi, NoticeType.ANNOUNCEMENT, "News", "announcements.notice", {}, "k", content_item_id=item
    )
    async with unit_of_work(engine) as work:
        assert await work.operations.notify_all(1, [notice], NOW) == 1
    return item, await database.fetchval("select id from notifications")


async def report(engine: AsyncEngine, item: UUID) -> DeliveryReport:
    async with unit_of_work(engine) as work:
        return await work.content.delivery(item, NOW)


async def test_nobody_was_told_of_what_does_not_exist(engine: AsyncEngine) -> None:
    assert await report(engine, UUID(int=7)) == NOBODY


@pytest.mark.parametrize(
    ("send_after", "tries", "waiting", "quiet"),
    [(AGO, 0, 1, 0), (AGO, 3, 1, 0), (SOON, 0, 1, 1), (SOON, 3, 1, 0)],
)
async def test_whoever_waits_untried_for_a_later_hour_is_in_quiet_hours(
    engine: AsyncEngine,
    database: asyncpg.Connection,
    send_after: datetime,
    tries: int,
    waiting: int,
    quiet: int,
) -> None:
    item, _ = await announced(engine, database)
    await database.execute("update outbox set send_after = $1, tries = $2", send_after, tries)
    seen = await report(engine, item)
    assert (seen.waiting, seen.quiet, seen.told) == (waiting, quiet, 1)


@pytest.mark.parametrize("reason", DropReason)
async def test_each_reason_for_not_being_told_is_counted_once(
    engine: AsyncEngine, database: asyncpg.Connection, reason: DropReason
) -> None:
    item, notice = await announced(engine, database)
    await database.execute(
        "update notifications set dropped_at = $1, dropped_reason = $2 where id = $3",
        NOW,
        reason.value,
        notice,
    )
    seen = await report(engine, item)
    named = {DropReason.MUTED: seen.muted, DropReason.BLOCKED: seen.blocked}
    assert named.get(reason, seen.failed) == 1
    assert (seen.told, seen.sent, seen.waiting) == (1, 0, 0)


async def test_what_was_sent_is_counted_when_its_message_is_forgotten(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    item, notice = await announced(engine, database)
    await database.execute("update notifications set sent_at = $1 where id = $2", NOW, notice)
    await database.execute("delete from outbox")
    seen = await report(engine, item)
    assert (seen.sent, seen.told, seen.waiting) == (1, 1, 0)
