"""Who is reminded of practice and when, and who is told in the evening that a streak breaks."""

import json
from collections.abc import AsyncIterator
from datetime import date, time

import asyncpg
import pytest

from db.mailbox import SqlMailbox
from db.session import PoolSettings, get_engine
from db.statements import Statement
from domain.operations.records import Priority
from tests.db.school import (
    BOT,
    DAY,
    DHAKA,
    HOUR,
    LONDON,
    MINUTE,
    NEW_YORK,
    TODAY,
    YESTERDAY,
    School,
    at,
)


@pytest.fixture
async def school(database_url: str, database: asyncpg.Connection) -> AsyncIterator[School]:
    # A pool, since these tests ask once a minute for days.
    engine = get_engine(database_url, PoolSettings(size=1))
    await database.execute("create sequence telegram_ids start 5001")
    school = School(engine, database)
    # The clock has been running since the morning before.
    for job in (school.remind, school.warn):
        assert await job(at(DHAKA, YESTERDAY, 6)) == 0
    yield school
    await engine.dispose()


async def test_a_student_is_reminded_at_seven_in_her_evening(school: School) -> None:
    rumana = await school.student(streak=4, last=YESTERDAY)
    seven = at(DHAKA, TODAY, 19)
    await school.remind(seven - MINUTE)
    assert await school.said() == []
    assert await school.remind(seven) == 1
    assert await school.remind(seven + MINUTE) == 0
    (said,) = await school.said()
    assert (said["bot_id"], said["user_id"], said["recipient_id"]) == (BOT, rumana, rumana)
    assert (said["chat_id"], said["view"]) == (5001, "notices.practice_reminder")
    assert (said["kind"], said["notice"], said["priority"]) == (
        "practice_reminder", "practice_reminder", Priority.REMINDER_OF_STREAK,
    )  # fmt: skip
    assert said["dedupe_key"] == said["notice_key"] == f"practice_reminder:{rumana}:2026-11-22"
    assert (said["send_after"], said["expires_at"]) == (seven, seven + 3 * HOUR)
    data = json.loads(said["data"])
    assert isinstance(data.pop("variant"), int)
    assert data == {"day": "2026-11-22", "streak": 4}


async def test_another_text_each_day(school: School) -> None:
    await school.student()
    for day in range(3):
        assert await school.remind(at(DHAKA, TODAY + day * DAY, 19)) == 1
    variants = [json.loads(row["data"])["variant"] for row in await school.said()]
    assert variants == [variants[0], variants[0] + 1, variants[0] + 2]


async def test_a_student_in_new_york_is_reminded_at_seven_in_her_evening(school: School) -> None:
    here = await school.student(DHAKA)
    there = await school.student(NEW_YORK)
    early = await school.student(LONDON, time(6, 30))
    day = await school.minutes(at(DHAKA, TODAY, 12), at(DHAKA, TODAY + DAY, 12))
    assert list(day) == [at(LONDON, TODAY, 6, 30), at(DHAKA, TODAY, 19), at(NEW_YORK, TODAY, 19)]
    assert await school.whom() == [early, here, there]
    assert [json.loads(row["data"])["day"] for row in await school.said()] == 3 * ["2026-11-22"]


@pytest.mark.parametrize("kind", ["practice", "quiz"])
async def test_who_has_done_something_today_is_left_alone(school: School, kind: str) -> None:
    student = await school.student()
    await school.completes(student, at(DHAKA, TODAY, 0, 1), kind)
    assert await school.remind(at(DHAKA, TODAY, 19)) == 0


async def test_what_was_done_last_night_does_not_count(school: School) -> None:
    student = await school.student()
    await school.completes(student, at(DHAKA, YESTERDAY, 23, 59))
    assert await school.remind(at(DHAKA, TODAY, 19)) == 1


async def test_today_is_the_students_own_day(school: School) -> None:
    """At 0:30 in London it is the evening of the day before in New York."""
    there = await school.student(NEW_YORK)
    await school.completes(there, at(NEW_YORK, TODAY, 0, 30))
    assert await school.remind(at(NEW_YORK, TODAY, 19)) == 0
    assert await school.remind(at(NEW_YORK, TODAY + DAY, 19)) == 1


async def test_each_has_her_own_day_though_both_are_told_at_once(school: School) -> None:
    """Ten at night in London is past midnight in Dhaka: today here, yesterday there."""
    one_oclock, night_before = at(LONDON, TODAY, 13), at(LONDON, YESTERDAY, 22)
    here, there = await school.student(DHAKA), await school.student(LONDON, time(13))
    for student in (here, there):
        await school.completes(student, night_before)
    await school.remind(one_oclock)
    assert await school.whom() == [there]


async def test_an_open_or_given_up_session_is_nothing_done(school: School) -> None:
    student = await school.student()
    await school.completes(student, at(DHAKA, TODAY, 18))
    await school.database.execute(
        "alter table practice_sessions disable trigger user;"
        "update practice_sessions set status = 'abandoned', completed_at = null"
    )
    assert await school.remind(at(DHAKA, TODAY, 19)) == 1


