"""The nightly look: nothing after real conversations, and each thing that should never be."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.routes import short
from db.repositories.mailbox_statements import CLAIMS
from db.repositories.operations_consistency import SqlConsistencyRepository
from db.unit_of_work import unit_of_work
from domain.operations import consistency
from domain.operations.upkeep_repository import Check
from localchat.people import Person
from tests.bot.classes import admin
from tests.bot.conftest import BOT_ID, Dars
from tests.bot.judged import Judged, worker
from tests.bot.quizzing import quiz
from tests.bot.test_story import answer_right, answer_wrong, register, say, tap, tap_route
from tests.bot.test_student_work import campus
from tests.practising import ONLY_NUMBERS

EVER = datetime(2000, 1, 1, tzinfo=UTC)
ALL_ROWS = timedelta(days=9000)


@pytest.fixture
async def judged(dars: Dars, tmp_path: Path) -> AsyncIterator[Judged]:
    async with worker(dars, tmp_path / "judge") as made:
        yield made


async def practised(dars: Dars) -> Person:
    """Somebody who finished a practice, with mistakes, and stands in the middle of another."""
    await dars.rows(ONLY_NUMBERS)
    mim = await register(dars, "Mim", "en")
    await say(dars, mim, "/practice")
    await answer_wrong(dars, mim)
    await answer_right(dars, mim)
    await tap(dars, mim, "practice.skip")
    for _ in range(3):
        await answer_right(dars, mim)
    await say(dars, mim, "/practice")
    await answer_right(dars, mim)
    await answer_wrong(dars, mim)
    return mim


async def handed_in(dars: Dars, judged: Judged) -> None:
    """A student whose homework was judged."""
    place = await campus(dars)
    rafi = await place.student()
    _, made = await place.homework()
    await tap_route(dars, rafi, f"submissions.problem:{short(made)}")
    await say(dars, rafi, "a, b = map(int, input().split())\nprint(a + b)\n")
    await tap_route(dars, rafi, f"attempts.submit:{short(made)}")
    await judged()


NEW_ATTEMPT = """
    insert into submission_attempts (type, student_id, assignment_problem_id, code_blob_ref,
        code_size, language, created_at)
    select 'test_run', student_id, assignment_problem_id, code_blob_ref, code_size, language, $1
    from submission_attempts
"""
OPEN_JUDGING = """
    insert into judgings (attempt_id, problem_version_id, reason, queued_at)
    select attempt_id, problem_version_id, 'rejudge', $1::timestamptz - interval '61 minutes'
    from judgings
"""
LOST_NOTICE = """
    insert into notifications (recipient_id, type, title, dedupe_key)
    select id, 'announcement', 'Picnic', 'lost' from users where full_name = 'Mim'
"""
STUCK_MESSAGE = """
    insert into outbox (bot_id, chat_id, view, claimed_by, priority, send_after)
    values (1000001, 7, 'common.unknown', -5, 1, $1::timestamptz - interval '61 minutes')
"""
FORGOTTEN_EXAM = """
    insert into assignment_openings (student_id, assignment_id, opened_at, deadline_at)
    select users.id, assignments.id, $1::timestamptz - interval '3 hours',
        $1::timestamptz - interval '61 minutes'
    from users, assignments where full_name = 'Mim'
"""
FORGOTTEN_SESSION = """
    update practice_sessions set started_at = $1::timestamptz - interval '3 hours',
        expires_at = $1::timestamptz - interval '61 minutes' where status = 'in_progress'
"""
EMPTY_ITEM = """
    insert into content_items (module_id, content_type, title, order_index)
    select module_id, 'material', 'Notes', 99 from content_items
