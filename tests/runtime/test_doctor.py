"""The doctor: a verdict and a remedy a line, and a bad end only for what is needed."""

import asyncio
import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import time_machine
from aiohttp import web
from aiohttp.test_utils import TestServer

from engines.judge.languages import gnu
from runtime import doctor
from runtime.doctor import Check, Finding, Verdict, examine
from tests.runtime.conftest import ROOT

TOKEN = "12345:secret-part"


async def find(part_and_check: tuple[str, Check]) -> Finding:
    return await part_and_check[1]()


async def works() -> str:
    return "18.4, up to date"


async def fails() -> str:
    raise ConnectionError("nobody\nlistens")


async def hangs() -> str:
    await asyncio.Event().wait()
    return "never"


async def test_each_part_gets_its_line_in_order_with_a_remedy() -> None:
    lines: list[str] = []
    code = await examine(
        [
            doctor.reachable("PostgreSQL", works, "Start it."),
            doctor.reachable("Redis", fails, "Start that too."),
            doctor.optional("AI", False, "a key is set", "authored hints only", "Set a key."),
        ],
        lines.append,
    )
    assert code == 1
    assert lines == [
        "ok   PostgreSQL: 18.4, up to date",
        "BAD  Redis: nobody listens → Start that too.",
        "off  AI: authored hints only → Set a key.",
    ]


async def test_what_is_only_off_is_no_failure() -> None:
    parts = [doctor.optional("AI", False, "", "authored hints only", "Set a key.")]
    assert await examine(parts, lambda _: None) == 0


async def test_a_check_that_fails_or_hangs_is_itself_a_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken() -> Finding:
        raise ValueError("a mistake of ours")

    async def endless() -> Finding:
        await hangs()
        raise AssertionError

    monkeypatch.setattr(doctor, "CHECK_SECONDS", 0.05)
    lines: list[str] = []
    assert await examine([("one", broken), ("two", endless)], lines.append) == 1
    assert lines[0] == "BAD  one: a mistake of ours"
    assert lines[1].startswith("BAD  two: no answer within")
    finding = await find(doctor.reachable("three", hangs, "Wait."))
    assert finding == Finding("three", Verdict.BROKEN, "TimeoutError", "Wait.")


async def test_this_python_and_its_packages_are_fine() -> None:
    assert (await find(doctor.python_version())).verdict is Verdict.FINE
    finding = await find(doctor.environment(ROOT / "requirements" / "run.txt"))
    assert finding.verdict is Verdict.FINE, finding


async def test_packages_that_are_missing_or_old_are_named(tmp_path: Path) -> None:
    requirements = tmp_path / "run.txt"
    requirements.write_text(
        "# made by a tool\n"
        "aiohttp==0.0.1 \\\n    --hash=sha256:00\n"
        "no-such-package==1.0 ; python_version >= '3.8' \\\n    --hash=sha256:00\n"
        "not-for-us==1.0 ; sys_platform == 'plan9' \\\n    --hash=sha256:00\n"
    )
    finding = await find(doctor.environment(requirements))
    assert finding.verdict is Verdict.BROKEN
    assert "aiohttp==0.0.1, no-such-package==1.0" in finding.said
    assert "not-for-us" not in finding.said


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    # Nobody may write in /proc, not even root.
    finding = await find(doctor.writable("storage", Path("/proc/dars")))
    assert finding.verdict is Verdict.BROKEN
    assert "DARS_HOME" in finding.remedy
    fine = await find(doctor.writable("storage", tmp_path / "not" / "made" / "yet"))
    assert fine.verdict is Verdict.FINE


async def test_a_full_disk_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await find(doctor.disk_space(tmp_path))).verdict is Verdict.FINE
    monkeypatch.setattr(doctor, "LOW_DISK_BYTES", 2**62)
    assert (await find(doctor.disk_space(tmp_path))).verdict is Verdict.BROKEN