async def test_nobody_is_reminded_who_cannot_or_would_not_be(school: School) -> None:
    await school.student(reminder=None)
    await school.student(grade=None)
    for trait in (
        "is_active = false",
        "blocked_bot_at = now()",
        "telegram_id = null, email = 'a@example.org'",
    ):
        student = await school.student(streak=9, last=YESTERDAY)
        await school.database.execute(f"update users set {trait} where id = $1", student)
    assert await school.minutes(at(DHAKA, TODAY, 18), at(DHAKA, TODAY, 22)) == {}


async def test_on_a_holiday_nobody_is_told_anything(school: School) -> None:
    await school.holiday(TODAY)
    await school.student(streak=5, last=YESTERDAY)
    assert await school.minutes(at(DHAKA, TODAY, 18), at(DHAKA, TODAY, 21)) == {}
    tomorrow = TODAY + DAY
    told = await school.minutes(at(DHAKA, tomorrow, 18), at(DHAKA, tomorrow, 21))
    assert list(told) == [at(DHAKA, tomorrow, 19), at(DHAKA, tomorrow, 20, 30)]
    assert [json.loads(row["data"])["streak"] for row in await school.said()] == [5, 5]


async def test_a_holiday_is_one_where_it_is_that_day(school: School) -> None:
    """In Dhaka the holiday is over when New York's evening comes; there it is one still."""
    await school.holiday(TODAY)
    await school.student(DHAKA, time(8))
    await school.student(NEW_YORK)
    assert await school.remind(at(NEW_YORK, TODAY, 19)) == 0
    assert await school.remind(at(DHAKA, TODAY + DAY, 8)) == 1


async def test_the_longest_streak_is_said_first(school: School) -> None:
    lost = await school.student(streak=80, last=YESTERDAY - DAY)
    streaks = [3, 41, 1, 12, 7]
    students = [await school.student(streak=days, last=YESTERDAY) for days in streaks]
    assert await school.remind(at(DHAKA, TODAY, 19)) == 6
    assert await school.whom() == [
        *(students[streaks.index(days)] for days in sorted(streaks, reverse=True)), lost,
    ]  # fmt: skip


async def test_who_has_more_to_lose_passes_who_waits_from_an_earlier_hour(school: School) -> None:
    none = await school.student()
    short = await school.student(streak=5, last=YESTERDAY)
    long = await school.student(reminder=time(20), streak=14, last=YESTERDAY)
    assert await school.remind(at(DHAKA, TODAY, 19)) == 2
    assert await school.remind(at(DHAKA, TODAY, 20)) == 1
    mailbox = SqlMailbox(school.engine, BOT, lambda: at(DHAKA, TODAY, 20))
    claimed = await mailbox.claim(10)
    assert [one.user_id for one in claimed] == [long, short, none]


async def test_a_late_reminder_makes_no_sense_after_midnight(school: School) -> None:
    await school.student(reminder=time(22, 30))
    assert await school.remind(at(DHAKA, TODAY, 22, 30)) == 1
    (said,) = await school.said()
    assert said["expires_at"] == at(DHAKA, TODAY + DAY, 0)


async def test_a_streak_at_risk_is_told_at_half_past_eight(school: School) -> None:
    rumana = await school.student(reminder=None, streak=2, last=YESTERDAY)
    await school.student(reminder=None, streak=1, last=YESTERDAY)
    await school.student(reminder=None, streak=9, last=YESTERDAY - DAY)
    await school.student(reminder=None, streak=9, last=TODAY)
    await school.student(reminder=None)
    evening = at(DHAKA, TODAY, 20, 30)
    assert await school.minutes(evening - HOUR, evening + HOUR) == {evening: 1}
    (said,) = await school.said()
    assert (said["recipient_id"], said["view"]) == (rumana, "notices.streak_at_risk")
    assert (said["kind"], said["priority"]) == ("streak_at_risk", 1)
    assert said["expires_at"] == at(DHAKA, TODAY + DAY, 0)
    assert said["dedupe_key"] == f"streak_at_risk:{rumana}:2026-11-22"
    assert json.loads(said["data"])["streak"] == 2


async def test_a_holiday_before_today_does_not_break_a_streak(school: School) -> None:
    await school.holiday(YESTERDAY, YESTERDAY - DAY)
    stands = await school.student(reminder=None, streak=6, last=YESTERDAY - 2 * DAY)
    await school.student(reminder=None, streak=6, last=YESTERDAY - 3 * DAY)
    assert await school.warn(at(DHAKA, TODAY, 20, 30)) == 1
    assert await school.whom() == [stands]


