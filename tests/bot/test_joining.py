"""Coming in: codes, links, invitations; wrong ones, many of them, two at once."""

import asyncio
from datetime import timedelta

import pytest

from localchat.people import Person
from tests.bot.classes import admin, make_class, payload, people_in, student, teacher
from tests.bot.conftest import Dars
from tests.bot.test_story import register, say, tap, tap_route

WRONG = ("ABCDEF", "ABCDEG", "ABCDEH", "ABCDEJ", "ABCDEK", "ABCDEM", "ABCDEN")


async def newcomer(dars: Dars, name: str, start: str, language: str = "en") -> Person:
    person = await dars.people.join(name, language_code=language)
    await say(dars, person, start)
    return person


async def press(dars: Dars, person: Person, label: str) -> str:
    await person.presses(label)
    await dars.settled()
    return person.last.text


async def names_themselves(dars: Dars, person: Person) -> None:
    await press(dars, person, "English")
    await tap(dars, person, "register.name")


async def test_the_code_is_read_as_people_write_it(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await register(dars, "Rafi", "en")
    assert "You are in Programming" in await say(dars, rafi, f"/join {code[:3].lower()}-{code[3:]}")
    assert "in Programming already" in await say(dars, rafi, f"/join {code}")
    assert "your own class" in await say(dars, salma, f"/join {code}")
    assert await people_in(dars) == {"Rafi": "student"}


async def test_without_a_code_it_is_asked_for_until_it_is_right(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/join")
    assert "6 letters" in await say(dars, rafi, "the code")
    assert "No class code has O, 1" in await say(dars, rafi, "ABCO1D")
    assert "No class has this code" in await say(dars, rafi, WRONG[0])
    assert "You are in" in await say(dars, rafi, code)
    assert (
        await dars.value(
            "select step from conversations where user_id in"
            " (select id from users where full_name = 'Rafi')"
        )
        is None
    )


async def test_somebody_new_comes_by_the_link_in_three_taps(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    rafi = await newcomer(dars, "Rafi", f"/start {payload(salma)}")
    await press(dars, rafi, "English")
    await tap(dars, rafi, "register.name")
    assert "in the class Programming" in rafi.last.text
    await press(dars, rafi, "Only the class")
    assert "You are in Programming" in rafi.last.text
    assert await people_in(dars) == {"Rafi": "student"}
    row = (
        await dars.rows(
            "select grade from students s join users u on u.id = s.user_id"
            " where u.full_name = 'Rafi'"
        )
    )[0]
    assert row["grade"] is None
    told = await say(dars, rafi, "/practice")
    assert "/assignments" in told
    await tap(dars, rafi, "courses.card")
    await rafi.hears("You are a student here")


async def test_somebody_new_takes_school_maths_and_a_code_in_four_taps(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await newcomer(dars, "Rafi", "/start")
    await names_themselves(dars, rafi)
    await press(dars, rafi, "🔑 Class code")
    assert "No class has this code" in await say(dars, rafi, WRONG[0])
    assert "in the class Programming" in await say(dars, rafi, code)
    await press(dars, rafi, "Class 7")
    assert "You are in Programming" in rafi.last.text
    assert await people_in(dars) == {"Rafi": "student"}
    assert (
        await dars.value(
            "select count(*) from students where grade = 7 and user_id in"
            " (select user_id from enrollments)"
        )
        == 1
    )


async def test_somebody_new_without_the_code_at_hand_goes_on_without_it(dars: Dars) -> None:
    rafi = await newcomer(dars, "Rafi", "/start")
    await names_themselves(dars, rafi)
    await press(dars, rafi, "🔑 Class code")
    await say(dars, rafi, WRONG[0])
    await press(dars, rafi, "Go on without a code")
    await press(dars, rafi, "Class 7")
    assert "All set" in rafi.last.text


async def test_a_link_survives_what_comes_between(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await newcomer(dars, "Rafi", f"/join {code}")
    await rafi.sends_sticker()
    await dars.settled()
    await say(dars, rafi, "/start")
    await press(dars, rafi, "English")
    await say(dars, rafi, "/practice")
    await say(dars, rafi, "Rafi Ahmed")
    await press(dars, rafi, "Class 8")
    assert await people_in(dars) == {"Rafi Ahmed": "student"}


@pytest.mark.parametrize(
    "bad", ["c_ABCDEF", "c_", "c_O0O0O0", "t_AAAAAAAAAAAAAAAAAAAAAA", "x", "t_"]
)
async def test_a_link_that_opens_nothing_does_not_keep_anybody_out(dars: Dars, bad: str) -> None:
    rafi = await newcomer(dars, "Rafi", f"/start {bad}")
    await names_themselves(dars, rafi)
    await press(dars, rafi, "Class 7")
    assert "All set" in rafi.last.text
    assert await dars.value("select role from users") == "student"
    assert await say(dars, rafi, f"/start {bad}")
    assert await dars.value("select count(*) from inbox where state = 'failed'") == 0


async def test_a_class_archived_while_somebody_registers_is_not_joined(dars: Dars) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    rafi = await newcomer(dars, "Rafi", f"/start {payload(salma)}")
    await names_themselves(dars, rafi)
    await dars.rows("update classes set is_archived = true")
    assert "is over" in await press(dars, rafi, "Only the class")
    assert await people_in(dars) == {}


async def test_many_wrong_codes_have_to_wait_and_are_kept(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await register(dars, "Rafi", "en")
    for wrong in WRONG[:5]:
        assert "No class has this code" in await say(dars, rafi, f"/join {wrong}")
    kept = "select count(*) from audit_logs where action = 'class_code_wrong'"
    assert await dars.value(kept) == 5
    told = await say(dars, rafi, f"/join {code}")
    assert "Too many wrong codes" in told, "even the right one"
    assert "link" not in told, "which is made to wait as well"
    assert await dars.value(kept) == 5, "a try too early is no try"
    assert await people_in(dars) == {}
    dars.clock.move(minutes=11)
    assert "No class" in await say(dars, rafi, f"/join {WRONG[5]}")
    dars.clock.move(minutes=11)
    assert "Too many wrong codes" in await say(dars, rafi, f"/join {code}"), "the wait has doubled"
    dars.clock.move(minutes=10)
    assert "You are in" in await say(dars, rafi, f"/join {code}")
    codes = await dars.value(
        "select string_agg(after::text, ' ') from audit_logs where action = 'class_code_wrong'"
    )
    assert not [one for one in WRONG if one in codes], "what was tried is not kept"


async def test_whoever_erases_themselves_guesses_no_better(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await register(dars, "Rafi", "en")
    for wrong in WRONG[:5]:
        await say(dars, rafi, f"/join {wrong}")
    await say(dars, rafi, "/delete_me")
    await tap(dars, rafi, "account.erase:again")
    await tap(dars, rafi, "account.erase:delete")
    await say(dars, rafi, f"/join {code}")
    assert any("Too many wrong codes" in one.text for one in rafi.heard)
    kept = await dars.value(
        "select string_agg(to_jsonb(a)::text, ' ') from audit_logs a"
        " where action = 'class_code_wrong'"
    )
    assert str(rafi.id) not in kept, "the log names nobody who is erased"


async def test_strangers_guess_no_better(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await dars.people.join("Rafi", language_code="en")
    for wrong in WRONG[:5]:
        await say(dars, rafi, f"/start c_{wrong}")
    await say(dars, rafi, f"/start c_{code}")
    assert any("Too many wrong codes" in one.text for one in rafi.heard)
    await names_themselves(dars, rafi)
    await press(dars, rafi, "Class 7")
    assert await people_in(dars) == {}


async def test_wrong_codes_keep_nobody_from_registering_who_brought_a_right_one(
    dars: Dars,
) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    rafi = await newcomer(dars, "Rafi", f"/start {payload(salma)}")
    for wrong in WRONG[:5]:
        await say(dars, rafi, f"/join {wrong}")
    await names_themselves(dars, rafi)
    await press(dars, rafi, "Class 7")
    assert "You are in Programming" in rafi.last.text
    assert await people_in(dars) == {"Rafi": "student"}


async def test_what_can_be_no_code_costs_no_try(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await register(dars, "Rafi", "en")
    for _ in range(8):
        await say(dars, rafi, "/join hello there")
    assert "You are in" in await say(dars, rafi, f"/join {code}")


async def test_two_students_join_at_once_and_nobody_twice(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    pupils = [await register(dars, f"Pupil {letter}", "en") for letter in "ABCDEF"]
    await asyncio.gather(*(one.says(f"/join {code}") for one in pupils for _ in range(2)))
    await dars.settled()
    assert await people_in(dars) == {f"Pupil {letter}": "student" for letter in "ABCDEF"}
    for one in pupils:
        assert any("You are in Programming." in message.text for message in one.messages)


async def invited(dars: Dars, boss: Person) -> str:
    await say(dars, boss, "/invite_teacher")
    return payload(boss)


async def test_an_invitation_makes_a_teacher_once(dars: Dars) -> None:
    boss = await admin(dars)
    karim, mina = await register(dars, "Karim", "en"), await register(dars, "Mina", "en")
    token = await invited(dars, boss)
    kept = await dars.value("select string_agg(i::text, ' ') from invitations i")
    assert token.removeprefix("t_") not in kept
    assert "Welcome as a teacher, Karim" in await say(dars, karim, f"/start {token}")
    await karim.sees(lambda one: "problems" in str(one.commands))
    assert "used already" in await say(dars, mina, f"/start {token}")
    again = await say(dars, karim, f"/start {token}")
    assert "a teacher already" in again
    assert "still works" not in again, "a second tap on the link is no offer to others"
    assert await dars.value("select role from users where full_name = 'Mina'") == "student"
    await tap(dars, karim, "courses.list")
    assert "courses.new" in karim.last.buttons.values()
    audited = await dars.value(
        "select after->>'by' from audit_logs where action = 'role_granted'"
        " and after->>'role' = 'teacher'"
    )
    assert audited == "invitation"


async def test_somebody_new_becomes_a_teacher_in_two_taps(dars: Dars) -> None:
    boss = await admin(dars)
    token = await invited(dars, boss)
    karim = await newcomer(dars, "Karim", f"/start {token}")
    await names_themselves(dars, karim)
    assert "Welcome as a teacher, Karim" in karim.last.text
    assert await dars.value("select role from users where full_name = 'Karim'") == "teacher"
    held = await dars.value("select string_agg(data::text, ' ') from conversations")
    assert token.removeprefix("t_") not in held


async def test_an_invitation_runs_out_and_is_not_wasted_on_a_teacher(dars: Dars) -> None:
    boss = await admin(dars)
    karim, salma = await register(dars, "Karim", "en"), await teacher(dars)
    token = await invited(dars, boss)
    assert "not needed" in await say(dars, salma, f"/start {token}")
    assert "still works" in salma.last.text
    dars.clock.now += timedelta(days=7)
    assert "still works" not in await say(dars, salma, f"/start {token}")
    assert "has run out" in await say(dars, karim, f"/start {token}")
    assert await dars.value("select role from users where full_name = 'Karim'") == "student"


async def test_two_who_follow_an_invitation_at_once_make_one_teacher(dars: Dars) -> None:
    boss = await admin(dars)
    token = await invited(dars, boss)
    both = [await register(dars, name, "en") for name in ("Karim", "Mina", "Tuli", "Rafi")]
    await asyncio.gather(*(one.says(f"/start {token}") for one in both))
    await dars.settled()
    assert await dars.value("select count(*) from users where role = 'teacher'") == 1
    assert await dars.value("select count(*) from invitations where used_by is not null") == 1


async def test_an_invitation_of_somebody_who_is_no_admin_any_more_works_no_more(
    dars: Dars,
) -> None:
    boss = await admin(dars)
    token = await invited(dars, boss)
    karim = await register(dars, "Karim", "en")
    await dars.rows("update users set role = 'student' where telegram_id = $1", boss.id)
    assert "no such invitation" in await say(dars, karim, f"/start {token}")
    assert await dars.value("select count(*) from users where role = 'teacher'") == 0


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("register.language", "register.language:xx"),
        ("register.language", "register.language"),
        ("register.class", "register.class:7x"),
        ("register.class", "register.class:৭৭"),
        ("register.class", "register.class"),
    ],
)
async def test_a_button_that_nobody_made_breaks_no_registration(
    dars: Dars, step: str, data: str
) -> None:
    rafi = await newcomer(dars, "Rafi", "/start")
    if step == "register.class":
        await names_themselves(dars, rafi)
    await tap_route(dars, rafi, data)
    assert await dars.value("select step from conversations") == step
    assert await dars.value("select count(*) from inbox where tries > 0") == 0


async def test_only_an_admin_invites(dars: Dars) -> None:
    salma = await teacher(dars)
    await say(dars, salma, "/invite_teacher")
    assert await dars.value("select count(*) from invitations") == 0


async def test_whoever_was_dropped_comes_back_by_no_code(dars: Dars) -> None:
    salma = await teacher(dars)
    code = await make_class(dars, salma)
    rafi = await student(dars, "Rafi", code)
    await dars.rows(
        "update enrollments set status = 'dropped', dropped_by ="
        " (select id from users where role = 'teacher')"
    )
    assert "were dropped" in await say(dars, rafi, f"/join {code}")
    assert await people_in(dars) == {"Rafi": "(student)"}
