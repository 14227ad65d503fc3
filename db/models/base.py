"""What all models share: names of constraints, types of columns, keys and timestamps."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Enum,
    Index,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Tables whose rows carry `updated_at` get a trigger that keeps it true, see db/models/triggers.py.
TOUCHED = "touched"

Json = dict[str, Any]
JsonList = list[Any]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        Decimal: Numeric(12, 6),
        Json: JSONB,
        JsonList: JSONB,
        str: Text,
        uuid.UUID: Uuid(),
    }


def enum_type(enum: type[StrEnum], name: str) -> Enum:
    """A PostgreSQL enum of the members' values, in their order."""
    return Enum(enum, name=name, values_callable=lambda members: [one.value for one in members])


def primary_key() -> Mapped[uuid.UUID]:
    """A UUIDv7 made by the server: set-based inserts get one too, and rows sort by birth."""
    return mapped_column(Uuid(), primary_key=True, server_default=text("uuidv7()"))


def created() -> Mapped[datetime]:
    return mapped_column(DateTime(timezone=True), server_default=text("now()"))


def empty_object() -> Mapped[Json]:
    return mapped_column(JSONB, server_default=text("'{}'::jsonb"))


def empty_list() -> Mapped[JsonList]:
    return mapped_column(JSONB, server_default=text("'[]'::jsonb"))


__all__ = [
    "NAMES",
    "TOUCHED",
    "Base",
    "BigInteger",
    "Index",
    "Json",
    "JsonList",
    "SmallInteger",
    "String",
    "created",
    "empty_list",
    "empty_object",
    "enum_type",
    "primary_key",
]
