"""What must never be, looked for in the database: each check is one query that counts.

The rows that a look may ask of a large table are those of a recent window: practices by their
beginning, attempts and notices by their keys, which know when they were made, streaks by their
last day. Of judgings, messages, practices and exams that are open only the open ones are asked,
which partial indexes know. Gradebook entries are read through, once a night.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    desc,
    func,
    literal,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import aliased

from db.models import (
    Assignment,
    AssignmentOpening,
    AssignmentProblem,
    AuditLog,
    ContentItem,
    GradebookEntry,
    Judging,
    Material,
    Notification,
    OutboxMessage,
    PracticeItem,
    PracticeSession,
    Quiz,
    Response,
    Streak,
    SubmissionAttempt,
)
from db.repositories.mailbox_statements import CLAIMS
from db.repositories.operations_retention import first_id
from db.statements import Statement
from domain.courses.records import ContentType
from domain.operations.records import Priority
from domain.operations.upkeep_repository import LOOKED, Check, Finding, NightlyLook
from domain.practice.records import SessionStatus
from domain.submissions.records import AttemptType, JudgingStatus

EXAMPLES = 5
STUCK_AFTER = timedelta(hours=1)

_INSTANT = DateTime(timezone=True)
_SINCE = bindparam("since", type_=_INSTANT)
_STUCK = bindparam("stuck", type_=_INSTANT)
_FIRST = bindparam("first", type_=Uuid())
_RECENT_ATTEMPT = SubmissionAttempt.id >= _FIRST
_RECENT_SESSION = PracticeSession.started_at >= _SINCE

Broken = Select[Any]
"""The ids of the rows that break a rule."""


def _sessions_miscounted() -> Broken:
    last = (
        select(Response.is_correct)
        .where(Response.item_id == PracticeItem.id)
        .order_by(desc(Response.try_number))
        .limit(1)
        .lateral("last")
    )
    right = (
        select(func.count())
        .select_from(PracticeItem)
        .join(last, true())
        .where(PracticeItem.session_id == PracticeSession.id, last.c.is_correct)
        .scalar_subquery()
    )
    return select(PracticeSession.id).where(
        _RECENT_SESSION, PracticeSession.problems_correct != right
    )


def _tries_miscounted() -> Broken:
    made = (
        select(func.count())
        .select_from(Response)
        .where(Response.item_id == PracticeItem.id)
        .scalar_subquery()
    )
    return (
        select(PracticeItem.id)
        .join(PracticeSession, PracticeSession.id == PracticeItem.session_id)
        .where(_RECENT_SESSION, PracticeItem.tries != made)
    )


def _recent_streak() -> ColumnElement[bool]:
    return Streak.last_practice_date >= cast(func.timezone("UTC", _SINCE), Date)


def _earliest_of(day: Any) -> ColumnElement[datetime]:
    """When a local day can have begun: clocks are at most 14 hours ahead of UTC."""
    return func.timezone("UTC", cast(day, DateTime())) - text("interval '14 hours'")


def _streaks_ahead() -> Broken:
    session = (
        select(PracticeSession.id)
        .where(
            PracticeSession.student_id == Streak.student_id,
            PracticeSession.status == SessionStatus.COMPLETED,
            PracticeSession.completed_at >= _earliest_of(Streak.last_practice_date),
        )
        .exists()
    )
    return select(Streak.student_id).where(_recent_streak(), ~session)


def _streaks_impossible() -> Broken:
    first = (
        select(PracticeSession.started_at)
        .where(PracticeSession.student_id == Streak.student_id)
        .order_by(PracticeSession.created_at)
        .limit(1)
        .scalar_subquery()
    )
    # A day more at both ends, for wherever the student was.
    days = Streak.last_practice_date - cast(func.timezone("UTC", first), Date) + 3
    return select(Streak.student_id).where(
        or_(
            and_(_recent_streak(), or_(Streak.current_streak == 0, Streak.current_streak > days)),
            and_(Streak.last_practice_date.is_(None), Streak.current_streak > 0),
        )
    )


def _attempts_unjudged() -> Broken:
    judging = select(Judging.id).where(Judging.attempt_id == SubmissionAttempt.id).exists()
    return select(SubmissionAttempt.id).where(_RECENT_ATTEMPT, ~judging)


def _judgings_stuck() -> Broken:
    free_since = func.coalesce(Judging.lease_until, Judging.queued_at)
    return select(Judging.id).where(Judging.ended_at.is_(None), free_since < _STUCK)


def _submissions_not_entered() -> Broken:
    judged = (
        select(Judging.id)
        .where(
            Judging.attempt_id == SubmissionAttempt.id, Judging.status == JudgingStatus.COMPLETED
        )
        .exists()
    )
    entry = (
        select(GradebookEntry.id)
        .where(
            GradebookEntry.student_id == SubmissionAttempt.student_id,
            GradebookEntry.content_item_id == AssignmentProblem.assignment_id,
        )
        .exists()
    )
    return (
        select(SubmissionAttempt.id)
        .join(AssignmentProblem, AssignmentProblem.id == SubmissionAttempt.assignment_problem_id)
        .where(
            _RECENT_ATTEMPT,
            SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
            judged,
            ~entry,
        )
    )


def _entries_over_maximum() -> Broken:
    return select(GradebookEntry.id).where(GradebookEntry.score_obtained > GradebookEntry.max_score)


def _notices_lost() -> Broken:
    message = aliased(OutboxMessage, name="message")
    waits = (
        select(message.id)
        .where(
            message.sent_at.is_(None),
            message.failed_reason.is_(None),
            message.notification_id == Notification.id,
        )
        .exists()
    )
    return select(Notification.id).where(
        Notification.id >= _FIRST,
        Notification.sent_at.is_(None),
        Notification.dropped_at.is_(None),
        ~waits,
    )


def _messages_stuck() -> Broken:
    """A process that lives may just have claimed a notice out of a long line; a reply it claims
    when it is written, and sends first."""
    dead = text(
        "not exists (select from pg_locks where locktype = 'advisory' and granted"
        " and database = (select oid from pg_database where datname = current_database())"
        " and classid = :claims and objid::bigint = outbox.claimed_by)"
    ).bindparams(bindparam("claims", CLAIMS, type_=Integer))
    return select(OutboxMessage.id).where(
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.failed_reason.is_(None),
        OutboxMessage.claimed_by.is_not(None),
        OutboxMessage.send_after < _STUCK,
        or_(OutboxMessage.priority == Priority.REPLY, dead),
    )


def _exams_unlocked() -> Broken:
    return select(AssignmentOpening.id).where(
        AssignmentOpening.locked_at.is_(None), AssignmentOpening.deadline_at < _STUCK
    )


def _sessions_unclosed() -> Broken:
    return select(PracticeSession.id).where(
        PracticeSession.status == SessionStatus.IN_PROGRESS, PracticeSession.expires_at < _STUCK
    )


def _items_incomplete() -> Broken:
    wholes = {
        ContentType.ASSIGNMENT: Assignment,
        ContentType.QUIZ: Quiz,
        ContentType.MATERIAL: Material,
    }
    lacking = (
        and_(
            ContentItem.content_type == kind,
            ~select(literal(1)).where(whole.__table__.c.id == ContentItem.id).exists(),
        )
        for kind, whole in wholes.items()
    )
    return select(ContentItem.id).where(or_(*lacking))


BROKEN: Mapping[Check, Callable[[], Broken]] = {
    Check.SESSIONS_MISCOUNTED: _sessions_miscounted,
    Check.TRIES_MISCOUNTED: _tries_miscounted,
    Check.STREAKS_AHEAD: _streaks_ahead,
    Check.STREAKS_IMPOSSIBLE: _streaks_impossible,
    Check.ATTEMPTS_UNJUDGED: _attempts_unjudged,
    Check.JUDGINGS_STUCK: _judgings_stuck,
    Check.SUBMISSIONS_NOT_ENTERED: _submissions_not_entered,
    Check.ENTRIES_OVER_MAXIMUM: _entries_over_maximum,
    Check.NOTICES_LOST: _notices_lost,
    Check.MESSAGES_STUCK: _messages_stuck,
    Check.EXAMS_UNLOCKED: _exams_unlocked,
    Check.SESSIONS_UNCLOSED: _sessions_unclosed,
    Check.ITEMS_INCOMPLETE: _items_incomplete,
}


def _counted(broken: Broken) -> Statement:
    rows = broken.cte("broken")
    key = rows.c[0]
    few = select(key.label("id")).order_by(key).limit(EXAMPLES).subquery("few")
    return Statement(
        select(
            select(func.count()).select_from(rows).scalar_subquery().label("count"),
            select(func.array_agg(few.c.id)).scalar_subquery().label("examples"),
        )
    )


FIND: Mapping[Check, Statement] = {check: _counted(made()) for check, made in BROKEN.items()}

LAST_LOOK = Statement(
    select(AuditLog.after)
    .where(AuditLog.action == bindparam("action", type_=String))
    .order_by(AuditLog.id.desc())
    .limit(1)
)


class SqlConsistencyRepository:
    """Only reads, through one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def find(self, check: Check, now: datetime, since: datetime) -> Finding:
        row = await FIND[check].row(
            self._connection, since=since, first=first_id(since), stuck=now - STUCK_AFTER
        )
        if row is None:
            return Finding(check, 0, ())
        return Finding(check, row["count"], row["examples"] or ())

    async def last_look(self) -> NightlyLook | None:
        after = await LAST_LOOK.value(self._connection, action=LOOKED)
        if after is None:
            return None
        # A later version may know other checks.
        found = [(Check(name), count) for name, count in after["found"] if name in set(Check)]
        return NightlyLook(datetime.fromisoformat(after["at"]), found)
