"""Faults, latency, limits and the log of calls."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from localchat.people import Control, Message, People, Person
from tests.localchat.conftest import RawCall, refused

HOUR = 3600.0


async def test_a_call_can_fail_as_often_as_asked(
    call: RawCall, rahim: Person, control: Control
) -> None:
    await control.fault("500", "sendMessage", times=2)
    for _ in range(2):
        answer = await call("sendMessage", chat_id=rahim.id, text="x")
        assert refused(answer) == (500, "Internal Server Error")
    assert (await call("sendMessage", chat_id=rahim.id, text="x"))[0] == 200


async def test_too_many_requests_say_when_to_come_again(
    bot: Bot, rahim: Person, control: Control
) -> None:
    await control.fault("429", "sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(rahim.id, "x")
    assert caught.value.retry_after == timedelta(seconds=7)
    await control.fault("429", times=5)
    await control.no_faults()
    await bot.send_message(rahim.id, "x")


async def test_a_fault_hits_only_its_method_and_chat(
    call: RawCall, rahim: Person, people: People, control: Control
) -> None:
    other = await people.join("Other")
    await other.says("/start")
    await control.fault("500", "SENDMESSAGE", chat=other.id)
    assert (await call("getMe"))[0] == 200
    assert (await call("sendMessage", chat_id=rahim.id, text="x"))[0] == 200
    assert (await call("sendMessage", chat_id=other.id, text="x"))[0] == 500


async def test_a_connection_can_drop_before_or_after_the_effect(
    call: RawCall, rahim: Person, control: Control
) -> None:
    await control.fault("drop", "sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=rahim.id, text="never")
    await control.fault("drop_after", "sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=rahim.id, text="arrived")
    assert [message.text for message in await arrived(rahim)] == ["arrived"]
    log = [each for each in await control.call_log() if each["method"] == "sendMessage"]
    assert [each["status"] for each in log] == [0, 0]


async def arrived(person: Person) -> list[Message]:
    await person.hears("arrived")
    return [message for message in person.messages if not message.out]


async def test_a_call_can_be_slow(call: RawCall, control: Control) -> None:
    await control.fault("delay", "getMe", seconds=0.3)
    began = time.monotonic()
    await call("getMe")
    assert time.monotonic() - began >= 0.3
    await control.latency(0.2)
    began = time.monotonic()
    await asyncio.gather(*(call("getMe") for _ in range(5)))
    assert 0.2 <= time.monotonic() - began < 0.9


async def test_a_confirmed_update_can_come_again(bot: Bot, rahim: Person, control: Control) -> None:
    await control.fault("duplicate")
    (start,) = await bot.get_updates()
    (again,) = await bot.get_updates(offset=start.update_id + 1)
    assert again == start
    assert await bot.get_updates(offset=start.update_id + 1) == ()


async def test_one_message_a_second_to_a_chat(
    call: RawCall, rahim: Person, people: People, control: Control
) -> None:
    other = await people.join("Other")
    await other.says("/start")
    await control.telegram_limits()
    assert (await call("sendMessage", chat_id=rahim.id, text="1"))[0] == 200
    answer = await call("sendMessage", chat_id=rahim.id, text="2")
    assert refused(answer) == (429, "Too Many Requests: retry after 1")
    assert answer[1]["parameters"] == {"retry_after": 1}
    assert (await call("sendMessage", chat_id=other.id, text="1"))[0] == 200
    assert (await call("sendChatAction", chat_id=rahim.id, action="typing"))[0] == 200
    await control.clock(1.1)
    assert (await call("sendMessage", chat_id=rahim.id, text="2"))[0] == 200
    await control.limits()
    assert (await call("sendMessage", chat_id=rahim.id, text="3"))[0] == 200


async def test_so_many_a_second_in_all(
    call: RawCall, rahim: Person, people: People, control: Control
) -> None:
    others = [rahim, await people.join("A"), await people.join("B"), await people.join("C")]
    for person in others:
        await person.says("/start")
    await control.limits(total_per_second=3, ban_seconds=60)
    statuses = [(await call("sendMessage", chat_id=each.id, text="x"))[0] for each in others]
    assert statuses == [200, 200, 200, 429]
    await control.clock(30)
    answer = await call("sendMessage", chat_id=rahim.id, text="x")
    assert refused(answer) == (429, "Too Many Requests: retry after 60")
    await control.clock(91)
    assert (await call("sendMessage", chat_id=rahim.id, text="x"))[0] == 200


async def test_a_bucket_gives_a_second_at_once_and_is_refilled_as_fast(
    call: RawCall, rahim: Person, control: Control
) -> None:
    async def sent() -> int:
        return (await call("sendMessage", chat_id=rahim.id, text="x"))[0]

    await control.limits(total_per_second=2, bucket=True)
    assert [await sent() for _ in range(3)] == [200, 200, 429]
    # Half a second fills half of what a second fills, and ten seconds no more than a second.
    await control.clock(0.5)
    assert [await sent() for _ in range(2)] == [200, 429]
    await control.clock(10)
    assert [await sent() for _ in range(3)] == [200, 200, 429]


async def test_the_clock_dates_messages(bot: Bot, rahim: Person, control: Control) -> None:
    await control.clock(HOUR)
    sent = await bot.send_message(rahim.id, "later")
    assert HOUR - 5 < sent.date.timestamp() - time.time() < HOUR + 5


async def test_calls_are_counted(call: RawCall, rahim: Person, control: Control) -> None:
    await call("getMe")
    await call("GETME")
    await call("sendMessage", chat_id=rahim.id, text="")
    assert await control.calls() == {"getMe": 2, "sendMessage": 1}
    last = (await control.call_log())[-1]
    assert (last["method"], last["chat"], last["status"]) == ("sendMessage", str(rahim.id), 400)
    await control.forget_calls()
    assert await control.calls() == {}


async def test_nonsense_is_refused(control: Control) -> None:
    with pytest.raises(ValueError, match="kinds of fault"):
        await control.fault("earthquake")
    with pytest.raises(ValueError, match="a limit is at least 1"):
        await control.limits(chat_per_second=0)
    with pytest.raises(ValueError, match="the id of a bot"):
        await control.inject(5, {})
