"""What the clock tells people, and its marks."""

from datetime import datetime

import asyncpg
from sqlalchemy import DateTime, String, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import ClockMark
from db.statements import Statement


def _move_mark() -> Statement:
    """Moves a mark and returns where it stood, null where there was none."""
    job = bindparam("job", type_=String)
    now = bindparam("now", type_=DateTime(timezone=True))
    locked = select(ClockMark.done_until).where(ClockMark.job == job).with_for_update()
    before = select(locked.cte("before").c.done_until).scalar_subquery()
    # Read before it is moved, since what is written depends on it.
    moving = pg_insert(ClockMark).values(job=job, done_until=func.greatest(before, now))
    return Statement(
        moving.on_conflict_do_update(
            index_elements=[ClockMark.job],
            set_={"done_until": func.greatest(ClockMark.done_until, moving.excluded.done_until)},
        ).returning(before.label("before"))
    )


MOVE_MARK = _move_mark()


class SqlNoticesRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def move_mark(self, job: str, now: datetime) -> datetime:
        before: datetime | None = await MOVE_MARK.value(self._connection, job=job, now=now)
        return before or now
