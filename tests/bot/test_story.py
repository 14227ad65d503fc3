"""The story of the first evening: register, practise, be stopped, go on, look back."""

import itertools
import json
from datetime import timedelta
from typing import Any

import pytest

from db.unit_of_work import unit_of_work
from domain.operations import clockwork
from localchat.people import Person
from tests.bot.conftest import ADMIN, BOT_ID, Dars, until
from tests.practising import ONLY_NUMBERS

WORDS: dict[str, dict[str, Any]] = {
    "bn": {
        "language": "বাংলা",
        "class": "সপ্তম শ্রেণি",
        "digits": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
    },
    "en": {"language": "English", "class": "Class 7", "digits": {}},
}


QUERY_IDS = itertools.count(800_000_000)


async def register(dars: Dars, name: str, language: str) -> Person:
    return await introduce(dars, await dars.people.join(name, language_code=language), language)


async def introduce(dars: Dars, person: Person, language: str) -> Person:
    """A person who is in the chat registers for class 7 under their own name."""
    await person.says("/start")
    await dars.settled()
    await person.presses(WORDS[language]["language"])
    await dars.settled()
    await tap(dars, person, "register.name")
    await person.presses(WORDS[language]["class"])
    await dars.settled()
    return person


def button(person: Person, route: str) -> str:
    """The data of the newest button of a route."""
    for message in reversed(person.messages):
        for data in message.buttons.values():
            if data == route or data.startswith((f"{route}:", f"{route}.")):
                return data
    raise AssertionError(f"no button {route}\n{person.transcript()}")


async def tap(dars: Dars, person: Person, route: str) -> None:
    await person.presses_data(button(person, route))
    await dars.settled()


