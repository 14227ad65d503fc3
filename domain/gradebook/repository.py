"""What the gradebook asks of the database, in the caller's transaction."""

from typing import Protocol
from uuid import UUID

from domain.gradebook.records import AssignmentResults, NewEntry


class GradebookRepository(Protocol):
    async def results(self, student_id: UUID, assignment_problem_id: UUID) -> AssignmentResults:
        """All that a student handed in for the assignment that a problem is set in, and had
        judged. Until the transaction ends nobody else works out the same student's."""
        ...

    async def enter(self, entry: NewEntry) -> bool:
        """Writes what was earned; False where a person settled it, which stays."""
        ...
