"""The bot's own HTTP server, behind the operator's: what it was not given is the same 404."""

import logging
from collections.abc import Iterable

from aiohttp import web

log = logging.getLogger(__name__)
LARGEST_REQUEST = 1_000_000
"""Bytes of a body; Telegram's updates are far smaller."""


class WebServer:
    """One listener for whatever the world may ask of the bot. It logs no word of any request: an
    address may hold a secret."""

    def __init__(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        self._app = web.Application(client_max_size=LARGEST_REQUEST)
        self._app.add_routes([*routes, web.route("*", "/{nothing:.*}", _nothing)])
        self._runner = web.AppRunner(self._app, access_log=None, logger=log)

    async def start(self, host: str, port: int) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()


def _without_words(record: logging.LogRecord) -> bool:
    """aiohttp quotes a request that it cannot read: only the kind of error is left."""
    kind = record.exc_info[0] if record.exc_info else None
    record.msg, record.args = "a request failed: %s", (kind.__name__ if kind else "unknown",)
    record.exc_info = record.exc_text = None
    return True


log.addFilter(_without_words)


def not_found() -> web.Response:
    return web.Response(status=404, text="Not found\n", headers={"Cache-Control": "no-store"})


async def _nothing(_request: web.Request) -> web.Response:
    return not_found()
