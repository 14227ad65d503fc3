"""Frozen records of quizzes as students answer them and teachers look at what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.practice.records import Item, SessionStatus, Texts


@dataclass(frozen=True, slots=True)
class QuizSession:
    """A student's one attempt at a quiz."""

    id: UUID
    status: SessionStatus
    started_at: datetime
    expires_at: datetime
    completed_at: datetime | None
    count: int
    """Of its questions."""
    answered: int
    correct: int

    @property
    def ended(self) -> bool:
        return self.status is not SessionStatus.IN_PROGRESS

    def open_at(self, now: datetime) -> bool:
        return not self.ended and now < self.expires_at


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A quiz and how far one person is with it."""

    points_total: int
    """0: one point a question."""
    questions: int
    """As many as a session that is begun now would have."""
    session: QuizSession | None


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz in a student's list of what there is to do."""

    item_id: UUID
    title: str
    class_name: str
    due_date: datetime | None
    standing: QuizStanding


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of an open session's questions that wait: the one that is asked, and the one after it."""

    item: Item
    following: Item | None
    left: int
    """How many wait, these two among them."""

    @property
    def answered(self) -> int:
        return self.item.count - self.left


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a session that is over, with what the student answered; None: nothing."""

    item: Item
    answer: str | None
    is_correct: bool


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How a class did at one question, of those who handed in."""

    place: int
    """In the quiz, from one."""
    text: Texts
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class StudentResult:
    """How one student of the class did; no status: never begun."""

    name: str
    status: SessionStatus | None
    answered: int
    correct: int
    count: int
    score: Decimal | None
    """Of those who handed in."""


@dataclass(frozen=True, slots=True)
class QuizResults:
    """How a class did: everybody together, and a page of its students, best first."""

    points_total: int
    questions: Sequence[QuestionResult]
    """Hardest first; empty while nobody has handed in."""
    handed_in: int
    working: int
    not_begun: int
    average: Decimal | None
    """Of the scores of those who handed in."""
    most: Decimal
    """The highest score there could be."""
    students: Sequence[StudentResult]
