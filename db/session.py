"""The engine, sessions over it, and the connections that units of work are made of."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import asyncpg
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.util import greenlet_spawn

from domain.errors import Unavailable

# A connection that answered this short a while ago is not asked again whether it lives.
TRUSTED_SECONDS = 1.0
# Nobody waits longer for a free connection; the turn is taken again later.
POOL_TIMEOUT_SECONDS = 30.0


class PatientDialect(PGDialect_asyncpg):
    """SQLAlchemy's asyncpg dialect, whose pre-ping costs three round trips only when it must.

    A connection that has just been used, and has not been closed since, answers without being
    asked; one that has rested is pinged as ever.
    """

    driver = "dars"
    supports_statement_cache = True

    def do_ping(self, dbapi_connection: Any) -> bool:
        driver = dbapi_connection.driver_connection
        if driver.is_closed():
            return False
        now = time.monotonic()
        rested = now - getattr(driver, "dars_used_at", 0.0)
        driver.dars_used_at = now
        return rested < TRUSTED_SECONDS or bool(super().do_ping(dbapi_connection))  # type: ignore[no-untyped-call]


class RememberingConnection(asyncpg.Connection):
    """asyncpg's connection with room for the instant of its last use (monotonic seconds)."""

    __slots__ = ("dars_used_at",)


# What asyncpg and SQLAlchemy raise when no connection can be had, …
UNREACHABLE = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)
# … what a statement raises when its connection ends, and what says so by itself.
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
GOING_DOWN = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)

registry.register("postgresql.dars", __name__, "PatientDialect")


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """How many connections stay open, how many more may be opened, and whether SQL is logged."""

    size: int = 5
    max_overflow: int = 10
    echo: bool = False
    pooled: bool = True


def get_engine(database_url: str, pool: PoolSettings | None = None) -> AsyncEngine:
    """An engine for `postgresql+asyncpg://…`; without a pool where `pool.pooled` is false."""
    pool = pool or PoolSettings()
    url = make_url(database_url).set(drivername="postgresql+dars")
    options: dict[str, Any] = {
        "echo": pool.echo,
        "connect_args": {"connection_class": RememberingConnection},
    }
    if not pool.pooled:
        return create_async_engine(url, poolclass=NullPool, **options)
    return create_async_engine(
        url,
        pool_size=pool.size,
        max_overflow=pool.max_overflow,
        pool_pre_ping=True,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        **options,
    )


@asynccontextmanager
async def get_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """An ORM session; the caller commits. Repositories use `connection` instead, for speed."""
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


async def check_connection(engine: AsyncEngine) -> bool:
    """Whether the database answers now."""
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError, asyncpg.PostgresError):
        return False
    return True


@asynccontextmanager
async def connection(engine: AsyncEngine) -> AsyncIterator[asyncpg.Connection]:
    """A driver's connection out of the engine's pool, for statements compiled once.

    One whose work was broken off in the middle is thrown away rather than returned. Raises
    Unavailable if the server cannot be reached, or went away meanwhile; also if it broke this work
    off because two waited for each other, which is nobody's fault and goes well the next time.
    """
    try:
        pooled = await engine.raw_connection()
    except UNREACHABLE as error:
        raise Unavailable(f"no connection: {type(error).__name__}") from error
    driver = cast("asyncpg.Connection", pooled.driver_connection)
    try:
        yield driver
    except asyncpg.DeadlockDetectedError as error:
        raise Unavailable("two waited for each other") from error
    except LOST as error:
        if not driver.is_closed() and not isinstance(error, GOING_DOWN):
            raise
        raise Unavailable(f"the connection was lost: {type(error).__name__}") from error
    finally:
        if driver.is_closed() or driver.is_in_transaction():
            driver.terminate()
            await greenlet_spawn(pooled.invalidate)
        else:
            await greenlet_spawn(pooled.close)


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[asyncpg.Connection]:
    """The same, inside one transaction: committed at the end, rolled back on any error."""
    async with connection(engine) as driver:
        work = driver.transaction()
        await work.start()
        try:
            yield driver
        except BaseException:
            if not driver.is_closed():
                await work.rollback()
            raise
        else:
            await work.commit()
