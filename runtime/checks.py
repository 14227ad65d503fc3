"""`./dars doctor`: every part of this installation."""

from collections.abc import Callable

from sqlalchemy import text

from db.migrations import pending
from domain.errors import Fault
from runtime import doctor
from runtime.doctor import Check
from runtime.ground import Ground, ground
from runtime.settings import ROOT, Settings


async def examine_all(settings: Settings, say: Callable[[str], None]) -> int:
    """A line a part; 1 when a needed one is broken."""
    token = settings.telegram_bot_token
    checks: list[tuple[str, Check]] = [
        doctor.python_version(),
        doctor.environment(ROOT / "requirements" / "run.txt"),
        doctor.writable("home", settings.dars_home),
        doctor.disk_space(settings.dars_home),
        doctor.clock("Asia/Dhaka"),
        doctor.telegram(
            None if token is None else token.get_secret_value(),
            settings.telegram_proxy,
            settings.telegram_api_url,
        ),
        doctor.port_free("local chat", settings.localchat_port, "LOCALCHAT_PORT"),
        doctor.bubblewrap(),
        *doctor.system_packages(),
        doctor.optional(
            "AI", False, "", "not part of this version: hints are the authors' own", ""
        ),
    ]
    async with ground(settings) as on:
        return await doctor.examine([*checks, *_ground_checks(on)], say)


def _ground_checks(on: Ground) -> list[tuple[str, Check]]:
    async def database() -> str:
        async with on.engine.connect() as connection:
            version = await connection.scalar(text("show server_version"))
        waiting = await pending(on.database_url)
        if waiting:
            raise Fault(f"PostgreSQL {version} answers, but {len(waiting)} migrations are missing")
        return f"PostgreSQL {version}, the schema is current"

    async def redis() -> str:
        await on.redis.ping()
        return "answers"

    async def storage() -> str:
        await on.storage.check()
        return f"{type(on.storage).__name__} can be written"

    return [
        doctor.reachable("database", database, "Type: ./dars migrate; else check DATABASE_URL."),
        doctor.reachable("redis", redis, "Check REDIS_URL, or leave it out for the embedded one."),
        doctor.reachable("storage", storage, "Check MINIO_* or the rights of the home folder."),
    ]
