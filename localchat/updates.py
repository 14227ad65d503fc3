"""A bot's updates: kept until the bot confirms them."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from localchat.journal import Journal
from localchat.refusals import conflict

Json = dict[str, Any]

FIRST_UPDATE = 100_000_001
MAX_BATCH = 100
MAX_WAIT = 50.0
_SILENT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """The updates of one bot in order, with Telegram's rules for offsets and waiting.

    `again` holds updates that were confirmed and are delivered once more all the same,
    because the control side asked for duplicates through `duplicates`, which says of each
    confirmed update whether it comes again.
    """

    def __init__(self, bot_id: int, journal: Journal) -> None:
        self.bot_id = bot_id
        self.pending: dict[int, Json] = {}
        self.next_id = FIRST_UPDATE
        self.allowed: frozenset[str] | None = None
        self.duplicates: Callable[[], bool] = lambda: False
        self.again: deque[Json] = deque()
        self._confirmed = 0
        self._journal = journal
        self._news: set[asyncio.Future[None]] = set()
        self._poll: asyncio.Future[None] | None = None

    def add(self, kind: str, content: Json) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if not self.wants(kind):
            return
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self.put(update)

    def wants(self, kind: str) -> bool:
        """Whether the bot's allowed_updates name this kind."""
        return kind in self.allowed if self.allowed else kind not in _SILENT_BY_DEFAULT

    def put(self, update: Json) -> None:
        """Queue a whole update as it is, even an invalid one.

        One that was confirmed before is delivered all the same, once.
        """
        number = update.get("update_id")
        is_new = isinstance(number, int) and number >= self._confirmed
        if isinstance(number, int) and is_new and number not in self.pending:
            self.pending[number] = update
            self.next_id = max(self.next_id, number + 1)
            self._journal.put("update", f"{self.bot_id}:{number}", [self.bot_id, update])
        else:
            self.again.append(update)
        self.wake()

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Keep the bot's choice of kinds; an empty list is the default set."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm_before(self, offset: int) -> None:
        """Forget the updates below `offset`; a negative one keeps that many from the end."""
        if offset < 0:
            self.confirm(list(self.pending)[:offset])
        else:
            self._confirmed = max(self._confirmed, offset)
            self.confirm([number for number in self.pending if number < offset])

    def confirm(self, numbers: Sequence[int]) -> None:
        """Forget these updates: the bot has them."""
        for number in numbers:
            update = self.pending.pop(number)
            self._journal.remove("update", f"{self.bot_id}:{number}")
            if self.duplicates():
                self.again.append(update)
        if numbers:
            self._journal.put("next_update", str(self.bot_id), [self.bot_id, self.next_id])

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self.again.clear()
        self.confirm(list(self.pending))

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """The next updates; waits up to `timeout` seconds for the first of them."""
        self.end_poll("terminated by other getUpdates request; make sure that only one bot"
                      " instance is running")  # fmt: skip
        self.confirm_before(offset)
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = ended
        try:
            if not self.waiting and timeout > 0:
                await self._wait(ended, min(timeout, MAX_WAIT))
            if ended.done():
                ended.result()
        finally:
            if self._poll is ended:
                self._poll = None
        return self._batch(max(1, min(limit, MAX_BATCH)))

    @property
    def waiting(self) -> bool:
        """Whether there is anything to deliver."""
        return bool(self.pending or self.again)

    def end_poll(self, words: str) -> None:
        """Answer the getUpdates that waits, if one does, with a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(words))
            # The exception is also looked at here, so that a poll that ends of itself at
            # this moment leaves no complaint about an exception that nobody read.
            self._poll.exception()

    async def news(self) -> None:
        """Return when something was queued."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news.add(future)
        try:
            await future
        finally:
            self._news.discard(future)

    def wake(self) -> None:
        """Let everyone look at the queue again."""
        for future in self._news:
            if not future.done():
                future.set_result(None)

    def _batch(self, limit: int) -> list[Json]:
        repeated = [self.again.popleft() for _ in range(min(limit, len(self.again)))]
        return repeated + list(islice(self.pending.values(), limit - len(repeated)))

    async def _wait(self, ended: asyncio.Future[None], timeout: float) -> None:
        news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news.add(news)
        try:
            await asyncio.wait((news, ended), timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._news.discard(news)
