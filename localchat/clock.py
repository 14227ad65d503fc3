"""The local chat's own clock, which the control side can move."""

import time


class Clock:
    """The computer's time plus an offset in seconds."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.offset

    def date(self) -> int:
        """Whole seconds since 1970, as messages carry it."""
        return int(self.now())
