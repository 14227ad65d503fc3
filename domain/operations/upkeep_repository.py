"""What the nightly upkeep asks of the database: what is old, and what does not fit together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Old(StrEnum):
    """What is forgotten after a while by the database alone."""

    UPDATES = "updates"
    MESSAGES = "messages"
    NOTICES = "notices"
    DRAFTS = "drafts"
    INVITATIONS = "invitations"


@dataclass(frozen=True, slots=True)
class OldUpload:
    """A coding problem's file that nobody needs any more; `archive_key` where it is kept."""

    upload_id: UUID
    archive_key: str | None


class RetentionRepository(Protocol):
    """Each method takes at most `limit` rows, so that no transaction is long."""

    async def forget(self, what: Old, before: datetime, limit: int) -> int:
        """Deletes what was over before then, or empties it if it is a draft; returns how many."""
        ...

    async def old_uploads(
        self, ended: datetime, superseded: datetime, limit: int
    ) -> Sequence[OldUpload]:
        """Uploads that were refused or given up before `ended`; and those accepted before
        `superseded` of which there is a newer version."""
        ...

    async def forget_uploads(self, upload_ids: Sequence[UUID]) -> int: ...


class Check(StrEnum):
    """What must never be. A recent window is looked through where a table is large."""

    SESSIONS_MISCOUNTED = "sessions_miscounted"
    """A practice's number of right answers is not that of its problems' last tries."""
    TRIES_MISCOUNTED = "tries_miscounted"
    STREAKS_AHEAD = "streaks_ahead"
    """The last day that counted is later than any completed session."""
    STREAKS_IMPOSSIBLE = "streaks_impossible"
    """Longer than the days since the first session, or of no length though a day counted."""
    ATTEMPTS_UNJUDGED = "attempts_unjudged"
    JUDGINGS_STUCK = "judgings_stuck"
    """Open, and nobody's for over an hour."""
    SUBMISSIONS_NOT_ENTERED = "submissions_not_entered"
    """Judged final submissions that the gradebook knows nothing of."""
    ENTRIES_OVER_MAXIMUM = "entries_over_maximum"
    NOTICES_LOST = "notices_lost"
    """Neither sent, nor dropped, nor with a message that waits."""
    MESSAGES_STUCK = "messages_stuck"
    """Claimed, and due for over an hour, by a process that is dead or sends replies first."""
    EXAMS_UNLOCKED = "exams_unlocked"
    SESSIONS_UNCLOSED = "sessions_unclosed"
    ITEMS_INCOMPLETE = "items_incomplete"
    """Assignments, quizzes and materials without what makes them one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How many rows break a rule, and the ids of a few of them, for the log alone."""

    check: Check
    count: int
    examples: Sequence[UUID]


LOOKED = "consistency_looked"
"""The audited action that keeps what a look found."""


@dataclass(frozen=True, slots=True)
class NightlyLook:
    """What a look found: each check that found anything, with how many."""

    at: datetime
    found: Sequence[tuple[Check, int]]


class ConsistencyRepository(Protocol):
    async def find(self, check: Check, now: datetime, since: datetime) -> Finding:
        """One count query; nothing is changed. `since` bounds what large tables are asked."""
        ...

    async def last_look(self) -> NightlyLook | None: ...
