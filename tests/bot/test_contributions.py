"""A teacher sends problems of their own, an admin looks and decides, students get them."""

import json
import re

import pytest

from bot.views.library import template_file
from localchat.people import Person
from tests.bot.conftest import ADMIN, Dars
from tests.bot.test_story import answer_right, introduce, register, say, tap

MINE = template_file("yaml").decode()
SLUG = MINE.partition("slug: ")[2].split()[0]
BENGALI = re.compile("[\u0980-\u09ff]")
WRONG_TWICE = MINE.replace("hints:", "hins:").replace("grade: ", "grade: 1", 1)


async def teacher(dars: Dars, name: str = "Salma") -> Person:
    person = await register(dars, name, "en")
    await dars.rows("update users set role = 'teacher' where telegram_id = $1", person.id)
    return person


async def admin(dars: Dars) -> Person:
    person = await dars.people.join("Boss", language_code="en", id=ADMIN)
    return await introduce(dars, person, "en")
    return person


async def send(dars: Dars, person: Person, content: str | bytes, name: str = "mine.yaml") -> str:
    raw = content.encode() if isinstance(content, str) else content
    await person.sends_document(name, raw)
    await dars.settled()
    return person.last.text


async def count(dars: Dars, condition: str = "true") -> int:
    number: int = await dars.value(
        f"select count(*) from problems where origin = 'teacher' and {condition}"
    )
    return number


async def waiting(dars: Dars) -> int:
    number: int = await dars.value("select count(*) from problem_proposals")
    return number


async def test_problems_go_from_a_file_over_an_admin_to_the_students(dars: Dars) -> None:
    boss, salma = await admin(dars), await teacher(dars)
    await say(dars, salma, "/problems")
    assert "YAML or CSV" in salma.last.text
    await tap(dars, salma, "library.template:yaml")
    assert salma.last.file_name == "problems.yaml"
    filled_in = await salma.downloads(salma.last)
    assert "nothing wrong" in await send(dars, salma, filled_in)
    assert await waiting(dars) > 0 == await count(dars)
    assert "Salma" in boss.last.text
    await tap(dars, boss, "library.look")
    assert "{" not in boss.last.text, "a template is shown with numbers"
    assert "Answer:" in boss.last.text
    await tap(dars, boss, "library.approve")
    assert "Approved" in boss.last.text
    assert "approved" in salma.last.text
    assert (await waiting(dars), await count(dars)) == (0, 2)
    audited = await dars.value("select after from audit_logs where action = 'problems_approved'")
    assert SLUG in audited


