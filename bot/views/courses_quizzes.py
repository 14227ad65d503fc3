"""Quizzes as their teachers put them together."""

from collections.abc import Mapping
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    CLASSES,
    LABEL_SHOWN,
    MESSAGE_SHOWN,
    button,
    clip,
    content,
    in_rows,
    lines,
)
from bot.views.courses_assignments import or_typed
from bot.views.courses_content import paged, shown, to_item
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

QUESTION_SHOWN = 150
"""Characters of a question in a list."""
TICKED = "✓"


@view("quizzes.problems")
def problems(data: Data, tongue: Tongue) -> Message:
    """The questions in their order, and a numbered button for each."""
    listed = lines(
        (
            f"{tongue.number(place)}. {content(tongue, text, QUESTION_SHOWN)}"
            for place, (_, text) in enumerate(data["problems"], 1)
        ),
        MESSAGE_SHOWN,
    )
    numbers = [
        Button(tongue.number(place), button_data("quizzes.problem", f"{data['item']}.{problem_id}"))
        for place, (problem_id, _) in enumerate(data["problems"], 1)
    ]
    rows: Rows = in_rows(numbers, 5)
    if not data["full"]:
        rows = (*rows, (button(tongue, "button.add_questions", "quizzes.grades", data["item"]),))
    head = tongue.t(
        "building.quiz" if data["problems"] else "building.quiz_empty", title=shown(data)
    )
    text = tongue.join((head, _points(data, tongue), listed))
    rows = (*rows, (button(tongue, "button.total", "quizzes.points", data["item"]),))
    return Message(text, (*rows, to_item(data, tongue)))


def _points(data: Data, tongue: Tongue) -> str:
    if not data["points"]:
        return tongue.t("building.quiz_point_each")
    return tongue.t("building.total", points=tongue.number(data["points"]))


@view("quizzes.ask_points")
def ask_points(data: Data, tongue: Tongue) -> Message:
    """Common numbers as buttons, any other typed."""
    item_id = data["item"]
    choices = [
        Button(tongue.number(one), button_data("quizzes.set_points", f"{item_id}.{one}"))
        for one in data["common"]
    ]
    each = button(tongue, "button.quiz_point_each", "quizzes.set_points", f"{item_id}.none")
    text = tongue.join((tongue.t("building.ask_total", title=shown(data)), or_typed(data, tongue)))
    return Message(text, (*in_rows(choices, 4), (each,), _to_problems(data, tongue)))


def _to_problems(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "quizzes.problems", data["item"]),)


@view("quizzes.problem")
def problem(data: Data, tongue: Tongue) -> Message:
    place = f"{data['item']}.{data['problem']}"
    acts = (
        button(tongue, "button.raise", "quizzes.raise", place),
        button(tongue, "button.lower", "quizzes.lower", place),
        button(tongue, "button.remove_problem", "quizzes.remove", place),
    )
    head = tongue.t("building.question", topic=_topic(data, tongue), grade=_grade(data, tongue))
    text = tongue.join((head, content(tongue, data["text"])))
    return Message(text, (acts, _to_problems(data, tongue)))


def _topic(data: Data, tongue: Tongue) -> str:
    return clip(tongue.topic(data["topic"]), LABEL_SHOWN * 2)


def _grade(data: Data, tongue: Tongue) -> str:
    return tongue.plain(CLASSES[str(data["grade"])])


@view("quizzes.grades")
def grades(data: Data, tongue: Tongue) -> Message:
    choices = tuple(
        Button(
            tongue.plain(CLASSES[grade]), button_data("quizzes.topics", f"{data['item']}.{grade}")
        )
        for grade in data["grades"]
    )
    text = tongue.t("building.ask_quiz_grade", title=shown(data))
    return Message(text, (choices, _to_problems(data, tongue)))


@view("quizzes.topics")
def topics(data: Data, tongue: Tongue) -> Message:
    choices = [
        Button(
            clip(f"{tongue.topic(key)} · {tongue.number(count)}", LABEL_SHOWN),
            button_data("quizzes.topic", f"{data['item']}.{data['grade']}.{place}"),
        )
        for place, (key, count) in enumerate(data["topics"])
    ]
    back = (button(tongue, "button.back", "quizzes.grades", data["item"]),)
    text = tongue.t("building.ask_quiz_topic", grade=_grade(data, tongue))
    return Message(text, (*in_rows(choices[:60], 2), back))


@view("quizzes.pick")
def pick(data: Data, tongue: Tongue) -> Message:
    """A topic's problems, those of the quiz ticked."""
    rows: Rows = tuple((_toggle(data, tongue, *one),) for one in data["problems"])
    five = button(tongue, "button.five_at_random", "quizzes.five", data["item"])
    rows = (*rows, *paged(data, tongue, "quizzes.page", data["item"]), (five,))
    text = tongue.t(
        "building.pick_questions",
        topic=_topic(data, tongue),
        grade=_grade(data, tongue),
        title=shown(data),
    )
    listed = lines(
        f"• {content(tongue, text_, QUESTION_SHOWN)}" for _, text_, _ in data["problems"]
    )
    return Message(tongue.join((text, listed)), (*rows, _to_problems(data, tongue)))


def _toggle(
    data: Data, tongue: Tongue, problem_id: str, text: Mapping[str, str], is_set: bool
) -> Button:
    mark = f"{TICKED} " if is_set else ""
    label = clip(mark + text[tongue.language], LABEL_SHOWN)
    return Button(label, button_data("quizzes.toggle", f"{data['item']}.{problem_id}"))
