"""A teacher builds what stands in a class, and a student reads it."""

import asyncio
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.routes import short
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars, until
from tests.bot.test_story import QUERY_IDS, pressed, say, tap, tap_route
from tests.bot.test_student_work import Campus, campus


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG")
    return made.getvalue()


PICTURE = picture()


async def modules_of(dars: Dars) -> list[str]:
    rows = await dars.rows("select title from modules order by class_id, order_index")
    return [row["title"] for row in rows]


async def items_of(dars: Dars, module: str) -> list[str]:
    rows = await dars.rows(
        "select i.title from content_items i join modules m on m.id = i.module_id"
        " where m.title = $1 order by i.order_index",
        module,
    )
    return [row["title"] for row in rows]


async def new_module(dars: Dars, person: Person, place: Campus, title: str) -> str:
    """Made in the chat; its id as buttons hold it."""
    await tap_route(dars, person, f"content.new_module:{short(place.class_id)}")
    await say(dars, person, title)
    made = await dars.value("select id from modules order by created_at desc, id desc limit 1")
    return short(made)


async def new_item(dars: Dars, person: Person, module: str, kind: str, title: str) -> str:
    """Made in the chat; its id as buttons hold it."""
    await tap_route(dars, person, f"content.new_item:{module}.{kind}")
    await say(dars, person, title)
    made = await dars.value("select id from content_items order by id desc limit 1")
    return short(made)


async def test_from_the_class_to_a_published_material_that_a_student_reads(dars: Dars) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    await tap_route(dars, salma, f"courses.card:{short(place.class_id)}")
    await tap(dars, salma, "content.modules")
    assert "📂 Week 1 · 0" in salma.last.buttons
    await tap(dars, salma, "content.new_module")
    await say(dars, salma, "  Week 2:\nLoops ")
    assert "Week 2: Loops" in salma.last.text
    assert "Draft: students see neither it" in salma.last.text
    await tap(dars, salma, "content.add")
    await salma.presses("📚 Material")
    await dars.settled()
    await say(dars, salma, "Notes on loops")
    assert "Made, as a draft." in salma.last.text
    await tap(dars, salma, "content.publish")
    assert "is empty" in salma.last.text
    await tap(dars, salma, "content.item")
    await tap(dars, salma, "content.describe")
    await say(dars, salma, "A loop **repeats**.\n\n- `for`\n- `while`")
    assert "A loop repeats." in salma.last.text
    await tap(dars, salma, "content.publish")
    assert "but its module is a draft" in salma.last.text
    await tap_route(dars, rafi, f"content.read:{short(place.class_id)}")
    assert [one for one in rafi.last.buttons if "Week" in one] == ["📂 Week 1"]
    await tap(dars, salma, "content.module")
    await tap(dars, salma, "content.publish_module")
    assert "Published: students see it." in salma.last.text
    await tap_route(dars, rafi, f"courses.card:{short(place.class_id)}")
    await tap(dars, rafi, "content.read")
    await rafi.presses("📂 Week 2: Loops")
    await dars.settled()
    await rafi.presses("📚 Notes on loops")
    await dars.settled()
    assert "A loop repeats." in rafi.last.text
    assert "• for" in rafi.last.text
    await tap(dars, rafi, "content.read_module")
    await tap(dars, rafi, "content.read")
    await tap(dars, rafi, "courses.card")


async def test_what_chat_apps_make_of_markdown_is_kept_as_markdown(dars: Dars) -> None:
    place = await campus(dars)
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "material", "Notes")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await dars.control.inject(
        BOT_ID,
        {
            "message": {
                "message_id": 9001,
                "date": 0,
                "chat": {"id": place.salma.id, "type": "private"},
                "from": {"id": place.salma.id, "is_bot": False, "first_name": "Salma"},
                "text": "😀 Be bold now\nx = 1\nSee this page",
                "entities": [
                    {"type": "bold", "offset": 6, "length": 5},
                    {"type": "pre", "offset": 15, "length": 5, "language": "python"},
                    {"type": "text_link", "offset": 25, "length": 9, "url": "https://a.bd/x(1)"},
                ],
            }
        },
    )
    await dars.settled()
    assert await dars.value("select body from materials") == (
        "😀 Be **bold** now\n\n```python\nx = 1\n```\n\nSee [this page](<https://a.bd/x(1)>)"
    )


