"""The statements of coding problems on their way in, compiled once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    Interval,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from db.models import Judging, ProblemUpload, ProblemVersion, User
from db.models.problems import UPLOAD_STATUS
from db.repositories.judging_statements import FREE as JUDGING_FREE
from db.repositories.judging_statements import now, span
from db.statements import Statement
from domain.problems.upload_records import UploadStatus
from domain.submissions.queueing import LEASE

# An upload that waited so long goes on beside students' code.
PATIENCE = timedelta(minutes=2)

_OWNER = bindparam("owner_id", type_=Uuid())
_SLUG = bindparam("slug", type_=String)
_FINGERPRINT = bindparam("fingerprint", type_=String)
_WORKER = bindparam("worker", type_=String)
_OPEN = ProblemUpload.ended_at.is_(None)
_FREE = and_(
    _OPEN, or_(ProblemUpload.status == UploadStatus.QUEUED, ProblemUpload.lease_until < now())
)
HELD = and_(
    ProblemUpload.id == bindparam("upload_id", type_=Uuid()),
    ProblemUpload.worker == _WORKER,
    ProblemUpload.status == UploadStatus.PROCESSING,
)
"""The lease is its worker's still: even if it ran out, nobody else has taken it."""


def _slug_state() -> Statement:
    """One row, whatever there is."""
    versions = select(ProblemVersion).where(ProblemVersion.slug == _SLUG).subquery("versions")
    newest = (
        select(func.max(versions.c.version))
        .where(versions.c.owner_id == _OWNER)
        .scalar_subquery()
        .label("newest")
    )
    fingerprint = (
        select(ProblemUpload.fingerprint)
        .join(versions, versions.c.id == ProblemUpload.id)
        .order_by(versions.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    own = select(ProblemUpload.id).where(_OPEN, ProblemUpload.owner_id == _OWNER)
    return Statement(
        select(
            select(versions.c.id)
            .where(versions.c.owner_id.is_distinct_from(_OWNER))
            .exists()
            .label("somebody_elses"),
            func.coalesce(newest, 0).label("newest"),
            func.coalesce(fingerprint == _FINGERPRINT, False).label("unchanged"),
            own.where(ProblemUpload.slug == _SLUG, ProblemUpload.fingerprint == _FINGERPRINT)
            .exists()
            .label("waiting"),
            select(func.count()).select_from(own.subquery("own")).scalar_subquery().label("open"),
        )
    )


SLUG_STATE = _slug_state()

ADD = Statement(
    insert(ProblemUpload)
    .values(
        owner_id=_OWNER,
        slug=_SLUG,
        file_name=bindparam("file_name", type_=String),
        archive_key=bindparam("archive_key", type_=String),
        fingerprint=_FINGERPRINT,
        queued_at=now(),
    )
    .returning(ProblemUpload.id)
)


def _claim() -> Statement:
    """Of each teacher only the first in line: so one at a time is checked, without a lock."""
    earlier = ProblemUpload.__table__.alias("earlier")
    first = ~(
        select(earlier.c.id)
        .where(
            earlier.c.owner_id == ProblemUpload.owner_id,
            earlier.c.ended_at.is_(None),
            earlier.c.id < ProblemUpload.id,
        )
        .exists()
    )
    students_wait = select(Judging.id).where(JUDGING_FREE).exists()
    chosen = (
        select(ProblemUpload.id)
        .where(_FREE, first, or_(~students_wait, ProblemUpload.queued_at < now() - span(PATIENCE)))
        .order_by(ProblemUpload.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    lost = and_(ProblemUpload.status == UploadStatus.PROCESSING, ProblemUpload.worker.is_not(None))
    claimed = (
        update(ProblemUpload)
        .where(ProblemUpload.id == chosen.c.id)
        .values(
            status=UploadStatus.PROCESSING,
            worker=_WORKER,
            lease_until=now() + span(LEASE),
            started_at=now(),
            claims=ProblemUpload.claims + case((lost, 1), else_=0),
        )
        .returning(*ProblemUpload.__table__.columns)
        .cte("claimed")
    )
    return Statement(select(claimed, User.telegram_id).join(User, User.id == claimed.c.owner_id))


CLAIM = _claim()

RENEW = Statement(update(ProblemUpload).where(HELD).values(lease_until=now() + span(LEASE)))
_AFTER: Any = now() + bindparam("after", type_=Interval)
GIVE_BACK = Statement(update(ProblemUpload).where(HELD).values(worker=null(), lease_until=_AFTER))
COUNT_ERROR = Statement(
    update(ProblemUpload)
    .where(HELD)
    .values(worker=null(), lease_until=_AFTER, tries=ProblemUpload.tries + 1)
)
END = Statement(
    update(ProblemUpload)
    .where(HELD)
    .values(
        status=bindparam("status", type_=UPLOAD_STATUS),
        lease_until=null(),
        archive_key=null(),
        ended_at=now(),
    )
)
ACCEPT = Statement(
    update(ProblemUpload)
    .where(HELD)
    .values(status=UploadStatus.ACCEPTED, lease_until=null(), ended_at=now())
    .returning(ProblemUpload.owner_id)
)
HOLDER = Statement(select(ProblemUpload.owner_id).where(HELD).with_for_update())
"""Whose upload it is, held until the transaction ends; nobody's where the lease was lost."""

WAITING = Statement(
    select(ProblemUpload.id, ProblemUpload.slug, ProblemUpload.owner_id, User.telegram_id)
    .join(User, User.id == ProblemUpload.owner_id)
    .where(_FREE)
    .order_by(ProblemUpload.id)
    .limit(bindparam("limit", type_=Integer))
)
