"""Classes: the list, a class for whoever teaches or attends it, its settings."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.routes import data as button_data
from bot.views.charts import FONTS
from bot.views.common import LABEL_SHOWN, Keys, button, clip
from bot.views.message import Button, Message, Rows
from bot.views.pictures.qr import JoinPicture, draw_join_card
from bot.views.registry import view
from bot.views.tongue import Tongue
from domain.courses.join_codes import class_payload, deep_link, shown
from domain.people.records import Language

Data = Mapping[str, Any]

NAME_SHOWN = 100
STAFF = frozenset({"owner", "teacher"})
MARKS: Mapping[str, str] = {"owner": "🏫", "teacher": "🏫", "ta": "🤝", "student": "📚"}
ARCHIVED = "🗄"
STANDINGS: Keys = {
    "owner": "courses.as_owner",
    "teacher": "courses.as_teacher",
    "ta": "courses.as_ta",
    "student": "courses.as_student",
}
CHANGED: Keys = {
    "name": "teaching.changed_name",
    "section": "teaching.changed_section",
    "archived": "teaching.changed_archived",
}
INVITED: Keys = {
    "made": "teaching.made",
    "shown": "teaching.invite",
    "renewed": "teaching.renewed",
}


def title(data: Data, key: str = "name") -> str:
    """A class's name, not escaped: as a value for a text."""
    return clip(str(data[key]), NAME_SHOWN)


def to_class(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "courses.card", data["class"]),)


@view("courses.not_found")
def not_found(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("courses.not_found"))


@view("courses.archived")
def archived(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("courses.archived", name=title(data)))


@view("courses.owner_stays")
def owner_stays(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("teaching.owner_stays", name=title(data)))


@view("courses.name_unusable")
def name_unusable(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("teaching.name_unusable", data["limit"]))


@view("courses.list")
def list_(data: Data, tongue: Tongue) -> Message:
    """One button a class; a page of them."""
    found, may_make = data["classes"], data["may_make"]
    rows: Rows = tuple((_line(one, tongue),) for one in found)
    if may_make:
        rows = (*rows, (button(tongue, "button.new_class", "courses.new"),))
    rows = (*rows, *pages(data, tongue, "courses.list"))
    if not found:
        return Message(tongue.t("teaching.no_classes" if may_make else "courses.none"), rows)
    return Message(tongue.t("teaching.list" if may_make else "courses.list"), rows)


def _line(one: Sequence[Any], tongue: Tongue) -> Button:
    """A class, with how many students it has for whoever teaches or assists there."""
    class_id, named, section, standing, students, archived = one
    mark = ARCHIVED if archived else MARKS[standing]
    count = "" if standing == "student" else f" · {tongue.number(students)}"
    whole = named if section is None else f"{named} · {section}"
    return Button(
        f"{mark} {clip(whole, LABEL_SHOWN - len(count) - 3)}{count}",
        button_data("courses.card", class_id),
    )


def pages(data: Data, tongue: Tongue, route: str, prefix: str = "") -> Rows:
    """The ways to the pages before and after, where there are any."""
    number, steps = data["page"], []
    if number > 0:
        steps.append(button(tongue, "button.previous", route, f"{prefix}{number - 1}"))
    if data["more"]:
        steps.append(button(tongue, "button.next", route, f"{prefix}{number + 1}"))
    return (tuple(steps),) if steps else ()