async def test_a_long_text_grows_message_by_message_and_is_read_in_pages(dars: Dars) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, salma, module, "material", "Notes")
    for number in range(3):
        await tap_route(dars, salma, f"content.describe:{item}.more")
        await say(dars, salma, f"Part {number}. " + "Words to read. " * 200)
    await tap_route(dars, salma, f"content.publish:{item}")
    await tap_route(dars, rafi, f"content.open:{item}")
    assert "Part 0." in rafi.last.text
    read = [rafi.last.text]
    while f"content.open:{item}.{len(read)}" in str(rafi.last.buttons):
        await tap(dars, rafi, f"content.open:{item}.{len(read)}")
        read.append(rafi.last.text)
    assert len(read) > 3
    assert [text.split(".")[0][-6:] for text in read if "Part" in text] == [
        "Part 0",
        "Part 1",
        "Part 2",
    ]
    await tap_route(dars, salma, f"content.clear:{item}")
    assert "is empty" in salma.last.text, "what students read does not become nothing"
    assert await dars.value("select length(body) from materials") > 9000


async def test_files_and_photos_are_kept_sent_and_thrown_away(dars: Dars) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, salma, module, "material", "Slides")
    await tap(dars, salma, "content.files")
    await salma.sends_document("week1.pdf", b"%PDF-1", mime="application/pdf")
    await dars.settled()
    await salma.sends_photo(PICTURE)
    await dars.settled()
    assert "2 files" in salma.last.text
    rows = await dars.rows("select * from material_files order by order_index")
    assert [(row["name"], row["media_type"]) for row in rows] == [
        ("week1.pdf", "application/pdf"),
        ("photo.jpg", "image/jpeg"),
    ]
    assert all(row["storage_key"].startswith(f"classes/{place.class_id}/") for row in rows)
    await tap_route(dars, salma, f"content.publish:{item}")
    await tap_route(dars, rafi, f"content.open:{item}")
    await tap(dars, rafi, f"content.file:{short(rows[1]['id'])}")
    assert (await rafi.downloads(rafi.last)).startswith(b"\xff\xd8"), "a JPEG"
    await tap_route(dars, salma, f"content.remove_file:{short(rows[1]['id'])}")
    assert "1 file" in salma.last.text
    await stored(dars, [rows[0]["storage_key"]])
    await tap_route(dars, salma, f"content.remove_file:{short(rows[0]['id'])}")
    assert "is empty" in salma.last.text
    await tap_route(dars, salma, f"content.delete:{item}")
    await tap(dars, salma, "content.delete_now")
    await stored(dars, [])
    assert await dars.value("select count(*) from material_files") == 0


async def stored(dars: Dars, keys: list[str]) -> None:
    """Waits until these are all the objects that classes have."""
    async with asyncio.timeout(15):
        while list(await dars.parts.storage.list("classes/")) != keys:
            await asyncio.sleep(0.01)


async def test_an_eleventh_file_is_not_kept(dars: Dars) -> None:
    place = await campus(dars)
    module = short(await dars.value("select id from modules"))
    await new_item(dars, place.salma, module, "material", "Slides")
    await tap(dars, place.salma, "content.files")
    for number in range(11):
        await place.salma.sends_document(f"{number}.txt", b"x")
    await dars.settled()
    assert "There are 10 files already." in place.salma.last.text
    assert await dars.value("select count(*) from material_files") == 10
    assert len(await dars.parts.storage.list("classes/")) == 10


async def test_the_files_of_a_class_outlive_the_account_of_its_teacher(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "material", "Slides")
    await tap(dars, place.salma, "content.files")
    await place.salma.sends_document("a.txt", b"kept")
    await dars.settled()
    await tap_route(dars, place.salma, f"content.publish:{item}")
    await say(dars, place.salma, "/delete_me")
    await tap_route(dars, place.salma, "account.erase:delete")
    assert await dars.value("select owner_id from classes") is None
    await tap_route(dars, rafi, f"content.open:{item}")
    await tap(dars, rafi, "content.file")
    assert await rafi.downloads(rafi.last) == b"kept"


