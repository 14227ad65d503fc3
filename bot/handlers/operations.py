"""What admins do: roles and health."""

from bot.access import ADMINS
from bot.routes import routes
from bot.turn import Turn
from domain.errors import Mistake
from domain.operations import health, roles
from domain.people.records import Role


@routes.command("role", ADMINS)
async def role(turn: Turn) -> None:
    """`/role NAME` shows somebody's role with the others as buttons."""
    wanted = turn.argument.strip()
    if not wanted:
        raise Mistake("no name given", "operations.role_usage")
    someone = await roles.find(turn.work, wanted)
    turn.say(
        "operations.role",
        user=str(someone.id),
        name=someone.full_name,
        role=someone.role,
    )


@routes.button("operations.role", ADMINS)
async def give_role(turn: Turn) -> None:
    """`role.user`: gives the role, says so to both, and notes it in the audit log."""
    name, _, user_id = turn.argument.partition(".")
    before, after = await roles.give(turn.work, turn.person, user_id, Role(name))
    turn.say("operations.role", edit=True, user=user_id, name=after.full_name, role=after.role)
    if before.role is not after.role:
        turn.tell(after, "operations.role_given", role=after.role)


@routes.command("health", ADMINS)
async def show_health(turn: Turn) -> None:
    seen = await health.look(turn.work, turn.now)
    nightly = await health.nightly_look(turn.work)
    turn.say(
        "operations.health",
        release=turn.environment.release,
        counts=dict(seen),
        nightly=nightly
        and {
            "at": turn.person.local(nightly.at).isoformat(),
            "found": [[check.value, count] for check, count in nightly.found],
        },
    )
