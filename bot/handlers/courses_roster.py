"""Who is in a class: pages of people, one person, files in and out.

class ──► people ──► a person ──► other role, dropped, restored
             └─ from a file ──► roster.import (a file) ──► report, or taken in
"""

from typing import Any

from bot.handlers.courses import described, leave_step, of_step, page_number
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import roster, roster_import
from domain.courses.access import in_class
from domain.courses.cards import ClassCard, Member, MemberCard, Need
from domain.courses.records import EnrollmentRole
from domain.courses.roster_file import BYTES
from domain.courses.roster_import import Imported
from domain.errors import Refusal

IMPORT = "roster.import"


@routes.button("roster.page")
async def page(turn: Turn) -> None:
    """`class.page`."""
    leave_step(turn)
    written, _, number = turn.argument.partition(".")
    seen = await roster.page(turn.work, turn.person, read_id(written), page_number(number))
    turn.say(
        "roster.page",
        edit=True,
        **described(seen.card),
        students=seen.students,
        page=seen.number,
        more=seen.more,
        members=[
            [short(one.enrollment_id), one.name, one.role, one.status] for one in seen.members
        ],
    )


@routes.button("roster.person")
async def person(turn: Turn) -> None:
    _say(turn, await roster.member(turn.work, turn.person, read_id(turn.argument)))


def _say(turn: Turn, card: MemberCard, *, changed: str | None = None) -> None:
    found = card.member
    turn.say(
        "roster.person",
        edit=True,
        **described(card.in_class),
        **_member(found),
        changed=changed,
        joined=turn.person.local(found.joined_at).date().isoformat(),
        acts=list(roster.acts(card)),
    )


def _member(found: Member) -> dict[str, Any]:
    return {
        "member": short(found.enrollment_id),
        "member_name": found.name,
        "username": found.username,
        "role": found.role,
        "status": found.status,
    }


@routes.button("roster.make")
async def make(turn: Turn) -> None:
    """`member.role`."""
    written, _, role = turn.argument.partition(".")
    if role not in set(EnrollmentRole):
        raise Refusal("no such role in a class", "common.stale_button")
    before = await roster.member(turn.work, turn.person, read_id(written))
    card = await roster.change_role(
        turn.work, turn.person, before.member.enrollment_id, EnrollmentRole(role)
    )
    _say(turn, card, changed="role")
    if card.member.role is not before.member.role:
        someone = await roster.someone(turn.work, card)
        turn.tell(someone, "roster.you_are", **_told(card.in_class), role=card.member.role)


@routes.button("roster.drop")
async def ask_drop(turn: Turn) -> None:
    card = await roster.check_drop(turn.work, turn.person, read_id(turn.argument))
    turn.say("roster.ask_drop", edit=True, **described(card.in_class), **_member(card.member))


@routes.button("roster.drop_now")
async def drop(turn: Turn) -> None:
    before = await roster.check_drop(turn.work, turn.person, read_id(turn.argument))
    card = await roster.drop(turn.work, turn.person, before.member.enrollment_id)
    _say(turn, card, changed="dropped")
    if card.member.status is not before.member.status:
        someone = await roster.someone(turn.work, card)
        turn.tell(someone, "roster.you_were_dropped", **_told(card.in_class))


@routes.button("roster.restore")
async def restore(turn: Turn) -> None:
    before = await roster.check_drop(turn.work, turn.person, read_id(turn.argument))
    card = await roster.restore(turn.work, turn.person, before.member.enrollment_id)
    _say(turn, card, changed="restored")
    if card.member.status is not before.member.status:
        someone = await roster.someone(turn.work, card)
        turn.tell(someone, "roster.you_are_in", **_told(card.in_class))


def _told(card: ClassCard) -> dict[str, Any]:
    """What somebody is told of a class that they were taken into, or out of."""
    return {"class": short(card.id), "name": card.name}


@routes.button("roster.take")
async def take(turn: Turn) -> None:
    """The whole class as a file."""
    card, members = await roster.whole(turn.work, turn.person, read_id(turn.argument))
    turn.say(
        "roster.file",
        name=card.name,
        members=[
            [
                one.name,
                one.username or "",
                "" if one.telegram_id is None else str(one.telegram_id),
                one.role,
                one.status,
                turn.person.local(one.joined_at).date().isoformat(),
            ]
            for one in members
        ],
    )


@routes.button("roster.send")
async def ask_file(turn: Turn) -> None:
    card = await in_class(turn.work, turn.person, read_id(turn.argument), Need.TEACH)
    turn.go(IMPORT, **{"class": short(card.id)})
    turn.say("roster.ask_file", edit=True, **described(card))


@routes.step(IMPORT)
async def typed(turn: Turn) -> None:
    card = await in_class(turn.work, turn.person, of_step(turn), Need.TEACH)
    turn.say("roster.file_please", **described(card))


@routes.document(IMPORT)
async def receive(turn: Turn) -> None:
    class_id = of_step(turn)
    await in_class(turn.work, turn.person, class_id, Need.TEACH)
    done = await roster_import.take_in(turn.work, turn.person, class_id, turn.file(BYTES), turn.now)
    if done.complaints:
        turn.say(
            "roster.report",
            **described(done.card),
            file=turn.attachment.name,
            complaints=[[one.line, one.flaw, one.what] for one in done.complaints],
        )
        return
    turn.go(None)
    _say_imported(turn, done)


def _say_imported(turn: Turn, done: Imported) -> None:
    turn.say(
        "roster.imported",
        **described(done.card),
        bot=turn.environment.username,
        added=len(done.welcome),
        changed=done.changed,
        unchanged=done.unchanged,
        unknown=[[row.line, row.who] for row in done.unknown],
    )
    for someone in done.welcome:
        turn.tell(someone, "roster.you_are_in", **_told(done.card))
