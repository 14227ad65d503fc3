"""The scheduler and a worker in one process, for `./dars run`.

Nine tenths of the memory of either are the same modules, about 75 MB of them. Beside each other on
one event loop they hold them once. They share nothing else but the database and Redis; should one
break, both are started again, which neither minds. Where several machines serve, each of them is a
process of its own (`./dars scheduler`, `./dars worker`).
"""

import asyncio

from runtime.clock import keep_clock
from runtime.ground import Ground, ground, until_told
from runtime.settings import Settings
from runtime.worker import work_off


async def serve_background(settings: Settings) -> None:
    """Both, until SIGTERM or SIGINT."""
    settings.token()  # without one nothing needs to be started first
    async with ground(settings) as on:
        await until_told(_together(settings, on))


async def _together(settings: Settings, on: Ground) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_clock(settings, on))
        group.create_task(work_off(settings, on))
