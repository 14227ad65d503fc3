"""A worker with the real sandbox beside the bot, told when there is work: code, or a problem."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from db.unit_of_work import unit_of_work
from domain.problems import accepting
from domain.submissions.evaluation import Tools
from engines.judge import SandboxJudge
from engines.package_check import PackageCheck
from tests.bot.conftest import Dars, until
from worker.judging import JudgingWorker
from worker.trials import TrialWorker

Judged = Callable[[], Awaitable[None]]


@asynccontextmanager
async def worker(dars: Dars, cache: Path) -> AsyncIterator[Judged]:
    """Yields what judges and tries all that waits, until what came of it is in the chat."""
    judge = SandboxJudge(cache)
    await judge.check()
    tools = Tools(partial(unit_of_work, dars.engine), judge, dars.parts.storage, _nobody)
    made = JudgingWorker(tools, 2, _alive)
    trials = TrialWorker(
        accepting.Tools(tools.open, judge, dars.parts.storage, PackageCheck().check, tools.ring)
    )
    running = asyncio.gather(made.run(), trials.run())

    async def nothing_open() -> bool:
        return not await dars.value(
            "select (select count(*) from judgings where ended_at is null)"
            " + (select count(*) from problem_uploads where ended_at is null)"
        )

    async def judged() -> None:
        await dars.settled()
        trials.wake()
        await made.answer()
        await until(nothing_open, 60)
        await dars.settled()

    try:
        yield judged
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _nobody(_bot_id: int) -> None:
    """The bot looks into its outbox by itself."""


async def _alive(_able: bool) -> None:
    await asyncio.Event().wait()
