"""What stands in a module, for those who teach: the card of an item, and what all cards share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.routes import data as button_data
from bot.views.common import LABEL_SHOWN, Keys, button, clip
from bot.views.courses import pages as page_buttons
from bot.views.markdown import pages
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

TITLE_SHOWN = 120
EXCERPT = 900
"""Characters of an item's text on its card."""
ICONS: Mapping[str, str] = {
    "material": "📚",
    "announcement": "📣",
    "assignment": "📝",
    "quiz": "❓",
}
OPENED_BY: Mapping[str, str] = {"assignment": "submissions.assignment", "quiz": "quiz.open"}
"""What a student does rather than reads."""
DRAFT = "✏️"
KINDS: Keys = {
    "material": "content.material",
    "announcement": "content.announcement",
    "assignment": "content.assignment",
    "quiz": "content.quiz",
}
MODES: Keys = {
    "practice": "content.mode_practice",
    "homework": "content.mode_homework",
    "exam": "content.mode_exam",
}
CHANGED: Keys = {
    "made": "building.made",
    "title": "building.changed_title",
    "text": "building.changed_text",
    "date": "building.changed_date",
    "date_cleared": "building.date_cleared",
    "published": "building.published_now",
    "unpublished": "building.unpublished_now",
    "moved": "building.moved",
}


def shown(data: Data, key: str = "title") -> str:
    """A title, not escaped: as a value for a text."""
    return clip(str(data[key]), TITLE_SHOWN)


def labelled(mark: str, title: str, route: str, argument: str) -> Button:
    return Button(clip(f"{mark} {title}", LABEL_SHOWN), button_data(route, argument))


def paged(data: Data, tongue: Tongue, route: str, id_: str) -> Rows:
    return page_buttons(data, tongue, route, f"{id_}.")


def to_item(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "content.item", data["item"]),)


def to_module(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "content.module", data["module"]),)


def moment(written: str, year: int, tongue: Tongue) -> str:
    """A day and a time, with its year where that is another than now."""
    instant = datetime.fromisoformat(written)
    if instant.year == year:
        return tongue.moment(instant)
    day = tongue.date(instant.date(), "EEEE, d MMMM y")
    return tongue.t("time.moment", day=day, clock=tongue.clock(instant))


def excerpt(text: str | None, limit: int = EXCERPT) -> str:
    """The beginning of a text, as its readers see it."""
    found = pages(text or "", limit)
    return found[0] + ("\n…" if len(found) > 1 else "") if found else ""


@view("content.item")
def item(data: Data, tongue: Tongue) -> Message:
    """What an item is, whether students see it, and what can be done with it."""
    changed = data["changed"]
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            _head(data, tongue),
            "\n".join(_state(data, tongue)),
            "\n".join(_facts(data, tongue)),
            excerpt(data["text"]),
        )
    )
    rows = _acts(data, tongue) if data["may_edit"] else (_looks(data, tongue),)
    return Message(text, (*rows, *_results(data, tongue), to_module(data, tongue)))


def _head(data: Data, tongue: Tongue) -> str:
    return tongue.t(
        "content.item_head",
        icon=ICONS[data["kind"]],
        title=shown(data),
        kind=tongue.plain(KINDS[data["kind"]]),
        module=shown(data, "module_title"),
    )


def _state(data: Data, tongue: Tongue) -> list[str]:
    lines = []
    if not data["published"]:
        lines.append(tongue.t("building.is_draft"))
    elif not data["module_published"]:
        lines.append(tongue.t("building.in_draft_module"))
    elif data["opens_later"]:
        lines.append(tongue.t("building.will_open"))
    else:
        lines.append(tongue.t("building.is_open"))
    if data["release"] is not None:
        time = moment(data["release"], data["year"], tongue)
        lines.append(tongue.t("content.release", time=time))
    if data["due"] is not None:
        time = moment(data["due"], data["year"], tongue)
        lines.append(tongue.t("content.was_due" if data["over"] else "content.due", time=time))
    return lines


def _facts(data: Data, tongue: Tongue) -> list[str]:
    lines = []
    if data["mode"] is not None:
        lines.append(tongue.t(MODES[data["mode"]]))
    if data["minutes"] is not None:
        lines.append(tongue.tn("content.minutes", data["minutes"]))
    if data["kind"] == "assignment":
        points = tongue.number(float(data["worth"]))
        lines.append(tongue.tn("content.problems", data["problems"], points=points))
    if data["kind"] == "quiz":
        lines.append(tongue.tn("content.questions", data["problems"]))
    if data["files"]:
        lines.append(tongue.tn("content.files", data["files"]))
    return lines


def _acts(data: Data, tongue: Tongue) -> Rows:
    item_id = data["item"]
    rows: Rows = (_of_kind(data, tongue),) if data["kind"] != "announcement" else ()
    edits = (
        button(tongue, "button.edit_title", "content.retitle", item_id),
        button(tongue, "button.edit_text", "content.describe", item_id),
    )
    publish = (
        button(tongue, "button.unpublish", "content.unpublish", item_id)
        if data["published"]
        else button(tongue, "button.publish", "content.publish", item_id)
    )
    shifts = (
        button(tongue, "button.raise", "content.raise", item_id),
        button(tongue, "button.lower", "content.lower", item_id),
        button(tongue, "button.move", "content.move", item_id),
        button(tongue, "button.delete_item", "content.delete", item_id),
    )
    return (*rows, edits, *_dates(data, tongue), (publish, *_looks(data, tongue)), shifts)


def _of_kind(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    item_id = data["item"]
    if data["kind"] == "material":
        return (button(tongue, "button.files", "content.files", item_id),)
    if data["kind"] == "quiz":
        return (button(tongue, "button.quiz_problems", "quizzes.problems", item_id),)
    return (
        button(tongue, "button.set_problems", "assignments.problems", item_id),
        button(tongue, "button.assignment_setup", "assignments.setup", item_id),
    )


def _dates(data: Data, tongue: Tongue) -> Rows:
    release = button(tongue, "button.release", "content.dates", f"{data['item']}.r")
    due = button(tongue, "button.due", "content.dates", f"{data['item']}.d")
    if data["kind"] == "announcement":
        return ()
    return ((release,),) if data["kind"] == "material" else ((release, due),)


def _looks(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    route = OPENED_BY.get(data["kind"], "content.open")
    return (button(tongue, "button.as_student", route, data["item"]),)


def _results(data: Data, tongue: Tongue) -> Rows:
    if data["kind"] == "announcement" and data["published"] and data["may_edit"]:
        return ((button(tongue, "button.delivery", "announcements.delivery", data["item"]),),)
    if data["kind"] != "quiz":
        return ()
    return ((button(tongue, "button.quiz_results", "quiz.results", data["item"]),),)
