"""Exams whose time is over: locked, and their students told, all in one statement."""

from datetime import timedelta

from sqlalchemy import Interval, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from db.models import Assignment, AssignmentOpening, AssignmentProblem, Class, ContentItem, User
from db.repositories.notices_courses import (
    LIMIT,
    SHOWN,
    before,
    items_with_classes,
    key,
    news_of,
    submitted,
)
from db.repositories.notices_telling import NOW, how_many, short_id, telling
from db.statements import Statement
from domain.courses.records import AssignmentMode
from domain.operations.records import NoticeType
from domain.submissions.records import EXAM_GRACE_SECONDS

KEEPS = timedelta(days=1)
"""For so long after its deadline it makes sense to say that an exam has ended."""


def _end_exams() -> Statement:
    """An exam is over for a student when nothing more is taken: its deadline, and the grace."""
    over = (
        select(AssignmentOpening.id)
        .where(
            AssignmentOpening.locked_at.is_(None),
            AssignmentOpening.deadline_at < before(NOW, timedelta(seconds=EXAM_GRACE_SECONDS)),
        )
        .order_by(AssignmentOpening.deadline_at)
        .limit(LIMIT)
        .with_for_update(key_share=True, skip_locked=True)
        .cte("over")
    )
    locked = (
        update(AssignmentOpening)
        .where(AssignmentOpening.id == over.c.id)
        .values(locked_at=AssignmentOpening.deadline_at)
        .returning(
            AssignmentOpening.student_id,
            AssignmentOpening.assignment_id,
            (AssignmentOpening.deadline_at + literal(KEEPS, Interval())).label("expires_at"),
        )
        .cte("locked")
    )
    exams = (
        select(
            locked.c.student_id,
            locked.c.expires_at,
            ContentItem.id,
            ContentItem.title,
            Class.id.label("class_id"),
        )
        .select_from(
            items_with_classes()
            .join(Assignment, Assignment.id == ContentItem.id)
            .join(locked, locked.c.assignment_id == ContentItem.id)
        )
        .where(SHOWN, Assignment.mode == AssignmentMode.EXAM)
        .subquery("exams")
    )
    problems = (
        select(func.count())
        .select_from(AssignmentProblem)
        .where(AssignmentProblem.assignment_id == exams.c.id)
        .correlate_except(AssignmentProblem)
    )
    data = func.jsonb_build_object(
        "title",
        exams.c.title,
        "class_name",
        Class.name,
        "item",
        short_id(exams.c.id),
        "submitted",
        problems.where(submitted(exams.c.student_id)).scalar_subquery(),
        "problems",
        problems.scalar_subquery(),
        type_=JSONB,
    )
    news = news_of(
        exams,
        key("exam_ended", exams.c.id, User.id),
        data,
        exams.c.expires_at,
        User.id == exams.c.student_id,
        # After a stretch without a clock some are locked that nobody thinks of any more.
        exams.c.expires_at > NOW,
    )
    messages = telling(news, NoticeType.SESSION_ENDED, "notices.exam_ended")
    return Statement(select(how_many(locked).label("done"), how_many(messages).label("told")))


END_EXAMS = _end_exams()
