"""`./dars run`: everything in one process group, on one machine."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Mapping

import aiohttp

from runtime.embedded.services import EmbeddedServices, embedded_services
from runtime.settings import ROOT, Settings, SettingsError, local_token
from runtime.supervisor import Child, supervise

READY_SECONDS = 60.0
ASK_SECONDS = 0.1
BOT_USERNAME = "dars_bot"
# Who stands in a new local chat; the admin is named in the bot's environment as in production.
ADMIN = 7003
PEOPLE = (
    {"id": 7001, "first_name": "রাফি", "language_code": "bn", "username": "rafi"},
    {"id": 7002, "first_name": "Ms Sultana", "language_code": "en", "username": "ms_sultana"},
    {"id": ADMIN, "first_name": "Admin", "language_code": "en", "username": "dars_admin"},
)

Say = Callable[[str], None]


async def run(settings: Settings, say: Say) -> int:
    """Until SIGINT or SIGTERM; returns the exit code."""
    async with embedded_services(
        settings.dars_home, postgres=not settings.database_url, valkey=not settings.redis_url
    ) as services:
        environment = _environment(settings, services)
        local = settings.telegram_bot_token is None
        if local:
            _must_be_free(settings.localchat_port)
        say("preparing the database and the practice library")
        prepared = await _command(["prepare"], environment)
        if prepared:
            return prepared
        children = [_child(one, environment) for one in ("bot", "background")]
        if local:
            children.insert(0, _local_chat(settings, environment))
        keeping = asyncio.create_task(services.keep_alive())
        try:
            return await supervise(children, ready=lambda: _ready(settings, local, say))
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


def _environment(settings: Settings, services: EmbeddedServices) -> Mapping[str, str]:
    """What the children are told: addresses of the embedded parts, and of the local chat."""
    told: dict[str, str | None] = {
        "DARS_HOME": str(settings.dars_home),
        "DATABASE_URL": services.database_url,
        "REDIS_URL": services.redis_url,
    }
    if settings.telegram_bot_token is None:
        admins = settings.admin_telegram_ids or (ADMIN,)
        told |= {
            "TELEGRAM_BOT_TOKEN": local_token(settings.dars_home),
            "TELEGRAM_API_URL": _url(settings),
            "TELEGRAM_MODE": "polling",
            "ADMIN_TELEGRAM_IDS": ",".join(map(str, admins)),
        }
    return {name: value for name, value in told.items() if value}


def _must_be_free(port: int) -> None:
    """Raises SettingsError for a port in use, where our bot would talk to somebody else's chat."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            raise SettingsError(
                f"LOCALCHAT_PORT: port {port} of this machine is taken; choose another"
            ) from None


def _url(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.localchat_port}"


def _child(name: str, environment: Mapping[str, str]) -> Child:
    return Child(name, [sys.executable, "-m", "runtime", name], environment)


def _local_chat(settings: Settings, environment: Mapping[str, str]) -> Child:
    bot = f"{environment['TELEGRAM_BOT_TOKEN']}={BOT_USERNAME}"
    argv = [sys.executable, "-m", "localchat", "--port", str(settings.localchat_port)]
    folders = {"--data": settings.dars_home / "localchat", "--fonts": ROOT / "content" / "fonts"}
    for option, folder in folders.items():
        argv += [option, str(folder)]
    return Child("localchat", [*argv, "--bot", bot])


async def _command(arguments: list[str], environment: Mapping[str, str]) -> int:
    """One of our own commands to its end, so that what it loads is gone when it ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "runtime", *arguments, env={**os.environ, **environment}, cwd=ROOT
    )
    return await process.wait()


async def _ready(settings: Settings, local: bool, say: Say) -> None:
    if not local:
        say("Dars serves Telegram. Ctrl-C stops it.")
        return
    url = _url(settings)
    deadline = asyncio.get_running_loop().time() + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while not await _listens(session, url):
            if asyncio.get_running_loop().time() > deadline:
                say(f"nobody listens at {url} yet: the lines above say what the bot waits for")
                return
            await asyncio.sleep(ASK_SECONDS)
        await _introduce(session, url)
    say(f"Dars is ready: open {url} in a browser. Ctrl-C stops it.")


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
