"""The README's command: everything starts, survives being killed, and ends when it is told to."""

from pathlib import Path

import pytest

from localchat.people import People
from tests.slow.running import RunningDars, descendants

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

STUDENT = 7001


async def test_killed_in_mid_session_everything_goes_on_where_it_was(tmp_path: Path) -> None:
    first = RunningDars(tmp_path / "home")
    await first.start()
    async with People(first.url) as people:
        rafi = await people.meet(STUDENT)
        await rafi.says("/start")
        await rafi.hears("Dars")
        await rafi.presses("বাংলা")
        await rafi.sees(lambda one: "register.name" in str(one.last.buttons))
        await rafi.presses_data("register.name")
        await rafi.sees(lambda one: "register.class:7" in str(one.last.buttons))
        await rafi.presses_data("register.class:7")
        await rafi.sees(lambda one: "practice.begin" in str(one.last.buttons))
        await rafi.says("/practice")
        await rafi.sees(lambda one: "practice.hint" in str(one.last.buttons))
        question = rafi.last.text
        count = len(rafi.messages)
    await first.kill()

    second = RunningDars(tmp_path / "home", first.port)
    await second.start()
    async with People(second.url) as people:
        rafi = await people.meet(STUDENT)
        assert len(rafi.messages) == count
        assert rafi.last.text == question
        database = await second.database()
        right = await database.fetchval(
            "select p.answer from practice_items i join problems p on p.id = i.problem_id"
            " where i.position = 1"
        )
        await rafi.says(right)
        await rafi.sees(lambda one: not one.last.out and one.last.text != question, timeout=15)
        assert await database.fetchval("select count(*) from responses where is_correct") == 1
        await database.close()

    late = RunningDars(tmp_path / "home")
    with pytest.raises(AssertionError) as refused:
        await late.start()
    await late.end()
    assert late.process.returncode not in {0, None}
    assert "Traceback" not in str(refused.value)
    assert "use" in str(refused.value)

    family = descendants(second.process.pid)
    assert len(family) > 4
    assert await second.stop() == 0
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]
