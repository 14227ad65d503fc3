"""What an act in a quiz came to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.courses.cards import ItemCard
from domain.practice import answers
from domain.practice.quiz_records import QuizStanding, Waiting
from domain.practice.records import SessionResult
from domain.practice.sessions import DayCounted


@dataclass(frozen=True, slots=True)
class QuizSeen:
    """A quiz before it is begun, or while it runs."""

    card: ItemCard
    standing: QuizStanding
    begins: bool
    """Whether this person can begin it now, or go on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that waits, and what was just done; `waiting` is None at the end of a round:
    every question is over or was left for later."""

    card: ItemCard
    waiting: Waiting | None
    left: int
    count: int
    verdict: answers.Verdict | None = None
    postponed: bool = False
    rewritten: bool = False
    early: bool = False
    """Whether what was typed cannot have been meant for the question that waits."""

    @property
    def answered(self) -> int:
        return self.count - self.left


@dataclass(frozen=True, slots=True)
class Ended:
    """A quiz that is over, with what it came to."""

    card: ItemCard
    result: SessionResult
    score: Decimal
    most: Decimal
    solutions: bool
    """Whether its worked solutions may be looked at by now."""
    solutions_from: datetime | None
    """From when on, where that is not yet."""
    in_time: bool
    """Whether its student handed it in; otherwise its time ran out."""
    day: DayCounted | None = None
    """Of a quiz handed in just now."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The teacher took the quiz back while the student was at it; what was answered is kept."""

    title: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A button of a question that is not the one that waits."""


Outcome = Asked | Ended | TakenBack | Stale
