"""Telegram, the database and our own handlers fail: nothing is lost, the right person is told."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from bot.routes import routes
from bot.turn import Turn
from db.mailbox import SqlMailbox
from db.unit_of_work import unit_of_work
from domain.errors import AlreadyDone, Conflict, Refusal
from domain.operations.records import ConversationState, Priority, Saying
from localchat.people import Person
from tests.bot.conftest import ADMIN, BOT_ID, Dars, until
from tests.bot.test_story import register, say


def replace_command(monkeypatch: pytest.MonkeyPatch, name: str, handler: Any) -> None:
    route = dataclasses.replace(routes.commands[name], handler=handler)
    monkeypatch.setitem(routes.commands, name, route)


def heard(person: Person) -> list[str]:
    return [message.text for message in person.messages if not message.out]


async def test_an_update_that_fails_three_times_is_set_aside_and_the_next_goes_on(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await register(dars, "Admin", "en")
    await dars.database.execute("update users set role = 'admin'")
    rafi = await register(dars, "Rafi", "en")
    tries = []

    async def broken(turn: Turn) -> None:
        tries.append(turn.update.update_id)
        turn.say("people.welcome_back", name="never kept")
        raise RuntimeError("my secret answer is 42")

    replace_command(monkeypatch, "streak", broken)
    await rafi.says("/streak")
    await rafi.says("/help")
    await dars.settled()
    assert len(tries) == 3
    row = (await dars.rows("select state, tries, error from inbox where state <> 'done'"))[0]
    assert tuple(row) == ("failed", 3, "RuntimeError")
    assert "never kept" not in rafi.transcript()
    assert len(heard(rafi)) == 3  # registered, the apology, the help that came after it
    assert str(rafi.id) in admin.last.text
    assert "secret" not in admin.transcript() + rafi.transcript()


async def test_a_conflict_is_tried_again_and_then_done_once(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    rafi = await register(dars, "Rafi", "en")
    tries = []

    async def contended(turn: Turn) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict("somebody was first")
        turn.say("people.welcome_back", name="at last")

    replace_command(monkeypatch, "streak", contended)
    assert "at last" in await say(dars, rafi, "/streak")
    assert await dars.value("select max(tries) from inbox") == 0


async def test_a_refusal_undoes_everything_and_explains(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    rafi = await register(dars, "Rafi", "en")

    async def refusing(turn: Turn) -> None:
        await turn.work.people.update_user(turn.person.id, {"full_name": "changed"})
        raise Refusal("no", "people.not_allowed")

    replace_command(monkeypatch, "streak", refusing)
    await say(dars, rafi, "/streak")
    assert await dars.value("select full_name from users") == "Rafi"
    assert len(heard(rafi)) == 2


async def test_a_slow_update_of_one_person_holds_up_nobody_else(
    dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    rafi, mina = await register(dars, "Rafi", "en"), await register(dars, "Mina", "en")
    go = asyncio.Event()

    async def slow(turn: Turn) -> None:
        await go.wait()
        turn.say("people.welcome_back", name="slow")

    replace_command(monkeypatch, "streak", slow)
    await rafi.says("/streak")
    await rafi.says("/help")
    await mina.says("/help")
    await mina.hears("/practice")
    assert len(heard(rafi)) == 1
    go.set()
    await dars.settled()
    assert "slow" in heard(rafi)[1]
    assert len(heard(rafi)) == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"update_id": 900_000_001},
        {"update_id": 900_000_002, "message": {}},
        {"update_id": 900_000_003, "message": {"message_id": 1, "date": 0, "chat": 5}},
        {"update_id": 900_000_004, "callback_query": {"id": "1", "from": {"id": 5}}},
        {"update_id": 900_000_005, "poll": {"id": "x"}},
        {"update_id": 900_000_006, "message": None},
        {
            "update_id": 900_000_007,
            "message": {
                "message_id": 1,
                "date": 0,
                "text": "\0 nul \ud800 lone",
                "chat": {"id": 88, "type": "private", "first_name": "\0"},
                "from": {"id": 88, "is_bot": False, "first_name": "\0\ud800"},
            },
        },
        {
            "update_id": 900_000_008,
            "message": {
                "message_id": 1,
                "date": 0,
                "text": "/start",
                "chat": {"id": -5, "type": "group", "title": "g"},
                "from": {"id": 88, "is_bot": False, "first_name": "g"},
            },
        },
    ],
)
async def test_odd_updates_never_stop_the_others(dars: Dars, odd: dict[str, Any]) -> None:
    rafi = await register(dars, "Rafi", "en")
    assert dars.process is not None
    await dars.process.intake.accept([odd, {"no": "number"}])
    await say(dars, rafi, "/help")
    await dars.settled()
    assert "/practice" in rafi.last.text
    assert await dars.value("select count(*) from inbox where state = 'waiting'") == 0


async def test_what_was_stored_and_not_done_is_taken_up(idle_dars: Dars) -> None:
    rafi = await idle_dars.people.join("Rafi", language_code="en")
    mailbox = SqlMailbox(idle_dars.engine, BOT_ID)
    await rafi.says("/start")
    updates = await idle_dars.control.unconfirmed(BOT_ID)
    assert len(await mailbox.receive(updates)) == 1
    assert await mailbox.receive(updates) == []
    await idle_dars.start()
    await idle_dars.settled()
    assert len(heard(rafi)) == 1


@pytest.mark.parametrize("kind", ["500", "drop", "429"])
async def test_a_reply_that_meets_trouble_arrives_all_the_same(dars: Dars, kind: str) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.control.fault(kind, "sendMessage", times=2, retry_after=1)
    await rafi.says("/help")
    await rafi.says("/privacy")
    await dars.settled()
    assert len(heard(rafi)) == 3
    assert "/practice" in heard(rafi)[1]
    assert await dars.value("select count(*) from outbox where failed_at is not null") == 0


async def test_a_limit_of_one_chat_holds_up_no_other(dars: Dars) -> None:
    rafi, mina = await register(dars, "Rafi", "en"), await register(dars, "Mina", "en")
    await dars.control.fault("429", "sendMessage", times=1, retry_after=3, chat=rafi.id)
    await rafi.says("/help")
    await mina.says("/help")
    await mina.hears("/practice")
    assert len(heard(rafi)) == 1
    await dars.settled()
    assert len(heard(rafi)) == 2


async def test_polling_survives_telegrams_troubles(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    for kind in ("500", "drop", "429"):
        await dars.control.fault(kind, "getUpdates", times=1)
        assert "/practice" in await say(dars, rafi, "/help")


async def test_who_blocked_the_bot_gets_nothing_and_it_is_known_why(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.stop()
    await rafi.blocks()
    user = await dars.value("select id from users")
    async with unit_of_work(dars.engine) as work:
        sayings = [Saying("account.privacy", {}, rafi.id, user) for _ in range(3)]
        await work.operations.say(BOT_ID, sayings)
    await dars.start()
    await dars.settled()
    rows = await dars.rows("select failed_reason from outbox where failed_at is not null")
    reasons = {row[0] for row in rows}
    assert reasons == {"blocked"}
    assert await dars.value("select blocked_bot_at is not null from users")


async def test_the_urgent_goes_first_and_what_is_for_later_waits(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.stop()
    user = await dars.value("select id from users")
    later = dars.clock.now + timedelta(hours=1)
    async with unit_of_work(dars.engine) as work:
        notice = Saying("account.privacy", {}, rafi.id, user, priority=Priority.NOTICE)
        reply = Saying("account.kept", {}, rafi.id, user)
        future = Saying("account.erased", {}, rafi.id, user, send_after=later)
        once = dataclasses.replace(notice, dedupe_key="once")
        await work.operations.say(BOT_ID, [notice, reply, future, once, once])
        await work.operations.say(BOT_ID, [once])
    await dars.start()
    await until(lambda: _sent(dars, 3))
    order = [
        row[0]
        for row in await dars.rows(
            "select view from outbox where view like 'account.%' and sent_at is not null"
            " order by message_id"
        )
    ]
    assert order == ["account.kept", "account.privacy", "account.privacy"]
    assert await dars.value("select sent_at is null from outbox where view = 'account.erased'")


async def _sent(dars: Dars, count: int) -> bool:
    sent = "select count(*) from outbox where view like 'account.%' and sent_at is not null"
    return bool(await dars.value(sent) == count)


async def test_a_view_that_fails_stops_no_other_message(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    user = await dars.value("select id from users")
    async with unit_of_work(dars.engine) as work:
        sayings = [Saying(view, {}, rafi.id, user) for view in ("no.such", "account.privacy")]
        await work.operations.say(BOT_ID, sayings)
    await dars.settled()
    assert await dars.value("select failed_reason from outbox where view = 'no.such'")
    assert await dars.value("select sent_at is not null from outbox where view = 'account.privacy'")


async def test_an_edit_of_nothing_counts_and_one_of_a_lost_message_is_sent_anew(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    user = await dars.value("select id from users")
    same = rafi.last.message_id
    async with unit_of_work(dars.engine) as work:
        await work.operations.say(
            BOT_ID,
            [
                Saying("account.privacy", {}, rafi.id, user, edits_message_id=same),
                Saying("account.privacy", {}, rafi.id, user, edits_message_id=same),
                Saying("account.privacy", {}, rafi.id, user, edits_message_id=999_999),
                Saying("account.privacy", {}, 424242, None),
            ],
        )
    await dars.settled()
    assert len(heard(rafi)) == 2
    assert await dars.value("select count(*) from outbox where failed_at is not null") == 1


async def test_messages_of_a_process_that_died_are_sent_by_the_next(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.stop()
    user = await dars.value("select id from users")
    async with unit_of_work(dars.engine) as work:
        await work.operations.say(BOT_ID, [Saying("account.privacy", {}, rafi.id, user)])
    dead, alive = SqlMailbox(dars.engine, BOT_ID), SqlMailbox(dars.engine, BOT_ID)
    living = asyncio.create_task(alive.show_life())
    await asyncio.wait_for(alive.alive.wait(), 10)
    assert len(await alive.claim(10)) == 1
    assert not await dead.free_claims_of_the_dead()
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)
    await dars.start()
    await dars.settled()
    assert len(heard(rafi)) == 2


async def test_a_turn_is_finished_once_and_only_from_the_step_it_read(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await dars.stop()
    await rafi.says("/help")
    mailbox = SqlMailbox(dars.engine, BOT_ID)
    (update,) = await mailbox.receive(await dars.control.unconfirmed(BOT_ID))
    user = await dars.value("select id from users")
    step = ConversationState("elsewhere", {})
    async with mailbox.turn(update) as turn:
        await turn.finish(user, step, [])
    async with mailbox.turn(update) as again:
        with pytest.raises(AlreadyDone):
            await again.finish(user, None, [])
    async with mailbox.turn(update) as stale:
        stale.conversation = ConversationState(None, {}, 1)
        with pytest.raises(Conflict):
            await stale.finish(user, step, [])


async def test_admins_of_the_environment_are_admins_from_their_first_word(dars: Dars) -> None:
    boss = await dars.people.join("Boss", language_code="en", id=ADMIN)
    await say(dars, boss, "/health")
    assert await dars.value("select role from users") == "admin"
