"""Who is in a class: a page of people, one person, files in and out."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from bot.routes import data as button_data
from bot.views.common import (
    CAPTION_SHOWN,
    LABEL_SHOWN,
    Keys,
    button,
    clip,
    in_rows,
    lines,
    name,
)
from bot.views.courses import pages, title, to_class
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue
from domain.courses.join_codes import class_payload, deep_link
from domain.courses.roster_file import write

Data = Mapping[str, Any]

SHOWN = 8
"""More complaints, or unknown people, than so many go into a file of their own."""
MEMBER_ROLES: Keys = {
    "student": "role.student",
    "ta": "role.ta",
    "teacher": "role.teacher",
}
STATUSES: Keys = {"active": "roster.active", "dropped": "roster.dropped"}
ACTS: Keys = {
    "student": "button.make_student",
    "ta": "button.make_ta",
    "teacher": "button.make_teacher",
    "drop": "button.drop_member",
    "restore": "button.restore_member",
}
CHANGED: Keys = {
    "role": "roster.changed_role",
    "dropped": "roster.changed_dropped",
    "restored": "roster.changed_restored",
}
YOU_ARE: Keys = {
    "student": "courses.you_are_student",
    "ta": "courses.you_are_ta",
    "teacher": "courses.you_are_teacher",
}
FLAWS: Keys = {
    "not_utf8": "roster.not_utf8",
    "not_csv": "roster.not_csv",
    "empty": "roster.empty_file",
    "no_column": "roster.no_column",
    "too_many_rows": "roster.too_many_rows",
    "nobody": "roster.nobody",
    "bad_id": "roster.bad_id",
    "bad_username": "roster.bad_username",
    "bad_role": "roster.bad_role",
    "twice": "roster.twice",
    "owner_decides": "roster.owner_decides",
}
COLUMNS: Keys = {
    "name": "roster.column_name",
    "username": "roster.column_username",
    "telegram_id": "roster.column_telegram_id",
    "role": "roster.column_role",
    "status": "roster.column_status",
    "joined": "roster.column_joined",
}


@view("roster.page")
def page(data: Data, tongue: Tongue) -> Message:
    class_id, found = data["class"], data["members"]
    rows: Rows = tuple((_line(one, tongue),) for one in found)
    rows = (*rows, *pages(data, tongue, "roster.page", f"{class_id}."))
    if data["code"] is not None:
        rows = (
            *rows,
            (
                button(tongue, "button.roster_out", "roster.take", class_id),
                button(tongue, "button.roster_in", "roster.send", class_id),
            ),
        )
    text = tongue.join(
        (
            tongue.tn("roster.title", data["students"], name=title(data)),
            tongue.t("roster.choose" if found else "roster.nobody_yet"),
        )
    )
    return Message(text, (*rows, to_class(data, tongue)))


def _line(found: Sequence[str], tongue: Tongue) -> Button:
    member, called, role, status = found
    mark = ""
    if status == "dropped":
        mark = f" · {tongue.plain(STATUSES[status])}"
    elif role != "student":
        mark = f" · {tongue.plain(MEMBER_ROLES[role])}"
    label = clip(called, LABEL_SHOWN - len(mark)) + mark
    return Button(label, button_data("roster.person", member))


@view("roster.person")
def person(data: Data, tongue: Tongue) -> Message:
    """Somebody in a class, and what may be done with them."""
    changed = data["changed"]
    known = [tongue.t("roster.person", name=name(data, "member_name"))]
    if data["username"]:
        known.append(escape(f"@{clip(data['username'], LABEL_SHOWN)}", quote=False))
    known.append(tongue.t(MEMBER_ROLES[data["role"]]))
    if data["status"] == "dropped":
        known.append(tongue.t("roster.is_dropped"))
    known.append(
        tongue.t("roster.joined", day=tongue.date(date.fromisoformat(data["joined"]), "d MMMM y"))
    )
    text = tongue.join(("" if changed is None else tongue.t(CHANGED[changed]), lines(known)))
    acts = [_act(act, data["member"], tongue) for act in data["acts"]]
    back = button(tongue, "button.back", "roster.page", f"{data['class']}.0")
    return Message(text, (*in_rows(acts, 2), (back,)))


def _act(act: str, member: str, tongue: Tongue) -> Button:
    if act in ("drop", "restore"):
        return button(tongue, ACTS[act], f"roster.{act}", member)
    return button(tongue, ACTS[act], "roster.make", f"{member}.{act}")


@view("roster.ask_drop")
def ask_drop(data: Data, tongue: Tongue) -> Message:
    sure = button(tongue, "button.drop_now", "roster.drop_now", data["member"])
    back = button(tongue, "button.back", "roster.person", data["member"])
    text = tongue.t("roster.ask_drop", person=name(data, "member_name"), name=title(data))
    return Message(text, ((sure,), (back,)))


@view("roster.you_are")
def you_are(data: Data, tongue: Tongue) -> Message:
    """To somebody whose role in a class was changed."""
    text = tongue.t(YOU_ARE[data["role"]], name=title(data))
    return Message(text, _see(data, tongue))


@view("roster.you_are_in")
def you_are_in(data: Data, tongue: Tongue) -> Message:
    """To somebody who was taken in by a teacher, for the first time or again."""
    text = tongue.t("courses.you_are_in", name=title(data))
    return Message(text, _see(data, tongue))


def _see(data: Data, tongue: Tongue) -> Rows:
    return ((button(tongue, "button.open_class", "courses.card", data["class"]),),)


@view("roster.you_were_dropped")
def you_were_dropped(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("courses.you_were_dropped", name=title(data)))


@view("roster.file")
def file(data: Data, tongue: Tongue) -> Message:
    """Everybody, with words in the teacher's language; they are read back in either."""
    header = [tongue.plain(key) for key in COLUMNS.values()]
    rows = [
        (
            called,
            username,
            telegram_id,
            tongue.plain(MEMBER_ROLES[role]),
            tongue.plain(STATUSES[status]),
            joined,
        )
        for called, username, telegram_id, role, status, joined in data["members"]
    ]
    text = tongue.t("roster.file", name=title(data))
    return Message(text, file=File("roster.csv", content=write(header, rows)))


