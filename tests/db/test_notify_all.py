"""Notices for many people at once: a row of `notifications` and its message for each, once."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.operations.records import Notice, NoticeType, Priority

BOT = 1000001
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def someone(database: asyncpg.Connection, number: int, **columns: Any) -> UUID:
    names = "".join(f", {name}" for name in columns)
    values = "".join(f", ${place}" for place in range(2, 2 + len(columns)))
    found: UUID = await database.fetchval(
        f"insert into users (telegram_id, full_name{names}) values ($1, 'A'{values}) returning id",
        number,
        *columns.values(),
    )
    return found


def announcement(recipient: UUID) -> Notice:
    return Notice(
        recipient,
        NoticeType.ANNOUNCEMENT,
        "No class on Sunday",
        "announcements.notice",
        {"text": "No class"},
        f"announcement:x:{recipient}",
        expires_at=NOW.replace(day=29),
        priority=Priority.BROADCAST,
    )


async def test_everybody_is_told_once_and_who_blocked_the_bot_is_counted(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rafi, mina = await someone(database, 1), await someone(database, 2)
    blocked = await someone(database, 3, blocked_bot_at=NOW)
    left = await someone(database, 4, is_active=False)
    notices = [announcement(one) for one in (rafi, mina, blocked, left, UUID(int=5))]
    async with unit_of_work(engine) as work:
        assert await work.operations.notify_all(BOT, notices, NOW) == 3
    async with unit_of_work(engine) as work:
        assert await work.operations.notify_all(BOT, notices, NOW) == 0
    rows = await database.fetch(
        "select o.*, n.payload, n.title from outbox o"
        " join notifications n on n.id = o.notification_id and n.recipient_id = o.user_id"
        " order by o.chat_id"
    )
    assert [(row["user_id"], row["chat_id"]) for row in rows] == [(rafi, 1), (mina, 2)]
    first = rows[0]
    assert (first["kind"], first["priority"], first["send_after"], first["claimed_by"]) == (
        "announcement",
        Priority.BROADCAST,
        NOW,
        None,
    )
    assert first["expires_at"] == NOW.replace(day=29)
    assert first["title"] == "No class on Sunday"
    dropped = await database.fetch("select * from notifications where dropped_at is not null")
    assert [(row["recipient_id"], row["dropped_reason"]) for row in dropped] == [
        (blocked, "blocked")
    ]


async def test_nobody_to_tell_is_no_trouble(engine: AsyncEngine) -> None:
    async with unit_of_work(engine) as work:
        assert await work.operations.notify_all(BOT, [], NOW) == 0
