"""What is forgotten, in the database: each statement takes the oldest few rows and counts them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from db.models import (
    AssignmentProblem,
    AssignmentProgress,
    Base,
    Class,
    ContentItem,
    InboxUpdate,
    Invitation,
    Judging,
    Module,
    Notification,
    OutboxMessage,
    ProblemUpload,
    ProblemVersion,
)
from db.statements import Statement
from domain.operations.records import InboxState
from domain.operations.upkeep_repository import Old, OldUpload
from domain.problems.upload_records import UploadStatus

_INSTANT = DateTime(timezone=True)
_BEFORE = bindparam("before", type_=_INSTANT)
_LIMIT = bindparam("limit", type_=Integer)


def first_id(at: datetime) -> UUID:
    """No id that was made later is smaller: ours begin with the millisecond of their making."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def _delete(model: type[Base], old: ColumnElement[bool], order: Any) -> Statement:
    key: Any = model.__table__.c.id
    chosen = (
        select(key)
        .where(old)
        .order_by(order)
        .limit(_LIMIT)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return Statement(delete(model).where(key == chosen.c.id))


def _open_subjects() -> Select[tuple[str]]:
    """Keys of the messages about what is not decided: others replace them yet, or are not said
    twice as long as they stand."""
    judgings = select(literal("judging:") + cast(Judging.id, String)).where(
        Judging.ended_at.is_(None)
    )
    uploads = select(literal("upload:") + cast(ProblemUpload.id, String)).where(
        ProblemUpload.ended_at.is_(None)
    )
    keys = judgings.union_all(uploads).subquery("keys")
    return select(keys.c[0])


def _old_messages() -> ColumnElement[bool]:
    later = aliased(OutboxMessage, name="later")
    followed = (
        select(later.id)
        .where(
            later.edits_key == OutboxMessage.dedupe_key,
            later.sent_at.is_(None),
            later.failed_reason.is_(None),
        )
        .exists()
    )
    about = func.coalesce(OutboxMessage.edits_key, OutboxMessage.dedupe_key, "")
    return and_(
        func.coalesce(OutboxMessage.sent_at, OutboxMessage.failed_at) < _BEFORE,
        ~followed,
        about.not_in(_open_subjects()),
    )


def _empty_drafts() -> Statement:
    """The time spent stays. A class that was changed since may have been archived since."""
    over = or_(
        ContentItem.due_date < _BEFORE,
        and_(Class.is_archived.is_(True), Class.updated_at < _BEFORE),
    )
    chosen = (
        select(AssignmentProgress.id)
        .join(AssignmentProblem, AssignmentProblem.id == AssignmentProgress.assignment_problem_id)
        .join(ContentItem, ContentItem.id == AssignmentProblem.assignment_id)
        .join(Module, Module.id == ContentItem.module_id)
        .join(Class, Class.id == Module.class_id)
        .where(
            AssignmentProgress.last_updated < _BEFORE, AssignmentProgress.current_code != "", over
        )
        .order_by(AssignmentProgress.last_updated)
        .limit(_LIMIT)
        .with_for_update(of=AssignmentProgress, skip_locked=True)
        .cte("chosen")
    )
    return Statement(
        update(AssignmentProgress)
        .where(AssignmentProgress.id == chosen.c.id)
        .values(current_code="", current_language=null())
    )


FORGET: Mapping[Old, Statement] = {
    Old.UPDATES: _delete(
        InboxUpdate,
        and_(InboxUpdate.state != InboxState.WAITING, InboxUpdate.ended_at < _BEFORE),
        InboxUpdate.ended_at,
    ),
    Old.MESSAGES: _delete(
        OutboxMessage,
        _old_messages(),
        func.coalesce(OutboxMessage.sent_at, OutboxMessage.failed_at),
    ),
    # By the key, which knows their age, instead of an index that each notice would pay for.
    Old.NOTICES: _delete(
        Notification, Notification.id < bindparam("first_kept", type_=Uuid()), Notification.id
    ),
    Old.DRAFTS: _empty_drafts(),
    Old.INVITATIONS: _delete(
        Invitation,
        or_(Invitation.used_at < _BEFORE, Invitation.expires_at < _BEFORE),
        Invitation.id,
    ),
}


def _old_uploads() -> Statement:
    """An accepted one stays with the newest version: its teacher can have the file again."""
    newer = aliased(ProblemVersion, name="newer")
    newest = (
        select(ProblemVersion.id)
        .where(
            ProblemVersion.id == ProblemUpload.id,
            ~select(newer.id)
            .where(newer.slug == ProblemVersion.slug, newer.version > ProblemVersion.version)
            .exists(),
        )
        .exists()
    )
    # Only what was refused or given up keeps no archive.
    gone = ProblemUpload.archive_key.is_(None)
    return Statement(
        select(ProblemUpload.id, ProblemUpload.archive_key)
        .where(
            or_(
                and_(gone, ProblemUpload.ended_at < bindparam("ended", type_=_INSTANT)),
                and_(
                    ProblemUpload.status == UploadStatus.ACCEPTED,
                    ProblemUpload.ended_at < bindparam("superseded", type_=_INSTANT),
                    ~newest,
                ),
            )
        )
        .order_by(ProblemUpload.id)
        .limit(_LIMIT)
    )


OLD_UPLOADS = _old_uploads()
FORGET_UPLOADS = Statement(
    delete(ProblemUpload).where(
        ProblemUpload.id == any_(bindparam("upload_ids", type_=ARRAY(Uuid())))
    )
)


class SqlRetentionRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def forget(self, what: Old, before: datetime, limit: int) -> int:
        return await FORGET[what].run(
            self._connection, before=before, first_kept=first_id(before), limit=limit
        )

    async def old_uploads(
        self, ended: datetime, superseded: datetime, limit: int
    ) -> Sequence[OldUpload]:
        rows = await OLD_UPLOADS.rows(
            self._connection, ended=ended, superseded=superseded, limit=limit
        )
        return [OldUpload(row["id"], row["archive_key"]) for row in rows]

    async def forget_uploads(self, upload_ids: Sequence[UUID]) -> int:
        return await FORGET_UPLOADS.run(self._connection, upload_ids=list(upload_ids))
