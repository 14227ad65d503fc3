"""Updates delivered to a webhook."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from localchat.people import Control, People, Person
from tests.localchat.conftest import RawCall, refused

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Hook:
    """A bot's own small server; `answers` are the next statuses, then always 200."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()
        self.answers: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        await self.got.put((request.headers.get(SECRET), update))
        sender = update.get("message", {}).get("from", {}).get("id")
        if sender in self.gates:
            await self.gates[sender].wait()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def text(self) -> str:
        _, update = await asyncio.wait_for(self.got.get(), 10)
        return str(update["message"]["text"])


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    listening = Hook()
    application = web.Application()
    application.router.add_post("/hook", listening.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listening.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listening
    await runner.cleanup()


async def test_updates_come_with_the_secret(bot: Bot, rahim: Person, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token="s3cret", max_connections=5)
    secret, update = await asyncio.wait_for(hook.got.get(), 10)
    assert secret == "s3cret"
    assert update["message"]["text"] == "/start"
    await rahim.says("more")
    assert await hook.text() == "more"
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == (hook.url, 5)


async def test_a_failed_delivery_is_tried_again_in_order(
    bot: Bot, rahim: Person, hook: Hook
) -> None:
    hook.answers = [500, 502]
    await rahim.says("second")
    await bot.set_webhook(hook.url)
    assert [await hook.text() for _ in range(4)] == ["/start", "/start", "/start", "second"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"


async def test_a_slow_chat_holds_up_no_other(
    bot: Bot, rahim: Person, people: People, hook: Hook
) -> None:
    hook.gates[rahim.id] = asyncio.Event()
    await bot.set_webhook(hook.url)
    assert await hook.text() == "/start"
    await rahim.says("waits")
    other = await people.join("Other")
    await other.says("passes")
    assert await hook.text() == "passes"
    hook.gates[rahim.id].set()
    assert await hook.text() == "waits"


async def test_without_the_webhook_updates_wait_again(bot: Bot, rahim: Person, hook: Hook) -> None:
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    await bot.delete_webhook()
    await rahim.says("kept")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "kept"
    assert hook.got.empty()


async def test_a_confirmed_update_can_come_twice(
    bot: Bot, rahim: Person, hook: Hook, control: Control
) -> None:
    await control.fault("duplicate")
    await bot.set_webhook(hook.url)
    assert [await hook.text(), await hook.text()] == ["/start", "/start"]


async def test_setting_a_webhook_ends_a_poll(call: RawCall, bot: Bot, hook: Hook) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=20))
    async with asyncio.timeout(10):
        while not waiting.done():  # the webhook may come before the poll has begun to wait
            await bot.set_webhook(hook.url)
    status, words = refused(await waiting)
    assert status == 409
    assert "terminated by setWebhook request" in words or "webhook is active" in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "http://example.com/hook"},
         "bad webhook: the local chat only reaches addresses of this machine"),
        ({"url": "ftp://127.0.0.1/"}, "bad webhook: invalid URL specified"),
        ({"url": "http://[/"}, "bad webhook: invalid URL specified"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"},
         "secret token contains unallowed characters"),
    ],
)  # fmt: skip
async def test_a_wrong_webhook_is_refused(
    call: RawCall, values: dict[str, str], words: str
) -> None:
    assert refused(await call("setWebhook", **values)) == (400, f"Bad Request: {words}")
