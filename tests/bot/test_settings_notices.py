"""What the bot may say unasked: each kind off and on, hours in one's own words, a pause."""

import json
from typing import Any

import pytest

from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import register, say, tap, tap_route


async def kept(dars: Dars, key: str) -> Any:
    found = await dars.value("select settings -> $1 from users", key)
    return None if found is None else json.loads(found)


async def reminder(dars: Dars) -> str | None:
    found: str | None = await dars.value("select reminder_time::text from students")
    return found


async def page(dars: Dars, language: str = "en") -> Person:
    """Somebody on the page of notices."""
    rafi = await register(dars, "Rafi", language)
    await say(dars, rafi, "/settings")
    await tap(dars, rafi, "settings.notices")
    return rafi


def messages(person: Person) -> int:
    return len([one for one in person.messages if not one.out])


async def test_each_kind_is_turned_off_and_on_by_one_tap_in_place(dars: Dars) -> None:
    rafi = await page(dars)
    before = messages(rafi)
    assert "✅ Due soon" in rafi.last.buttons
    for kind in ("due_soon", "work_opened", "announcement", "grade_posted", "streak_at_risk"):
        await tap(dars, rafi, f"settings.notice:{kind}")
        assert kind in await kept(dars, "muted")
    assert "🔕 Due soon" in rafi.last.buttons
    await tap(dars, rafi, "settings.notice:due_soon")
    assert "✅ Due soon" in rafi.last.buttons
    assert "🔕 New work in a class" in rafi.last.buttons
    assert await kept(dars, "muted") == [
        *("announcement", "grade_posted", "streak_at_risk", "work_opened")
    ]
    assert messages(rafi) == before


async def test_the_same_tap_twice_changes_nothing_more(dars: Dars) -> None:
    rafi = await page(dars)
    for _ in range(2):
        await tap_route(dars, rafi, "settings.notice:due_soon.off")
    assert await kept(dars, "muted") == ["due_soon"]


@pytest.mark.parametrize(
    "data",
    [
        "settings.notice:session_ended.off",
        "settings.notice:practice_reminder.off",
        "settings.notice:pigeon.off",
        "settings.notice:due_soon.perhaps",
        "settings.pause:forever",
        "settings.reminder_at:2561",
        "settings.reminder_at:১৯৩০",
        "settings.reminder_at:",
        "settings.quiet_at:22-22",
        "settings.quiet_at:22-99",
        "settings.quiet_at:-",
        "settings.quiet_at:২২-৬",
    ],
)
async def test_what_cannot_be_set_is_not(dars: Dars, data: str) -> None:
    rafi = await page(dars)
    before = await dars.rows("select settings, reminder_time from users, students")
    await tap_route(dars, rafi, data)
    assert await dars.rows("select settings, reminder_time from users, students") == before
    assert await dars.value("select count(*) from inbox where state <> 'done'") == 0


async def test_the_reminder_is_chosen_typed_and_turned_off(dars: Dars) -> None:
    rafi = await page(dars)
    await tap(dars, rafi, "settings.choose:reminder")
    await tap(dars, rafi, "settings.reminder_at:0600")
    assert await reminder(dars) == "06:00:00"
    assert "Practice reminder: 6:00 am" in rafi.last.text
    await tap(dars, rafi, "settings.choose:reminder")
    await say(dars, rafi, "সন্ধ্যা সাড়ে ৭টা")
    assert await reminder(dars) == "19:30:00"
    assert "Practice reminder: 7:30 pm" in rafi.last.text
    await tap(dars, rafi, "settings.choose:reminder")
    await tap(dars, rafi, "settings.reminder_at:off")
    assert await reminder(dars) is None
    assert "Practice reminder: none" in rafi.last.text


async def test_a_reminder_that_would_never_come_is_said_to_be_one(dars: Dars) -> None:
    """Quiet hours are from ten to seven where nobody chose others."""
    rafi = await page(dars)
    for typed, heard in (("রাত ১০টা", False), ("9:59 pm", True), ("6 am", True), ("4 am", False)):
        await tap(dars, rafi, "settings.choose:reminder")
        await say(dars, rafi, typed)
        assert ("it will not come" not in rafi.last.text) is heard, typed
    await tap(dars, rafi, "settings.choose:quiet")
    await tap(dars, rafi, "settings.quiet_at:off")
    assert "it will not come" not in rafi.last.text
    await tap(dars, rafi, "settings.choose:quiet")
    await say(dars, rafi, "11 pm to 5 am")
    assert "it will not come" not in rafi.last.text, "it comes at five"


