"""Problems as a teacher sets them in an assignment."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SetProblem:
    """A problem of an assignment."""

    id: UUID
    """Of the problem in the assignment."""
    item_id: UUID
    version_id: UUID
    title: str
    title_bn: str | None
    version: int
    newest: int | None
    """The newest version that whoever looks may set; None where this is it."""
    worth: Decimal
    """Its own points here, else what its tests are worth."""
    custom_points: int | None
    used: bool
    """Whether a student tried it, or keeps a draft of it."""


@dataclass(frozen=True, slots=True)
class PickedProblem:
    """A problem that may be set."""

    version_id: UUID
    title: str
    title_bn: str | None
    version: int
    own: bool
    is_set: bool
    """Whether this version or another of the same problem is in the assignment."""
