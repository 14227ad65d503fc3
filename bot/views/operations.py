"""What goes wrong on our side, and what admins see."""

from collections.abc import Mapping
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    LABEL_SHOWN,
    NAME_SHOWN,
    ROLES,
    Keys,
    button,
    clip,
    content,
    in_rows,
    lines,
    name,
)
from bot.views.message import Button, Message
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

COUNTS: Keys = {
    "people": "operations.count_people",
    "blocked": "operations.count_blocked",
    "sessions": "operations.count_sessions",
    "updates_waiting": "operations.count_updates_waiting",
    "updates_set_aside": "operations.count_updates_set_aside",
    "messages_waiting": "operations.count_messages_waiting",
    "messages_failed": "operations.count_messages_failed",
    "problems_reported": "operations.count_problems_reported",
    "judgings_waiting": "operations.count_judgings_waiting",
    "judgings_oldest_seconds": "operations.count_judgings_oldest",
    "workers": "operations.count_workers",
    "workers_without_sandbox": "operations.count_workers_without_sandbox",
}


@view("operations.fault")
def fault(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.fault"))


@view("operations.set_aside")
def set_aside(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.set_aside"))


@view("operations.update_failed")
def update_failed(data: Data, tongue: Tongue) -> Message:
    text = tongue.t(
        "operations.update_failed",
        error=clip(str(data["error"]), NAME_SHOWN),
        update_id=data["update_id"],
        person=data["person"],
    )
    return Message(text)


@view("operations.problem_reported")
def problem_reported(data: Data, tongue: Tongue) -> Message:
    question = data["question"]
    text = tongue.t(
        "operations.problem_reported",
        topic=clip(tongue.topic(data["topic"]), NAME_SHOWN),
        answer=clip(tongue.digits(data["answer"]), NAME_SHOWN),
    )
    problem = data.get("problem")
    return Message(
        tongue.join((text, content(tongue, question) if question else "")),
        ((button(tongue, "button.withdraw", "library.withdraw", problem),),) if problem else (),
    )


@view("operations.role_usage")
def role_usage(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.role_usage"))


@view("operations.nobody")
def nobody(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.nobody", name=name(data)))


@view("operations.not_yourself")
def not_yourself(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.not_yourself"))


@view("operations.role")
def role(data: Data, tongue: Tongue) -> Message:
    """Somebody's role, and the others to give them instead."""
    text = tongue.t("operations.role", name=name(data), role=tongue.t(ROLES[data["role"]]))
    others = [
        Button(tongue.t(key), button_data("operations.role", f"{one}.{data['user']}"))
        for one, key in ROLES.items()
        if one != data["role"]
    ]
    return Message(text, in_rows(others, 3))


@view("operations.role_given")
def role_given(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("operations.role_given", role=tongue.t(ROLES[data["role"]])))


@view("operations.health")
def health(data: Data, tongue: Tongue) -> Message:
    counts = data["counts"]
    title = tongue.t("operations.health", release=clip(data["release"], LABEL_SHOWN))
    numbers = (
        tongue.t(key, number=tongue.number(counts[count]))
        for count, key in COUNTS.items()
        if count in counts
    )
    return Message(lines((title, "", *numbers)))