async def test_a_time_that_can_be_two_is_asked_back(dars: Dars) -> None:
    rafi = await page(dars)
    await tap(dars, rafi, "settings.choose:reminder")
    await say(dars, rafi, "half past")
    assert "I do not understand that time" in rafi.last.text
    await say(dars, rafi, "7:15")
    assert list(rafi.last.buttons) == ["7:15 am", "7:15 pm"]
    assert await reminder(dars) == "19:00:00", "as registration set it"
    await rafi.presses("7:15 am")
    await dars.settled()
    assert await reminder(dars) == "07:15:00"
    assert await dars.value("select step from conversations") is None


async def test_quiet_hours_are_chosen_typed_and_given_up(dars: Dars) -> None:
    rafi = await page(dars)
    assert "Quiet hours: 10:00 pm – 7:00 am" in rafi.last.text
    await tap(dars, rafi, "settings.choose:quiet")
    await tap(dars, rafi, "settings.quiet_at:23-6")
    assert await kept(dars, "quiet_hours") == [23, 6]
    for typed, hours in (
        ("রাত ১০টা থেকে সকাল ৬টা", [22, 6]),
        ("10pm-6am", [22, 6]),
        ("13-15", [13, 15]),
    ):
        await tap(dars, rafi, "settings.choose:quiet")
        await say(dars, rafi, typed)
        assert await kept(dars, "quiet_hours") == hours
    assert "Quiet hours: 1:00 pm – 3:00 pm" in rafi.last.text
    await tap(dars, rafi, "settings.choose:quiet")
    await say(dars, rafi, "10:30pm - 6am")
    assert "in whole hours" in rafi.last.text
    await say(dars, rafi, "10 to 6")
    assert list(rafi.last.buttons) == ["10:00 am – 6:00 pm", "10:00 pm – 6:00 am"]
    await tap(dars, rafi, "settings.quiet_at:22-6")
    assert await kept(dars, "quiet_hours") == [22, 6]
    await tap(dars, rafi, "settings.choose:quiet")
    await tap(dars, rafi, "settings.quiet_at:off")
    assert await kept(dars, "quiet_hours") == []
    assert "Quiet hours: none" in rafi.last.text


async def test_all_is_paused_and_goes_on_by_itself_or_by_a_tap(dars: Dars) -> None:
    rafi = await page(dars)
    await tap(dars, rafi, "settings.pause:tomorrow")
    assert await kept(dars, "paused_until") == "2026-11-22T18:00:00+00:00", "midnight in Dhaka"
    assert "They start again on Monday, 23 November." in rafi.last.text
    await tap(dars, rafi, "settings.pause:week")
    assert "start again on Sunday, 29 November" in rafi.last.text
    await tap(dars, rafi, "settings.pause:off")
    assert await kept(dars, "paused_until") is None
    assert "paused" not in rafi.last.text
    await tap(dars, rafi, "settings.pause:tomorrow")
    dars.clock.move(hours=7)
    await say(dars, rafi, "/settings")
    await tap(dars, rafi, "settings.notices")
    assert "paused" not in rafi.last.text


async def test_help_and_cancel_know_what_is_being_typed(dars: Dars) -> None:
    rafi = await page(dars)
    for name, example in (("reminder", "7:30 pm"), ("quiet", "10 pm to 6 am")):
        await tap_route(dars, rafi, f"settings.choose:{name}")
        assert example in await say(dars, rafi, "/help")
        assert "Nothing has changed" in await say(dars, rafi, "/cancel")


async def test_going_back_leaves_what_was_being_typed(dars: Dars) -> None:
    rafi = await page(dars)
    await tap(dars, rafi, "settings.choose:quiet")
    await tap(dars, rafi, "settings.notices")
    await say(dars, rafi, "10pm-6am")
    assert await dars.value("select settings -> 'quiet_hours' from users") is None


async def test_the_page_speaks_bengali(dars: Dars) -> None:
    rafi = await page(dars, "bn")
    assert "নীরব সময়: রাত ১০:০০ – সকাল ৭:০০" in rafi.last.text
    assert "✅ শেষ সময় কাছে এলে" in rafi.last.buttons
    await tap(dars, rafi, "settings.pause:week")
    assert "রবিবার, ২৯ নভেম্বর থেকে আবার জানাব।" in rafi.last.text
