"""A student finds what is due, reads a problem, and keeps a draft."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.routes import short
from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import say, tap, tap_route
from tests.teaching import SUM, Given, School

CPP = "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b; }\n"


class Campus:
    """A teacher's class with a student in it, and the chat."""

    def __init__(self, dars: Dars) -> None:
        self.dars = dars
        self.school = School(dars.database)
        self.teacher: UUID
        self.class_id: UUID

    async def open(self) -> None:
        self.salma = await self.dars.people.join("Salma", language_code="en")
        self.teacher = await self.school.person(self.salma.id, "Salma", "teacher")
        self.class_id = await self.school.class_of(self.teacher)
        await say(self.dars, self.salma, "/help")

    async def student(self, name: str = "Rafi", language: str = "en") -> Person:
        person = await self.dars.people.join(name, language_code=language)
        user = await self.school.person(person.id, name, language=language)
        await self.school.enroll(user, self.class_id)
        await say(self.dars, person, "/help")
        return person

    async def homework(
        self, mode: str = "homework", config: dict[str, Any] | None = None, **more: Any
    ) -> tuple[UUID, UUID]:
        """(assignment, its problem)"""
        item = await self.school.assignment(
            self.class_id, mode=mode, config=config, due=more.pop("due", None),
            title=more.pop("called", "Homework 1"), published=more.pop("published", True),
            release=more.pop("release", None),
        )  # fmt: skip
        problem = await self.school.problem(self.teacher, **more)
        return item, await self.school.set_problem(item, problem)


async def campus(dars: Dars) -> Campus:
    made = Campus(dars)
    await made.open()
    return made


