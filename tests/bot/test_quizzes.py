"""A teacher puts a quiz together, publishes it, and sees how the class did."""

from datetime import timedelta

from bot.routes import short
from tests.bot.conftest import Dars
from tests.bot.quizzing import quiz
from tests.bot.test_content import new_item
from tests.bot.test_story import button, say, tap, tap_route
from tests.bot.test_student_work import Campus, campus


async def new_quiz(dars: Dars, place: Campus) -> str:
    module = short(await dars.value("select id from modules"))
    return await new_item(dars, place.salma, module, "quiz", "Quiz on percentages")


async def in_quiz(dars: Dars) -> list[str]:
    rows = await dars.rows(
        "select p.slug from quiz_problems q join problems p on p.id = q.problem_id"
        " order by q.order_index"
    )
    return [row["slug"] for row in rows]


async def to_topic(dars: Dars, place: Campus, item: str, topic: str = "Percentage") -> None:
    salma = place.salma
    await tap_route(dars, salma, f"quizzes.problems:{item}")
    await tap(dars, salma, "quizzes.grades")
    await salma.presses("Class 7")
    await dars.settled()
    await salma.presses(next(one for one in salma.last.buttons if one.startswith(topic)))
    await dars.settled()


async def test_five_at_random_others_by_hand_in_an_order_of_ones_own(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    item = await new_quiz(dars, place)
    await to_topic(dars, place, item)
    await tap(dars, salma, "quizzes.five")
    chosen = await in_quiz(dars)
    assert len(set(chosen)) == 5
    await tap(dars, salma, "quizzes.five")
    assert (await in_quiz(dars))[:5] == chosen
    await tap(dars, salma, "quizzes.problems")
    before = await in_quiz(dars)
    await salma.presses("2")
    await dars.settled()
    await tap(dars, salma, "quizzes.raise")
    assert await in_quiz(dars) == [before[1], before[0], *before[2:]]
    await salma.presses("1")
    await dars.settled()
    await tap(dars, salma, "quizzes.remove")
    assert await in_quiz(dars) == [before[0], *before[2:]]


async def test_a_tap_takes_a_problem_in_and_another_takes_it_out(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    item = await new_quiz(dars, place)
    await to_topic(dars, place, item)
    first = next(one for one, to in salma.last.buttons.items() if to.startswith("quizzes.toggle"))
    await salma.presses(first)
    await dars.settled()
    ticked = [one for one in salma.last.buttons if one.startswith("✓")]
    assert len(ticked) == 1
    assert len(await in_quiz(dars)) == 1
    await say(dars, salma, "What now?")
    assert "Tap the problems" in salma.last.text
    await salma.presses(ticked[0])
    await dars.settled()
    assert await in_quiz(dars) == []


async def test_a_quiz_has_at_most_twenty_problems(dars: Dars) -> None:
    place = await campus(dars)
    item = await new_quiz(dars, place)
    await tap_route(dars, place.salma, f"quizzes.topics:{item}.7")
    for number in range(4):
        await tap_route(dars, place.salma, f"quizzes.topic:{item}.7.{number}")
        for _ in range(2):
            await tap(dars, place.salma, "quizzes.five")
    assert len(await in_quiz(dars)) == 20
    await tap_route(dars, place.salma, f"quizzes.problems:{item}")
    assert "quizzes.grades" not in str(place.salma.last.buttons)


async def test_a_quiz_is_published_once_it_has_a_problem_and_time_left(dars: Dars) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    item = await new_quiz(dars, place)
    await tap_route(dars, salma, f"content.publish:{item}")
    assert "is empty: add at least one problem" in salma.last.text
    await to_topic(dars, place, item)
    await tap(dars, salma, "quizzes.five")
    await dars.rows("update content_items set due_date = $1", dars.clock.now)
    await tap_route(dars, salma, f"content.publish:{item}")
    assert "has passed" in salma.last.text
    await tap_route(dars, rafi, f"quiz.open:{item}")
    assert "Quiz on percentages" not in rafi.last.text
    await dars.rows("update content_items set due_date = $1", dars.clock.now + timedelta(hours=1))
    await tap_route(dars, salma, f"content.publish:{item}")
    assert await dars.value("select is_published from content_items")
    await tap_route(dars, rafi, f"quiz.open:{item}")
    assert "5 questions" in rafi.last.text
    await tap_route(dars, salma, f"content.open:{item}")
    await tap(dars, salma, "quiz.open")
    assert "This is what students see" in salma.last.text
    assert "quiz.begin" not in str(salma.last.buttons)
    await tap_route(dars, salma, f"quiz.begin:{item}")
    assert "only its students" in salma.last.text


async def test_a_published_quiz_keeps_its_last_problem(dars: Dars) -> None:
    asked = await quiz(dars, 1)
    salma = asked.place.salma
    await tap_route(dars, salma, f"quizzes.problems:{asked.item}")
    await tap(dars, salma, "quizzes.problem")
    await tap(dars, salma, "quizzes.remove")
    assert "add at least one problem" in salma.last.text
    assert len(await in_quiz(dars)) == 1


async def test_once_a_student_has_begun_the_problems_stay(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    salma, rafi = asked.place.salma, await asked.place.student()
    before = await in_quiz(dars)
    await tap_route(dars, salma, f"quizzes.problems:{asked.item}")
    await tap(dars, salma, "quizzes.problem")
    acts = [button(salma, f"quizzes.{act}") for act in ("raise", "lower", "remove")]
    await to_topic(dars, asked.place, asked.item)
    acts += [button(salma, "quizzes.toggle"), button(salma, "quizzes.five")]
    await asked.begin(rafi)
    for act in acts:
        await salma.presses_data(act)
        await dars.settled()
        assert "begun Percentages already" in salma.last.text, act
    assert await in_quiz(dars) == before
    await tap_route(dars, salma, f"content.delete_now:{asked.item}")
    assert "cannot be deleted" in salma.last.text
    assert await dars.value("select count(*) from content_items where id = $1", asked.item_id)


async def test_the_due_date_moves_and_open_sessions_follow(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(hours=2))
    salma = asked.place.salma
    rafi, mim = [await asked.place.student(name) for name in ("Rafi", "Mim")]
    for person in (rafi, mim):
        await asked.begin(person)
    await asked.hand_in(mim)
    later = dars.clock.now + timedelta(days=3)
    await tap_route(dars, salma, f"content.set_date:{asked.item}.d.{int(later.timestamp())}")
    ends = "select expires_at from practice_sessions where status = $1::practice_session_status"
    assert await dars.value(ends, "in_progress") == later
    assert await dars.value(ends, "completed") == dars.clock.now + timedelta(hours=2)
    await tap_route(dars, salma, f"content.set_date:{asked.item}.d")
    assert await dars.value(ends, "in_progress") == dars.clock.now + timedelta(days=14)


async def test_the_teacher_sees_how_the_class_did(dars: Dars) -> None:
    asked = await quiz(dars, 3, points=9)
    salma = asked.place.salma
    await tap_route(dars, salma, f"content.item:{asked.item}")
    await tap(dars, salma, "quiz.results")
    assert "no students yet" in salma.last.text
    people = {name: await asked.place.student(name) for name in ("Rafi", "Mim", "Sadia", "Tuhin")}
    for name, answers in {"Rafi": "rrw", "Mim": "rww", "Sadia": "r"}.items():
        await asked.begin(people[name])
        for one in answers:
            await (asked.right if one == "r" else asked.wrong)(people[name])
        if len(answers) == 3:
            await asked.hand_in(people[name])
    await tap_route(dars, salma, f"quiz.results:{asked.item}")
    told = salma.last.text
    assert "handed in: 2 · working: 1 · not begun: 1" in told
    assert "average: 4.5 of 9 points" in told
    hardest = [line.split(" · ")[0] for line in told.splitlines() if "% right" in line]
    assert hardest == ["3. 0% right", "2. 50% right", "1. 100% right"]
    students = told.split("Students\n")[1].splitlines()
    assert students == [
        "✅ Rafi: 6 (2/3)",
        "✅ Mim: 3 (1/3)",
        "✍️ Sadia: 1 of 3 answered",
        "▫️ Tuhin",
    ]


async def test_results_of_a_large_class_come_in_pages(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    salma = asked.place.salma
    await dars.rows(
        "with pupil as (insert into users (telegram_id, full_name)"
        " select 5000 + n, 'Pupil ' || n from generate_series(100, 139) n returning id)"
        " insert into enrollments (user_id, class_id) select id, $1 from pupil",
        asked.place.class_id,
    )
    await tap_route(dars, salma, f"quiz.results:{asked.item}")
    pages = [salma.last.text]
    while any(one.endswith(f".{len(pages)}") for one in salma.last.buttons.values()):
        await tap_route(dars, salma, f"quiz.results:{asked.item}.{len(pages)}")
        pages.append(salma.last.text)
    assert len(pages) == 3
    listed = [line for page in pages for line in page.splitlines() if "Pupil" in line]
    assert listed == [f"▫️ Pupil {number}" for number in range(100, 140)]


async def test_a_quiz_counts_for_as_many_points_as_its_teacher_says(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    salma, rafi = asked.place.salma, await asked.place.student()
    await tap_route(dars, salma, f"quizzes.problems:{asked.item}")
    assert "one point in the gradebook" in salma.last.text
    await tap(dars, salma, "quizzes.points")
    await say(dars, salma, "many")
    assert "whole number from 1 to 10,000" in salma.last.text
    await say(dars, salma, "৩০")
    assert "Counts for 30 points" in salma.last.text
    await tap_route(dars, rafi, f"quiz.open:{asked.item}")
    assert "2 questions · 30 points" in rafi.last.text
    await tap_route(dars, salma, f"quizzes.set_points:{asked.item}.none")
    assert await dars.value("select points_total from quizzes") == 0
    await tap_route(dars, salma, f"quizzes.set_points:{asked.item}.10001")
    assert await dars.value("select points_total from quizzes") == 0
    await asked.begin(rafi)
    await tap_route(dars, salma, f"quizzes.set_points:{asked.item}.20")
    assert "begun Percentages already" in salma.last.text
    assert await dars.value("select points_total from quizzes") == 0
