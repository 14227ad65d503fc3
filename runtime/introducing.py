"""`run` calls this for its local chat: waits for the bot, then lets people in."""

import asyncio

import aiohttp

from runtime.run import ADMIN, Say

READY_SECONDS = 60.0
ASK_SECONDS = 0.1
# Who stands in a new local chat.
PEOPLE = (
    {"id": 7001, "first_name": "রাফি", "language_code": "bn", "username": "rafi"},
    {"id": 7002, "first_name": "Ms Sultana", "language_code": "en", "username": "ms_sultana"},
    {"id": ADMIN, "first_name": "Admin", "language_code": "en", "username": "dars_admin"},
)


async def introduce(url: str, say: Say) -> int:
    """Says that Dars is ready, or after a minute that it is not yet."""
    deadline = asyncio.get_running_loop().time() + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while not await _listens(session, url):
            if asyncio.get_running_loop().time() > deadline:
                say(f"nobody listens at {url} yet: the lines above say what the bot waits for")
                return 0
            await asyncio.sleep(ASK_SECONDS)
        await _introduce(session, url)
    say(f"Dars is ready: open {url} in a browser. Ctrl-C stops it.")
    return 0


async def _listens(session: aiohttp.ClientSession, url: str) -> bool:
    """Whether the chat is there, and the bot about to ask for updates: a poll under way is not
    counted before it ends."""
    try:
        async with session.get(f"{url}/control/calls") as response:
            return "deleteWebhook" in (await response.json())["counts"]
    except aiohttp.ClientError:
        return False


async def _introduce(session: aiohttp.ClientSession, url: str) -> None:
    """A new local chat gets a student, a teacher and an admin to play."""
    async with session.get(f"{url}/api/people") as response:
        if await response.json():
            return
    for person in PEOPLE:
        async with session.post(f"{url}/api/people", json=person):
            pass
