"""What the bot says unasked: reminders, what is due, what has opened, what has ended."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import Keys, Variants, begin_button, button, clip
from bot.views.dates import when
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

TITLE_SHOWN = 120
REMINDERS: Variants = (
    "notices.reminder.1",
    "notices.reminder.2",
    "notices.reminder.3",
    "notices.reminder.4",
    "notices.reminder.5",
    "notices.reminder.6",
    "notices.reminder.7",
)
STREAK_REMINDERS: Variants = (
    "notices.streak_reminder.1",
    "notices.streak_reminder.2",
    "notices.streak_reminder.3",
    "notices.streak_reminder.4",
)
AT_RISK: Variants = (
    "notices.at_risk.1",
    "notices.at_risk.2",
    "notices.at_risk.3",
    "notices.at_risk.4",
)
DUE_IN_A_DAY: Variants = ("notices.due_day.1", "notices.due_day.2", "notices.due_day.3")
DUE_IN_HOURS: Variants = ("notices.due_hours.1", "notices.due_hours.2", "notices.due_hours.3")
OPENED: Variants = ("notices.opened.1", "notices.opened.2", "notices.opened.3")
WORKS: Keys = {
    "practice": "notices.work_assignment",
    "homework": "notices.work_homework",
    "exam": "notices.work_exam",
    "quiz": "notices.work_quiz",
}
STREAK_NAMED = 2
"""Days from which a streak is worth naming."""


@view("notices.practice_reminder")
def practice_reminder(data: Data, tongue: Tongue) -> Message:
    streak = data["streak"]
    variants = REMINDERS if streak < STREAK_NAMED else (*STREAK_REMINDERS, *REMINDERS)
    text = tongue.t(_chosen(variants, data), days=tongue.number(streak))
    return Message(text, _to_practice(tongue))


@view("notices.streak_at_risk")
def streak_at_risk(data: Data, tongue: Tongue) -> Message:
    streak = data["streak"]
    text = tongue.t(
        _chosen(AT_RISK, data), days=tongue.number(streak), more=tongue.number(streak + 1)
    )
    return Message(text, _to_practice(tongue))


def _chosen(variants: Variants, data: Data) -> str:
    number: int = data["variant"]
    return variants[number % len(variants)]


def _to_practice(tongue: Tongue) -> Rows:
    return (
        (begin_button(tongue),),
        (button(tongue, "button.reminder_settings", "settings.notices"),),
    )


@view("notices.due_soon")
def due_soon(data: Data, tongue: Tongue) -> Message:
    variants = DUE_IN_A_DAY if data["stage"] == "day" else DUE_IN_HOURS
    due = when(data["due"], data.get("today"), tongue)
    text = tongue.t(_chosen(variants, data), **_names(data), work=_kind(data, tongue), when=due)
    return Message(text, (_to_work(data, tongue),))


@view("notices.work_opened")
def work_opened(data: Data, tongue: Tongue) -> Message:
    told = tongue.t(_chosen(OPENED, data), **_names(data), work=_kind(data, tongue))
    due = data["due"]
    until = (
        tongue.t("notices.no_due")
        if due is None
        else tongue.t("notices.due", when=when(due, data.get("today"), tongue))
    )
    return Message(tongue.join((told, until)), (_to_work(data, tongue),))


@view("notices.exam_ended")
def exam_ended(data: Data, tongue: Tongue) -> Message:
    head = tongue.t("notices.exam_ended", **_names(data))
    submitted, problems = data["submitted"], data["problems"]
    if submitted == 0:
        told = tongue.t("notices.exam_nothing")
    elif submitted >= problems:
        told = tongue.t("notices.exam_all")
    else:
        told = tongue.t(
            "notices.exam_some",
            submitted=tongue.number(submitted),
            problems=tongue.number(problems),
        )
    return Message(tongue.join((head, told)), (_to_assignment(data, tongue),))


@view("notices.quiz_ended")
def quiz_ended(data: Data, tongue: Tongue) -> Message:
    text = tongue.t(
        "notices.quiz_ended",
        **_names(data),
        correct=tongue.number(data["correct"]),
        count=tongue.number(data["count"]),
        score=tongue.number(float(data["score"])),
        max=tongue.number(float(data["max"])),
    )
    return Message(text, (_to_quiz(data, tongue),))


def _names(data: Data) -> dict[str, str]:
    return {
        "title": clip(str(data["title"]), TITLE_SHOWN),
        "name": clip(str(data["class_name"]), TITLE_SHOWN),
    }


def _kind(data: Data, tongue: Tongue) -> str:
    return tongue.t(WORKS["quiz" if data["kind"] == "quiz" else data["mode"]])


def _to_work(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return _to_quiz(data, tongue) if data["kind"] == "quiz" else _to_assignment(data, tongue)


def _to_assignment(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.to_assignment", "submissions.assignment", data["item"]),)


def _to_quiz(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.to_quiz", "quiz.open", data["item"]),)