async def test_an_announcement_is_told_to_every_active_student_once(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    rafi, mim = await place.student(), await place.student("মীম", "bn")
    gone = await place.student("Gone")
    await dars.rows(
        "update enrollments set status = 'dropped'"
        " where user_id = (select id from users where telegram_id = $1)",
        gone.id,
    )
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, salma, module, "announcement", "No class on Thursday")
    await tap(dars, salma, "content.publish")
    assert "is empty" in salma.last.text
    await tap_route(dars, salma, f"content.describe:{item}")
    await say(dars, salma, "We meet again on *Sunday*.")
    await tap(dars, salma, "content.publish")
    assert "2 students are told at once" in salma.last.text
    assert "We meet again on Sunday." in salma.last.text
    assert not await dars.value("select is_published from content_items")
    await tap(dars, salma, "announcements.tell")
    assert "2 students are told" in salma.last.text
    for person in (rafi, mim):
        assert "No class on Thursday\nProgramming\n\nWe meet again on Sunday." in person.last.text
    assert "No class" not in gone.last.text
    await tap_route(dars, salma, f"content.unpublish:{item}")
    await tap_route(dars, salma, f"announcements.tell:{item}")
    told = [one for one in rafi.messages if "No class on Thursday" in one.text]
    assert len(told) == 1
    await tap(dars, rafi, "courses.card")
    assert "Programming" in rafi.last.text


async def test_an_announcement_waits_for_its_module(dars: Dars) -> None:
    place = await campus(dars)
    module = await new_module(dars, place.salma, place, "Week 2")
    item = await new_item(dars, place.salma, module, "announcement", "Bring a ruler")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "Tomorrow.")
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    assert "Publish the module first" in place.salma.last.text
    await tap_route(dars, place.salma, f"content.publish_module:{module}")
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    assert "is published" in place.salma.last.text


async def test_an_announcement_leaves_students_to_their_quiet_hours(dars: Dars) -> None:
    place = await campus(dars)
    await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "announcement", "Bring a ruler")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "Tomorrow.")
    dars.clock.move(hours=6)
    await tap_later(dars, place.salma, f"announcements.tell:{item}")

    async def waiting() -> bool:
        kept = await dars.value("select send_after from outbox where dedupe_key is not null")
        return bool(kept == dars.clock.now + timedelta(hours=7))

    await until(waiting)


async def test_dates_in_ordinary_words_are_said_back_and_then_kept(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, salma, module, "assignment", "Homework 1")
    await tap_route(dars, salma, f"content.dates:{item}.d")
    assert "When is Homework 1 due?" in salma.last.text
    await say(dars, salma, "whenever")
    assert "I don't understand that as a date" in salma.last.text
    await say(dars, salma, "27 November 11:59 pm")
    assert salma.last.text == "Friday, 27 November, 11:59 pm?"
    assert await dars.value("select due_date from content_items") is None
    await tap(dars, salma, "content.dates")
    await say(dars, salma, "tomorrow 6 pm")
    await salma.presses("✅ Yes")
    await dars.settled()
    assert "Due Monday, 23 November, 6:00 pm" in salma.last.text
    assert await dars.value("select due_date from content_items") == dars.clock.now + timedelta(1)
    await tap_route(dars, salma, f"content.dates:{item}.r")
    await say(dars, salma, "25 November 9 am")
    await salma.presses("✅ Yes")
    await dars.settled()
    assert "due before it opens" in salma.last.text
    await tap_route(dars, salma, f"content.set_date:{item}.d")
    assert "Date taken away." in salma.last.text
    assert await dars.value("select due_date from content_items") is None
    late = int((dars.clock.now - timedelta(hours=1)).timestamp())
    await tap_route(dars, salma, f"content.set_date:{item}.d.{late}")
    assert "That has passed already." in salma.last.text


async def test_where_two_times_may_be_meant_both_are_offered(dars: Dars) -> None:
    place = await campus(dars)
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "assignment", "Homework 1")
    await tap_route(dars, place.salma, f"content.dates:{item}.d")
    await say(dars, place.salma, "sunday 11 pm")
    choices = [one for one in place.salma.last.buttons if "11:00 pm" in one]
    assert len(choices) == 2, place.salma.last.text
    await place.salma.presses(choices[1])
    await dars.settled()
    assert "Due Sunday, 29 November, 11:00 pm" in place.salma.last.text


