"""Storing an answer: our repository against one hand-written statement through asyncpg.

Both sides write the same rows (the response, the item, the session's counters, the next item's
time, the skill) to the same durable PostgreSQL from a pool of 32, one and 32 at once, in turn.
Beside it: how long creating a session, storing an answer and loading a session take with 32 at
once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import harness
from benchmarks.harness import Rounds, percentile
from benchmarks.peers import asyncpg_answer
from db.repositories.practice import SqlPracticeRepository
from db.session import PoolSettings, connection, get_engine
from domain.practice.profiles import Evidence
from domain.practice.records import Item, ItemState, Try
from domain.practice.skills import observed

BAR = 0.5
POOL = 32
STUDENTS = 320
ROUNDS = 5
# A round with one at once takes as many sessions as this, with 32 at once all of them.
SESSIONS_ALONE = 80
FIRST_ID = 5_000_000
DESIGN_MS = {"create session": 30, "store answer": 25, "load session": 40}

Job = Callable[[], Awaitable[None]]
Store = Callable[[Try], Awaitable[None]]


async def main() -> None:
    harness.refuse_real_services()
    with harness.home() as home:
        async with harness.services(home, valkey=False) as services:
            url = services.database_url or ""
            engine = get_engine(url, PoolSettings(size=POOL, max_overflow=0))
            try:
                await compare(engine, url.replace("+asyncpg", ""))
            finally:
                await engine.dispose()


async def compare(engine: AsyncEngine, dsn: str) -> None:
    async with connection(engine) as database:
        await harness.enrol(database, range(FIRST_ID, FIRST_ID + STUDENTS))
        students = [row["user_id"] for row in await database.fetch("select user_id from students")]
    sides: dict[str, Store] = {"dars": lambda attempt: ours(engine, attempt)}
    async with (
        asyncpg.create_pool(dsn, min_size=POOL, max_size=POOL) as plain,
        asyncpg.create_pool(dsn, min_size=POOL, max_size=POOL, reset=no_reset) as bare,
    ):
        sides["asyncpg, pool's defaults"] = lambda attempt: asyncpg_answer.store(plain, attempt)
        sides["asyncpg, pool without reset"] = lambda attempt: asyncpg_answer.store(bare, attempt)
        figures = {at_once: await rounds(engine, sides, at_once) for at_once in (1, POOL)}
    times = await latencies(engine, students)
    show(figures, times)


async def no_reset(_: asyncpg.Connection) -> None:
    """Spares the pool the round trip by which it cleans a connection that comes back."""


async def ours(engine: AsyncEngine, attempt: Try) -> None:
    async with connection(engine) as database:
        if not await SqlPracticeRepository(database).store_answer(attempt, ItemState.ANSWERED):
            raise RuntimeError("an answer was not stored")


async def rounds(engine: AsyncEngine, sides: dict[str, Store], at_once: int) -> dict[str, Rounds]:
    """Answers a second of each side, the sides in turn; the first round only warms up."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(ROUNDS + 1):
        for name, store in sides.items():
            attempts = await prepare(engine)
            chosen = attempts[:SESSIONS_ALONE] if at_once == 1 else attempts
            began = time.perf_counter()
            await at_most(at_once, [answering(store, session) for session in chosen])
            took = time.perf_counter() - began
            if number > 0:
                found[name].append(sum(map(len, chosen)) / took)
    return {name: Rounds(values) for name, values in found.items()}


def answering(store: Store, session: Sequence[Try]) -> Job:
    async def work() -> None:
        for attempt in session:
            await store(attempt)

    return work


async def at_most(limit: int, jobs: Sequence[Job]) -> None:
    """Does all jobs, so many at a time."""
    waiting = iter(jobs)

    async def worker() -> None:
        for job in waiting:
            await job()

    await asyncio.gather(*[worker() for _ in range(limit)])


