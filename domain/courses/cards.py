"""A class and what is in it as one person meets them, and what that person is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.courses.records import ContentItem, EnrollmentRole, EnrollmentStatus, Module
from domain.people.records import Person


class Standing(StrEnum):
    """What somebody is in one class."""

    OWNER = "owner"
    TEACHER = "teacher"
    """Beside the owner."""
    TA = "ta"
    STUDENT = "student"
    NONE = "none"
    """Neither, or not any more."""


class Need(StrEnum):
    """What something takes."""

    LEARN = "learn"
    """Any active member, and who teaches."""
    ASSIST = "assist"
    TEACH = "teach"
    OWN = "own"


MEETING: Mapping[Need, frozenset[Standing]] = {
    Need.LEARN: frozenset({Standing.OWNER, Standing.TEACHER, Standing.TA, Standing.STUDENT}),
    Need.ASSIST: frozenset({Standing.OWNER, Standing.TEACHER, Standing.TA}),
    Need.TEACH: frozenset({Standing.OWNER, Standing.TEACHER}),
    Need.OWN: frozenset({Standing.OWNER}),
}
"""The standings that meet each need."""


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class as one person meets it."""

    id: UUID
    owner_id: UUID | None
    name: str
    section: str | None
    join_code: str
    """For those who teach; nobody else is shown it."""
    is_archived: bool
    settings: Mapping[str, Any]
    standing: Standing

    def meets(self, needs: Need) -> bool:
        """Where the owner's account is gone, those who teach decide what was the owner's."""
        orphaned = self.owner_id is None and needs is Need.OWN
        return self.standing in MEETING[Need.TEACH if orphaned else needs]

    @property
    def teaches(self) -> bool:
        return self.meets(Need.TEACH)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in somebody's list."""

    id: UUID
    name: str
    section: str | None
    is_archived: bool
    standing: Standing
    students: int
    """Active ones."""


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A class that a code opens, to one person."""

    in_class: ClassCard
    dropped: bool
    """Whether the person was dropped from it by somebody else than themselves."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a class, or who was; its owner has no such row."""

    enrollment_id: UUID
    user_id: UUID
    name: str
    username: str | None
    telegram_id: int | None
    role: EnrollmentRole
    status: EnrollmentStatus
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Somebody in a class, as one person meets them there."""

    in_class: ClassCard
    member: Member


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the bot knows, with what they are in a class so far, if anything."""

    person: Person
    role: EnrollmentRole | None = None
    status: EnrollmentStatus | None = None


@dataclass(frozen=True, slots=True)
class KeptInvitation:
    """An invitation to be a teacher, as it is kept."""

    expires_at: datetime
    used: bool


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module as one person meets it."""

    in_class: ClassCard
    module: Module


@dataclass(frozen=True, slots=True)
class ItemCard:
    """A content item as one person meets it."""

    in_class: ClassCard
    module: Module
    item: ContentItem

    @property
    def standing(self) -> Standing:
        return self.in_class.standing

    def open_at(self, now: datetime) -> bool:
        """Whether students see it: published, its module too, and released."""
        released = self.item.release_date is None or self.item.release_date <= now
        return self.module.is_published and self.item.is_published and released


def standing_of(
    person_id: UUID,
    owner_id: UUID | None,
    role: EnrollmentRole | None,
    status: EnrollmentStatus | None,
) -> Standing:
    """What an enrolment, if there is one, makes of somebody; whoever owns the class owns it."""
    if person_id == owner_id:
        return Standing.OWNER
    if role is None or status is not EnrollmentStatus.ACTIVE:
        return Standing.NONE
    return Standing(role.value)
