"""Coming in: class codes and invitations, typed or followed as links.

/join ──► join.code (a text) ──► in the class, or why not
"""

import structlog

from bot.access import ADMINS
from bot.handlers.courses import described
from bot.routes import routes
from bot.turn import Turn
from domain.courses import invitations, join_codes, joining
from domain.courses.invitations import Acceptance
from domain.courses.join_codes import ClassLink, InvitationLink
from domain.courses.joining import Joining, Outcome
from domain.errors import DarsError, Mistake, Refusal

log = structlog.get_logger(__name__)

CODE = "join.code"
REGISTERING = "register.code"
"""Where somebody new types a code, in bot/handlers/people.py."""


def ask_code(turn: Turn) -> None:
    turn.go(CODE)
    turn.say("join.ask_code")


@routes.step(CODE)
async def type_code(turn: Turn) -> None:
    await join(turn, turn.text)


async def join(turn: Turn, code: str) -> None:
    """Joins by a code, and says what became of it; somebody who typed a wrong one types again."""
    found = await joining.join(turn.work, turn.person, code, turn.now)
    if turn.step == CODE and found.outcome is not Outcome.UNKNOWN:
        turn.go(None)
    _say(turn, found)


async def keep_promise(turn: Turn, code: str) -> None:
    """The end of registration, for whoever brought a code to its beginning."""
    _say(turn, await joining.keep_promise(turn.work, turn.person, code, turn.now))


def _say(turn: Turn, found: Joining) -> None:
    """Said, never raised: that a wrong code was tried has to be kept."""
    if found.card is None:
        if found.tries:
            log.warning("a wrong class code", person=str(turn.person.id), tries=found.tries)
        turn.say("join.unknown", registering=turn.step == REGISTERING)
    else:
        turn.say("join.told", outcome=found.outcome, **described(found.card))


async def promised(turn: Turn, code: str) -> dict[str, str]:
    """What registration keeps of a code that somebody new brought; says what is wrong with it."""
    try:
        found = await joining.look(turn.work, turn.person, code, turn.now)
    except (Mistake, Refusal) as error:
        _explain(turn, error)
        return {}
    if found.outcome is not Outcome.WELCOME or found.card is None:
        _say(turn, found)
        return {}
    return {"code": found.card.join_code, "class": found.card.name}


def _explain(turn: Turn, error: DarsError) -> None:
    turn.say(error.view, **error.data)


async def promise_of(turn: Turn, payload: str) -> dict[str, str]:
    """What registration keeps of the link that somebody new followed."""
    try:
        link = join_codes.read_payload(payload)
    except Mistake as error:
        _explain(turn, error)
        return {}
    if isinstance(link, ClassLink):
        return await promised(turn, link.code)
    if isinstance(link, InvitationLink):
        hashed = join_codes.token_hash(link.token)
        found = await invitations.check(turn.work, turn.person, hashed, turn.now)
        if found is Acceptance.ACCEPTED:
            return {"invitation": hashed}
        turn.say("join.invitation", acceptance=found, name=turn.person.full_name)
    return {}


async def follow(turn: Turn, payload: str) -> bool:
    """Does what a link says, for somebody who is registered; False where it says nothing."""
    link = join_codes.read_payload(payload)
    if isinstance(link, ClassLink):
        await join(turn, link.code)
    elif isinstance(link, InvitationLink):
        await accept(turn, join_codes.token_hash(link.token))
    return link is not None


async def accept(turn: Turn, hashed: str) -> None:
    found, person = await invitations.accept(turn.work, turn.person, hashed, turn.now)
    if found is Acceptance.ACCEPTED:
        turn.meet(person)
        turn.menu_changed = True
    turn.say("join.invitation", acceptance=found, name=person.full_name)


@routes.command("invite_teacher", ADMINS)
async def invite_teacher(turn: Turn) -> None:
    invitation = await invitations.invite(turn.work, turn.person, turn.now)
    payload = join_codes.invitation_payload(invitation.token)
    turn.say(
        "join.invite_teacher",
        link=join_codes.deep_link(turn.environment.username, payload),
        days=join_codes.INVITATION_LASTS.days,
    )
