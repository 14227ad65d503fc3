"""Telegram's sending limits: so many a second in all, one a second to a chat.

Off unless switched on. They follow the local chat's clock.
"""

import math
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from localchat.clock import Clock
from localchat.refusals import bad_request, too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send. None means no limit.

    Windows slide. With `bucket` the total is a bucket instead, which holds a second's worth, is
    full at first and is refilled as fast: a whole second's worth may go at once. With
    `ban_seconds`, a bot that goes over a limit is refused everything it sends until that time
    has passed, and each try in between begins it anew.
    """

    total_per_second: int | None = None
    chat_per_second: int | None = None
    group_per_minute: int | None = None
    ban_seconds: int = 0
    bucket: bool = False

    def __post_init__(self) -> None:
        for limit in (self.total_per_second, self.chat_per_second, self.group_per_minute):
            if limit is not None and limit < 1:
                raise bad_request("a limit is at least 1")


TELEGRAM = Limits(total_per_second=30, chat_per_second=1, group_per_minute=20)


class Measure(Protocol):
    """What has been sent, against one limit."""

    def wait(self, now: float) -> float:
        """How long until one more may go; 0 when it may now."""
        ...

    def take(self, now: float) -> None:
        """Notes one that goes now."""
        ...


class Window:
    """So many in any stretch of so many seconds."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        return self._sent[0] + self._seconds - now if len(self._sent) >= self._limit else 0.0

    def take(self, now: float) -> None:
        self._sent.append(now)


class Bucket:
    """Holds a second's worth and is refilled at that rate."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._held = float(per_second)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        self._fill(now)
        return max(0.0, (1 - self._held) / self._per_second)

    def take(self, now: float) -> None:
        self._fill(now)
        self._held -= 1

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at)
        self._held = min(self._per_second, self._held + passed * self._per_second)
        self._at = now


class Limiter:
    """Counts what each bot sends and refuses what is too much."""

    def __init__(self, clock: Clock) -> None:
        self.limits = Limits()
        self._clock = clock
        self._measures: dict[tuple[int, str], Measure] = {}
        self._banned_until: dict[int, float] = {}

    def use(self, limits: Limits) -> None:
        """Apply other limits from now on, with nothing counted yet."""
        self.limits = limits
        self._measures.clear()
        self._banned_until.clear()

    def count(self, bot: int, chat: str) -> None:
        """Note one sending, or refuse it with 429."""
        now = self._clock.now()
        measures = self._of(bot, chat)
        if not measures:
            return
        if now < self._banned_until.get(bot, 0.0):
            raise self._ban(bot, now, 0.0)
        wait = max(one.wait(now) for one in measures)
        if wait > 0:
            raise self._ban(bot, now, wait)
        for one in measures:
            one.take(now)

    def _of(self, bot: int, chat: str) -> list[Measure]:
        """What limits a bot in a chat; made when it is first asked for."""
        limits, found = self.limits, []
        if limits.total_per_second is not None:
            found.append(self._kept(bot, "", limits.total_per_second, 1.0, limits.bucket))
        if chat.startswith("-"):
            if limits.group_per_minute is not None:
                found.append(self._kept(bot, chat, limits.group_per_minute, 60.0))
        elif limits.chat_per_second is not None:
            found.append(self._kept(bot, chat, limits.chat_per_second, 1.0))
        return found

    def _kept(
        self, bot: int, chat: str, limit: int, seconds: float, bucket: bool = False
    ) -> Measure:
        key = (bot, chat)
        if key not in self._measures:
            self._measures[key] = Bucket(limit) if bucket else Window(limit, seconds)
        return self._measures[key]

    def _ban(self, bot: int, now: float, wait: float) -> Exception:
        if self.limits.ban_seconds:
            wait = max(wait, self.limits.ban_seconds)
            self._banned_until[bot] = now + wait
        return too_many_requests(math.ceil(wait))
