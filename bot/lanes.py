"""Work in lanes: one after another within a lane, lanes beside each other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Lanes(Generic[Thing]):
    """Hands things to `work`, in order within a lane, at most `at_once` lanes at a time."""

    def __init__(self, work: Callable[[Thing], Awaitable[None]], at_once: int) -> None:
        self._work = work
        self._free = asyncio.Semaphore(at_once)
        self._waiting: dict[Hashable, deque[Thing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self.size = 0

    def put(self, lane: Hashable, thing: Thing) -> bool:
        """Whether it has to wait for another of its lane."""
        self.size += 1
        queue = self._waiting.get(lane)
        if queue is not None:
            queue.append(thing)
            return True
        self._waiting[lane] = deque([thing])
        task = asyncio.create_task(self._drive(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return False

    async def _drive(self, lane: Hashable) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                async with self._free:
                    await self._work(queue[0])
                queue.popleft()
                self.size -= 1
                self._changed.set()
        finally:
            self.size -= len(queue)
            del self._waiting[lane]
            self._changed.set()

    async def below(self, size: int) -> None:
        """Waits until fewer things than that are waiting or being worked on."""
        while self.size >= size:
            self._changed.clear()
            await self._changed.wait()

    async def stop(self, grace_seconds: float) -> None:
        """Lets what is being worked on end, within the grace; the rest stays where it came from."""
        for queue in self._waiting.values():
            while len(queue) > 1:
                queue.pop()
                self.size -= 1
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
