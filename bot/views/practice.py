"""Practice: how a session ends, pauses and goes on."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.views.answers import feedback
from bot.views.common import LABEL_SHOWN, Keys, begin_button, button, clip
from bot.views.message import Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

SCORES: Keys = {
    "all": "practice.score_all",
    "most": "practice.score_most",
    "some": "practice.score_some",
    "none": "practice.score_none",
}
RIGHT_MARK, SKIPPED_MARK, WRONG_MARK, WAITING_MARK = "✅", "⏭", "❌", "▫️"


@view("practice.summary")
def summary(data: Data, tongue: Tongue) -> Message:
    last = feedback(data.get("feedback"), tongue, data["count"] + 1, str(data["correct"]))
    text = tongue.join(
        (
            last,
            _score(data, tongue) + "\n" + _marks(data),
            streak_line(data, tongue),
            _work_on(data, tongue),
        )
    )
    return Message(text, _after_buttons(tongue))


def _score(data: Data, tongue: Tongue) -> str:
    correct, count = data["correct"], data["count"]
    if correct == 0:
        kind = "none"
    elif correct == count:
        kind = "all"
    else:
        kind = "most" if correct * 2 > count else "some"
    return tongue.t(
        SCORES[kind],
        correct=tongue.number(correct),
        count=tongue.number(count),
        time=tongue.duration(data["seconds"]),
    )


def streak_line(data: Data, tongue: Tongue) -> str:
    """What a session that was completed did to the streak."""
    if not data["counted"]:
        return tongue.t("practice.not_counted")
    if data["milestone"] is not None:
        return tongue.tn("practice.milestone", data["milestone"])
    return tongue.tn("practice.counted", data["streak"])


def _work_on(data: Data, tongue: Tongue) -> str:
    topic = data["work_on"]
    if topic is None:
        return ""
    return tongue.t("practice.work_on", topic=clip(tongue.topic(topic), LABEL_SHOWN * 2))


def _marks(data: Data) -> str:
    """A sign for each problem, in their order."""
    return " ".join(mark(state, right) for _topic, state, right in data["items"])


def mark(state: str, right: bool) -> str:
    """Of one problem, as it ended."""
    if right:
        return RIGHT_MARK
    return {"skipped": SKIPPED_MARK, "waiting": WAITING_MARK}.get(state, WRONG_MARK)


def _after_buttons(tongue: Tongue) -> Rows:
    return (
        (begin_button(tongue),),
        (
            button(tongue, "button.progress", "practice.progress"),
            button(tongue, "button.streak", "practice.streak"),
        ),
    )


@view("practice.expired")
def expired(data: Data, tongue: Tongue) -> Message:
    """A session whose time ran out; said by the clock or at the next tap."""
    told = tongue.t(
        "practice.expired",
        correct=tongue.number(data["correct"]),
        count=tongue.number(data["count"]),
    )
    text = tongue.join((told + "\n" + _marks(data), _work_on(data, tongue)))
    return Message(text, _after_buttons(tongue))


@view("practice.resumable")
def resumable(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("practice.resumable", **_where(data, tongue))
    return Message(
        text,
        (
            (
                button(tongue, "button.resume", "practice.resume"),
                button(tongue, "button.anew", "practice.anew"),
            ),
        ),
    )


@view("practice.paused")
def paused(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("practice.paused", **_where(data, tongue))
    return Message(text, ((button(tongue, "button.resume", "practice.resume"),),))


def _where(data: Data, tongue: Tongue) -> dict[str, str]:
    return {
        "position": tongue.number(data["position"]),
        "count": tongue.number(data["count"]),
        "until": tongue.clock(time.fromisoformat(data["until"])),
    }


@view("practice.none_open")
def none_open(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.none_open"), ((begin_button(tongue),),))


@view("practice.stale")
def stale(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.stale"), ((begin_button(tongue),),))


@view("practice.needs_class")
def needs_class(_data: Data, tongue: Tongue) -> Message:
    choose = button(tongue, "button.choose_class", "settings.choose", "class")
    return Message(tongue.t("practice.needs_class"), ((choose,),))


@view("practice.too_few_problems")
def too_few_problems(_data: Data, tongue: Tongue) -> Message:
    choose = button(tongue, "button.choose_class", "settings.choose", "class")
    return Message(tongue.t("practice.too_few_problems"), ((choose,),))
