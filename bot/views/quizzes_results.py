"""Quizzes for those who teach: how a class did, and why the problems of a quiz stay."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.routes import short
from bot.views.common import MESSAGE_SHOWN, NAME_SHOWN, clip, lines
from bot.views.courses_content import paged, shown, to_item
from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

QUESTION_SHOWN = 60
"""Characters of a question in the results of a class."""


@view("quiz.results")
def results(data: Data, tongue: Tongue) -> Message:
    """How a class did: everybody together, each question, and a page of students."""
    counts = tongue.t(
        "building.results_counts",
        handed_in=tongue.number(data["handed_in"]),
        working=tongue.number(data["working"]),
        not_begun=tongue.number(data["not_begun"]),
    )
    average = ""
    if data["average"] is not None:
        average = tongue.t(
            "building.results_average",
            average=tongue.number(float(data["average"])),
            most=tongue.number(float(data["most"])),
        )
    head = "\n".join(
        part
        for part in (tongue.t("building.results_head", title=shown(data)), counts, average)
        if part
    )
    text = tongue.join((head, _by_question(data, tongue), _by_student(data, tongue)))
    rows = (*paged(data, tongue, "quiz.results", data["item"]), to_item(data, tongue))
    return Message(text, rows)


def _by_question(data: Data, tongue: Tongue) -> str:
    if not data["questions"]:
        return ""
    listed = (
        tongue.t(
            "building.results_question",
            number=tongue.number(place),
            share=tongue.share(right / asked),
            question=clip(text[tongue.language].replace("\n", " "), QUESTION_SHOWN),
        )
        for place, text, right, asked in data["questions"]
    )
    return lines((tongue.t("building.results_questions"), *listed), MESSAGE_SHOWN // 2)


def _by_student(data: Data, tongue: Tongue) -> str:
    if not data["students"]:
        return tongue.t("building.results_nobody")
    listed = (_student(tongue, *one) for one in data["students"])
    return lines((tongue.t("building.results_students"), *listed), MESSAGE_SHOWN // 2)


def _student(
    tongue: Tongue,
    name: str,
    status: str | None,
    answered: int,
    correct: int,
    count: int,
    score: str | None,
) -> str:
    name = clip(name, NAME_SHOWN)
    if status is None:
        return tongue.t("building.result_none", name=name)
    if score is None:
        return tongue.t(
            "building.result_working",
            name=name,
            answered=tongue.number(answered),
            count=tongue.number(count),
        )
    return tongue.t(
        "building.result_ended",
        name=name,
        score=tongue.number(float(score)),
        correct=tongue.number(correct),
        count=tongue.number(count),
    )


@view("quizzes.begun")
def begun(data: Data, tongue: Tongue) -> Message:
    """Why a teacher cannot change the problems any more."""
    back = to_item({"item": short(UUID(data["item_id"]))}, tongue)
    return Message(tongue.t("building.quiz_begun", title=shown(data)), (back,))
