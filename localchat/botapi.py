"""The Bot API over HTTP: finds the bot and the method, answers as Telegram answers."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web

from localchat.calls import CallLog, LoggedCall
from localchat.faults import Fault, Faults
from localchat.limits import Limiter
from localchat.methods.call import Call, Method
from localchat.parameters import Parameters, read_parameters
from localchat.records import Bot
from localchat.refusals import Refusal, bad_request, too_many_requests
from localchat.world import World


def json_response(body: Any, status: int = 200) -> web.Response:
    """`body` as compact JSON in UTF-8."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        body=text.encode("utf-8", "replace"), status=status, content_type="application/json"
    )


class BotApi:
    """Answers the bots' calls; `latency` in seconds is added to each."""

    def __init__(self, world: World, methods: Mapping[str, Method]) -> None:
        self.world = world
        self.faults = Faults()
        self.limiter = Limiter(world.clock)
        self.calls = CallLog()
        self.latency = 0.0
        self._methods = methods

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer ``/bot<token>/<method>``."""
        bot = self.world.by_token.get(request.match_info["token"])
        if bot is None:
            return _refused(Refusal(401, "Unauthorized"))
        method = self._methods.get(request.match_info["method"].lower())
        if method is None:
            return _refused(Refusal(404, "Not Found"))
        try:
            parameters = await read_parameters(request)
        except Refusal as refusal:
            return _refused(refusal)
        chat = parameters.text("chat_id")
        fault = self.faults.take(method.name.lower(), bot.id, chat) if self.faults else None
        response = await self._answer(bot, method, parameters, chat, fault)
        dropped = fault is not None and fault.kind in ("drop", "drop_after")
        status = 0 if dropped else response.status
        self.calls.note(LoggedCall(self.world.clock.now(), bot.id, method.name, chat, status))
        if self.latency:
            await asyncio.sleep(self.latency)
        if dropped and request.transport is not None:
            request.transport.abort()
        return response

    async def _answer(
        self,
        bot: Bot,
        method: Method,
        parameters: Parameters,
        chat: str | None,
        fault: Fault | None,
    ) -> web.Response:
        try:
            if fault is not None:
                await _suffer(fault)
            if method.sends:
                self.limiter.count(bot.id, chat or "")
            result = await method.handler(Call(self.world, bot, parameters))
            return json_response({"ok": True, "result": result})
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            self.world.journal.flush()

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer ``/file/bot<token>/<file_path>``."""
        bot = self.world.by_token.get(request.match_info["token"])
        if bot is None:
            return _refused(Refusal(401, "Unauthorized"))
        path = request.match_info["path"]
        for file in self.world.files.values():
            if file.bot_id == bot.id and file.path == path:
                content = self.world.journal.read_bytes(file.file_id)
                return web.Response(body=content, content_type="application/octet-stream")
        return _refused(Refusal(404, "Not Found"))


async def _suffer(fault: Fault) -> None:
    """Let a fault happen before the call takes effect, if that is when it does."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "429":
        raise too_many_requests(fault.retry_after)
    elif fault.kind == "500":
        raise Refusal(500, "Internal Server Error")
    elif fault.kind == "drop":
        raise bad_request("the connection is dropped before this is read")


def _refused(refusal: Refusal) -> web.Response:
    response = json_response(refusal.body(), refusal.code)
    if refusal.retry_after is not None:
        response.headers[hdrs.RETRY_AFTER] = str(refusal.retry_after)
    return response
