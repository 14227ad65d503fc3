"""Quizzes as students answer them, and what came of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    LABEL_SHOWN,
    Keys,
    Variants,
    button,
    clip,
    content,
    in_rows,
    varied,
)
from bot.views.courses_content import excerpt, moment, shown, to_item
from bot.views.message import Button, Message, Rows
from bot.views.practice import mark, streak_line
from bot.views.registry import view
from bot.views.tongue import Tongue
from bot.views.wanted import wanted

Data = Mapping[str, Any]

GIVEN_SHOWN = 200
MARKS_IN_A_LINE = 5
NUMBERS_IN_A_ROW = 5
RIGHT: Variants = ("quiz.right.1", "quiz.right.2", "quiz.right.3", "quiz.right.4")
WRONG: Variants = ("quiz.wrong.1", "quiz.wrong.2", "quiz.wrong.3", "quiz.wrong.4")
TOLD: Keys = {
    "rewritten": "practice.rewritten",
    "later": "quiz.later",
    "early": "quiz.early",
}
SIGNS: Mapping[str, str] = {"new": "❓", "working": "✍️", "ended": "✅", "missed": "⌛"}


@view("quiz.card")
def card(data: Data, tongue: Tongue) -> Message:
    """What the quiz is, how it goes, and the way in."""
    text = tongue.join(
        (
            _head(data, tongue),
            tongue.t("quiz.preview") if data["staff"] else "",
            excerpt(data["text"]),
            "\n".join((_questions(data, tongue), _due(data, tongue))),
            tongue.t("quiz.rules"),
            _state(data, tongue),
        )
    )
    rows: Rows = ()
    if data["begins"]:
        rows = ((_way_in(data, tongue),),)
    return Message(text, (*rows, _way_back(data, tongue)))


def _way_in(data: Data, tongue: Tongue) -> Button:
    if data["working"] is None:
        return button(tongue, "button.quiz_begin", "quiz.begin", data["item"])
    return button(tongue, "button.quiz_go_on", "quiz.begin", data["item"])


def _head(data: Data, tongue: Tongue) -> str:
    return tongue.t("quiz.head", title=shown(data), name=clip(data["class_name"], LABEL_SHOWN))


def _questions(data: Data, tongue: Tongue) -> str:
    points = tongue.number(float(data["points"]))
    return tongue.tn("quiz.questions", data["questions"], points=points)


def _due(data: Data, tongue: Tongue) -> str:
    if data["due"] is None:
        return tongue.t("submissions.no_due")
    time = moment(data["due"], data["year"], tongue)
    return tongue.t("submissions.was_due" if data["over"] else "submissions.due", time=time)


def _state(data: Data, tongue: Tongue) -> str:
    if data["working"] is not None:
        return tongue.t("quiz.is_working", **_working(data["working"], tongue))
    if data["archived"] and not data["staff"]:
        return tongue.t("quiz.is_archived")
    return tongue.t("quiz.is_over") if data["over"] and not data["staff"] else ""


def _working(data: Data, tongue: Tongue) -> dict[str, str]:
    return {
        "answered": tongue.number(data["answered"]),
        "count": tongue.number(data["count"]),
        "time": moment(data["until"], data["year"], tongue),
    }


def _way_back(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    if data["staff"]:
        return to_item(data, tongue)
    return (button(tongue, "button.to_assignments", "submissions.list"),)


@view("quiz.question")
def question(data: Data, tongue: Tongue) -> Message:
    """The next question, in one message with what became of the last one."""
    asked, item = data["question"], data["item"]
    header = tongue.t(
        "quiz.header",
        position=tongue.number(asked["position"]),
        count=tongue.number(asked["count"]),
        title=shown(data),
    )
    text = tongue.join(
        (
            _told(data["told"], tongue, data["left"], asked["item"]),
            header,
            content(tongue, asked["text"]),
            "\n".join(wanted(asked, tongue)),
        )
    )
    rows = (
        (
            button(tongue, "button.quiz_later", "quiz.later", f"{item}.{asked['short']}"),
            button(tongue, "button.quiz_end", "quiz.finish", item),
        ),
        (
            button(tongue, "button.report", "practice.report", asked["item"]),
            button(tongue, "button.quiz_pause", "quiz.pause", item),
        ),
    )
    return Message(text, rows)


def _told(told: str | None, tongue: Tongue, number: int, seed: str) -> str:
    """What became of the question before; `number` counts on from one to the next."""
    if told is None:
        return ""
    if told in TOLD:
        return tongue.t(TOLD[told])
    return tongue.t(varied(RIGHT if told == "right" else WRONG, number, seed))


@view("quiz.round_over")
def round_over(data: Data, tongue: Tongue) -> Message:
    """Before handing in: how much is answered, and the way back to what is left."""
    item = data["item"]
    asked = tongue.t(
        "quiz.some_left" if data["left"] else "quiz.all_answered",
        title=shown(data),
        answered=tongue.number(data["answered"]),
        left=tongue.number(data["left"]),
        count=tongue.number(data["count"]),
    )
    text = tongue.join(
        (
            _told(data["told"], tongue, data["left"], item),
            asked,
            tongue.t("quiz.tap_please") if data["typed"] else "",
        )
    )
    acts = [button(tongue, "button.quiz_hand_in", "quiz.hand_in", item)]
    if data["left"]:
        acts.append(button(tongue, "button.quiz_back", "quiz.begin", item))
    return Message(text, (*((one,) for one in acts),))


@view("quiz.result")
def result(data: Data, tongue: Tongue) -> Message:
    """Score, marks question by question, and the worked solutions once they are open."""
    head = tongue.t("quiz.handed_in" if data["in_time"] else "quiz.time_over", title=shown(data))
    score = tongue.t(
        "quiz.score",
        correct=tongue.number(data["correct"]),
        count=tongue.number(data["count"]),
        score=tongue.number(float(data["score"])),
        most=tongue.number(float(data["most"])),
    )
    day = data["day"]
    text = tongue.join(
        (
            head,
            score,
            _marks(data["items"], tongue),
            "" if day is None else streak_line(day, tongue),
            _solutions(data, tongue),
        )
    )
    numbers = [
        Button(tongue.number(number), button_data("quiz.solution", f"{data['item']}.{number}"))
        for number in range(1, data["count"] + 1)
    ]
    rows = in_rows(numbers, NUMBERS_IN_A_ROW) if data["solutions"] else ()
    return Message(text, (*rows, _way_back(data, tongue)))


def _marks(items: Sequence[tuple[str, str, bool]], tongue: Tongue) -> str:
    """Each question's number with its sign."""
    signs = [
        f"{tongue.number(number)} {mark(state, right)}"
        for number, (_topic, state, right) in enumerate(items, 1)
    ]
    starts = range(0, len(signs), MARKS_IN_A_LINE)
    return "\n".join("   ".join(signs[start : start + MARKS_IN_A_LINE]) for start in starts)