def pressed(person: Person, update_id: int, data: str) -> dict[str, object]:
    """A button that no message of ours ever had."""
    who = {"id": person.id, "is_bot": False, "first_name": "Rafi"}
    chat = {"id": person.id, "type": "private", "first_name": "Rafi"}
    message = {"message_id": 1, "date": 0, "chat": chat}
    query = {"id": str(update_id), "from": who, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": {**query, "message": message}}


async def tap_route(dars: Dars, person: Person, data: str) -> None:
    """Presses a button of any data, whether or not there ever was one."""
    update = pressed(person, next(QUERY_IDS), data)
    del update["update_id"]  # It takes its place among the others.
    await dars.control.inject(BOT_ID, update)
    await dars.settled()


async def say(dars: Dars, person: Person, text: str) -> str:
    await person.says(text)
    await dars.settled()
    return person.last.text


async def answer_wrong(dars: Dars, person: Person, language: str = "en") -> str:
    wrong = (await dars.waiting(person)).wrong
    return await say(dars, person, wrong.translate(WORDS[language]["digits"]))


async def answer_right(dars: Dars, person: Person, language: str = "en") -> str:
    right = await dars.answer_of_current(person)
    return await say(dars, person, right.translate(WORDS[language]["digits"]))


@pytest.mark.parametrize("language", ["bn", "en"])
async def test_a_student_registers_practises_and_sees_a_summary_and_a_streak(
    dars: Dars, language: str
) -> None:
    rafi = await register(dars, "Rafi", language)
    row = (await dars.rows("select u.language, s.grade from users u join students s on true"))[0]
    assert (row["language"], row["grade"]) == (language, 7)
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.hint")
    assert len(await dars.rows("select from practice_items where hints_shown = 1")) == 1
    await answer_wrong(dars, rafi, language)
    await answer_right(dars, rafi, language)
    await tap(dars, rafi, "practice.sure")
    await answer_right(dars, rafi, language)
    await tap(dars, rafi, "practice.skip")
    await answer_wrong(dars, rafi, language)
    await tap(dars, rafi, "practice.solution")
    await answer_right(dars, rafi, language)
    session = (await dars.rows("select * from practice_sessions"))[0]
    assert (session["status"], session["problems_correct"]) == ("completed", 3)
    tries = await dars.rows("select * from responses order by id")
    assert [one["is_correct"] for one in tries] == [False, True, True, False, True]
    assert tries[0]["hints_used"] == tries[1]["hints_used"] == 1
    assert tries[2]["confidence_level"] == "low"
    assert await dars.value("select current_streak from streaks") == 1
    for command in ("/streak", "/progress"):
        await say(dars, rafi, command)
        picture = await rafi.downloads(rafi.last)
        assert picture.startswith(b"\xff\xd8")  # Telegram keeps photos as JPEG
        assert rafi.last.text


async def test_stopped_in_mid_session_the_student_goes_on_where_they_were(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await answer_right(dars, rafi)
    question = rafi.last.text
    wrong = (await dars.waiting(rafi)).wrong
    await dars.stop()
    await rafi.says(wrong)
    await dars.start()
    await dars.settled()
    assert "practice.hint" in str(rafi.last.buttons)
    assert await dars.value("select count(*) from responses") == 2
    await tap(dars, rafi, "practice.stop")
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.resume")
    assert rafi.last.text.splitlines()[-1] in question
    for _ in range(4):
        await answer_right(dars, rafi)
    assert await dars.value("select status from practice_sessions") == "completed"


async def test_a_problem_that_was_corrected_meanwhile_is_read_anew(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    later = dars.clock() + timedelta(minutes=1)
    dars.clock.move(minutes=2)
    await dars.rows(
        "update problems set question_en = 'What is 6 × 7?', answer = '42', answer_kind = 'number',"
        " answer_form = null, unit = null, unit_required = false, answer_tolerance = null,"
        " parameters = null, conditions = null, written_at = $1"
        " where id = (select problem_id from practice_items where position = 1)",
        later,
    )
    await say(dars, rafi, "42")
    assert "corrected just now" in rafi.last.text
    assert "What is 6 × 7?" in rafi.last.text
    assert await dars.value("select count(*) from responses") == 0, "that was no try"
    await say(dars, rafi, "42")
    assert "Problem 2 of 5" in rafi.last.text


async def test_a_session_runs_out_after_thirty_minutes(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await answer_right(dars, rafi)
    dars.clock.move(minutes=31)
    late = await dars.answer_of_current(rafi)
    await say(dars, rafi, late)
    assert await dars.value("select status from practice_sessions") == "abandoned"
    assert await dars.value("select count(*) from responses") == 1
    await say(dars, rafi, "7")
    assert await dars.value("select step from conversations") is None


async def test_the_clock_closes_what_nobody_came_back_to_and_says_so_once(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    dars.clock.move(minutes=31)
    for _ in range(2):
        async with unit_of_work(dars.engine) as work:
            await clockwork.close_expired_sessions(work, BOT_ID, dars.clock())
    await dars.settled()
    assert await dars.value("select count(*) from outbox where view = 'practice.expired'") == 1
    assert await dars.value("select status from practice_sessions") == "abandoned"


async def test_in_quiet_hours_the_notice_waits_for_the_morning(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    dars.clock.move(hours=3, minutes=50)  # 21:50 in Dhaka
    await say(dars, rafi, "/practice")
    dars.clock.move(minutes=31)
    heard = len(rafi.heard)
    async with unit_of_work(dars.engine) as work:
        await clockwork.close_expired_sessions(work, BOT_ID, dars.clock())

    async def waits() -> bool:
        until_when = await dars.value(
            "select send_after from outbox where view = 'practice.expired'"
        )
        return bool((until_when - dars.clock.now).total_seconds() > 8 * 3600)

    await until(waits)
    assert len(rafi.heard) == heard
    dars.clock.move(hours=8, minutes=39)
    await dars.settled()
    assert len(rafi.heard) == heard + 1


async def test_a_button_of_an_answered_problem_changes_nothing(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    old = {route: button(rafi, f"practice.{route}") for route in ("hint", "skip", "sure")}
    await answer_right(dars, rafi)
    before = await dars.rows("select id, state, hints_shown, confidence from practice_items")
    for data in old.values():
        query = await rafi.presses_data(data)
        assert await rafi.callback_answer(query)
    await dars.settled()
    assert (
        await dars.rows("select id, state, hints_shown, confidence from practice_items") == before
    )


async def test_a_button_pressed_twice_acts_once(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    skip = button(rafi, "practice.skip")
    await rafi.presses_data(skip)
    await rafi.presses_data(skip)
    await dars.settled()
    assert await dars.value("select count(*) from practice_items where state = 'skipped'") == 1


async def test_an_update_delivered_twice_counts_once(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await answer_wrong(dars, rafi)
    payload = await dars.value("select payload from inbox order by update_id desc limit 1")
    said = await dars.value("select count(*) from outbox")
    await dars.control.inject(BOT_ID, json.loads(payload))
    await dars.settled()
    assert await dars.value("select count(*) from responses") == 1
    assert await dars.value("select count(*) from outbox") == said


async def test_two_answers_at_once_keep_their_order(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.rows(ONLY_NUMBERS)
    await say(dars, rafi, "/practice")
    for number in range(10):
        await rafi.says(str(-9000 - number))
    await dars.settled()
    tries = await dars.rows("select student_answer, try_number from responses order by try_number")
    assert [one["student_answer"] for one in tries] == [str(-9000 - n) for n in range(10)]


async def test_what_cannot_be_read_is_no_try(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    for text in ("I do not know", "3 or 4", "9" * 501, "জানি না"):
        await say(dars, rafi, text)
    assert await dars.value("select count(*) from responses") == 0
    assert await dars.value("select tries from practice_items where position = 1") == 0


async def test_what_is_not_text_gets_a_helpful_answer(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    mine = await rafi.says((await dars.waiting(rafi)).wrong)
    await dars.settled()
    heard = len(rafi.messages)
    await rafi.sends_sticker()
    await dars.settled()
    await rafi.sends_document("notes.txt", b"x", "a caption")
    await dars.settled()
    await rafi.edits(mine, "5")
    await dars.settled()
    await say(dars, rafi, "/nonsense")
    assert len([one for one in rafi.messages[heard:] if not one.out]) == 4
    assert await dars.value("select count(*) from responses") == 1


async def test_a_wrong_problem_is_reported_once_and_reaches_the_admin(dars: Dars) -> None:
    admin = await dars.people.join("Admin", language_code="en", id=ADMIN)
    await say(dars, admin, "/start")
    assert await dars.value("select role from users where telegram_id = $1", ADMIN) == "admin"
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.report")
    await tap(dars, rafi, "practice.report")
    told = [one for one in admin.messages if not one.out]
    assert len(told) == 2
    assert (
        await dars.value("select count(*) from practice_items where reported_at is not null") == 1
    )


@pytest.mark.parametrize(
    ("choose", "choice", "column", "value"),
    [
        ("language", "settings.set:language.bn", "language::text", "bn"),
        ("class", "settings.set:class.8", "grade", 8),
        ("low_data", "settings.set:low_data.on", "settings->'low_data'", "true"),
    ],
)
async def test_each_setting_is_changed_by_two_taps(
    dars: Dars, choose: str, choice: str, column: str, value: object
) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/settings")
    await rafi.presses_data(f"settings.choose:{choose}")
    await dars.settled()
    await rafi.presses_data(choice)
    await dars.settled()
    sql = f"select {column} from users join students on students.user_id = users.id"
    kept = await dars.value(sql)
    assert kept == value
    assert "settings.choose:name" in rafi.last.buttons.values()


async def test_name_and_time_zone_are_typed(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/settings")
    await tap(dars, rafi, "settings.choose:name")
    await say(dars, rafi, "  রাফি   <b>আহমেদ</b> ")
    await rafi.presses_data("settings.choose:timezone")
    await dars.settled()
    await say(dars, rafi, "Atlantis")
    await say(dars, rafi, "london")
    row = (await dars.rows("select full_name, timezone from users"))[0]
    assert (row["full_name"], row["timezone"]) == ("রাফি <b>আহমেদ</b>", "Europe/London")
    await rafi.presses_data("settings.choose:timezone")
    await dars.settled()
    await rafi.presses_data("settings.zone:Asia/Dubai")
    await dars.settled()
    assert await dars.value("select timezone from users") == "Asia/Dubai"


async def test_low_data_means_words_instead_of_pictures(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await rafi.presses_data("practice.begin")
    await dars.settled()
    await say(dars, rafi, "/settings")
    await rafi.presses_data("settings.choose:low_data")
    await dars.settled()
    await rafi.presses_data("settings.set:low_data.on")
    await dars.settled()
    for command in ("/streak", "/progress"):
        await say(dars, rafi, command)
        assert rafi.last.photo is None


async def test_a_person_takes_their_data_and_is_forgotten(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    await say(dars, rafi, "-987654")
    await say(dars, rafi, "/privacy")
    await say(dars, rafi, "/export")
    taken = json.loads(await rafi.downloads(rafi.last))
    assert taken["user"][0]["telegram_id"] == rafi.id
    assert [one["student_answer"] for one in taken["responses"]] == ["-987654"]
    await say(dars, rafi, "/delete_me")
    await tap(dars, rafi, "account.erase:again")
    stale = button(rafi, "account.erase:delete")
    await tap(dars, rafi, "account.erase:keep")
    await rafi.presses_data(stale)
    await dars.settled()
    assert await dars.value("select count(*) from users") == 1
    await say(dars, rafi, "/delete_me")
    await tap(dars, rafi, "account.erase:again")
    await tap(dars, rafi, "account.erase:delete")
    for table in (
        "users",
        "students",
        "streaks",
        "practice_sessions",
        "responses",
        "conversations",
    ):
        assert await dars.value(f"select count(*) from {table}") == 0, table
    assert await dars.value("select count(*) from inbox where payload::text like '%Rafi%'") == 0
    assert not [path for path in (dars.settings.dars_home / "objects").rglob("*") if path.is_file()]
    assert await dars.value("select count(*) from audit_logs where action = 'account_erased'") == 1
    await say(dars, rafi, "/start")
    assert await dars.value("select count(*) from users") == 1


async def test_roles_are_given_by_admins_alone(dars: Dars) -> None:
    admin = await dars.people.join("Admin", language_code="en", id=ADMIN, username="boss")
    await say(dars, admin, "/start")
    await admin.presses("English")
    await dars.settled()
    await tap(dars, admin, "register.name")
    await tap(dars, admin, "register.class:none")
    teacher = await dars.people.join("Sultana", language_code="en", username="ms_sultana")
    await say(dars, teacher, "/start")
    await say(dars, admin, "/role")
    await say(dars, admin, "/role @nobody_here")
    await say(dars, admin, "/role @MS_sultana")
    await tap(dars, admin, "operations.role:teacher")
    assert await dars.value("select role from users where username = 'ms_sultana'") == "teacher"
    assert await dars.value("select count(*) from audit_logs where action = 'role_granted'") == 2
    mine = await dars.value("select id from users where telegram_id = $1", ADMIN)
    await say(dars, admin, "/role boss")
    await tap(dars, admin, f"operations.role:student.{mine}")
    assert await dars.value("select role from users where telegram_id = $1", ADMIN) == "admin"
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, f"/role {ADMIN}")
    await say(dars, rafi, "/health")
    assert "operations.role" not in str(rafi.last.buttons)
    await say(dars, admin, "/health")
    assert {"role", "health"} <= {one["command"] for one in admin.commands}
    assert "role" not in {one["command"] for one in rafi.commands}


async def test_who_blocks_the_bot_is_left_alone_until_they_come_back(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await rafi.blocks()
    await dars.settled()
    assert await dars.value("select blocked_bot_at is not null from users")
    await rafi.unblocks()
    await say(dars, rafi, "/help")
    assert await dars.value("select blocked_bot_at is null from users")


async def test_cancel_and_help_fit_every_moment(dars: Dars) -> None:
    rafi = await dars.people.join("Rafi", language_code="en")
    for text in ("hello", "/help", "/cancel", "/practice", "/start"):
        await say(dars, rafi, text)
    await rafi.presses("English")
    await dars.settled()
    await say(dars, rafi, "x" * 70)
    await say(dars, rafi, "<b>Rafi & co</b>")
    await say(dars, rafi, "/cancel")
    await say(dars, rafi, "/start")
    await rafi.presses("English")
    await dars.settled()
    await tap(dars, rafi, "register.name")
    await tap(dars, rafi, "register.class:8")
    for text in ("/cancel", "/help", "/start", "5", "/practice", "/help", "/cancel", "5"):
        await say(dars, rafi, text)
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.anew")
    for number, data in enumerate(("nonsense:1", "practice.hint:nonsense", "")):
        await dars.control.inject(BOT_ID, pressed(rafi, 900_000_000 + number, data))
    await dars.settled()
    assert await dars.value("select count(*) from inbox where state <> 'done'") == 0
    assert await dars.value("select count(*) from outbox where failed_at is not null") == 0
    assert await dars.value("select count(*) from practice_sessions") == 2