async def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        finding = await find(doctor.port_free("chat", port, "LOCALCHAT_PORT"))
        assert (finding.verdict, finding.remedy) == (
            Verdict.OFF,
            "Choose another in LOCALCHAT_PORT.",
        )
    assert (await find(doctor.port_free("chat", port, ""))).verdict is Verdict.FINE


async def test_the_clock() -> None:
    assert (await find(doctor.clock("Asia/Dhaka"))).verdict is Verdict.FINE
    with time_machine.travel(0.0):
        finding = await find(doctor.clock("Asia/Dhaka"))
    assert (finding.verdict, finding.said) == (Verdict.BROKEN, "it says 1970-01-01")


async def test_a_box_is_really_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("bwrap"):
        finding = await find(doctor.judge(tmp_path / "cache")[0])
        assert (finding.verdict, finding.said) == (Verdict.FINE, "a box opens and holds")
    monkeypatch.setenv("PATH", str(tmp_path))
    bubblewrap = doctor.judge(tmp_path / "cache")[0]
    assert (await find(bubblewrap)).said == "programs that students send cannot be run"
    box = tmp_path / "bwrap"
    box.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    box.chmod(0o755)
    finding = await find(bubblewrap)
    assert finding.verdict is Verdict.OFF
    assert "setting up uid map: Permission denied" in finding.said
    assert "user namespaces" in finding.said


async def test_each_language_is_tried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = doctor.judge(tmp_path)[1:]
    assert [part for part, _ in lines] == [
        "language python",
        "language cpp",
        "language c",
        "language javascript",
    ]
    if shutil.which("bwrap"):
        assert (await find(lines[0])).said == "its self-tests hold"
    monkeypatch.setattr(gnu, "find", lambda _: None)
    finding = await find(doctor.judge(tmp_path)[2])
    assert (finding.verdict, finding.said) == (Verdict.OFF, "programs in C++ cannot be run")
    assert "g++" in finding.remedy


def test_every_other_system_package_has_a_line() -> None:
    assert [part for part, _ in doctor.system_packages()] == [
        "ffmpeg",
        "chromium",
        "fonts-noto-color-emoji",
    ]


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    """An API server that knows one token, as Telegram answers."""

    async def get_me(request: web.Request) -> web.Response:
        if request.match_info["token"] == TOKEN:
            return web.json_response({"ok": True, "result": {"username": "dars_bot"}})
        refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return web.json_response(refusal, status=401)

    application = web.Application()
    application.router.add_get("/bot{token}/getMe", get_me)
    async with TestServer(application) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_a_good_token_shows_the_bots_name(telegram: str) -> None:
    finding = await find(doctor.telegram(TOKEN, api=telegram))
    assert (finding.verdict, finding.said) == (Verdict.FINE, "the bot is @dars_bot")


async def test_a_wrong_token_is_broken_and_not_repeated(telegram: str) -> None:
    finding = await find(doctor.telegram("6789:wrong-part", api=telegram))
    assert finding.verdict is Verdict.BROKEN
    assert "Unauthorized" in finding.said
    assert "wrong-part" not in finding.line()


async def test_an_unreachable_telegram_never_shows_the_token() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        finding = await find(doctor.telegram(TOKEN, api=address))
    assert finding.verdict is Verdict.BROKEN
    assert "TELEGRAM_PROXY" in finding.remedy
    assert "secret-part" not in finding.line()


async def test_without_a_token_the_local_chat_is_used() -> None:
    finding = await find(doctor.telegram(None))
    assert (finding.verdict, "local chat" in finding.said) == (Verdict.FINE, True)


def test_the_larger_sets_of_packages_hold_the_smaller_ones() -> None:
    """One environment serves all three: what is measured or tested is what runs."""
    run, test, bench = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.M))
        for name in ("run", "test", "bench")
    )
    assert run <= test <= bench
    assert run
