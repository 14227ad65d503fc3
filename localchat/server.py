"""The local chat as one server: Bot API, people's side, control side and the page."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from localchat.botapi import BotApi, json_response
from localchat.clock import Clock
from localchat.control import ControlApi
from localchat.events import Hub
from localchat.files import MAX_FILE
from localchat.guard import PAGE_POLICY, Handler, guard
from localchat.journal import open_journal
from localchat.methods import METHODS
from localchat.methods.updates import LOOPBACK
from localchat.people_api import PeopleApi
from localchat.records import Bot
from localchat.refusals import Refusal
from localchat.webhooks import Deliverer
from localchat.world import World

STATIC = Path(__file__).parent / "static"
_ROOM_FOR_THE_FORM = 1024 * 1024


class LocalChat:
    """Telegram on one's own machine.

    `data` is the folder that keeps everything, None keeps it in memory; `bots` maps tokens to
    usernames; `fonts` is a folder served to the page under /fonts; `clock` may be another than the
    computer's own.
    """

    def __init__(
        self,
        data: Path | None,
        bots: Mapping[str, str],
        fonts: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._data = data
        self._bots = dict(bots)
        self._fonts = fonts
        self._clock = clock or Clock()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `url` then holds the address. Port 0 takes any that is free."""
        if host not in LOOPBACK:
            raise ValueError("the local chat listens on the loopback alone")
        self._journal = open_journal(self._data)
        self._hub = Hub()
        self.world = World(self._journal, self._clock, self._hub)
        self.world.load()
        self.api = BotApi(self.world, METHODS)
        self._deliverer = Deliverer(self.world)
        for token, username in self._bots.items():
            self.add_bot(token, username)
        for bot in self.world.bots.values():
            self._attach(bot)
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        bound = self._runner.addresses[0][1]
        self.url = f"http://[{host}]:{bound}" if ":" in host else f"http://{host}:{bound}"

    def add_bot(self, token: str, username: str) -> Bot:
        """Make one more bot known while the server runs."""
        bot = self.world.add_bot(token, username)
        self._attach(bot)
        self._journal.flush()
        return bot

    async def stop(self) -> None:
        """End every connection and write what is left."""
        if self._runner is None:
            return
        self._hub.close()
        for queue in self.world.queues.values():
            queue.end_poll("terminated because the local chat stops")
        await self._deliverer.close()
        await self._runner.cleanup()
        self._runner = None
        self._journal.close()

    def _attach(self, bot: Bot) -> None:
        queue = self.world.queues[bot.id]
        queue.duplicates = lambda: self.api.faults.take_duplicate(bot.id)
        self._deliverer.attach(bot)

    def _application(self) -> web.Application:
        application = web.Application(
            middlewares=[guard, _refusals], client_max_size=MAX_FILE + _ROOM_FOR_THE_FORM
        )
        application.router.add_route("*", "/bot{token:[^/]+}/{method}", self.api.handle)
        application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.api.download)
        application.add_routes(PeopleApi(self.world).routes())
        application.add_routes(ControlApi(self.api).routes())
        application.router.add_get("/", _page)
        if STATIC.is_dir():
            application.router.add_static("/static/", STATIC)
        if self._fonts is not None and self._fonts.is_dir():
            application.router.add_static("/fonts/", self._fonts)
        return application


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer refusals and unknown addresses as JSON."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return json_response(refusal.body(), refusal.code)
    except web.HTTPException as error:
        return json_response(Refusal(error.status, error.reason).body(), error.status)


async def _page(_request: web.Request) -> web.StreamResponse:
    """The chat page; no other site may frame it or give it scripts."""
    headers = {"Content-Security-Policy": PAGE_POLICY, "X-Content-Type-Options": "nosniff"}
    index = STATIC / "index.html"
    if not index.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(index, headers=headers)