async def test_from_the_list_to_a_kept_draft(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    due = dars.clock.now + timedelta(days=2)
    item, problem = await place.homework(
        due=due, starter=("python", "a, b = map(int, input().split())\n")
    )
    await say(dars, rafi, "/assignments")
    assert "Homework 1" in rafi.last.text
    assert "due Tuesday, 24 November, 6:00 pm" in rafi.last.text
    assert "0 of 1 solved" in rafi.last.text
    await tap(dars, rafi, f"submissions.assignment:{short(item)}")
    assert "Handing in late costs no points" in rafi.last.text
    await tap(dars, rafi, f"submissions.problem:{short(problem)}")
    assert "Read two whole numbers and print their sum." in rafi.last.text
    assert "1 2" in rafi.last.text
    assert "10 20" not in rafi.last.text, "a hidden test is not shown"
    assert "3 tests, 2 of them hidden" in rafi.last.text
    await tap(dars, rafi, f"submissions.starter:{short(problem)}")
    assert rafi.last.file_name == "main.py"
    assert b"map(int" in await rafi.downloads(rafi.last)
    await say(dars, rafi, "a, b = map(int, input().split())\nprint(a + b)")
    assert "Draft of Sum of two kept: Python, 2 lines." in rafi.last.text
    assert list(rafi.last.buttons.values())[:2] == [
        f"attempts.run:{short(problem)}",
        f"attempts.submit:{short(problem)}",
    ]
    row = (await dars.rows("select * from assignment_progress"))[0]
    assert row["current_language"] == "python"
    assert row["current_code"] == "a, b = map(int, input().split())\nprint(a + b)\n"


async def test_a_file_takes_the_place_of_the_draft_and_its_language(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, problem = await place.homework()
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(1)")
    await rafi.sends_document("solution.cpp", CPP.encode("utf-16"))
    await dars.settled()
    assert "C++, 2 lines" in rafi.last.text
    await tap(dars, rafi, f"submissions.draft:{short(problem)}")
    assert "std::cin" in rafi.last.text


async def test_the_language_is_asked_where_nobody_can_tell(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, problem = await place.homework(config={"allowed_languages": ["python", "cpp"]})
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "x = 5")
    assert "Which language is it in?" in rafi.last.text
    await tap(dars, rafi, f"submissions.choose:{short(problem)}.python")
    assert "Python, 1 line" in rafi.last.text
    await say(dars, rafi, "y = 6")
    assert "Python, 1 line" in rafi.last.text, "what was chosen stays"


async def test_code_in_a_language_that_is_not_taken_is_kept_and_asked_about(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, problem = await place.homework(config={"allowed_languages": ["python", "c"]})
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, CPP)
    assert "This looks like C++" in rafi.last.text
    assert await dars.value("select current_language from assignment_progress") is None
    assert "cin" in await dars.value("select current_code from assignment_progress")


async def test_the_draft_survives_a_restart_and_another_conversation(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, problem = await place.homework()
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(1 + 2)")
    await dars.restart()
    await say(dars, rafi, "/settings")
    await tap_route(dars, rafi, f"submissions.draft:{short(problem)}")
    assert "print(1 + 2)" in rafi.last.text


async def test_a_statement_longer_than_a_message_is_read_page_by_page(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    long = "\n\n".join(f"Part {n}. " + "Words of the statement. " * 20 for n in range(12))
    _, problem = await place.homework(statement=long)
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    assert "Part 0." in rafi.last.text
    assert "Example 1" not in rafi.last.text
    pages = 1
    while "submissions.page" in str(rafi.last.buttons):
        await tap(dars, rafi, f"submissions.page:{short(problem)}.{pages}")
        pages += 1
    assert "Part 11." in rafi.last.text
    assert "Example 1" in rafi.last.text
    assert pages > 2


async def test_an_exam_shows_its_problems_only_once_it_was_started(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item, problem = await place.homework(mode="exam", config={"time_limit_mins": 45})
    await tap_route(dars, rafi, f"submissions.assignment:{short(item)}")
    assert "45 minutes from the moment you start" in rafi.last.text
    assert "Sum of two" not in str(rafi.last.buttons)
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    assert "Start the exam first" in rafi.last.text
    await tap_route(dars, rafi, f"submissions.open:{short(item)}")
    assert "the clock runs on" in rafi.last.text
    assert await dars.value("select count(*) from assignment_openings") == 0
    await tap(dars, rafi, f"submissions.opened:{short(item)}")
    assert "You have until Sunday, 22 November, 6:45 pm." in rafi.last.text
    dars.clock.move(minutes=10)
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    assert "6:45 pm" in rafi.last.text, "opening it again gives no more time"
    await tap(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(3)")
    assert "Draft of" in rafi.last.text
    dars.clock.move(minutes=40)
    await say(dars, rafi, "print(4)")
    assert "Your time for this exam ended" in rafi.last.text
    assert await dars.value("select current_code from assignment_progress") == "print(3)\n"


async def test_a_hint_opens_as_the_mode_says(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, practice = await place.homework(mode="practice", hint="Add them.", slug="one")
    _, exam = await place.homework(mode="homework", hint="Add them.", slug="two")
    await tap_route(dars, rafi, f"submissions.hint:{short(practice)}")
    assert "Add them." in rafi.last.text
    await tap_route(dars, rafi, f"submissions.hint:{short(exam)}")
    assert "Add them." not in rafi.last.text


async def test_what_is_not_theirs_does_not_exist(dars: Dars) -> None:
    place = await campus(dars)
    item, problem = await place.homework()
    hidden, _ = await place.homework(published=False, slug="later")
    rafi = await place.student()
    stranger = await dars.people.join("Nila", language_code="en")
    await place.school.person(stranger.id, "Nila")
    await say(dars, stranger, "/help")
    await tap_route(dars, stranger, f"submissions.assignment:{short(item)}")
    elsewhere = stranger.last.text
    for route in ("assignment", "open", "opened"):
        await tap_route(dars, stranger, f"submissions.{route}:{short(item)}")
        assert stranger.last.text == elsewhere
        await tap_route(dars, rafi, f"submissions.{route}:{short(hidden)}")
        assert rafi.last.text == elsewhere
    for route in ("problem", "hint", "starter", "draft", "language"):
        await tap_route(dars, stranger, f"submissions.{route}:{short(problem)}")
        assert stranger.last.text == elsewhere
    assert await dars.value("select count(*) from assignment_openings") == 0


async def test_a_teacher_looks_at_it_as_a_student_would(dars: Dars) -> None:
    place = await campus(dars)
    item, problem = await place.homework(mode="exam", config={"time_limit_mins": 45})
    await tap_route(dars, place.salma, f"submissions.assignment:{short(item)}")
    assert "This is what students see" in place.salma.last.text
    await tap_route(dars, place.salma, f"submissions.problem:{short(problem)}")
    assert "Read two whole numbers" in place.salma.last.text
    await say(dars, place.salma, "print(1)")
    assert await dars.value("select count(*) from assignment_progress") == 0


async def test_in_bengali_with_bengali_digits_and_the_bengali_statement(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student(language="bn")
    item, problem = await place.homework(
        tests=(*SUM, Given("5 5\n", "10\n")), due=dars.clock.now + timedelta(days=1)
    )
    await dars.rows("alter table problem_versions disable trigger user")
    await dars.rows(
        "update problem_versions set title_bn = 'দুইয়ের যোগফল', description_bn = 'যোগফল ছাপাও।'"
    )
    await say(dars, rafi, "/assignments")
    assert "২৩ নভেম্বর" in rafi.last.text
    await tap(dars, rafi, f"submissions.assignment:{short(item)}")
    await tap(dars, rafi, f"submissions.problem:{short(problem)}")
    assert "যোগফল ছাপাও।" in rafi.last.text
    assert "৪টি টেস্ট, তার ২টি গোপন" in rafi.last.text
    await say(dars, rafi, "print(1)")
    assert "Python, ১ লাইন" in rafi.last.text


async def test_a_button_of_another_problem_leads_the_code_to_that_problem(dars: Dars) -> None:
    """Whoever taps "Starter code" below an older statement sends code for that problem."""
    place = await campus(dars)
    rafi = await place.student()
    _, first = await place.homework(slug="one", starter=("python", "print()\n"))
    _, second = await place.homework(slug="two", called="Homework 2")
    await tap_route(dars, rafi, f"submissions.problem:{short(second)}")
    await say(dars, rafi, "print('second')")
    for route in (f"starter:{short(first)}", f"page:{short(first)}.0", f"language:{short(first)}"):
        await tap_route(dars, rafi, f"submissions.problem:{short(second)}")
        await tap_route(dars, rafi, f"submissions.{route}")
        await say(dars, rafi, f"print('{route[:4]}')")
        kept = {
            row["assignment_problem_id"]: row["current_code"]
            for row in await dars.rows("select * from assignment_progress")
        }
        assert kept == {first: f"print('{route[:4]}')\n", second: "print('second')\n"}


async def test_a_problem_is_shown_without_moving_whole_tests_about(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    large = "7 " * 30_000
    _, problem = await place.homework(tests=[Given(large, large) for _ in range(5)])
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    assert "Example 3" in rafi.last.text
    said = await dars.value("select max(octet_length(data::text)) from outbox")
    assert said < 5000


async def test_time_on_another_problem_is_not_counted_twice(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, first = await place.homework(slug="one")
    _, second = await place.homework(slug="two", called="Homework 2")
    await tap_route(dars, rafi, f"submissions.problem:{short(first)}")
    dars.clock.move(minutes=1)
    await tap_route(dars, rafi, f"submissions.problem:{short(second)}")
    dars.clock.move(minutes=2)
    await tap_route(dars, rafi, f"submissions.problem:{short(first)}")
    spent = await dars.rows(
        "select assignment_problem_id, time_spent_seconds from assignment_progress"
    )
    assert {row[0]: row[1] for row in spent} == {first: 60, second: 0}
    dars.clock.move(minutes=1)
    await tap_route(dars, rafi, f"submissions.problem:{short(second)}")
    spent = await dars.rows(
        "select assignment_problem_id, time_spent_seconds from assignment_progress"
    )
    assert {row[0]: row[1] for row in spent} == {first: 60, second: 120}


async def test_whoever_pastes_more_than_a_message_holds_is_told_to_send_a_file(
    dars: Dars,
) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, problem = await place.homework()
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(1)\n" * 10)
    assert "send it as a file" not in rafi.last.text
    await say(dars, rafi, "print(12345)\n" * 600)
    assert any("send it as a file" in one.text for one in rafi.messages)
