"""What student work asks of the database; every method speaks in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.courses.records import AssignmentOpening
from domain.problems.records import TestCase
from domain.submissions.work_records import (
    AssignmentWork,
    AttemptLine,
    AttemptSeen,
    NewAttempt,
    ProblemWork,
    UpNext,
)


class WorkRepository(Protocol):
    """Assignments and problems as one person has them before them, and their drafts."""

    async def up_next(self, person_id: UUID, now: datetime) -> Sequence[UpNext]:
        """Assignments of the classes that somebody learns in, published and released; those with
        a due date ahead first, then those without one, then what is over."""
        ...

    async def assignment(self, person_id: UUID, item_id: UUID) -> AssignmentWork | None:
        """None if there is none, or if they have nothing to do with its class."""
        ...

    async def problem(self, person_id: UUID, assignment_problem_id: UUID) -> ProblemWork | None:
        """None as for `assignment`."""
        ...

    async def samples(
        self, problem_version_id: UUID, most: int, longest: int
    ) -> Sequence[TestCase]:
        """The first tests that are not hidden, `longest` characters of each input and output."""
        ...

    async def open_exam(
        self, student_id: UUID, item_id: UUID, opened_at: datetime, deadline_at: datetime
    ) -> AssignmentOpening:
        """Opens it once: whoever comes again gets the first opening."""
        ...

    async def keep_draft(
        self,
        student_id: UUID,
        assignment_problem_id: UUID,
        code: str,
        language: str | None,
        spent_seconds: int,
        at: datetime,
    ) -> None: ...

    async def note_focus(
        self, student_id: UUID, assignment_problem_id: UUID, spent_seconds: int, at: datetime
    ) -> None:
        """The student's latest act on the problem, which leaves the draft as it is."""
        ...

    async def add_attempt(self, attempt: NewAttempt) -> tuple[UUID, int]:
        """Its id and number. Raises Refusal where a rule of the database is in the way."""
        ...

    async def lock_finished_exam(self, student_id: UUID, item_id: UUID, at: datetime) -> bool:
        """Locks the student's exam if every problem has a final submission that counts; whether
        it did."""
        ...

    async def unlock_exam(self, student_id: UUID, assignment_problem_id: UUID) -> None:
        """Opens the student's exam again, its deadline unchanged, if we failed to judge what it
        was locked by; if nothing of it is missing, it stays locked."""
        ...

    async def attempts(
        self, student_id: UUID, assignment_problem_id: UUID, limit: int, offset: int
    ) -> Sequence[AttemptLine]:
        """Latest first."""
        ...

    async def attempt(self, student_id: UUID, attempt_id: UUID) -> AttemptSeen | None:
        """None if there is none, or if it is somebody else's."""
        ...