@view("courses.ask_name")
def ask_name(_data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.back", "courses.list")
    return Message(tongue.t("teaching.ask_name"), ((back,),))


@view("courses.ask_section")
def ask_section(data: Data, tongue: Tongue) -> Message:
    none = button(tongue, "button.no_section", "courses.no_section")
    return Message(tongue.t("teaching.ask_section", name=title(data)), ((none,),))


@view("courses.card")
def card(data: Data, tongue: Tongue) -> Message:
    """What one can do in a class, by what one is there."""
    class_id, standing = data["class"], data["standing"]
    back = (button(tongue, "button.back", "courses.list"),)
    text = tongue.join((_headed(data, tongue), _state(data, tongue)))
    if standing == "student":
        learn = button(tongue, "button.class_content", "content.read", class_id)
        leave = button(tongue, "button.leave_class", "courses.leave", class_id)
        return Message(text, ((learn,), (leave,), back))
    content = button(tongue, "button.class_content", "content.modules", class_id)
    people = button(tongue, "button.class_people", "roster.page", f"{class_id}.0")
    rows: Rows = ((content, people),)
    if standing in STAFF:
        meeting = button(tongue, "button.class_meeting", "calendar.new", class_id)
        rows = (*rows, (meeting,))
        hand_out = button(tongue, "button.class_invite", "courses.invite", class_id)
        change = button(tongue, "button.class_settings", "courses.settings", class_id)
        rows = (*rows, (hand_out, change))
    if standing != "owner":
        rows = (*rows, (button(tongue, "button.leave_class", "courses.leave", class_id),))
    return Message(text, (*rows, back))


def _headed(data: Data, tongue: Tongue) -> str:
    if data["section"] is None:
        return tongue.t("courses.title", name=title(data))
    return tongue.t("courses.title_of_section", name=title(data), section=title(data, "section"))


def _state(data: Data, tongue: Tongue) -> str:
    lines = [tongue.t(STANDINGS[data["standing"]])]
    if data["standing"] != "student":
        lines.append(tongue.tn("courses.students", data["students"]))
    if data["code"] is not None:
        lines.append(tongue.t("teaching.code", code=shown(data["code"])))
    if data["archived"]:
        lines.append(tongue.t("courses.is_archived"))
    return "\n".join(lines)


@view("courses.invite")
def invite(data: Data, tongue: Tongue) -> Message:
    """What a teacher hands out: the code, the link, the picture of both."""
    link = deep_link(data["bot"], class_payload(data["code"]))
    text = tongue.t(INVITED[data["event"]], name=title(data), code=shown(data["code"]), link=link)
    rows: Rows = (
        (button(tongue, "button.open_class", "courses.card", data["class"]),),
        (button(tongue, "button.new_code", "courses.new_code", data["class"]),),
    )
    if data["event"] != "shown":
        rows = rows[:1]
    if data["low_data"]:
        return Message(text, rows)
    picture = partial(draw_join_card, _join_picture(data, link, tongue), FONTS)
    return Message(text, rows, picture=picture)


def _join_picture(data: Data, link: str, tongue: Tongue) -> JoinPicture:
    """Its steps come in both languages: a class reads either."""
    other = Tongue(Language.EN if tongue.language is Language.BN else Language.BN, {})
    return JoinPicture(
        name=data["name"],
        section=data["section"] or "",
        label=tongue.plain("picture.class_code"),
        code=shown(data["code"]),
        link=link,
        steps=tuple(one.plain("picture.how_to_join") for one in (tongue, other)),
    )


@view("courses.settings")
def settings(data: Data, tongue: Tongue) -> Message:
    class_id, changed = data["class"], data["changed"]
    text = tongue.join(
        (
            "" if changed is None else tongue.t(CHANGED[changed]),
            _headed(data, tongue),
            tongue.t("courses.is_archived") if data["archived"] else "",
            tongue.t("teaching.settings"),
        )
    )
    archive = (
        button(tongue, "button.unarchive_class", "courses.unarchive", class_id)
        if data["archived"]
        else button(tongue, "button.archive_class", "courses.archive", class_id)
    )
    return Message(
        text,
        (
            (
                button(tongue, "button.class_name", "courses.rename", class_id),
                button(tongue, "button.class_section", "courses.resection", class_id),
            ),
            (button(tongue, "button.new_code", "courses.new_code", class_id), archive),
            to_class(data, tongue),
        ),
    )


def _to_settings(data: Data, tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "courses.settings", data["class"]),)


@view("courses.ask_new_name")
def ask_new_name(data: Data, tongue: Tongue) -> Message:
    text = tongue.t("teaching.ask_new_name", name=title(data))
    return Message(text, (_to_settings(data, tongue),))


@view("courses.ask_new_section")
def ask_new_section(data: Data, tongue: Tongue) -> Message:
    none = button(tongue, "button.no_section", "courses.drop_section", data["class"])
    text = tongue.t("teaching.ask_new_section", name=title(data))
    return Message(text, ((none,), _to_settings(data, tongue)))


@view("courses.ask_new_code")
def ask_new_code(data: Data, tongue: Tongue) -> Message:
    sure = button(
        tongue, "button.renew_code", "courses.renew_code", f"{data['class']}.{data['code']}"
    )
    text = tongue.t("teaching.ask_new_code", name=title(data), code=shown(data["code"]))
    return Message(text, ((sure,), _to_settings(data, tongue)))


@view("courses.ask_archive")
def ask_archive(data: Data, tongue: Tongue) -> Message:
    sure = button(tongue, "button.archive_now", "courses.archive_now", data["class"])
    text = tongue.t("teaching.ask_archive", name=title(data))
    return Message(text, ((sure,), _to_settings(data, tongue)))


@view("courses.ask_leave")
def ask_leave(data: Data, tongue: Tongue) -> Message:
    sure = button(tongue, "button.leave_now", "courses.leave_now", data["class"])
    text = tongue.t("courses.ask_leave", name=title(data))
    return Message(text, ((sure,), to_class(data, tongue)))


@view("courses.left")
def left(data: Data, tongue: Tongue) -> Message:
    back = button(tongue, "button.my_classes", "courses.list")
    return Message(tongue.t("courses.left", name=title(data)), ((back,),))
