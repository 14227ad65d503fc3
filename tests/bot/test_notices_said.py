"""Notices on their way to a person: said by the person's own day at that moment."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.routes import short
from db.unit_of_work import unit_of_work
from domain.operations.records import Notice, NoticeType
from localchat.people import Person
from tests.bot.conftest import BOT_ID, Dars, until
from tests.bot.test_story import register, tap
from tests.bot.test_student_work import campus
from tests.bot.view_examples_notices import PRACTICE, WORK

DHAKA = ZoneInfo("Asia/Dhaka")


async def tell(dars: Dars, notice: Notice) -> None:
    """Writes a notice as the clock does."""
    async with unit_of_work(dars.engine) as work:
        assert await work.operations.notify_all(BOT_ID, [notice], dars.clock.now) == 1


async def about_practice(dars: Dars, person: Person, kind: NoticeType) -> Notice:
    user = await dars.value("select id from users where telegram_id = $1", person.id)
    key = f"{kind}:{user}:{dars.clock.now:%Y-%m-%d}"
    return Notice(user, kind, "Practice", f"notices.{kind}", {**PRACTICE, "streak": 4}, key)


async def due_soon(dars: Dars, person: Person, item: UUID, due: datetime, stage: str) -> Notice:
    user = await dars.value("select id from users where telegram_id = $1", person.id)
    return Notice(
        user,
        NoticeType.DUE_SOON,
        "Homework 1",
        "notices.due_soon",
        {**WORK, "stage": stage, "due": due.astimezone(DHAKA).isoformat(), "item": short(item)},
        f"due_soon:{stage}:{item}:{due.timestamp():.0f}:{user}",
        content_item_id=item,
    )


async def test_a_due_date_is_today_or_tomorrow_by_the_day_on_which_it_is_told(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    due = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    item, _ = await place.homework(due=due)
    dars.clock.now = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    await tell(dars, await due_soon(dars, rafi, item, due, "day"))
    await dars.settled()
    assert "due tomorrow at 8 pm" in rafi.last.text
    dars.clock.move(hours=1)  # 22:30 in Dhaka, where it is quiet now
    before = len(rafi.messages)
    await tell(dars, await due_soon(dars, rafi, item, due, "hours"))
    await until_held_back(dars)
    assert len(rafi.messages) == before
    dars.clock.move(hours=9)
    await dars.settled()
    assert "due today at 8 pm" in rafi.last.text
    await tap(dars, rafi, "submissions.assignment")
    assert "Homework 1" in rafi.last.text


async def until_held_back(dars: Dars) -> None:
    async def held() -> bool:
        waiting = "select count(*) from outbox where sent_at is null and send_after > $1"
        return bool(await dars.value(waiting, dars.clock.now) == 1)

    await until(held)


async def test_a_muted_kind_is_not_told_and_a_reminder_leads_to_its_settings(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await tell(dars, await about_practice(dars, rafi, NoticeType.PRACTICE_REMINDER))
    await dars.settled()
    assert "4 days in a row" in rafi.last.text
    await tap(dars, rafi, "settings.notices")
    await tap(dars, rafi, "settings.notice:streak_at_risk")
    before = len(rafi.messages)
    await tell(dars, await about_practice(dars, rafi, NoticeType.STREAK_AT_RISK))
    await dars.settled()
    assert len(rafi.messages) == before
    muted = "select count(*) from notifications where dropped_reason = 'muted'"
    assert await dars.value(muted) == 1
    await tap(dars, rafi, "settings.pause:week")
    dars.clock.move(days=1)
    before = len(rafi.messages)
    await tell(dars, await about_practice(dars, rafi, NoticeType.PRACTICE_REMINDER))
    await dars.settled()
    assert len(rafi.messages) == before
    assert await dars.value(muted) == 2
