"""What the passing of time does to classes: one statement for everybody concerned."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Interval,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    join,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute

from db.models import (
    Assignment,
    AssignmentOpening,
    AssignmentProblem,
    Class,
    ContentItem,
    Module,
    PracticeSession,
    SubmissionAttempt,
    User,
)
from db.repositories.notices_telling import (
    NOW,
    everybody_of,
    how_many,
    on_own_clock,
    short_id,
    telling,
    variant,
)
from db.repositories.submissions_work import counts
from db.statements import Statement
from domain.courses.due_soon import Stage
from domain.courses.records import AssignmentMode, ContentType
from domain.operations.records import NoticeType
from domain.practice.records import SessionKind, SessionStatus
from domain.submissions.records import AttemptType

LIMIT = bindparam("limit", type_=Integer)
_AFTER = bindparam("after", type_=NOW.type)
UNTIL = bindparam("until", type_=NOW.type)
SHOWN = and_(ContentItem.is_published, Module.is_published, ~Class.is_archived)
VISIBLE = and_(SHOWN, or_(ContentItem.release_date.is_(None), ContentItem.release_date <= NOW))


def handed_in(student_id: ColumnElement[Any], item_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a student has nothing left to do for a content item.

    An assignment takes a final submission of every problem of it (what we failed to judge does not
    count), a quiz its one session, completed. True of nothing else, and of no empty assignment.
    Both arguments may be columns of any enclosing statement that does not read these tables itself.
    """
    quiz = select(PracticeSession.id).where(
        PracticeSession.student_id == student_id,
        PracticeSession.content_item_id == item_id,
        PracticeSession.kind == SessionKind.QUIZ,
        PracticeSession.status == SessionStatus.COMPLETED,
    )
    problems = select(AssignmentProblem.id).where(AssignmentProblem.assignment_id == item_id)
    left = problems.where(~submitted(student_id))
    return or_(
        and_(
            problems.correlate_except(AssignmentProblem).exists(),
            ~left.correlate_except(AssignmentProblem).exists(),
        ),
        quiz.correlate_except(PracticeSession).exists(),
    )


def is_work(content_type: Any) -> ColumnElement[bool]:
    """Materials and announcements are no work."""
    return or_(content_type == ContentType.ASSIGNMENT, content_type == ContentType.QUIZ)


