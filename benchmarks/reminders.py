"""What the clock asks the database, with up to a million students.

`reminders` measures 10,000 and 100,000 students in about a minute; `reminders --full` a million
with 6,000,000 sessions and 30,000,000 responses as well, which takes about a quarter of an hour
and 20 GB. `--plans` prints where the time of each statement went.

Each job of the clock runs as the clock runs it, in a transaction that is rolled back afterwards, at
a minute at which most happens and at one at which nothing does. Then a day of all messages is gone
through at the pace that Telegram allows.
"""

import asyncio
import contextlib
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import _a_day, harness
from benchmarks._million import BOT_ID, fill, minute
from bot import sender
from db.mailbox import SqlMailbox
from db.repositories import mailbox_sending
from db.session import PoolSettings, connection, get_engine, transaction
from db.unit_of_work import SqlUnitOfWork
from domain.courses import clockwork as courses
from domain.operations import clockwork, reminders
from domain.submissions import exams
from domain.unit_of_work import UnitOfWork

SMALL, FULL = (10_000, 100_000), (10_000, 100_000, 1_000_000)
ROUNDS = 3
# The bar: 100,000 students must be seconds, and nobody is waited for in an ordinary minute.
BAR_SECONDS, BAR_STUDENTS = 10.0, 100_000
MINUTE = timedelta(minutes=1)
CLAIMS, BATCH = 20, sender.CLAIM
CLAIM = f"claim {BATCH} of the waiting"
SHOWN_SHARE = 0.03

