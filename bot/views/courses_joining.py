"""Coming into a class by its code, and becoming a teacher by an invitation."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import Keys, button, name
from bot.views.courses import title
from bot.views.message import Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

OUTCOMES: Keys = {
    "joined": "join.joined",
    "member": "join.member",
    "owner": "join.owner",
    "dropped": "join.dropped",
    "archived": "join.archived",
}
INSIDE = frozenset({"joined", "member", "owner"})
ACCEPTANCES: Keys = {
    "accepted": "join.teacher_now",
    "needless": "join.teacher_needless",
    "teaches": "join.teacher_already",
    "expired": "join.invitation_expired",
    "used": "join.invitation_used",
    "unknown": "join.invitation_unknown",
}
HOUR, MINUTE = 3600, 60


@view("join.ask_code")
def ask_code(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("join.ask_code"))


@view("join.code_unreadable")
def code_unreadable(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("join.code_unreadable", data["length"]))


@view("join.code_letters")
def code_letters(data: Data, tongue: Tongue) -> Message:
    """Letters that no code has: somebody misread one."""
    return Message(tongue.t("join.code_letters", letters=", ".join(data["letters"][:6])))


@view("join.wait")
def wait(data: Data, tongue: Tongue) -> Message:
    seconds = data["seconds"]
    if seconds > HOUR:
        return Message(tongue.tn("join.wait_hours", -(-seconds // HOUR)))
    return Message(tongue.tn("join.wait_minutes", -(-seconds // MINUTE)))


@view("join.unknown")
def unknown(data: Data, tongue: Tongue) -> Message:
    """No class has this code; somebody who registers may go on without one."""
    rows: Rows = ()
    if data["registering"]:
        rows = ((button(tongue, "button.no_code", "register.no_code"),),)
    return Message(tongue.t("join.unknown"), rows)


@view("join.told")
def told(data: Data, tongue: Tongue) -> Message:
    """What a code that a class has came to."""
    rows: Rows = ()
    if data["outcome"] in INSIDE:
        rows = ((button(tongue, "button.open_class", "courses.card", data["class"]),),)
    return Message(tongue.t(OUTCOMES[data["outcome"]], name=title(data)), rows)


@view("join.invitation")
def invitation(data: Data, tongue: Tongue) -> Message:
    """What following a teacher's invitation came to."""
    found = data["acceptance"]
    rows: Rows = ()
    if found in ("accepted", "needless", "teaches"):
        rows = ((button(tongue, "button.my_classes", "courses.list"),),)
    return Message(tongue.t(ACCEPTANCES[found], name=name(data)), rows)


@view("join.invite_teacher")
def invite_teacher(data: Data, tongue: Tongue) -> Message:
    """To an admin: the link, which is shown this once."""
    return Message(tongue.tn("join.invite_teacher", data["days"], link=data["link"]))
