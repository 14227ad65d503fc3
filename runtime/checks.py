"""`./dars doctor`: every part of this installation."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import text

from db.migrations import pending
from db.unit_of_work import unit_of_work
from domain.errors import Fault
from runtime import doctor
from runtime.doctor import Check, Finding, Verdict
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
        *doctor.judge(settings.dars_home / "judge"),
        *doctor.system_packages(),
        doctor.optional(
            "AI", False, "", "not part of this version: hints are the authors' own", ""
        ),
    ]
    async with ground(settings) as on:
        return await doctor.examine([*checks, *_ground_checks(on), _queue(on)], say)


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


def _queue(on: Ground) -> tuple[str, Check]:
    """Who judges, and what waits for it. Nobody judging is a fault once somebody waits for it."""

    async def check() -> Finding:
        async with unit_of_work(on.engine) as work:
            backlog = await work.judgings.backlog()
        finding = partial(Finding, "judging")
        waits = f"{backlog.waiting} wait, the oldest for {backlog.oldest_seconds:.0f} s"
        if backlog.without_sandbox and not backlog.workers:
            said = f"none of {backlog.without_sandbox} workers can run code; {waits}"
            return finding(Verdict.BROKEN, said, "See the line about bubblewrap on their machines.")
        if not backlog.workers:
            verdict = Verdict.BROKEN if backlog.waiting else Verdict.OFF
            return finding(verdict, f"no worker lives; {waits}", "Start one: ./dars worker")
        return finding(Verdict.FINE, f"{backlog.workers} workers; {waits}")

    return "judging", check
