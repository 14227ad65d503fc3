"""Holidays in the database: one row of the configuration that holds them all."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import String, Uuid, bindparam, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Configuration
from db.models.operations import VALUE_TYPE
from db.statements import Statement
from domain.operations.records import Holiday, ValueType

HOLIDAYS = "practice.holidays"

_KEY = bindparam("key", HOLIDAYS, type_=String)


def _to_change() -> Statement:
    """The row, made if it is not there, locked either way."""
    adding = pg_insert(Configuration).values(
        key=_KEY,
        value=bindparam("none", [], type_=JSONB),
        value_type=bindparam("kind", ValueType.LIST, type_=VALUE_TYPE),
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Configuration.key], set_={"key": adding.excluded.key}
        ).returning(Configuration.value)
    )


TO_CHANGE = _to_change()

KEEP = Statement(
    update(Configuration)
    .where(Configuration.key == _KEY)
    .values(
        value=bindparam("value", type_=JSONB),
        value_type=bindparam("kind", ValueType.LIST, type_=VALUE_TYPE),
        updated_by=bindparam("by", type_=Uuid()),
    )
)


def holidays_of(kept: Sequence[Any] | None) -> list[Holiday]:
    """In order of days. Days without names are kept as plain ISO texts, as all once were."""
    found = (
        Holiday(date.fromisoformat(one))
        if isinstance(one, str)
        else Holiday(date.fromisoformat(one["day"]), str(one.get("name") or ""))
        for one in kept or ()
    )
    return sorted(found)


def rows_of(holidays: Iterable[Holiday]) -> list[dict[str, str]]:
    return [{"day": one.day.isoformat(), "name": one.name} for one in sorted(holidays)]
