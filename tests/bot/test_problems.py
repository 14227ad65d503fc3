"""A teacher sends coding problems: told apart, read, tried in the real sandbox, kept in versions."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.routes import short
from bot.views.problems import template_file
from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.judged import Judged, worker
from tests.bot.test_contributions import MINE, send, teacher
from tests.bot.test_story import register, say, tap, tap_route
from tests.domain.problems.zips import package
from tests.teaching import School

TEMPLATE = template_file().decode()
FAILING = TEMPLATE.replace("print(n * f)", "print(n * f if n < 100 else 0)")
SECOND = TEMPLATE.replace("en: Bus fare", "en: Bus fare to Motijheel")


@pytest.fixture
async def judged(dars: Dars, tmp_path: Path) -> AsyncIterator[Judged]:
    async with worker(dars, tmp_path / "judge") as made:
        yield made


async def sender(dars: Dars, name: str = "Salma") -> Person:
    person = await teacher(dars, name)
    await say(dars, person, "/problems")
    return person


async def stored(dars: Dars, prefix: str = "people/") -> list[str]:
    return list(await dars.parts.storage.list(prefix))


async def versions(dars: Dars) -> list[int]:
    rows = await dars.rows(
        "select version from problem_versions where published_at is not null order by version"
    )
    return [row["version"] for row in rows]


async def test_the_template_as_it_is_becomes_a_problem(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    assert ".zip" in salma.last.text
    await tap(dars, salma, "problems.template")
    assert salma.last.file_name == "problem.yaml"
    told = await send(dars, salma, await salma.downloads(salma.last), "problem.yaml")
    assert "Bus fare (version 1): the file is in order" in told
    assert "2 programs, 4 tests" in told
    following = salma.last.message_id
    await judged()
    assert salma.last.message_id == following, "what came of it takes the place of the progress"
    assert "all tests hold, version 1 is ready" in salma.last.text
    row = (await dars.rows("select * from problem_versions"))[0]
    assert (row["slug"], row["title"], row["title_bn"]) == ("bus-fare", "Bus fare", "বাসভাড়া")
    assert row["published_at"] is not None
    tests = await dars.rows("select * from test_cases order by ordinal")
    assert [one["hidden"] for one in tests] == [False, True, True, True]
    assert sum(one["points"] for one in tests) == 100
    assert tests[0]["input"] == "40 25\n"
