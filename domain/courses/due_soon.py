"""How soon something is due when its students are reminded of it. Pure."""

from datetime import timedelta
from enum import StrEnum


class Stage(StrEnum):
    DAY = "day"
    HOURS = "hours"

    @property
    def ahead(self) -> timedelta:
        """From so long before the due date on it is said."""
        return timedelta(days=1) if self is Stage.DAY else timedelta(hours=2)

    @property
    def useless(self) -> timedelta:
        """So long before the due date there is no use in saying it any more."""
        return timedelta(hours=3) if self is Stage.DAY else timedelta()

    @property
    def column(self) -> str:
        """Of a content item: the due date for which it was said."""
        return f"{self.value}_notice_for"
