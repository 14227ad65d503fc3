"""Assignments and problems as one person has them before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.courses.records import AssignmentMode, AssignmentOpening
from domain.problems.records import Wording
from domain.submissions.judging import Limits, Program, Verdict
from domain.submissions.records import Progress
from domain.submissions.rules import Standing, Terms


@dataclass(frozen=True, slots=True)
class UpNext:
    """An assignment in the list of what there is to do."""

    item_id: UUID
    title: str
    class_name: str
    mode: AssignmentMode
    due_date: datetime | None
    problems: int
    solved: int
    submitted: int
    """Of its problems."""
    opening: AssignmentOpening | None


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of an assignment with what a student did about it so far."""

    id: UUID
    """Of the problem in the assignment."""
    position: int
    """From one."""
    title: str
    title_bn: str | None
    worth: Decimal
    attempts: int
    submitted: int
    """Final submissions among them."""
    judging: bool
    """Whether one is being judged now."""
    score: Decimal | None
    """The best of the judged final submissions, before lateness; out of `worth`."""
    last_verdict: Verdict | None
    """Of the latest judged final submission."""

    @property
    def solved(self) -> bool:
        return self.score is not None and self.score >= self.worth


@dataclass(frozen=True, slots=True)
class AssignmentWork:
    """An assignment and where one person is with it."""

    item_id: UUID
    class_id: UUID
    class_name: str
    title: str
    description: str | None
    terms: Terms
    enrolled: bool
    """Whether they learn in the class."""
    teaches: bool
    """Whether they teach it or help to: they see it as students would, and hand in nothing."""
    opening: AssignmentOpening | None
    problems: Sequence[ProblemLine]


@dataclass(frozen=True, slots=True)
class ProblemWork:
    """A problem of an assignment, whole, and where one person is with it."""

    assignment: AssignmentWork
    line: ProblemLine
    version_id: UUID
    wording: Wording
    description_bn: str | None
    hint_bn: str | None
    starter: Program | None
    limits: Limits
    tests: int
    hidden: int
    draft: Progress | None

    @property
    def standing(self) -> Standing:
        return Standing(
            self.assignment.enrolled, self.line.submitted, opening=self.assignment.opening
        )

    @property
    def languages(self) -> Sequence[str]:
        """What may be handed in; empty: every language there is."""
        return self.assignment.terms.config.allowed_languages
