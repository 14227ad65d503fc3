"""What coding problems ask of the database; every method speaks in the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from domain.problems.records import ProblemVisibility
from domain.problems.upload_records import (
    NewUpload,
    NewVersion,
    ProblemCard,
    ProblemLine,
    SlugState,
    UploadClaim,
    UploadLease,
    UploadStatus,
    WaitingUpload,
    Written,
)


class ProblemsRepository(Protocol):
    """Problems, and uploads of them. Leases run by the database's clock; what is asked of a lease
    that was lost changes nothing."""

    # -- uploads

    async def slug_state(self, owner_id: UUID, slug: str, fingerprint: str) -> SlugState: ...

    async def add_upload(self, upload: NewUpload) -> UUID:
        """It waits from now on; a version that it becomes will have its id."""
        ...

    async def claim_upload(self, worker: str) -> UploadClaim | None:
        """The oldest upload of a teacher of whom none is being checked, while no student's code
        waits; `worker` has never been said before."""
        ...

    async def renew_upload(self, lease: UploadLease) -> bool:
        """Whether the lease is held still; then it is prolonged."""
        ...

    async def give_back_upload(self, lease: UploadLease, after: timedelta) -> bool:
        """Lets anybody claim it, from `after` on; it does not count as lost."""
        ...

    async def count_upload_error(self, lease: UploadLease, after: timedelta) -> bool:
        """Gives it back after an internal error, to rest a while."""
        ...

    async def end_upload(self, lease: UploadLease, status: UploadStatus) -> bool:
        """Ends it without a version, and forgets its archive; False if the lease was lost."""
        ...

    async def write_version(
        self, lease: UploadLease, fingerprint: str, version: NewVersion
    ) -> tuple[Written, int]:
        """Ends the upload with its version published, and says which number it got; nothing is
        written and the upload stays open unless it is new."""
        ...

    async def kept_keys(self, slug: str, version_id: UUID) -> Collection[str]:
        """Where the tests of a version are stored, once nobody writes it any more."""
        ...

    async def waiting_uploads(self, limit: int) -> Sequence[WaitingUpload]:
        """Oldest first."""
        ...

    # -- problems

    async def problems(
        self, person_id: UUID, *, own: bool, offset: int, limit: int
    ) -> Sequence[ProblemLine]:
        """Their own, or those that others share; the latest first."""
        ...

    async def problem(self, person_id: UUID, version_id: UUID) -> ProblemCard | None:
        """By any of its versions; None if there is none, or if it is not theirs to see."""
        ...

    async def set_visibility(self, owner_id: UUID, slug: str, visibility: ProblemVisibility) -> int:
        """Of all versions; how many there are."""
        ...

    async def delete_problem(self, owner_id: UUID, slug: str) -> Sequence[str]:
        """With all versions, tests and uploads of it; the keys of what was stored for them.

        Raises Refusal if an assignment or a judging needs it.
        """
        ...
