"""Quizzes as their teachers put them together, out of practice problems.

item ──► problems ──► a problem: up, down, remove
            ├─ add ──► class ──► topic: quizzes.pick ──► toggled, or five at random ──► problems
            └─ total: quizzes.points (a number) ──► problems
"""

from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_assignments import number_of, offered
from bot.handlers.courses_content import (
    of_step,
    place_of,
    with_id,
    with_page,
    with_word,
)
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import quizzes
from domain.courses.assignments import read_number
from domain.errors import Refusal

PICK, POINTS = "quizzes.pick", "quizzes.points"


def _whole(word: str) -> int:
    """A small number of a button. Raises Refusal."""
    if not (word.isascii() and word.isdecimal() and len(word) < 4):
        raise Refusal("no number", "common.stale_button")
    return int(word)


@routes.button("quizzes.problems")
async def problems(turn: Turn) -> None:
    leave_step(turn)
    await _say_problems(turn, read_id(turn.argument))


async def _say_problems(turn: Turn, item_id: UUID, *, edit: bool = True) -> None:
    seen = await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    turn.say(
        "quizzes.problems",
        edit=edit,
        **place_of(seen.card),
        full=seen.full,
        points=seen.points_total,
        problems=[[short(one.problem_id), dict(one.text)] for one in seen.questions],
    )


@routes.button("quizzes.points")
async def ask_points(turn: Turn) -> None:
    seen = await quizzes.quiz(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.go(POINTS, item=short(seen.card.item.id))
    turn.say("quizzes.ask_points", edit=True, **place_of(seen.card), **offered(quizzes.POINTS))


@routes.step(POINTS)
async def type_points(turn: Turn) -> None:
    item_id = of_step(turn, "item")
    await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    await _set_points(turn, item_id, read_number(turn.text, quizzes.POINTS), edit=False)


@routes.button("quizzes.set_points")
async def press_points(turn: Turn) -> None:
    """`item.number`"""
    item_id, word = with_word(turn.argument)
    await _set_points(turn, item_id, number_of(word), edit=True)


async def _set_points(turn: Turn, item_id: UUID, points: int | None, *, edit: bool) -> None:
    await quizzes.set_points(turn.work, turn.person, item_id, points, turn.now)
    leave_step(turn)
    await _say_problems(turn, item_id, edit=edit)


@routes.button("quizzes.problem")
async def problem(turn: Turn) -> None:
    """`item.problem`"""
    item_id, problem_id = with_id(turn.argument)
    seen, one = await quizzes.question(turn.work, turn.person, item_id, problem_id, turn.now)
    turn.say(
        "quizzes.problem",
        edit=True,
        **place_of(seen.card),
        problem=short(problem_id),
        text=dict(one.text),
        topic=one.topic,
        grade=one.grade,
    )


@routes.button("quizzes.raise")
async def raise_(turn: Turn) -> None:
    await _shift(turn, up=True)


@routes.button("quizzes.lower")
async def lower(turn: Turn) -> None:
    await _shift(turn, up=False)


async def _shift(turn: Turn, *, up: bool) -> None:
    """`item.problem`"""
    item_id, problem_id = with_id(turn.argument)
    await quizzes.shift(turn.work, turn.person, item_id, problem_id, turn.now, up=up)
    await _say_problems(turn, item_id)


@routes.button("quizzes.remove")
async def remove(turn: Turn) -> None:
    """`item.problem`"""
    item_id, problem_id = with_id(turn.argument)
    await quizzes.remove(turn.work, turn.person, item_id, problem_id, turn.now)
    await _say_problems(turn, item_id)


@routes.button("quizzes.grades")
async def choose_grade(turn: Turn) -> None:
    seen = await quizzes.quiz(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say(
        "quizzes.grades",
        edit=True,
        **place_of(seen.card),
        grades=[str(one) for one in quizzes.GRADES],
    )


@routes.button("quizzes.topics")
async def choose_topic(turn: Turn) -> None:
    """`item.grade`"""
    item_id, word = with_word(turn.argument)
    seen = await quizzes.topics(turn.work, turn.person, item_id, _whole(word), turn.now)
    turn.say(
        "quizzes.topics",
        edit=True,
        **place_of(seen.card),
        grade=seen.grade,
        topics=[[one.key, one.problems] for one in seen.topics],
    )


@routes.button("quizzes.topic")
async def topic(turn: Turn) -> None:
    """`item.grade.number`, the topic's place in the list: its key may be too long for a button."""
    item_id, rest = with_word(turn.argument)
    grade, _, place = rest.partition(".")
    seen = await quizzes.topics(turn.work, turn.person, item_id, _whole(grade), turn.now)
    if _whole(place) >= len(seen.topics):
        raise Refusal("no such topic any more", "common.stale_button")
    chosen = {"grade": seen.grade, "topic": seen.topics[_whole(place)].key, "page": 0}
    await _pick(turn, item_id, chosen)


async def _pick(turn: Turn, item_id: UUID, chosen: dict[str, Any], *, edit: bool = True) -> None:
    seen = await quizzes.of_topic(
        turn.work,
        turn.person,
        item_id,
        int(chosen["grade"]),
        str(chosen["topic"]),
        int(chosen["page"]),
        turn.now,
    )
    turn.go(PICK, item=short(item_id), **chosen)
    turn.say(
        "quizzes.pick",
        edit=edit,
        **place_of(seen.card),
        grade=chosen["grade"],
        topic=chosen["topic"],
        page=seen.number,
        more=seen.more,
        problems=[[short(one.problem_id), dict(one.text), one.is_set] for one in seen.questions],
    )


def _chosen(turn: Turn, item_id: UUID) -> dict[str, Any]:
    """The class, topic and page that are being looked through. Raises Refusal."""
    data = turn.conversation.data
    if turn.step != PICK or data.get("item") != short(item_id):
        raise Refusal("no topic is being looked through", "common.stale_button")
    return {key: data[key] for key in ("grade", "topic", "page")}


@routes.step(PICK)
async def typed(turn: Turn) -> None:
    """Problems are tapped here: the list is shown once more."""
    item_id = of_step(turn, "item")
    await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    await _pick(turn, item_id, _chosen(turn, item_id), edit=False)


@routes.button("quizzes.page")
async def page(turn: Turn) -> None:
    """`item.page`"""
    item_id, number = with_page(turn.argument)
    await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    await _pick(turn, item_id, {**_chosen(turn, item_id), "page": number})


@routes.button("quizzes.toggle")
async def toggle(turn: Turn) -> None:
    """`item.problem`"""
    item_id, problem_id = with_id(turn.argument)
    await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    chosen = _chosen(turn, item_id)
    if not await quizzes.toggle(turn.work, turn.person, item_id, problem_id, turn.now):
        turn.toast = ("building.quiz_full", {})
    await _pick(turn, item_id, chosen)


@routes.button("quizzes.five")
async def five(turn: Turn) -> None:
    item_id = read_id(turn.argument)
    await quizzes.quiz(turn.work, turn.person, item_id, turn.now)
    chosen = _chosen(turn, item_id)
    grade, key = int(chosen["grade"]), str(chosen["topic"])
    added = await quizzes.add_at_random(
        turn.work, turn.person, item_id, grade, key, turn.rng, turn.now
    )
    if not added:
        turn.toast = ("building.quiz_full", {})
    await _pick(turn, item_id, chosen)
