"""The worker's process, wired: queues, database, storage, judge.

It needs no token and imports nothing of the bot: a machine that runs students' code should hold
as little as possible.
"""

import asyncio
import os
from functools import partial

import structlog
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from db.presence import Presence
from db.repositories.judging_notes import BOXLESS, JUDGES
from db.unit_of_work import unit_of_work
from domain.problems import accepting
from domain.submissions.evaluation import Tools
from domain.submissions.queueing import QUEUE
from engines.judge.judge import SandboxJudge
from engines.package_check import PackageCheck
from engines.queue.bell import RedisBell
from engines.queue.broker import QUEUES, Listener
from runtime.ground import Ground, ground, until_told
from runtime.settings import Settings
from worker.judging import JudgingWorker
from worker.trials import TrialWorker

log = structlog.get_logger(__name__)


async def serve_worker(settings: Settings) -> None:
    """Works off the queues until SIGTERM or SIGINT."""
    async with ground(settings) as on:
        await until_told(work_off(settings, on))


async def work_off(settings: Settings, on: Ground) -> None:
    """Until cancelled."""
    tools = Tools(
        open=partial(unit_of_work, on.engine),
        judge=SandboxJudge(settings.dars_home / "judge"),
        storage=on.storage,
        ring=partial(_ring, on.redis),
    )
    at_once = settings.judge_at_once or cores()
    judging = JudgingWorker(tools, at_once, partial(_show, on.engine))
    trials = TrialWorker(
        accepting.Tools(
            open=tools.open,
            judge=tools.judge,
            storage=tools.storage,
            read=PackageCheck().check,
            ring=tools.ring,
        )
    )

    async def answer() -> None:
        """One bell for both: a trial begins where no student's code waits."""
        trials.wake()
        await judging.answer()

    answers = {QUEUE: answer}
    for queue in set(QUEUES) - set(answers):
        log.info("nothing is set up for this queue", queue=queue)
    listener = Listener(on.redis_url, answers, at_once)
    await listener.start()
    log.info("the worker is at work", at_once=at_once)
    try:
        await _both(judging, trials)
    finally:
        await listener.stop()


async def _both(judging: JudgingWorker, trials: TrialWorker) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(judging.run())
        group.create_task(trials.run())


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


async def _show(engine: AsyncEngine, able: bool) -> None:
    await Presence(engine, JUDGES if able else BOXLESS).show()


async def _ring(redis: Redis, bot_id: int) -> None:
    bell = RedisBell(redis, bot_id)
    await bell.ring()
    await bell.close()
