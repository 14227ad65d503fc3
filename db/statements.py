"""Core statements compiled once and run on the driver itself.

SQLAlchemy's execution costs several times what the statement costs the server (measured in
benchmarks/store_answer.py), so repositories build their statements with Core from the models,
which keeps names and types honest, and hand them here.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

import asyncpg
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.sql.compiler import SQLCompiler

from db.session import PatientDialect

_DIALECT = PatientDialect()  # type: ignore[no-untyped-call]

Convert = Callable[[Any], Any] | None


class Statement:
    """A Core statement with `bindparam`s, run by name: `await FIND.row(connection, slug="a")`.

    JSON columns take and give values, not text.
    """

    def __init__(self, core: Executable) -> None:
        self._core = core

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return cast("SQLCompiler", cast("ClauseElement", self._core).compile(dialect=_DIALECT))

    @cached_property
    def _parameters(self) -> list[tuple[str, Convert, Any]]:
        """Name, conversion and value if the statement itself holds it, in the driver's order."""
        compiled = self._compiled
        given = compiled.params
        return [
            (
                name,
                compiled.binds[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT),
                given.get(name),
            )
            for name in compiled.positiontup or ()
        ]

    @cached_property
    def sql(self) -> str:
        return self._compiled.string

    def _arguments(self, values: dict[str, Any]) -> list[Any]:
        arguments = []
        for name, convert, held in self._parameters:
            value = values.get(name, held)
            arguments.append(value if convert is None else convert(value))
        return arguments

    async def rows(self, connection: asyncpg.Connection, /, **values: Any) -> list[asyncpg.Record]:
        return await connection.fetch(self.sql, *self._arguments(values))

    async def row(self, connection: asyncpg.Connection, /, **values: Any) -> asyncpg.Record | None:
        return await connection.fetchrow(self.sql, *self._arguments(values))

    async def value(self, connection: asyncpg.Connection, /, **values: Any) -> Any:
        return await connection.fetchval(self.sql, *self._arguments(values))

    async def run(self, connection: asyncpg.Connection, /, **values: Any) -> int:
        """Runs it and returns the number of rows it touched."""
        status = await connection.execute(self.sql, *self._arguments(values))
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0
