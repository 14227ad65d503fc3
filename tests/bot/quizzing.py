"""A class with a quiz that is published, for conversations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bot.routes import short
from db.unit_of_work import unit_of_work
from domain.practice import quizzes
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars
from tests.bot.test_story import answer_right, answer_wrong, tap, tap_route
from tests.bot.test_student_work import Campus, campus

ITEM = """
    insert into content_items
        (module_id, content_type, title, order_index, is_published, release_date, due_date)
    select id, 'quiz', 'Percentages', 9, true, $2, $3 from modules where class_id = $1
    returning id
"""
PROBLEMS = """
    insert into quiz_problems (quiz_id, problem_id, order_index)
    select $1, id, row_number() over (order by slug) from (
        select id, slug from problems
        where grade = 7 and is_active and answer_kind = 'number' and not unit_required
            and (parameters is not null) = $3
        order by slug limit $2) as chosen
"""


class Quiz:
    """A class, its students, and a quiz of so many problems; some have numbers of their own."""

    def __init__(self, place: Campus, item_id: UUID) -> None:
        self.place = place
        self.dars = place.dars
        self.item_id = item_id
        self.item = short(item_id)

    async def begin(self, person: Person) -> None:
        await tap_route(self.dars, person, f"quiz.begin:{self.item}")

    async def right(self, person: Person, language: str = "en") -> str:
        return await answer_right(self.dars, person, language)

    async def wrong(self, person: Person, language: str = "en") -> str:
        return await answer_wrong(self.dars, person, language)

    async def later(self, person: Person) -> str:
        await tap(self.dars, person, "quiz.later")
        return person.last.text

    async def hand_in(self, person: Person) -> str:
        await tap_route(self.dars, person, f"quiz.hand_in:{self.item}")
        return person.last.text

    async def close(self) -> int:
        """What the clock does."""
        async with unit_of_work(self.dars.engine) as work:
            closed = await quizzes.close_due(work, BOT_ID, self.dars.clock())
        await self.dars.settled()
        return closed

    async def session(self) -> Any:
        [row] = await self.dars.rows("select * from practice_sessions where kind = 'quiz'")
        return row

    async def entries(self) -> list[tuple[str, str | None, str]]:
        rows = await self.dars.rows(
            "select status, score_obtained::text as score, max_score::text as most"
            " from gradebook_entries order by score_obtained"
        )
        return [(row["status"], row["score"], row["most"]) for row in rows]


async def quiz(
    dars: Dars,
    problems: int = 3,
    *,
    due: datetime | None = None,
    release: datetime | None = None,
    points: int = 0,
    templates: bool = False,
) -> Quiz:
    place = await campus(dars)
    item = await dars.value(ITEM, place.class_id, release, due)
    await dars.rows("insert into quizzes (id, points_total) values ($1, $2)", item, points)
    await dars.rows(PROBLEMS, item, problems, templates)
    assert await dars.value("select count(*) from quiz_problems") == problems
    return Quiz(place, item)