def _solutions(data: Data, tongue: Tongue) -> str:
    if data["solutions"]:
        return tongue.t("quiz.solutions_open")
    time = moment(data["solutions_from"], data["year"], tongue)
    return tongue.t("quiz.solutions_later", time=time)


@view("quiz.solution")
def solution(data: Data, tongue: Tongue) -> Message:
    header = tongue.t(
        "quiz.header",
        position=tongue.number(data["position"]),
        count=tongue.number(data["count"]),
        title=shown(data),
    )
    worked = tongue.t("quiz.solution") + "\n" + content(tongue, data["solution"])
    text = tongue.join((header, content(tongue, data["text"]), _given(data, tongue), worked))
    return Message(text, ((button(tongue, "button.back", "quiz.open", data["item"]),),))


def _given(data: Data, tongue: Tongue) -> str:
    if data["given"] is None:
        return tongue.t("quiz.given_nothing")
    return tongue.t(
        "quiz.given_right" if data["right"] else "quiz.given_wrong",
        answer=clip(data["given"], GIVEN_SHOWN),
    )


@view("quiz.paused")
def paused(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("quiz.paused", title=shown(data), **_working(data, tongue))
    go_on = button(tongue, "button.quiz_go_on", "quiz.begin", data["item"])
    return Message(text, ((go_on,), _way_back(data, tongue)))


@view("quiz.taken_back")
def taken_back(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("quiz.taken_back", title=shown(data)))


@view("quiz.over")
def over(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("quiz.over", title=shown(data)))


@view("quiz.only_looking")
def only_looking(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("building.quiz_only_looking"))


@view("quiz.no_solutions")
def no_solutions(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("quiz.no_solutions"))


def entry(one: Data, tongue: Tongue) -> str:
    """A quiz in the list of what there is to do."""
    head = tongue.t(
        "submissions.entry",
        title=clip(one["title"], LABEL_SHOWN * 2),
        name=clip(one["in"], LABEL_SHOWN),
    )
    due = tongue.t("quiz.entry", due=_due(one, tongue))
    return "\n".join((head, due, _entry_state(one, tongue)))


STATES: Keys = {
    "working": "quiz.entry_working",
    "ended": "quiz.entry_ended",
    "missed": "quiz.entry_missed",
}


def _entry_state(one: Data, tongue: Tongue) -> str:
    if one["quiz"] == "new":
        return tongue.tn("quiz.entry_questions", one["count"])
    return tongue.t(
        STATES[one["quiz"]],
        answered=tongue.number(one["answered"]),
        correct=tongue.number(one["correct"]),
        count=tongue.number(one["count"]),
    )


def entry_button(one: Data) -> Button:
    label = clip(f"{SIGNS[one['quiz']]} {one['title']}", LABEL_SHOWN)
    return Button(label, button_data("quiz.open", one["item"]))
