"""Registration, help and leaving a conversation.

Registration, by the conversation's step; a button or a text moves on, /cancel leaves:

    /start ──► register.language ──► register.name ──► register.class ──► registered
                 a button             a button          │  a button  ▲
                                      or a text         └► register.code
                                                           a text

A class code or an invitation that somebody new came with is kept in the conversation, and counts at
the end. Whoever is invited to teach is not asked for a class.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.handlers import courses_joining, practice, quizzes
from bot.routes import routes
from bot.turn import Turn
from domain.people import registration, settings
from domain.people.records import Language, Role
from domain.practice import sessions
from domain.practice.records import Item

LANGUAGE, NAME, CLASS = "register.language", "register.name", "register.class"
CODE = courses_joining.REGISTERING
CHOICES: Mapping[str, int | None] = {
    "none": None,
    **{str(grade): grade for grade in registration.GRADES},
}
PRACTISING = frozenset({practice.STEP, quizzes.STEP})
"""Where a text is the answer to a problem."""
PROMISES = ("code", "class", "invitation")
"""What somebody new came with: a class's code and name, or an invitation's hash."""


@routes.command("start", strangers=True)
async def start(turn: Turn) -> None:
    """Whoever is known is welcomed back, whoever is not is registered; a link is followed."""
    if not turn.person.registered:
        promise = await courses_joining.promise_of(turn, turn.argument)
        ask_language(turn, **{**_promises(turn), **promise})
    elif not await courses_joining.follow(turn, turn.argument):
        turn.say("people.welcome_back", name=turn.person.full_name)


@routes.command("join", strangers=True)
async def join(turn: Turn) -> None:
    """`/join CODE`; without the code it is asked for."""
    if not turn.person.registered:
        promise = await courses_joining.promised(turn, turn.argument) if turn.argument else {}
        ask_language(turn, **{**_promises(turn), **promise})
    elif turn.argument:
        await courses_joining.join(turn, turn.argument)
    else:
        courses_joining.ask_code(turn)


def _promises(turn: Turn) -> dict[str, Any]:
    data = turn.conversation.data
    return {key: data[key] for key in PROMISES if key in data}


def ask_language(turn: Turn, **promises: Any) -> None:
    turn.go(LANGUAGE, **(promises or _promises(turn)))
    turn.say("people.ask_language")


def ask_name(turn: Turn, *, edit: bool = False) -> None:
    turn.go(NAME, **_promises(turn))
    turn.say("people.ask_name", edit=edit, offer=turn.person.full_name)


async def ask_class(
    turn: Turn, *, edit: bool = False, promises: Mapping[str, str] | None = None
) -> None:
    kept = promises or _promises(turn)
    if "invitation" in kept:
        await _register(turn, None, edit=edit)
        return
    turn.go(CLASS, **kept)
    turn.say("people.ask_class", edit=edit, name=turn.person.full_name, joins=kept.get("class"))


def ask_code(turn: Turn) -> None:
    turn.go(CODE, **_promises(turn))
    turn.say("people.ask_code", edit=turn.pressed_message_id is not None)


async def carry_on(turn: Turn) -> None:
    """Asks again what registration waits for, of somebody who did something else."""
    if turn.step == NAME:
        ask_name(turn)
    elif turn.step == CLASS:
        await ask_class(turn)
    elif turn.step == CODE:
        ask_code(turn)
    else:
        ask_language(turn)


@routes.button("register.language", strangers=True)
async def choose_language(turn: Turn) -> None:
    if turn.step != LANGUAGE or turn.argument not in set(Language):
        await _too_late(turn)
        return
    turn.meet(await settings.change_language(turn.work, turn.person, Language(turn.argument)))
    turn.menu_changed = True
    ask_name(turn, edit=True)


@routes.button("register.name", strangers=True)
async def keep_name(turn: Turn) -> None:
    if turn.step != NAME:
        await _too_late(turn)
        return
    await ask_class(turn, edit=True)


@routes.step(NAME, strangers=True)
async def type_name(turn: Turn) -> None:
    turn.meet(await settings.change_name(turn.work, turn.person, turn.text))
    await ask_class(turn)


@routes.button("register.code", strangers=True)
async def have_code(turn: Turn) -> None:
    if turn.step != CLASS:
        await _too_late(turn)
        return
    ask_code(turn)


@routes.step(CODE, strangers=True)
async def type_code(turn: Turn) -> None:
    """A code that opens nothing is said so, and may be typed again."""
    promise = await courses_joining.promised(turn, turn.text)
    if promise:
        await ask_class(turn, promises=promise)


@routes.button("register.no_code", strangers=True)
async def no_code(turn: Turn) -> None:
    if turn.step != CODE:
        await _too_late(turn)
        return
    await ask_class(turn, edit=True)


@routes.button("register.class", strangers=True)
async def choose_class(turn: Turn) -> None:
    if turn.step != CLASS or turn.argument not in CHOICES:
        await _too_late(turn)
        return
    await _register(turn, CHOICES[turn.argument], edit=True)


async def _register(turn: Turn, grade: int | None, *, edit: bool) -> None:
    """The end of registration, and what was promised at its beginning."""
    kept = _promises(turn)
    turn.meet(await registration.register(turn.work, turn.person, grade))
    turn.go(None)
    turn.menu_changed = True
    turn.say(
        "people.registered",
        edit=edit,
        name=turn.person.full_name,
        grade=grade,
        promised=bool(kept),
    )
    if "invitation" in kept:
        await courses_joining.accept(turn, str(kept["invitation"]))
    if "code" in kept:
        await courses_joining.keep_promise(turn, str(kept["code"]))


async def _too_late(turn: Turn) -> None:
    """A button of a question that was answered already."""
    turn.toast = ("common.stale", {})
    if not turn.person.registered:
        await carry_on(turn)


@routes.command("help", strangers=True)
async def help_(turn: Turn) -> None:
    turn.say(
        "people.help",
        step=turn.step,
        role=turn.person.role,
        registered=turn.person.registered,
        grade=turn.person.grade,
    )


@routes.command("cancel", strangers=True)
async def cancel(turn: Turn) -> None:
    """Leaves whatever conversation there is; nothing that was done is lost."""
    if turn.step == practice.STEP:
        await practice.pause(turn)
    elif turn.step in quizzes.STEPS:
        await quizzes.pause_here(turn)
    elif turn.step is None:
        turn.say("people.nothing_to_cancel")
    else:
        turn.go(None)
        turn.say("people.cancelled", registered=turn.person.registered)


@routes.event("text")
async def unexpected_text(turn: Turn) -> None:
    """A text that nothing waits for: often an answer to a session that was paused."""
    item = await sessions.waiting_item(turn.work, turn.person, turn.now)
    turn.say("people.not_understood", practising=isinstance(item, Item))


@routes.event("command")
async def unknown_command(turn: Turn) -> None:
    turn.say("people.unknown_command", role=turn.person.role, admin=Role.ADMIN)


@routes.event("button")
async def unknown_button(turn: Turn) -> None:
    turn.toast = ("common.stale", {})


@routes.event("edited")
async def edited_message(turn: Turn) -> None:
    """An answer was recorded when it was sent: an edit changes nothing, and is told so."""
    turn.say("people.edit_ignored", practising=turn.step in PRACTISING)


@routes.event("other")
async def other_content(turn: Turn) -> None:
    """A photo, a sticker, a voice note where words are expected."""
    turn.say("people.words_please", practising=turn.step in PRACTISING)


@routes.event("came_back")
async def came_back(turn: Turn) -> None:
    """They unblocked the bot, which is known by now; nothing is said before they say something."""


@routes.event("went_away")
async def went_away(turn: Turn) -> None:
    """They blocked the bot: whatever would be said to them is dropped until they come back."""
    await turn.work.people.update_user(turn.person.id, {"blocked_bot_at": turn.now})
    turn.meet(replace(turn.person, blocked_bot=True))
