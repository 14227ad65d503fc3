"""A teacher makes a class, changes it, hands its code out, archives it; two teachers keep apart."""

import pytest

from localchat.people import Person
from tests.bot.classes import code_of, make_class, payload, student, teacher
from tests.bot.conftest import Dars
from tests.bot.test_story import button, register, say, tap


async def open_class(dars: Dars, person: Person) -> None:
    await say(dars, person, "/classes")
    await tap(dars, person, "courses.card")


async def open_settings(dars: Dars, person: Person) -> None:
    await open_class(dars, person)
    await tap(dars, person, "courses.settings")


async def test_a_class_is_made_by_its_name_and_handed_out_as_code_link_and_picture(
    dars: Dars,
) -> None:
    salma = await teacher(dars)
    assert "no class yet" in await say(dars, salma, "/classes")
    await tap(dars, salma, "courses.new")
    await say(dars, salma, "  Programming   101 ")
    assert "which section" in salma.last.text
    await say(dars, salma, "Morning")
    code = await code_of(dars, "Programming 101")
    assert f"{code[:3]} {code[3:]}" in salma.last.text
    assert f"https://t.me/dars_bot?start=c_{code}" in salma.last.text
    assert (await salma.downloads(salma.last)).startswith(b"\xff\xd8")
    await tap(dars, salma, "courses.card")
    assert "Programming 101 · Morning" in salma.last.text
    assert "0 students" in salma.last.text
    audited = await dars.value("select count(*) from audit_logs where action = 'class_created'")
    assert audited == 1


async def test_in_bengali_the_teacher_is_told_in_bengali(dars: Dars) -> None:
    salma = await teacher(dars, "সালমা", "bn")
    await say(dars, salma, "/classes")
    await tap(dars, salma, "courses.new")
    await say(dars, salma, "প্রোগ্রামিং ১০১")
    await tap(dars, salma, "courses.no_section")
    assert "ক্লাস কোড" in salma.last.text
    await tap(dars, salma, "courses.card")
    assert "শিক্ষার্থী: ০ জন" in salma.last.text


@pytest.mark.parametrize("name", ["x" * 101, "\u200b\u2060", "\u200d"])
async def test_a_name_that_cannot_be_one_is_asked_for_again(dars: Dars, name: str) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/classes")
    await tap(dars, salma, "courses.new")
    assert "one line" in await say(dars, salma, name)
    assert "which section" in await say(dars, salma, "Programming")


