"""Classes: listing, making, changing and leaving them.

/classes ──► list ──► class ──► invite, settings, people, content (each leads back)
               └─ new ──► courses.name ──► courses.section ──► made, with its code
                           (a text)         (a text or "no section")
settings ──► courses.rename, courses.resection (a text each) ──► settings
"""

from typing import Any
from uuid import UUID

from bot.access import TEACHERS
from bot.handlers import practice
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import classes
from domain.courses.access import in_class
from domain.courses.cards import ClassCard, Need
from domain.errors import Refusal

NAME, SECTION = "courses.name", "courses.section"
RENAME, RESECTION = "courses.rename", "courses.resection"


def leave_step(turn: Turn) -> None:
    """Whoever goes elsewhere leaves what was being typed; a practice session is not left."""
    if turn.step is not None and turn.step != practice.STEP:
        turn.go(None)


def page_number(written: str) -> int:
    """From zero."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 5 else 0


def described(card: ClassCard) -> dict[str, Any]:
    """What views say of a class; its code for those alone who hand it out."""
    return {
        "class": short(card.id),
        "name": card.name,
        "section": card.section,
        "standing": card.standing,
        "archived": card.is_archived,
        "code": card.join_code if card.teaches else None,
    }


@routes.command("classes")
async def list_(turn: Turn) -> None:
    leave_step(turn)
    await _list(turn, 0)


@routes.button("courses.list")
async def turn_list(turn: Turn) -> None:
    leave_step(turn)
    await _list(turn, page_number(turn.argument), edit=True)


async def _list(turn: Turn, number: int, *, edit: bool = False) -> None:
    page = await classes.mine(turn.work, turn.person, number)
    turn.say(
        "courses.list",
        edit=edit,
        may_make=turn.person.role in classes.CREATORS,
        page=page.number,
        more=page.more,
        classes=[
            [short(one.id), one.name, one.section, one.standing, one.students, one.is_archived]
            for one in page.lines
        ],
    )


@routes.button("courses.new", TEACHERS)
async def ask_name(turn: Turn) -> None:
    turn.go(NAME)
    turn.say("courses.ask_name", edit=True)


@routes.step(NAME, TEACHERS)
async def type_name(turn: Turn) -> None:
    name = classes.read_class_name(turn.text)
    turn.go(SECTION, name=name)
    turn.say("courses.ask_section", name=name)


@routes.step(SECTION, TEACHERS)
async def type_section(turn: Turn) -> None:
    await _make(turn, turn.text)


@routes.button("courses.no_section", TEACHERS)
async def no_section(turn: Turn) -> None:
    if turn.step == SECTION:
        await _make(turn, None)
    else:
        turn.toast = ("common.stale", {})


async def _make(turn: Turn, section: str | None) -> None:
    name = str(turn.conversation.data["name"])
    card = await classes.create(turn.work, turn.person, name, section)
    turn.go(None)
    _invite(turn, card, "made")


async def _taught(turn: Turn, class_id: UUID) -> ClassCard:
    """The class, for whoever hands its code out and changes it."""
    return await in_class(turn.work, turn.person, class_id, Need.TEACH)


@routes.button("courses.card")
async def look(turn: Turn) -> None:
    leave_step(turn)
    await _look(turn, read_id(turn.argument))


async def _look(turn: Turn, class_id: UUID) -> None:
    seen = await classes.look(turn.work, turn.person, class_id)
    turn.say("courses.card", edit=True, **described(seen.card), students=seen.students)


@routes.button("courses.invite")
async def invite(turn: Turn) -> None:
    card = await _taught(turn, read_id(turn.argument))
    _invite(turn, card, "shown")


def _invite(turn: Turn, card: ClassCard, event: str) -> None:
    """The code, the link and the picture to hand out; `event`: made, shown or renewed."""
    turn.say(
        "courses.invite",
        **described(card),
        event=event,
        bot=turn.environment.username,
        low_data=turn.person.low_data,
    )


@routes.button("courses.settings")
async def settings(turn: Turn) -> None:
    leave_step(turn)
    card = await _taught(turn, read_id(turn.argument))
    _settings(turn, card, edit=True)


def _settings(turn: Turn, card: ClassCard, *, changed: str | None = None, edit: bool) -> None:
    turn.say("courses.settings", edit=edit, **described(card), changed=changed)


@routes.button("courses.rename")
async def ask_new_name(turn: Turn) -> None:
    card = await _asking(turn, RENAME)
    turn.say("courses.ask_new_name", edit=True, **described(card))


@routes.button("courses.resection")
async def ask_new_section(turn: Turn) -> None:
    card = await _asking(turn, RESECTION)
    turn.say("courses.ask_new_section", edit=True, **described(card))


async def _asking(turn: Turn, step: str) -> ClassCard:
    card = await _taught(turn, read_id(turn.argument))
    turn.go(step, **{"class": short(card.id)})
    return card


def of_step(turn: Turn) -> UUID:
    """The class that is being typed about."""
    return read_id(str(turn.conversation.data.get("class", "")))


@routes.step(RENAME)
async def type_new_name(turn: Turn) -> None:
    card = await classes.rename(turn.work, turn.person, of_step(turn), turn.text)
    turn.go(None)
    _settings(turn, card, changed="name", edit=False)


@routes.step(RESECTION)
async def type_new_section(turn: Turn) -> None:
    card = await classes.change_section(turn.work, turn.person, of_step(turn), turn.text)
    turn.go(None)
    _settings(turn, card, changed="section", edit=False)


@routes.button("courses.drop_section")
async def drop_section(turn: Turn) -> None:
    leave_step(turn)
    class_id = read_id(turn.argument)
    card = await classes.change_section(turn.work, turn.person, class_id, None)
    _settings(turn, card, changed="section", edit=True)


@routes.button("courses.new_code")
async def ask_new_code(turn: Turn) -> None:
    card = await _taught(turn, read_id(turn.argument))
    turn.say("courses.ask_new_code", edit=True, **described(card))


@routes.button("courses.renew_code")
async def renew_code(turn: Turn) -> None:
    """`class.code`: a second tap on the same question changes nothing more."""
    written, _, code = turn.argument.partition(".")
    card = await _taught(turn, read_id(written))
    if card.join_code != code:
        raise Refusal("the code was renewed already", "common.stale_button")
    renewed = await classes.renew_code(turn.work, turn.person, card.id)
    _invite(turn, renewed, "renewed")


@routes.button("courses.archive")
async def ask_archive(turn: Turn) -> None:
    card = await _taught(turn, read_id(turn.argument))
    turn.say("courses.ask_archive", edit=True, **described(card))


@routes.button("courses.archive_now")
async def archive(turn: Turn) -> None:
    await _set_archived(turn, archived=True)


@routes.button("courses.unarchive")
async def unarchive(turn: Turn) -> None:
    await _set_archived(turn, archived=False)


async def _set_archived(turn: Turn, *, archived: bool) -> None:
    class_id = read_id(turn.argument)
    card = await classes.set_archived(turn.work, turn.person, class_id, archived=archived)
    _settings(turn, card, changed="archived", edit=True)


@routes.button("courses.leave")
async def ask_leave(turn: Turn) -> None:
    card = await classes.may_leave(turn.work, turn.person, read_id(turn.argument))
    turn.say("courses.ask_leave", edit=True, **described(card))


@routes.button("courses.leave_now")
async def leave(turn: Turn) -> None:
    card = await classes.leave(turn.work, turn.person, read_id(turn.argument))
    turn.say("courses.left", edit=True, **described(card))
