"""The link by which a phone's calendar reads this one; only where there is a public address.

calendar ──► link ──► made: shown once, the one before stops working
               └────► switched off
"""

from bot.calendar_feed import path
from bot.routes import routes
from bot.turn import Turn
from domain.calendar import links
from domain.errors import Refusal


@routes.button("calendar.link")
async def show_link(turn: Turn) -> None:
    _address(turn)
    await _show(turn)


@routes.button("calendar.new_link")
async def make_link(turn: Turn) -> None:
    address = _address(turn)
    token = await links.renew(turn.work, turn.person, turn.now)
    turn.say("calendar.new_link", url=address + path(token))


@routes.button("calendar.drop_link")
async def drop_link(turn: Turn) -> None:
    await links.drop(turn.work, turn.person)
    await _show(turn)


async def _show(turn: Turn) -> None:
    made = await links.made_at(turn.work, turn.person)
    made_on = None if made is None else turn.person.local(made).date().isoformat()
    turn.say("calendar.link", edit=True, made_on=made_on)


def _address(turn: Turn) -> str:
    """Raises Refusal for the button of a time when there was one."""
    if turn.environment.public_url is None:
        raise Refusal("no public address", "common.stale_button")
    return turn.environment.public_url
