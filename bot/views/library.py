"""Problems of teachers' own: sending them in, what is wrong in a file, an admin's look at them."""

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    CAPTION_SHOWN,
    CLASSES,
    LABEL_SHOWN,
    LANGUAGES,
    Keys,
    button,
    clip,
    lines,
    name,
)
from bot.views.complaints import sentence
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue
from bot.views.wanted import wanted

Data = Mapping[str, Any]

TEMPLATES = Path(__file__).parent.parent.parent / "content" / "templates"
FORMS: Keys = {"yaml": "library.template_yaml", "csv": "library.template_csv"}
DIFFICULTIES: Keys = {"1": "difficulty.1", "2": "difficulty.2", "3": "difficulty.3"}
COMPLAINTS_SHOWN = 8
"""More than so many complaints go into a file of their own."""
TEXT_SHOWN = 600
ANSWER_SHOWN = 80
PEOPLE_SHOWN = 50
"""Telegram takes a hundred buttons; the longest wait comes first."""


@view("library.template")
def template(data: Data, tongue: Tongue) -> Message:
    form = data["form"]
    return Message(
        tongue.t(FORMS[form]), file=File(f"problems.{form}", content=template_file(form))
    )


@cache
def template_file(form: str) -> bytes:
    """What a teacher fills in; it comes with the program."""
    return (TEMPLATES / f"problems.{form}").read_bytes()


@view("library.report")
def report(data: Data, tongue: Tongue) -> Message:
    """What is wrong in a file, line by line; a long report is a file itself."""
    found = data["complaints"]
    title = tongue.tn("library.report", len(found), file=clip(data["file"], LABEL_SHOWN))
    shown = [
        tongue.t("library.at_line", line=tongue.number(line), what=sentence(key, values, tongue))
        for line, _slug, key, values in found[:COMPLAINTS_SHOWN]
    ]
    if len(found) <= COMPLAINTS_SHOWN:
        return Message(lines((title, "", *shown)))
    whole = "\n".join(
        tongue.plain(
            "library.at_line_of",
            line=tongue.number(line),
            slug=slug or "–",
            what=sentence(key, values, tongue),
        )
        for line, slug, key, values in found
    )
    text = lines((title, "", *shown, tongue.t("library.rest_in_file")), CAPTION_SHOWN)
    return Message(text, file=File("report.txt", content=whole.encode()))


@view("library.received")
def received(data: Data, tongue: Tongue) -> Message:
    """Everything in the file was right: how much of it is new."""
    text = tongue.join(
        (
            tongue.tn("library.received", data["count"]),
            tongue.tn("library.unchanged", data["unchanged"]) if data["unchanged"] else "",
            tongue.t("library.admin_will_look" if data["waiting"] else "library.students_see"),
        )
    )
    return Message(text)


@view("library.contributed")
def contributed(data: Data, tongue: Tongue) -> Message:
    """To admins: somebody sent problems."""
    text = tongue.tn("library.contributed", data["count"], name=name(data))
    return Message(text, ((button(tongue, "button.look", "library.look", f"{data['owner']}.0"),),))


@view("library.waiting")
def waiting(data: Data, tongue: Tongue) -> Message:
    """To admins: who sent problems that nobody looked at yet, oldest first."""
    people = data["people"]
    if not people:
        return Message(tongue.t("library.none_waiting"))
    rows = tuple(
        (
            Button(
                tongue.plain(
                    "button.contribution", name=clip(who, LABEL_SHOWN), count=tongue.number(count)
                ),
                button_data("library.look", f"{owner}.0"),
            ),
        )
        for owner, who, count in people[:PEOPLE_SHOWN]
    )
    return Message(tongue.tn("library.waiting", len(people)), rows)


@view("library.contribution")
def contribution(data: Data, tongue: Tongue) -> Message:
    """One problem that waits, whole in one language, and the way to the others."""
    problem, shown = data["problem"], data["language"]
    text = tongue.join(
        (
            tongue.t(
                "library.contribution",
                name=name(data),
                position=tongue.number(data["index"] + 1),
                count=tongue.number(data["count"]),
            ),
            _described(problem, shown, tongue),
            tongue.t("library.varies") if problem["varies"] else "",
            _in(problem["question"], shown),
            tongue.t("library.answer", answer=clip(tongue.digits(problem["answer"]), ANSWER_SHOWN))
            + "".join("\n" + line for line in wanted(problem, tongue)),
            "\n".join("• " + _in(hint, shown) for hint in problem["hints"]),
            _in(problem["solution"], shown),
        )
    )
    return Message(text, _judging_buttons(data, tongue))


def _described(problem: Data, shown: str, tongue: Tongue) -> str:
    key = CLASSES.get(str(problem["grade"]))
    lines = tongue.t(
        "library.described",
        grade=tongue.number(problem["grade"]) if key is None else tongue.t(key),
        topic=clip(tongue.topic(problem["topic"]), LABEL_SHOWN * 2),
        difficulty=tongue.t(DIFFICULTIES[str(problem["difficulty"])]),
    )
    chapter = problem["chapter"]
    return lines if chapter is None else f"{lines}\n<i>{_in(chapter, shown)}</i>"


def _in(both: Mapping[str, str], language: str) -> str:
    """A text as students of a language read it, which need not be the admin's own."""
    return escape(clip(both[language], TEXT_SHOWN), quote=False)


def _judging_buttons(data: Data, tongue: Tongue) -> Rows:
    owner, index, shown = data["owner"], data["index"], data["language"]
    steps = []
    if index > 0:
        to = f"{owner}.{index - 1}.{shown}"
        steps.append(button(tongue, "button.previous", "library.look", to))
    if index + 1 < data["count"]:
        to = f"{owner}.{index + 1}.{shown}"
        steps.append(button(tongue, "button.next", "library.look", to))
    other = "en" if shown == "bn" else "bn"
    label = tongue.plain(LANGUAGES[other])
    judged = f"{owner}.{data['version']}"
    return (
        *((tuple(steps),) if steps else ()),
        (Button(label, button_data("library.look", f"{owner}.{index}.{other}")),),
        (
            button(tongue, "button.approve", "library.approve", judged),
            button(tongue, "button.refuse", "library.refuse", judged),
        ),
    )


@view("library.approved")
def approved(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("library.approved", data["count"], name=name(data)))


@view("library.refused")
def refused(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("library.refused", data["count"], name=name(data)))


@view("library.yours_approved")
def yours_approved(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("library.yours_approved", data["count"]))


@view("library.yours_refused")
def yours_refused(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("library.yours_refused", data["count"]))


@view("library.moved_on")
def moved_on(_data: Data, tongue: Tongue) -> Message:
    """An admin's button of problems that were judged or changed meanwhile."""
    return Message(tongue.t("library.moved_on"))
