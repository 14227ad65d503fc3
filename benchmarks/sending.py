"""Sending to 900 chats within Telegram's limits, against three ideas of what these are.

Telegram says "about 30 a second" and not how it counts. So there are three local chats: a bucket
of 30 that is refilled by 30 a second; at most 30 in any second; the same, and who goes over is
refused everything for three seconds. Each answers 50 ms late. In each the same broadcast is sent by
the bot's own process from its outbox, by two such processes together, and by
python-telegram-bot's AIORateLimiter with its defaults. The three chats stand beside each other,
the sides take turns.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from benchmarks import harness
from localchat.remote_control import Control

BAR = 29.0
CHATS = 900
LATENCY_SECONDS = 0.05
FIRST_ID = 7_000_000
READY_SECONDS = 60.0
# Nobody may take longer than this for what takes half a minute.
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Model:
    """One idea of how Telegram counts: what the local chat is told."""

    name: str
    number: int
    limits: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Side:
    """Who sends: so many processes of ours, or none and a script instead."""

    name: str
    number: int
    processes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One side in one chat, by what the chat itself saw."""

    per_second: float
    lost: int
    doubled: int
    refused: int


MODELS = (
    Model("bucket of 30", 1, {"total_per_second": 30, "bucket": True}),
    Model("30 in any second", 2, {"total_per_second": 30}),
    Model("the same, ban of 3 s", 3, {"total_per_second": 30, "ban_seconds": 3}),
)
OURS = Side("dars", 1, processes=1)
TWO = Side("dars, two processes", 2, processes=2)
PTB = Side("PTB, AIORateLimiter", 3, processes=0)
SIDES = (OURS, TWO, PTB)

BROADCAST = """
insert into outbox (bot_id, chat_id, view, data, priority)
select $1, chat, 'announcements.notice',
       jsonb_build_object('title', 'Tomorrow', 'text', 'No class **tomorrow**.',
                          'class', repeat('0', 22), 'class_name', 'Class 7',
                          'item', repeat('0', 22)), 2
from unnest($2::bigint[]) as chat
"""
UNSENT = """
select count(*) from outbox where bot_id = $1 and sent_at is null and failed_reason is null
"""


@dataclass(slots=True)
class Stage:
    """One local chat under one model, and what sending into it needs."""

    model: Model
    url: str
    control: Control
    folder: Path
    environment: Mapping[str, str]
    database: asyncpg.Connection

    def bot(self, side: Side) -> int:
        return _bot(self.model, side)


def _bot(model: Model, side: Side) -> int:
    """Its id. Each side has a bot of its own in each chat, and so nothing to do with another's."""
    return 3_000_000 + 10 * model.number + side.number


def _token(bot: int) -> str:
    return f"{bot}:" + "s" * 35


async def main() -> None:
    harness.refuse_real_services()
    found: dict[tuple[Side, Model], Figures] = {}
    with harness.home() as folder:
        async with harness.services(folder) as services, contextlib.AsyncExitStack() as stack:
            environment = {
                "DATABASE_URL": services.database_url or "",
                "REDIS_URL": services.redis_url or "",
                "LOG_LEVEL": "info",
            }
            stages = [
                await stack.enter_async_context(staged(model, folder, environment))
                for model in MODELS
            ]
            await asyncio.gather(*map(join, stages))
            for side in SIDES:
                figures = await asyncio.gather(*(measure(stage, side) for stage in stages))
                for stage, one in zip(stages, figures, strict=True):
                    found[side, stage.model] = one
    show(found)


@contextlib.asynccontextmanager
async def staged(
    model: Model, folder: Path, environment: Mapping[str, str]
) -> AsyncIterator[Stage]:
    """A local chat in a process of its own, with a bot for each side."""
    port = harness.free_port()
    bots = [f"--bot={_token(bot)}=bench_{bot}_bot" for bot in (_bot(model, one) for one in SIDES)]
    log, url = folder / f"localchat{model.number}.log", f"http://127.0.0.1:{port}"
    arguments = ["-m", "localchat", "--port", str(port), *bots]
    dsn = environment["DATABASE_URL"].replace("+asyncpg", "")
    with harness.process(arguments, {"PYTHONUNBUFFERED": "1"}, log) as child:
        await harness.said(log, "The local chat is at", child, READY_SECONDS)
        database = await asyncpg.connect(dsn)
        try:
            async with Control(url) as control:
                yield Stage(model, url, control, folder, environment, database)
        finally:
            await database.close()


