"""The embedded Valkey: keeps what it acknowledged, refuses what it has no room for."""

import os
from pathlib import Path
from signal import SIGKILL

import pytest
from redis.asyncio import Redis
from redis.exceptions import OutOfMemoryError

from runtime.embedded.errors import EmbeddedServiceError, FolderInUseError
from runtime.embedded.valkey import EmbeddedValkey
from tests.runtime.conftest import wait_until


async def fill(client: Redis, megabytes: int) -> None:
    for number in range(megabytes):
        await client.set(f"big-{number}", b"x" * 1024 * 1024)


@pytest.mark.parametrize("name", ["plain", "with space, comma: and 'quote'", "long-" + "x" * 150])
async def test_keeps_what_it_was_told_across_a_restart(tmp_path: Path, name: str) -> None:
    server = EmbeddedValkey(tmp_path / name / "valkey")
    for turn in (1, 2, 3):
        await server.start()
        async with Redis.from_url(server.url) as client:
            assert await client.incr("turns") == turn
        await server.stop()


async def test_everything_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path / "valkey")
    await server.start()
    async with Redis.from_url(server.url) as client:
        for number in range(200):
            await client.rpush("queue", number)
        assert server.process_id is not None
        os.kill(server.process_id, SIGKILL)
    wait_until(lambda: not server.running, "Valkey is gone")
    await server.start()
    async with Redis.from_url(server.url) as client:
        assert await client.llen("queue") == 200
    await server.stop()


async def test_a_full_memory_refuses_and_drops_nothing(tmp_path: Path) -> None:
    async with (
        EmbeddedValkey(tmp_path / "valkey", unsafe_but_fast=True) as server,
        Redis.from_url(server.url) as client,
    ):
        await client.set("first", "kept")
        await client.config_set("maxmemory", 4 * 1024 * 1024)
        with pytest.raises(OutOfMemoryError):
            await fill(client, megabytes=16)
        assert await client.get("first") == b"kept"


async def test_the_second_on_one_folder_is_refused(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path / "valkey", unsafe_but_fast=True):
        with pytest.raises(FolderInUseError):
            await EmbeddedValkey(tmp_path / "valkey").start()


async def test_a_socket_folder_that_others_may_open_is_refused(tmp_path: Path) -> None:
    (tmp_path / "valkey-socket").mkdir(mode=0o755)
    with pytest.raises(EmbeddedServiceError, match="only this user can open"):
        await EmbeddedValkey(tmp_path / "valkey").start()