async def test_a_material_opens_at_its_time(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "material", "Answers")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "42")
    opens = int((dars.clock.now + timedelta(hours=1)).timestamp())
    await tap_route(dars, place.salma, f"content.set_date:{item}.r.{opens}")
    await tap_route(dars, place.salma, f"content.publish:{item}")
    assert "once it opens" in place.salma.last.text
    await tap_route(dars, rafi, f"content.open:{item}")
    assert "42" not in rafi.last.text
    await tap_route(dars, rafi, f"content.read_module:{module}")
    assert "Answers" not in str(rafi.last.buttons)
    dars.clock.move(hours=1)
    await tap_route(dars, rafi, f"content.read_module:{module}")
    assert "📚 Answers" in rafi.last.buttons
    await tap_route(dars, rafi, f"content.open:{item}")
    assert "42" in rafi.last.text


async def test_items_change_places_move_and_go(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    first = short(await dars.value("select id from modules"))
    second = await new_module(dars, salma, place, "Week 2")
    items = [await new_item(dars, salma, first, "material", one) for one in "ABC"]
    await tap_route(dars, salma, f"content.raise:{items[2]}")
    await tap_route(dars, salma, f"content.raise:{items[2]}")
    await tap_route(dars, salma, f"content.raise:{items[2]}")
    await tap_route(dars, salma, f"content.lower:{items[0]}")
    assert await items_of(dars, "Week 1") == ["C", "B", "A"]
    await tap_route(dars, salma, f"content.move:{items[2]}")
    await salma.presses("📂 Week 2")
    await dars.settled()
    assert "Moved." in salma.last.text
    await tap_route(dars, salma, f"content.move_to:{items[0]}.{second}")
    assert await items_of(dars, "Week 1") == ["B"]
    assert await items_of(dars, "Week 2") == ["C", "A"]
    await tap_route(dars, salma, f"content.delete_module_now:{second}")
    assert "not empty" in salma.last.text
    for item in (items[0], items[2]):
        await tap_route(dars, salma, f"content.delete_now:{item}")
    await tap_route(dars, salma, f"content.raise_module:{second}")
    assert await modules_of(dars) == ["Week 2", "Week 1"]
    await tap_route(dars, salma, f"content.delete_module:{second}")
    await tap(dars, salma, "content.delete_module_now")
    assert await modules_of(dars) == ["Week 1"]


async def test_two_teachers_at_once_leave_one_order(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    other = await place.student("Karim")
    await dars.rows("update enrollments set role = 'teacher'")
    module = short(await dars.value("select id from modules"))
    items = [await new_item(dars, salma, module, "material", one) for one in "ABCDE"]
    await dars.stop()
    for number in range(6):
        for person, item in ((salma, items[number % 5]), (other, items[(number + 2) % 5])):
            await tap_later(dars, person, f"content.{'raise' if number % 2 else 'lower'}:{item}")
            await tap_later(dars, person, f"content.new_item:{module}.quiz")
    await dars.start()
    await dars.settled()
    rows = await dars.rows("select title, order_index from content_items order by order_index")
    assert sorted(row["title"] for row in rows) == list("ABCDE")
    assert [row["order_index"] for row in rows] == [1, 2, 3, 4, 5]
    assert await dars.value("select count(*) from inbox where state = 'failed'") == 0


async def tap_later(dars: Dars, person: Person, data: str) -> None:
    """Presses while the bot is away, so that it finds many things at once."""
    update = pressed(person, next(QUERY_IDS), data)
    del update["update_id"]
    await dars.control.inject(BOT_ID, update)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 200, "x" * 200),
        ("ক\u09c7\u09be\n  অধ্যায়", "ক\u09cb অধ্য\u09be\u09af\u09bc"),
        ("Cafe\u0301  1\u200b", "Caf\u00e9 1"),
    ],
)
async def test_titles_are_one_line_and_composed(dars: Dars, typed: str, kept: str) -> None:
    place = await campus(dars)
    await tap_route(dars, place.salma, f"content.new_module:{short(place.class_id)}")
    await say(dars, place.salma, typed)
    assert (await modules_of(dars))[1:] == [kept]


