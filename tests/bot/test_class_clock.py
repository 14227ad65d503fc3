"""What students of a class are told as time passes, in the chat."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bot.routes import short
from db.unit_of_work import unit_of_work
from domain.courses import clockwork as classes
from domain.operations import clockwork
from domain.practice import quizzes
from domain.submissions import exams
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars
from tests.bot.judged import worker
from tests.bot.test_story import register, say, tap, tap_route
from tests.bot.test_student_work import Campus, campus

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
JOBS = (
    clockwork.close_expired_sessions,
    exams.end_exams,
    quizzes.close_due,
    classes.open_releases,
    classes.tell_due_soon,
    classes.mark_missing,
)


async def tick(dars: Dars, **by: float) -> None:
    """So much later the clock does what it does, and what it tells has been said."""
    dars.clock.move(**by)
    for job in JOBS:
        async with unit_of_work(dars.engine) as work:
            await job(work, BOT_ID, dars.clock())
    await dars.settled()


def said_to(person: Person, since: int = 0) -> str:
    """What was said to somebody, in one piece."""
    return "\n".join(one.text for one in person.heard[since:])


async def hand_in(dars: Dars, person: Person, problem: UUID) -> None:
    await tap_route(dars, person, f"submissions.problem:{short(problem)}")
    await say(dars, person, RIGHT)
    await tap(dars, person, f"attempts.submit:{short(problem)}")


async def entry(dars: Dars, person: Person) -> tuple[str, int | None] | None:
    rows = await dars.rows(
        "select status::text, score_obtained from gradebook_entries"
        " join users on users.id = student_id where telegram_id = $1",
        person.id,
    )
    return tuple(rows[0]) if rows else None


async def homework(dars: Dars, place: Campus, due: timedelta | None) -> tuple[UUID, UUID]:
    return await place.homework(due=None if due is None else dars.clock.now + due)


async def test_who_has_not_handed_in_is_told_a_day_and_two_hours_ahead_and_who_has_is_not(
    dars: Dars,
) -> None:
    place = await campus(dars)
    rafi, mina = await place.student(), await place.student("Mina")
    item, problem = await homework(dars, place, 3 * DAY)
    await tick(dars)
    assert "Homework 1" in rafi.last.text
    assert "Homework 1" in mina.last.text
    await hand_in(dars, mina, problem)
    before, minas = len(rafi.heard), len(mina.heard)
    await tick(dars, days=2)
    assert len(rafi.heard) == before + 1
    assert "Homework 1" in rafi.last.text
    assert "tomorrow" in rafi.last.text
    await tick(dars, hours=1)
    assert len(rafi.heard) == before + 1, "once is enough"
    await tick(dars, hours=21)
    assert len(rafi.heard) == before + 2
    assert "today" in rafi.last.text
    await tap(dars, rafi, f"submissions.assignment:{short(item)}")
    assert "Homework 1" in rafi.last.text
    assert len(mina.heard) == minas


async def test_teachers_assistants_and_those_who_left_are_told_nothing(dars: Dars) -> None:
    place = await campus(dars)
    people = [await place.student(name) for name in ("Rafi", "Tania", "Karim", "Mina")]
    rafi, tania, karim, mina = people
    change = (
        "update enrollments set role = $2::enrollment_role, status = $3::enrollment_status"
        " from users where users.id = user_id and telegram_id = $1"
    )
    await dars.rows(change, tania.id, "ta", "active")
    await dars.rows(change, karim.id, "teacher", "active")
    await dars.rows(change, mina.id, "student", "dropped")
    before = [len(one.heard) for one in (place.salma, tania, karim, mina)]
    await homework(dars, place, 90 * MINUTE)
    await tick(dars)
    await tick(dars, hours=2)
    assert "Homework 1" in rafi.last.text
    assert [len(one.heard) for one in (place.salma, tania, karim, mina)] == before
    rows = await dars.rows("select student_id from gradebook_entries where status = 'missing'")
    assert len(rows) == 1


async def test_what_is_released_later_is_told_of_then_and_only_once(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item, _ = await place.homework(release=dars.clock.now + DAY)
    before = len(rafi.heard)
    await tick(dars, hours=20)
    assert len(rafi.heard) == before
    await tick(dars, hours=4)
    assert "Homework 1" in rafi.last.text
    assert "There is no due date." in rafi.last.text
    await dars.rows("update content_items set is_published = false")
    await tick(dars, minutes=1)
    await dars.rows("update content_items set is_published = true, opened_at = null")
    await tick(dars, minutes=1)
    assert len(rafi.heard) == before + 1
    await tap(dars, rafi, f"submissions.assignment:{short(item)}")


async def test_what_opens_shortly_before_it_is_due_is_told_of_once(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    before = len(rafi.heard)
    await homework(dars, place, 90 * MINUTE)
    await tick(dars)
    await tick(dars, minutes=10)
    assert len(rafi.heard) == before + 1


async def test_a_due_date_that_moves_is_told_of_anew(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await homework(dars, place, 3 * DAY)
    await tick(dars)
    await tick(dars, hours=50)
    before = len(rafi.heard)
    await dars.rows("update content_items set due_date = due_date + interval '5 days'")
    await tick(dars, hours=20)
    assert len(rafi.heard) == before, "nothing is due"
    await tick(dars, days=4, hours=5)
    assert len(rafi.heard) == before + 1
    assert "tomorrow" in rafi.last.text


async def test_a_clock_that_stood_still_tells_what_still_makes_sense(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await place.homework(due=dars.clock.now + 24 * HOUR, called="Gone")
    await place.homework(due=dars.clock.now + 25.5 * HOUR, called="Near", slug="near")
    await tick(dars)
    await place.homework(release=dars.clock.now + HOUR, called="Late", slug="late")
    before = len(rafi.heard)
    await tick(dars, hours=24.5)
    said = said_to(rafi, before)
    assert "Late" in said
    assert "Near" in said
    assert "Gone" not in said
    assert len(rafi.heard) == before + 2
    assert await entry(dars, rafi) == ("missing", None)


async def test_what_was_missing_and_is_handed_in_late_is_graded_as_ever(
    dars: Dars, tmp_path: Path
) -> None:
    place = await campus(dars)
    rafi, mina = await place.student(), await place.student("Mina")
    _, problem = await homework(dars, place, HOUR)
    await tick(dars)
    await tick(dars, hours=2)
    assert await entry(dars, rafi) == ("missing", None)
    async with worker(dars, tmp_path) as judged:
        await hand_in(dars, rafi, problem)
        await judged()
    assert await entry(dars, rafi) == ("pending", 30)
    assert await entry(dars, mina) == ("missing", None)
    await dars.rows("update content_items set due_date = $1", dars.clock.now + 5 * DAY)
    await tick(dars)
    assert await entry(dars, rafi) == ("pending", 30)
    assert await entry(dars, mina) is None, "it is not due any more"
    await tick(dars, days=6)
    assert await entry(dars, mina) == ("missing", None)


async def test_an_exam_that_nobody_came_back_to_ends_and_says_what_was_handed_in(
    dars: Dars,
) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item, problem = await place.homework(mode="exam", config={"time_limit_mins": 45})
    other = await place.school.problem(place.teacher, slug="other")
    await place.school.set_problem(item, other)
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    await hand_in(dars, rafi, problem)
    before = len(rafi.heard)
    await tick(dars, minutes=45, seconds=20)
    assert "The exam time is over" not in said_to(rafi, before), "the grace is theirs"
    await tick(dars, seconds=20)
    assert "The exam time is over" in rafi.last.text
    assert "1 of 2" in rafi.last.text
    await tick(dars, minutes=1)
    assert said_to(rafi, before).count("The exam time is over") == 1
    await tap(dars, rafi, f"submissions.assignment:{short(item)}")
    assert "Your time ended on" in rafi.last.text
    assert "submitted every problem" not in rafi.last.text


async def test_a_session_nobody_came_back_to_says_what_to_work_on(dars: Dars) -> None:
    rafi, mina = await register(dars, "Rafi", "en"), await register(dars, "Mina", "en")
    for person in (rafi, mina):
        await say(dars, person, "/practice")
    topic = await dars.value(
        "select topic from practice_items join problems on problems.id = problem_id"
        " join practice_sessions on practice_sessions.id = session_id"
        " join users on users.id = student_id where telegram_id = $1 and position = 1",
        rafi.id,
    )
    for _ in range(3):
        await say(dars, rafi, (await dars.waiting(rafi)).wrong)
    await tick(dars, minutes=31)
    rows = await dars.rows(
        "select telegram_id, data ->> 'work_on' as work_on, kind::text, expires_at"
        " from outbox join users on users.id = user_id where view = 'practice.expired'"
    )
    said = {row["telegram_id"]: row for row in rows}
    assert said[rafi.id]["work_on"] == topic
    assert said[mina.id]["work_on"] is None
    assert {row["kind"] for row in rows} == {"session_ended"}
    assert {row["expires_at"] for row in rows} == {
        dars.clock.now - timedelta(minutes=31) + 12 * HOUR
    }
    assert (
        await dars.value("select count(*) from practice_sessions where status = 'abandoned'") == 2
    )
