"""Reading what stands in a class, as students do; a material's files; announcements."""

from collections.abc import Mapping
from datetime import time
from html import escape
from typing import Any

from bot.routes import data as button_data
from bot.views.common import LABEL_SHOWN, Keys, button, clip
from bot.views.courses import title as class_title
from bot.views.courses_content import (
    ICONS,
    OPENED_BY,
    excerpt,
    labelled,
    moment,
    paged,
    shown,
    to_item,
)
from bot.views.markdown import pages
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

PAGE = 3000
"""Characters of a text in one message."""
NOTICE = 2000
BYTES_A_MEGABYTE = 1_000_000
DELIVERED: Keys = {
    "sent": "building.delivery_sent",
    "waiting": "building.delivery_waiting",
    "muted": "building.delivery_muted",
    "blocked": "building.delivery_blocked",
    "failed": "building.delivery_failed",
}
FILES_CHANGED: Keys = {
    "added": "building.file_added",
    "removed": "building.file_removed",
    "full": "building.files_full",
    "typed": "building.file_please",
}


@view("content.read")
def read(data: Data, tongue: Tongue) -> Message:
    """The modules that students see."""
    rows: Rows = tuple(
        (labelled("📂", title, "content.read_module", module_id),)
        for module_id, title, _items, _published in data["modules"]
    )
    leave = "content.modules" if data["staff"] else "courses.card"
    back = (button(tongue, "button.back", leave, data["class"]),)
    rows = (*rows, *paged(data, tongue, "content.read", data["class"]), back)
    head = tongue.t(
        "content.modules" if data["modules"] else "content.nothing_yet", name=class_title(data)
    )
    archived = tongue.t("content.archived") if data["archived"] else ""
    return Message(tongue.join((head, archived)), rows)


@view("content.read_module")
def read_module(data: Data, tongue: Tongue) -> Message:
    rows: Rows = tuple((_line(one),) for one in data["items"])
    back = (button(tongue, "button.back", "content.read", data["class"]),)
    text = tongue.join(
        (
            tongue.t("content.module_head", title=shown(data), name=class_title(data)),
            excerpt(data["text"], PAGE),
            "" if data["items"] else tongue.t("content.module_empty"),
        )
    )
    rows = (*rows, *paged(data, tongue, "content.read_module", data["module"]), back)
    return Message(text, rows)


def _line(one: Data) -> Button:
    route = OPENED_BY.get(one["kind"], "content.open")
    return labelled(ICONS[one["kind"]], one["title"], route, one["item"])


@view("content.open")
def open_(data: Data, tongue: Tongue) -> Message:
    """A material or an announcement, page by page; its files with the last page."""
    found = pages(data["text"], PAGE) or [""]
    page = min(data["page"], len(found) - 1)
    last = page + 1 == len(found)
    text = tongue.join(
        (
            f"{ICONS[data['kind']]} <b>{escape(shown(data), quote=False)}</b>",
            found[page],
            _more(data, tongue) if last else "",
        )
    )
    rows: Rows = ()
    if not last:
        more = f"{data['item']}.{page + 1}"
        rows = ((button(tongue, "button.read_on", "content.open", more),),)
    else:
        rows = tuple((_file(*one),) for one in data["files"])
        if data["kind"] == "assignment":
            do = button(tongue, "button.to_assignment", "submissions.assignment", data["item"])
            rows = ((do,),)
        if data["kind"] == "quiz":
            rows = ((button(tongue, "button.to_quiz", "quiz.open", data["item"]),),)
    route, thing = ("content.item", "item") if data["staff"] else ("content.read_module", "module")
    return Message(text, (*rows, (button(tongue, "button.back", route, data[thing]),)))


def _more(data: Data, tongue: Tongue) -> str:
    lines = []
    if data["due"] is not None:
        time = moment(data["due"], data["year"], tongue)
        lines.append(tongue.t("content.due", time=time))
    if data["kind"] == "quiz":
        lines.append(tongue.tn("content.questions", data["problems"]))
    if data["kind"] == "material" and not data["text"] and not data["files"]:
        lines.append(tongue.t("content.nothing_in_it"))
    return "\n".join(lines)


def _file(file_id: str, name: str, _size: int) -> Button:
    return labelled("📎", name, "content.file", file_id)


