"""Claiming: in order of urgency, with what decides about each, however much waits."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.mailbox import SqlMailbox
from db.repositories.mailbox_sending import CLAIM
from db.unit_of_work import unit_of_work
from domain.courses import clockwork
from domain.operations.records import (
    Delivery,
    DropReason,
    NoticeType,
    OutgoingMessage,
    Priority,
    Saying,
)
from domain.people.records import Language
from tests.db.test_notify_all import announcement, someone
from tests.teaching import School

BOT = 1000001
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MANY = 300_000
# The reminders are due; the rest waits for the end of a night.
FILL = """
insert into outbox (bot_id, chat_id, view, priority, kind, send_after)
select $1, n, 'a', n % 4, case when n % 4 > 0 then 'announcement'::notification_type end,
    $2::timestamptz + case n % 4 when 3 then interval '-1 minute' else interval '8 hours' end
from generate_series(1, $3) as n
"""


async def plan(database: asyncpg.Connection, sql: str, *arguments: Any) -> list[dict[str, Any]]:
    """Every node of the plan that was run."""
    found = await database.fetchval(f"explain (analyze, buffers, format json) {sql}", *arguments)
    nodes = [json.loads(found)[0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
async def test_a_claim_reads_no_more_than_it_takes(database: asyncpg.Connection, mode: str) -> None:
    """Among 300,000 that wait, of which nothing urgent is due; measured: about 1 ms."""
    await database.execute(FILL, BOT, NOW, MANY)
    await database.execute("vacuum analyze outbox")
    await database.execute(f"set plan_cache_mode = {mode}")
    given = {"bot_id": BOT, "claimed_by": 1, "limit": 100, "least": Priority.REMINDER, "now": NOW}
    nodes = await plan(database, CLAIM.sql, *CLAIM._arguments(given))
    read = [one for one in nodes if one.get("Relation Name") == "outbox"]
    assert all(one["Node Type"] != "Seq Scan" for one in read)
    (waiting,) = (one for one in read if one.get("Index Name") == "ix_outbox_waiting")
    assert waiting["Actual Rows"] * waiting["Actual Loops"] == 100
    assert waiting.get("Rows Removed by Filter", 0) == 0
    assert waiting["Shared Hit Blocks"] + waiting["Shared Read Blocks"] < 150


async def rows_of(database: asyncpg.Connection, *priorities: int, due: datetime = NOW) -> None:
    await database.executemany(
        "insert into outbox (bot_id, chat_id, view, priority, send_after)"
        " values ($1, $2, 'a', $3, $4)",
        [(BOT, number, one, due) for number, one in enumerate(priorities)],
    )


def mailbox_at(engine: AsyncEngine, now: datetime) -> SqlMailbox:
    return SqlMailbox(engine, BOT, lambda: now)


async def test_the_urgent_is_claimed_first_and_only_it_where_there_is_room_for_no_other(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    await rows_of(database, 3, 2, 1, 0, 3, 2, 1, 0)
    mailbox = mailbox_at(engine, NOW)
    assert [one.priority for one in await mailbox.claim(10, Priority.NOTICE)] == [0, 0, 1, 1]
    assert [one.priority for one in await mailbox.claim(3)] == [2, 2, 3]
    assert [one.priority for one in await mailbox.claim(3)] == [3]
    assert await mailbox.claim(3) == []


async def test_the_clock_that_counts_is_the_senders(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    """Also for what is said at once, whichever clock stands behind the other."""
    await rows_of(database, 1, due=NOW)
    past = mailbox_at(engine, NOW - timedelta(days=3000))
    async with unit_of_work(engine) as work:
        await work.operations.say(BOT, [Saying("at.once", {}, 7, None)])
    assert [one.view for one in await past.claim(10)] == ["at.once"]
    assert [one.view for one in await mailbox_at(engine, NOW).claim(10)] == ["a"]


async def test_what_decides_comes_with_what_is_told_unasked(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rafi = await someone(
        database, 1, timezone="Europe/London", settings='{"muted": ["due_soon"]}', language="en"
    )
    async with unit_of_work(engine) as work:
        await work.operations.notify_all(BOT, [announcement(rafi)], NOW)
        await work.operations.say(BOT, [Saying("reply", {}, 1, rafi)])
    reply, told = await mailbox_at(engine, NOW).claim(10)
    assert (reply.view, reply.kind, reply.expires_at) == ("reply", None, None)
    assert told == OutgoingMessage(
        told.id,
        rafi,
        1,
        "announcements.notice",
        {"text": "No class"},
        Language.EN,
        None,
        Priority.BROADCAST,
        0,
        NoticeType.ANNOUNCEMENT,
        NOW + timedelta(days=7),
        "Europe/London",
        {"muted": ["due_soon"]},
        no_longer_needed=False,
    )


async def test_what_is_said_unasked_in_a_turn_is_not_sent_by_it(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rafi = await someone(database, 1)
    mailbox = mailbox_at(engine, NOW)
    [update] = await mailbox.receive([{"update_id": 1}])
    expires = NOW + timedelta(hours=12)
    ended = Saying("b", {}, 1, rafi, kind=NoticeType.SESSION_ENDED, expires_at=expires)
    async with mailbox.turn(update) as turn:
        at_once = await turn.finish(None, None, [ended, Saying("a", {}, 1, rafi)])
    assert [one.view for one in at_once] == ["a"]
    (claimed,) = await mailbox.claim(10)
    assert (claimed.kind, claimed.expires_at, claimed.timezone) == (
        NoticeType.SESSION_ENDED,
        expires,
        "Asia/Dhaka",
    )


COMPLETED = """
insert into practice_sessions (student_id, kind, problem_ids, started_at, expires_at, status,
    completed_at)
