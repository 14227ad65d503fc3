"""An admin declares days off; students' streaks and their pages go by them; nobody else may."""

import json
from datetime import date, timedelta

import pytest

from db.repositories.operations_holidays import HOLIDAYS
from db.unit_of_work import unit_of_work
from localchat.people import Person
from tests.bot.classes import admin, teacher
from tests.bot.conftest import Dars
from tests.bot.test_story import answer_right, register, say, tap, tap_route

EID = "20 March to 23 March Eid ul-Fitr"


async def kept(dars: Dars) -> list[dict[str, str]]:
    found = await dars.value("select value from configuration where key = $1", HOLIDAYS)
    return [] if found is None else json.loads(found)


async def declare(dars: Dars, boss: Person, text: str) -> None:
    await say(dars, boss, "/holidays")
    await tap(dars, boss, "holidays.add")
    await say(dars, boss, text)
    await tap(dars, boss, "holidays.keep")


async def test_a_holiday_is_declared_in_words_and_said_back_before_it_counts(dars: Dars) -> None:
    boss = await admin(dars)
    await say(dars, boss, "/holidays")
    assert "No holidays are ahead." in boss.last.text
    await tap(dars, boss, "holidays.add")
    await say(dars, boss, EID)
    assert "Eid ul-Fitr\n20 March – 23 March 2027\n\nThat is 4 days off." in boss.last.text
    assert await kept(dars) == []
    await tap(dars, boss, "holidays.keep")
    assert "• 20 March – 23 March 2027: Eid ul-Fitr" in boss.last.text
    assert await kept(dars) == [
        {"day": f"2027-03-{day}", "name": "Eid ul-Fitr"} for day in range(20, 24)
    ]
    audited = (await dars.rows("select * from audit_logs where entity_type = 'holiday'"))[0]
    assert audited["action"] == "holiday_declared"
    assert json.loads(audited["after"]) == {
        "holidays": [["2027-03-20", "2027-03-23", "Eid ul-Fitr"]]
    }
    assert await dars.value("select step from conversations") is None


async def test_what_was_misunderstood_is_typed_again_and_only_the_last_yes_counts(
    dars: Dars,
) -> None:
    boss = await admin(dars)
    await say(dars, boss, "/holidays")
    await tap(dars, boss, "holidays.add")
    assert "I don't understand when" in await say(dars, boss, "soon")
    assert "Write what it is as well" in await say(dars, boss, "20 March")
    await say(dars, boss, "20 March Eid")
    old = next(data for data in boss.last.buttons.values() if data.startswith("holidays.keep"))
    await say(dars, boss, "21 March Eid")
    await tap_route(dars, boss, old)
    assert await kept(dars) == []
    await tap(dars, boss, "holidays.keep")
    assert await kept(dars) == [{"day": "2027-03-21", "name": "Eid"}]
    await tap(dars, boss, "holidays.keep")
    assert len(await kept(dars)) == 1


async def test_a_holiday_is_taken_away_after_a_question(dars: Dars) -> None:
    boss = await admin(dars)
    await declare(dars, boss, EID)
    await declare(dars, boss, "16 December Victory Day")
    await tap(dars, boss, "holidays.remove:2027-03-20")
    assert "Remove this holiday of 4 days?" in boss.last.text
    assert len(await kept(dars)) == 5
    await tap(dars, boss, "holidays.remove_now")
    assert await kept(dars) == [{"day": "2026-12-16", "name": "Victory Day"}]
    assert "Eid" not in boss.last.text
    await tap_route(dars, boss, "holidays.remove_now:2027-03-20.2027-03-23")
    assert "not there any more" in boss.last.text
    audited = await dars.rows(
        "select action from audit_logs where entity_type = 'holiday' order by id"
    )
    assert [one["action"] for one in audited] == ["holiday_declared"] * 2 + ["holiday_withdrawn"]


async def test_what_is_past_of_a_holiday_stays_when_the_rest_is_taken_away(dars: Dars) -> None:
    boss = await admin(dars)
    await declare(dars, boss, "today to 26 November Fair")
    dars.clock.move(days=2)
    await say(dars, boss, "/holidays")
    assert "24 November – 26 November 2026" in boss.last.text
    await tap(dars, boss, "holidays.remove:2026-11-24")
    await tap(dars, boss, "holidays.remove_now")
    assert [one["day"] for one in await kept(dars)] == ["2026-11-22", "2026-11-23"]


