"""What is told about judging, to whom, and how the queue is: statements, compiled once."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Integer,
    ScalarSelect,
    SmallInteger,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    join,
    or_,
    select,
    table,
    union,
)
from sqlalchemy.dialects.postgresql import JSONB, OID
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import aliased

from db.models import (
    AssignmentProblem,
    Class,
    ContentItem,
    Conversation,
    Enrollment,
    Judging,
    Module,
    OutboxMessage,
    SubmissionAttempt,
    User,
)
from db.repositories.judging_statements import FREE, HELD, INSTANT, OPEN, now, order, ranked, span
from db.repositories.mailbox_statements import AT_ONCE
from db.statements import Statement
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.submissions.queueing import PLACE_AFTER
from domain.submissions.records import JudgingReason

# The first keys of the advisory locks by which workers show that they live.
JUDGES, BOXLESS = 0x0DA6, 0x0DA7


def _say() -> Statement:
    """Sayings as outbox rows, of the bot that said what they replace, else of the one that the
    person talked with last; none where `judging_id` is given and its lease is not held."""
    given = (
        func.jsonb_to_recordset(bindparam("sayings", type_=JSONB))
        .table_valued(
            column("user_id", Uuid()),
            column("chat_id", BigInteger),
            column("view", String),
            column("data", JSONB),
            column("priority", SmallInteger),
            column("dedupe_key", String),
            column("edits_key", String),
            column("send_after", INSTANT),
        )
        .render_derived("given", with_types=True)
    )
    replaced = (
        select(OutboxMessage.bot_id)
        .where(OutboxMessage.dedupe_key == given.c.edits_key)
        .scalar_subquery()
    )
    talked_with = (
        select(Conversation.bot_id)
        .where(Conversation.user_id == given.c.user_id)
        .order_by(Conversation.updated_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Whoever was never asked anything has no conversation, but was told something.
    heard_from = aliased(OutboxMessage)
    told_by = (
        select(heard_from.bot_id)
        .where(heard_from.user_id == given.c.user_id)
        .order_by(heard_from.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    held = select(Judging.id).where(HELD).with_for_update().cte("held")
    addressed = select(
        func.coalesce(replaced, talked_with, told_by).label("bot_id"),
        *(
            func.coalesce(one, AT_ONCE).label(one.name) if one.name == "send_after" else one
            for one in given.c
        ),
    ).where(
        or_(
            bindparam("judging_id", type_=Uuid()).is_(None),
            select(held.c.id).exists(),
        )
    )
    rows = addressed.subquery("addressed")
    said = (
        pg_insert(OutboxMessage)
        .from_select([one.name for one in rows.c], select(rows).where(rows.c.bot_id.is_not(None)))
        .on_conflict_do_nothing(index_elements=[OutboxMessage.dedupe_key])
        .returning(OutboxMessage.bot_id)
        .cte("said")
    )
    return Statement(select(said.c.bot_id).distinct())


SAY = _say()


def _teachers() -> Statement:
    """The owner of an attempt's class and its active co-teachers."""
    owned = (
        select(Class.id, Class.owner_id)
        .select_from(SubmissionAttempt)
        .join(AssignmentProblem, AssignmentProblem.id == SubmissionAttempt.assignment_problem_id)
        .join(ContentItem, ContentItem.id == AssignmentProblem.assignment_id)
        .join(Module, Module.id == ContentItem.module_id)
        .join(Class, Class.id == Module.class_id)
        .where(SubmissionAttempt.id == bindparam("attempt_id", type_=Uuid()))
        .cte("owned")
    )
    who = union(
        select(owned.c.owner_id.label("id")),
        select(Enrollment.user_id).where(
            Enrollment.class_id == owned.c.id,
            Enrollment.role == EnrollmentRole.TEACHER,
            Enrollment.status == EnrollmentStatus.ACTIVE,
        ),
    ).subquery("who")
    return Statement(select(User.id, User.telegram_id).join(who, who.c.id == User.id))


TEACHERS = _teachers()


def _long_waiting() -> Statement:
    """Students who look at the chat, wait long and were not told so."""
    waiting = ranked()
    line = select(
        waiting.c.id, (func.row_number().over(order_by=order(waiting)) - 1).label("before")
    ).cte("line")
    told = select(OutboxMessage.id).where(
        OutboxMessage.dedupe_key
        == func.concat("judging:", Judging.id.cast(String), ":waiting", type_=String)
    )
    return Statement(
        select(Judging.id, line.c.before, User.id.label("user_id"), User.telegram_id)
        .select_from(
            join(Judging, line, line.c.id == Judging.id)
            .join(SubmissionAttempt, SubmissionAttempt.id == Judging.attempt_id)
            .join(User, User.id == SubmissionAttempt.student_id)
        )
        .where(
            FREE,
            Judging.reason == JudgingReason.ATTEMPT,
            Judging.claims == 0,
            Judging.started_at.is_(None),
            Judging.queued_at < now() - span(PLACE_AFTER),
            ~told.exists(),
        )
        .order_by(line.c.before)
        .limit(bindparam("limit", type_=Integer))
        # While they are told, nobody begins to judge theirs: what is said next comes after.
        .with_for_update(of=Judging, skip_locked=True)
    )


LONG_WAITING = _long_waiting()


LOCKS = table(
    "pg_locks",
    column("locktype", String),
    column("granted", Boolean),
    column("database", OID),
    column("classid", OID),
)
DATABASES = table("pg_database", column("oid", OID), column("datname", String))


def _living(kind: int) -> ScalarSelect[int]:
    """How many processes hold a lock of this kind."""
    here = (
        select(DATABASES.c.oid)
        .where(DATABASES.c.datname == func.current_database())
        .scalar_subquery()
    )
    return (
        select(func.count())
        .select_from(LOCKS)
        .where(
            LOCKS.c.locktype == "advisory",
            LOCKS.c.granted,
            LOCKS.c.database == here,
            cast(LOCKS.c.classid, BigInteger) == kind,
        )
        .scalar_subquery()
    )


def _backlog() -> Statement:
    running = and_(Judging.lease_until >= now(), Judging.worker.is_not(None))
    oldest = func.extract("epoch", now() - func.min(Judging.queued_at).filter(FREE))
    return Statement(
        select(
            func.count().filter(FREE).label("waiting"),
            func.coalesce(oldest, 0).label("oldest_seconds"),
            func.count().filter(running).label("judging"),
            _living(JUDGES).label("workers"),
            _living(BOXLESS).label("without_sandbox"),
        ).where(OPEN)
    )


BACKLOG = _backlog()
