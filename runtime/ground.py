"""What every long-running process stands on, and until when it runs."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from db.session import PoolSettings, get_engine
from domain.storage import Storage
from engines.storage.folder import FolderStorage
from runtime.embedded.services import embedded_services
from runtime.settings import Settings


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ground:
    """The database, Redis and storage that a process stands on, real or embedded."""

    database_url: str
    redis_url: str
    engine: AsyncEngine
    redis: Redis
    storage: Storage


@asynccontextmanager
async def ground(settings: Settings) -> AsyncIterator[Ground]:
    """What the settings name; an embedded part is started, or joined where it runs already."""
    async with AsyncExitStack() as stack:
        database = settings.database_url and settings.database_url.get_secret_value()
        redis_url = settings.redis_url and settings.redis_url.get_secret_value()
        services = await stack.enter_async_context(
            embedded_services(
                settings.dars_home, postgres=not database, valkey=not redis_url, join=True
            )
        )
        database = database or services.database_url or ""
        redis_url = redis_url or services.redis_url or ""
        engine = get_engine(database, pool_settings(settings))
        stack.push_async_callback(engine.dispose)
        redis = Redis.from_url(redis_url)
        stack.push_async_callback(redis.aclose)
        yield Ground(database, redis_url, engine, redis, storage(settings))


def pool_settings(settings: Settings) -> PoolSettings:
    return PoolSettings(
        settings.database_pool_size, settings.database_max_overflow, settings.database_echo
    )


def storage(settings: Settings) -> Storage:
    """MinIO where it is configured, else a folder in the home."""
    if settings.minio_endpoint and settings.minio_access_key and settings.minio_secret_key:
        # Six megabytes in every process, for those who have such a server.
        from engines.storage.objects import ObjectStorage

        return ObjectStorage(
            settings.minio_endpoint,
            settings.minio_access_key,
            settings.minio_secret_key.get_secret_value(),
            settings.minio_bucket,
            settings.minio_secure,
        )
    return FolderStorage(objects_folder(settings.dars_home))


def objects_folder(home: Path) -> Path:
    return home / "objects"


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Runs until a signal asks to stop; what breaks in between is raised."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    task = asyncio.create_task(work)
    waiting = asyncio.create_task(told.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        waiting.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task