async def test_another_holiday_on_the_same_days_takes_their_place(dars: Dars) -> None:
    boss = await admin(dars)
    await declare(dars, boss, EID)
    await declare(dars, boss, "22 March to 24 March Strike")
    assert [(one["day"][-2:], one["name"]) for one in await kept(dars)] == [
        *((str(day), "Eid ul-Fitr") for day in (20, 21)),
        *((str(day), "Strike") for day in (22, 23, 24)),
    ]


async def test_days_that_were_kept_without_names_still_count(dars: Dars) -> None:
    await dars.rows(
        "insert into configuration (key, value, value_type) values ($1, $2, 'list')",
        HOLIDAYS,
        '["2026-11-23", {"day": "2026-11-24", "name": "Fair"}]',
    )
    async with unit_of_work(dars.engine) as work:
        assert await work.operations.holidays() == {date(2026, 11, 23), date(2026, 11, 24)}
    boss = await admin(dars)
    await declare(dars, boss, EID)
    assert {"day": "2026-11-23", "name": ""} in await kept(dars)


async def test_a_streak_stands_over_a_holiday_and_its_page_names_it(dars: Dars) -> None:
    boss = await admin(dars)
    await declare(dars, boss, "23 November to 25 November Fair & more")
    rafi = await register(dars, "Rafi", "en")
    await dars.rows("""update users set settings = '{"low_data": true}'""")
    assert "Fair" not in await say(dars, rafi, "/streak"), "there is no streak to lose"
    await say(dars, rafi, "/practice")
    for _ in range(5):
        await answer_right(dars, rafi)
    await say(dars, rafi, "/streak")
    assert "23 November to 25 November are holidays (Fair & more)" in rafi.last.text
    dars.clock.move(days=4)
    await say(dars, rafi, "/streak")
    assert "A streak of 1 day" in rafi.last.text
    assert "Fair" not in rafi.last.text
    await dars.rows("""update users set settings = '{}'""")
    await say(dars, rafi, "/streak")
    assert (await rafi.downloads(rafi.last)).startswith(b"\xff\xd8"), "with a picture too"


async def test_a_holiday_far_away_is_not_named(dars: Dars) -> None:
    boss = await admin(dars)
    await declare(dars, boss, EID)
    rafi = await register(dars, "Rafi", "en")
    practised = "update streaks set current_streak = 3, longest_streak = 3, last_practice_date = $1"
    await dars.rows(practised, dars.clock.now.date())
    assert "Eid" not in await say(dars, rafi, "/streak")
    dars.clock.now += timedelta(days=115)
    await dars.rows(practised, dars.clock.now.date())
    assert "20 March to 23 March are holidays (Eid ul-Fitr)" in await say(dars, rafi, "/streak")


ROUTES = (
    "holidays.list:0",
    "holidays.add",
    "holidays.keep:2027-03-20.2027-03-23",
    "holidays.remove:2027-03-20.2027-03-23",
    "holidays.remove_now:2027-03-20.2027-03-23",
)


@pytest.mark.parametrize("role", ["student", "ta", "teacher"])
async def test_nobody_but_an_admin_sees_or_changes_holidays(dars: Dars, role: str) -> None:
    boss = await admin(dars)
    await declare(dars, boss, EID)
    before = await kept(dars)
    someone = await teacher(dars, "Salma")
    await dars.rows(
        "update users set role = $1::user_role where telegram_id = $2", role, someone.id
    )
    for text in ("/holidays", *ROUTES):
        if text.startswith("/"):
            await say(dars, someone, text)
        else:
            await tap_route(dars, someone, text)
        assert "Eid" not in someone.last.text, text
        assert not [one for one in someone.last.buttons.values() if one.startswith("holidays")]
    await dars.rows(
        "update conversations set step = 'holidays.add', data = $1, version = version + 1"
        " where user_id = (select id from users where telegram_id = $2)",
        json.dumps({"holiday": ["2027-01-01", "2027-01-01", "Mine"]}),
        someone.id,
    )
    await say(dars, someone, "1 January New Year")
    await tap_route(dars, someone, "holidays.keep:2027-01-01.2027-01-01")
    assert await kept(dars) == before
    assert "holidays" not in {one["command"] for one in someone.commands}
    assert "holidays" in {one["command"] for one in boss.commands}


@pytest.mark.parametrize("argument", ["", ".", "2027-03-20", "x.y", "2027-03-20.2027-13-41"])
async def test_a_button_without_days_changes_nothing(dars: Dars, argument: str) -> None:
    boss = await admin(dars)
    await declare(dars, boss, EID)
    before = await kept(dars)
    for route in ("remove", "remove_now", "keep"):
        await tap_route(dars, boss, f"holidays.{route}:{argument}")
    assert await kept(dars) == before
    assert await dars.value("select count(*) from inbox where state <> 'done'") == 0
