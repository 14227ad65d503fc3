"""Which Bot API calls were made."""

from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any

LOGGED = 10_000


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call: `at` in seconds by the local clock, `status` as answered (0: dropped)."""

    at: float
    bot: int
    method: str
    chat: str | None
    status: int


class CallLog:
    """A count by method, and the last calls one by one."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._last: deque[LoggedCall] = deque(maxlen=LOGGED)

    def note(self, call: LoggedCall) -> None:
        """Count a call."""
        self.counts[call.method] += 1
        self._last.append(call)

    def clear(self) -> None:
        """Begin to count anew."""
        self.counts.clear()
        self._last.clear()

    def listed(self) -> list[dict[str, Any]]:
        """The last calls, oldest first, as JSON."""
        return [asdict(call) for call in self._last]