JobFunction = Callable[[UnitOfWork, int, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Job:
    """What the clock does, at an instant; `marks` is where it has got to before, if it keeps it."""

    name: str
    work: JobFunction
    now: datetime
    mark: str | None = None


JOBS = (
    Job("practice reminders, 19:00 in Dhaka", reminders.remind_of_practice, minute(13, 0),
        reminders.PRACTICE),
    Job("practice reminders, 19:07", reminders.remind_of_practice, minute(13, 7),
        reminders.PRACTICE),
    Job("streaks at risk, 20:30 in Dhaka", reminders.warn_of_streaks, minute(14, 30),
        reminders.STREAKS),
    Job("streaks at risk, 20:37", reminders.warn_of_streaks, minute(14, 37), reminders.STREAKS),
    Job("due soon, a day before 23:59", courses.tell_due_soon, minute(18, 0, days=-1)),
    Job("due soon, another minute", courses.tell_due_soon, minute(9, 0, days=-1)),
    Job("releases, at midnight", courses.open_releases, minute(18, 0)),
    Job("releases, another minute", courses.open_releases, minute(9, 0)),
    Job("missing, after 23:59", courses.mark_missing, minute(9, 0)),
    Job("exams over", exams.end_exams, minute(13, 0)),
    Job("sessions expired, 5,000 at most", clockwork.close_expired_sessions, minute(13, 0)),
)  # fmt: skip


@dataclass(slots=True)
class Measured:
    """A job with so many students."""

    done: int
    seconds: list[float]
    plans: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


class Explaining:
    """A connection that explains each statement, in a savepoint, before it runs it."""

    def __init__(self, driver: asyncpg.Connection) -> None:
        self._driver = driver
        self.plans: list[tuple[str, Mapping[str, Any]]] = []

    async def fetch(self, sql: str, *arguments: Any) -> Any:
        await self._explain(sql, arguments)
        return await self._driver.fetch(sql, *arguments)

    async def fetchrow(self, sql: str, *arguments: Any) -> Any:
        await self._explain(sql, arguments)
        return await self._driver.fetchrow(sql, *arguments)

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        await self._explain(sql, arguments)
        return await self._driver.fetchval(sql, *arguments)

    async def execute(self, sql: str, *arguments: Any) -> Any:
        await self._explain(sql, arguments)
        return await self._driver.execute(sql, *arguments)

    async def _explain(self, sql: str, arguments: Sequence[Any]) -> None:
        with contextlib.suppress(_RolledBack):
            async with self._driver.transaction():
                found = await self._driver.fetchval(
                    f"explain (analyze, buffers, timing, format json) {sql}", *arguments
                )
                raise _RolledBack
        self.plans.append((sql, found[0]))


class _RolledBack(Exception):
    """Carries nothing out of a transaction but its end."""


async def main(arguments: Sequence[str]) -> None:
    harness.refuse_real_services()
    sizes = FULL if "--full" in arguments else SMALL
    found: dict[int, dict[str, Measured]] = {}
    day = None
    for students in sizes:
        with harness.home() as folder:
            async with harness.services(folder, valkey=False) as services:
                url = services.database_url or ""
                dsn = url.replace("+asyncpg", "")
                await filled(dsn, students)
                found[students] = await measure(url, plans="--plans" in arguments)
                day = await a_day(dsn)
    show(found)
    if day is not None:
        _a_day.show(day, sizes[-1])
    judge(found)


async def filled(dsn: str, students: int) -> None:
    database = await asyncpg.connect(dsn)
    began = time.perf_counter()
    try:
        await fill(database, students)
        size = await database.fetchval("select pg_database_size(current_database())")
        rows = await database.fetchval("select count(*) from responses")
    finally:
        await database.close()
    took = time.perf_counter() - began
    print(
        f"{students:,} students, {rows:,} responses: {size / 1e9:.1f} GB, made in {took:.0f} s",
        flush=True,
    )


async def measure(url: str, *, plans: bool) -> dict[str, Measured]:
    engine = get_engine(url, PoolSettings(size=2))
    found = {}
    try:
        for job in JOBS:
            found[job.name] = Measured(0, [])
            for _ in range(ROUNDS):
                with contextlib.suppress(_RolledBack):
                    async with transaction(engine) as driver:
                        await prepare(driver, job)
                        began = time.perf_counter()
                        found[job.name].done = await job.work(
                            SqlUnitOfWork(driver), BOT_ID, job.now
                        )
                        found[job.name].seconds.append(time.perf_counter() - began)
                        raise _RolledBack
            if plans:
                found[job.name].plans = await explained(engine, job)
                show_plans(job.name, found[job.name])
        found[CLAIM] = await claiming(engine, JOBS[0], plans=plans)
    finally:
        await engine.dispose()
    return found


async def claiming(engine: AsyncEngine, reminding: Job, *, plans: bool) -> Measured:
    """What the sender asks again and again while all reminders of the fullest minute wait."""
    async with connection(engine) as driver:
        # What was rolled back lies about as nothing in service does.
        await driver.execute("vacuum outbox, notifications")
    async with transaction(engine) as driver:
        await prepare(driver, reminding)
        waiting = await reminding.work(SqlUnitOfWork(driver), BOT_ID, reminding.now)
    found = Measured(waiting, [])
    mailbox = SqlMailbox(engine, BOT_ID, lambda: reminding.now)
    for _ in range(CLAIMS):
        began = time.perf_counter()
        if len(await mailbox.claim(BATCH)) != BATCH:
            raise RuntimeError("fewer wait than were written")
        found.seconds.append(time.perf_counter() - began)
    if plans:
        async with transaction(engine) as driver:
            explaining = Explaining(driver)
            arguments = {"bot_id": BOT_ID, "claimed_by": 1, "limit": BATCH, "least": 3}
            await mailbox_sending.CLAIM.rows(
                cast("asyncpg.Connection", explaining), now=reminding.now, **arguments
            )
        found.plans = explaining.plans
        show_plans(CLAIM, found)
    return found


async def prepare(driver: asyncpg.Connection, job: Job) -> None:
    """The clock did this job a minute ago."""
    if job.mark is not None:
        await driver.execute(
            "insert into clock_marks (job, done_until) values ($1, $2)", job.mark, job.now - MINUTE
        )


async def explained(engine: AsyncEngine, job: Job) -> list[tuple[str, Mapping[str, Any]]]:
    with contextlib.suppress(_RolledBack):
        async with transaction(engine) as driver:
            await prepare(driver, job)
            explaining = Explaining(driver)
            work = SqlUnitOfWork(cast("asyncpg.Connection", explaining))
            await job.work(work, BOT_ID, job.now)
            raise _RolledBack
    return explaining.plans


async def a_day(dsn: str) -> "_a_day.Day":
    database = await asyncpg.connect(dsn)
    try:
        return await _a_day.gone_through(database)
    finally:
        await database.close()


def show(found: Mapping[int, Mapping[str, Measured]]) -> None:
    sizes = list(found)
    print(f"\nseconds a job, median of {ROUNDS} runs (least to most), and how many it told\n")
    head = ("", *(f"{size:,} students" for size in sizes))
    names = [*(job.name for job in JOBS), CLAIM]
    rows = [(name, *(_cell(found[size][name]) for size in sizes)) for name in names]
    harness.table(head, rows)


def _cell(one: Measured) -> str:
    times = f"{min(one.seconds):.3f} to {max(one.seconds):.3f}"
    return f"{statistics.median(one.seconds):.3f} ({times}) {one.done:,}"


def show_plans(name: str, measured: Measured) -> None:
    print(f"\n== {name}: {measured.done:,} in {statistics.median(measured.seconds):.3f} s")
    for sql, plan in measured.plans:
        words = " ".join(sql.split())[:100]
        print(
            f"-- {plan['Execution Time']:,.1f} ms (planned in {plan['Planning Time']:.1f}): {words}"
        )
        _show_node(plan["Plan"], plan["Execution Time"], 0)
        for trigger in plan.get("Triggers", ()):
            if trigger["Time"] > SHOWN_SHARE * plan["Execution Time"]:
                name = trigger.get("Constraint Name") or trigger["Trigger Name"]
                print(f"   trigger {name}: {trigger['Time']:,.1f} ms, {trigger['Calls']:,} calls")
    sys.stdout.flush()


def _show_node(node: Mapping[str, Any], whole: float, depth: int) -> None:
    """A node that took a share worth a line, and those below it."""
    loops = node["Actual Loops"]
    took = node["Actual Total Time"] * loops
    if took < SHOWN_SHARE * whole:
        return
    what = " ".join(
        str(node[key])
        for key in ("Subplan Name", "Node Type", "Join Type", "Index Name", "Relation Name")
        if key in node
    )
    blocks = node["Shared Hit Blocks"] + node["Shared Read Blocks"]
    print(
        f"   {'  ' * depth}{what}: {took:,.1f} ms, rows {node['Actual Rows'] * loops:,.0f}"
        f" (planned {node['Plan Rows'] * loops:,.0f}), {blocks:,} blocks"
    )
    for below in node.get("Plans", ()):
        _show_node(below, whole, depth + 1)


def judge(found: Mapping[int, Mapping[str, Measured]]) -> None:
    slowest = {
        f"{size:,}": max(statistics.median(one.seconds) for one in jobs.values())
        for size, jobs in found.items()
    }
    ours = slowest[f"{BAR_STUDENTS:,}"]
    harness.verdict(BAR_SECONDS, ours, slowest, ours / BAR_SECONDS, holds=ours <= BAR_SECONDS)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