async def test_a_csv_does_as_well(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    await tap(dars, salma, "library.template:csv")
    assert salma.last.file_name == "problems.csv"
    assert "nothing wrong" in await send(dars, salma, template_file("csv"), "mine.csv")
    assert await waiting(dars) > 0


async def test_what_is_wrong_is_told_by_line_and_nothing_is_kept(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    told = await send(dars, salma, WRONG_TWICE)
    lines = [number for number, line in enumerate(WRONG_TWICE.splitlines(), 1) if "hins:" in line]
    assert f"Line {lines[0]}:" in told
    assert "mine.yaml" in told
    assert await count(dars) == 0
    assert "nothing wrong" in await send(dars, salma, MINE), "it can be sent again at once"


async def test_a_long_report_is_a_file_of_its_own(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    broken = "problems:\n" + "".join(f"  - slug: Bad Slug {number}\n" for number in range(9))
    told = await send(dars, salma, broken)
    assert "whole list is in the file" in told
    report = (await salma.downloads(salma.last)).decode()
    assert len(report.splitlines()) > 50
    assert "Line 10" in report


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.pdf", b"%PDF-1.4"),
        ("mine.yaml", b"\xff\xfe\x00bad"),
        ("mine.yaml", b"problems: [&a [*a]]"),
        ("mine.yaml", b"!!python/object/apply:os.system ['true']"),
        ("mine.csv", b'slug,grade\n"unclosed'),
        ("../../etc/passwd", b"problems:\n"),
        ("<b>&.yaml", b"[" * 5000),
        ("empty.yaml", b"\n"),
    ],
)
async def test_a_file_that_cannot_be_used_gets_a_sentence(
    dars: Dars, name: str, content: bytes
) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    told = await send(dars, salma, content, name)
    assert "put right" in told
    assert await dars.value("select count(*) from inbox where state = 'failed'") == 0
    assert await count(dars) == 0


async def test_a_file_too_large_is_not_even_fetched(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    assert "at most" in await send(dars, salma, b"x" * 2_000_000)


async def test_problems_that_changed_meanwhile_are_not_approved_unseen(dars: Dars) -> None:
    boss, salma = await admin(dars), await teacher(dars)
    await say(dars, salma, "/problems")
    await send(dars, salma, MINE)
    await tap(dars, boss, "library.look")
    await say(dars, salma, "/problems")
    await send(dars, salma, MINE.replace("difficulty: 1", "difficulty: 2"))
    await tap(dars, boss, "library.approve")
    assert "changed meanwhile" in boss.last.text
    assert await count(dars, "approved_at is not null") == 0
    await say(dars, boss, "/problems")
    await tap(dars, boss, "library.waiting")
    await tap(dars, boss, "library.look")
    await tap(dars, boss, "library.refuse")
    assert "Sent back" in boss.last.text
    assert "not approved" in salma.last.text
    assert await count(dars) == 0


async def test_a_slug_of_somebody_else_is_taken(dars: Dars) -> None:
    salma, karim = await teacher(dars), await teacher(dars, "Karim")
    for person in (salma, karim):
        await say(dars, person, "/problems")
    await send(dars, salma, MINE)
    line = next(n for n, one in enumerate(MINE.splitlines(), 1) if "slug:" in one)
    told = await send(dars, karim, MINE)
    assert f"Line {line}: slug: the name belongs to a problem of somebody else" in told
    owners = await dars.value("select count(distinct owner_id) from problem_proposals")
    assert owners == 1


async def test_an_admins_own_problems_wait_for_nobody(dars: Dars) -> None:
    boss = await admin(dars)
    await say(dars, boss, "/problems")
    assert "Students get them from now on" in await send(dars, boss, MINE)
    assert await count(dars, "approved_at is null") == 0


async def test_a_student_adds_nothing(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/problems")
    await send(dars, rafi, MINE)
    assert await count(dars) == 0


async def test_at_the_step_a_text_asks_for_the_file_and_cancel_leaves(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/problems")
    assert "/cancel" in await say(dars, salma, "here they are")
    await say(dars, salma, "/cancel")
    await send(dars, salma, MINE)
    assert await count(dars) == 0


async def test_a_teacher_takes_their_problems_away_and_what_waits_goes_with_them(
    dars: Dars,
) -> None:
    boss, salma = await admin(dars), await teacher(dars)
    await say(dars, salma, "/problems")
    await send(dars, salma, MINE)
    await tap(dars, boss, "library.look")
    await tap(dars, boss, "library.approve")
    live = await count(dars)
    await say(dars, salma, "/problems")
    await send(
        dars, salma, MINE.replace(SLUG, f"{SLUG}-again").replace("library has", "school has")
    )
    assert await waiting(dars) == 1
    await say(dars, salma, "/export")
    kept = json.loads(await salma.downloads(salma.last))
    written = [one["waits"] for one in kept["problems_written"]]
    assert sorted(written) == [False] * live + [True]
    await say(dars, salma, "/delete_me")
    await tap(dars, salma, "account.erase:again")
    await tap(dars, salma, "account.erase:delete")
    assert await count(dars, "owner_id is null") == await count(dars) == live


async def test_a_change_waits_while_students_keep_what_was_approved(dars: Dars) -> None:
    boss, salma = await admin(dars), await teacher(dars)
    await say(dars, salma, "/problems")
    await send(dars, salma, MINE)
    await tap(dars, boss, "library.look")
    await tap(dars, boss, "library.approve")
    approved = await dars.rows("select slug, difficulty from problems where origin = 'teacher'")
    await say(dars, salma, "/problems")
    told = await send(dars, salma, MINE.replace("difficulty: 1", "difficulty: 2"))
    assert "as it was before" in told, "the other problem did not change"
    now = await dars.rows("select slug, difficulty from problems where origin = 'teacher'")
    assert now == approved
    await tap(dars, boss, "library.look")
    await tap(dars, boss, "library.refuse")
    now = await dars.rows("select slug, difficulty from problems where origin = 'teacher'")
    assert now == approved, "sending a change back leaves what was approved"


async def test_an_admin_reads_a_problem_in_both_languages(dars: Dars) -> None:
    boss, salma = await admin(dars), await teacher(dars)
    await say(dars, salma, "/problems")
    await send(dars, salma, MINE)
    await tap(dars, boss, "library.look")
    assert not BENGALI.search(boss.last.text)
    await boss.presses("বাংলা")
    await dars.settled()
    assert BENGALI.search(boss.last.text)
    await boss.presses("Next ▶️")
    await dars.settled()
    assert "problem 2 of 2" in boss.last.text
    assert BENGALI.search(boss.last.text), "the language stays over the pages"


async def test_what_a_student_reports_an_admin_withdraws(dars: Dars) -> None:
    boss, rafi = await admin(dars), await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.report")
    await tap(dars, boss, "library.withdraw")
    withdrawn = await dars.rows("select slug from problems where withdrawn_at is not null")
    assert len(withdrawn) == 1
    await tap(dars, boss, "library.withdraw")
    assert "decided or changed meanwhile" in boss.last.text
    await answer_right(dars, rafi)
    assert "Problem 2 of 5" in rafi.last.text, "who has it open may finish it"
    assert await dars.value("select count(*) from audit_logs where action = 'problem_withdrawn'")
