"""What is told unasked is decided about when it is sent: quiet hours, mutes, too late, done."""

from datetime import timedelta

from domain.operations.records import NoticeType, Priority
from tests.bot.conftest import Dars, until
from tests.bot.sending import crowd, dropped, heard, post, saying, sent_calls, tell, views

__all__ = ("views",)

HOUR = timedelta(hours=1)


async def test_in_quiet_hours_a_notice_waits_for_the_morning_and_a_reply_does_not(
    idle_dars: Dars,
) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    idle_dars.clock.move(hours=5)  # eleven in the evening in Dhaka
    morning = idle_dars.clock.now + 8 * HOUR
    await tell(idle_dars, [rafi], "No class tomorrow")
    await post(idle_dars, saying(rafi, "Your answer is right"))
    await idle_dars.start()
    await rafi.hears("right")

    async def waits() -> bool:
        found = (
            "select send_after = $1 and claimed_by is null and tries = 0"
            " from outbox where kind is not null"
        )
        return bool(await idle_dars.value(found, morning))

    await until(waits)
    assert heard(rafi) == ["Your answer is right"]
    idle_dars.clock.now = morning
    await rafi.hears("No class tomorrow")
    await idle_dars.settled()
    row = (await idle_dars.rows("select sent_at, dropped_at from notifications"))[0]
    assert tuple(row) == (morning, None)


async def test_each_reason_not_to_say_something_is_noted(idle_dars: Dars) -> None:
    muted, late, night, done, mina = await crowd(idle_dars, 5)
    soon = idle_dars.clock.now + HOUR
    run = idle_dars.database.execute
    await run(
        """update users set settings = '{"muted": ["due_soon"]}' where telegram_id = $1""", muted.id
    )
    # Three in the morning in Auckland: quiet until what is told has lost its sense.
    await run("update users set timezone = 'Pacific/Auckland' where telegram_id = $1", night.id)
    for person in (muted, done, mina):
        kind = NoticeType.STREAK_AT_RISK if person is done else NoticeType.DUE_SOON
        await tell(idle_dars, [person], "Soon", kind, expires_at=soon)
    await tell(idle_dars, [night], "Gone by the morning", expires_at=soon)
    await tell(idle_dars, [late], "Gone", expires_at=idle_dars.clock.now)
    # What is due stands on no work that anybody could see: it was withdrawn.
    await idle_dars.start()
    await idle_dars.settled()
    rows = await idle_dars.rows(
        "select telegram_id, dropped_reason::text from notifications"
        " join users on users.id = recipient_id where dropped_at is not null"
    )
    assert dict(rows) == {  # type: ignore[arg-type]
        muted.id: "muted",
        night.id: "too_late",
        late.id: "too_late",
        mina.id: "done",
    }
    assert heard(done) == ["Soon"]
    assert not any(heard(person) for person in (muted, late, night, mina))
    reasons = await idle_dars.rows("select distinct failed_reason from outbox order by 1")
    assert [row[0] for row in reasons] == ["done", "muted", "too_late", None]


async def test_a_notice_is_asked_about_again_before_every_try(idle_dars: Dars) -> None:
    """Telegram is away for a while; in the meantime the notice lost its sense."""
    rafi, mina = await crowd(idle_dars, 2)
    await tell(idle_dars, [rafi], "Due soon", expires_at=idle_dars.clock.now + HOUR)
    await tell(idle_dars, [mina], "Due later", expires_at=idle_dars.clock.now + 5 * HOUR)
    await idle_dars.control.fault("500", "sendMessage", times=50)

    async def met_trouble() -> bool:
        return len(await sent_calls(idle_dars)) >= 2

    await idle_dars.start()
    await until(met_trouble)
    idle_dars.clock.move(hours=2)
    await idle_dars.control.no_faults()
    await idle_dars.settled()
    assert await dropped(idle_dars) == ["too_late"]
    assert (heard(rafi), heard(mina)) == ([], ["Due later"])


async def test_what_cannot_be_decided_about_stops_no_other(idle_dars: Dars) -> None:
    rafi, mina = await crowd(idle_dars, 2)
    await idle_dars.database.execute(
        """update users set settings = '{"quiet_hours": ["a", "b"]}' where telegram_id = $1""",
        rafi.id,
    )
    await tell(idle_dars, [rafi, mina], "No class", priority=Priority.BROADCAST)
    await idle_dars.start()
    await idle_dars.settled()
    assert (heard(rafi), heard(mina)) == ([], ["No class"])
    assert await dropped(idle_dars) == ["refused"]
