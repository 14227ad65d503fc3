"""A student runs code, mends it, submits it, and looks back, over the real sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from bot.routes import short
from db.session import transaction
from db.unit_of_work import SqlUnitOfWork
from domain.gradebook import entries
from localchat.people import Person
from tests.bot.conftest import Dars, until
from tests.bot.judged import Judged, worker
from tests.bot.test_story import say, tap, tap_route
from tests.bot.test_student_work import Campus, campus
from tests.teaching import Given

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
WRONG = "a, b = map(int, input().split())\nprint(a - b)\n"


@pytest.fixture
async def judged(dars: Dars, tmp_path: Path) -> AsyncIterator[Judged]:
    async with worker(dars, tmp_path / "judge") as made:
        yield made


async def at_problem(dars: Dars, place: Campus, problem: object, name: str = "Rafi") -> Person:
    student = await place.student(name)
    await tap_route(dars, student, f"submissions.problem:{problem}")
    return student


async def test_a_bug_is_found_mended_and_the_right_code_accepted(
    dars: Dars, judged: Judged
) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, "a, b = map(int, input().split())\nprint(a + b")
    await tap(dars, rafi, f"attempts.run:{problem}")
    assert "Running Sum of two: attempt 1, Python." in rafi.last.text
    following = rafi.last.message_id
    await judged()
    assert rafi.last.message_id == following, "the verdict takes the place of the progress"
    assert "Runtime error" in rafi.last.text or "Compile error" in rafi.last.text
    assert "line 2" in rafi.last.text.lower()
    await say(dars, rafi, WRONG)
    await tap(dars, rafi, f"attempts.run:{problem}")
    await judged()
    assert "Wrong answer" in rafi.last.text
    assert "0 of 1 tests passed" in rafi.last.text, "a run tries the visible tests alone"
    assert "3" in rafi.last.text
    assert "-1" in rafi.last.text
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.run:{problem}")
    await judged()
    assert "Accepted" in rafi.last.text
    await tap(dars, rafi, f"attempts.submit:{problem}")
    assert "Sum of two is submitted: attempt 4, Python." in rafi.last.text
    await judged()
    assert "3 of 3 tests passed" in rafi.last.text
    assert "30 of 30 points" in rafi.last.text
    entry = (await dars.rows("select * from gradebook_entries"))[0]
    assert (entry["status"], entry["score_obtained"], entry["max_score"]) == ("pending", 30, 30)
    await say(dars, rafi, "/assignments")
    assert "1 of 1 solved" in rafi.last.text


async def test_a_hidden_test_tells_nothing_but_that_it_failed(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, "a, b = map(int, input().split())\nprint(3 if a == 1 else 99)")
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await judged()
    assert "Test 2 did not pass. It is hidden" in rafi.last.text
    assert "10 20" not in rafi.last.text
    assert "30" not in rafi.last.text.replace("of 30 points", "")
    assert "10 of 30 points" in rafi.last.text


async def test_attempts_are_listed_with_their_code(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, WRONG)
    await tap(dars, rafi, f"attempts.run:{problem}")
    await judged()
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await judged()
    await tap(dars, rafi, f"attempts.list:{problem}")
    assert rafi.last.text.index("Submission 2") < rafi.last.text.index("Run 1")
    attempt = await dars.value("select id from submission_attempts where attempt_number = 1")
    await tap(dars, rafi, f"attempts.show:{short(attempt)}")
    assert "❌ Test 1: Wrong answer" in rafi.last.text
    await tap(dars, rafi, f"attempts.code:{short(attempt)}")
    assert rafi.last.file_name == "attempt-1.py"
    assert await rafi.downloads(rafi.last) == WRONG.encode()
    await tap(dars, rafi, f"attempts.reuse:{short(attempt)}")
    assert await dars.value("select current_code from assignment_progress") == WRONG


async def test_tries_are_counted_confirmed_and_used_up(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework(config={"max_attempts": 2})
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    for left in (2, 1):
        await say(dars, rafi, f"{WRONG}# {left}")
        await tap(dars, rafi, f"attempts.submit:{problem}")
        assert f"You have {left} submission" in rafi.last.text
        await tap(dars, rafi, f"attempts.confirmed:{problem}")
        await judged()
        assert "Wrong answer" in rafi.last.text
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    assert "You have submitted 2 of 2 times" in rafi.last.text
    await tap(dars, rafi, f"attempts.run:{problem}")
    await judged()
    assert "Accepted" in rafi.last.text


async def test_a_second_tap_hands_nothing_in_twice(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await tap(dars, rafi, f"attempts.submit:{problem}")
    assert "This very code is being judged" in rafi.last.text
    assert await dars.value("select count(*) from submission_attempts") == 1
    await judged()
    assert len(await stored(dars)) == 1


async def test_lateness_costs_what_the_policy_says(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    policy = {"kind": "penalty", "percent_per_day": 10, "at_most_percent": 50, "grace_minutes": 5}
    item, made = await place.homework(
        config={"late_policy": policy}, due=dars.clock.now + timedelta(hours=1)
    )
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    dars.clock.move(hours=26)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    assert "20% of the points will be taken off" in rafi.last.text
    await judged()
    assert await dars.value("select score_obtained from gradebook_entries") == 24
    await tap_route(dars, rafi, f"submissions.assignment:{short(item)}")
    assert "You have 24 of 30 points." in rafi.last.text
    assert "✅" in str(rafi.last.buttons)
    assert await dars.value("select is_late from submission_attempts")


async def test_an_exam_is_over_with_its_last_submission(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    item, made = await place.homework(mode="exam", config={"time_limit_mins": 45})
    problem = short(made)
    rafi = await place.student()
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    await tap(dars, rafi, f"submissions.problem:{problem}")
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await tap(dars, rafi, f"attempts.confirmed:{problem}")
    assert "the exam is over now" in rafi.last.text
    await judged()
    await tap_route(dars, rafi, f"attempts.submit:{problem}")
    assert "the exam is closed" in rafi.last.text


@pytest.mark.slow
async def test_a_fault_of_ours_uses_up_no_try_and_opens_the_exam_again(
    dars: Dars, judged: Judged
) -> None:
    place = await campus(dars)
    item, made = await place.homework(
        mode="exam", config={"time_limit_mins": 45, "max_attempts": 1}
    )
    problem = short(made)
    rafi = await place.student()
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    await tap(dars, rafi, f"submissions.problem:{problem}")
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await tap(dars, rafi, f"attempts.confirmed:{problem}")
    assert "the exam is over now" in rafi.last.text
    for key in await stored(dars):
        await dars.parts.storage.delete(key)
    await judged()
    assert "It is not your code's fault" in rafi.last.text
    assert "could not be judged" in place.salma.last.text
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await tap(dars, rafi, f"attempts.confirmed:{problem}")
    await judged()
    assert "Accepted" in rafi.last.text


async def test_nobody_sees_the_attempts_of_somebody_else(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await judged()
    nila = await place.student("Nila")
    attempt = await dars.value("select id from submission_attempts")
    for route in ("show", "code", "reuse"):
        await tap_route(dars, nila, f"attempts.{route}:{short(attempt)}")
        assert "Sum of two" not in nila.last.text
        assert nila.last.file_name is None
    assert (
        await dars.value("select count(*) from assignment_progress where current_code <> ''") == 1
    )


async def test_what_was_handed_in_can_be_taken_away_without_the_hidden_tests(
    dars: Dars, judged: Judged
) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, "print(input())")
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await judged()
    await say(dars, rafi, "/export")
    exported = json.loads(await rafi.downloads(rafi.last))
    assert [one["code"] for one in exported["attempts"]] == ["print(input())\n"]
    assert len(exported["test_results"]) == 3
    for one in exported["test_results"]:
        told = {name for name, value in one.items() if value is not None}
        assert one["hidden"] == ("stdout" not in told)
        if one["hidden"]:
            assert told == {"judging_id", "test_case_id", "status", "score", "ordinal", "hidden"}
    assert not {"execution_time_ms", "memory_usage_kb", "worker"} & exported["judgings"][0].keys()
    assert "10 20" not in json.dumps(exported)
    assert len(exported["drafts"]) == len(exported["enrollments"]) == 1
    for key in await stored(dars):
        await dars.parts.storage.delete(key)
    await say(dars, rafi, "/export")
    exported = json.loads(await rafi.downloads(rafi.last))
    assert [one["code"] for one in exported["attempts"]] == [None], "lost, and nothing else with it"


async def test_code_goes_with_its_owner(dars: Dars, judged: Judged) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await judged()
    assert len(await stored(dars)) == 1
    await say(dars, rafi, "/delete_me")
    await tap(dars, rafi, "account.erase:again")
    await tap(dars, rafi, "account.erase:delete")
    assert await stored(dars) == []
    for table in ("submission_attempts", "judgings", "gradebook_entries", "assignment_progress"):
        assert await dars.value(f"select count(*) from {table}") == 0


async def stored(dars: Dars) -> list[str]:
    return list(await dars.parts.storage.list("people/"))


async def test_looking_at_the_problem_meanwhile_does_not_let_a_second_tap_through(
    dars: Dars,
) -> None:
    place = await campus(dars)
    _, made = await place.homework(config={"max_attempts": 3})
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.submit:{problem}")
    await tap(dars, rafi, f"attempts.confirmed:{problem}")
    dars.clock.move(seconds=20)
    await tap_route(dars, rafi, f"submissions.problem:{problem}")
    await tap_route(dars, rafi, f"attempts.confirmed:{problem}")
    assert "This very code is being judged" in rafi.last.text
    assert await dars.value("select count(*) from submission_attempts") == 1


async def test_attempts_are_read_a_page_at_a_time(dars: Dars) -> None:
    place = await campus(dars)
    _, made = await place.homework()
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    for number in range(10):
        dars.clock.move(seconds=20)
        await say(dars, rafi, f"{RIGHT}# {number}")
        await tap(dars, rafi, f"attempts.run:{problem}")
    await tap_route(dars, rafi, f"attempts.list:{problem}")
    assert "Run 10" in rafi.last.text
    assert "Run 3" in rafi.last.text
    assert "Run 2 " not in rafi.last.text
    await tap(dars, rafi, f"attempts.list:{problem}.1")
    assert "Run 2" in rafi.last.text
    assert "Run 3" not in rafi.last.text
    await tap(dars, rafi, f"attempts.list:{problem}.0")
    assert "Run 10" in rafi.last.text


async def test_two_problems_judged_at_once_both_reach_the_gradebook(dars: Dars) -> None:
    """Each worker reads what is judged so far; the second must read what the first wrote."""
    place = await campus(dars)
    rafi = await place.student()
    item, first = await place.homework(slug="one")
    other = await place.school.problem(place.teacher, slug="two")
    second = await place.school.set_problem(item, other)
    for made in (first, second):
        await tap_route(dars, rafi, f"submissions.problem:{short(made)}")
        await say(dars, rafi, RIGHT)
        await tap(dars, rafi, f"attempts.submit:{short(made)}")
    student = await dars.value("select id from users where telegram_id = $1", rafi.id)

    async def enter(connection: asyncpg.Connection, problem: UUID) -> None:
        await connection.execute(
            "update judgings set status = 'completed', verdict = 'pass', score = 30, points = 30,"
            " started_at = now(), ended_at = now() where attempt_id ="
            " (select id from submission_attempts where assignment_problem_id = $1)",
            problem,
        )
        await entries.record(SqlUnitOfWork(connection), student, problem)

    async def beside() -> None:
        async with transaction(dars.engine) as connection:
            await enter(connection, second)

    async with transaction(dars.engine) as connection:
        await enter(connection, first)
        waiting = asyncio.create_task(beside())
        await until(lambda: _waits_for_a_lock(dars))
    await waiting
    assert await dars.value("select score_obtained from gradebook_entries") == 60


async def _waits_for_a_lock(dars: Dars) -> bool:
    return bool(
        await dars.value(
            "select count(*) from pg_stat_activity"
            " where wait_event_type = 'Lock' and datname = current_database()"
        )
    )


async def test_a_language_that_is_not_taken_any_more_is_not_handed_in(dars: Dars) -> None:
    place = await campus(dars)
    item, made = await place.homework(config={"allowed_languages": ["python", "cpp"]})
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await dars.rows(
        "update assignments set config = $1 where id = $2", '{"allowed_languages": ["cpp"]}', item
    )
    for button in ("run", "submit"):
        await tap_route(dars, rafi, f"attempts.{button}:{problem}")
        assert "First say which language it is in" in rafi.last.text
    assert await dars.value("select count(*) from submission_attempts") == 0


async def test_where_every_test_is_hidden_code_is_submitted_and_not_run(dars: Dars) -> None:
    place = await campus(dars)
    _, made = await place.homework(tests=[Given("1 2\n", "3\n", hidden=True)])
    problem = short(made)
    rafi = await at_problem(dars, place, problem)
    await say(dars, rafi, RIGHT)
    await tap(dars, rafi, f"attempts.run:{problem}")
    assert "All tests of this problem are hidden" in rafi.last.text
    await tap_route(dars, rafi, f"attempts.submit:{problem}")
    assert "is submitted" in rafi.last.text