@view("roster.ask_file")
def ask_file(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "roster.page", f"{data['class']}.0")
    return Message(tongue.t("roster.ask_file", name=title(data)), ((back,),))


@view("roster.file_please")
def file_please(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "roster.page", f"{data['class']}.0")
    return Message(tongue.t("roster.file_please"), ((back,),))


@view("roster.report")
def report(data: Data, tongue: Tongue) -> Message:
    """What is wrong in a file, line by line; a long report is a file itself."""
    found = data["complaints"]
    head = tongue.tn("roster.report", len(found), file=clip(data["file"], LABEL_SHOWN))
    told = [
        tongue.t("roster.at_line", line=tongue.number(line), what=_sentence(flaw, what, tongue))
        for line, flaw, what in found
    ]
    if len(found) <= SHOWN:
        return Message(lines((head, "", *told)))
    whole = "\n".join(
        tongue.plain("roster.at_line", line=tongue.number(line), what=_sentence(flaw, what, tongue))
        for line, flaw, what in found
    )
    text = _few((head, "", *told[:SHOWN]), CAPTION_SHOWN, tongue)
    return Message(text, file=File("report.txt", content=whole.encode()))


def _few(told: Sequence[str], room: int, tongue: Tongue) -> str:
    """As many lines as have room beside the one that says where the others are."""
    rest = tongue.t("roster.rest_in_file")
    return f"{lines(told, room - len(rest) - 1)}\n{rest}"


def _sentence(flaw: str, what: str, tongue: Tongue) -> str:
    """Plain: it is escaped where it is put into a text."""
    return tongue.plain(FLAWS[flaw], what=clip(what, LABEL_SHOWN))


@view("roster.imported")
def imported(data: Data, tongue: Tongue) -> Message:
    """Who came in from a file; whoever never met the bot needs the link."""
    unknown = data["unknown"]
    counted = (
        tongue.tn("roster.added", data["added"]),
        tongue.tn("roster.changed", data["changed"]) if data["changed"] else "",
        tongue.tn("roster.unchanged", data["unchanged"]) if data["unchanged"] else "",
    )
    head = "\n".join(one for one in counted if one)
    back: Rows = ((button(tongue, "button.back", "roster.page", f"{data['class']}.0"),),)
    if not unknown:
        return Message(head, back)
    link = deep_link(data["bot"], class_payload(data["code"]))
    told = [
        tongue.t("roster.at_line", line=tongue.number(line), what=clip(who, LABEL_SHOWN))
        for line, who in unknown
    ]
    asked = tongue.tn("roster.unknown", len(unknown))
    send = tongue.t("roster.send_link", name=title(data), link=link)
    if len(unknown) <= SHOWN:
        return Message(tongue.join((head, lines((asked, *told)), send)), back)
    whole = "\n".join(f"{tongue.number(line)}\t{who}" for line, who in unknown)
    few = _few((asked, *told[:SHOWN]), CAPTION_SHOWN // 2, tongue)
    return Message(
        tongue.join((head, few, send)),
        back,
        file=File("unknown.txt", content=whole.encode()),
    )
