"""Practice: a question and the buttons below it."""

from collections.abc import Mapping
from typing import Any

from bot.routes import data as button_data
from bot.views.answers import feedback
from bot.views.common import LABEL_SHOWN, Keys, button, clip, content
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue
from bot.views.wanted import wanted

Data = Mapping[str, Any]

SURE: Keys = {
    "low": "button.sure_low",
    "medium": "button.sure_medium",
    "high": "button.sure_high",
}
CHOSEN = "✓ "


@view("practice.question")
def question(data: Data, tongue: Tongue) -> Message:
    """The next problem, in one message with what became of the last one."""
    asked = data["question"]
    first = data.get("first")
    text = tongue.join(
        (
            feedback(data.get("feedback"), tongue, asked["position"], asked["item"]),
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
    return tongue.join((header, content(tongue, asked["text"]), "\n".join(wanted(asked, tongue))))


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