async def join(stage: Stage) -> None:
    """Everyone has begun to talk to every bot, which was so long ago that it is confirmed."""
    async with aiohttp.ClientSession(stage.url) as http:
        for person in range(FIRST_ID, FIRST_ID + CHATS):
            body = {"id": person, "first_name": f"Student {person}", "language_code": "en"}
            await _post(http, "/api/people", body)
            for side in SIDES:
                path = f"/api/chats/{stage.bot(side)}/{person}/messages"
                await _post(http, path, {"text": "/start"})
        for side in SIDES:
            bot = stage.bot(side)
            last = (await stage.control.unconfirmed(bot))[-1]["update_id"]
            await _post(http, f"/bot{_token(bot)}/getUpdates", {"offset": last + 1})
    await stage.control.latency(LATENCY_SECONDS)
    await stage.control.limits(**stage.model.limits)


async def _post(http: aiohttp.ClientSession, path: str, body: Mapping[str, Any]) -> None:
    async with http.post(path, json=body) as response:
        response.raise_for_status()


async def measure(stage: Stage, side: Side) -> Figures:
    await stage.control.forget_calls()
    async with asyncio.timeout(PATIENCE_SECONDS):
        if side.processes:
            await send_ours(stage, side)
        else:
            await send_theirs(stage, side)
    return await counted(stage, side)


async def send_ours(stage: Stage, side: Side) -> None:
    """Once all processes are at work, the broadcast is written; it ends when all is noted."""
    bot = stage.bot(side)
    with contextlib.ExitStack() as running:
        logs = [
            running.enter_context(_process(stage, bot, number)) for number in range(side.processes)
        ]
        await asyncio.gather(*(until(lambda log=log: _at_work(log)) for log in logs))
        await stage.database.execute(BROADCAST, bot, list(range(FIRST_ID, FIRST_ID + CHATS)))
        while await stage.database.fetchval(UNSENT, bot):  # noqa: ASYNC110 - as below
            await asyncio.sleep(0.2)


async def send_theirs(stage: Stage, side: Side) -> None:
    bot = stage.bot(side)
    arguments = [_token(bot), stage.url, str(FIRST_ID), str(CHATS)]
    log = stage.folder / f"{bot}.log"
    with harness.process(["-m", "benchmarks.peers.ptb_rate_limiter", *arguments], {}, log) as child:
        await until(lambda: child.poll() is not None)
    if child.returncode != 0:
        raise RuntimeError(f"it failed:\n{harness.written(log)[-4000:]}")


@contextlib.contextmanager
def _process(stage: Stage, bot: int, number: int) -> Iterator[Path]:
    """`./dars bot`, told of updates by webhook, since only one process may ask for them."""
    log, port = stage.folder / f"{bot}.{number}.log", harness.free_port()
    told = {
        "DARS_HOME": str(stage.folder / f"home{bot}"),
        "TELEGRAM_BOT_TOKEN": _token(bot),
        "TELEGRAM_API_URL": stage.url,
        "TELEGRAM_MODE": "webhook",
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": "bench",
        "WEBHOOK_PORT": str(port),
    }
    with harness.process(["-m", "runtime", "bot"], {**stage.environment, **told}, log):
        yield log


def _at_work(log: Path) -> bool:
    return "the bot is at work" in harness.written(log)


async def until(holds: Any) -> None:
    while not holds():  # noqa: ASYNC110 - other processes are waited for
        await asyncio.sleep(0.1)


async def counted(stage: Stage, side: Side) -> Figures:
    log = await stage.control.call_log()
    calls = [one for one in log if one["bot"] == stage.bot(side) and one["method"] == "sendMessage"]
    tried = [one["at"] for one in calls]
    reached = Counter(one["chat"] for one in calls if one["status"] == 200)
    return Figures(
        (reached.total() - 1) / (max(tried) - min(tried)),
        lost=CHATS - len(reached),
        doubled=reached.total() - len(reached),
        refused=sum(one["status"] == 429 for one in calls),
    )


def show(found: Mapping[tuple[Side, Model], Figures]) -> None:
    print(f"one message to each of {CHATS} chats, {1000 * LATENCY_SECONDS:.0f} ms latency\n")
    rows = [
        (model.name, side.name, f"{one.per_second:.2f}", one.lost, one.doubled, one.refused)
        for model in MODELS
        for side in SIDES
        for one in [found[side, model]]
    ]
    harness.table(("", "sent by", "messages/s", "lost", "doubled", "refused"), rows)
    own = [one for (side, _), one in found.items() if side is not PTB]
    slowest = min(one.per_second for one in own)
    clean = not any(one.lost or one.doubled or one.refused for one in own)
    lost = {f"PTB lost, {model.name}": float(found[PTB, model].lost) for model in MODELS}
    holds = clean and slowest >= BAR
    harness.verdict(BAR, slowest, lost, slowest / BAR, holds=holds)


if __name__ == "__main__":
    asyncio.run(main())
