"""What a student does decides what they practise next, and what they are told to work on."""

import pytest

from db.unit_of_work import unit_of_work
from domain.practice import progress
from domain.practice.skills import Level
from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import answer_right, answer_wrong, register, say, tap

WORK_ON = "Something to work on"


async def topic_of_current(dars: Dars, person: Person) -> str:
    found: str = await dars.value(
        "select p.topic from practice_items i"
        " join practice_sessions s on s.id = i.session_id join problems p on p.id = i.problem_id"
        " join users u on u.id = s.student_id"
        " where u.telegram_id = $1 and i.state = 'waiting' and s.status = 'in_progress'"
        " order by i.position limit 1",
        person.id,
    )
    return found


def said(person: Person, since: int) -> str:
    return "\n".join(one.text for one in person.messages[since:])


async def test_five_right_answers_name_no_topic_to_work_on(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    before = len(rafi.messages)
    for _ in range(5):
        await answer_right(dars, rafi)
    assert await dars.value("select status from practice_sessions") == "completed"
    assert await dars.value("select count(*) from skills") == 5
    assert WORK_ON not in said(rafi, before)


@pytest.mark.parametrize("leaving", ["practice.skip", "practice.solution"])
async def test_what_was_wrong_and_given_up_is_named_and_comes_back(
    dars: Dars, leaving: str
) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    weak = await topic_of_current(dars, rafi)
    await answer_wrong(dars, rafi)
    before = len(rafi.messages)
    await tap(dars, rafi, leaving)
    for _ in range(4):
        await answer_right(dars, rafi)
    assert WORK_ON in said(rafi, before)
    async with unit_of_work(dars.engine) as work:
        person = await work.people.get_user_by_telegram(rafi.id)
        assert person is not None
        seen = await progress.progress(work, person, dars.clock())
    assert seen.work_on == weak
    levels = {one.topic: one.level for one in seen.mastery}
    assert levels[weak] is Level.LEARNING
    assert sum(level is not Level.NEW for level in levels.values()) == 5
    for _ in range(2):
        await say(dars, rafi, "/practice")
        for _ in range(5):
            await answer_right(dars, rafi)
    again = await dars.value(
        "select count(*) from practice_items join problems p on p.id = problem_id"
        " where p.topic = $1",
        weak,
    )
    assert again >= 2


async def test_an_answer_moves_one_skill_once(dars: Dars) -> None:
    """A second wrong try says nothing more."""
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    beliefs = []
    for _ in range(2):
        await answer_wrong(dars, rafi)
        beliefs.append(await dars.rows("select topic, belief, half_life_days from skills"))
    assert len(beliefs[0]) == 1
    assert beliefs[0] == beliefs[1]
    await answer_right(dars, rafi)
    assert await dars.rows("select topic, belief, half_life_days from skills") != beliefs[1]