"""
BREAKS = {
    Check.SESSIONS_MISCOUNTED: "update practice_sessions"
    " set problems_correct = problems_correct - 1 where status = 'completed'",
    Check.TRIES_MISCOUNTED: "update practice_items set tries = tries + 1 where position = 5"
    " and session_id = (select id from practice_sessions where status = 'completed')",
    Check.STREAKS_AHEAD: "update streaks set last_practice_date = last_practice_date + 2",
    Check.STREAKS_IMPOSSIBLE: "update streaks set current_streak = 9, longest_streak = 9"
    " where current_streak = 1",
    Check.ATTEMPTS_UNJUDGED: NEW_ATTEMPT,
    Check.JUDGINGS_STUCK: OPEN_JUDGING,
    Check.SUBMISSIONS_NOT_ENTERED: "delete from gradebook_entries",
    Check.ENTRIES_OVER_MAXIMUM: "update gradebook_entries set score_obtained = max_score + 0.01",
    Check.NOTICES_LOST: LOST_NOTICE,
    Check.MESSAGES_STUCK: STUCK_MESSAGE,
    Check.EXAMS_UNLOCKED: FORGOTTEN_EXAM,
    Check.SESSIONS_UNCLOSED: FORGOTTEN_SESSION,
    Check.ITEMS_INCOMPLETE: EMPTY_ITEM,
}
ALSO: dict[Check, str] = {
    Check.STREAKS_IMPOSSIBLE: "update streaks set current_streak = 1, longest_streak = 1"
    " where student_id = (select id from users where full_name = 'Salma')",
    Check.JUDGINGS_STUCK: OPEN_JUDGING.replace("interval '61 minutes'", "interval '1 minute'")
    .replace("queued_at)", "queued_at, started_at, status, lease_until)")
    .replace("1 minute'", "3 hours', $1, 'processing', $1::timestamptz - interval '61 minutes'"),
}
"""Other ways of breaking the same rule."""
FINE = {
    Check.JUDGINGS_STUCK: OPEN_JUDGING.replace("61", "59"),
    Check.MESSAGES_STUCK: STUCK_MESSAGE.replace("61", "59"),
    Check.EXAMS_UNLOCKED: FORGOTTEN_EXAM.replace("61", "59"),
    Check.SESSIONS_UNCLOSED: FORGOTTEN_SESSION.replace("61", "59"),
    Check.ENTRIES_OVER_MAXIMUM: "update gradebook_entries set score_obtained = max_score",
}
"""What only just may be."""


async def found_after(
    dars: Dars, sql: str | None = None, *, since: datetime = EVER
) -> dict[Check, int]:
    """What a look finds after a statement that is undone again."""
    undone = dars.database.transaction()
    await undone.start()
    try:
        if sql is not None:
            await dars.database.execute(sql, *([dars.clock.now] if "$1" in sql else []))
        repository = SqlConsistencyRepository(dars.database)
        findings = [await repository.find(check, dars.clock.now, since) for check in Check]
    finally:
        await undone.rollback()
    for one in findings:
        assert len(one.examples) == min(one.count, 5)
    return {one.check: one.count for one in findings if one.count}


async def test_each_thing_that_should_never_be_is_named_and_nothing_else(
    dars: Dars, judged: Judged
) -> None:
    await practised(dars)
    await handed_in(dars, judged)
    assert await found_after(dars) == {}
    assert set(BREAKS) == set(Check)
    for check, sql in [*BREAKS.items(), *ALSO.items()]:
        assert await found_after(dars, sql) == {check: 1}, sql
    for sql in FINE.values():
        assert await found_after(dars, sql) == {}, sql


async def test_quizzes_fit_together_handed_in_or_ended_by_the_clock(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(hours=1))
    rafi, mim = await asked.place.student("Rafi"), await asked.place.student("Mim")
    await asked.begin(rafi)
    await asked.later(rafi)
    await asked.right(rafi)
    await asked.wrong(rafi)
    await asked.hand_in(rafi)
    await asked.begin(mim)
    await asked.wrong(mim)
    dars.clock.move(hours=3)
    assert (await found_after(dars)).keys() == {Check.SESSIONS_UNCLOSED}
    assert await asked.close() == 1
    assert "quiz" in mim.last.text.lower()
    assert await found_after(dars) == {}


async def test_a_large_table_is_looked_through_for_the_last_days_alone(dars: Dars) -> None:
    await practised(dars)
    broken = BREAKS[Check.SESSIONS_MISCOUNTED]
    began = await dars.value("select min(started_at) from practice_sessions")
    assert await found_after(dars, broken, since=began) == {Check.SESSIONS_MISCOUNTED: 1}
    later = began + timedelta(days=2)
    assert await found_after(dars, broken, since=later) == {}


async def test_a_claim_of_a_process_that_lives_is_stuck_only_if_it_is_a_reply(dars: Dars) -> None:
    living = await dars.value(
        "select objid::bigint from pg_locks where locktype = 'advisory' and classid = $1", CLAIMS
    )
    mine = STUCK_MESSAGE.replace("-5", str(living))
    assert await found_after(dars, mine) == {}
    assert await found_after(dars, mine.replace(", 1, $1", ", 0, $1")) == {Check.MESSAGES_STUCK: 1}


async def look(dars: Dars) -> int:
    opened: Any = partial(unit_of_work, dars.engine)
    return await consistency.look(opened, BOT_ID, dars.clock.now, ALL_ROWS)


async def test_admins_are_told_once_a_night_and_see_the_last_look_later(dars: Dars) -> None:
    boss = await admin(dars)
    await say(dars, boss, "/health")
    assert "The nightly look through the database has not run yet." in boss.last.text
    await practised(dars)
    assert await look(dars) == 0
    await dars.settled()
    await say(dars, boss, "/health")
    assert "Nightly look through the database: Sunday, 22 November, 6:00 pm" in boss.last.text
    assert "Everything fits together." in boss.last.text
    await dars.rows(BREAKS[Check.SESSIONS_MISCOUNTED])
    session = await dars.value("select id from practice_sessions where status = 'completed'")
    with capture_logs() as logged:
        assert await look(dars) == 1
    [line] = [one for one in logged if one["event"] == "rows that do not fit together"]
    assert (line["check"], line["count"]) == ("sessions_miscounted", 1)
    assert line["examples"] == [str(session)]
    await dars.settled()
    told = boss.last.text
    assert "Practices whose right answers were miscounted: 1" in told
    assert str(session) not in told
    assert await look(dars) == 1, "nothing was repaired"
    await dars.settled()
    reports = "select count(*) from outbox where view = 'operations.inconsistencies'"
    assert await dars.value(reports) == 1
    await say(dars, boss, "/health")
    assert "Practices whose right answers were miscounted: 1" in boss.last.text
    await dars.rows(
        "update practice_sessions set problems_correct = problems_correct + 1"
        " where status = 'completed'"
    )
    await dars.rows(
        "update practice_sessions set status = 'abandoned' where status = 'in_progress'"
    )
    dars.clock.move(days=1)
    assert await look(dars) == 0
    await say(dars, boss, "/health")
    assert "Monday, 23 November" in boss.last.text
    assert "Everything fits together." in boss.last.text
    assert await dars.value(reports) == 1


async def test_at_night_the_report_waits_for_the_morning(dars: Dars) -> None:
    boss = await admin(dars)
    await practised(dars)
    await dars.rows(BREAKS[Check.SESSIONS_MISCOUNTED])
    dars.clock.now = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)  # three in the morning in Dhaka
    assert await look(dars) == 2
    sent_from = await dars.value(
        "select send_after from outbox where view = 'operations.inconsistencies'"
    )
    assert datetime(2026, 11, 23, 0, 0, tzinfo=UTC) < sent_from
    assert boss.last.text.count("miscounted") == 0
