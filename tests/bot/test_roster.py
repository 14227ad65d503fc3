"""The people of a class: roles, dropping, restoring, files in and out."""

import csv
import io

import pytest

from localchat.people import Person
from tests.bot.classes import make_class, people_in, student, teacher
from tests.bot.conftest import Dars
from tests.bot.test_contributions import send
from tests.bot.test_story import button, register, say, tap, tap_route


async def open_roster(dars: Dars, person: Person) -> None:
    await say(dars, person, "/classes")
    await tap(dars, person, "courses.card")
    await tap(dars, person, "roster.page")


async def press(dars: Dars, person: Person, label: str) -> str:
    await person.presses(label)
    await dars.settled()
    return person.last.text


async def import_step(dars: Dars, person: Person) -> None:
    await open_roster(dars, person)
    await tap(dars, person, "roster.send")


async def test_a_student_is_made_assistant_dropped_and_taken_back(dars: Dars) -> None:
    salma = await teacher(dars)
    rafi = await student(dars, "Rafi", await make_class(dars, salma))
    await open_roster(dars, salma)
    assert "1 student" in salma.last.text
    await press(dars, salma, "Rafi")
    await press(dars, salma, "Make an assistant")
    assert await people_in(dars) == {"Rafi": "ta"}
    assert "assistant in Programming" in rafi.last.text
    await press(dars, salma, "Drop")
    assert await people_in(dars) == {"Rafi": "ta"}, "it was only asked"
    await press(dars, salma, "Yes, drop")
    assert await people_in(dars) == {"Rafi": "(ta)"}
    assert "not in Programming any more" in rafi.last.text
    assert "no class yet" in await say(dars, rafi, "/classes")
    await press(dars, salma, "Take back")
    assert await people_in(dars) == {"Rafi": "ta"}
    await tap(dars, salma, "roster.page")
    assert "Rafi · assistant" in salma.last.buttons
    audited = await dars.rows(
        "select action from audit_logs where action like 'member%' order by id"
    )
    assert [one["action"] for one in audited] == [
        "member_role_changed",
        "member_dropped",
        "member_restored",
    ]


async def test_an_act_pressed_twice_is_told_once(dars: Dars) -> None:
    salma = await teacher(dars)
    rafi = await student(dars, "Rafi", await make_class(dars, salma))
    await open_roster(dars, salma)
    await press(dars, salma, "Rafi")
    data = button(salma, "roster.make")
    await salma.presses_data(data)
    await salma.presses_data(data)
    await dars.settled()
    told = [one for one in rafi.messages if "now" in one.text]
    assert len(told) == 1


