"""/holidays: days off, for admins.

list ──► add: holidays.add (days and a name in words) ──► "20 to 23 March, Eid?" ──► yes ──► list
  └────► remove? ──► list
What was understood waits in the conversation for the yes.
"""

from datetime import date
from typing import Any

from bot.access import ADMINS
from bot.handlers.courses import page_number
from bot.routes import routes
from bot.turn import Turn
from domain.errors import Refusal
from domain.operations import holidays
from domain.operations.holiday_spans import Span
from domain.operations.holiday_words import read_holiday

ADD = "holidays.add"
PAGE = 12


@routes.command("holidays", ADMINS)
async def command(turn: Turn) -> None:
    await _show(turn, 0, edit=False)


@routes.button("holidays.list", ADMINS)
async def list_(turn: Turn) -> None:
    """`page`"""
    _leave(turn)
    await _show(turn, page_number(turn.argument))


async def _show(turn: Turn, number: int, *, changed: str | None = None, edit: bool = True) -> None:
    found = await holidays.look(turn.work, turn.person, turn.now)
    shown = found[number * PAGE : (number + 1) * PAGE]
    turn.say(
        "holidays.list",
        edit=edit,
        changed=changed,
        page=number,
        more=len(found) > (number + 1) * PAGE,
        holidays=[_told(one) for one in shown],
    )


def _told(span: Span) -> list[str]:
    return [span.first.isoformat(), span.last.isoformat(), span.name]


def _leave(turn: Turn) -> None:
    if turn.step == ADD:
        turn.go(None)


@routes.button("holidays.add", ADMINS)
async def ask(turn: Turn) -> None:
    turn.go(ADD)
    turn.say("holidays.ask", edit=True)


@routes.step(ADD, ADMINS)
async def type_holiday(turn: Turn) -> None:
    """Said back before it counts; whoever meant something else types again."""
    span = read_holiday(turn.text, turn.now, turn.person.timezone)
    turn.go(ADD, holiday=_told(span))
    turn.say("holidays.confirm", holiday=_told(span), days=span.days)


@routes.button("holidays.keep", ADMINS)
async def keep(turn: Turn) -> None:
    """What was understood last: an older question's yes is none."""
    first, last, name = _waiting(turn)
    span = Span(date.fromisoformat(first), date.fromisoformat(last), name)
    if turn.argument != _argument(span):
        raise Refusal("a yes to another holiday", "common.stale_button")
    await holidays.declare(turn.work, turn.person, span, turn.now)
    turn.go(None)
    await _show(turn, 0, changed="kept")


def _waiting(turn: Turn) -> list[Any]:
    kept = turn.conversation.data.get("holiday") if turn.step == ADD else None
    if not isinstance(kept, list) or len(kept) != 3:
        raise Refusal("no holiday was asked about", "common.stale_button")
    return kept


def _argument(span: Span) -> str:
    return f"{span.first}.{span.last}"


@routes.button("holidays.remove", ADMINS)
async def ask_remove(turn: Turn) -> None:
    """`first.last`"""
    _leave(turn)
    first, last = _days(turn)
    found = await holidays.look(turn.work, turn.person, turn.now)
    span = next((one for one in found if (one.first, one.last) == (first, last)), None)
    if span is None:
        raise Refusal("no such holiday", "holidays.gone")
    turn.say("holidays.ask_remove", edit=True, holiday=_told(span), days=span.days)


@routes.button("holidays.remove_now", ADMINS)
async def remove(turn: Turn) -> None:
    """`first.last`"""
    await holidays.withdraw(turn.work, turn.person, *_days(turn), turn.now)
    await _show(turn, 0, changed="removed")


def _days(turn: Turn) -> tuple[date, date]:
    first, _, last = turn.argument.partition(".")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise Refusal("a button without days", "common.stale_button") from error
