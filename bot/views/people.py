"""Registration, help, and what is said when words are missing or not understood."""

from collections.abc import Mapping
from typing import Any

from bot.access import TEACHERS
from bot.views.common import (
    CLASSES,
    LABEL_SHOWN,
    LANGUAGES,
    Keys,
    begin_button,
    button,
    clip,
    in_rows,
    name,
)
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

HELP: Keys = {
    "register.language": "people.help_language",
    "register.name": "people.help_name",
    "register.class": "people.help_class",
    "practice": "people.help_practice",
    "quiz": "quiz.help",
    "quiz.end": "quiz.tap_please",
    "submissions.problem": "submissions.help",
    "settings.name": "people.help_new_name",
    "settings.timezone": "people.help_timezone",
    "settings.reminder": "settings.ask_reminder",
    "settings.quiet": "settings.ask_quiet",
    "account.erase": "people.help_erase",
    "holidays.add": "holidays.ask",
    "problems": "problems.file_please",
    "register.code": "people.help_code",
    "join.code": "people.help_join",
    "courses.name": "people.help_class_name",
    "courses.section": "people.help_class_name",
    "courses.rename": "people.help_class_name",
    "courses.resection": "people.help_class_name",
    "roster.import": "people.help_roster",
    "calendar.title": "calendar.help_title",
    "calendar.retitle": "calendar.help_title",
    "calendar.when": "calendar.help_when",
    "calendar.draft": "calendar.help_when",
    "calendar.retime": "calendar.help_when",
    "calendar.until": "calendar.help_until",
}


@view("people.ask_language")
def ask_language(_data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t("people.ask_language"),
        (tuple(button(tongue, key, "register.language", code) for code, key in LANGUAGES.items()),),
    )


@view("people.ask_name")
def ask_name(data: Data, tongue: Tongue) -> Message:
    # The name itself is the label: a label is no HTML, so it stays as it is.
    offer = Button(clip(data["offer"], LABEL_SHOWN), "register.name")
    return Message(tongue.t("people.ask_name"), ((offer,),))


@view("people.ask_class")
def ask_class(data: Data, tongue: Tongue) -> Message:
    """School maths, a class code, or both; whoever has a class already may want maths as well."""
    grades = tuple(button(tongue, key, "register.class", one) for one, key in CLASSES.items())
    joins = data["joins"]
    if joins is not None:
        text = tongue.t("people.ask_class_too", name=name(data), joins=name(data, "joins"))
        only = button(tongue, "button.only_the_class", "register.class", "none")
        return Message(text, (grades, (only,)))
    has_code = button(tongue, "button.have_code", "register.code")
    no_maths = button(tongue, "button.no_class", "register.class", "none")
    text = tongue.t("people.ask_class", name=name(data))
    return Message(text, (grades, (has_code,), (no_maths,)))


@view("people.ask_code")
def ask_code(_data: Data, tongue: Tongue) -> Message:
    none = button(tongue, "button.no_code", "register.no_code")
    return Message(tongue.t("people.ask_code"), ((none,),))


@view("people.registered")
def registered(data: Data, tongue: Tongue) -> Message:
    """What they came for, a class or an invitation, is told in a message of its own."""
    if data["grade"] is None:
        text = tongue.t(
            "people.registered_brief" if data["promised"] else "people.registered_without_class",
            name=name(data),
        )
        return Message(text)
    text = tongue.t("people.registered", name=name(data))
    return Message(text, ((button(tongue, "button.first_practice", "practice.begin"),),))


@view("people.welcome_back")
def welcome_back(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("people.welcome_back", name=name(data)), _ways(tongue))


@view("people.help")
def help_(data: Data, tongue: Tongue) -> Message:
    """What fits where the person stands; without a conversation, what there is."""
    here = HELP.get(data["step"] or "")
    if here is not None:
        return Message(tongue.t(here))
    if not data["registered"]:
        return Message(tongue.t("people.help_stranger"))
    text = tongue.join(
        (
            tongue.t("people.help"),
            tongue.t("people.help_no_class") if data["grade"] is None else "",
            tongue.t("people.help_teacher") if data["role"] in TEACHERS else "",
            tongue.t("people.help_admin") if data["role"] == "admin" else "",
        )
    )
    return Message(text, _ways(tongue))


@view("people.nothing_to_cancel")
def nothing_to_cancel(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("people.nothing_to_cancel"))


@view("people.cancelled")
def cancelled(data: Data, tongue: Tongue) -> Message:
    if data["registered"]:
        return Message(tongue.t("people.cancelled"), _ways(tongue))
    return Message(tongue.t("people.registration_cancelled"))


@view("people.not_understood")
def not_understood(data: Data, tongue: Tongue) -> Message:
    """A text that nothing waits for; somebody with an open session most likely answered it."""
    if data.get("practising"):
        return Message(tongue.t("people.answer_after_pause"), (_resume(tongue),))
    return Message(tongue.t("people.not_understood"), _ways(tongue))


@view("people.unknown_command")
def unknown_command(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("people.unknown_command"), _ways(tongue))


@view("people.not_allowed")
def not_allowed(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("people.not_allowed"))


@view("people.edit_ignored")
def edit_ignored(data: Data, tongue: Tongue) -> Message:
    if data["practising"]:
        return Message(tongue.t("people.edit_ignored_practising"))
    return Message(tongue.t("people.edit_ignored"))


@view("people.words_please")
def words_please(data: Data, tongue: Tongue) -> Message:
    if data["practising"]:
        return Message(tongue.t("people.words_please_practising"))
    return Message(tongue.t("people.words_please"))


@view("people.name_empty")
def name_empty(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("people.name_empty"))


@view("people.name_too_long")
def name_too_long(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("people.name_too_long", data["limit"]))


@view("people.class_unknown")
def class_unknown(_data: Data, tongue: Tongue) -> Message:
    choose = button(tongue, "button.choose_class", "settings.choose", "class")
    return Message(tongue.t("people.class_unknown"), ((choose,),))


def _resume(tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.resume", "practice.resume"),)


def _ways(tongue: Tongue) -> Rows:
    """Where one can go from nowhere in particular."""
    others = (
        button(tongue, "button.streak", "practice.streak"),
        button(tongue, "button.progress", "practice.progress"),
        button(tongue, "button.settings", "settings.menu"),
    )
    return ((begin_button(tongue),), *in_rows(others, 3))
