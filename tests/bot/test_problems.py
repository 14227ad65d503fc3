"""A teacher sends coding problems: told apart, read, tried in the sandbox, kept in versions."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.routes import short
from bot.views.problems import template_file
from db.unit_of_work import unit_of_work
from localchat.people import Person
from tests.bot.conftest import Dars, until
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


def stands(person: Person, text: str) -> bool:
    """Whether a message of the chat says it now, be it an older one that was edited."""
    return any(text in one.text for one in person.messages)


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
    assert "all tests passed, version 1 is ready" in salma.last.text
    row = (await dars.rows("select * from problem_versions"))[0]
    assert (row["slug"], row["title"], row["title_bn"]) == ("bus-fare", "Bus fare", "বাসভাড়া")
    assert row["published_at"] is not None
    tests = await dars.rows("select * from test_cases order by ordinal")
    assert [one["hidden"] for one in tests] == [False, True, True, True]
    assert sum(one["points"] for one in tests) == 100
    assert tests[0]["input"] == "40 25\n"


async def test_a_reference_solution_that_fails_names_the_test(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    assert "in order" in await send(dars, salma, FAILING)
    await judged()
    assert "bus-fare was not taken" in salma.last.text
    assert re.search(
        r"must pass every test, but on test \S*3 the verdict was: wrong answer", salma.last.text
    )
    assert await versions(dars) == []
    assert await stored(dars) == [], "nothing is kept of what was refused"
    assert "in order" in await send(dars, salma, TEMPLATE), "it can be sent again at once"


async def test_a_program_that_should_fail_and_passes_is_told(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    await send(dars, salma, TEMPLATE.replace("print(n + f)", "print(f * n)"))
    await judged()
    assert "it passed every test, though its label says: it gets wrong answer" in salma.last.text
    assert await versions(dars) == []


PACKAGE = {
    "problem.yaml": (
        "name: {en: Longest, bn: দীর্ঘতম}\nproblem_format_version: legacy\ntype: scoring\n"
        "validation: custom\nlimits: {time_limit: 2, memory: 256}\n"
    ),
    "problem_statement/problem.en.tex": "\\problemname{Longest}\nPrint the number back.",
    "data/sample/1.in": "5\n",
    "data/sample/1.ans": "5\n",
    "data/secret/1.in": None,
    "data/secret/1.ans": None,
    "data/secret/g1/testdata.yaml": "accept_score: 40\ngrading: default\ngrader_flags: min\n",
    "data/secret/g1/01.in": "7\n",
    "data/secret/g1/01.ans": "7\n",
    "data/secret/g1/02.in": "8\n",
    "data/secret/g1/02.ans": "8\n",
    "data/secret/g2/testdata.yaml": "accept_score: 60\ngrading: default\ngrader_flags: min\n",
    "data/secret/g2/01.in": "9" * 70_000 + "\n",
    "data/secret/g2/01.ans": "9" * 70_000 + "\n",
    "input_validators/check.py": (
        "import sys\nsys.exit(42 if sys.stdin.read().strip().isdigit() else 43)\n"
    ),
    "output_validators/check.py": (
        "import sys\nwanted = open(sys.argv[2]).read().split()\n"
        "sys.exit(42 if sys.stdin.read().split() == wanted else 43)\n"
    ),
    "submissions/accepted/sum.py": "print(input())\n",
    "submissions/accepted/echo.cpp": (
        "#include <iostream>\n#include <string>\n"
        "int main() { std::string s; std::cin >> s; std::cout << s; }\n"
    ),
    "submissions/wrong_answer/first.py": "print(input()[:1000])\n",
    "submissions/run_time_error/int.py": "print(int(input()) and [][0])\n",
    "submissions/time_limit_exceeded/slow.py": "while True: pass\n",
}


async def test_a_package_with_groups_validators_and_labelled_programs(
    dars: Dars, judged: Judged
) -> None:
    salma = await sender(dars)
    told = await send(dars, salma, package(PACKAGE), "longest.zip")
    assert "6 programs, 4 tests" in told
    await judged()
    assert "version 1 is ready" in salma.last.text, salma.last.text
    row = (await dars.rows("select * from problem_versions"))[0]
    assert (row["slug"], row["checker"]) == ("longest", "custom")
    assert "g2" in row["test_groups"]
    tests = await dars.rows("select * from test_cases order by ordinal")
    assert [one["group_name"] for one in tests] == [None, "g1", "g1", "g2"]
    keys = await stored(dars, "problems/")
    assert len(keys) == 2
    assert {tests[3]["input_key"], tests[3]["output_key"]} == set(keys)
    assert await dars.parts.storage.get(tests[3]["input_key"]) == b"9" * 70_000 + b"\n"


async def test_an_input_that_its_validator_refuses_is_named(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    bad = {**PACKAGE, "data/secret/g1/02.in": "eight\n", "data/secret/g1/02.ans": "eight\n"}
    await send(dars, salma, package(bad), "longest.zip")
    await judged()
    assert "does not accept the input of test secret/g1/02" in salma.last.text
    assert await versions(dars) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.zip", b"PK\x03\x04nothing", "not a .?zip"),
        ("a.zip", package({"../../etc/passwd": "root"}), "leads out of the"),
        (
            "a.zip",
            package({"data/secret/2.in": b"0" * 30_000_000, "data/secret/2.ans": "1"}),
            "suspiciously larger|larger than",
        ),
        ("a.zip", package({"problem.yaml": None}), "problem.yaml"),
        ("a.zip", package({"submissions/accepted/sum.py": None}), "no solution here"),
        ("a.yaml", TEMPLATE.replace("statement:", "statment:"), "there is no such field"),
        ("a.yaml", "tests: &a [*a]\nslug: x\n", "a.yaml"),
        ("a.yaml", "slug: x\ntests: " + "[" * 5000, "a.yaml"),
        ("a.yaml", "slug: x\nstatement: !!python/object/apply:os.system ['true']", "a.yaml"),
    ],
)
async def test_what_cannot_be_taken_gets_a_report_and_leaves_nothing(
    dars: Dars, name: str, content: bytes | str, told: str
) -> None:
    salma = await sender(dars)
    said = await send(dars, salma, content, name)
    assert "to put right" in said
    assert re.search(told, said), said
    assert await dars.value("select count(*) from problem_uploads") == 0
    assert await stored(dars) == []
    assert await dars.value("select count(*) from inbox where state = 'failed'") == 0


async def test_complaints_name_the_line(dars: Dars) -> None:
    salma = await sender(dars)
    broken = TEMPLATE.replace("statement:", "statment:")
    line = next(n for n, one in enumerate(broken.splitlines(), 1) if one.startswith("statment"))
    assert f"mine.yaml, line {line}: statment: there is no such field" in await send(
        dars, salma, broken
    )


async def test_maths_files_and_coding_problems_are_told_apart(dars: Dars) -> None:
    salma = await sender(dars)
    assert "in order" in await send(dars, salma, TEMPLATE)
    assert "nothing wrong" in await send(dars, salma, MINE)


async def test_a_second_version_leaves_assignments_what_they_have(
    dars: Dars, judged: Judged
) -> None:
    salma = await sender(dars)
    await send(dars, salma, TEMPLATE)
    await judged()
    first = await dars.value("select id from problem_versions")
    owner = await dars.value("select id from users where telegram_id = $1", salma.id)
    school = School(dars.database)
    item = await school.assignment(await school.class_of(owner))
    await school.set_problem(item, first)
    assert "nothing new to add" in await send(dars, salma, TEMPLATE)
    assert "version 2" in await send(dars, salma, SECOND)
    await judged()
    assert "Assignments keep the version that they have" in salma.last.text
    assert await versions(dars) == [1, 2]
    assert await dars.value("select problem_id from assignment_problems") == first
    await tap(dars, salma, "problems.card")
    assert "version 2" in salma.last.text
    assert "It is in 1 assignment." in salma.last.text
    assert "1 of them has an older version" in salma.last.text
    await tap_route(dars, salma, f"problems.delete_now:{short(first)}")
    assert "An assignment has this problem" in salma.last.text
    assert await versions(dars) == [1, 2]


async def test_two_uploads_at_once_become_one_after_the_other(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    await send(dars, salma, TEMPLATE)
    assert "is being checked already" in await send(dars, salma, TEMPLATE)
    await send(dars, salma, SECOND)
    await judged()
    assert await versions(dars) == [1, 2]
    titles = await dars.rows("select title from problem_versions order by version")
    assert [row["title"] for row in titles] == ["Bus fare", "Bus fare to Motijheel"]


async def test_the_name_of_somebody_elses_problem_is_refused_early_and_late(
    dars: Dars, judged: Judged
) -> None:
    salma, karim = await sender(dars), await sender(dars, "Karim")
    await send(dars, salma, TEMPLATE)
    await send(dars, karim, SECOND)
    await judged()
    told = [one.last.text for one in (salma, karim)]
    assert sorted("belongs to a problem of somebody else" in one for one in told) == [False, True]
    assert await versions(dars) == [1]
    loser = salma if "belongs" in told[0] else karim
    assert "belongs to a problem of somebody else" in await send(dars, loser, SECOND)
    assert len(await stored(dars)) == 1


async def test_a_problem_is_looked_at_shared_fetched_and_deleted(
    dars: Dars, judged: Judged
) -> None:
    salma, karim = await sender(dars), await sender(dars, "Karim")
    rafi = await register(dars, "Rafi", "en")
    await send(dars, salma, TEMPLATE)
    await judged()
    problem = short(await dars.value("select id from problem_versions"))
    for other in (karim, rafi):
        await tap_route(dars, other, f"problems.look:{problem}.0")
        assert "A bus takes" not in other.last.text
    await tap(dars, salma, "problems.card")
    await tap(dars, salma, "problems.look")
    assert "A bus takes" in salma.last.text
    assert "40 25" in salma.last.text
    assert "100 500" not in salma.last.text, "a hidden test is not shown"
    await tap(dars, salma, "problems.file")
    assert salma.last.file_name == "bus-fare.yaml"
    assert await salma.downloads(salma.last) == TEMPLATE.encode()
    await tap(dars, salma, "problems.share")
    assert stands(salma, "Shared: other teachers")
    await say(dars, karim, "/problems")
    await tap(dars, karim, "problems.list:shared.0")
    await tap(dars, karim, "problems.card")
    assert "Shared by Salma" in karim.last.text
    await tap(dars, karim, "problems.look")
    assert "A bus takes" in karim.last.text
    assert "100 500" not in karim.last.text
    for route in ("file", "delete", "delete_now", "share", "unshare"):
        await tap_route(dars, karim, f"problems.{route}:{problem}")
        assert "There is no such problem" in karim.last.text
    await tap_route(dars, rafi, f"problems.look:{problem}.0")
    assert "A bus takes" not in rafi.last.text
    await tap(dars, salma, "problems.unshare")
    await tap_route(dars, karim, f"problems.card:{problem}")
    assert "There is no such problem" in karim.last.text
    await tap(dars, salma, "problems.delete")
    await tap(dars, salma, "problems.delete_now")
    assert stands(salma, "Bus fare is deleted")
    assert await dars.value("select count(*) from test_cases") == 0
    assert await dars.value("select count(*) from problem_uploads") == 0
    await until_empty(dars)


async def until_empty(dars: Dars) -> None:
    """Objects are deleted after the turn."""

    async def nothing() -> bool:
        return not await stored(dars)

    await until(nothing)


async def test_a_long_list_is_read_page_by_page_in_bengali(dars: Dars) -> None:
    salma = await sender(dars)
    await dars.rows("update users set language = 'bn'")
    owner = await dars.value("select id from users")
    school = School(dars.database)
    for number in range(9):
        await school.problem(owner, f"problem-{number}", f"Problem {number}")
    await say(dars, salma, "/problems")
    await tap(dars, salma, "problems.list:mine.0")
    listed = salma.messages[-1]
    assert "আপনার কোডিং সমস্যা" in listed.text
    assert sum(one.startswith("problems.card:") for one in listed.buttons.values()) == 8
    await tap(dars, salma, "problems.list:mine.1")
    assert "📘 Problem 0 · সংস্করণ ১" in salma.last.buttons
    await tap(dars, salma, "problems.card")
    assert "৩টি টেস্ট, এর মধ্যে গোপন ২টি · ৩০ নম্বর" in salma.last.text
    assert "problems.file" not in str(salma.last.buttons), "no file brought it"


async def test_a_problem_stays_when_its_owner_leaves(dars: Dars, judged: Judged) -> None:
    salma = await sender(dars)
    await send(dars, salma, package(PACKAGE), "longest.zip")
    await judged()
    owner = await dars.value("select id from users where telegram_id = $1", salma.id)
    async with unit_of_work(dars.engine) as work:
        [sent] = (await work.people.export(owner))["coding_problems_sent"]
    assert (sent["slug"], sent["status"]) == ("longest", "accepted")
    await say(dars, salma, "/delete_me")
    await tap(dars, salma, "account.erase:again")
    await tap(dars, salma, "account.erase:delete")
    assert await stored(dars) == []
    assert len(await stored(dars, "problems/")) == 2
    assert await dars.value("select owner_id from problem_versions") is None
    karim = await sender(dars, "Karim")
    other = await send(dars, karim, package(PACKAGE), "longest.zip")
    assert "belongs to a problem of somebody else" in other
