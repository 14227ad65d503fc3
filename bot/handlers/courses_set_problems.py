"""The problems of an assignment as its teachers put them together.

item ──► problems ──► a problem: points (assignments.points), up, down, newest version, remove
           └─ add: assignments.search (part of a title) ──► found ──► added
"""

from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_assignments import number_of, offered
from bot.handlers.courses_content import of_step, place_of, with_id, with_page, with_word
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import assignment_problems as set_problems
from domain.courses.assignment_problems import SetSeen
from domain.courses.assignments import POINTS, read_number

POINTS_STEP, SEARCH = "assignments.points", "assignments.search"


@routes.button("assignments.problems")
async def problems(turn: Turn) -> None:
    leave_step(turn)
    await _say_problems(turn, read_id(turn.argument))


async def _say_problems(turn: Turn, item_id: UUID) -> None:
    seen = await set_problems.problems(turn.work, turn.person, item_id, turn.now)
    turn.say(
        "assignments.problems",
        edit=True,
        **place_of(seen.card),
        problems=[
            [
                short(one.id),
                {"main": one.title, "bn": one.title_bn or one.title},
                str(one.worth),
                one.newest,
                one.used,
            ]
            for one in seen.problems
        ],
    )


@routes.button("assignments.problem")
async def problem(turn: Turn) -> None:
    leave_step(turn)
    problem_id = read_id(turn.argument)
    _say_problem(turn, await set_problems.problem(turn.work, turn.person, problem_id, turn.now))


def _say_problem(turn: Turn, seen: SetSeen, *, edit: bool = True) -> None:
    turn.say("assignments.problem", edit=edit, **_set_described(seen))


def _set_described(seen: SetSeen) -> dict[str, Any]:
    one = seen.problem
    return {
        **place_of(seen.card),
        "problem": short(one.id),
        "called": {"main": one.title, "bn": one.title_bn or one.title},
        "version": one.version,
        "newest": one.newest,
        "used": one.used,
        "worth": str(one.worth),
        "custom": one.custom_points,
    }


@routes.button("assignments.raise")
async def raise_(turn: Turn) -> None:
    await _shift(turn, up=True)


@routes.button("assignments.lower")
async def lower(turn: Turn) -> None:
    await _shift(turn, up=False)


async def _shift(turn: Turn, *, up: bool) -> None:
    problem_id = read_id(turn.argument)
    item_id = await set_problems.shift_problem(turn.work, turn.person, problem_id, turn.now, up=up)
    await _say_problems(turn, item_id)


@routes.button("assignments.remove")
async def remove(turn: Turn) -> None:
    problem_id = read_id(turn.argument)
    item_id = await set_problems.remove_problem(turn.work, turn.person, problem_id, turn.now)
    await _say_problems(turn, item_id)


@routes.button("assignments.newest")
async def take_newest(turn: Turn) -> None:
    problem_id = read_id(turn.argument)
    item_id = await set_problems.take_newest(turn.work, turn.person, problem_id, turn.now)
    await _say_problems(turn, item_id)


@routes.button("assignments.points")
async def ask_points(turn: Turn) -> None:
    problem_id = read_id(turn.argument)
    seen = await set_problems.problem(turn.work, turn.person, problem_id, turn.now)
    turn.go(POINTS_STEP, problem=short(problem_id))
    turn.say("assignments.ask_points", edit=True, **_set_described(seen), **offered(POINTS))


@routes.step(POINTS_STEP)
async def type_points(turn: Turn) -> None:
    problem_id = of_step(turn, "problem")
    await set_problems.problem(turn.work, turn.person, problem_id, turn.now)
    await _set_points(turn, problem_id, read_number(turn.text, POINTS), edit=False)


@routes.button("assignments.set_points")
async def press_points(turn: Turn) -> None:
    """`problem.number`"""
    problem_id, word = with_word(turn.argument)
    await _set_points(turn, problem_id, number_of(word), edit=True)


async def _set_points(turn: Turn, problem_id: UUID, points: int | None, *, edit: bool) -> None:
    seen = await set_problems.set_points(turn.work, turn.person, problem_id, points, turn.now)
    leave_step(turn)
    _say_problem(turn, seen, edit=edit)


@routes.button("assignments.pick")
async def pick(turn: Turn) -> None:
    """`item.page`; what was typed before is looked for on every page."""
    item_id, number = with_page(turn.argument)
    searched = turn.step == SEARCH and turn.conversation.data.get("item") == short(item_id)
    query = str(turn.conversation.data.get("query", "")) if searched else ""
    await _pick(turn, item_id, query, number)


@routes.button("assignments.pick_all")
async def pick_all(turn: Turn) -> None:
    await _pick(turn, read_id(turn.argument), "", 0)


@routes.step(SEARCH)
async def search(turn: Turn) -> None:
    query = set_problems.read_query(turn.text)
    await _pick(turn, of_step(turn, "item"), query, 0, edit=False)


async def _pick(turn: Turn, item_id: UUID, query: str, number: int, *, edit: bool = True) -> None:
    seen = await set_problems.to_pick(turn.work, turn.person, item_id, query, number, turn.now)
    turn.go(SEARCH, item=short(item_id), query=query, page=number)
    turn.say(
        "assignments.pick",
        edit=edit,
        **place_of(seen.card),
        query=query,
        page=seen.number,
        more=seen.more,
        problems=[
            [
                short(one.version_id),
                {"main": one.title, "bn": one.title_bn or one.title},
                one.own,
                one.is_set,
            ]
            for one in seen.problems
        ],
    )


@routes.button("assignments.add")
async def add(turn: Turn) -> None:
    """`item.version`; the page of the search stays where it was."""
    item_id, version_id = with_id(turn.argument)
    added = await set_problems.add_problem(turn.work, turn.person, item_id, version_id, turn.now)
    if not added:
        turn.toast = ("building.problem_not_added", {})
    here = turn.step == SEARCH and turn.conversation.data.get("item") == short(item_id)
    data = turn.conversation.data if here else {}
    await _pick(turn, item_id, str(data.get("query", "")), int(data.get("page", 0)))
