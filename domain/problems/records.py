"""Frozen records of coding problems."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.submissions.judging import Checker, Limits, Program


class ProblemVisibility(StrEnum):
    PRIVATE = "private"
    """Its owner's."""
    SHARED = "shared"
    """Every teacher may set it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A problem's texts in one language; the main one is whichever its teacher wrote in."""

    title: str
    description_markdown: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class TestGroup:
    """Tests that are worth their points only together."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class ProblemVersion:
    """One version of a coding problem, without its tests; it never changes once published."""

    id: UUID
    slug: str
    version: int
    owner_id: UUID | None
    """None once the owner's account was erased."""
    visibility: ProblemVisibility
    wording: Wording
    title_bn: str | None
    description_bn: str | None
    hint_bn: str | None
    starter: Program | None
    reference: Program | None
    limits: Limits
    checker: Checker
    test_groups: tuple[TestGroup, ...]
    created_at: datetime
    published_at: datetime | None
    """None while it is a draft."""


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test. Of input and of output, either the text is here or the key of where it is stored.

    Text is stored as an object where it is over TEXT_KEPT bytes, or is not UTF-8, or has a NUL.
    """

    id: UUID
    problem_version_id: UUID
    ordinal: int
    """From one."""
    name: str
    hidden: bool
    points: Decimal
    group_name: str | None
    input: str | None
    input_key: str | None
    output: str | None
    output_key: str | None


TEXT_KEPT = 64 * 1024
"""Bytes of a test's input or output that are kept in its row."""


@dataclass(frozen=True, slots=True)
class AssignmentProblem:
    """A problem as it is set in one assignment."""

    id: UUID
    assignment_id: UUID
    problem_id: UUID
    """Of the problem's version."""
    order_index: int
    """From one."""
    custom_points: int | None
    """What it is worth here; None: what its tests are worth together."""
