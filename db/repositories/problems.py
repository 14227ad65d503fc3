"""Coding problems in the database; see `domain.problems.repository.ProblemsRepository`."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import problems_statements as statements
from db.repositories import problems_upload_statements as uploads
from db.repositories.problems_rows import problem_card, problem_line, upload_claim
from domain.errors import Refusal
from domain.problems.records import ProblemVisibility
from domain.problems.upload_records import (
    NewTest,
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
from domain.submissions.queueing import Addressee


class SqlProblemsRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    # -- uploads

    async def slug_state(self, owner_id: UUID, slug: str, fingerprint: str) -> SlugState:
        [row] = await uploads.SLUG_STATE.rows(
            self._connection, owner_id=owner_id, slug=slug, fingerprint=fingerprint
        )
        return SlugState(**row)

    async def add_upload(self, upload: NewUpload) -> UUID:
        [row] = await uploads.ADD.rows(
            self._connection,
            owner_id=upload.owner_id,
            slug=upload.slug,
            file_name=upload.file_name,
            archive_key=upload.archive_key,
            fingerprint=upload.fingerprint,
        )
        return UUID(str(row["id"]))

    async def claim_upload(self, worker: str) -> UploadClaim | None:
        row = await uploads.CLAIM.row(self._connection, worker=worker)
        return None if row is None else upload_claim(row)

    async def renew_upload(self, lease: UploadLease) -> bool:
        return await uploads.RENEW.run(self._connection, **_held(lease)) == 1

    async def give_back_upload(self, lease: UploadLease, after: timedelta) -> bool:
        given = await uploads.GIVE_BACK.run(self._connection, **_held(lease), after=after)
        return given == 1

    async def count_upload_error(self, lease: UploadLease, after: timedelta) -> bool:
        counted = await uploads.COUNT_ERROR.run(self._connection, **_held(lease), after=after)
        return counted == 1

    async def end_upload(self, lease: UploadLease, status: UploadStatus) -> bool:
        return await uploads.END.run(self._connection, **_held(lease), status=status) == 1

    async def write_version(
        self, lease: UploadLease, fingerprint: str, version: NewVersion
    ) -> tuple[Written, int]:
        await statements.LOCK_SLUG.run(self._connection, slug=version.slug)
        owner_id = await uploads.HOLDER.value(self._connection, **_held(lease))
        if owner_id is None:
            return Written.LEASE_LOST, 0
        state = await self.slug_state(owner_id, version.slug, fingerprint)
        if state.somebody_elses:
            return Written.SOMEBODY_ELSES, 0
        if state.unchanged:
            return Written.UNCHANGED, state.newest
        number = await statements.ADD_VERSION.value(
            self._connection,
            version_id=lease.upload_id,
            person_id=owner_id,
            **_version_row(version),
        )
        await statements.ADD_TESTS.run(
            self._connection,
            version_id=lease.upload_id,
            tests=[_test_row(n, one) for n, one in enumerate(version.tests, 1)],
        )
        await statements.PUBLISH.run(self._connection, version_id=lease.upload_id)
        await uploads.ACCEPT.run(self._connection, **_held(lease))
        return Written.NEW, int(number)

    async def kept_keys(self, slug: str, version_id: UUID) -> Collection[str]:
        await statements.LOCK_SLUG.run(self._connection, slug=slug)
        rows = await statements.KEPT.rows(self._connection, version_id=version_id)
        return {row["key"] for row in rows}

    async def waiting_uploads(self, limit: int) -> Sequence[WaitingUpload]:
        rows = await uploads.WAITING.rows(self._connection, limit=limit)
        return [
            WaitingUpload(row["id"], Addressee(row["owner_id"], row["telegram_id"]), row["slug"])
            for row in rows
        ]

    # -- problems

    async def problems(
        self, person_id: UUID, *, own: bool, offset: int, limit: int
    ) -> Sequence[ProblemLine]:
        rows = await statements.LISTED.rows(
            self._connection, person_id=person_id, own=own, offset=offset, limit=limit
        )
        return [problem_line(row) for row in rows]

    async def problem(self, person_id: UUID, version_id: UUID) -> ProblemCard | None:
        row = await statements.CARD.row(
            self._connection, person_id=person_id, version_id=version_id
        )
        return None if row is None else problem_card(row)

    async def set_visibility(self, owner_id: UUID, slug: str, visibility: ProblemVisibility) -> int:
        # A version that is being written has the visibility of the one before.
        await statements.LOCK_SLUG.run(self._connection, slug=slug)
        return await statements.SET_VISIBILITY.run(
            self._connection, person_id=owner_id, slug=slug, visibility=visibility
        )

    async def delete_problem(self, owner_id: UUID, slug: str) -> Sequence[str]:
        of = {"person_id": owner_id, "slug": slug}
        await statements.LOCK_SLUG.run(self._connection, slug=slug)
        rows = await statements.STORED.rows(self._connection, **of)
        try:
            await statements.DELETE_VERSIONS.run(self._connection, **of)
        except (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError) as error:
            raise Refusal("the problem is in use", "problems.in_use") from error
        await statements.DELETE_UPLOADS.run(self._connection, **of)
        return [row["key"] for row in rows]


def _held(lease: UploadLease) -> dict[str, Any]:
    return {"upload_id": lease.upload_id, "worker": lease.worker}


def _version_row(version: NewVersion) -> dict[str, Any]:
    checker, limits, starter = version.checker, version.limits, version.starter
    program = checker.program
    return {
        "slug": version.slug,
        "title": version.title,
        "title_bn": version.title_bn,
        "description_markdown": version.description,
        "description_bn": version.description_bn,
        "hint": version.hint,
        "hint_bn": version.hint_bn,
        "starter_code": None if starter is None else starter.source,
        "starter_language": None if starter is None else starter.language,
        "reference_solution": version.reference.source,
        "reference_language": version.reference.language,
        "time_limit_ms": limits.time_ms,
        "memory_limit_kb": limits.memory_kb,
        "output_limit_kb": limits.output_kb,
        "checker": checker.kind,
        "checker_absolute": checker.absolute,
        "checker_relative": checker.relative,
        "checker_case_sensitive": checker.case_sensitive,
        "checker_language": None if program is None else program.language,
        "checker_source": None if program is None else program.source,
        "checker_arguments": list(checker.arguments),
        "test_groups": [{"name": one.name, "points": str(one.points)} for one in version.groups],
    }


def _test_row(ordinal: int, test: NewTest) -> dict[str, Any]:
    return {
        "ordinal": ordinal,
        "name": test.name,
        "hidden": test.hidden,
        "points": str(test.points),
        "group_name": test.group,
        "input": test.input,
        "input_key": test.input_key,
        "output": test.output,
        "output_key": test.output_key,
    }