async def test_going_elsewhere_leaves_the_name_unasked(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/classes")
    await tap(dars, salma, "courses.new")
    await say(dars, salma, "/classes")
    await say(dars, salma, "Programming")
    assert await dars.value("select count(*) from classes") == 0
    stale = button(salma, "courses.new")
    await salma.presses_data(stale)
    await dars.settled()
    await say(dars, salma, "/cancel")
    assert await dars.value("select step from conversations") is None


async def test_pressing_no_section_twice_makes_one_class(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/classes")
    await tap(dars, salma, "courses.new")
    await say(dars, salma, "Programming")
    data = button(salma, "courses.no_section")
    await salma.presses_data(data)
    await salma.presses_data(data)
    await dars.settled()
    assert await dars.value("select count(*) from classes") == 1


async def test_with_low_data_there_is_no_picture(dars: Dars) -> None:
    salma = await teacher(dars)
    await dars.rows("""update users set settings = '{"low_data": true}'""")
    await make_class(dars, salma)
    assert salma.last.photo is None
    assert "t.me/dars_bot" in salma.last.text


async def test_a_student_makes_no_class(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    assert "no class yet" in await say(dars, rafi, "/classes")
    assert "courses.new" not in rafi.last.buttons.values()


async def test_name_and_section_are_changed(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await open_settings(dars, salma)
    await tap(dars, salma, "courses.rename")
    await say(dars, salma, "Algorithms <b>")
    assert "Algorithms <b>" in salma.last.text
    await tap(dars, salma, "courses.resection")
    await say(dars, salma, "B")
    assert await dars.value("select section from classes") == "B"
    await tap(dars, salma, "courses.resection")
    await tap(dars, salma, "courses.drop_section")
    assert await dars.value("select section from classes") is None
    assert await dars.value("select name from classes") == "Algorithms <b>"


async def test_a_new_code_ends_the_old_one_at_once(dars: Dars) -> None:
    salma = await teacher(dars)
    old = await make_class(dars, salma)
    await open_settings(dars, salma)
    await tap(dars, salma, "courses.new_code")
    assert await code_of(dars, "Programming") == old, "it was only asked"
    data = button(salma, "courses.renew_code")
    await tap(dars, salma, "courses.renew_code")
    new = await code_of(dars, "Programming")
    assert new != old
    assert payload(salma) == f"c_{new}"
    await salma.presses_data(data)
    await dars.settled()
    assert await code_of(dars, "Programming") == new, "a second tap renews nothing"
    rafi = await register(dars, "Rafi", "en")
    assert "No class has this code" in await say(dars, rafi, f"/join {old}")
    assert "You are in" in await say(dars, rafi, f"/join {new}")


async def test_an_archived_class_is_looked_at_and_not_joined(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await student(dars, "Rafi", code)
    await open_settings(dars, salma)
    await tap(dars, salma, "courses.archive")
    assert not await dars.value("select is_archived from classes")
    await tap(dars, salma, "courses.archive_now")
    assert "Archived" in salma.last.text
    await open_class(dars, rafi)
    assert "Archived" in rafi.last.text
    karim = await register(dars, "Karim", "en")
    assert "is over" in await say(dars, karim, f"/join {code}")
    await tap(dars, salma, "courses.unarchive")
    assert "You are in" in await say(dars, karim, f"/join {code}")


async def test_a_student_leaves_and_comes_back_by_the_code(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await student(dars, "Rafi", code)
    await open_class(dars, rafi)
    await tap(dars, rafi, "courses.leave")
    assert await dars.value("select status from enrollments") == "active", "it was only asked"
    await tap(dars, rafi, "courses.leave_now")
    assert await dars.value("select status from enrollments") == "dropped"
    assert "no class yet" in await say(dars, rafi, "/classes")
    assert "You are in" in await say(dars, rafi, f"/join {code}")
    assert await dars.value("select status from enrollments") == "active"


async def test_an_owner_does_not_leave(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await open_class(dars, salma)
    assert not [one for one in salma.last.buttons.values() if one.startswith("courses.leave")]


async def test_a_student_sees_neither_the_code_nor_the_settings(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await student(dars, "Rafi", code)
    await open_class(dars, rafi)
    assert code[:3] not in rafi.last.text
    routes = {data.partition(":")[0] for data in rafi.last.buttons.values()}
    assert routes == {"content.read", "courses.leave", "courses.list"}


async def test_many_classes_come_in_pages_of_eight(dars: Dars) -> None:
    salma = await teacher(dars)
    codes = [f"ABCD{one}{two}" for one in "2345" for two in "6789"]
    for number, code in enumerate(codes):
        await dars.rows(
            "insert into classes (owner_id, name, join_code) select id, $1, $2 from users",
            f"Class {number:02}",
            code,
        )
    await dars.rows("update classes set is_archived = true where name = 'Class 03'")
    await say(dars, salma, "/classes")
    first = [label for label in salma.last.buttons if "Class" in label]
    await salma.presses("Next ▶️")
    await dars.settled()
    second = [label for label in salma.last.buttons if "Class" in label]
    assert "Next ▶️" not in salma.last.buttons
    assert (len(first), len(second)) == (8, 8)
    assert len({*first, *second}) == 16
    assert second[-1] == "🗄 Class 03 · 0", "archived ones come last"
    await salma.presses("◀️ Previous")
    await dars.settled()
    assert [label for label in salma.last.buttons if "Class" in label] == first


async def test_two_teachers_see_their_own_classes_only(dars: Dars) -> None:
    salma, karim = await teacher(dars, "Salma"), await teacher(dars, "Karim")
    await make_class(dars, salma, "Programming")
    await make_class(dars, karim, "Physics")
    await say(dars, salma, "/classes")
    assert "Physics" not in str(salma.last.buttons)
    await say(dars, karim, "/classes")
    assert "Programming" not in str(karim.last.buttons)
