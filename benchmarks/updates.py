"""Whole practice answers a second, against echoes and against the same writes through an ORM.

64 people answer, each with a few answers on their way, so that the bot is what limits; the Bot
API answers 50 ms late. Every side is a process of its own, talks to the same local chat (again a
process of its own) and meets the same people in turn. For Dars an answer is stored in the inbox,
checked, recorded and replied to through the outbox, on a durable PostgreSQL; only the pacing that
keeps Telegram's limits is off.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from benchmarks import harness
from benchmarks._crowd import IN_FLIGHT, Crowd
from benchmarks.harness import Rounds
from localchat.remote_control import Control

BAR = 2.0
LATENCY_SECONDS = 0.05
PEOPLE = 64
ROUNDS = 5
# Of each problem so many answers are wrong before one is right; the last is never answered
# rightly, so that the session stays open: 5 times 4 answers less one.
WRONG = 3
PROBLEMS = 5
FIRST_ID = 6_000_000
READY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Side:
    """A bot to be measured: its token, how it is started, how many rounds it gets."""

    name: str
    number: int
    module: str
    needs_database: bool = False
    rounds: int = ROUNDS
    answers: int = PROBLEMS * (WRONG + 1) - 1

    @property
    def token(self) -> str:
        return f"{self.number}:" + "b" * 35


OURS = Side("dars", 2000001, "runtime", needs_database=True)
ORM = Side("aiogram, ORM", 2000002, "benchmarks.peers.aiogram_orm", needs_database=True)
AIOGRAM = Side("aiogram, bare echo", 2000003, "benchmarks.peers.aiogram_echo")
# It is so slow here that one short round is enough.
PTB = Side("PTB, bare echo", 2000004, "benchmarks.peers.ptb_echo", rounds=1, answers=5)
SIDES = (OURS, ORM, AIOGRAM, PTB)


@dataclass(slots=True)
class Stage:
    """What all sides share: the chat's address, the database, the logs."""

    url: str
    folder: Path
    database_url: str
    redis_url: str
    database: asyncpg.Connection
    http: aiohttp.ClientSession
    found: dict[str, list[float]] = field(default_factory=dict)


async def main() -> None:
    harness.refuse_real_services()
    with harness.home() as folder:
        async with harness.services(folder) as services:
            port = harness.free_port()
            bots = [f"--bot={side.token}=bench_{side.number}_bot" for side in SIDES]
            chat = ["-m", "localchat", "--port", str(port), *bots]
            log, url = folder / "localchat.log", f"http://127.0.0.1:{port}"
            dsn = (services.database_url or "").replace("+asyncpg", "")
            with harness.process(chat, {"PYTHONUNBUFFERED": "1"}, log) as child:
                await harness.said(log, "The local chat is at", child, READY_SECONDS)
                database = await asyncpg.connect(dsn)
                http = aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(total=None))
                async with http:
                    stage = Stage(
                        url,
                        folder,
                        services.database_url or "",
                        services.redis_url or "",
                        database,
                        http,
                    )
                    try:
                        await measure(stage)
                    finally:
                        await database.close()
    show({name: Rounds(values) for name, values in stage.found.items()})


async def measure(stage: Stage) -> None:
    people = range(FIRST_ID, FIRST_ID + PEOPLE)
    await join(stage, people)
    await harness.enrol(stage.database, people)
    await stage.database.execute(
        "insert into conversations (bot_id, user_id, step)"
        " select $1, user_id, 'practice' from students",
        OURS.number,
    )
    with contextlib.ExitStack() as running:
        for side in SIDES:
            running.enter_context(start(stage, side))
        async with Control(stage.url) as control:
            for side in SIDES:
                await polled(control, side)
            await control.latency(LATENCY_SECONDS)
            for number in range(ROUNDS + 1):
                for side in SIDES:
                    if number <= side.rounds:
                        rate = await one_round(stage, side, people)
                        # The first round only warms up.
                        if number > 0:
                            stage.found.setdefault(side.name, []).append(rate)


async def join(stage: Stage, people: Sequence[int]) -> None:
    """Everyone is known to the chat and has begun to talk to every bot."""
    for person in people:
        body = {"id": person, "first_name": f"Student {person}", "language_code": "en"}
        async with stage.http.post("/api/people", json=body) as response:
            response.raise_for_status()
        for side in SIDES:
            path = f"/api/chats/{side.number}/{person}/messages"
            async with stage.http.post(path, json={"text": "/start"}) as response:
                response.raise_for_status()
    async with Control(stage.url) as control:
        for side in SIDES:
            await forget(stage, control, side)


