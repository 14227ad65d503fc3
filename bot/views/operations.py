"""What goes wrong on our side, and what admins see."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
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

CHECKS: Keys = {
    "sessions_miscounted": "operations.check_sessions_miscounted",
    "tries_miscounted": "operations.check_tries_miscounted",
    "streaks_ahead": "operations.check_streaks_ahead",
    "streaks_impossible": "operations.check_streaks_impossible",
    "attempts_unjudged": "operations.check_attempts_unjudged",
    "judgings_stuck": "operations.check_judgings_stuck",
    "submissions_not_entered": "operations.check_submissions_not_entered",
    "entries_over_maximum": "operations.check_entries_over_maximum",
    "notices_lost": "operations.check_notices_lost",
    "messages_stuck": "operations.check_messages_stuck",
    "exams_unlocked": "operations.check_exams_unlocked",
    "sessions_unclosed": "operations.check_sessions_unclosed",
    "items_incomplete": "operations.check_items_incomplete",
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
    parts = (title, lines(numbers), lines(_nightly(data["nightly"], tongue)))
    return Message(tongue.join(one for one in parts if one))


def _nightly(look: Data | None, tongue: Tongue) -> Iterator[str]:
    """When the database was looked through last, and what did not fit together."""
    if look is None:
        yield tongue.t("operations.never_looked")
        return
    at = tongue.moment(datetime.fromisoformat(look["at"]))
    yield tongue.t("operations.looked_through", at=at)
    yield from _found(look["found"], tongue) or (tongue.t("operations.nothing_found"),)


@view("operations.inconsistencies")
def inconsistencies(data: Data, tongue: Tongue) -> Message:
    """`checks`: [name, how many] of each check that found something."""
    found = _found(data["checks"], tongue)
    text = lines((tongue.t("operations.inconsistencies"), "", *found))
    return Message(tongue.join((text, tongue.t("operations.what_now"))))


def _found(checks: Sequence[Sequence[Any]], tongue: Tongue) -> list[str]:
    return [tongue.t(CHECKS[check], number=tongue.number(count)) for check, count in checks]
