"""A worker of the judging queue: claims what waits, keeps its leases alive, sees them through."""

import asyncio
import itertools
import os
import secrets
import socket
from collections.abc import Callable, Coroutine, Iterable
from datetime import timedelta
from typing import Any

import structlog

from domain.errors import Unavailable
from domain.submissions import sweeping
from domain.submissions.evaluation import Tools, evaluate
from domain.submissions.judging import NoSandbox
from domain.submissions.queueing import RENEW_SECONDS, Claim, Lease

log = structlog.get_logger(__name__)

# A worker that hears nothing looks this often: rings may be lost, leases and rests run out.
LOOK_SECONDS = 3.0
# How often one that cannot run code tries whether it can by now.
SANDBOX_SECONDS = 15.0
# On a stop, what is nearly judged may end; the rest is given back.
GRACE_SECONDS = 3.0
RENEW_AGAIN_SECONDS = 1.0
HOST_LENGTH = 60

Show = Callable[[bool], Coroutine[Any, Any, None]]
"""Until cancelled, shows others that this worker lives, and whether it can run code."""


class JudgingWorker:
    """Judges several at once. `answer` is for whoever hears the bell, `run` does all else."""

    def __init__(self, tools: Tools, at_once: int, show: Show) -> None:
        self._tools = tools
        self._at_once = at_once
        self._slots = asyncio.Semaphore(at_once)
        self._show = show
        host = socket.gethostname()[:HOST_LENGTH]
        self._name = f"{host}/{os.getpid()}-{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._running: dict[Lease, asyncio.Task[None]] = {}
        self._answering: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._broken = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; then stops within some seconds, and gives back what is not judged."""
        await self._try_sandbox()
        watching = asyncio.create_task(self._watch_sandbox())
        looking = asyncio.create_task(self._look_always())
        renewing = asyncio.create_task(self._renew_always())
        try:
            await asyncio.gather(watching, looking, renewing)
        finally:
            self._stopping = True
            await _end([looking])
            if self._running:
                await asyncio.wait(self._running.values(), timeout=GRACE_SECONDS)
            await _end([*self._running.values(), *self._answering])
            await _end([renewing, watching])

    @property
    def busy(self) -> bool:
        return bool(self._running)

    async def answer(self) -> None:
        """Judges until nothing waits; does nothing where no code can be run."""
        async with self._slots:
            while self._able and not self._stopping and await self._next():
                pass

    # -- taking work

    async def _next(self) -> bool:
        """Sees one judging through; False if none waits, or nobody can be asked now."""
        try:
            async with self._tools.open() as work:
                claim = await work.judgings.claim(f"{self._name}/{next(self._numbers)}")
        except Unavailable as error:
            log.warning("the queue cannot be reached", why=str(error))
            return False
        except Exception:
            log.exception("a claim failed")
            return False
        if claim is None:
            return False
        if self._stopping:
            await self._give_back(claim)
            return False
        task = asyncio.create_task(self._see_through(claim))
        self._running[claim.lease] = task
        try:
            await asyncio.wait({task})
        finally:
            del self._running[claim.lease]
        return True

    async def _see_through(self, claim: Claim) -> None:
        try:
            await evaluate(self._tools, claim)
        except NoSandbox as error:
            self._cannot(error)
        except asyncio.CancelledError:
            await self._give_back(claim)
            raise
        except Exception:
            log.exception("a lease will run out", judging=str(claim.lease.judging_id))

    async def _give_back(self, claim: Claim) -> None:
        """What was broken off: on a stop, or because another worker has it by now."""
        try:
            async with self._tools.open() as work:
                await work.judgings.give_back(claim.lease, timedelta(0))
        except Unavailable as error:
            log.warning("a lease will run out", why=str(error))

    async def _look_always(self) -> None:
        """Sweeps, and sets free slots to work on what waits, whether or not anybody rang."""
        while True:
            try:
                await self._look()
            except Unavailable as error:
                log.warning("the queue cannot be reached", why=str(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        async with self._tools.open() as work:
            backlog, bots = await sweeping.sweep(work, able=self._able)
        for bot in bots:
            await self._tools.ring(bot)
        free = self._at_once - len(self._running) if self._able else 0
        for _ in range(min(free, backlog.waiting)):
            task = asyncio.create_task(self.answer())
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    # -- leases

    async def _renew_always(self) -> None:
        while True:
            renewed = await self._renew(list(self._running))
            await asyncio.sleep(RENEW_SECONDS if renewed else RENEW_AGAIN_SECONDS)

    async def _renew(self, leases: list[Lease]) -> bool:
        """Breaks off what is another worker's by now; False if that could not be asked."""
        if not leases:
            return True
        try:
            async with self._tools.open() as work:
                held = await work.judgings.renew(leases)
        except Unavailable as error:
            log.warning("leases cannot be renewed", why=str(error), count=len(leases))
            return False
        for lease in leases:
            task = self._running.get(lease)
            if lease not in held and task is not None:
                log.warning("a lease was lost", judging=str(lease.judging_id))
                task.cancel()
        return True

    # -- the sandbox

    def _cannot(self, error: NoSandbox) -> None:
        if not self._broken.is_set():
            log.error("code cannot be run here", why=str(error))
        self._broken.set()

    @property
    def _able(self) -> bool:
        return not self._broken.is_set()

    async def _try_sandbox(self) -> None:
        try:
            await self._tools.judge.check()
        except NoSandbox as error:
            self._cannot(error)
        else:
            self._broken.clear()

    async def _watch_sandbox(self) -> None:
        """Shows whether this worker can run code; while it cannot, tries again."""
        while True:
            showing = asyncio.create_task(self._show(self._able))
            try:
                if self._able:
                    await self._broken.wait()
                else:
                    await asyncio.sleep(SANDBOX_SECONDS)
                    await self._try_sandbox()
            finally:
                await _end([showing])


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