def _shut_out(student_id: ColumnElement[Any], item_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of an exam that is over for the student, be it that not all of it was handed in."""
    return (
        select(AssignmentOpening.id)
        .where(
            AssignmentOpening.student_id == student_id,
            AssignmentOpening.assignment_id == item_id,
            or_(AssignmentOpening.locked_at.is_not(None), AssignmentOpening.deadline_at <= NOW),
        )
        .correlate_except(AssignmentOpening)
        .exists()
    )


def submitted(student_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of a problem of an assignment: whether the student has a final submission that counts."""
    return (
        select(SubmissionAttempt.id)
        .where(
            SubmissionAttempt.student_id == student_id,
            SubmissionAttempt.assignment_problem_id == AssignmentProblem.id,
            SubmissionAttempt.type == AttemptType.FINAL_SUBMISSION,
            counts(),
        )
        .correlate_except(SubmissionAttempt)
        .exists()
    )


def items_with_classes() -> FromClause:
    source = join(ContentItem, Module, Module.id == ContentItem.module_id)
    return join(source, Class, Class.id == Module.class_id)


def picked(first: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> CTE:
    """Items that something is due to happen to, in the order of `first`, the column of the index
    that finds them: ordered by their id, all items there ever were would be looked at. One that a
    teacher is changing is taken later."""
    return (
        select(ContentItem.id, Class.id.label("class_id"))
        .select_from(items_with_classes())
        .where(*conditions)
        .order_by(first, ContentItem.id)
        .limit(LIMIT)
        .with_for_update(of=ContentItem, key_share=True, skip_locked=True)
        .cte("picked")
    )


def moved(chosen: CTE, **values: Any) -> CTE:
    """The same, with what the clock did to them noted."""
    return (
        update(ContentItem)
        .where(ContentItem.id == chosen.c.id)
        .values(**values)
        .returning(
            ContentItem.id,
            ContentItem.content_type,
            ContentItem.title,
            ContentItem.due_date,
            chosen.c.class_id,
        )
        .cte("moved")
    )


def _item_data(items: FromClause, *more: Any) -> ColumnElement[Any]:
    return func.jsonb_build_object(
        "kind",
        cast(items.c.content_type, String),
        "mode",
        cast(Assignment.mode, String),
        "title",
        items.c.title,
        "class_name",
        Class.name,
        "item",
        short_id(items.c.id),
        "due",
        on_own_clock(items.c.due_date),
        "variant",
        variant(),
        *more,
        type_=JSONB,
    )


def news_of(
    items: FromClause,
    dedupe_key: ColumnElement[str],
    data: ColumnElement[Any],
    expires_at: ColumnElement[Any],
    *conditions: ColumnElement[bool],
) -> CTE:
    source = everybody_of(items).outerjoin(Assignment, Assignment.id == items.c.id)
    return (
        select(
            User.id.label("user_id"),
            User.telegram_id.label("chat_id"),
            items.c.title,
            items.c.id.label("item_id"),
            func.jsonb_build_object("item_id", items.c.id, type_=JSONB).label("payload"),
            dedupe_key.label("dedupe_key"),
            data.label("data"),
            expires_at.label("expires_at"),
        )
        .select_from(source)
        .where(*conditions)
        .cte("news")
    )


def key(*parts: Any) -> ColumnElement[str]:
    joined: ColumnElement[str] = func.concat_ws(":", *parts, type_=String)
    return joined


def before(instant: ColumnElement[Any], by: timedelta) -> ColumnElement[Any]:
    return instant - literal(by, Interval())


def _open_releases() -> Statement:
    """What opens so late that the next notice would come with it stands for that notice too."""
    due = ContentItem.due_date
    told_with = {
        stage.column: case(
            (due <= bindparam(f"{stage}_until", type_=NOW.type), due),
            else_=ContentItem.__table__.c[stage.column],
        )
        for stage in Stage
    }
    unopened = picked(ContentItem.release_date, VISIBLE, ContentItem.opened_at.is_(None))
    opened = moved(unopened, opened_at=NOW, **told_with)
    news = news_of(
        opened,
        key("work_opened", opened.c.id, User.id),
        _item_data(opened),
        func.coalesce(opened.c.due_date, UNTIL),
        is_work(opened.c.content_type),
        func.coalesce(opened.c.due_date > NOW, literal(True)),
    )
    messages = telling(news, NoticeType.WORK_OPENED, "notices.work_opened")
    return Statement(select(how_many(opened).label("done"), how_many(messages).label("told")))


OPEN_RELEASES = _open_releases()


def _due_soon(stage: Stage) -> Statement:
    column = ContentItem.__table__.c[stage.column]
    due = picked(
        ContentItem.due_date,
        VISIBLE,
        is_work(ContentItem.content_type),
        # Whoever is not told that it opened is not told that it closes.
        ContentItem.opened_at.is_not(None),
        ContentItem.due_date > _AFTER,
        ContentItem.due_date <= UNTIL,
        column.is_distinct_from(ContentItem.due_date),
    )
    items = moved(due, **{stage.column: ContentItem.due_date})
    epoch = cast(func.extract("epoch", items.c.due_date), BigInteger)
    news = news_of(
        items,
        key("due_soon", literal(stage.value), items.c.id, epoch, User.id),
        _item_data(items, "stage", literal(stage.value)),
        before(items.c.due_date, stage.useless),
        ~handed_in(User.__table__.c.id, items.c.id),
        ~and_(Assignment.mode == AssignmentMode.EXAM, _shut_out(User.__table__.c.id, items.c.id)),
    )
    messages = telling(news, NoticeType.DUE_SOON, "notices.due_soon")
    return Statement(select(how_many(items).label("done"), how_many(messages).label("told")))


DUE_SOON = {stage: _due_soon(stage) for stage in Stage}