@view("content.file")
def file(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("content.file", title=shown(data))
    return Message(text, file=File(data["name"], key=data["key"]))


@view("content.ask_text")
def ask_text(data: Data, tongue: Tongue) -> Message:
    """It takes the place of what is there, or is added to it."""
    rows: Rows = (to_item(data, tongue),)
    if data["has"] and not data["more"]:
        clear = (button(tongue, "button.clear_text", "content.clear", data["item"]),)
        rows = (clear, *rows)
        if data["kind"] == "material":
            more = button(tongue, "button.add_text", "content.describe", f"{data['item']}.more")
            rows = ((more,), *rows)
    asked = tongue.t(
        "building.ask_more_text" if data["more"] else "building.ask_text", title=shown(data)
    )
    return Message(tongue.join((asked, tongue.t("building.formatting"))), rows)


@view("content.files")
def files(data: Data, tongue: Tongue) -> Message:
    """A material's files, each with a button that takes it away; more may be sent."""
    changed = data["changed"]
    most = tongue.number(data["most"])
    kept = tongue.tn("content.files", len(data["files"])) if data["files"] else ""
    text = tongue.join(
        (
            "" if changed is None else tongue.t(FILES_CHANGED[changed], most=most),
            tongue.t("building.ask_files", title=shown(data), most=most),
            "\n".join((kept, *(_listed(*one, tongue=tongue) for one in data["files"]))).strip(),
        )
    )
    removes = tuple(
        (labelled("🗑", name, "content.remove_file", file_id),)
        for file_id, name, _size in data["files"]
    )
    return Message(text, (*removes, to_item(data, tongue)))


def _listed(_file_id: str, name: str, size: int, *, tongue: Tongue) -> str:
    megabytes = tongue.number(max(round(size / BYTES_A_MEGABYTE, 1), 0.1))
    return tongue.t("building.file", name=clip(name, LABEL_SHOWN * 2), megabytes=megabytes)


@view("announcements.ask")
def ask_to_tell(data: Data, tongue: Tongue) -> Message:
    """As students will read it, and how many there are."""
    text = tongue.join(
        (
            tongue.tn("building.ask_tell", data["students"]),
            _announced(data, tongue),
        )
    )
    yes = button(tongue, "button.tell", "announcements.tell", data["item"])
    return Message(text, ((yes,), to_item(data, tongue)))


def _announced(data: Data, tongue: Tongue) -> str:
    head = tongue.t("content.announced", title=shown(data), name=shown(data, "class_name"))
    return tongue.join((head, excerpt(data["text"], NOTICE)))


@view("announcements.told")
def told(data: Data, tongue: Tongue) -> Message:
    text = tongue.tn("building.told", data["students"], title=shown(data))
    report = button(tongue, "button.delivery", "announcements.delivery", data["item"])
    return Message(text, ((report,), to_item(data, tongue)))


@view("announcements.delivery")
def delivery(data: Data, tongue: Tongue) -> Message:
    """How many it has reached, and why not the others; what is nobody is left out."""
    counts = data["counts"]
    lines = [
        tongue.t(DELIVERED[kind], count=tongue.number(counts[kind]))
        for kind in DELIVERED
        if counts[kind] or kind == "sent"
    ]
    if data["quiet"]:
        place = 1 + list(DELIVERED).index("waiting")
        lines.insert(place, tongue.t("building.delivery_quiet", count=tongue.number(data["quiet"])))
    head = tongue.t("building.delivery", title=shown(data), name=shown(data, "class_name"))
    at = tongue.clock(time.fromisoformat(data["at"]))
    text = tongue.join(
        (
            head,
            "\n".join(lines) if data["told"] else tongue.t("building.delivery_none"),
            tongue.t("building.delivery_later", time=at),
        )
    )
    refresh = button(tongue, "button.refresh_delivery", "announcements.delivery", data["item"])
    return Message(text, ((refresh,), to_item(data, tongue)))


@view("announcements.notice")
def notice(data: Data, tongue: Tongue) -> Message:
    look = button(tongue, "button.open_item", "content.open", data["item"])
    to_class = Button(
        clip(f"📚 {data['class_name']}", LABEL_SHOWN), button_data("courses.card", data["class"])
    )
    rows: Rows = ((to_class,),)
    if len(pages(data["text"] or "", NOTICE)) > 1:
        rows = ((look,), *rows)
    return Message(_announced(data, tongue), rows)
