"""Practice: a question, a try, a hint, and how a session ends."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    LABEL_SHOWN,
    Keys,
    Variants,
    begin_button,
    button,
    clip,
    content,
    varied,
)
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

RIGHT: Variants = (
    "practice.right.1",
    "practice.right.2",
    "practice.right.3",
    "practice.right.4",
    "practice.right.5",
    "practice.right.6",
)
RIGHT_AFTER: Variants = (
    "practice.right_after.1",
    "practice.right_after.2",
    "practice.right_after.3",
    "practice.right_after.4",
)
SKIPPED: Variants = ("practice.skipped.1", "practice.skipped.2")
WRONG: Variants = ("practice.wrong.1", "practice.wrong.2", "practice.wrong.3", "practice.wrong.4")
WRONG_AGAIN: Variants = ("practice.wrong_again.1", "practice.wrong_again.2")
REASONS: Keys = {
    "wrong_sign": "practice.reason_sign",
    "wrong_unit": "practice.reason_unit",
    "upside_down": "practice.reason_upside_down",
    "rounded": "practice.reason_rounded",
    "percent_as_fraction": "practice.reason_percent",
    "decimal_place": "practice.reason_decimal_place",
}
"""What to look at, by the reason of an answer that is not right; "wrong" says no more."""
UNITS: Keys = {
    "taka": "unit.taka",
    "kg": "unit.kg",
    "cm": "unit.cm",
    "km": "unit.km",
    "m2": "unit.m2",
    "litre": "unit.litre",
    "minute": "unit.minute",
    "day": "unit.day",
    "year": "unit.year",
}
SURE: Keys = {
    "low": "button.sure_low",
    "medium": "button.sure_medium",
    "high": "button.sure_high",
}
SCORES: Keys = {
    "all": "practice.score_all",
    "most": "practice.score_most",
    "some": "practice.score_some",
    "none": "practice.score_none",
}
CHOSEN = "✓ "
RIGHT_MARK, SKIPPED_MARK, WRONG_MARK, WAITING_MARK = "✅", "⏭", "❌", "▫️"


@view("practice.question")
def question(data: Data, tongue: Tongue) -> Message:
    """The next problem, in one message with what became of the last one."""
    asked = data["question"]
    first = data.get("first")
    text = tongue.join(
        (
            _feedback(data.get("feedback"), tongue, asked["position"], asked["item"]),
            "" if first is None else tongue.tn("practice.first", first),
            _question_text(asked, tongue),
        )
    )
    return Message(text, _question_buttons(asked, tongue))


@view("practice.confidence_marked")
def confidence_marked(data: Data, tongue: Tongue) -> Message:
    return Message("", _question_buttons(data["question"], tongue), only_buttons=True)


def _question_text(asked: Data, tongue: Tongue) -> str:
    header = tongue.t(
        "practice.header",
        position=tongue.number(asked["position"]),
        count=tongue.number(asked["count"]),
        topic=clip(tongue.topic(asked["topic"]), LABEL_SHOWN * 2),
    )
    unit = asked.get("unit")
    answer_in = ""
    if unit:
        known = UNITS.get(unit)
        spoken = clip(unit, LABEL_SHOWN) if known is None else tongue.t(known)
        answer_in = tongue.t("practice.answer_in", unit=spoken)
    return tongue.join((header, content(tongue, asked["text"]), answer_in))


def _question_buttons(asked: Data, tongue: Tongue) -> Rows:
    item = asked["item"]
    return (
        (
            button(tongue, "button.hint", "practice.hint", item),
            button(tongue, "button.skip", "practice.skip", item),
        ),
        tuple(
            Button(
                (CHOSEN if level == asked.get("confidence") else "") + tongue.t(key),
                button_data("practice.sure", f"{level}.{item}"),
            )
            for level, key in SURE.items()
        ),
        (
            button(tongue, "button.report", "practice.report", item),
            button(tongue, "button.stop", "practice.stop"),
        ),
    )


def _feedback(told: Data | None, tongue: Tongue, number: int, seed: str) -> str:
    """What became of the problem before."""
    if told is None:
        return ""
    if told["kind"] == "shown":
        return tongue.t("practice.solution") + "\n" + content(tongue, told["solution"])
    if told["kind"] == "skipped":
        return tongue.t(varied(SKIPPED, number, seed))
    return tongue.t(varied(RIGHT if told["tries"] <= 1 else RIGHT_AFTER, number, seed))


@view("practice.wrong")
def wrong(data: Data, tongue: Tongue) -> Message:
    variants = WRONG if data["tries"] <= 1 else WRONG_AGAIN
    reason = REASONS.get(data.get("reason") or "")
    text = tongue.join(
        (
            tongue.t(varied(variants, data["tries"] + data["position"], data["item"])),
            "" if reason is None else tongue.t(reason),
        )
    )
    return Message(text, _help_buttons(data, tongue, more=data["hints_shown"] < data["hints"]))


@view("practice.hint")
def hint(data: Data, tongue: Tongue) -> Message:
    title = tongue.t("practice.hint" if data["number"] <= 1 else "practice.hint_again")
    text = tongue.join(
        (
            title + "\n" + content(tongue, data["hint"]),
            "" if data["more"] else tongue.t("practice.hint_last"),
        )
    )
    return Message(text, _help_buttons(data, tongue, more=data["more"]))


def _help_buttons(data: Data, tongue: Tongue, *, more: bool) -> Rows:
    item = data["item"]
    if not more:
        hints: tuple[Button, ...] = ()
    elif data["hints_shown"] == 0:
        hints = (button(tongue, "button.hint", "practice.hint", item),)
    else:
        hints = (button(tongue, "button.another_hint", "practice.hint", item),)
    return (
        (*hints, button(tongue, "button.solution", "practice.solution", item)),
        (button(tongue, "button.skip", "practice.skip", item),),
    )


@view("practice.summary")
def summary(data: Data, tongue: Tongue) -> Message:
    last = _feedback(data.get("feedback"), tongue, data["count"] + 1, str(data["correct"]))
    text = tongue.join(
        (
            last,
            _score(data, tongue) + "\n" + _marks(data),
            _streak_line(data, tongue),
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


def _streak_line(data: Data, tongue: Tongue) -> str:
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
    return " ".join(_mark(state, right) for _topic, state, right in data["items"])


def _mark(state: str, right: bool) -> str:
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


@view("practice.unreadable")
def unreadable(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.unreadable"))


@view("practice.answer_too_long")
def answer_too_long(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.answer_too_long"))


@view("practice.two_answers")
def two_answers(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.two_answers"))
