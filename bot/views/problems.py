"""Coding problems as teachers have them: sent in, checked, listed, looked at."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.routes import data as button_data
from bot.routes import short
from bot.views.common import (
    CAPTION_SHOWN,
    LABEL_SHOWN,
    MESSAGE_SHOWN,
    NAME_SHOWN,
    button,
    clip,
    lines,
)
from bot.views.markdown import pages
from bot.views.message import Button, File, Message, Rows
from bot.views.package_complaints import complaint, note
from bot.views.registry import view
from bot.views.statements import PAGE, samples, teachers_text, title
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

TEMPLATE = Path(__file__).parent.parent.parent / "content" / "problems" / "template.yaml"
COMPLAINTS_SHOWN = 8
"""More than so many complaints go into a file of their own, or are only counted."""
NOTES_SHOWN = 5


@view("problems.invite")
def invite(data: Data, tongue: Tongue) -> Message:
    """One invitation for maths files and coding problems."""
    waiting, to_see = data["waiting"], data["to_see"]
    text = tongue.join(
        (
            tongue.t("problems.invite"),
            "" if data["admin"] else tongue.t("library.admin_looks"),
            tongue.tn("library.yours_wait", waiting) if waiting else "",
        )
    )
    rows: Rows = (
        (button(tongue, "button.template_coding", "problems.template"),),
        (
            button(tongue, "button.template_yaml", "library.template", "yaml"),
            button(tongue, "button.template_csv", "library.template", "csv"),
        ),
        (
            button(tongue, "button.my_problems", "problems.list", "mine.0"),
            button(tongue, "button.shared_problems", "problems.list", "shared.0"),
        ),
    )
    if to_see:
        label = tongue.plain("button.contributions", count=tongue.number(to_see))
        rows = (*rows, (Button(label, button_data("library.waiting")),))
    return Message(text, rows)


@view("problems.template")
def template(_data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("problems.template"), file=File("problem.yaml", content=template_file())
    )


@cache
def template_file() -> bytes:
    """A coding problem to fill in; it comes with the program."""
    return TEMPLATE.read_bytes()


@view("problems.file_please")
def file_please(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.file_please"))


@view("problems.report")
def report(data: Data, tongue: Tongue) -> Message:
    """What is wrong in a file; a long report is a file itself."""
    found = data["complaints"]
    head = tongue.tn("problems.report", len(found), file=clip(data["file"], LABEL_SHOWN))
    shown = _complaints(found[:COMPLAINTS_SHOWN], tongue)
    if len(found) <= COMPLAINTS_SHOWN:
        return Message(lines((head, "", *shown)))
    whole = "\n".join(
        _at(file, line, complaint(key, values, tongue), tongue) for file, line, key, values in found
    )
    text = lines((head, "", *shown, tongue.t("library.rest_in_file")), CAPTION_SHOWN)
    return Message(text, file=File("report.txt", content=whole.encode()))


def _complaints(found: Sequence[Any], tongue: Tongue) -> list[str]:
    return [
        _entry(file, line, complaint(key, values, tongue), tongue)
        for file, line, key, values in found
    ]


def _entry(file: str, line: int, what: str, tongue: Tongue) -> str:
    return "• " + escape(_at(file, line, what, tongue), quote=False)


def _at(file: str, line: int, what: str, tongue: Tongue) -> str:
    """A sentence with the place that it is about, as plain text."""
    shown = clip(file, LABEL_SHOWN)
    if line:
        return tongue.plain("problems.at_line", file=shown, line=tongue.number(line), what=what)
    return tongue.plain("problems.in_file", file=shown, what=what)


def _notes(found: Sequence[Any], tongue: Tongue) -> str:
    """What should be known of a problem that is taken all the same."""
    if not found:
        return ""
    said = [
        _entry(file, line, note(key, values, tongue), tongue)
        for file, line, key, values in found[:NOTES_SHOWN]
    ]
    left = len(found) - len(said)
    more = [tongue.tn("problems.more_notes", left)] if left else []
    return lines((tongue.t("problems.notes"), *said, *more), MESSAGE_SHOWN // 2)


@view("problems.checking")
def checking(data: Data, tongue: Tongue) -> Message:
    """Nothing is wrong in the file; a worker replaces this with what the programs' runs say."""
    text = tongue.t(
        "problems.checking",
        title=title(data, tongue),
        version=tongue.number(data["version"]),
        programs=tongue.tn("problems.programs", data["programs"]),
        tests=tongue.tn("problems.tests", data["tests"]),
    )
    return Message(tongue.join((text, _notes(data["notes"], tongue))))


