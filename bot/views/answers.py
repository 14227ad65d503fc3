"""Practice: what became of an answer, hints, and what cannot be read as an answer."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import Keys, Variants, button, content, varied
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue
from bot.views.wanted import example

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
NEAR: Variants = ("practice.near.1", "practice.near.2", "practice.near.3", "practice.near.4")
REASONS: Keys = {
    "wrong_sign": "practice.reason_sign",
    "wrong_unit": "practice.reason_unit",
    "upside_down": "practice.reason_upside_down",
    "rounded": "practice.reason_rounded",
    "percent_as_fraction": "practice.reason_percent",
    "decimal_place": "practice.reason_decimal_place",
    "not_lowest": "practice.reason_not_lowest",
    "wrong_form": "practice.reason_form",
    "unit_missing": "practice.reason_unit_missing",
    "wrong_order": "practice.reason_order",
    "incomplete": "practice.reason_incomplete",
    "wrong_direction": "practice.reason_direction",
    "open_or_closed": "practice.reason_open_or_closed",
}
"""What to look at, by the reason of an answer that is not right; "wrong" says no more."""
AFTER_HINT: Keys = {"last": "practice.hint_last", "after_a_try": "practice.hint_try"}
"""What is said where no further hint can be had now."""


def feedback(told: Data | None, tongue: Tongue, number: int, seed: str) -> str:
    """What became of the problem before."""
    if told is None:
        return ""
    if told["kind"] == "shown":
        return tongue.t("practice.solution") + "\n" + content(tongue, told["solution"])
    if told["kind"] == "rewritten":
        return tongue.t("practice.rewritten")
    if told["kind"] == "skipped":
        return tongue.t(varied(SKIPPED, number, seed))
    return tongue.t(varied(RIGHT if told["tries"] <= 1 else RIGHT_AFTER, number, seed))


@view("practice.wrong")
def wrong(data: Data, tongue: Tongue) -> Message:
    reason = REASONS.get(data.get("reason") or "")
    variants = NEAR if reason else WRONG if data["tries"] <= 1 else WRONG_AGAIN
    text = tongue.join(
        (
            tongue.t(varied(variants, data["tries"] + data["position"], data["item"])),
            "" if reason is None else tongue.t(reason),
        )
    )
    return Message(text, _help_buttons(data, tongue, more=data["more"]))


@view("practice.hint")
def hint(data: Data, tongue: Tongue) -> Message:
    title = tongue.t("practice.hint" if data["number"] <= 1 else "practice.hint_again")
    after = AFTER_HINT.get(data["after"])
    text = tongue.join(
        (
            title + "\n" + content(tongue, data["hint"]),
            "" if after is None else tongue.t(after),
        )
    )
    return Message(text, _help_buttons(data, tongue, more=after is None))


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


@view("practice.try_first")
def try_first(_data: Data, tongue: Tongue) -> Message:
    """A hint was asked for that opens one try later."""
    return Message(tongue.t("practice.try_first"))


@view("practice.unreadable")
def unreadable(data: Data, tongue: Tongue) -> Message:
    """With an example of the kind of answer that the problem asks for."""
    return Message(tongue.join((tongue.t("practice.unreadable"), example(data["aid"], tongue))))


@view("practice.answer_too_long")
def answer_too_long(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.answer_too_long"))


@view("practice.two_answers")
def two_answers(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("practice.two_answers"))