values ($1, 'practice', '[1, 2, 3, 4, 5]', $2::timestamptz - interval '9 minutes',
    $2::timestamptz + interval '9 minutes', 'completed', $2)
"""


@pytest.mark.parametrize(
    ("completed", "done"),
    [
        (None, False),
        ("2026-11-22 04:59:59+00", False),  # still the 21st in New York
        ("2026-11-22 05:00+00", True),
        ("2026-11-23 04:59:59+00", True),
    ],
)
async def test_who_practised_since_needs_no_reminder(
    engine: AsyncEngine, database: asyncpg.Connection, completed: str | None, done: bool
) -> None:
    """By the person's own clock."""
    rafi = await someone(database, 1, timezone="America/New_York")
    await database.execute("insert into students (user_id, grade) values ($1, 7)", rafi)
    if completed:
        await database.execute(COMPLETED, rafi, datetime.fromisoformat(completed))
    async with unit_of_work(engine) as work:
        reminders = [
            replace(announcement(rafi), kind=kind, data={"day": "2026-11-22"}, dedupe_key=kind)
            for kind in (NoticeType.PRACTICE_REMINDER, NoticeType.STREAK_AT_RISK)
        ]
        await work.operations.notify_all(BOT, [announcement(rafi), *reminders], NOW)
    claimed = {one.kind: one.no_longer_needed for one in await mailbox_at(engine, NOW).claim(9)}
    assert claimed == {
        NoticeType.ANNOUNCEMENT: False,
        NoticeType.PRACTICE_REMINDER: done,
        NoticeType.STREAK_AT_RISK: done,
    }


HAND_IN = """
insert into submission_attempts (type, student_id, assignment_problem_id, code_blob_ref, code_size,
    language, created_at)
select 'final_submission', $1, id, 'code', 1, 'python', $2 from assignment_problems
"""


@pytest.mark.parametrize(
    ("meanwhile", "done"),
    [
        ("select", False),
        ("hand in", True),
        ("update content_items set is_published = false", True),
        ("update content_items set due_date = due_date + interval '1 day'", True),
        ("update content_items set release_date = due_date - interval '1 hour'", True),
        ("update modules set is_published = false", True),
        ("update classes set is_archived = true", True),
        ("update enrollments set status = 'dropped'", True),
        ("delete from content_items", True),
    ],
)
async def test_what_was_handed_in_or_withdrawn_since_is_not_due(
    engine: AsyncEngine, database: asyncpg.Connection, meanwhile: str, done: bool
) -> None:
    school = School(database)
    salma = await school.person(7999, "Salma", "teacher")
    rafi = await school.person(8000, "Rafi")
    class_id = await school.class_of(salma)
    await school.enroll(rafi, class_id)
    due = NOW + timedelta(hours=20)
    item = await school.assignment(class_id, due=due)
    await school.set_problem(item, await school.problem(salma))
    await database.execute("update content_items set opened_at = $1", NOW - timedelta(days=2))
    async with unit_of_work(engine) as work:
        assert await clockwork.tell_due_soon(work, BOT, NOW) == 1
    if meanwhile == "hand in":
        await database.execute(HAND_IN, rafi, NOW)
    elif meanwhile.startswith("delete"):
        await database.execute("delete from assignment_problems")
        await database.execute("delete from assignments")
        await database.execute(meanwhile)
    else:
        await database.execute(meanwhile)
    (claimed,) = await mailbox_at(engine, NOW).claim(9)
    assert (claimed.kind, claimed.no_longer_needed) == (NoticeType.DUE_SOON, done)


async def told(database: asyncpg.Connection) -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for row in await database.fetch(
            "select o.sent_at, o.failed_at, o.failed_reason, o.tries, o.send_after, o.claimed_by,"
            " n.sent_at, n.dropped_at, n.dropped_reason from outbox o"
            " join notifications n on n.id = o.notification_id order by o.chat_id"
        )
    ]


async def test_how_a_message_ended_is_noted_of_its_notice_too(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    people = [await someone(database, number) for number in range(1, 6)]
    async with unit_of_work(engine) as work:
        await work.operations.notify_all(BOT, [announcement(one) for one in people], NOW)
    later, morning = NOW + timedelta(minutes=1), NOW + timedelta(hours=9)
    mailbox = mailbox_at(engine, later)
    sent, muted, refused, waits, tried = await mailbox.claim(9)
    await mailbox.note(
        [
            Delivery(sent.id, message_id=5),
            Delivery(muted.id, failed_reason="muted", dropped=DropReason.MUTED),
            Delivery(refused.id, failed_reason="refused: chat not found"),
            Delivery(waits.id, retry_at=morning, tried=False),
            Delivery(tried.id, retry_at=morning),
        ]
    )
    assert await told(database) == [
        (later, None, None, 1, NOW, None, later, None, None),
        (None, later, "muted", 1, NOW, None, None, later, "muted"),
        (None, later, "refused: chat not found", 1, NOW, None, None, later, "refused"),
        (None, None, None, 0, morning, None, None, None, None),
        (None, None, None, 1, morning, None, None, None, None),
    ]


async def test_all_that_waits_for_who_blocked_the_bot_is_dropped(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    rafi, mina = await someone(database, 1), await someone(database, 2)
    async with unit_of_work(engine) as work:
        await work.operations.notify_all(BOT, [announcement(rafi), announcement(mina)], NOW)
    await mailbox_at(engine, NOW).mark_blocked(1)
    assert await told(database) == [
        (None, NOW, "blocked", 0, NOW, None, None, NOW, "blocked"),
        (None, None, None, 0, NOW, None, None, None, None),
    ]
    assert await database.fetchval("select blocked_bot_at from users where id = $1", rafi) == NOW
