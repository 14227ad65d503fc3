"""A person's own data: /privacy, /export, /delete_me.

    /delete_me ──► account.erase: explained ──[go on]──► asked again ──[erase]──► all is gone
                        └──────[keep] or /cancel ───────────┴─────► nothing happened

The step is what makes the last button work: one that is found in an old message does nothing.
"""

from bot.routes import routes
from bot.turn import Turn
from domain.people import account

ERASE = "account.erase"


@routes.command("privacy", strangers=True)
async def privacy(turn: Turn) -> None:
    turn.say("account.privacy")


@routes.command("export")
@routes.button("account.export")
async def export(turn: Turn) -> None:
    key = await account.export(turn.work, turn.environment.storage, turn.person, turn.now)
    turn.say("account.export", key=key, day=turn.person.local(turn.now).date().isoformat())


@routes.command("delete_me", strangers=True)
async def delete_me(turn: Turn) -> None:
    turn.go(ERASE)
    turn.say("account.erase_explained")


@routes.button("account.erase", strangers=True)
async def erase(turn: Turn) -> None:
    if turn.step != ERASE:
        turn.toast = ("common.stale", {})
    elif turn.argument == "keep":
        turn.go(None)
        turn.say("account.kept", edit=True)
    elif turn.argument == account.CONFIRMED:
        await account.erase(turn.work, turn.environment.storage, turn.person)
        turn.erased = True
        turn.say("account.erased", edit=True)
    else:
        turn.say("account.erase_again", edit=True)
