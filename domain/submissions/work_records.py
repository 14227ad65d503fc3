"""Assignments and problems as one person has them before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.courses.records import AssignmentMode, AssignmentOpening
from domain.problems.records import Wording
from domain.submissions.judging import Limits, Program, Verdict
from domain.submissions.records import AttemptType, JudgingStatus, Progress
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
    running_since: datetime | None
    """When the latest test run that is not judged yet was begun."""
    judging_since: datetime | None
    """The same of final submissions."""
    score: Decimal | None
    """The best of the judged final submissions, lateness taken off; out of `worth`."""
    solved: bool
    """Whether one of them was right, be it late."""

    @property
    def judging(self) -> bool:
        """Whether an attempt is being judged now."""
        return self.running_since is not None or self.judging_since is not None


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
    left_at: datetime | None
    """When the student turned to another problem, if that was after the latest act on this."""

    @property
    def standing(self) -> Standing:
        return Standing(
            self.assignment.enrolled, self.line.submitted, opening=self.assignment.opening
        )

    @property
    def languages(self) -> Sequence[str]:
        """What may be handed in; empty: every language there is."""
        return self.assignment.terms.config.allowed_languages


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A program that is run or handed in; its number is given by the database."""

    type: AttemptType
    student_id: UUID
    assignment_problem_id: UUID
    code_key: str
    code_size: int
    """Bytes."""
    language: str
    created_at: datetime
    time_focused_seconds: int
    late_by_seconds: int


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt with what its judging came to; no code, which is in the storage."""

    id: UUID
    assignment_problem_id: UUID
    number: int
    type: AttemptType
    language: str
    created_at: datetime
    late_by_seconds: int
    status: JudgingStatus
    """Of the newest judging."""
    verdict: Verdict | None
    """Of the judging that counts; None while there is none."""
    score: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class TestMark:
    """What became of one test of an attempt."""

    __test__ = False

    number: int
    hidden: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AttemptSeen:
    """One attempt, whole."""

    line: AttemptLine
    title: str
    title_bn: str | None
    code_key: str
    compiler: str | None
    """What the compiler said where it refused."""
    marks: Sequence[TestMark]
    """Of the tests that were run."""
