"""An announcement is told once, and those who teach see how many it has reached, and why not."""

from bot.routes import short
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars, until
from tests.bot.test_content import new_item
from tests.bot.test_story import say, tap, tap_route
from tests.bot.test_student_work import Campus, campus


async def announcement(dars: Dars, place: Campus) -> str:
    """One that is ready to be told; its id as buttons hold it."""
    module = short(await dars.value("select id from modules"))
    item = await new_item(dars, place.salma, module, "announcement", "No class on Thursday")
    await tap_route(dars, place.salma, f"content.describe:{item}")
    await say(dars, place.salma, "We meet again on *Sunday*.")
    return item


async def calm(dars: Dars) -> None:
    """Nothing waits but what is not to be said before a later hour."""

    async def so() -> bool:
        if await dars.control.unconfirmed(BOT_ID):
            return False
        waiting = await dars.value(
            "select (select count(*) from inbox where state = 'waiting')"
            " + (select count(*) from outbox where sent_at is null and failed_reason is null"
            " and send_after <= $1)",
            dars.clock.now,
        )
        return bool(waiting == 0)

    await until(so)


async def settings(dars: Dars, person: Person, kept: str) -> None:
    await dars.rows("update users set settings = $1 where telegram_id = $2", kept, person.id)


async def test_the_report_counts_everybody_and_is_refreshed_in_place(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    rafi, mim, sleeper, mute, gone, lost = [
        await place.student(name) for name in ("Rafi", "Mim", "Sleeper", "Mute", "Gone", "Lost")
    ]
    await settings(dars, sleeper, '{"quiet_hours": [18, 20]}')  # It is 18:00 in Dhaka.
    await settings(dars, mute, '{"muted": ["announcement"]}')
    for person in (gone, lost):
        await person.blocks()
    await dars.settled()
    # What Telegram says when it is written to is the first that the bot hears of this one.
    await dars.rows("update users set blocked_bot_at = null where telegram_id = $1", gone.id)
    item = await announcement(dars, place)
    await tap(dars, salma, "content.publish")
    assert "5 students are told at once" in salma.last.text, "one is known to have blocked the bot"
    await salma.presses_data(f"announcements.tell:{item}")
    await calm(dars)
    for person in (rafi, mim):
        assert "No class on Thursday" in person.last.text
    for person in (sleeper, mute):
        assert "No class" not in person.last.text
    await salma.presses_data(f"announcements.delivery:{item}")
    await calm(dars)
    report = salma.last
    lines = report.text.splitlines()
    assert lines[:2] == ["📬 No class on Thursday", "Programming"]
    assert lines[5:10] == [
        "✅ Sent: 2",
        "⏳ Waiting: 1",
        "↳ of them in quiet hours: 1",
        "🔕 Announcements turned off: 1",
        "🚫 Bot blocked: 2",
    ]
    assert "As of 6:00 pm." in report.text
    dars.clock.move(hours=2, minutes=5)
    await dars.settled()
    assert "No class on Thursday" in sleeper.last.text
    await tap(dars, salma, "announcements.delivery")
    assert salma.last.message_id == report.message_id
    assert "Sent: 3\n🔕 Announcements turned off: 1" in salma.last.text
    assert "Waiting" not in salma.last.text
    before = len(salma.messages)
    await tap(dars, salma, "announcements.delivery")
    assert len(salma.messages) == before, "what has not changed is no new message"


async def test_whoever_joins_later_reads_it_in_the_class_and_is_not_counted(dars: Dars) -> None:
    place = await campus(dars)
    await place.student()
    item = await announcement(dars, place)
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    await dars.settled()
    late = await place.student("Late")
    await tap_route(dars, late, f"content.open:{item}")
    assert "We meet again on Sunday." in late.last.text
    await tap_route(dars, place.salma, f"announcements.delivery:{item}")
    assert "Sent: 1" in place.salma.last.text


async def test_a_draft_has_been_told_to_nobody_and_its_card_has_no_report(dars: Dars) -> None:
    place = await campus(dars)
    await place.student()
    item = await announcement(dars, place)
    await tap_route(dars, place.salma, f"content.item:{item}")
    assert "📬 Delivery" not in place.salma.last.buttons
    await tap_route(dars, place.salma, f"announcements.delivery:{item}")
    assert "Nobody has been told yet." in place.salma.last.text
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    assert "📬 Delivery" in place.salma.last.buttons
    await tap_route(dars, place.salma, f"content.item:{item}")
    assert "📬 Delivery" in place.salma.last.buttons


async def test_told_again_after_being_a_draft_only_those_hear_who_have_not(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item = await announcement(dars, place)
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    await tap_route(dars, place.salma, f"content.unpublish:{item}")
    late = await place.student("Late")
    await tap_route(dars, place.salma, f"announcements.tell:{item}")
    for person in (rafi, late):
        assert len([one for one in person.messages if "No class" in one.text]) == 1
    await tap_route(dars, place.salma, f"announcements.delivery:{item}")
    assert "Sent: 2" in place.salma.last.text
