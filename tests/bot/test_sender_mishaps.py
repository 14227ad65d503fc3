"""What should never happen to a sender, and stops neither it nor anybody's messages."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Courier
from bot.views.message import File, Message
from bot.views.registry import VIEWS
from bot.views.tongue import Tongue
from db.mailbox import SqlMailbox
from domain.operations.records import Delivery, Saying
from tests.bot.conftest import Dars, until
from tests.bot.sending import (
    all_sent,
    crowd,
    dropped,
    heard,
    post,
    saying,
    sender,
    tell,
    user_of,
    views,
)

__all__ = ("views",)


async def test_a_picture_that_cannot_be_drawn_is_lost_alone(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> bytes:
        raise ZeroDivisionError

    def picture(_data: Mapping[str, Any], _: Tongue) -> Message:
        return Message("Look", picture=drawn)

    monkeypatch.setitem(VIEWS, "test.picture", picture)
    (rafi,) = await crowd(idle_dars, 1)
    await post(
        idle_dars, Saying("test.picture", {}, rafi.id, None), saying(rafi, "What comes after it")
    )
    await idle_dars.start()
    await rafi.hears("What comes after it")
    await idle_dars.settled()
    reason = "select failed_reason from outbox where failed_at is not null"
    assert await idle_dars.value(reason) == "view test.picture: ZeroDivisionError"


async def test_a_file_that_is_lost_keeps_nothing_behind_it(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    def file(_data: Mapping[str, Any], _: Tongue) -> Message:
        return Message("Yours", file=File("all.json", key="nobody/lost"))

    monkeypatch.setitem(VIEWS, "test.file", file)
    (rafi,) = await crowd(idle_dars, 1)
    await post(idle_dars, Saying("test.file", {}, rafi.id, None), saying(rafi, "What comes after"))
    await idle_dars.start()
    await rafi.hears("What comes after")
    await idle_dars.settled()
    assert await idle_dars.value("select tries from outbox where failed_at is not null") == 1


async def test_a_fault_of_ours_is_trouble_like_any_other(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again; all else goes on."""
    (rafi,) = await crowd(idle_dars, 1)
    sent = Courier._send
    faults = [LookupError, KeyError]

    async def send(courier: Courier, *given: Any) -> int | None:
        if faults:
            raise faults.pop()
        return await sent(courier, *given)

    monkeypatch.setattr(Courier, "_send", send)
    await post(idle_dars, saying(rafi, "One"), saying(rafi, "Two"))
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(rafi) == ["One", "Two"]


async def test_who_lives_in_a_zone_that_this_machine_does_not_know_is_told_too(
    idle_dars: Dars,
) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await idle_dars.database.execute("update users set timezone = 'Asia/Atlantis'")
    await tell(idle_dars, [rafi], "No class")
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(rafi) == ["No class"]
    assert await dropped(idle_dars) == []


async def test_what_cannot_be_noted_at_once_is_noted_later(idle_dars: Dars) -> None:
    """Somebody has the same rows, in the other order."""
    rafi, mina = await crowd(idle_dars, 2)
    await tell(idle_dars, [rafi], "No class")
    user = await user_of(idle_dars, rafi)
    erasing = idle_dars.database.transaction()
    await erasing.start()
    run = idle_dars.database.execute
    await run("set local deadlock_timeout = '60s'")
    await run("select from notifications where recipient_id = $1 for update", user)
    async with sender(idle_dars):

        async def noting_waits() -> bool:
            return bool(
                await idle_dars.value(
                    "select exists (select from pg_locks where not granted"
                    " and pg_backend_pid() = any(pg_blocking_pids(pid)))"
                )
            )

        await until(noting_waits)
        await run("update outbox set data = data where user_id = $1", user)
        await erasing.commit()
        await post(idle_dars, saying(mina, "Your answer is right"))

        async def all_noted() -> bool:
            return bool(await idle_dars.value("select bool_and(sent_at is not null) from outbox"))

        await until(all_noted)
    assert (heard(rafi), heard(mina)) == (["No class"], ["Your answer is right"])


async def test_one_that_can_never_be_noted_keeps_no_other_from_it(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.IDLE_SECONDS", 0.05)
    rafi, mina = await crowd(idle_dars, 2)
    run = idle_dars.database.execute
    await post(idle_dars, saying(rafi, "One"), saying(mina, "Two"), saying(rafi, "Three"))
    await run(f"alter table outbox add check (chat_id <> {rafi.id} or sent_at is null) not valid")
    noted = "select count(*) from outbox where sent_at is not null"
    async with sender(idle_dars):

        async def mina_is_noted() -> bool:
            return bool(await idle_dars.value(noted) == 1)

        await rafi.hears("Three")
        await until(mina_is_noted)
        await run("alter table outbox drop constraint outbox_check")

        async def all_noted() -> bool:
            return bool(await idle_dars.value(noted) == 3)

        await until(all_noted)
    assert heard(rafi) == ["One", "Three"]


async def test_what_is_free_again_the_moment_it_is_noted_is_sent(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its quiet hours end as it is given back, and it is claimed before that is heard of."""
    monkeypatch.setattr("bot.sender.IDLE_SECONDS", 0.02)
    (rafi,) = await crowd(idle_dars, 1)
    note = SqlMailbox.note

    async def note_slowly(mailbox: SqlMailbox, deliveries: Sequence[Delivery]) -> None:
        idle_dars.clock.now = morning
        await note(mailbox, deliveries)
        waits = "select count(*) from outbox where claimed_by is null and sent_at is null"
        async with asyncio.timeout(5):
            while await idle_dars.value(waits):
                await asyncio.sleep(0.01)
        # It is claimed by now, and what was claimed is in this process's hands.
        await asyncio.sleep(0.05)

    monkeypatch.setattr(SqlMailbox, "note", note_slowly)
    idle_dars.clock.move(hours=12)  # six in the morning in Dhaka
    morning = idle_dars.clock.now + timedelta(hours=1)
    await tell(idle_dars, [rafi], "No class")
    async with sender(idle_dars):
        await rafi.hears("No class")
        await all_sent(idle_dars)
    assert heard(rafi) == ["No class"]
