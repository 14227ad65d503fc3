"""Faults that the control side asks for."""

from dataclasses import asdict, dataclass
from typing import Any

from localchat.refusals import bad_request

KINDS = ("delay", "429", "500", "drop", "drop_after", "duplicate")


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls that match.

    `seconds` is the length of a delay, `retry_after` (seconds) goes with 429. `bot` is a
    bot's id and `chat` a chat's; None matches every one.
    """

    kind: str
    method: str = "*"
    times: int = 1
    seconds: float = 1.0
    retry_after: int = 1
    bot: int | None = None
    chat: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise bad_request(f"the kinds of fault are {', '.join(KINDS)}")
        self.method = self.method.lower()

    def matches(self, method: str, bot: int, chat: str | None) -> bool:
        """Whether it hits this call; `method` in small letters."""
        return (
            self.method in ("*", method)
            and self.bot in (None, bot)
            and (self.chat is None or str(self.chat) == chat)
        )


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, fault: Fault) -> None:
        """Ask for a fault."""
        if fault.times > 0:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._waiting.clear()

    def take(self, method: str, bot: int, chat: str | None) -> Fault | None:
        """The fault of this call, if it has one, which is thereby used once."""
        for fault in self._waiting:
            if fault.kind != "duplicate" and fault.matches(method, bot, chat):
                return self._used(fault)
        return None

    def take_duplicate(self, bot: int) -> bool:
        """Whether an update that was just confirmed comes again."""
        for fault in self._waiting:
            if fault.kind == "duplicate" and fault.bot in (None, bot):
                self._used(fault)
                return True
        return False

    def listed(self) -> list[dict[str, Any]]:
        """The faults still to come, as JSON."""
        return [asdict(fault) for fault in self._waiting]

    def _used(self, fault: Fault) -> Fault:
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
        return fault
