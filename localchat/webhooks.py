"""Updates sent to a bot's webhook: one chat's in order, different chats' at once."""

import asyncio
from typing import Any

import aiohttp

from localchat.records import Bot, Webhook
from localchat.world import World

Json = dict[str, Any]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
TIMEOUT = aiohttp.ClientTimeout(total=30)


class Deliverer:
    """Delivers the updates of every bot that has set a webhook."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def attach(self, bot: Bot) -> None:
        """Look after a bot from now on."""
        if bot.id not in self._tasks:
            self._tasks[bot.id] = asyncio.create_task(self._serve(bot))

    async def close(self) -> None:
        """Stop delivering."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()

    async def _serve(self, bot: Bot) -> None:
        queue = self._world.queues[bot.id]
        while True:
            while bot.webhook is None or not queue.waiting:
                await queue.news()
            await self._deliver(bot, bot.webhook)

    async def _deliver(self, bot: Bot, webhook: Webhook) -> None:
        """Send what comes until the bot takes this webhook away."""
        queue = self._world.queues[bot.id]
        busy: dict[str, asyncio.Task[None]] = {}
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            try:
                while bot.webhook is webhook:
                    self._begin(bot, webhook, session, busy)
                    news = asyncio.ensure_future(queue.news())
                    await asyncio.wait((news, *busy.values()), return_when=asyncio.FIRST_COMPLETED)
                    news.cancel()
                    for lane in [lane for lane, task in busy.items() if task.done()]:
                        busy.pop(lane).result()
            finally:
                for task in busy.values():
                    task.cancel()
                await asyncio.gather(*busy.values(), return_exceptions=True)

    def _begin(
        self,
        bot: Bot,
        webhook: Webhook,
        session: aiohttp.ClientSession,
        busy: dict[str, asyncio.Task[None]],
    ) -> None:
        """Start a delivery for each chat that has updates and none under way."""
        queue = self._world.queues[bot.id]
        while queue.again and len(busy) < webhook.max_connections:
            update = queue.again.popleft()
            lane = f"again {len(busy)} {id(update)}"
            busy[lane] = asyncio.create_task(self._send(bot, webhook, session, update))
        for update in queue.pending.values():
            if len(busy) >= webhook.max_connections:
                return
            lane = _lane(update)
            if lane not in busy:
                busy[lane] = asyncio.create_task(self._send(bot, webhook, session, update))

    async def _send(
        self, bot: Bot, webhook: Webhook, session: aiohttp.ClientSession, update: Json
    ) -> None:
        """Send one update until it is taken, and confirm it then."""
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        pause = FIRST_PAUSE
        while bot.webhook is webhook:
            problem = await _posted(session, webhook.url, headers, update)
            if problem is None:
                queue = self._world.queues[bot.id]
                if queue.pending.get(update.get("update_id", 0)) is update:
                    queue.confirm([update["update_id"]])
                    self._world.journal.flush()
                return
            webhook.last_error_date = self._world.clock.date()
            webhook.last_error_message = problem
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _posted(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str], update: Json
) -> str | None:
    """Post an update; returns what went wrong, in Telegram's words, or None."""
    try:
        async with session.post(url, json=update, headers=headers) as response:
            await response.read()
            if 200 <= response.status < 300:
                return None
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError:
        return "Connection refused"


def _lane(update: Json) -> str:
    """Whose update it is: those of one person are sent one after another."""
    for content in update.values():
        if isinstance(content, dict) and isinstance(content.get("from"), dict):
            return str(content["from"].get("id"))
    return "nobody"