@view("problems.no_sandbox")
def no_sandbox(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.no_sandbox", slug=data["slug"]))


@view("problems.accepted")
def accepted(data: Data, tongue: Tongue) -> Message:
    """With what to do next."""
    problem = short(UUID(data["version_id"]))
    named = {"title": {"main": data["title"], "bn": data["title_bn"] or data["title"]}}
    text = tongue.t(
        "problems.accepted", title=title(named, tongue), version=tongue.number(data["version"])
    )
    newer = tongue.t("problems.older_stay") if data["version"] > 1 else ""
    return Message(
        tongue.join((text, newer, tongue.t("problems.next_steps"))),
        (
            (button(tongue, "button.problem_card", "problems.card", problem),),
            (button(tongue, "button.my_problems", "problems.list", "mine.0"),),
        ),
    )


@view("problems.refused")
def refused(data: Data, tongue: Tongue) -> Message:
    """What the runs of its programs say against it."""
    found = data["complaints"]
    shown = _complaints(found[:COMPLAINTS_SHOWN], tongue)
    left = len(found) - len(shown)
    more = [tongue.tn("problems.more_complaints", left)] if left else []
    head = tongue.t("problems.refused", slug=data["slug"])
    return Message(lines((head, "", *shown, *more, "", tongue.t("problems.mend_and_send"))))


@view("problems.given_up")
def given_up(data: Data, tongue: Tongue) -> Message:
    """Ours, not the teacher's: an apology."""
    return Message(tongue.t("problems.given_up", slug=data["slug"]))


@view("problems.unchanged")
def unchanged(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.unchanged", slug=data["slug"]))


@view("problems.being_checked")
def being_checked(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.being_checked", slug=data["slug"]))


@view("problems.slug_taken")
def slug_taken(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.slug_taken", slug=data["slug"]))


@view("problems.too_many")
def too_many(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.too_many", limit=tongue.number(data["limit"])))


@view("problems.list")
def list_(data: Data, tongue: Tongue) -> Message:
    own, page = data["own"], data["page"]
    found = data["problems"]
    if own:
        text = tongue.t("problems.mine" if found else "problems.none_mine")
    else:
        text = tongue.t("problems.shared" if found else "problems.none_shared")
    rows = tuple((_line(one, tongue, own=own),) for one in found)
    which = "mine" if own else "shared"
    turns = []
    if page > 0:
        turns.append(button(tongue, "button.previous", "problems.list", f"{which}.{page - 1}"))
    if data["more"]:
        turns.append(button(tongue, "button.next", "problems.list", f"{which}.{page + 1}"))
    other = (
        button(tongue, "button.shared_problems", "problems.list", "shared.0")
        if own
        else button(tongue, "button.my_problems", "problems.list", "mine.0")
    )
    return Message(text, (*rows, *((tuple(turns),) if turns else ()), (other,)))


def _line(one: Sequence[Any], tongue: Tongue, *, own: bool) -> Button:
    problem, both, version, visibility = one
    sign = "👥" if own and visibility == "shared" else "📘"
    number = tongue.number(version)
    named = clip(teachers_text(both, tongue), LABEL_SHOWN - len(number) - 8)
    label = tongue.plain("button.problem", sign=sign, title=named, version=number)
    return Button(label, button_data("problems.card", problem))


@view("problems.card")
def card(data: Data, tongue: Tongue) -> Message:
    problem = data["problem"]
    rows: list[tuple[Button, ...]] = [
        (button(tongue, "button.look_problem", "problems.look", f"{problem}.0"),)
    ]
    if data["own"]:
        share = (
            button(tongue, "button.unshare", "problems.unshare", problem)
            if data["shared"]
            else button(tongue, "button.share", "problems.share", problem)
        )
        kept = (button(tongue, "button.problem_file", "problems.file", problem),)
        rows.append((share, *(kept if data["kept"] else ())))
        if not data["assignments"]:
            rows.append((button(tongue, "button.delete_problem", "problems.delete", problem),))
    back = "mine.0" if data["own"] else "shared.0"
    rows.append((button(tongue, "button.back", "problems.list", back),))
    return Message(tongue.join((_described(data, tongue), _standing(data, tongue))), tuple(rows))


def _described(data: Data, tongue: Tongue) -> str:
    day = datetime.fromisoformat(data["published"]).date()
    return tongue.t(
        "problems.card",
        title=title(data, tongue),
        slug=data["slug"],
        version=tongue.number(data["version"]),
        date=tongue.date(day, "d MMMM y"),
        tests=tongue.tn("problems.tests", data["tests"]),
        hidden=tongue.number(data["hidden"]),
        points=tongue.number(float(data["points"])),
        seconds=tongue.number(data["seconds"]),
        megabytes=tongue.number(data["megabytes"]),
    )


def _standing(data: Data, tongue: Tongue) -> str:
    """Who may use it, and where it is set."""
    if not data["own"]:
        owner = data["owner"]
        if owner is None:
            return tongue.t("problems.nobodys")
        return tongue.t("problems.of", owner=clip(owner, NAME_SHOWN))
    used, outdated = data["assignments"], data["outdated"]
    parts = [tongue.t("problems.is_shared" if data["shared"] else "problems.is_private")]
    if used:
        parts.append(tongue.tn("problems.used", used))
    if outdated:
        parts.append(tongue.tn("problems.outdated", outdated))
    parts.append(tongue.t("problems.how_to_change"))
    return "\n".join(parts)


@view("problems.look")
def look(data: Data, tongue: Tongue) -> Message:
    """The statement and the examples, in pages."""
    problem = data["problem"]
    found = pages(teachers_text(data["statement"], tongue), PAGE) or [""]
    page = min(data["page"], len(found) - 1)
    first, last = page == 0, page + 1 == len(found)
    text = tongue.join(
        (
            f"📘 <b>{escape(title(data, tongue), quote=False)}</b>" if first else "",
            found[page],
            samples(data["samples"], tongue) if last else "",
        )
    )
    more = button(tongue, "button.read_on", "problems.look", f"{problem}.{page + 1}")
    back = button(tongue, "button.problem_card", "problems.card", problem)
    return Message(text, ((back,),) if last else ((more,), (back,)))


@view("problems.file")
def file(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.file"), file=File(data["file"], key=data["key"]))


@view("problems.ask_delete")
def ask_delete(data: Data, tongue: Tongue) -> Message:
    problem = data["problem"]
    return Message(
        tongue.t("problems.ask_delete", title=title(data, tongue)),
        (
            (button(tongue, "button.delete_now", "problems.delete_now", problem),),
            (button(tongue, "button.back", "problems.card", problem),),
        ),
    )


@view("problems.deleted")
def deleted(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("problems.deleted", title=title(data, tongue)),
        ((button(tongue, "button.my_problems", "problems.list", "mine.0"),),),
    )


@view("problems.not_found")
def not_found(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.not_found"))


@view("problems.in_use")
def in_use(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.in_use"))


@view("problems.no_archive")
def no_archive(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("problems.no_archive"))
