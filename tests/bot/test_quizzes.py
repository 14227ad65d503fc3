"""A teacher puts a quiz together out of practice problems."""

from bot.routes import short
from tests.bot.conftest import Dars
from tests.bot.test_content import new_item
from tests.bot.test_story import say, tap, tap_route
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


async def test_a_quiz_says_honestly_that_it_cannot_be_answered_yet(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item = await new_quiz(dars, place)
    await to_topic(dars, place, item)
    await tap(dars, place.salma, "quizzes.five")
    await tap_route(dars, place.salma, f"content.publish:{item}")
    assert "cannot answer quizzes in the chat before the next version" in place.salma.last.text
    assert not await dars.value("select is_published from content_items")
    await tap_route(dars, rafi, f"content.open:{item}")
    assert "Quiz on percentages" not in rafi.last.text
