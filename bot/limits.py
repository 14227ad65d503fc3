"""What Telegram said of being too fast: is it one chat, or the whole bot?

A 429 names no limit. One chat's is that chat's own; where several different chats meet one within a
moment, it is the bot's, and every further try could make the wait longer.
"""

import time
from collections import deque

MOMENT_SECONDS = 5.0
SEVERAL_CHATS = 3


class Limits:
    """The 429s of the last moment."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, int, float]] = deque()
        self._until = 0.0

    def told(self, chat_id: int, seconds: float) -> float:
        """Notes that a chat must wait; returns for how long everybody must, 0.0 if they need not.

        That is the shortest of what the chats were told: one of them may have to wait longer for
        a reason of its own.
        """
        now = time.monotonic()
        self._told.append((now, chat_id, seconds))
        while self._told[0][0] < now - MOMENT_SECONDS:
            self._told.popleft()
        if len({chat for _, chat, _ in self._told}) < SEVERAL_CHATS:
            return 0.0
        everybody = min(one for _, _, one in self._told)
        self._until = max(self._until, now + everybody)
        return everybody

    def held_back_seconds(self) -> float:
        """For how long nothing may go at all."""
        return max(0.0, self._until - time.monotonic())
