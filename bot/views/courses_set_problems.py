"""The problems of an assignment as its teachers put them together: order, points, versions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.routes import data as button_data
from bot.routes import short
from bot.views.common import LABEL_SHOWN, button, clip, in_rows
from bot.views.courses_assignments import TICKED, or_typed
from bot.views.courses_content import labelled, paged, shown, to_item
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.statements import teachers_text
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

TAKEN_FROM_LIST = 40
"""Newer versions that have a button in the list: Telegram shows a hundred buttons at most."""


@view("assignments.problems")
def problems(data: Data, tongue: Tongue) -> Message:
    """In their order, each with its points."""
    rows: list[tuple[Button, ...]] = []
    newer = 0
    for place, (problem_id, called, worth, newest, used) in enumerate(data["problems"], 1):
        rows.append((_set(place, problem_id, called, worth, tongue=tongue),))
        if newest is not None and not used:
            newer += 1
            if newer <= TAKEN_FROM_LIST:
                rows.append((_newest(problem_id, newest, tongue),))
    add = button(tongue, "button.add_problem", "assignments.pick_all", data["item"])
    head = tongue.t(
        "building.problems" if data["problems"] else "building.no_problems", title=shown(data)
    )
    told = tongue.tn("building.newer_versions", newer) if newer else ""
    text = tongue.join((head, told))
    return Message(text, (*rows, (add,), to_item(data, tongue)))


def _newest(problem_id: str, newest: int, tongue: Tongue) -> Button:
    label = tongue.plain("button.take_newest", version=tongue.number(newest))
    return Button(label, button_data("assignments.newest", problem_id))


def _set(place: int, problem: str, called: Data, worth: str, *, tongue: Tongue) -> Button:
    points = tongue.number(float(worth))
    named = clip(teachers_text(called, tongue), LABEL_SHOWN - len(points) - 8)
    label = f"{tongue.number(place)}. {named} · {points}"
    return Button(label, button_data("assignments.problem", problem))


@view("assignments.problem")
def problem(data: Data, tongue: Tongue) -> Message:
    problem_id = data["problem"]
    points = tongue.number(float(data["worth"]))
    own = data["custom"] is None
    text = tongue.join(
        (
            tongue.t(
                "building.problem",
                problem=_called(data, tongue),
                title=shown(data),
                version=tongue.number(data["version"]),
            ),
            tongue.t("building.points_of_tests" if own else "building.points_here", points=points),
            _stays(data, tongue),
        )
    )
    newest = data["newest"]
    rows: Rows = (
        *(() if newest is None or data["used"] else ((_newest(problem_id, newest, tongue),),)),
        (
            button(tongue, "button.points", "assignments.points", problem_id),
            button(tongue, "button.as_student", "submissions.problem", problem_id),
        ),
        (
            button(tongue, "button.raise", "assignments.raise", problem_id),
            button(tongue, "button.lower", "assignments.lower", problem_id),
            button(tongue, "button.remove_problem", "assignments.remove", problem_id),
        ),
        (button(tongue, "button.back", "assignments.problems", data["item"]),),
    )
    return Message(text, rows)


def _stays(data: Data, tongue: Tongue) -> str:
    """Of a newer version that cannot be taken."""
    if data["newest"] is None or not data["used"]:
        return ""
    return tongue.t("building.newer_not_taken", version=tongue.number(data["newest"]))


def _called(data: Data, tongue: Tongue) -> str:
    return clip(teachers_text(data["called"], tongue), LABEL_SHOWN * 2)


@view("assignments.ask_points")
def ask_points(data: Data, tongue: Tongue) -> Message:
    problem_id = data["problem"]
    choices = [
        Button(tongue.number(one), button_data("assignments.set_points", f"{problem_id}.{one}"))
        for one in data["common"]
    ]
    rows = (
        *in_rows(choices, 4),
        (button(tongue, "button.points_of_tests", "assignments.set_points", f"{problem_id}.none"),),
        (button(tongue, "button.back", "assignments.problem", problem_id),),
    )
    asked = tongue.t("building.ask_points", problem=_called(data, tongue))
    return Message(tongue.join((asked, or_typed(data, tongue))), rows)


@view("assignments.pick")
def pick(data: Data, tongue: Tongue) -> Message:
    """Problems that may be set; those that are in it already are ticked."""
    rows: Rows = tuple((_picked(data["item"], *one, tongue=tongue),) for one in data["problems"])
    rows = (*rows, *paged(data, tongue, "assignments.pick", data["item"]))
    if data["query"]:
        rows = (*rows, (button(tongue, "button.pick_all", "assignments.pick_all", data["item"]),))
    back = button(tongue, "button.back", "assignments.problems", data["item"])
    if data["problems"]:
        text = tongue.t("building.pick", title=shown(data))
    elif data["query"]:
        text = tongue.t("building.none_found", query=clip(data["query"], LABEL_SHOWN))
    else:
        text = tongue.t("building.none_to_pick")
    return Message(text, (*rows, (back,)))


def _picked(
    item_id: str, version: str, called: Data, own: bool, is_set: bool, *, tongue: Tongue
) -> Button:
    mark = TICKED if is_set else "🧩" if own else "🌐"
    return labelled(mark, teachers_text(called, tongue), "assignments.add", f"{item_id}.{version}")


@view("assignments.problem_used")
def problem_used(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "assignments.problems", short(UUID(data["item_id"])))
    return Message(tongue.t("building.problem_used", title=shown(data)), ((back,),))


@view("assignments.version_stays")
def version_stays(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "assignments.problems", short(UUID(data["item_id"])))
    version = tongue.number(data["version"])
    text = tongue.t("building.version_stays", title=shown(data), version=version)
    return Message(text, ((back,),))
