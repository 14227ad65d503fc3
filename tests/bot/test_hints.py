"""Hints open one try apart where many students clicked through them."""

import pytest

from db.unit_of_work import unit_of_work
from domain.practice import hints
from tests.bot.conftest import Dars
from tests.bot.test_story import answer_wrong, register, say, tap

PASSED_THROUGH = """
    with person as (
        insert into users (telegram_id, full_name)
        select 5000 + number, 'Student' from generate_series(1, $1) as number returning id
    ), student as (
        insert into students (user_id, grade) select id, 7 from person returning user_id
    ), session as (
        insert into practice_sessions
            (student_id, started_at, expires_at, status, completed_at, problem_ids)
        select user_id, now(), now() + interval '30 minutes', 'completed', now(),
            jsonb_build_array($2::text, '', '', '', '')
        from student returning id
    )
    insert into practice_items (session_id, position, problem_id, state, hints_shown)
    select id, 1, $2::text::uuid, 'shown', case when row_number() over () <= $3 then 3 else 1 end
    from session returning 1
"""


async def test_a_spaced_hint_asks_for_a_try_first(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await dars.rows("update problems set hints_spaced = true")
    await tap(dars, rafi, "practice.hint")
    assert "try an answer" in rafi.last.text
    assert "practice.hint" not in str(rafi.last.buttons), "the next hint is not offered yet"
    await tap(dars, rafi, "practice.hint")  # the button of the question itself
    assert "Send an answer first" in rafi.last.text
    assert await dars.value("select max(hints_shown) from practice_items") == 1
    await answer_wrong(dars, rafi)
    await tap(dars, rafi, "practice.hint")
    assert "One step further" in rafi.last.text
    assert await dars.value("select max(hints_shown) from practice_items") == 2


async def test_hints_that_stand_open_need_no_try(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    for _ in range(3):
        await tap(dars, rafi, "practice.hint")
    assert "do the rest yourself" in rafi.last.text
    assert await dars.value("select max(hints_shown) from practice_items") == 3


@pytest.mark.parametrize(
    ("students", "through", "spaced"), [(12, 4, 1), (12, 3, 0), (11, 11, 0), (40, 12, 1)]
)
async def test_the_clock_spaces_what_is_clicked_through(
    dars: Dars, students: int, through: int, spaced: int
) -> None:
    problem = await dars.value("select id::text from problems order by slug limit 1")
    await dars.rows(PASSED_THROUGH, students, problem, through)
    async with unit_of_work(dars.engine) as work:
        assert await hints.space(work) == spaced
    assert await dars.value("select count(*) from problems where hints_spaced") == spaced
    async with unit_of_work(dars.engine) as work:
        assert await hints.space(work) == 0, "what is spaced stays so, and is told once"