async def test_a_co_teacher_teaches_but_does_not_decide_who_teaches(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    karim, rafi = await student(dars, "Karim", code), await student(dars, "Rafi", code)
    await open_roster(dars, salma)
    await press(dars, salma, "Karim")
    await press(dars, salma, "Make a teacher here")
    assert "teach Programming" in karim.last.text
    await open_roster(dars, karim)
    await press(dars, karim, "Karim · teacher")
    acts = {data.partition(":")[0] for data in karim.last.buttons.values()}
    assert acts == {"roster.page"}, "not about themselves either"
    await tap(dars, karim, "roster.page")
    await press(dars, karim, "Rafi")
    assert "Make a teacher here" not in karim.last.buttons
    await press(dars, karim, "Make an assistant")
    assert await people_in(dars) == {"Karim": "teacher", "Rafi": "ta"}
    await say(dars, rafi, "/classes")
    await tap(dars, rafi, "courses.card")
    routes = {data.partition(":")[0] for data in rafi.last.buttons.values()}
    assert routes == {"content.modules", "roster.page", "courses.leave", "courses.list"}
    await tap(dars, rafi, "roster.page")
    assert "roster.take" not in str(rafi.last.buttons), "an assistant looks, and no more"


async def test_people_come_in_pages_of_eight_those_who_teach_first(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await dars.rows(
        "with p as (insert into users (telegram_id, full_name)"
        " select 9000 + n, 'Pupil ' || chr(64 + n) from generate_series(1, 18) n returning id,"
        " full_name) insert into enrollments (user_id, class_id, role, status)"
        " select p.id, c.id,"
        " case p.full_name when 'Pupil R' then 'ta' else 'student' end::enrollment_role,"
        " case p.full_name when 'Pupil A' then 'dropped' else 'active' end::enrollment_status"
        " from p, classes c"
    )
    await open_roster(dars, salma)
    seen = []
    while True:
        seen += [label for label in salma.last.buttons if "Pupil" in label]
        if "Next ▶️" not in salma.last.buttons:
            break
        await press(dars, salma, "Next ▶️")
    assert len(seen) == len(set(seen)) == 18
    assert seen[:2] == ["Pupil R · assistant", "Pupil B"]
    assert seen[-1] == "Pupil A · dropped"
    assert "16 students" in salma.last.text


async def test_the_class_comes_as_a_file_that_no_spreadsheet_reckons_with(dars: Dars) -> None:
    salma = await teacher(dars)
    rafi = await student(dars, "Rafi", await make_class(dars, salma))
    await dars.rows(
        "update users set full_name = '=1+1', username = 'rafi' where telegram_id = $1", rafi.id
    )
    await open_roster(dars, salma)
    await tap(dars, salma, "roster.take")
    content = await salma.downloads(salma.last)
    assert content.startswith(b"\xef\xbb\xbf")
    header, row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert header == ["name", "username", "telegram_id", "role", "status", "joined"]
    assert row[:5] == ["'=1+1", "rafi", str(rafi.id), "student", "active"]
    await tap(dars, salma, "roster.send")
    told = await send(dars, salma, content, "class.csv")
    assert "0 people were taken in" in told
    assert "1 was there already" in told


async def test_a_file_takes_in_whom_the_bot_knows_and_names_the_others(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi, mina = await student(dars, "Rafi", code), await register(dars, "Mina", "en")
    tuli = await register(dars, "Tuli", "bn")
    await dars.rows("update users set username = 'Tuli_1' where telegram_id = $1", tuli.id)
    await dars.rows(
        "update enrollments set status = 'dropped', dropped_by = (select owner_id from classes)"
    )
    await import_step(dars, salma)
    told = await send(
        dars,
        salma,
        f"telegram_id;role;username\n{rafi.id};;\n{mina.id};TA;\n;;@tuli_1\n;;@nobody_here\n"
        f"424242;;\n{salma.id};;\n",
        "class.csv",
    )
    assert await people_in(dars) == {"Mina": "ta", "Rafi": "student", "Tuli": "student"}
    assert "3 people were taken in" in told
    assert "Line 5: @nobody_here" in told
    assert "Line 6: 424242" in told
    assert f"start=c_{code}" in told
    assert "taken into the class Programming" in rafi.last.text
    assert "ক্লাসে নেওয়া হয়েছে" in tuli.last.text


async def test_a_user_name_that_went_to_another_person_means_that_person(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    before, now = await register(dars, "Before", "en"), await register(dars, "Now", "en")
    for person in (before, now):
        await dars.rows("update users set username = 'tuli' where telegram_id = $1", person.id)
    await import_step(dars, salma)
    assert "1 person was taken in" in await send(dars, salma, "username\ntuli\n", "class.csv")
    assert await people_in(dars) == {"Now": "student"}


async def test_a_file_with_a_fault_takes_in_nobody(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    mina = await register(dars, "Mina", "en")
    await import_step(dars, salma)
    told = await send(dars, salma, f"telegram_id,role\n{mina.id},\n77,boss\n12x,\n", "class.csv")
    assert "2 things have to be put right" in told
    assert "Line 3: boss is not a role" in told
    assert "Line 4: 12x is not a Telegram id" in told
    assert await people_in(dars) == {}
    assert "1 person was taken in" in await send(dars, salma, f"id\n{mina.id}\n", "class.csv")


async def test_a_long_report_is_a_file_of_its_own(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await import_step(dars, salma)
    rows = "".join(f"{number}x\n" for number in range(30))
    assert "whole list is in the file" in await send(dars, salma, f"id\n{rows}", "class.csv")
    report = (await salma.downloads(salma.last)).decode()
    assert len(report.splitlines()) == 30
    unknown = "".join(f"{number}\n" for number in range(1000, 1030))
    await send(dars, salma, f"id\n{unknown}", "class.csv")
    assert "1029" in (await salma.downloads(salma.last)).decode()


async def test_a_co_teachers_file_changes_nobody_who_teaches(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    karim, mina = await student(dars, "Karim", code), await register(dars, "Mina", "en")
    await dars.rows("update enrollments set role = 'teacher'")
    await import_step(dars, karim)
    told = await send(dars, karim, f"id,role\n{mina.id},teacher\n{karim.id},student\n", "c.csv")
    assert "Line 2" in told
    assert "Line 3" in told
    assert await people_in(dars) == {"Karim": "teacher"}
    await import_step(dars, salma)
    await send(dars, salma, f"id,role\n{mina.id},teacher\n{karim.id},student\n", "c.csv")
    assert await people_in(dars) == {"Karim": "student", "Mina": "teacher"}


@pytest.mark.parametrize("content", [b"", b"\xff\xff", b"name\nRafi\n", b"%PDF-1.4"])
async def test_a_file_of_another_kind_gets_a_sentence(dars: Dars, content: bytes) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await import_step(dars, salma)
    assert "put right" in await send(dars, salma, content or b"\n", "class.csv")
    assert await dars.value("select count(*) from inbox where state = 'failed'") == 0


async def test_at_the_step_a_text_asks_for_the_file_and_cancel_leaves(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    mina = await register(dars, "Mina", "en")
    await import_step(dars, salma)
    assert "/cancel" in await say(dars, salma, "here they are")
    await say(dars, salma, "/cancel")
    await send(dars, salma, f"id\n{mina.id}\n", "class.csv")
    assert await people_in(dars) == {}


async def test_a_file_too_large_is_not_even_fetched(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await import_step(dars, salma)
    assert "at most" in await send(dars, salma, b"x" * 300_000, "class.csv")


async def test_a_class_outlives_its_owners_account(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    karim, rafi = await student(dars, "Karim", code), await student(dars, "Rafi", code)
    await dars.rows(
        "update enrollments set role = 'teacher' where user_id ="
        " (select id from users where telegram_id = $1)",
        karim.id,
    )
    await say(dars, salma, "/delete_me")
    await tap(dars, salma, "account.erase:again")
    await tap(dars, salma, "account.erase:delete")
    assert await people_in(dars) == {"Karim": "teacher", "Rafi": "student"}
    await open_roster(dars, karim)
    await press(dars, karim, "Rafi")
    await press(dars, karim, "Drop")
    await press(dars, karim, "Yes, drop")
    assert await people_in(dars) == {"Karim": "teacher", "Rafi": "(student)"}
    assert "not in Programming any more" in rafi.last.text
    await press(dars, karim, "Take back")
    await press(dars, karim, "Make a teacher here")
    assert await people_in(dars) == {"Karim": "teacher", "Rafi": "teacher"}


async def test_a_page_that_is_no_more_leads_to_the_first(dars: Dars) -> None:
    salma = await teacher(dars)
    await student(dars, "Rafi", await make_class(dars, salma))
    await open_roster(dars, salma)
    await press(dars, salma, "Rafi")
    first = button(salma, "roster.page")
    await tap_route(dars, salma, f"{first.removesuffix('.0')}.7")
    assert "Rafi" in salma.last.buttons
    await tap_route(dars, salma, "courses.list:7")
    assert "🏫 Programming · 1" in salma.last.buttons


async def test_an_erased_student_is_in_no_class(dars: Dars) -> None:
    salma = await teacher(dars)
    rafi = await student(dars, "Rafi", await make_class(dars, salma))
    await say(dars, rafi, "/export")
    assert b"enrollments" in await rafi.downloads(rafi.last)
    await say(dars, rafi, "/delete_me")
    await tap(dars, rafi, "account.erase:again")
    await tap(dars, rafi, "account.erase:delete")
    assert await people_in(dars) == {}
    await open_roster(dars, salma)
    assert "0 students" in salma.last.text
