"""An exam ends when all of it is handed in and counts, and nobody ends it by mistake."""

from uuid import UUID

from bot.routes import short
from db.unit_of_work import unit_of_work
from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import say, tap, tap_route
from tests.bot.test_student_work import Campus, campus

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
FAIL = "update judgings set status = 'error', ended_at = now() where ended_at is null"


class Exam:
    """Two problems and a student who has begun; nobody judges but `fail`."""

    def __init__(self, dars: Dars, place: Campus, rafi: Person) -> None:
        self.dars, self.place, self.rafi = dars, place, rafi
        self.item: UUID
        self.problems: list[UUID] = []

    async def begin(self, problems: int = 2) -> None:
        school = self.place.school
        self.item = await school.assignment(
            self.place.class_id, mode="exam", config={"time_limit_mins": 45}
        )
        for number in range(problems):
            made = await school.problem(self.place.teacher, slug=f"sum-{number}")
            self.problems.append(await school.set_problem(self.item, made))
        await tap_route(self.dars, self.rafi, f"submissions.opened:{short(self.item)}")

    async def draft(self, number: int) -> str:
        problem = short(self.problems[number])
        await tap_route(self.dars, self.rafi, f"submissions.problem:{problem}")
        await say(self.dars, self.rafi, RIGHT)
        return problem

    async def submit(self, number: int, *, last: bool = False) -> None:
        problem = await self.draft(number)
        await tap(self.dars, self.rafi, f"attempts.submit:{problem}")
        if last:
            await tap(self.dars, self.rafi, f"attempts.confirmed:{problem}")

    async def fail(self, number: int) -> None:
        """What a worker writes that gives a judging up."""
        student = await self.dars.value("select id from users where telegram_id = $1", self.rafi.id)
        await self.dars.rows(FAIL)
        async with unit_of_work(self.dars.engine) as work:
            await work.submissions.unlock_exam(student, self.problems[number])

    async def locked(self) -> bool:
        return bool(await self.dars.value("select locked_at from assignment_openings"))


async def exam(dars: Dars, problems: int = 2) -> Exam:
    place = await campus(dars)
    made = Exam(dars, place, await place.student())
    await made.begin(problems)
    return made


async def test_the_last_submission_is_asked_about_and_the_others_are_not(dars: Dars) -> None:
    made = await exam(dars)
    await made.submit(0)
    assert "is submitted" in made.rafi.last.text
    problem = await made.draft(1)
    await tap(dars, made.rafi, f"attempts.submit:{problem}")
    assert "the exam ends with it" in made.rafi.last.text
    assert not await made.locked()
    await tap(dars, made.rafi, f"attempts.confirmed:{problem}")
    assert "the exam is over now" in made.rafi.last.text
    assert await made.locked()


async def test_what_we_failed_to_judge_does_not_end_an_exam(dars: Dars) -> None:
    made = await exam(dars)
    await made.submit(0)
    await made.fail(0)
    await made.submit(1)
    assert not await made.locked(), "the first problem has no submission that counts"
    await made.submit(0, last=True)
    assert await made.locked()


async def test_a_run_that_failed_does_not_open_a_finished_exam_again(dars: Dars) -> None:
    made = await exam(dars, problems=1)
    problem = await made.draft(0)
    await tap(dars, made.rafi, f"attempts.submit:{problem}")
    await tap(dars, made.rafi, f"attempts.confirmed:{problem}")
    await dars.rows(
        "update judgings set status = 'completed', verdict = 'pass', score = 30, points = 30,"
        " started_at = now(), ended_at = now()"
    )
    await made.fail(0)
    assert await made.locked()


async def test_an_exam_that_became_homework_is_not_started_by_an_old_button(dars: Dars) -> None:
    place = await campus(dars)
    item, _ = await place.homework(mode="homework")
    rafi = await place.student()
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    assert await dars.value("select count(*) from assignment_openings") == 0


async def test_an_exam_that_runs_says_so_in_the_list_and_one_that_is_over_does_not(
    dars: Dars,
) -> None:
    made = await exam(dars, problems=1)
    await say(dars, made.rafi, "/assignments")
    assert "You have until Sunday, 22 November, 6:45 pm." in made.rafi.last.text
    dars.clock.move(minutes=50)
    await say(dars, made.rafi, "/assignments")
    assert "You have until" not in made.rafi.last.text
    await tap_route(dars, made.rafi, f"submissions.problem:{short(made.problems[0])}")
    assert "You have until" not in made.rafi.last.text