async def prepare(engine: AsyncEngine) -> list[list[Try]]:
    """A new session for every student, and the five answers to each."""
    async with connection(engine) as database:
        await harness.open_sessions(database)
        rows = await database.fetch(
            """
            select i.id, i.session_id, i.problem_id, i.position,
                   lead(i.id) over (partition by i.session_id order by i.position) as next_id
            from practice_items i join practice_sessions s on s.id = i.session_id
            where s.status = 'in_progress' order by i.session_id, i.position
            """
        )
        known = await SqlPracticeRepository(database).current_items(
            await database.fetchval(
                "select student_id from practice_sessions where id = $1", rows[0]["session_id"]
            )
        )
    now = datetime.now(UTC)
    skill = observed(None, known[0].topic, known[0].difficulty, Evidence.RIGHT, now)
    attempts = [Try(item_like(known[0], row), "42", True, 7, now, skill) for row in rows]
    return [attempts[start : start + 5] for start in range(0, len(attempts), 5)]


def item_like(one: Item, row: asyncpg.Record) -> Item:
    values = {name: getattr(one, name) for name in Item.__slots__}
    return Item(**{**values, **dict(row)})


async def latencies(engine: AsyncEngine, students: Sequence[UUID]) -> dict[str, list[float]]:
    """Milliseconds of each operation with 32 at once, a connection from the pool included."""
    found: dict[str, list[float]] = {name: [] for name in DESIGN_MS}
    async with connection(engine) as database:
        problems = [row["id"] for row in await database.fetch("select id from problems limit 5")]
    for number in range(ROUNDS + 1):
        async with connection(engine) as database:
            await database.execute(
                "update practice_sessions set status = 'abandoned' where status = 'in_progress'"
            )
        kept = found if number > 0 else {name: [] for name in DESIGN_MS}
        await at_most(POOL, [whole(engine, student, problems, kept) for student in students])
    return found


def whole(
    engine: AsyncEngine, student: UUID, problems: Sequence[UUID], times: dict[str, list[float]]
) -> Job:
    """One student's create, load, store; each timed by itself."""

    async def work() -> None:
        now = datetime.now(UTC)
        began = time.perf_counter()
        async with connection(engine) as database:
            await SqlPracticeRepository(database).create_session(
                student, problems, now, now + timedelta(minutes=30)
            )
        times["create session"].append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        async with connection(engine) as database:
            items = await SqlPracticeRepository(database).current_items(student)
        times["load session"].append(1000 * (time.perf_counter() - began))
        skill = observed(items[0].skill, items[0].topic, 1, Evidence.RIGHT, now)
        attempt = Try(items[0], "42", True, 7, now, skill)
        began = time.perf_counter()
        await ours(engine, attempt)
        times["store answer"].append(1000 * (time.perf_counter() - began))

    return work


def show(figures: dict[int, dict[str, Rounds]], times: dict[str, list[float]]) -> None:
    print(f"answers stored a second, pool of {POOL}: median of {ROUNDS} rounds (least to most)\n")
    names = list(figures[1])
    rows = [[name, *[figures[at_once][name] for at_once in figures]] for name in names]
    harness.table(("", *[f"{at_once} at once" for at_once in figures]), rows)
    print(f"milliseconds with {POOL} at once, {len(times['store answer'])} of each\n")
    harness.table(
        ("", "50th", "99th", "design"),
        [
            (name, f"{percentile(all_, 0.5):.1f}", f"{percentile(all_, 0.99):.1f}", DESIGN_MS[name])
            for name, all_ in times.items()
        ],
    )
    # The bar is set against the faster of the two pools, at the worse of the two loads.
    fastest = {
        at_once: max(sides[name].median for name in names[1:]) for at_once, sides in figures.items()
    }
    ratios = {at_once: figures[at_once]["dars"].median / fastest[at_once] for at_once in figures}
    for at_once, ratio in ratios.items():
        print(f"ratio at {at_once} at once: {ratio:.2f}")
    worst = min(ratios, key=lambda at_once: ratios[at_once])
    harness.verdict(
        BAR,
        figures[worst]["dars"].median,
        {name: figures[worst][name].median for name in names[1:]},
        ratios[worst],
        holds=ratios[worst] >= BAR,
    )


if __name__ == "__main__":
    asyncio.run(main())
