"""Webhook mode: Telegram calls, proves itself by the secret, and is answered once it is stored."""

import socket

import aiohttp
import pytest

from bot.webhook import PATH, SECRET_HEADER
from runtime.bot import BotProcess
from tests.bot.conftest import Dars
from tests.bot.test_story import answer_wrong, register, say

SECRET = "s3cret_of_the_webhook"


@pytest.fixture
async def hooked(idle_dars: Dars) -> Dars:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    changed = {
        "telegram_mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_secret": SECRET,
        "webhook_port": port,
    }
    idle_dars.settings = type(idle_dars.settings)(**{**idle_dars.settings.model_dump(), **changed})
    idle_dars.process = BotProcess(idle_dars.settings, idle_dars.parts)
    await idle_dars.process.start()
    return idle_dars


async def test_a_student_practises_over_the_webhook(hooked: Dars) -> None:
    rafi = await register(hooked, "Rafi", "en")
    await say(hooked, rafi, "/practice")
    await answer_wrong(hooked, rafi)
    assert await hooked.value("select count(*) from responses") == 1


async def test_whoever_lacks_the_secret_is_turned_away(hooked: Dars) -> None:
    url = f"{hooked.settings.webhook_url}{PATH}"
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {SECRET_HEADER: "guess"}):
            async with session.post(url, json={"update_id": 5}, headers=headers) as response:
                assert response.status == 403
        proven = {SECRET_HEADER: SECRET}
        for body in (b"{", b"[]", b"\xff"):
            async with session.post(url, data=body, headers=proven) as response:
                assert response.status == 400
    assert await hooked.value("select count(*) from inbox") == 0


async def test_what_cannot_be_stored_is_not_confirmed(hooked: Dars) -> None:
    await hooked.database.execute("alter table inbox rename to hidden")
    url = f"{hooked.settings.webhook_url}{PATH}"
    update = {"update_id": 77}
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:
        async with session.post(url, json=update) as response:
            assert response.status == 503
        await hooked.database.execute("alter table hidden rename to inbox")
        async with session.post(url, json=update) as response:
            assert response.status == 200
    await hooked.settled()
    assert await hooked.value("select state from inbox where update_id = 77") == "done"
