"""The links of calendars in the database."""

from datetime import datetime
from uuid import UUID

import asyncpg
from sqlalchemy import DateTime, String, Uuid, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import CalendarLink, User
from db.statements import Statement

_PERSON = bindparam("person_id", type_=Uuid())
_HASH = bindparam("token_hash", type_=String)
_MINE = CalendarLink.user_id == _PERSON


def _keep() -> Statement:
    adding = pg_insert(CalendarLink).values(
        user_id=_PERSON, token_hash=_HASH, made_at=bindparam("now", type_=DateTime(timezone=True))
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[CalendarLink.user_id],
            set_={name: adding.excluded[name] for name in ("token_hash", "made_at")},
        )
    )


KEEP = _keep()
MADE_AT = Statement(select(CalendarLink.made_at).where(_MINE))
DROP = Statement(delete(CalendarLink).where(_MINE))
OWNER = Statement(
    select(User.id)
    .join(CalendarLink, CalendarLink.user_id == User.id)
    .where(CalendarLink.token_hash == _HASH, User.is_active.is_(True))
)


class SqlCalendarLinkRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def keep(self, person_id: UUID, token_hash: str, now: datetime) -> None:
        await KEEP.run(self._connection, person_id=person_id, token_hash=token_hash, now=now)

    async def made_at(self, person_id: UUID) -> datetime | None:
        made: datetime | None = await MADE_AT.value(self._connection, person_id=person_id)
        return made

    async def drop(self, person_id: UUID) -> None:
        await DROP.run(self._connection, person_id=person_id)

    async def owner(self, token_hash: str) -> UUID | None:
        found: UUID | None = await OWNER.value(self._connection, token_hash=token_hash)
        return found
