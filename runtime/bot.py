"""The bot's process, wired: database, Redis, storage, Telegram."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from aiohttp.web import RouteDef
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot
from telegram.error import NetworkError, TelegramError

from bot import application, polling, webhook
from bot.calendar_feed import CalendarFeed
from bot.delivery import Courier
from bot.intake import Intake
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.service import Service
from bot.turn import Environment
from bot.views.registry import Renderer
from bot.web import WebServer
from db.mailbox import SqlMailbox
from db.unit_of_work import unit_of_work
from domain.operations.pacing import Bell, Pacer
from domain.practice.records import Texts
from domain.storage import Storage
from engines.library_check import LibraryCheck
from engines.package_check import PackageCheck
from engines.queue.bell import RedisBell
from engines.queue.pacer import RedisPacer
from runtime.ground import utc_now
from runtime.settings import Settings

log = structlog.get_logger(__name__)

GRACE_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
RELEASE = "0.1.0"


async def unheard(queue: str) -> None:
    """A ring where there is no queue to wake: workers find what waits by themselves."""
    log.debug("nobody is rung", queue=queue)


@dataclass(frozen=True, slots=True)
class BotParts:
    """What a bot stands on; tests hand in their own clock and leave the pacing out."""

    engine: AsyncEngine
    storage: Storage
    topics: Mapping[str, Texts]
    redis: Redis | None
    clock: Callable[[], datetime] = utc_now
    rng: random.Random = field(default_factory=random.Random)
    ring: Callable[[str], Coroutine[Any, Any, None]] = unheard
    """Wakes the workers of a queue."""


class BotProcess:
    """A bot at work: `start`, then `run` until cancelled or broken, then `stop`."""

    def __init__(self, settings: Settings, parts: BotParts) -> None:
        self._settings = settings
        self._parts = parts
        self._tasks: list[asyncio.Task[None]] = []
        self._listener: asyncio.Task[None] | None = None
        self._closing = AsyncExitStack()

    async def start(self) -> None:
        settings, parts = self._settings, self._parts
        token = settings.token()
        proxy = settings.telegram_proxy
        # Polls have a request of their own, so that none waits behind a message.
        self._polls = AiohttpRequest(proxy)
        app = application.build(
            token, settings.telegram_api_url, AiohttpRequest(proxy), self._polls
        )
        self._closing.push_async_callback(app.shutdown)
        await _initialize(app)
        self.bot: Bot = app.bot
        mailbox = SqlMailbox(parts.engine, self.bot.id, parts.clock)
        living = self._begin(mailbox.show_life())
        await _first(living, mailbox.alive.wait())
        renderer = Renderer(parts.topics)
        pacer, bell = self._shared(self.bot.id)
        courier = Courier(self.bot, renderer, parts.storage, parts.clock)
        self.sender = Sender(mailbox, courier, pacer, bell, parts.clock)
        self._sending = self._begin(self.sender.run())
        self.service = Service(self.bot, renderer)
        environment = Environment(
            storage=parts.storage,
            topics=parts.topics,
            first_admins=frozenset(settings.admin_telegram_ids),
            release=RELEASE,
            bot_id=self.bot.id,
            username=self.bot.username,
            fetch=self.service.download,
            check_upload=LibraryCheck().check,
            check_package=PackageCheck().check,
            ring=parts.ring,
            public_url=settings.public_url,
        )
        self.intake = Intake(
            app, mailbox, self.sender, self.service, environment, parts.clock, parts.rng
        )
        taken_up = await self.intake.take_up()
        self._listener = await self._listen()
        self._introducing = self._begin(self._introduce())
        log.info("the bot is at work", bot=self.bot.username, taken_up=taken_up)

    async def run(self) -> None:
        """Until cancelled; raises what broke, if a part of the bot did."""
        listener = [] if self._listener is None else [self._listener]
        await asyncio.gather(*listener, *self._tasks)

    async def stop(self) -> None:
        """Takes no more updates, finishes those under way, sends what can be sent, ends."""
        if self._listener is not None:
            await _cancel([self._listener])
        if hasattr(self, "intake"):
            await self.intake.stop(GRACE_SECONDS)
            await self.service.stop()
        await _cancel(reversed(self._tasks))
        await self._closing.aclose()

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task

    def _shared(self, bot_id: int) -> tuple[Pacer | None, Bell | None]:
        redis = self._parts.redis
        if redis is None:
            return None, None
        bell = RedisBell(redis, bot_id)
        self._closing.push_async_callback(bell.close)
        return (RedisPacer(redis, bot_id) if self._settings.send_pacing else None), bell

    async def _listen(self) -> asyncio.Task[None] | None:
        settings = self._settings
        await self._open_to_the_world()
        if settings.telegram_mode == "polling":
            return asyncio.create_task(polling.poll(self.bot, self._polls, self.intake))
        await webhook.announce(self.bot, settings.webhook_url or "", settings.secret_of_webhook())
        return None

    async def _open_to_the_world(self) -> None:
        """One web server for all that is served; none where nothing is."""
        settings, parts = self._settings, self._parts
        routes: list[RouteDef] = []
        if settings.telegram_mode == "webhook":
            routes += webhook.Webhook(self.intake, settings.secret_of_webhook()).routes()
        if settings.public_url is not None:
            opened = partial(unit_of_work, parts.engine)
            routes += CalendarFeed(opened, Renderer(parts.topics), parts.clock).routes()
        if routes:
            server = WebServer(routes)
            self._closing.push_async_callback(server.stop)
            await server.start(settings.webhook_host, settings.webhook_port)

    async def _introduce(self) -> None:
        """Menus and description; without them the bot works all the same."""
        try:
            await self.service.introduce()
        except TelegramError as error:
            log.warning("the menus could not be set", error=type(error).__name__)
        await asyncio.Event().wait()


async def _initialize(app: Any) -> None:
    """Asks Telegram who the bot is, until it answers; a refused token is raised at once."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            await app.initialize()
        except NetworkError as error:
            log.warning("telegram cannot be reached", error=type(error).__name__, seconds=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return


async def _first(living: asyncio.Task[None], sign: Coroutine[Any, Any, Any]) -> None:
    """Waits for the sign of life, or for the end of what should give it, which is raised."""
    waiting = asyncio.create_task(sign)
    await asyncio.wait({living, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        living.result()


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
