"""A coding problem as its student reads it: the statement in pages, the samples, the buttons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from bot.routes import data as button_data
from bot.views.common import LABEL_SHOWN, MESSAGE_SHOWN, button, clip
from bot.views.markdown import pages
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue
from domain.people.records import Language

Data = Mapping[str, Any]

PAGE = 2600
"""Characters of a statement in one message; the samples and what the problem asks for follow, on
a page of their own if they are long."""
SAMPLES_SHOWN = 3
SAMPLE_SHOWN = 250
TITLE_SHOWN = 80


def teachers_text(both: Data, tongue: Tongue) -> str:
    """What a teacher wrote, in Bengali for whoever reads Bengali, where there is such a text."""
    return str(both["bn"] if tongue.language is Language.BN else both["main"])


def title(data: Data, tongue: Tongue) -> str:
    return clip(teachers_text(data["title"], tongue), TITLE_SHOWN)


@view("submissions.problem")
def problem(data: Data, tongue: Tongue) -> Message:
    """The first page says what the problem is worth and how it is tested; the last has samples."""
    found = pages(teachers_text(data["statement"], tongue), PAGE) or [""]
    end = _end(data, tongue)
    if len(found[-1]) + len(end) > MESSAGE_SHOWN:
        found.append("")
    page = min(data["page"], len(found) - 1)
    first, last = page == 0, page + 1 == len(found)
    text = tongue.join(
        (
            f"📘 <b>{escape(title(data, tongue), quote=False)}</b>" if first else "",
            found[page],
            end if last else "",
        )
    )
    if last:
        return Message(text, _buttons(data, tongue))
    more = f"{data['problem']}.{page + 1}"
    return Message(text, ((button(tongue, "button.read_on", "submissions.page", more),),))


def _end(data: Data, tongue: Tongue) -> str:
    """What follows the statement."""
    return tongue.join(
        (
            samples(data["samples"], tongue),
            _terms(data, tongue),
            tongue.t("submissions.send_code") if data["open"] else "",
        )
    )


def samples(visible: Sequence[Sequence[str | None]], tongue: Tongue) -> str:
    """The first tests that students may see: input and output of each."""
    return "\n".join(
        tongue.t("submissions.sample", number=tongue.number(number))
        + f"\n<pre>{_sample(given, tongue)}</pre>"
        + tongue.t("submissions.sample_output")
        + f"\n<pre>{_sample(wanted, tongue)}</pre>"
        for number, (given, wanted) in enumerate(visible[:SAMPLES_SHOWN], 1)
    )


def _sample(text: str | None, tongue: Tongue) -> str:
    if text is None:
        return tongue.t("submissions.sample_too_long")
    return escape(clip(text.rstrip("\n"), SAMPLE_SHOWN), quote=False) or " "


def _terms(data: Data, tongue: Tongue) -> str:
    """How it is tested, how many tries there are, until when."""
    lines = [
        tongue.t(
            "submissions.tested" if data["hidden"] else "submissions.tested_openly",
            tests=tongue.tn("submissions.tests", data["tests"]),
            hidden=tongue.number(data["hidden"]),
            seconds=tongue.number(data["seconds"]),
            megabytes=tongue.number(data["megabytes"]),
            points=tongue.number(float(data["worth"])),
        )
    ]
    lines.append(tongue.t("submissions.languages", languages=", ".join(data["languages"])))
    if data["attempts"] is not None:
        left = max(data["attempts"] - data["submitted"], 0)
        if left:
            lines.append(tongue.tn("submissions.tries_left", left))
        else:
            lines.append(tongue.t("submissions.no_tries_left"))
    if data["until"] is not None:
        lines.append(
            tongue.t("submissions.until", time=tongue.moment(datetime.fromisoformat(data["until"])))
        )
    return "\n".join(lines)


def _buttons(data: Data, tongue: Tongue) -> Rows:
    problem_id = data["problem"]
    helps = []
    if data["starter"]:
        helps.append(button(tongue, "button.starter", "submissions.starter", problem_id))
    if data["hint"]:
        helps.append(button(tongue, "button.coding_hint", "submissions.hint", problem_id))
    if data["draft"]:
        helps.append(button(tongue, "button.draft", "submissions.draft", problem_id))
    if data["tried"]:
        helps.append(button(tongue, "button.attempts", "attempts.list", problem_id))
    rows = [tuple(helps[start : start + 2]) for start in range(0, len(helps), 2)]
    return (*rows, (back_to_assignment(data, tongue),))


def back_to_assignment(data: Data, tongue: Tongue) -> Button:
    return button(tongue, "button.back", "submissions.assignment", data["item"])


def problem_button(line: Data, tongue: Tongue) -> Button:
    """A problem in a list, with a sign of how it stands."""
    label = f"{_sign(line)} {tongue.number(line['position'])}. {title(line, tongue)}"
    return Button(clip(label, LABEL_SHOWN), button_data("submissions.problem", line["problem"]))


def _sign(line: Data) -> str:
    if line["judging"]:
        return "⏳"
    if line["solved"]:
        return "✅"
    return "🔸" if line["submitted"] else "▫️"
