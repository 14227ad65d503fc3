"""The calendar: what is ahead, what people add to it, and what becomes of that."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from bot.routes import short
from db.repositories import calendar as calendar_statements
from db.statements import Statement
from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import register, say, tap, tap_route
from tests.bot.test_student_work import Campus, campus

DAY = timedelta(days=1)


async def press(dars: Dars, person: Person, label: str) -> str:
    await person.presses(label)
    await dars.settled()
    return person.last.text


async def add_meeting(dars: Dars, place: Campus, when: str, title: str = "Lecture") -> UUID:
    """By the teacher, from the class's card; once, unless the words say otherwise."""
    await tap_route(dars, place.salma, f"courses.card:{short(place.class_id)}")
    await tap(dars, place.salma, "calendar.new")
    await say(dars, place.salma, title)
    await say(dars, place.salma, when)
    if "every" in when:
        await tap(dars, place.salma, "calendar.weeks:4")
    await tap(dars, place.salma, "calendar.save")
    made: UUID = await dars.value("select id from calendar_events order by id desc limit 1")
    return made


async def test_nothing_is_ahead_at_first(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    assert "Nothing in the next two weeks" in await say(dars, rafi, "/calendar")


async def test_a_student_sees_what_is_due_and_what_is_handed_in(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    now = dars.clock.now
    first, problem = await place.homework(called="First", due=now + DAY)
    work = place.school.assignment
    await work(place.class_id, "Second", due=now + 3 * DAY)
    await work(place.class_id, "Draft", due=now + DAY, published=False)
    await work(place.class_id, "Unopened", due=now + 4 * DAY, release=now + DAY)
    await work(place.class_id, "Too far", due=now + 15 * DAY)
    await work(place.class_id, "Over", due=now - DAY)
    told = await say(dars, rafi, "/calendar")
    assert "Up next: 📝 First, due tomorrow at 6 pm" in told
    assert "Tomorrow, Monday, 23 November\n📝 First (Programming): due 6:00 pm" in told
    assert "Wednesday, 25 November\n📝 Second (Programming): due 6:00 pm · not handed in" in told
    for hidden in ("Draft", "Unopened", "Too far", "Over"):
        assert hidden not in told
    await hand_in(dars, rafi, problem)
    told = await say(dars, rafi, "/calendar")
    assert "Up next: 📝 Second, due on Wednesday, 25 November at 6 pm" in told
    assert "📝 First (Programming): due 6:00 pm · ✅ handed in" in told
    await tap(dars, rafi, f"submissions.assignment:{short(first)}")
    assert "First" in rafi.last.text


async def hand_in(dars: Dars, person: Person, problem: UUID) -> None:
    user = await dars.value("select id from users where telegram_id = $1", person.id)
    await dars.rows(
        "insert into submission_attempts (type, student_id, assignment_problem_id,"
        " attempt_number, code_blob_ref, code_size, language, created_at)"
        " values ('final_submission', $1, $2, 1, $3, 8, 'python', $4)",
        user, problem, f"people/{user}/code/one", dars.clock.now,
    )  # fmt: skip


async def test_a_teacher_sees_what_they_set_and_an_exam_with_its_window(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    now = dars.clock.now
    exam, _ = await place.homework(
        mode="exam", config={"time_limit_mins": 90}, called="Midterm",
        release=now + DAY, due=now + 2 * DAY,
    )  # fmt: skip
    told = await say(dars, place.salma, "/calendar")
    line = "⏱ Midterm (Programming): exam, until 6:00 pm"
    assert f"{line} · opens Monday, 23 November, 6:00 pm · 90 minutes" in told
    assert "handed in" not in told
    await tap(dars, place.salma, f"content.item:{short(exam)}")
    assert "Midterm" not in await say(dars, rafi, "/calendar"), "not open yet"
    dars.clock.move(days=1, hours=1)
    assert f"{line} · 90 minutes · not handed in" in await say(dars, rafi, "/calendar")
    await tap_route(dars, rafi, f"submissions.opened:{short(exam)}")
    told = await say(dars, rafi, "/calendar")
    assert "exam, until 8:30 pm" in told, "its own clock runs now"


@pytest.mark.parametrize(
    ("language", "title", "when", "echo", "line"),
    [
        (
            "en",
            "Study <hard>",
            "tomorrow 5 pm",
            "Monday, 23 November, 5:00 pm to 6:00 pm",
            "Tomorrow, Monday, 23 November\n📌 Study <hard>: 5:00 pm to 7:00 pm",
        ),
        (
            "bn",
            "পরীক্ষার পড়া",
            "কাল বিকেল ৫টা",
            "সোমবার, ২৩ নভেম্বর, বিকেল ৫:০০ থেকে সন্ধ্যা ৬:০০",
            "আগামীকাল, সোমবার, ২৩ নভেম্বর\n📌 পরীক্ষার পড়া: বিকেল ৫:০০ থেকে সন্ধ্যা ৭:০০",
        ),
    ],
)
async def test_something_of_ones_own_is_said_back_before_it_is_kept(
    dars: Dars, language: str, title: str, when: str, echo: str, line: str
) -> None:
    rafi = await register(dars, "Rafi", language)
    await say(dars, rafi, "/calendar")
    await tap(dars, rafi, "calendar.add")
    await say(dars, rafi, title)
    assert echo in await say(dars, rafi, when)
    assert await dars.value("select count(*) from calendar_events") == 0
    await tap(dars, rafi, "calendar.length:120")
    await tap(dars, rafi, "calendar.save")
    assert title in rafi.last.text
    await tap(dars, rafi, "calendar.show")
    assert line in rafi.last.text
    row = (await dars.rows("select * from calendar_events"))[0]
    assert (row["type"], row["class_id"], row["repeats_weekly_until"]) == ("personal", None, None)
    assert row["start_time"] == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert row["end_time"] - row["start_time"] == timedelta(hours=2)


async def test_a_weekly_class_in_bengali_words_until_a_day_in_words(dars: Dars) -> None:
    place = await campus(dars)
    mim = await place.student("Mim", "bn")
    salma = place.salma
    await dars.rows("update users set language = 'bn' where telegram_id = $1", salma.id)
    await say(dars, salma, "/calendar")
    await tap(dars, salma, "calendar.add")
    await tap(dars, salma, f"calendar.new:{short(place.class_id)}")
    assert "Programming" in salma.last.text
    await say(dars, salma, "ল্যাব ক্লাস")
    told = await say(dars, salma, "প্রতি রবিবার সকাল ১০টা")
    assert "প্রতি রবিবার, সকাল ১০:০০। কবে পর্যন্ত?" in told
    assert "৪ সপ্তাহ: ২০ ডিসেম্বর পর্যন্ত" in salma.last.buttons
    told = await say(dars, salma, "২০ ডিসেম্বর")
    assert "রবিবার, ২৯ নভেম্বর, সকাল ১০:০০ থেকে সকাল ১১:০০" in told
    assert "প্রতি রবিবার, ২০ ডিসেম্বর পর্যন্ত" in told
    await tap(dars, salma, "calendar.save")
    told = await say(dars, mim, "/calendar")
    assert "রবিবার, ২৯ নভেম্বর\n🏫 ল্যাব ক্লাস (Programming): সকাল ১০:০০ থেকে সকাল ১১:০০" in told
    await tap(dars, mim, "calendar.event")
    assert "calendar.cancel" not in str(mim.last.buttons)
    assert "calendar.delete" not in str(mim.last.buttons)


async def test_one_date_falls_out_and_comes_back(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await add_meeting(dars, place, "every Monday 10 am")
    told = await say(dars, rafi, "/calendar")
    assert told.count("🏫 Lecture (Programming): 10:00 am to 11:00 am") == 2
    salma = place.salma
    await say(dars, salma, "/calendar")
    await press(dars, salma, "🏫 Lecture · 23 Nov")
    assert "every Monday until 14 December" in salma.last.text
    await tap(dars, salma, "calendar.cancel")
    assert "This one does not take place." in salma.last.text
    assert "Not on: 23 November" in salma.last.text
    told = await say(dars, rafi, "/calendar")
    assert told.count("🏫 Lecture") == 2, "once as what is next, once on its day"
    assert "Up next: 🏫 Lecture, on Monday, 30 November at 10 am" in told
    await tap(dars, salma, "calendar.restore")
    assert "Not on" not in salma.last.text
    assert "Tomorrow, Monday, 23 November\n🏫 Lecture" in await say(dars, rafi, "/calendar")


async def test_a_name_and_a_time_are_changed_for_all_weeks(dars: Dars) -> None:
    place = await campus(dars)
    rafi, salma = await place.student(), place.salma
    event = await add_meeting(dars, place, "every Monday 10 am")
    await tap_route(dars, salma, f"calendar.cancel:{short(event)}.2026-11-30")
    await tap_route(dars, salma, f"calendar.retitle:{short(event)}")
    assert "The name is changed" in await say(dars, salma, "Lab")
    await tap(dars, salma, "calendar.retime")
    assert "this time" in await say(dars, salma, "Monday 4:30 pm")
    await press(dars, salma, "Monday, 23 November, 4:30 pm")
    assert "The time is changed" in salma.last.text
    told = await say(dars, rafi, "/calendar")
    assert "Monday, 23 November\n🏫 Lab (Programming): 4:30 pm to 5:30 pm" in told
    assert "30 November" not in told, "what fell out still does"
    await tap_route(dars, salma, f"calendar.retime:{short(event)}")
    await say(dars, salma, "tuesday 4 pm")
    await tap(dars, salma, "calendar.set_time")
    assert await dars.value("select cancelled_dates from calendar_events") == "[]"
    assert "Tuesday, 1 December\n🏫 Lab" in await say(dars, rafi, "/calendar")


async def test_deleting_is_asked_once_and_only_those_who_teach_may(dars: Dars) -> None:
    place = await campus(dars)
    rafi, salma = await place.student(), place.salma
    event = await add_meeting(dars, place, "tomorrow 10 am")
    await tap_route(dars, rafi, f"calendar.delete_now:{short(event)}")
    await dars.rows("update enrollments set role = 'ta'")
    await tap_route(dars, rafi, f"calendar.delete_now:{short(event)}")
    assert await dars.value("select count(*) from calendar_events") == 1
    await tap_route(dars, salma, f"calendar.event:{short(event)}")
    await tap(dars, salma, "calendar.delete")
    assert await dars.value("select count(*) from calendar_events") == 1
    await tap(dars, salma, "calendar.delete_now")
    assert "Lecture is deleted" in salma.last.text
    assert await dars.value("select count(*) from calendar_events") == 0
    assert "Nothing in the next two weeks" in await say(dars, rafi, "/calendar")


async def test_a_time_that_may_be_two_is_asked_back(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/calendar")
    await tap(dars, rafi, "calendar.add")
    await say(dars, rafi, "Chess")
    assert "At what time?" in await say(dars, rafi, "tomorrow")
    assert "which time is meant" in await say(dars, rafi, "tomorrow 5")
    assert "5:00 pm to 6:00 pm" in await press(dars, rafi, "Monday, 23 November, 5:00 pm")
    told = await say(dars, rafi, "wednesday 8 pm")
    assert "Wednesday, 25 November, 8:00 pm to 9:00 pm" in told, "another time may just be written"
    await tap(dars, rafi, "calendar.weekly")
    assert "does not work as a last day" in await say(dars, rafi, "today")
    assert "does not work as a last day" in await say(dars, rafi, "in 60 weeks")
    await tap(dars, rafi, "calendar.once")
    await tap(dars, rafi, "calendar.save")
    assert await dars.value("select repeats_weekly_until is null from calendar_events")


async def test_who_teaches_many_classes_may_add_a_meeting_to_each(dars: Dars) -> None:
    place = await campus(dars)
    await dars.rows(
        "insert into classes (owner_id, name, join_code)"
        " select owner_id, 'Batch ' || n, 'ABC' || translate((100 + n)::text, '01', 'XY')"
        " from classes, generate_series(1, 25) n"
    )
    await say(dars, place.salma, "/calendar")
    await tap(dars, place.salma, "calendar.add")
    assert len([one for one in place.salma.last.buttons if "Batch" in one]) == 25


async def test_a_weekly_draft_that_gets_another_time_stays_weekly(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await tap_route(dars, rafi, "calendar.new")
    await say(dars, rafi, "Chess")
    await say(dars, rafi, "every monday 5 pm")
    await say(dars, rafi, "25 December")
    await tap(dars, rafi, "calendar.length:90")
    told = await say(dars, rafi, "wednesday 8 pm")
    assert "Wednesday, 25 November, 8:00 pm to 9:30 pm" in told
    assert "every Wednesday until 25 December" in told
    await say(dars, rafi, "thursday 8")
    told = await press(dars, rafi, "Thursday, 26 November, 8:00 am")
    assert "8:00 am to 9:30 am" in told
    assert "every Thursday until 25 December" in told
    told = await say(dars, rafi, "28 December 8 pm")
    assert "every" not in told.casefold().split("is that right")[0], "that is after its last day"


async def test_a_button_of_an_event_that_was_kept_already_does_nothing(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await tap_route(dars, rafi, "calendar.new")
    await say(dars, rafi, "Chess")
    await say(dars, rafi, "tomorrow 5 pm")
    for route in ("calendar.save", "calendar.save", "calendar.length:30", "calendar.weekly"):
        await tap_route(dars, rafi, route)
    assert await dars.value("select count(*) from calendar_events") == 1


async def test_whoever_stops_teaching_while_they_add_a_meeting_adds_none(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    await tap_route(dars, salma, f"calendar.new:{short(place.class_id)}")
    await say(dars, salma, "Lecture")
    await say(dars, salma, "tomorrow 5 pm")
    await dars.rows("update classes set owner_id = null")
    await tap(dars, salma, "calendar.save")
    assert "That is not there any more" in salma.last.text
    assert await dars.value("select count(*) from calendar_events") == 0


async def test_an_archived_class_has_no_meetings_and_takes_none(dars: Dars) -> None:
    place = await campus(dars)
    await add_meeting(dars, place, "tomorrow 10 am")
    await dars.rows("update classes set is_archived = true")
    assert "Nothing in the next" in await say(dars, place.salma, "/calendar")
    await tap_route(dars, place.salma, f"calendar.new:{short(place.class_id)}")
    assert "archived" in place.salma.last.text


async def test_everybody_reads_times_on_their_own_clock_over_a_change_of_it(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await dars.rows(
        "update users set timezone = 'America/New_York' where telegram_id = $1", rafi.id
    )
    dars.clock.now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    # Clocks go back in New York on the first of November, and never in Dhaka.
    await add_meeting(dars, place, "every Sunday 10 pm")
    told = await say(dars, rafi, "/calendar")
    assert "Tomorrow, Sunday, 25 October\n🏫 Lecture (Programming): 12:00 pm to 1:00 pm" in told
    assert "Sunday, 1 November\n🏫 Lecture (Programming): 11:00 am to 12:00 pm" in told


async def test_what_goes_on_is_not_next_and_stands_under_today(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    user = await dars.value("select id from users where telegram_id = $1", rafi.id)
    for title, start, end in (("Camp", -30, 30), ("Chess", 2, 3), ("Over", -3, -1)):
        await dars.rows(
            "insert into calendar_events (owner_id, title, start_time, end_time, type, timezone)"
            " values ($1, $2, $3, $4, 'personal', 'Asia/Dhaka')",
            user,
            title,
            dars.clock.now + timedelta(hours=start),
            dars.clock.now + timedelta(hours=end),
        )
    told = await say(dars, rafi, "/calendar")
    assert "Up next: 📌 Chess, today at 8 pm" in told
    camp = "Saturday, 21 November, 12:00 pm to Tuesday, 24 November, 12:00 am"
    assert f"Today, Sunday, 22 November\n📌 Camp: {camp}\n📌 Chess: 8:00 pm" in told
    assert "Over" not in told


async def test_nobody_sees_what_another_plans_or_another_class_does(dars: Dars) -> None:
    place = await campus(dars)
    rafi, nabil = await place.student("Rafi"), await register(dars, "Nabil", "en")
    await add_meeting(dars, place, "tomorrow 10 am")
    await tap_route(dars, nabil, "calendar.new")
    await say(dars, nabil, "Secret plan")
    await say(dars, nabil, "tomorrow 11 am")
    await tap(dars, nabil, "calendar.save")
    assert "Secret plan" not in await say(dars, rafi, "/calendar")
    assert "Lecture" not in await say(dars, nabil, "/calendar")
    await dars.rows("update enrollments set status = 'dropped'")
    assert "Nothing in the next two weeks" in await say(dars, rafi, "/calendar")


async def test_there_is_an_end_to_what_one_person_keeps(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.calendar.events.MOST", 1)
    rafi = await register(dars, "Rafi", "en")
    for title in ("One", "Two"):
        await tap_route(dars, rafi, "calendar.new")
        await say(dars, rafi, title)
        await say(dars, rafi, "tomorrow 11 am")
        await tap(dars, rafi, "calendar.save")
    assert "no room for more" in rafi.last.text
    assert await dars.value("select count(*) from calendar_events") == 1


async def test_pages_hold_what_is_many(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    for number in range(1, 12):
        due = dars.clock.now + timedelta(days=number)
        await place.school.assignment(place.class_id, f"Work {number}", due=due)
    told = await say(dars, rafi, "/calendar")
    assert "Work 8 " in told
    assert "Work 9 " not in told
    await tap(dars, rafi, "calendar.show:1")
    assert "Work 9 " in rafi.last.text
    assert "Up next" not in rafi.last.text


async def test_the_file_holds_the_year(dars: Dars) -> None:
    place = await campus(dars)
    mim = await place.student("Mim", "bn")
    event = await add_meeting(dars, place, "every Monday 10 am", "ল্যাব ক্লাস")
    await tap_route(dars, place.salma, f"calendar.cancel:{short(event)}.2026-11-30")
    item = await place.school.assignment(place.class_id, "বাড়ির কাজ", due=dars.clock.now + 300 * DAY)
    await place.school.assignment(place.class_id, "Later", due=dars.clock.now + 400 * DAY)
    await say(dars, mim, "/calendar")
    await tap(dars, mim, "calendar.file")
    assert mim.last.file_name == "dars.ics"
    content = await mim.downloads(mim.last)
    found: dict[Any, Any] = {one["UID"]: one for one in Calendar.from_ical(content).walk("VEVENT")}
    assert found.keys() == {f"event-{event}@dars", f"due-{item}@dars"}
    assert found[f"due-{item}@dars"]["SUMMARY"] == "শেষ সময়: বাড়ির কাজ"
    assert found[f"event-{event}@dars"]["SUMMARY"] == "ল্যাব ক্লাস"
    assert b"RRULE:FREQ=WEEKLY" in content
    assert b"EXDATE;TZID=Asia/Dhaka:20261130T100000" in content


async def test_an_empty_calendar_makes_no_file(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/calendar")
    await tap(dars, rafi, "calendar.file")
    assert "Nothing in the next two weeks" in rafi.last.text


async def test_the_agenda_is_two_statements_however_much_there_is(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await add_meeting(dars, place, "every Monday 10 am")
    for number in range(1, 12):
        due = dars.clock.now + timedelta(days=number)
        await place.school.assignment(place.class_id, f"Work {number}", due=due)
    mine = {
        id(value): name
        for name, value in vars(calendar_statements).items()
        if isinstance(value, Statement)
    }
    ran: Counter[str] = Counter()
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        if id(self) in mine:
            ran[mine[id(self)]] += 1
        return arguments(self, values)

    monkeypatch.setattr(Statement, "_arguments", counting)
    await say(dars, rafi, "/calendar")
    assert ran == {"DUE": 1, "EVENTS": 1}


async def test_what_one_planned_is_in_the_copy_of_ones_data(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    await add_meeting(dars, place, "tomorrow 10 am")
    await tap_route(dars, rafi, "calendar.new")
    await say(dars, rafi, "Chess")
    await say(dars, rafi, "tomorrow 11 am")
    await tap(dars, rafi, "calendar.save")
    await say(dars, rafi, "/export")
    copy = json.loads(await rafi.downloads(rafi.last))
    assert [one["title"] for one in copy["calendar"]] == ["Chess"]


async def test_help_says_what_is_waited_for(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await tap_route(dars, rafi, "calendar.new")
    assert "on one line" in await say(dars, rafi, "/help")
    await say(dars, rafi, "Chess")
    assert "every Sunday 10 am" in await say(dars, rafi, "/help")
    await say(dars, rafi, "every Friday 4 pm")
    assert "the last day" in await say(dars, rafi, "/help")
