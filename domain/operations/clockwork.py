"""What the clock asks for: each function works inside the caller's transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.operations.records import Notice, NoticeType
from domain.practice import skills
from domain.practice.records import SessionResult
from domain.unit_of_work import UnitOfWork

SESSIONS = 5000
"""Of one transaction: what is left goes on the next time."""
AT_ONCE = 50
WORTH_TELLING = timedelta(hours=12)
"""From when it began: after a stretch without a clock, what is older is closed in silence."""


async def close_expired_sessions(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """Closes practice sessions whose time is over and tells their students; returns how many.

    Three statements, however many they are.
    """
    closed = await work.practice.close_expired(now, SESSIONS)
    if not closed:
        return 0
    known = await work.practice.skills_of([student_id for student_id, _ in closed])
    notices = []
    for student_id, result in closed:
        if result.started_at + WORTH_TELLING <= now:
            continue
        work_on = skills.work_on(known[student_id], now)
        notices.append(_notice(student_id, replace(result, work_on=work_on)))
        if len(notices) % AT_ONCE == 0:
            # A third of a millisecond each: whatever else this process does goes on meanwhile.
            await asyncio.sleep(0)
    await work.operations.notify_all(bot_id, notices, now)
    return len(closed)


def _notice(student_id: UUID, result: SessionResult) -> Notice:
    return Notice(
        student_id,
        NoticeType.SESSION_ENDED,
        "practice",
        "practice.expired",
        result_data(result),
        f"practice.expired:{result.id}",
        result.started_at + WORTH_TELLING,
    )


def result_data(ended: SessionResult) -> dict[str, Any]:
    """A session's result as the views take it."""
    items: Sequence[list[Any]] = [[one.topic, one.state, one.is_correct] for one in ended.items]
    return {
        "correct": ended.correct,
        "count": len(ended.items),
        "items": items,
        "work_on": ended.work_on,
    }
