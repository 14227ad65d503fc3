"""An announcement that is taken back is told to nobody who has not heard it yet."""

from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars
from tests.bot.test_announcements import announcement, calm, settings
from tests.bot.test_story import QUERY_IDS, pressed
from tests.bot.test_student_work import Campus, campus


async def sleeping(dars: Dars, place: Campus) -> Person:
    """A student who is told nothing before eight in the evening."""
    sleeper = await place.student("Sleeper")
    await settings(dars, sleeper, '{"quiet_hours": [18, 20]}')  # It is 18:00 in Dhaka.
    return sleeper


async def press(dars: Dars, person: Person, data: str) -> None:
    """While something waits for a later hour."""
    update = pressed(person, next(QUERY_IDS), data)
    del update["update_id"]
    await dars.control.inject(BOT_ID, update)
    await calm(dars)


def heard(person: Person) -> list[str]:
    return [one.text for one in person.messages if "No class" in one.text]


async def test_taken_back_in_the_night_it_is_not_told_in_the_morning(dars: Dars) -> None:
    place = await campus(dars)
    rafi, sleeper = await place.student(), await sleeping(dars, place)
    item = await announcement(dars, place)
    await press(dars, place.salma, f"announcements.tell:{item}")
    await press(dars, place.salma, f"content.unpublish:{item}")
    dars.clock.move(hours=3)
    await dars.restart()
    await dars.settled()
    assert (len(heard(rafi)), heard(sleeper)) == (1, [])


async def test_corrected_and_told_again_whoever_waited_hears_only_the_right_one(dars: Dars) -> None:
    place = await campus(dars)
    rafi, sleeper = await place.student(), await sleeping(dars, place)
    item = await announcement(dars, place)
    await press(dars, place.salma, f"announcements.tell:{item}")
    await press(dars, place.salma, f"content.unpublish:{item}")
    await press(dars, place.salma, f"content.describe:{item}")
    await place.salma.says("We meet again on Monday.")
    await calm(dars)
    await press(dars, place.salma, f"announcements.tell:{item}")
    dars.clock.move(hours=3)
    await dars.restart()
    await dars.settled()
    assert len(heard(rafi)) == 1
    (told,) = heard(sleeper)
    assert "Monday" in told
    assert "Sunday" not in told


async def test_deleted_before_it_was_told_nobody_hears_of_it(dars: Dars) -> None:
    place = await campus(dars)
    sleeper = await sleeping(dars, place)
    item = await announcement(dars, place)
    await press(dars, place.salma, f"announcements.tell:{item}")
    await press(dars, place.salma, f"content.delete_now:{item}")
    dars.clock.move(hours=3)
    await dars.restart()
    await dars.settled()
    assert heard(sleeper) == []
