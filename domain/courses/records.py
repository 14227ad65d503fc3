"""Frozen records of classes: who is in them, and what stands in their modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

JOIN_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are easily misread."""

JOIN_CODE_LENGTH = 6


class EnrollmentRole(StrEnum):
    """What somebody is in one class, whatever they are elsewhere."""

    STUDENT = "student"
    TA = "ta"
    TEACHER = "teacher"
    """Beside the owner, who has no enrolment."""


class EnrollmentStatus(StrEnum):
    ACTIVE = "active"
    DROPPED = "dropped"


class ContentType(StrEnum):
    ASSIGNMENT = "assignment"
    QUIZ = "quiz"
    MATERIAL = "material"
    ANNOUNCEMENT = "announcement"


class AssignmentMode(StrEnum):
    PRACTICE = "practice"
    EXAM = "exam"
    """Only between its opening and the deadline that the opening sets."""
    HOMEWORK = "homework"


class AssignmentDifficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class LatePolicyKind(StrEnum):
    """What lateness costs."""

    NONE = "none"
    REFUSE = "refuse"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Class:
    id: UUID
    owner_id: UUID | None
    """None once the owner's account was erased."""
    name: str
    section: str | None
    join_code: str
    is_archived: bool
    settings: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Enrollment:
    id: UUID
    user_id: UUID
    class_id: UUID
    role: EnrollmentRole
    status: EnrollmentStatus
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Module:
    id: UUID
    class_id: UUID
    title: str
    description: str | None
    order_index: int
    """From one."""
    is_published: bool


@dataclass(frozen=True, slots=True)
class ContentItem:
    id: UUID
    module_id: UUID
    content_type: ContentType
    title: str
    description: str | None
    order_index: int
    """From one."""
    is_published: bool
    release_date: datetime | None
    due_date: datetime | None
    created_by: UUID | None


@dataclass(frozen=True, slots=True)
class LatePolicy:
    kind: LatePolicyKind = LatePolicyKind.NONE
    percent_per_day: int = 0
    at_most_percent: int = 100
    grace_minutes: int = 0


@dataclass(frozen=True, slots=True)
class AssignmentConfig:
    """What stands in `assignments.config`, under these names."""

    allowed_languages: tuple[str, ...] = ()
    """Empty: every language that the judge has."""
    time_limit_mins: int | None = None
    max_attempts: int | None = None
    """Of final submissions to one problem; None: any number."""
    late_policy: LatePolicy = LatePolicy()


@dataclass(frozen=True, slots=True)
class Assignment:
    id: UUID
    """The content item's."""
    mode: AssignmentMode
    points_total: int
    difficulty: AssignmentDifficulty
    config: AssignmentConfig


@dataclass(frozen=True, slots=True)
class Quiz:
    id: UUID
    """The content item's."""
    points_total: int


@dataclass(frozen=True, slots=True)
class QuizProblem:
    quiz_id: UUID
    problem_id: UUID
    order_index: int


@dataclass(frozen=True, slots=True)
class MaterialFile:
    id: UUID
    material_id: UUID
    storage_key: str
    name: str
    """As its teacher named it; untrusted."""
    size: int
    """Bytes."""
    media_type: str
    order_index: int


@dataclass(frozen=True, slots=True)
class Material:
    id: UUID
    """The content item's."""
    body: str | None
    files: tuple[MaterialFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentOpening:
    """When a student opened an exam, and until when it is open to them."""

    id: UUID
    student_id: UUID
    assignment_id: UUID
    opened_at: datetime
    deadline_at: datetime
    locked_at: datetime | None
    """When all of it was handed in; or its deadline, where time ran out first."""

    @property
    def handed_in(self) -> bool:
        """Whether it ended because nothing was left to do."""
        return self.locked_at not in {None, self.deadline_at}
