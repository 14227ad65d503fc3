"""Telegram's sending limits: so many a second in all, one a second to a chat.

Off unless switched on. Windows slide and follow the local chat's clock.
"""

import math
from collections import deque
from dataclasses import dataclass

from localchat.clock import Clock
from localchat.refusals import bad_request, too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send. None means no limit.

    With `ban_seconds`, a bot that goes over a limit is refused everything it sends until
    that time has passed, and each try in between begins it anew.
    """

    total_per_second: int | None = None
    chat_per_second: int | None = None
    group_per_minute: int | None = None
    ban_seconds: int = 0

    def __post_init__(self) -> None:
        for limit in (self.total_per_second, self.chat_per_second, self.group_per_minute):
            if limit is not None and limit < 1:
                raise bad_request("a limit is at least 1")


TELEGRAM = Limits(total_per_second=30, chat_per_second=1, group_per_minute=20)


class Limiter:
    """Counts what each bot sends and refuses what is too much."""

    def __init__(self, clock: Clock) -> None:
        self.limits = Limits()
        self._clock = clock
        self._sent: dict[tuple[int, str], deque[float]] = {}
        self._banned_until: dict[int, float] = {}

    def use(self, limits: Limits) -> None:
        """Apply other limits from now on, with nothing counted yet."""
        self.limits = limits
        self._sent.clear()
        self._banned_until.clear()

    def count(self, bot: int, chat: str) -> None:
        """Note one sending, or refuse it with 429."""
        limits, now = self.limits, self._clock.now()
        if limits == Limits(ban_seconds=limits.ban_seconds):
            return
        if now < self._banned_until.get(bot, 0.0):
            raise self._ban(bot, now, 0.0)
        is_group = chat.startswith("-")
        windows = [
            (self._window(bot, ""), limits.total_per_second, 1.0),
            (self._window(bot, chat), None if is_group else limits.chat_per_second, 1.0),
            (self._window(bot, chat), limits.group_per_minute if is_group else None, 60.0),
        ]
        waits = [_wait(sent, limit, seconds, now) for sent, limit, seconds in windows]
        if max(waits) > 0:
            raise self._ban(bot, now, max(waits))
        for sent in {id(sent): sent for sent, _, _ in windows}.values():
            sent.append(now)

    def _window(self, bot: int, chat: str) -> deque[float]:
        return self._sent.setdefault((bot, chat), deque())

    def _ban(self, bot: int, now: float, wait: float) -> Exception:
        if self.limits.ban_seconds:
            wait = max(wait, self.limits.ban_seconds)
            self._banned_until[bot] = now + wait
        return too_many_requests(math.ceil(wait))


def _wait(sent: deque[float], limit: int | None, seconds: float, now: float) -> float:
    """How long until one more fits into the window; 0 when it fits now."""
    if limit is None:
        return 0.0
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return sent[0] + seconds - now if len(sent) >= limit else 0.0
