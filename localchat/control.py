"""The control side over HTTP: faults, latency, limits, the clock and raw updates."""

from typing import Any

from aiohttp import web

from localchat.botapi import BotApi, json_response
from localchat.faults import Fault
from localchat.limits import TELEGRAM, Limits
from localchat.refusals import bad_request

Json = dict[str, Any]


class ControlApi:
    """Handlers under /control."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.world = api.world

    def routes(self) -> list[web.RouteDef]:
        """All paths of the control side."""
        return [
            web.post("/control/faults", self.add_fault),
            web.get("/control/faults", self.list_faults),
            web.delete("/control/faults", self.clear_faults),
            web.get("/control/calls", self.calls),
            web.delete("/control/calls", self.clear_calls),
            web.post("/control/latency", self.latency),
            web.post("/control/limits", self.limits),
            web.post("/control/clock", self.clock),
            web.get("/control/clock", self.read_clock),
            web.post("/control/updates", self.inject),
            web.get(r"/control/updates/{bot:\d+}", self.pending),
        ]

    async def add_fault(self, request: web.Request) -> web.Response:
        """Let something go wrong."""
        self.api.faults.add(_made(Fault, await _body(request)))
        return json_response({"faults": self.api.faults.listed()})

    async def list_faults(self, _request: web.Request) -> web.Response:
        """What is still to go wrong."""
        return json_response({"faults": self.api.faults.listed()})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Let nothing go wrong any more."""
        self.api.faults.clear()
        return json_response({"faults": []})

    async def calls(self, request: web.Request) -> web.Response:
        """How often each method was called; with log=1 also the last calls one by one."""
        body: Json = {"counts": dict(self.api.calls.counts)}
        if request.query.get("log") == "1":
            body["log"] = self.api.calls.listed()
        return json_response(body)

    async def clear_calls(self, _request: web.Request) -> web.Response:
        """Count from nothing."""
        self.api.calls.clear()
        return json_response({"counts": {}})

    async def latency(self, request: web.Request) -> web.Response:
        """Answer every later call this many seconds late."""
        self.api.latency = max(0.0, _seconds(await _body(request), "seconds"))
        return json_response({"seconds": self.api.latency})

    async def limits(self, request: web.Request) -> web.Response:
        """Switch the sending limits on or off; ``{"telegram": true}`` takes Telegram's."""
        body = await _body(request)
        self.api.limiter.use(TELEGRAM if body.pop("telegram", False) else _made(Limits, body))
        return json_response({"ok": True})

    async def clock(self, request: web.Request) -> web.Response:
        """Set how far the local clock is ahead of the computer's."""
        self.world.clock.offset = _seconds(await _body(request), "offset_seconds")
        for queue in self.world.queues.values():
            queue.wake()
        return await self.read_clock(request)

    async def read_clock(self, _request: web.Request) -> web.Response:
        """The local clock."""
        clock = self.world.clock
        return json_response({"now": clock.now(), "offset_seconds": clock.offset})

    async def inject(self, request: web.Request) -> web.Response:
        """Queue raw updates for a bot; one without update_id gets the next."""
        body = await _body(request)
        bot = body.get("bot")
        queue = self.world.queues.get(bot) if isinstance(bot, int) else None
        if queue is None:
            raise bad_request("bot must be the id of a bot")
        updates = body.get("updates", [body["update"]] if "update" in body else [])
        if not isinstance(updates, list) or not all(isinstance(each, dict) for each in updates):
            raise bad_request("updates must be an Array of Objects")
        numbers = []
        for update in updates:
            numbered = {"update_id": queue.next_id, **update}
            queue.put(numbered)
            numbers.append(numbered["update_id"])
        self.world.journal.flush()
        return json_response({"update_ids": numbers})

    async def pending(self, request: web.Request) -> web.Response:
        """The updates that a bot has not confirmed."""
        queue = self.world.queues.get(int(request.match_info["bot"]))
        if queue is None:
            raise bad_request("there is no such bot")
        return json_response({"updates": [*queue.again, *queue.pending.values()]})


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("the body must be a JSON object")
    return body


def _made(kind: Any, values: Json) -> Any:
    try:
        return kind(**values)
    except (TypeError, ValueError, AttributeError) as error:
        raise bad_request(str(error)) from None


def _seconds(body: Json, name: str) -> float:
    value = body.get(name)
    if not isinstance(value, int | float):
        raise bad_request(f"{name} must be a number of seconds")
    return float(value)
