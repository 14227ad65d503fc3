"""The local chat as a program of its own, and the page that it serves."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from localchat import server
from localchat.server import LocalChat
from tests.localchat.conftest import TOKEN


async def test_it_runs_until_it_is_told_to_stop(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "localchat", "--port", "0", "--data", str(tmp_path),
        "--bot", f"{TOKEN}=dars_bot", stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        url = line.split()[-1]
        address = f"{url}/bot{TOKEN}/getMe"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            assert (await response.json())["result"]["username"] == "dars_bot"
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert (tmp_path / "localchat.sqlite3").is_file()


async def test_a_bot_without_a_name_is_not_understood() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "localchat", "--bot", "1000:x", stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert b"TOKEN=USERNAME" in errors


async def test_the_page_and_its_fonts_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("<p>chat</p>")
    (tmp_path / "chat.js").write_text("1")
    (tmp_path / "font.woff2").write_bytes(b"wOF2")
    monkeypatch.setattr(server, "STATIC", tmp_path)
    chat = LocalChat(None, {}, fonts=tmp_path)
    await chat.start()
    try:
        async with aiohttp.ClientSession(chat.url) as session:
            async with session.get("/") as response:
                assert await response.text() == "<p>chat</p>"
                assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
            visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
            for path, headers, status in (
                ("/static/chat.js", {}, 200),
                ("/fonts/font.woff2", {}, 200),
                ("/static/nothing.js", {}, 404),
                ("/static/../server.py", {}, 404),
                ("/", visit, 200),
                ("/static/chat.js", visit, 403),
            ):
                async with session.get(path, headers=headers) as response:
                    assert (path, response.status) == (path, status)
    finally:
        await chat.stop()


async def test_without_a_page_the_address_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "STATIC", tmp_path / "nowhere")
    chat = LocalChat(None, {})
    await chat.start()
    try:
        async with aiohttp.ClientSession(chat.url) as session, session.get("/") as response:
            assert response.status == 404
    finally:
        await chat.stop()


async def test_a_port_in_use_is_said_and_leaves_nothing_open(tmp_path: Path) -> None:
    first = LocalChat(None, {})
    await first.start()
    try:
        second = LocalChat(tmp_path, {TOKEN: "dars_bot"})
        with pytest.raises(OSError, match="address already in use"):
            await second.start(port=int(first.url.rsplit(":", 1)[1]))
        await second.start()
        await second.stop()
    finally:
        await first.stop()


@pytest.mark.parametrize("token", ["secret", "1000:", "x:secret"])
async def test_a_token_has_a_number_and_a_secret(token: str) -> None:
    chat = LocalChat(None, {})
    await chat.start()
    try:
        with pytest.raises(ValueError, match="a bot's token"):
            chat.add_bot(token, "dars_bot")
    finally:
        await chat.stop()
