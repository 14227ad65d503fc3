"""The one command: it starts everything, survives being killed, and ends when it is told to."""

import subprocess
import time
from pathlib import Path

import asyncpg
import pytest

from localchat.people import People, Person
from runtime.command_line import BROKEN, COMMANDS, WRONG_SETTINGS, WRONG_USE
from tests.practising import waiting
from tests.slow.running import (
    ask,
    descendants,
    running_dars,
    until,
    until_gone,
    until_settled,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

STUDENT = 7001
STOP_SECONDS = 10.0
# The local chat, the bot, the scheduler with a worker, PostgreSQL with its own, Valkey.
LEAST_PROCESSES = 6


async def register_and_begin(rafi: Person) -> None:
    await rafi.says("/start")
    for data in ("register.language:bn", "register.name", "register.class:7", "practice.begin"):
        await offered(rafi, data)
        await rafi.presses_data(data)
    await offered(rafi, "practice.hint")


async def offered(person: Person, data: str) -> None:
    """Wait until the bot's newest message has a button whose data begins like this."""
    await person.sees(
        lambda one: (
            any(not each.out for each in one.messages)
            and any(each.startswith(data) for each in one.last.buttons.values())
        ),
        timeout=15,
    )


def shown(person: Person) -> list[tuple[int, str, bool, dict[str, str]]]:
    return [(one.message_id, one.text, one.out, dict(one.buttons)) for one in person.messages]


async def tries(database: asyncpg.Connection) -> list[tuple[str, bool]]:
    rows = await database.fetch("select student_answer, is_correct from responses order by id")
    return [tuple(row) for row in rows]


async def until_tries(database: asyncpg.Connection, count: int) -> None:
    async def enough() -> bool:
        return len(await tries(database)) >= count

    await until(enough)
    await until_settled(database)


async def test_killed_amid_an_answer_the_student_goes_on_where_they_were(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with running_dars(home) as dars, People(dars.url) as people:
        rafi = await people.meet(STUDENT)
        await register_and_begin(rafi)
        async with dars.database() as database:
            await until_settled(database)
            asked = await waiting(database)
        before = shown(rafi)
        family = descendants(dars.process.pid)
        assert len(family) >= LEAST_PROCESSES
        await rafi.says(asked.wrong)
        await dars.kill()
        await until_gone(family)
    async with (
        running_dars(home, dars.port) as again,
        People(again.url) as people,
        again.database() as database,
    ):
        rafi = await people.meet(STUDENT)
        assert shown(rafi)[: len(before)] == before
        await until_tries(database, 1)
        assert await waiting(database) == asked
        await rafi.says(asked.right)
        await until_tries(database, 2)
        assert await tries(database) == [(asked.wrong, False), (asked.right, True)]
        await offered(rafi, "practice.hint")


async def test_one_home_has_one_dars_which_ends_when_told_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    async with running_dars(home) as dars:
        family = descendants(dars.process.pid)
        assert len(family) >= LEAST_PROCESSES
        second = await ask("run", home=home)
        assert second.returncode == BROKEN
        assert the_sentence(second).endswith(
            "Stop that one first, or name another folder with DARS_HOME."
        )
        elsewhere = await ask("run", home=tmp_path / "elsewhere", port=dars.port)
        assert elsewhere.returncode == WRONG_SETTINGS
        assert f"LOCALCHAT_PORT: port {dars.port}" in the_sentence(elsewhere)
        beside = await ask("doctor", home=home, port=dars.port)
        assert beside.returncode == 0, beside.stdout
        assert "the schema is current" in beside.stdout
        async with People(dars.url) as people:
            rafi = await people.meet(STUDENT)
            await rafi.says("/help")
            await rafi.hears("/start", timeout=15)
        assert "ended with" not in dars.log.read_text(), "no part was started again"
        family |= descendants(dars.process.pid)
        told = time.monotonic()
        assert await dars.stop() == 0
        assert time.monotonic() - told < STOP_SECONDS
        await until_gone(family)


def the_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error."""
    line = done.stderr.removesuffix("\n")
    assert line.startswith("dars: ")
    assert "\n" not in line
    return line


async def test_help_lists_every_command(tmp_path: Path) -> None:
    done = await ask("help", home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    listed = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert listed == {name for name, command in COMMANDS.items() if command.line}
    assert not (tmp_path / "home").exists()


async def test_the_doctor_examines_a_new_home_and_leaves_nothing_running(tmp_path: Path) -> None:
    done = await ask("doctor", home=tmp_path / "home")
    assert done.returncode == BROKEN
    assert "migrations are missing" in done.stdout
    assert "./dars migrate" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "given", "code", "part"),
    [
        (["fly"], {}, WRONG_USE, "there is no command 'fly'; ./dars help lists them"),
        (["backup"], {}, WRONG_USE, "name one file"),
        (["run"], {"LOCALCHAT_PORT": "many"}, WRONG_SETTINGS, "LOCALCHAT_PORT: "),
        (["run"], {"TELEGRAM_MODE": "webhook"}, WRONG_SETTINGS, "WEBHOOK_URL and WEBHOOK_SECRET"),
        (["bot"], {}, WRONG_SETTINGS, "TELEGRAM_BOT_TOKEN is not set"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_sentence(
    words: list[str], given: dict[str, str], code: int, part: str, tmp_path: Path
) -> None:
    done = await ask(*words, home=tmp_path / "home", given=given)
    assert part in the_sentence(done)
    assert (done.returncode, done.stdout) == (code, "")
