"""A worker of coding problems that were sent: one trial at a time, beside students' code."""

import asyncio
import itertools
import os
import secrets
import socket
from datetime import timedelta

import structlog

from domain.errors import Unavailable
from domain.problems import accepting
from domain.problems.accepting import Tools
from domain.problems.upload_records import UploadClaim, UploadLease
from domain.submissions.judging import NoSandbox
from domain.submissions.queueing import RENEW_SECONDS

log = structlog.get_logger(__name__)

# A worker that hears nothing looks this often: rings may be lost, leases and rests run out.
LOOK_SECONDS = 3.0
# How often one that cannot run code tries whether it can by now.
SANDBOX_SECONDS = 15.0
RENEW_AGAIN_SECONDS = 1.0
HOST_LENGTH = 60


class TrialWorker:
    """Takes no slot from students' code, and begins nothing while that waits for one."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        host = socket.gethostname()[:HOST_LENGTH]
        self._name = f"{host}/{os.getpid()}-trials-{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._rung = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._rung.set()

    async def run(self) -> None:
        """Until cancelled; then gives back what is not done."""
        while True:
            self._rung.clear()
            try:
                await self._tools.judge.check()
                while await self._next():
                    pass
            except NoSandbox as error:
                log.warning("problems cannot be tried here", why=str(error))
                await self._tell_boxless()
                await asyncio.sleep(SANDBOX_SECONDS)
            else:
                await self._wait()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._rung.wait(), LOOK_SECONDS)
        except TimeoutError:
            return

    async def _next(self) -> bool:
        """Sees one upload through; False if none waits, or nobody can be asked now."""
        try:
            async with self._tools.open() as work:
                claim = await work.problems.claim_upload(f"{self._name}/{next(self._numbers)}")
        except Unavailable as error:
            log.warning("uploads cannot be reached", why=str(error))
            return False
        if claim is None:
            return False
        await self._see_through(claim)
        return True

    async def _see_through(self, claim: UploadClaim) -> None:
        """Raises NoSandbox. Given back if it is broken off, by a stop or by a lost lease."""
        working = asyncio.create_task(accepting.see_through(self._tools, claim))
        renewing = asyncio.create_task(self._renew_always(claim.lease, working))
        try:
            await asyncio.wait({working})
        finally:
            renewing.cancel()
            working.cancel()
            await asyncio.gather(renewing, working, return_exceptions=True)
            if working.cancelled():
                await self._give_back(claim.lease)
        if not working.cancelled():
            working.result()

    async def _give_back(self, lease: UploadLease) -> None:
        try:
            async with self._tools.open() as work:
                await work.problems.give_back_upload(lease, timedelta(0))
        except Unavailable as error:
            log.warning("a lease will run out", why=str(error))

    async def _renew_always(self, lease: UploadLease, working: asyncio.Task[None]) -> None:
        """Breaks off what is another worker's by now."""
        pause = RENEW_SECONDS
        while True:
            await asyncio.sleep(pause)
            try:
                async with self._tools.open() as work:
                    held = await work.problems.renew_upload(lease)
            except Unavailable as error:
                log.warning("a lease cannot be renewed", why=str(error))
                pause = RENEW_AGAIN_SECONDS
                continue
            pause = RENEW_SECONDS
            if not held:
                log.warning("a lease was lost", upload=str(lease.upload_id))
                working.cancel()

    async def _tell_boxless(self) -> None:
        try:
            async with self._tools.open() as work:
                bots = await accepting.tell_boxless(work)
        except Unavailable as error:
            log.warning("uploads cannot be reached", why=str(error))
            return
        for bot in bots:
            await self._tools.ring(bot)
