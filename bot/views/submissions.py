"""Students' work: the list of it, an assignment, a draft, and why something may not be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from bot.routes import data as button_data
from bot.views import quizzes
from bot.views.common import LABEL_SHOWN, Keys, button, clip, in_rows
from bot.views.courses import pages as neighbours
from bot.views.markdown import pages
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.statements import (
    problem_button,
    teachers_text,
    title,
)
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

DESCRIPTION_SHOWN = 1800
CODE_SHOWN = 3000
"""Characters of code in a message; longer code is a file."""

MODES: Keys = {
    "practice": "submissions.mode_practice",
    "homework": "submissions.mode_homework",
    "exam": "submissions.mode_exam",
}
LATE: Keys = {
    "none": "submissions.late_none",
    "refuse": "submissions.late_refuse",
    "penalty": "submissions.late_penalty",
}
RULES: Keys = {
    "class_not_archived": "submissions.rule_archived",
    "released": "submissions.rule_released",
    "exam_opened": "submissions.rule_exam_opened",
    "exam_not_locked": "submissions.rule_exam_locked",
    "exam_in_time": "submissions.rule_exam_over",
    "not_too_late": "submissions.rule_too_late",
    "attempts_left": "submissions.rule_no_attempts",
}


@view("submissions.up_next")
def up_next(data: Data, tongue: Tongue) -> Message:
    found = data["assignments"]
    if not found:
        return Message(tongue.t("submissions.nothing_due"))
    text = tongue.join((tongue.t("submissions.up_next"), *(_listed(one, tongue) for one in found)))
    rows = tuple(
        (quizzes.entry_button(one) if "quiz" in one else _entry_button(one),) for one in found
    )
    return Message(text, (*rows, *neighbours(data, tongue, "submissions.list")))


def _listed(one: Data, tongue: Tongue) -> str:
    return quizzes.entry(one, tongue) if "quiz" in one else _entry(one, tongue)


def _entry(one: Data, tongue: Tongue) -> str:
    lines = [
        tongue.t(
            "submissions.entry",
            title=clip(one["title"], LABEL_SHOWN * 2),
            name=clip(one["in"], LABEL_SHOWN),
        ),
        tongue.t(MODES[one["mode"]]) + " · " + _due(one, tongue),
        tongue.t(
            "submissions.solved",
            solved=tongue.number(one["solved"]),
            problems=tongue.number(one["problems"]),
        ),
    ]
    opening = one["opening"]
    if opening is not None and not opening["over"]:
        lines.append(_until(opening, tongue))
    return "\n".join(lines)


def _until(opening: Data, tongue: Tongue) -> str:
    time = tongue.moment(datetime.fromisoformat(opening["until"]))
    return tongue.t("submissions.until", time=time)


def _due(one: Data, tongue: Tongue) -> str:
    if one["due"] is None:
        return tongue.t("submissions.no_due")
    moment = tongue.moment(datetime.fromisoformat(one["due"]))
    return tongue.t("submissions.was_due" if one["over"] else "submissions.due", time=moment)


def _entry_button(one: Data) -> Button:
    sign = "✅" if one["problems"] and one["solved"] == one["problems"] else "📝"
    label = clip(f"{sign} {one['title']}", LABEL_SHOWN)
    return Button(label, button_data("submissions.assignment", one["item"]))


@view("submissions.assignment")
def assignment(data: Data, tongue: Tongue) -> Message:
    """From outside while an exam is not opened; with its problems otherwise."""
    opening = data["opening"]
    closed = data["mode"] == "exam" and opening is None and not data["preview"]
    text = tongue.join(
        (
            _head(data, tongue),
            tongue.t("submissions.preview") if data["preview"] else "",
            _description(data["description"]),
            "\n".join(_conditions(data, tongue)),
            _exam_state(data, tongue),
            "" if closed else _score_lines(data["problems"], tongue),
        )
    )
    rows: list[tuple[Button, ...]] = []
    if closed:
        if data["may_open"]:
            rows.append((button(tongue, "button.open_exam", "submissions.open", data["item"]),))
    else:
        rows += [(problem_button(line, tongue),) for line in data["problems"]]
    rows.append((button(tongue, "button.to_assignments", "submissions.list"),))
    return Message(text, tuple(rows))


def _head(data: Data, tongue: Tongue) -> str:
    head = tongue.t(
        "submissions.head",
        title=clip(data["title"], LABEL_SHOWN * 3),
        name=clip(data["in"], LABEL_SHOWN),
    )
    return f"{head}\n{tongue.t(MODES[data['mode']])} · {_due(data, tongue)}"


def _description(text: str | None) -> str:
    """Its first page; whoever writes more uses a material."""
    found = pages(text or "", DESCRIPTION_SHOWN)
    return found[0] if found else ""


def _conditions(data: Data, tongue: Tongue) -> list[str]:
    lines = []
    if data["mode"] == "exam" and data["minutes"] is not None:
        lines.append(tongue.tn("submissions.exam_minutes", data["minutes"]))
    if data["attempts"] is not None:
        lines.append(tongue.tn("submissions.attempts_each", data["attempts"]))
    if data["mode"] == "homework" and data["due"] is not None:
        late = data["late"]
        lines.append(
            tongue.t(
                LATE[late["kind"]],
                percent=tongue.number(late["percent"]),
                most=tongue.number(late["most"]),
            )
        )
    if data["languages"]:
        lines.append(tongue.t("submissions.languages", languages=", ".join(data["languages"])))
    return lines


def _exam_state(data: Data, tongue: Tongue) -> str:
    opening = data["opening"]
    if data["mode"] != "exam" or data["preview"]:
        return ""
    if opening is None:
        return tongue.t("submissions.exam_closed" if data["may_open"] else "submissions.exam_shut")
    if opening["handed_in"]:
        return tongue.t("submissions.exam_handed_in")
    if not opening["over"]:
        return _until(opening, tongue)
    time = tongue.moment(datetime.fromisoformat(opening["until"]))
    return tongue.t("submissions.exam_over", time=time)


def _score_lines(problems: Sequence[Data], tongue: Tongue) -> str:
    if not problems:
        return tongue.t("submissions.no_problems")
    got = sum(float(one["score"] or 0) for one in problems)
    worth = sum(float(one["worth"]) for one in problems)
    return tongue.t("submissions.points", got=tongue.number(got), worth=tongue.number(worth))


@view("submissions.open_exam")
def open_exam(data: Data, tongue: Tongue) -> Message:
    text = tongue.join(
        (
            _head(data, tongue),
            "\n".join(_conditions(data, tongue)),
            tongue.t("submissions.open_exam"),
        )
    )
    return Message(
        text,
        (
            (button(tongue, "button.start_exam", "submissions.opened", data["item"]),),
            (button(tongue, "button.not_yet", "submissions.assignment", data["item"]),),
        ),
    )


@view("submissions.hint")
def hint(data: Data, tongue: Tongue) -> Message:
    text = pages(teachers_text(data["hint"], tongue), DESCRIPTION_SHOWN)
    return Message(
        tongue.join((tongue.t("submissions.hint", title=title(data, tongue)), *text[:1]))
    )


@view("submissions.starter")
def starter(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("submissions.starter", title=title(data, tongue), language=data["language"]),
        file=File(data["file"], content=data["source"].encode()),
    )


@view("submissions.draft_kept")
def draft_kept(data: Data, tongue: Tongue) -> Message:
    """What was kept, and what can be done with it; the language is asked for where it is open."""
    cut = tongue.t("submissions.maybe_cut") if data["maybe_cut"] else ""
    if data["language"] is None:
        refused = data["refused"]
        text = tongue.join(
            (
                tongue.tn("submissions.draft_kept", data["lines"], title=title(data, tongue)),
                cut,
                tongue.t(
                    "submissions.language_refused" if refused else "submissions.language_open",
                    language=refused or "",
                ),
            )
        )
        return Message(text, _language_buttons(data, tongue))
    text = tongue.tn(
        "submissions.draft_kept_in",
        data["lines"],
        title=title(data, tongue),
        language=data["language"],
    )
    ask = tongue.t("submissions.try_first")
    return Message(tongue.join((text, cut, ask)), draft_buttons(data, tongue))


def draft_buttons(data: Data, tongue: Tongue) -> Rows:
    """Run it, hand it in, look at it: below whatever says that there is a draft."""
    problem = data["problem"]
    return (
        (
            button(tongue, "button.run", "attempts.run", problem),
            button(tongue, "button.submit", "attempts.submit", problem),
        ),
        (
            button(tongue, "button.draft", "submissions.draft", problem),
            button(tongue, "button.code_language", "submissions.language", problem),
        ),
        (button(tongue, "button.statement", "submissions.problem", problem),),
    )


@view("submissions.language")
def language(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("submissions.ask_language", title=title(data, tongue)),
        _language_buttons(data, tongue),
    )


def _language_buttons(data: Data, tongue: Tongue) -> Rows:
    choices = [
        Button(one["label"], button_data("submissions.choose", f"{data['problem']}.{one['code']}"))
        for one in data["languages"]
    ]
    back = button(tongue, "button.statement", "submissions.problem", data["problem"])
    return (*in_rows(choices, 2), (back,))


@view("submissions.draft_shown")
def draft_shown(data: Data, tongue: Tongue) -> Message:
    source = data["source"]
    if not source:
        back = button(tongue, "button.statement", "submissions.problem", data["problem"])
        return Message(tongue.t("submissions.no_draft", title=title(data, tongue)), ((back,),))
    head = tongue.t(
        "submissions.draft", title=title(data, tongue), language=data["language"] or "…"
    )
    rows = draft_buttons(data, tongue)
    shown = escape(source.rstrip("\n"), quote=False)
    if len(shown) > CODE_SHOWN:
        return Message(head, rows, file=File(data["file"], content=source.encode()))
    return Message(f"{head}\n<pre>{shown}</pre>", rows)


@view("submissions.not_allowed")
def not_allowed(data: Data, tongue: Tongue) -> Message:
    """Why not, by the rule in the way."""
    at = data["at"]
    moment = "" if at is None else tongue.moment(datetime.fromisoformat(at))
    return Message(
        tongue.t(
            RULES[data["rule"]],
            time=moment,
            used=tongue.number(data["used"] or 0),
            of=tongue.number(data["of"] or 0),
        )
    )


@view("submissions.no_hint")
def no_hint(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("submissions.no_hint"))


@view("submissions.only_looking")
def only_looking(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("submissions.only_looking"))
