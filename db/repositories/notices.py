"""What the clock tells people, and its marks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import asyncpg
from sqlalchemy import DateTime, String, bindparam, case, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import ClockMark
from db.repositories import notices_courses as courses
from db.repositories import notices_exams as exams
from db.repositories import notices_missing as missing
from db.repositories import notices_reminders as reminders
from db.statements import Statement
from domain.courses.due_soon import Stage
from domain.operations.marks import WRONG_BY, is_wrong
from domain.operations.turns import Turn


def _move_mark() -> Statement:
    """Moves a mark and returns where it stood, null where there was none; back only where it
    stands beyond `latest`."""
    job = bindparam("job", type_=String)
    now = bindparam("now", type_=DateTime(timezone=True))
    latest = bindparam("latest", type_=DateTime(timezone=True))
    locked = select(ClockMark.done_until).where(ClockMark.job == job).with_for_update()
    before = select(locked.cte("before").c.done_until).scalar_subquery()
    # Read before it is moved, since what is written depends on it.
    moving = pg_insert(ClockMark).values(job=job, done_until=func.greatest(before, now))
    return Statement(
        moving.on_conflict_do_update(
            index_elements=[ClockMark.job],
            set_={
                "done_until": case(
                    (ClockMark.done_until > latest, now),
                    else_=func.greatest(ClockMark.done_until, moving.excluded.done_until),
                )
            },
        ).returning(before.label("before"))
    )


MOVE_MARK = _move_mark()

READ_MARK = Statement(
    select(ClockMark.done_until).where(ClockMark.job == bindparam("job", type_=String))
)

# How far back is looked where a clock that was wrong left nobody knowing what is done: further than
# anything is said late. What was told is not told twice, by its dedupe key.
UNKNOWN = timedelta(days=1)

# For how long it makes sense to say what has no due date of its own.
OPENED_FOR = timedelta(days=2)


class SqlNoticesRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def move_mark(self, job: str, now: datetime) -> datetime:
        before: datetime | None = await MOVE_MARK.value(
            self._connection, job=job, now=now, latest=now + WRONG_BY
        )
        if before is None:
            return now
        return now - UNKNOWN if is_wrong(before, now) else before

    async def read_mark(self, job: str) -> datetime | None:
        mark: datetime | None = await READ_MARK.value(self._connection, job=job)
        return mark

    async def clocks_in_use(self) -> tuple[list[str], list[time]]:
        row = await reminders.CLOCKS_IN_USE.row(self._connection)
        return ([], []) if row is None else (row["zones"] or [], row["times"] or [])

    async def remind_of_practice(self, bot_id: int, turns: Sequence[Turn], now: datetime) -> int:
        told = await reminders.REMIND_OF_PRACTICE.value(
            self._connection, bot_id=bot_id, now=now, **reminders.turn_values(turns)
        )
        return int(told)

    async def warn_of_streaks(self, bot_id: int, turns: Sequence[Turn], now: datetime) -> int:
        told = await reminders.WARN_OF_STREAKS.value(
            self._connection, bot_id=bot_id, now=now, **reminders.turn_values(turns)
        )
        return int(told)

    async def open_releases(self, bot_id: int, now: datetime, limit: int) -> int:
        row = await courses.OPEN_RELEASES.row(
            self._connection,
            bot_id=bot_id,
            now=now,
            limit=limit,
            turn=_turn(now),
            until=now + OPENED_FOR,
            **{f"{stage}_until": now + stage.ahead for stage in Stage},
        )
        return _told(row)

    async def tell_due_soon(self, bot_id: int, stage: Stage, now: datetime, limit: int) -> int:
        row = await courses.DUE_SOON[stage].row(
            self._connection,
            bot_id=bot_id,
            now=now,
            limit=limit,
            turn=_turn(now),
            after=now + stage.useless,
            until=now + stage.ahead,
        )
        return _told(row)

    async def end_exams(self, bot_id: int, now: datetime, limit: int) -> int:
        row = await exams.END_EXAMS.row(self._connection, bot_id=bot_id, now=now, limit=limit)
        return _told(row)

    async def mark_missing(self, now: datetime, limit: int) -> int:
        marked: int = await missing.MARK_MISSING.value(self._connection, now=now, limit=limit)
        return marked

    async def forget_missing(self, now: datetime) -> int:
        forgotten: int = await missing.FORGET_MISSING.value(self._connection, now=now)
        return forgotten


def _turn(now: datetime) -> int:
    """Which of several texts it is the turn of: another each day."""
    return (now.date() - date(2000, 1, 1)).days


def _told(row: asyncpg.Record | None) -> int:
    return 0 if row is None else int(row["told"])
