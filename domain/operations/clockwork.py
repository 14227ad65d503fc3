"""What the clock asks for: each function works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.operations.records import Priority, Saying
from domain.people import settings
from domain.practice import sessions
from domain.practice.records import SessionResult
from domain.unit_of_work import UnitOfWork

BATCH = 500
KEEP_MAIL_FOR = timedelta(days=7)


async def close_expired_sessions(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Closes sessions whose time is over and tells their students; returns how many."""
    closed = await sessions.close_expired(work, now, BATCH)
    sayings = [await _notice(work, student_id, result, now) for student_id, result in closed]
    await work.operations.say(bot_id, [one for one in sayings if one is not None])
    return len(closed)


async def _notice(
    work: UnitOfWork, student_id: UUID, result: SessionResult, now: datetime
) -> Saying | None:
    person = await work.people.get_user_by_id(student_id)
    if person is None or person.blocked_bot:
        return None
    return Saying(
        "practice.expired",
        result_data(result),
        chat_id=person.telegram_id,
        user_id=person.id,
        priority=Priority.NOTICE,
        dedupe_key=f"practice.expired:{result.id}",
        send_after=settings.after_quiet_hours(person, now),
    )


async def forget_old_mail(work: UnitOfWork, now: datetime) -> int:
    """Deletes what was received and sent a week ago; practice itself stays."""
    return await work.operations.forget_done(now - KEEP_MAIL_FOR)


def result_data(ended: SessionResult) -> dict[str, Any]:
    """A session's result as the views take it."""
    items: Sequence[list[Any]] = [[one.topic, one.state, one.is_correct] for one in ended.items]
    return {
        "correct": ended.correct,
        "count": len(ended.items),
        "items": items,
        "work_on": ended.work_on,
    }
