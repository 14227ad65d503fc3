"""Long polling: what is not confirmed comes again."""

import asyncio
import time

import pytest
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken

from localchat.people import Control, Person
from localchat.server import LocalChat
from tests.localchat.conftest import RawCall, refused


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [each.message.text for each in updates if each.message is not None]


async def test_the_bot_knows_itself(bot: Bot, call: RawCall) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (1000, "dars_bot", True)
    assert (await call("GETME"))[0] == 200


async def test_an_unknown_token_or_method_is_refused(chat: LocalChat, call: RawCall) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1000:wrong", base_url=f"{chat.url}/bot"):
            pass
    assert refused(await call("makeCoffee")) == (404, "Not Found")


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, rahim: Person) -> None:
    await rahim.says("second")
    first = await bot.get_updates()
    assert texts(first) == ["/start", "second"]
    assert texts(await bot.get_updates()) == ["/start", "second"]
    assert texts(await bot.get_updates(limit=1)) == ["/start"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["second"]
    assert texts(await bot.get_updates(offset=first[1].update_id + 1)) == []


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, rahim: Person) -> None:
    await rahim.says("second")
    await rahim.says("third")
    assert texts(await bot.get_updates(offset=-1)) == ["third"]
    assert texts(await bot.get_updates()) == ["third"]


async def test_a_poll_waits_for_the_next_update(bot: Bot, rahim: Person) -> None:
    (start,) = await bot.get_updates()
    waiting = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=20))
    began = time.monotonic()
    await rahim.says("now")
    assert texts(await waiting) == ["now"]
    assert time.monotonic() - began < 5


async def test_a_poll_that_waits_in_vain_ends_in_time(bot: Bot, chat: LocalChat) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < time.monotonic() - began < 4


async def test_of_two_polls_the_first_is_ended(bot: Bot, call: RawCall) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=20))
    async with asyncio.timeout(10):
        while not first.done():  # the second may come before the first has begun to wait
            await bot.get_updates()
    status, words = refused(await first)
    assert status == 409
    assert words == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot"
        " instance is running"
    )


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_the_wanted_kinds_arrive(bot: Bot, rahim: Person) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["edited_message"])
    message = await rahim.says("typo")
    await rahim.edits(message, "typed")
    updates = await bot.get_updates(offset=-1)
    assert updates[-1].edited_message is not None
    assert updates[-1].edited_message.text == "typed"
    assert "typo" not in texts(updates)


async def test_blocking_tells_the_bot_as_telegram_does(bot: Bot, rahim: Person) -> None:
    await rahim.blocks()
    await rahim.unblocks()
    changes = [each.my_chat_member for each in await bot.get_updates() if each.my_chat_member]
    statuses = [(each.old_chat_member.status, each.new_chat_member.status) for each in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_confirmed_update_can_be_injected_again(
    bot: Bot, rahim: Person, control: Control
) -> None:
    (start,) = await bot.get_updates()
    assert await bot.get_updates(offset=start.update_id + 1) == ()
    await control.inject(1000, start.to_dict())
    (again,) = await bot.get_updates(offset=start.update_id + 1)
    assert again.update_id == start.update_id
    assert await bot.get_updates(offset=start.update_id + 1) == ()


async def test_updates_can_be_injected(bot: Bot, chat: LocalChat, control: Control) -> None:
    numbers = await control.inject(1000, {"poll": {"id": "1"}}, {"update_id": 7, "nonsense": 1})
    updates = await control.unconfirmed(1000)
    assert [each["update_id"] for each in updates] == numbers == [100000001, 7]
    assert "nonsense" in updates[1]
