"""Updates by webhook: stored before they are confirmed, many at once in one statement."""

import asyncio
import hmac
import json
from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot

from bot.intake import Intake
from bot.polling import ALLOWED
from domain.errors import Unavailable

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATH = "/telegram"


class Webhook:
    """What Telegram alone may call: whoever lacks the secret is turned away."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret
        self._arrived: list[tuple[Mapping[str, Any], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await self._store(update)
        except Unavailable:
            # Not confirmed: Telegram sends it again.
            return web.Response(status=503)
        return web.Response()

    async def _store(self, update: Mapping[str, Any]) -> None:
        """Joins the next batch: while one is being stored, the others gather."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((update, stored))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all())
        await stored

    async def _store_all(self) -> None:
        try:
            while self._arrived:
                batch, self._arrived = self._arrived, []
                try:
                    await self._intake.accept([update for update, _ in batch])
                except Exception as error:  # noqa: BLE001 - each request must get its answer
                    for _, stored in batch:
                        if not stored.done():
                            stored.set_exception(_unavailable(error))
                else:
                    for _, stored in batch:
                        if not stored.done():
                            stored.set_result(None)
        finally:
            self._storing = None


def _unavailable(error: Exception) -> Unavailable:
    log.warning("updates could not be stored", error=type(error).__name__)
    return Unavailable(f"not stored: {type(error).__name__}")


async def announce(bot: Bot, url: str, secret: str) -> None:
    """Tells Telegram where to send updates, and by which secret to prove itself."""
    await bot.set_webhook(
        f"{url.rstrip('/')}{PATH}",
        secret_token=secret,
        allowed_updates=list(ALLOWED),
        drop_pending_updates=False,
        max_connections=40,
    )
