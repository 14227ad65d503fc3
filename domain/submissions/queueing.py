"""The queue of judging: rows that wait, leases on them, and who is served next.

A judging's row is the truth. A worker takes the fairest one that waits under a lease, which it
renews while it lives; what it does not finish is taken by whoever comes next. Messages between
processes only wake; losing one costs seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Protocol
from uuid import UUID

from domain.operations.records import Saying
from domain.problems.records import TestCase, TestGroup
from domain.submissions.judging import Checker, Judged, Limits, Outcome
from domain.submissions.records import AttemptType, JudgingReason

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 10.0
LOST_LEASES_AT_MOST = 5
INTERNAL_ERRORS_AT_MOST = 3
REST_AFTER_ERROR = timedelta(seconds=5)
"""Before what ended in an internal error is tried again: whatever broke may heal."""
PLACE_AFTER = timedelta(seconds=10)
"""Whoever waits longer than this is told their place once."""

QUEUE = "judge"
"""The name under which workers are rung for judging."""


class Priority(IntEnum):
    """Smaller goes first, whoever else waits."""

    ATTEMPT = 0
    """A student looks at the chat, be it a test run or a final submission."""
    REJUDGE = 9


def message_key(judging_id: UUID) -> str:
    """Under this `dedupe_key` the reply to Run and Submit is said; edits find it by it."""
    return f"judging:{judging_id}"


@dataclass(frozen=True, slots=True)
class Lease:
    """A judging that is a worker's until the lease runs out. `worker` names this lease alone: the
    next one, of the same worker too, has another name."""

    judging_id: UUID
    worker: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is told about a judging."""

    user_id: UUID
    chat_id: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A judging under a lease, with what it takes to judge, except for the tests."""

    lease: Lease
    lost: int
    """Leases on it that ran out."""
    tries: int
    """Internal errors on it."""
    reason: JudgingReason
    attempt_id: UUID
    assignment_problem_id: UUID
    attempt_number: int
    type: AttemptType
    student: Addressee
    language: str
    code_key: str
    problem_version_id: UUID
    settled: bool
    """Whether the version is published, so that its tests never change."""
    title: str
    title_bn: str | None
    limits: Limits
    checker: Checker
    groups: Sequence[TestGroup]
    worth: Decimal | None
    """Points that the problem is worth in its assignment; None: what its tests are together."""


@dataclass(frozen=True, slots=True)
class Result:
    """One test's outcome and the points it earned."""

    outcome: Outcome
    points: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """What is written when a judging is completed."""

    judged: Judged
    results: Sequence[Result]
    score: Decimal
    points: Decimal
    """What the score is out of."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the queue is. Seconds; `judging` have a lease that lives."""

    waiting: int
    oldest_seconds: float
    judging: int
    workers: int
    """Workers that live and can open a box."""
    without_sandbox: int
    """Workers that live and cannot."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A judging of a student who waits long, and how many are served before."""

    judging_id: UUID
    student: Addressee
    before: int


class JudgingRepository(Protocol):
    """The rows of the queue, in the caller's transaction. Leases run by the database's clock, the
    only one that all workers share. What is asked of a lease that was lost changes nothing."""

    async def queue(
        self, attempt_id: UUID, problem_version_id: UUID, reason: JudgingReason, priority: Priority
    ) -> UUID:
        """A judging of an attempt that waits from now on. Raises Conflict while one is open."""
        ...

    async def requeue(self, attempt_ids: Sequence[UUID], problem_version_id: UUID | None) -> int:
        """Has attempts judged again, by this version or by that of their last judging; those
        that wait already or are being judged are left out. Returns how many."""
        ...

    async def claim(self, worker: str) -> Claim | None:
        """The fairest judging that waits, or None; `worker` has never been said before."""
        ...

    async def tests(self, problem_version_id: UUID) -> Sequence[TestCase]:
        """All tests of a version, in their order."""
        ...

    async def renew(self, leases: Sequence[Lease]) -> frozenset[Lease]:
        """Prolongs leases; returns those that are still held."""
        ...

    async def give_back(self, lease: Lease, after: timedelta) -> bool:
        """Lets anybody claim it, from `after` on; it does not count as lost."""
        ...

    async def count_error(self, lease: Lease) -> int | None:
        """Gives it back after an internal error, to rest a while; returns how many there were,
        None without the lease."""
        ...

    async def complete(self, lease: Lease, report: Report) -> bool:
        """Writes all results; False, and nothing is written, if the lease was lost."""
        ...

    async def fail(self, lease: Lease) -> bool:
        """Gives the judging up for good; False if the lease was lost."""
        ...

    async def say(self, sayings: Sequence[Saying], lease: Lease | None = None) -> frozenset[int]:
        """Says something through the bot that each person talks with, while the lease is held
        if one is given. Returns the bots whose senders are to be rung."""
        ...

    async def teachers(self, attempt_id: UUID) -> Sequence[Addressee]:
        """Who teaches the class that an attempt belongs to."""
        ...

    async def long_waiting(self, limit: int) -> Sequence[Waiting]:
        """Students who were not told yet that they wait, longest waiting first."""
        ...

    async def backlog(self) -> Backlog: ...
