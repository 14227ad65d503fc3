"""`./dars run`: everything in one process group, on one machine.

This is the half that stays (`runtime keep`); `runtime.beginning` is the other. It imports next to
nothing: what is heavy is done by commands that end.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from signal import SIGKILL

from runtime.embedded.process import launcher
from runtime.embedded.services import EmbeddedServices, embedded_services
from runtime.supervisor import Child, supervise

ROOT = Path(__file__).resolve().parent.parent
BOT_USERNAME = "dars_bot"
# Who may do everything in a new local chat; named in the bot's environment as in production.
ADMIN = 7003
# The parts that may run here or be somewhere else.
POSTGRES, VALKEY, LOCAL_CHAT = "postgres", "valkey", "localchat"

Say = Callable[[str], None]


async def run(parts: Collection[str], say: Say) -> int:
    """Until SIGINT or SIGTERM; returns the exit code."""
    home, local = Path(os.environ["DARS_HOME"]), LOCAL_CHAT in parts
    async with embedded_services(
        home, postgres=POSTGRES in parts, valkey=VALKEY in parts
    ) as services:
        environment = _addresses(services)
        say("preparing the database and the practice library")
        prepared = await _command(["prepare"], environment)
        if prepared:
            return prepared
        children = [_child(one, environment) for one in ("bot", "background")]
        if local:
            children.insert(0, _local_chat(home))
        keeping = asyncio.create_task(services.keep_alive())
        try:
            return await supervise(children, ready=lambda: _ready(local, say))
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


def _addresses(services: EmbeddedServices) -> Mapping[str, str]:
    """Of the embedded parts, as the children's settings."""
    told = {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    return {name: address for name, address in told.items() if address}


def _child(name: str, environment: Mapping[str, str]) -> Child:
    return Child(name, [sys.executable, "-m", "runtime", name], environment)


def _local_chat(home: Path) -> Child:
    bot = f"{os.environ['TELEGRAM_BOT_TOKEN']}={BOT_USERNAME}"
    argv = [sys.executable, "-m", "localchat", "--port", os.environ["LOCALCHAT_PORT"]]
    folders = {"--data": home / "localchat", "--fonts": ROOT / "content" / "fonts"}
    for option, folder in folders.items():
        argv += [option, str(folder)]
    return Child("localchat", [*argv, "--bot", bot])


async def _command(arguments: list[str], environment: Mapping[str, str]) -> int:
    """One of our own commands to its end, so that what it loads is gone when it ends."""
    process = await asyncio.create_subprocess_exec(
        *launcher([sys.executable, "-m", "runtime", *arguments], SIGKILL),
        env=os.environ | environment,
        cwd=ROOT,
    )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()


async def _ready(local: bool, say: Say) -> None:
    if local:
        await _command(["introduce"], {})
    else:
        say("Dars serves Telegram. Ctrl-C stops it.")