async def test_a_clock_that_was_down_for_a_day_says_nothing_of_yesterday(school: School) -> None:
    """It went down at noon and comes back the next day at 19:20: only what is fresh is said."""
    await school.minutes(at(DHAKA, TODAY, 11, 58), at(DHAKA, TODAY, 12))
    missed = await school.student(reminder=time(17), streak=3, last=YESTERDAY)
    fresh = await school.student(streak=3, last=TODAY)
    back = at(DHAKA, TODAY + DAY, 19, 20)
    assert (await school.remind(back), await school.warn(back)) == (1, 0)
    (said,) = await school.said()
    assert said["recipient_id"] == fresh
    assert json.loads(said["data"])["day"] == "2026-11-23"
    assert said["expires_at"] == at(DHAKA, TODAY + DAY, 22)
    assert await school.minutes(back, back + 2 * HOUR) == {at(DHAKA, TODAY + DAY, 20, 30): 1}
    assert missed not in await school.whom()


async def test_a_clock_that_comes_back_after_midnight_says_nothing_of_the_evening(
    school: School,
) -> None:
    await school.student(reminder=time(23, 30), streak=3, last=YESTERDAY)
    await school.remind(at(DHAKA, TODAY, 20))
    await school.warn(at(DHAKA, TODAY, 20))
    after_midnight = at(DHAKA, TODAY + DAY, 0, 10)
    assert (await school.remind(after_midnight), await school.warn(after_midnight)) == (0, 0)


async def test_a_clock_that_comes_back_the_same_evening_still_tells_of_the_streak(
    school: School,
) -> None:
    await school.student(reminder=None, streak=3, last=YESTERDAY)
    await school.warn(at(DHAKA, TODAY, 12))
    assert await school.warn(at(DHAKA, TODAY, 23, 40)) == 1


async def test_a_first_run_starts_from_now(school: School) -> None:
    await school.database.execute("delete from clock_marks")
    await school.student()
    assert await school.remind(at(DHAKA, TODAY, 19, 1)) == 0
    assert await school.remind(at(DHAKA, TODAY + DAY, 19, 1)) == 1


async def test_a_clock_that_goes_backwards_says_nothing_twice(school: School) -> None:
    await school.student(streak=3, last=YESTERDAY)
    seven = at(DHAKA, TODAY, 19)
    assert await school.remind(seven + 5 * MINUTE) == 1
    assert await school.minutes(seven - HOUR, seven + HOUR) == {}
    # Nor where the mark itself is lost.
    await school.database.execute("delete from clock_marks")
    assert await school.minutes(seven - HOUR, seven + HOUR) == {}


async def test_a_clock_that_was_a_year_ahead_for_a_while_keeps_nothing_from_anybody(
    school: School,
) -> None:
    await school.student()
    seven = at(DHAKA, TODAY, 19)
    await school.remind(seven - HOUR)
    assert await school.remind(seven + 365 * DAY + HOUR) == 1
    # It is set right an hour after the reminder should have come.
    assert await school.remind(seven + HOUR) == 1
    assert await school.remind(seven + HOUR + MINUTE) == 0
    assert await school.remind(seven + DAY) == 1


async def test_who_moves_west_is_not_reminded_twice_a_day(school: School) -> None:
    student = await school.student(DHAKA)
    assert await school.remind(at(DHAKA, TODAY, 19)) == 1
    await school.database.execute("update users set timezone = $2 where id = $1", student, NEW_YORK)
    assert await school.remind(at(NEW_YORK, TODAY, 19)) == 0
    assert await school.remind(at(NEW_YORK, TODAY + DAY, 19)) == 1


async def test_a_time_that_daylight_saving_skips_or_repeats_is_said_once(school: School) -> None:
    await school.student(LONDON, time(1, 30))
    for night, after in ((date(2027, 3, 28), HOUR), (date(2027, 10, 31), HOUR + 30 * MINUTE)):
        midnight = at(LONDON, night, 0)
        await school.remind(midnight)
        told = await school.minutes(midnight, midnight + 4 * HOUR)
        assert list(told) == [midnight + after]


async def test_a_zone_that_nobody_knows_keeps_no_one_else_waiting(school: School) -> None:
    await school.student("Mars/Olympus_Mons")
    await school.student(DHAKA)
    assert await school.remind(at(DHAKA, TODAY, 19)) == 1


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ran: list[str] = []
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        ran.append(self.sql)
        return arguments(self, values)

    monkeypatch.setattr(Statement, "_arguments", counting)
    return ran


async def test_a_minute_costs_two_statements_and_telling_two_more(
    school: School, statements: list[str]
) -> None:
    for _ in range(20):
        await school.student(streak=3, last=YESTERDAY)
    for clock, job, told in (
        ((18, 59), school.remind, 0), ((19,), school.remind, 20),
        ((20, 29), school.warn, 0), ((20, 30), school.warn, 20),
    ):  # fmt: skip
        statements.clear()
        assert await job(at(DHAKA, TODAY, *clock)) == told
        assert len(statements) == (4 if told else 2)