async def forget(stage: Stage, control: Control, side: Side) -> None:
    """Takes the greetings away, by confirming them as the bot would."""
    waiting = await control.unconfirmed(side.number)
    offset = max(one["update_id"] for one in waiting) + 1
    path = f"/bot{side.token}/getUpdates"
    async with stage.http.get(path, params={"offset": str(offset)}) as response:
        response.raise_for_status()


def start(stage: Stage, side: Side) -> contextlib.AbstractContextManager[Any]:
    log = stage.folder / f"{side.number}.log"
    if side is OURS:
        environment = {
            "DARS_HOME": str(stage.folder / "home"),
            "DATABASE_URL": stage.database_url,
            "DATABASE_POOL_SIZE": "32",
            "REDIS_URL": stage.redis_url,
            "TELEGRAM_BOT_TOKEN": side.token,
            "TELEGRAM_API_URL": stage.url,
            "TELEGRAM_MODE": "polling",
            "SEND_PACING": "false",
            "LOG_LEVEL": "warning",
        }
        return harness.process(["-m", "runtime", "bot"], environment, log)
    database = [stage.database_url] if side.needs_database else []
    return harness.process(["-m", side.module, side.token, stage.url, *database], {}, log)


async def polled(control: Control, side: Side) -> None:
    """Waits until a bot asks for updates."""
    async with asyncio.timeout(READY_SECONDS):
        while not any(  # noqa: ASYNC110 - the bot is another process
            call["bot"] == side.number and call["method"] != "getUpdates"
            for call in await control.call_log()
        ):
            await asyncio.sleep(0.1)


async def one_round(stage: Stage, side: Side, people: Sequence[int]) -> float:
    await harness.open_sessions(stage.database)
    texts = await answers_of(stage, people, side.answers)
    try:
        async with Crowd(stage.http, side.number).listening() as crowd:
            rate: float = await crowd.answer(texts)
    except TimeoutError:
        log = harness.written(stage.folder / f"{side.number}.log")
        raise RuntimeError(f"{side.name} did not reply to everything:\n{log[-4000:]}") from None
    if side.needs_database:
        await check(stage, side.answers)
    return rate


async def answers_of(stage: Stage, people: Sequence[int], count: int) -> dict[int, list[str]]:
    """What each person writes: wrong answers to each problem, then the right one."""
    rows = await stage.database.fetch(
        "select u.telegram_id, p.answer from practice_items i"
        " join problems p on p.id = i.problem_id join practice_sessions s on s.id = i.session_id"
        " join users u on u.id = s.student_id where s.status = 'in_progress'"
        " order by u.telegram_id, i.position"
    )
    texts: dict[int, list[str]] = {person: [] for person in people}
    for row in rows:
        texts[row["telegram_id"]] += ["987654"] * WRONG + [row["answer"]]
    return {person: all_[:count] for person, all_ in texts.items()}


async def check(stage: Stage, answers: int) -> None:
    """Every answer of the round must be in the database, or its speed says nothing."""
    stored = await stage.database.fetchval(
        "select count(*) from responses r join practice_sessions s on s.id = r.session_id"
        " where s.status = 'in_progress'"
    )
    if stored != PEOPLE * answers:
        raise RuntimeError(f"{stored} answers were stored, not {PEOPLE * answers}")


def show(found: Mapping[str, Rounds]) -> None:
    print(
        f"answers a second, {PEOPLE} people with {IN_FLIGHT} answers on their way each,"
        f" {1000 * LATENCY_SECONDS:.0f} ms latency: median of {ROUNDS} rounds (least to most)\n"
    )
    ours = found[OURS.name].median
    rows = [(name, all_, f"{ours / all_.median:.2f}") for name, all_ in found.items()]
    harness.table(("", "answers/s", "dars is times"), rows)
    peers = {name: all_.median for name, all_ in found.items() if name != OURS.name}
    ratio = ours / peers[ORM.name]
    harness.verdict(BAR, ours, peers, ratio, holds=ratio >= BAR)


if __name__ == "__main__":
    asyncio.run(main())
