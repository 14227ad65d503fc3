"""Records of coding problems on their way in: what was sent, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.problems.packages.complaints import Complaint, Remark
from domain.problems.records import ProblemVisibility, TestCase, TestGroup
from domain.submissions.judging import Checker, Limits, Program
from domain.submissions.queueing import Addressee


class UploadStatus(StrEnum):
    QUEUED = "queued"
    PROCESSING = "processing"
    """Its programs are run under a lease, or were until the lease ran out."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    """Given up for a failure of ours."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file brings, without its bytes. Where there are complaints, nothing else counts."""

    complaints: Sequence[Complaint]
    notes: Sequence[Remark]
    slug: str = ""
    title: str = ""
    title_bn: str | None = None
    fingerprint: str = ""
    """SHA-256 of the problem itself: two archives of the same files have the same."""
    tests: int = 0
    programs: int = 0
    """Solutions and validators that will be run."""


@dataclass(frozen=True, slots=True)
class NewUpload:
    owner_id: UUID
    slug: str
    file_name: str
    archive_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SlugState:
    """What is known of a slug when somebody wants to use it."""

    somebody_elses: bool
    newest: int
    """The newest version of their own; 0 where there is none."""
    unchanged: bool
    """Whether that version is the very problem that is sent now."""
    waiting: bool
    """Whether the very problem is being checked."""
    open: int
    """How many of their uploads, of any slug, are waiting or being checked."""


@dataclass(frozen=True, slots=True)
class UploadLease:
    """An upload that is a worker's until the lease runs out; `worker` names this lease alone."""

    upload_id: UUID
    worker: str


@dataclass(frozen=True, slots=True)
class UploadClaim:
    """An upload under a lease."""

    lease: UploadLease
    lost: int
    """Leases on it that ran out."""
    tries: int
    """Internal errors on it."""
    owner: Addressee
    slug: str
    file_name: str
    archive_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class WaitingUpload:
    upload_id: UUID
    owner: Addressee
    slug: str


@dataclass(frozen=True, slots=True)
class NewTest:
    """A test as it is kept: of input and of output, the text or where it is stored."""

    name: str
    hidden: bool
    points: Decimal
    group: str | None
    input: str | None
    input_key: str | None
    output: str | None
    output_key: str | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Everything that a version of a problem is made of, but for its number and visibility."""

    slug: str
    title: str
    title_bn: str | None
    description: str
    description_bn: str | None
    hint: str | None
    hint_bn: str | None
    starter: Program | None
    reference: Program
    limits: Limits
    checker: Checker
    groups: Sequence[TestGroup]
    tests: Sequence[NewTest]


class Written(StrEnum):
    """What became of an attempt to write a version."""

    NEW = "new"
    UNCHANGED = "unchanged"
    SOMEBODY_ELSES = "somebody_elses"
    LEASE_LOST = "lease_lost"


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem in a list, by its newest version."""

    id: UUID
    """Of that version."""
    title: str
    title_bn: str | None
    version: int
    visibility: ProblemVisibility


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """The newest version of a problem as its owner, or another teacher, has it before them."""

    id: UUID
    slug: str
    version: int
    own: bool
    owner_name: str | None
    """None once the owner's account was erased."""
    visibility: ProblemVisibility
    title: str
    title_bn: str | None
    description: str
    description_bn: str | None
    limits: Limits
    tests: int
    hidden: int
    points: Decimal
    assignments: int
    """In which any of its versions is set."""
    outdated: int
    """Of these, how many have an older version."""
    file_name: str | None
    archive_key: str | None
    """Of the file that brought it, where it is kept."""
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ProblemSeen:
    """A problem with the tests that everybody may see."""

    card: ProblemCard
    samples: Sequence[TestCase]
