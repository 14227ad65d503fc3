"""The command menus: which commands each role sees, and what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.views.tongue import Tongue
from domain.people.records import Role


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, and the catalogue key of its description."""

    name: str
    key: str


_LEARNING = (
    Command("practice", "menu.practice"),
    Command("streak", "menu.streak"),
    Command("progress", "menu.progress"),
    Command("classes", "menu.classes"),
    Command("join", "menu.join"),
    Command("assignments", "menu.assignments"),
    Command("calendar", "menu.calendar"),
    Command("settings", "menu.settings"),
    Command("help", "menu.help"),
    Command("cancel", "menu.cancel"),
)
_TEACHING = (Command("problems", "menu.problems"),)
_ACCOUNT = (
    Command("privacy", "menu.privacy"),
    Command("export", "menu.export"),
    Command("delete_me", "menu.delete_me"),
)
_OPERATING = (
    Command("role", "menu.role"),
    Command("invite_teacher", "menu.invite_teacher"),
    Command("holidays", "menu.holidays"),
    Command("health", "menu.health"),
)

STRANGERS: tuple[Command, ...] = (
    Command("start", "menu.start"),
    Command("help", "menu.help"),
    Command("privacy", "menu.privacy"),
)
"""What somebody sees before the bot knows them: the menu of every private chat."""

MENUS: Mapping[Role, tuple[Command, ...]] = {
    Role.STUDENT: (*_LEARNING, *_ACCOUNT),
    Role.TA: (*_LEARNING, *_ACCOUNT),
    Role.TEACHER: (*_LEARNING, *_TEACHING, *_ACCOUNT),
    Role.ADMIN: (*_LEARNING, *_TEACHING, *_OPERATING, *_ACCOUNT),
}
"""What is set for the chat of each person whom the bot knows."""


def described(commands: Sequence[Command], tongue: Tongue) -> list[tuple[str, str]]:
    """(command, description) pairs as Telegram takes them."""
    return [(command.name, tongue.plain(command.key)) for command in commands]