@pytest.mark.parametrize(
    ("kind", "most"), [("assignment", 1500), ("announcement", 3500), ("quiz", 3500)]
)
async def test_a_text_too_long_is_asked_for_again(dars: Dars, kind: str, most: int) -> None:
    place = await campus(dars)
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, kind, "Something")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "x" * (most + 1))
    assert f"between 1 and {most:,} characters" in place.salma.last.text
    await say(dars, place.salma, "Cafe\u0301 " + "x" * (most - 5))
    kept = await dars.value("select description from content_items")
    assert kept == "Caf\u00e9 " + "x" * (most - 5)


async def test_a_title_too_long_is_asked_for_again(dars: Dars) -> None:
    place = await campus(dars)
    await tap_route(dars, place.salma, f"content.new_module:{short(place.class_id)}")
    await say(dars, place.salma, "x" * 201)
    assert "at most 200 characters" in place.salma.last.text
    await say(dars, place.salma, "Week 2")
    assert await modules_of(dars) == ["Week 1", "Week 2"]


async def test_the_whole_way_in_bengali(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    mim = await place.student("মীম", "bn")
    await dars.rows("update users set language = 'bn'")
    module = await new_module(dars, salma, place, "প্রথম সপ্তাহ")
    assert "তৈরি হয়েছে, আপাতত খসড়া হিসেবে।" in salma.last.text
    await new_item(dars, salma, module, "material", "লুপের নোট")
    await tap(dars, salma, "content.describe")
    await say(dars, salma, "লুপ **বারবার** চলে।\nযেমন: `for`")
    await tap(dars, salma, "content.dates")
    await say(dars, salma, "কাল সকাল ৯টা")
    assert salma.last.text == "সোমবার, ২৩ নভেম্বর, সকাল ৯:০০?"
    await salma.presses("✅ হ্যাঁ")
    await dars.settled()
    await tap(dars, salma, "content.publish")
    assert "খোলার সময়: সোমবার, ২৩ নভেম্বর, সকাল ৯:০০" in salma.last.text
    await tap_route(dars, salma, f"content.publish_module:{module}")
    dars.clock.move(days=1)
    await tap_route(dars, mim, f"content.read:{short(place.class_id)}")
    await mim.presses("📂 প্রথম সপ্তাহ")
    await dars.settled()
    await mim.presses("📚 লুপের নোট")
    await dars.settled()
    assert "লুপ বারবার চলে।\nযেমন: for" in mim.last.text


async def test_cancel_and_going_elsewhere_leave_what_was_being_typed(dars: Dars) -> None:
    place = await campus(dars)
    for leave in ("/cancel", "/classes"):
        await tap_route(dars, place.salma, f"content.new_module:{short(place.class_id)}")
        await say(dars, place.salma, leave)
        await say(dars, place.salma, "Week 2")
    await tap_route(dars, place.salma, f"content.new_module:{short(place.class_id)}")
    await tap_route(dars, place.salma, f"courses.card:{short(place.class_id)}")
    await say(dars, place.salma, "Week 2")
    assert await modules_of(dars) == ["Week 1"]


async def test_in_an_archived_class_students_read_on(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "material", "Notes")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "Kept.")
    await tap_route(dars, place.salma, f"content.publish:{item}")
    await dars.rows("update classes set is_archived = true")
    await tap_route(dars, rafi, f"content.read:{short(place.class_id)}")
    assert "archived" in rafi.last.text
    await tap_route(dars, rafi, f"content.open:{item}")
    assert "Kept." in rafi.last.text


async def test_an_assistant_looks_and_changes_nothing(dars: Dars) -> None:
    place = await campus(dars)
    karim = await place.student("Karim")
    await dars.rows("update enrollments set role = 'ta'")
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "material", "Notes")
    await tap_route(dars, karim, f"content.modules:{short(place.class_id)}")
    assert "content.new_module" not in str(karim.last.buttons)
    await tap(dars, karim, "content.module")
    await tap(dars, karim, f"content.item:{item}")
    assert "Draft" in karim.last.text
    assert "content.publish" not in str(karim.last.buttons)
    await tap(dars, karim, "content.open")
    assert "There is nothing in it yet." in karim.last.text
