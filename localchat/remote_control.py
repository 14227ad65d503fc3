"""The control side from a test: faults, latency, limits, the clock, raw updates."""

from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class Control:
    """A connection to the local chat's control side, used in an ``async with``."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._url)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def fault(
        self,
        kind: str,
        method: str = "*",
        *,
        times: int = 1,
        seconds: float = 1.0,
        retry_after: int = 1,
        bot: int | None = None,
        chat: int | None = None,
    ) -> None:
        """Let the next `times` calls of a method go wrong.

        The kinds are delay (by `seconds`), 429 (with `retry_after`, in seconds), 500, drop
        (before it takes effect), drop_after (it takes effect) and duplicate (updates come
        again although confirmed).
        """
        fault = {
            "kind": kind,
            "method": method,
            "times": times,
            "seconds": seconds,
            "retry_after": retry_after,
            "bot": bot,
            "chat": chat,
        }
        await self._ask("POST", "/control/faults", fault)

    async def no_faults(self) -> None:
        """Let nothing go wrong any more."""
        await self._ask("DELETE", "/control/faults")

    async def latency(self, seconds: float) -> None:
        """Let every Bot API call be answered this much later."""
        await self._ask("POST", "/control/latency", {"seconds": seconds})

    async def limits(
        self,
        *,
        total_per_second: int | None = None,
        chat_per_second: int | None = None,
        group_per_minute: int | None = None,
        ban_seconds: int = 0,
        bucket: bool = False,
    ) -> None:
        """Limit what bots may send; without arguments nothing is limited."""
        limits = {
            "total_per_second": total_per_second,
            "chat_per_second": chat_per_second,
            "group_per_minute": group_per_minute,
            "ban_seconds": ban_seconds,
            "bucket": bucket,
        }
        await self._ask("POST", "/control/limits", limits)

    async def telegram_limits(self) -> None:
        """Limit what bots may send as Telegram does: 30 a second in all, 1 to a chat."""
        await self._ask("POST", "/control/limits", {"telegram": True})

    async def clock(self, offset_seconds: float) -> None:
        """Set how far the local chat's clock is ahead of the computer's."""
        await self._ask("POST", "/control/clock", {"offset_seconds": offset_seconds})

    async def calls(self) -> dict[str, int]:
        """How often each Bot API method was called."""
        counts: dict[str, int] = (await self._ask("GET", "/control/calls"))["counts"]
        return counts

    async def call_log(self) -> list[Json]:
        """The last calls one by one: at, bot, method, chat, status (0 when dropped)."""
        log: list[Json] = (await self._ask("GET", "/control/calls?log=1"))["log"]
        return log

    async def forget_calls(self) -> None:
        """Count from nothing."""
        await self._ask("DELETE", "/control/calls")

    async def inject(self, bot: int, *updates: Json) -> list[Any]:
        """Queue raw updates for a bot; returns their update_ids."""
        answer = await self._ask("POST", "/control/updates", {"bot": bot, "updates": updates})
        numbers: list[Any] = answer["update_ids"]
        return numbers

    async def unconfirmed(self, bot: int) -> list[Json]:
        """The updates that a bot has not confirmed."""
        updates: list[Json] = (await self._ask("GET", f"/control/updates/{bot}"))["updates"]
        return updates

    async def _ask(self, verb: str, path: str, body: Json | None = None) -> Json:
        if self._session is None:
            raise RuntimeError("use Control in an async with")
        async with self._session.request(verb, path, json=body) as response:
            answer: Json = await response.json()
            if response.status != 200:
                raise ValueError(answer.get("description", ""))
            return answer
