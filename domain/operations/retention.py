"""What is forgotten, and when; a small batch is a transaction, so that nobody waits for it.

What students made stays: practice, attempts with their code, grades, and where people stand in
their conversations. A draft's code is emptied half a year after its assignment was over or its
class was archived, if nobody touched it since: whatever was run or handed in is an attempt.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import structlog

from domain.errors import Fault
from domain.operations.upkeep_repository import Old, OldUpload
from domain.storage import Storage
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

KEPT: Mapping[Old, timedelta] = {
    Old.UPDATES: timedelta(days=7),
    Old.MESSAGES: timedelta(days=7),
    Old.NOTICES: timedelta(days=180),
    Old.DRAFTS: timedelta(days=180),
    Old.INVITATIONS: timedelta(days=30),
}
REFUSED_UPLOADS_KEPT = timedelta(days=30)
SUPERSEDED_UPLOADS_KEPT = timedelta(days=180)
BATCH = 2000
UPLOADS = "uploads"


async def forget(open_: Open, storage: Storage, now: datetime, batch: int = BATCH) -> int:
    """Forgets all that is old, in batches of at most so many rows; returns how many."""
    total = 0
    for what, kept in KEPT.items():
        total += _noted(what, await _forget_all(open_, what, now - kept, batch))
    total += _noted(UPLOADS, await _forget_uploads(open_, storage, now, batch))
    return total


def _noted(what: str, count: int) -> int:
    if count:
        log.info("forgotten", what=what, count=count)
    return count


async def _forget_all(open_: Open, what: Old, before: datetime, batch: int) -> int:
    total = 0
    while True:
        async with open_() as work:
            count = await work.retention.forget(what, before, batch)
        total += count
        if count < batch:
            return total


async def _forget_uploads(open_: Open, storage: Storage, now: datetime, batch: int) -> int:
    """Objects before rows: cut off in between, the next night finds the rows again."""
    total = 0
    while True:
        async with open_() as work:
            old = await work.retention.old_uploads(
                now - REFUSED_UPLOADS_KEPT, now - SUPERSEDED_UPLOADS_KEPT, batch
            )
        gone = [one.upload_id for one in old if await _discarded(storage, one)]
        async with open_() as work:
            total += await work.retention.forget_uploads(gone)
        if len(gone) < batch:
            # Also where an object could not be deleted: it would be found again at once.
            return total


async def _discarded(storage: Storage, upload: OldUpload) -> bool:
    if upload.archive_key is None:
        return True
    try:
        await storage.delete(upload.archive_key)
    except Fault as error:
        log.warning("a stored object stays", upload=str(upload.upload_id), why=type(error).__name__)
        return False
    return True
