"""What the benchmarks share: a database of their own, child processes, tables, the last line."""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from db.migrations import upgrade
from db.session import PoolSettings, get_engine
from runtime import content
from runtime.embedded.services import EmbeddedServices, embedded_services
from runtime.settings import ROOT, Settings

END_SECONDS = 15.0
GRADE = 7


@dataclass(frozen=True, slots=True)
class Rounds:
    """One side's figure, a round each."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def __str__(self) -> str:
        if len(self.values) == 1:
            return f"{self.median:,.0f}"
        return f"{self.median:,.0f} ({min(self.values):,.0f} to {max(self.values):,.0f})"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints columns as wide as they need to be, the first to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *others = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        print("  ".join(cells).rstrip())
    print(flush=True)


def verdict(
    bar: float, ours: float, peers: Mapping[str, float], ratio: float, *, holds: bool
) -> None:
    """Prints the last line, which a program can read."""
    found = {
        "bar": bar,
        "ours": round(ours, 1),
        "peers": {name: round(figure, 1) for name, figure in peers.items()},
        "ratio": round(ratio, 3),
        "holds": holds,
    }
    print(json.dumps(found, ensure_ascii=False), flush=True)


def refuse_real_services() -> None:
    """Ends the benchmark where settings name real servers: it must never touch them."""
    settings = Settings.load()
    named = ("telegram_bot_token", "database_url", "redis_url", "minio_endpoint")
    if any(getattr(settings, name) for name in named):
        names = ", ".join(name.upper() for name in named)
        raise SystemExit(
            f"unset {names} (environment and .env): benchmarks use servers of their own"
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def home() -> Iterator[Path]:
    """An empty folder for all data, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dars-bench-", ignore_cleanup_errors=True) as folder:
        # The embedded servers may run under another user id and must reach their folders.
        Path(folder).chmod(0o711)
        yield Path(folder)


@asynccontextmanager
async def services(folder: Path, *, valkey: bool = True) -> AsyncIterator[EmbeddedServices]:
    """Embedded servers, durable as in production, with the schema and the practice library."""
    async with embedded_services(folder, valkey=valkey) as running:
        url = running.database_url or ""
        await upgrade(url)
        engine = get_engine(url, PoolSettings(pooled=False))
        try:
            await content.import_library(engine)
        finally:
            await engine.dispose()
        yield running


async def enrol(database: asyncpg.Connection, people: Sequence[int]) -> None:
    """Registers students with these Telegram ids."""
    await database.execute(
        """
        with person as (
            insert into users (telegram_id, full_name, language)
            select one, 'Student ' || one, 'en' from unnest($1::bigint[]) as one
            returning id
        )
        insert into students (user_id, grade) select id, $2 from person
        """,
        people,
        GRADE,
    )


async def open_sessions(database: asyncpg.Connection) -> None:
    """Ends every open session and opens a new one of five problems for each student."""
    async with database.transaction():
        await database.execute(
            "update practice_sessions set status = 'abandoned' where status = 'in_progress'"
        )
        await database.execute(
            """
            with chosen as (
                select id, row_number() over (order by slug) as position
                from problems where grade = $1 and is_active
                    and answer_kind = 'number' and parameters is null
                order by slug limit 5
            ), session as (
                insert into practice_sessions (student_id, started_at, expires_at, problem_ids)
                select user_id, now(), now() + interval '30 minutes',
                       (select jsonb_agg(id order by position) from chosen)
                from students
                returning id
            )
            insert into practice_items (session_id, problem_id, position, opened_at)
            select session.id, chosen.id, chosen.position,
                   case when chosen.position = 1 then now() end
            from session cross join chosen
            """,
            GRADE,
        )
    await database.execute("analyze")


@contextmanager
def process(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of its own, told to end at the end of the block, and made to if it must."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


async def said(log: Path, words: str, child: subprocess.Popen[bytes], seconds: float) -> None:
    """Waits until a child has written these words."""
    async with asyncio.timeout(seconds):
        while words not in written(log):
            if child.poll() is not None:
                raise RuntimeError(f"it ended early:\n{written(log)}")
            await asyncio.sleep(0.05)


def written(log: Path) -> str:
    return log.read_text(errors="replace")
