"""Frozen records of practice. Texts come in both languages; the view picks one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.practice.skills import Skill

Texts = Mapping[str, str]
"""A text in each language: {"en": …, "bn": …}."""


class AnswerKind(StrEnum):
    NUMBER = "number"
    FRACTION = "fraction"
    PERCENT = "percent"
    RATIO = "ratio"
    """Two or more terms: 2:3, 4:6 and 2/3 to one side of it say the same."""
    EXPRESSION = "expression"
    """With letters: a polynomial, a product, a quotient; or a surd."""
    UNKNOWNS = "unknowns"
    """Each unknown by its letter: x = 3, y = 2."""
    SET = "set"
    """Several values in any order: the two roots of an equation, the members of a set."""
    INEQUALITY = "inequality"
    """The side on which an unknown lies: x > 3."""


class AnswerForm(StrEnum):
    """The form that a problem asks for, where the value alone is not enough."""

    LOWEST = "lowest"
    """A fraction, ratio, algebraic fraction or surd that cannot be reduced further."""
    MIXED = "mixed"
    DECIMAL = "decimal"
    SCIENTIFIC = "scientific"
    FACTORS = "factors"
    """A product in which each factor is reduced as far as in the stated answer."""
    EXPANDED = "expanded"
    """A sum without brackets, like terms collected."""


class ProblemOrigin(StrEnum):
    LIBRARY = "library"
    """Comes with Dars: what is no longer in its files is no longer set."""
    FOLDER = "folder"
    """Imported by whoever runs the service, from a folder of their own."""
    TEACHER = "teacher"
    """Contributed in the chat and approved by an admin; it outlives its teacher's account."""


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ItemState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    SHOWN = "shown"


class SessionKind(StrEnum):
    PRACTICE = "practice"
    QUIZ = "quiz"


class SessionStatus(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as a teacher wrote it.

    One with `parameters` is a template: its texts and its answer name numbers in braces, which
    are chosen anew for every setting, see domain/practice/library/templates.py.
    """

    slug: str
    grade: int
    topic: str
    subtopic: str | None
    question: Texts
    answer: str
    answer_kind: AnswerKind
    answer_tolerance: Decimal | None
    unit: str | None
    hints: tuple[Texts, ...]
    solution: Texts
    difficulty: int
    estimated_time_minutes: int
    computation: str
    answer_form: AnswerForm | None = None
    unit_required: bool = False
    """Whether an answer that does not name its unit is wrong."""
    chapter: Texts | None = None
    """The chapter of the textbook of the class."""
    parameters: tuple[tuple[str, str], ...] = ()
    """Name and specification of each number, in the order in which they are worked out."""
    conditions: tuple[str, ...] = ()
    """Comparisons that the numbers must fulfil."""


@dataclass(frozen=True, slots=True)
class Import:
    """What became of the library or a folder; where slugs are taken, nothing was imported."""

    changed: int
    taken: tuple[str, ...]
    """Slugs that a folder has no right to: the library's, and those of teachers' problems."""


@dataclass(frozen=True, slots=True)
class ContributionImport:
    """What became of a teacher's problems; where slugs are taken, nothing was imported."""

    new: int
    changed: int
    unchanged: int
    taken: tuple[str, ...]
    """Slugs of problems that are not this teacher's, or that another teacher proposed."""


@dataclass(frozen=True, slots=True)
class WaitingContribution:
    """A teacher whose problems wait for an admin."""

    owner_id: UUID
    owner_name: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """What choosing needs to know of a problem and of this student's past with it."""

    id: UUID
    topic: str
    difficulty: int
    times_set: int
    """In the student's latest sessions, as `last_set_at` is."""
    last_set_at: datetime | None
    first_try_correct: bool | None
    """Whether the first try at the latest setting was right; None if it was never tried."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a session is chosen from, and how well the student knows the topics of it."""

    candidates: Sequence[Candidate]
    skills: Mapping[str, Skill]
    """By topic; a topic never practised is missing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One problem as it stands in a session, with what is needed to show and check it.

    Texts and answer of a template have this setting's own numbers.
    """

    id: UUID
    session_id: UUID
    session_status: SessionStatus
    expires_at: datetime
    position: int
    count: int
    problem_id: UUID
    written_at: datetime
    """When the problem got its present wording; that may be after the item was opened."""
    topic: str
    difficulty: int
    skill: Skill | None
    """How well the student knows the topic; None if it was never practised."""
    question: Texts
    answer: str
    answer_kind: AnswerKind
    answer_form: AnswerForm | None
    answer_tolerance: Decimal | None
    unit: str | None
    unit_required: bool
    hints: tuple[Texts, ...]
    hints_spaced: bool
    """Whether each hint after the first opens only after another try."""
    solution: Texts
    hints_shown: int
    tries: int
    state: ItemState
    confidence: Confidence | None
    opened_at: datetime | None
    last_tried_at: datetime | None
    reported_at: datetime | None
    next_id: UUID | None
    """The next item of the session that still waits, after this one; None if this is the last."""
    postponed: int = 0
    """Of a quiz: how often it was left for later."""

    def open_at(self, now: datetime) -> bool:
        return self.session_status is SessionStatus.IN_PROGRESS and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Try:
    """One answer, checked, ready to be recorded."""

    item: Item
    answer: str
    is_correct: bool
    time_spent_seconds: int
    at: datetime
    skill: Skill | None
    """The topic's skill after this try; None where the try does not change it."""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How one item of a session ended."""

    position: int
    topic: str
    state: ItemState
    is_correct: bool
    tries: int
    hints_shown: int


@dataclass(frozen=True, slots=True)
class SessionResult:
    """A session as it ended: what the summary says."""

    id: UUID
    status: SessionStatus
    started_at: datetime
    total_time_seconds: int
    items: tuple[ItemResult, ...]
    work_on: str | None = None
    """The topic to work on next, as the skills stand after the session."""

    @property
    def correct(self) -> int:
        return sum(one.is_correct for one in self.items)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row, as they stood after `last_practice_date`."""

    current: int = 0
    longest: int = 0
    last_practice_date: date | None = None
    milestones: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """First tries in one topic: how many, and how many were right."""

    topic: str
    tries: int
    correct: int


@dataclass(frozen=True, slots=True)
class WeekProgress:
    """One week of practice, from its Sunday in the student's own time zone."""

    week: date
    tries: int
    correct: int
    sessions: int
