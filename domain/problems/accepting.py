"""Seeing a claimed upload through: read once more, its programs run, then a version or a report.

Everything that is said replaces the message that followed the upload since it was sent.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import structlog

from domain.errors import Fault, Unavailable
from domain.operations.records import Saying
from domain.patience import patiently
from domain.problems import trial, uploads
from domain.problems.packages.complaints import Complaint, Flaw, Remark
from domain.problems.packages.contents import PackageRead, PackageTest, ProblemPackage
from domain.problems.records import TEXT_KEPT
from domain.problems.upload_records import (
    NewTest,
    NewVersion,
    UploadClaim,
    UploadStatus,
    WaitingUpload,
    Written,
)
from domain.storage import Storage, problem_key
from domain.submissions.judging import Judge, NoSandbox
from domain.submissions.queueing import (
    INTERNAL_ERRORS_AT_MOST,
    LOST_LEASES_AT_MOST,
    REST_AFTER_ERROR,
)
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# Of one program; the judge limits each test, this is for a judge that hangs.
PROGRAM_AT_MOST_SECONDS = 900.0
COMPLAINTS_AT_MOST = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a trial stands on."""

    open: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    judge: Judge
    storage: Storage
    read: Callable[[str, bytes], Awaitable[PackageRead]]
    """Reads a file in a child."""
    ring: Callable[[int], Awaitable[None]]
    """Wakes the senders of a bot."""


