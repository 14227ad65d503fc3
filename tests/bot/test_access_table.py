"""Two teachers keep apart, and students too: every act upon a thing, tried by everybody.

Whoever may not do it is told what they would be told of a thing that does not exist, and nothing
changes. A route with an id that no table below lists fails a test here.
"""

from asyncio import gather

import pytest

from bot import handlers
from bot.routes import routes
from tests.bot.access import PEOPLE, Act, make_world, nothing
from tests.bot.access_calendar import CALENDAR
from tests.bot.access_content import CONTENT
from tests.bot.access_courses import COURSES
from tests.bot.access_problems import PROBLEMS
from tests.bot.access_quizzes import QUIZZES
from tests.bot.access_submissions import SUBMISSIONS
from tests.bot.conftest import Dars

ACTS: tuple[Act, ...] = (*COURSES, *CALENDAR, *CONTENT, *PROBLEMS, *QUIZZES, *SUBMISSIONS)

# Areas that know no classes: what they are about is the person's own, or an admin's.
ELSEWHERE = (
    *("account", "holidays", "library", "operations"),
    *("practice", "register", "settings"),
)
# Of the others, what is not about a thing that somebody else could have.
WITHOUT_IDS = frozenset(
    {
        ("button", "calendar.add"),
        ("button", "calendar.drop_link"),
        ("button", "calendar.file"),
        ("button", "calendar.length"),
        ("button", "calendar.link"),
        ("button", "calendar.new_link"),
        ("button", "calendar.once"),
        ("button", "calendar.pick"),
        ("button", "calendar.save"),
        ("button", "calendar.show"),
        ("button", "calendar.weekly"),
        ("button", "calendar.weeks"),
        ("button", "courses.list"),
        ("button", "courses.new"),
        ("button", "courses.no_section"),
        ("button", "problems.list"),
        ("button", "problems.template"),
        ("button", "submissions.list"),
        ("document", "problems"),
        ("step", "courses.name"),
        ("step", "courses.section"),
        ("step", "join.code"),
        ("step", "problems"),
    }
)


def with_ids() -> set[tuple[str, str]]:
    """Every route that is about a thing, as its kind and name."""
    assert handlers.__all__
    declared = {("button", name) for name in routes.buttons}
    declared |= {("step", name) for name in routes.steps}
    declared |= {("document", name) for name in routes.documents}
    declared |= {("photo", name) for name in routes.photos}
    return {
        (kind, name)
        for kind, name in declared - WITHOUT_IDS
        if name.partition(".")[0] not in ELSEWHERE
    }


def test_every_route_about_a_thing_is_listed_and_every_listed_one_is_there() -> None:
    assert {(act.kind, act.route) for act in ACTS} == with_ids()


def test_the_routes_that_need_no_listing_are_there() -> None:
    declared = {*routes.buttons, *routes.steps, *routes.documents}
    assert {name for _, name in WITHOUT_IDS} <= declared


@pytest.mark.parametrize("act", ACTS, ids=str)
async def test_only_those_who_may_are_told_that_there_is_anything(dars: Dars, act: Act) -> None:
    world = await make_world(dars)
    thing = world.things[act.thing]
    outside = [name for name in PEOPLE if name not in act.allowed]
    before = await world.contents()
    # All at once: what changes nothing is in nobody's way.
    told = await gather(*(world.take(act, name, thing) for name in outside))
    refused = await gather(*(world.take(act, name, nothing()) for name in outside))
    for name, heard, instead in zip(outside, told, refused, strict=True):
        assert heard == instead, name
        assert heard, f"{name} is left without a word"
    assert await world.contents() == before
    for name in PEOPLE:
        if name in act.allowed:
            instead = await world.take(act, name, nothing())
            heard = await world.take(act, name, thing)
            assert heard, name
            assert heard != instead, f"{name} may, and is told that there is nothing"
