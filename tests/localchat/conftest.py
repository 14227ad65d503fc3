"""A local chat with one bot, a person in it, and python-telegram-bot's own client."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from localchat.people import Control, People, Person
from localchat.server import LocalChat

TOKEN = "1000:secret"
Answer = tuple[int, dict[str, Any]]
RawCall = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture(autouse=True)
def _durations_as_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns about each number of seconds unless it may use timedeltas."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def chat() -> AsyncIterator[LocalChat]:
    server = LocalChat(None, {TOKEN: "dars_bot"})
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def people(chat: LocalChat) -> AsyncIterator[People]:
    async with People(chat.url) as connected:
        yield connected


@pytest.fixture
async def control(chat: LocalChat) -> AsyncIterator[Control]:
    async with Control(chat.url) as connected:
        yield connected


@pytest.fixture
async def rahim(people: People) -> Person:
    """Someone who has started the bot."""
    person = await people.join("Rahim", language_code="bn")
    await person.says("/start")
    return person


@pytest.fixture
async def bot(chat: LocalChat) -> AsyncIterator[Bot]:
    address = {"base_url": f"{chat.url}/bot", "base_file_url": f"{chat.url}/file/bot"}
    async with Bot(TOKEN, **address) as connected:  # type: ignore[arg-type]
        yield connected


@pytest.fixture
async def session(chat: LocalChat) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(chat.url) as connected:
        yield connected


@pytest.fixture
async def call(session: aiohttp.ClientSession) -> RawCall:
    """Calls a method with a JSON body and returns the status and the answer."""

    async def post(method: str, /, **values: Any) -> Answer:
        async with session.post(f"/bot{TOKEN}/{method}", json=values) as response:
            return response.status, await response.json()

    return post


def refused(answer: Answer) -> tuple[int, str]:
    """The code and the words of a refusal, which must agree with the HTTP status."""
    status, body = answer
    assert body["ok"] is False
    assert body["error_code"] == status
    return status, body["description"]
