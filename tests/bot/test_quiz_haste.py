"""What a student sends before the next question is shown answers none: each takes one try."""

from tests.bot.conftest import Dars
from tests.bot.quizzing import quiz
from tests.bot.test_story import say


async def test_an_answer_sent_twice_while_nothing_came_back_is_taken_once(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    right = await dars.answer_of_current(rafi)
    await dars.stop()
    for text in (right, right, "hello?", right):
        await rafi.says(text)
    await dars.start()
    await dars.settled()
    given = await dars.rows("select student_answer, is_correct from responses")
    assert [(one["student_answer"], one["is_correct"]) for one in given] == [(right, True)]
    assert "Question 2 of 3" in rafi.last.text
    assert "before this question was shown" in rafi.last.text
    second = await dars.answer_of_current(rafi)
    assert "✅" in await say(dars, rafi, second)
    assert await dars.value("select count(*) from responses where is_correct") == 2