class NotJudged(Exception):
    """The judge failed on a program, which says nothing about it."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


async def see_through(tools: Tools, claim: UploadClaim) -> None:
    """Until the upload is a version, refused, given back or given up.

    Raises NoSandbox, with the lease given back, where this machine cannot run code at all.
    """
    try:
        if claim.lost >= LOST_LEASES_AT_MOST:
            return await _give_up(tools, claim, "lost leases")
        await _try(tools, claim)
    except NoSandbox:
        await patiently(lambda: _give_back(tools, claim, timedelta(0)))
        raise
    except Unavailable as error:
        log.warning("an upload waits", upload=str(claim.lease.upload_id), why=str(error))
        await patiently(lambda: _give_back(tools, claim, REST_AFTER_ERROR))
    except Exception as error:
        log.exception("a trial failed", upload=str(claim.lease.upload_id))
        await _count_error(tools, claim, type(error).__name__)


async def _try(tools: Tools, claim: UploadClaim) -> None:
    content = await tools.storage.get(claim.archive_key)
    found = await tools.read(claim.file_name, content)
    package = found.package
    if package is None:
        await _refuse(tools, claim, found.complaints)
        return
    plan = trial.plan(package)
    against = await _run(tools.judge, plan.trials)
    if against:
        await _refuse(tools, claim, against)
    else:
        await _accept(tools, claim, package, (*found.notes, *plan.notes))


async def _run(judge: Judge, trials: Sequence[trial.Trial]) -> Sequence[Complaint]:
    """What the programs' runs say against the problem; once the reference solution fails, the
    others would tell nothing more."""
    against: list[Complaint] = []
    for number, one in enumerate(trials):
        async with asyncio.timeout(PROGRAM_AT_MOST_SECONDS):
            found = await trial.run(judge, one)
        if any(each.flaw is Flaw.NOT_JUDGED for each in found):
            raise NotJudged(one.file)
        against += found
        if (against and number == 0) or len(against) >= COMPLAINTS_AT_MOST:
            break
    return against[:COMPLAINTS_AT_MOST]


async def _accept(
    tools: Tools, claim: UploadClaim, package: ProblemPackage, notes: Sequence[Remark]
) -> None:
    keys: list[str] = []
    written: Written | None = None
    try:
        tests = [await _stored(tools.storage, claim, one, keys) for one in package.tests]
        version = uploads.new_version(package, tuple(tests))
        written = await _write(tools, claim, version, notes)
    finally:
        if written is not Written.NEW and keys:
            await _discard_unkept(tools, claim, keys)
    if written in (Written.UNCHANGED, Written.SOMEBODY_ELSES):
        await _discard(tools.storage, [claim.archive_key])


async def _write(
    tools: Tools, claim: UploadClaim, version: NewVersion, notes: Sequence[Remark]
) -> Written:
    async def write() -> Written:
        bots: frozenset[int] = frozenset()
        async with tools.open() as work:
            written, number = await work.problems.write_version(
                claim.lease, claim.fingerprint, version
            )
            if written is Written.NEW:
                titles = {"title": version.title, "title_bn": version.title_bn}
                data = {**titles, "version": number, "notes": uploads.told(notes)}
                bots = await work.judgings.say([_about(claim, "problems.accepted", data)])
            elif written is not Written.LEASE_LOST:
                bots = await _end(work, claim, written)
        await _ring(tools, bots)
        return written

    return await patiently(write)


async def _discard_unkept(tools: Tools, claim: UploadClaim, keys: Sequence[str]) -> None:
    """What was stored for a version that was not written; or was, though the answer never came."""

    async def kept() -> Collection[str]:
        async with tools.open() as work:
            return await work.problems.kept_keys(claim.slug, claim.lease.upload_id)

    in_use = await patiently(kept)
    await _discard(tools.storage, [one for one in keys if one not in in_use])


async def _end(work: UnitOfWork, claim: UploadClaim, written: Written) -> frozenset[int]:
    """Another upload was quicker: there is nothing to write, or nothing may be."""
    if not await work.problems.end_upload(claim.lease, UploadStatus.REFUSED):
        return frozenset()
    unchanged = written is Written.UNCHANGED
    said = _about(claim, "problems.unchanged" if unchanged else "problems.slug_taken", {})
    return await work.judgings.say([said])


async def _stored(
    storage: Storage, claim: UploadClaim, test: PackageTest, keys: list[str]
) -> NewTest:
    given, given_key = await _kept(storage, claim, test.input, keys)
    wanted, wanted_key = await _kept(storage, claim, test.output, keys)
    return NewTest(
        test.name, test.hidden, test.points, test.group, given, given_key, wanted, wanted_key
    )


async def _kept(
    storage: Storage, claim: UploadClaim, content: bytes, keys: list[str]
) -> tuple[str, None] | tuple[None, str]:
    """The text for the row, or the key under which it is stored now, which `keys` gets too."""
    if len(content) <= TEXT_KEPT and b"\0" not in content:
        try:
            return content.decode("utf-8"), None
        except UnicodeDecodeError:
            log.debug("a test is no text", upload=str(claim.lease.upload_id))
    key = problem_key(claim.lease.upload_id, "tests")
    keys.append(key)
    await storage.put(key, content, "application/octet-stream")
    return None, key


async def _refuse(tools: Tools, claim: UploadClaim, complaints: Sequence[Complaint]) -> None:
    said = _about(claim, "problems.refused", {"complaints": uploads.told(complaints)})
    await _end_with(tools, claim, UploadStatus.REFUSED, said)


async def _count_error(tools: Tools, claim: UploadClaim, why: str) -> None:
    """An internal error: tried again later, given up at the third."""
    if claim.tries + 1 >= INTERNAL_ERRORS_AT_MOST:
        return await _give_up(tools, claim, why)

    async def count() -> None:
        async with tools.open() as work:
            await work.problems.count_upload_error(claim.lease, REST_AFTER_ERROR)

    await patiently(count)
    return None


async def _give_up(tools: Tools, claim: UploadClaim, why: str) -> None:
    log.error("an upload is given up", upload=str(claim.lease.upload_id), why=why)
    await _end_with(tools, claim, UploadStatus.FAILED, _about(claim, "problems.given_up", {}))


async def _end_with(tools: Tools, claim: UploadClaim, status: UploadStatus, said: Saying) -> None:
    async def end() -> bool:
        async with tools.open() as work:
            if not await work.problems.end_upload(claim.lease, status):
                return False
            bots = await work.judgings.say([said])
        await _ring(tools, bots)
        return True

    if await patiently(end):
        await _discard(tools.storage, [claim.archive_key])


async def _give_back(tools: Tools, claim: UploadClaim, after: timedelta) -> None:
    async with tools.open() as work:
        await work.problems.give_back_upload(claim.lease, after)


async def tell_boxless(work: UnitOfWork) -> frozenset[int]:
    """Tells whose uploads wait, once each, where no worker at all can run code."""
    backlog = await work.judgings.backlog()
    if backlog.workers or not backlog.without_sandbox:
        return frozenset()
    waiting = await work.problems.waiting_uploads(100)
    sayings = [_no_box(one) for one in waiting]
    return await work.judgings.say(sayings) if sayings else frozenset()


def _no_box(one: WaitingUpload) -> Saying:
    key = uploads.message_key(one.upload_id)
    return Saying(
        "problems.no_sandbox",
        {"slug": one.slug},
        chat_id=one.owner.chat_id,
        user_id=one.owner.user_id,
        dedupe_key=f"{key}:waiting",
        edits_key=key,
    )


def _about(claim: UploadClaim, view: str, data: dict[str, Any]) -> Saying:
    key = uploads.message_key(claim.lease.upload_id)
    return Saying(
        view,
        {"version_id": str(claim.lease.upload_id), "slug": claim.slug, **data},
        chat_id=claim.owner.chat_id,
        user_id=claim.owner.user_id,
        dedupe_key=f"{key}:ended",
        edits_key=key,
    )


async def _discard(storage: Storage, keys: Sequence[str]) -> None:
    """What is not needed; what cannot be deleted now stays where nobody finds it."""
    for key in keys:
        try:
            await storage.delete(key)
        except Fault as error:
            log.warning("a stored object stays", why=str(error))


async def _ring(tools: Tools, bots: frozenset[int]) -> None:
    for bot in bots:
        await tools.ring(bot)
