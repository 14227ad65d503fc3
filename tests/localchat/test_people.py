"""The client that conversation tests are written with, and the stream behind it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from localchat.people import Message, People, PeopleError, Person
from localchat.server import LocalChat
from tests.localchat.conftest import TOKEN


async def test_only_what_came_after_the_own_act_is_heard(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "before")
    await rahim.hears("before")
    await rahim.says("again")
    with pytest.raises(AssertionError, match="did not hear 'before'") as caught:
        await rahim.hears("before", timeout=0.1)
    assert "bot: 'before'" in str(caught.value)
    waiting = asyncio.create_task(rahim.hears("aft"))
    await bot.send_message(rahim.id, "after")
    assert (await waiting).text == "after"
    assert rahim.last.text == "after"


async def test_nothing_heard_yet_is_said(people: People) -> None:
    silent = await people.join("Silent")
    with pytest.raises(AssertionError, match="Silent has heard nothing yet"):
        _ = silent.last
    assert "(empty)" in silent.transcript()


async def test_a_long_text_goes_out_in_pieces(bot: Bot, rahim: Person) -> None:
    await rahim.says("line of code\n" * 400)
    pieces = [each.message.text or "" for each in await bot.get_updates() if each.message][1:]
    assert len(pieces) == 2
    assert all(len(piece) <= 4096 for piece in pieces)
    assert "\n".join(pieces).split("\n") == ["line of code"] * 400


async def test_own_messages_can_be_answered_and_edited(rahim: Person) -> None:
    first = await rahim.says("12")
    second = await rahim.says("no, 13", reply_to=first.message_id)
    assert second.reply_to == first.message_id
    edited = await rahim.edits(first, "13")
    assert (edited.text, edited.edited) == ("13", True)
    assert [message.text for message in rahim.messages] == ["/start", "13", "no, 13"]
    photo = await rahim.sends_document("x", b"x", "old")
    assert (await rahim.edits(photo, "new")).text == "new"


async def test_what_a_person_cannot_do_is_refused(bot: Bot, rahim: Person, people: People) -> None:
    sent = await bot.send_message(rahim.id, "mine")
    message = await rahim.hears("mine")
    for impossible in (
        rahim.says(" "),
        rahim.says("x", reply_to=999),
        rahim.says("\ud800"),
        rahim.edits(message, "yours"),
        rahim.presses_data("x", message),
        rahim.edits(rahim.messages[0], ""),
        rahim.edits(rahim.messages[0], "x" * 4097),
        people.join(" "),
        people.join("Bot", id=1000),
        people.call("GET", "/api/chats/1000/5"),
        people.call("GET", f"/api/chats/1000/{rahim.id}/presses/5"),
        people.fetch(f"/api/chats/1000/{rahim.id}/files/5"),
        people.call("POST", f"/api/chats/1000/{rahim.id}/messages", data=b"["),
        people.call("POST", f"/api/chats/1000/{rahim.id}/messages", json={"text": 5}),
        people.call("POST", f"/api/chats/1000/{rahim.id}/edits", json={"text": "x"}),
        people.call("POST", f"/api/chats/1000/{rahim.id}/files", data={"kind": "photo"}),
    ):
        with pytest.raises(PeopleError):
            await impossible
    await rahim.blocks()
    with pytest.raises(PeopleError, match="blocked"):
        await rahim.says("hello?")
    assert sent.message_id == rahim.last.message_id
    with pytest.raises(AssertionError, match="the message has no file"):
        await rahim.downloads(message)


async def test_ids_and_usernames_belong_to_one_person(people: People) -> None:
    first = await people.join("Karim", username="karim", id=77)
    assert (await people.join("Karim K", username="karim", id=77)).id == first.id
    with pytest.raises(PeopleError, match="username is taken"):
        await people.join("Impostor", username="karim")
    everyone, _ = await people.call("GET", "/api/people")
    assert everyone == [{"id": 77, "first_name": "Karim K", "username": "karim"}]


async def test_one_person_with_two_bots(chat: LocalChat, people: People) -> None:
    chat.add_bot("2000:x", "other_bot")
    other = await people.join("Rahim", bot="other_bot")
    await other.says("/start")
    async with Bot("2000:x", base_url=f"{chat.url}/bot") as bot:
        assert len(await bot.get_updates()) == 1
        await bot.send_message(other.id, "from the other")
    await other.hears("from the other")
    same = await people.meet(other.id)
    assert same.messages == []
    with pytest.raises(LookupError, match="nobody_bot"):
        await people.join("X", bot="nobody_bot")


async def test_the_stream_resumes_where_it_broke(
    session: aiohttp.ClientSession, bot: Bot, rahim: Person
) -> None:
    await bot.send_message(rahim.id, "one")
    seen = await rahim.hears("one")
    chat = await (await session.get(f"/api/chats/1000/{rahim.id}")).json()
    await bot.send_message(rahim.id, "two")
    headers = {"Last-Event-ID": str(chat["event"])}
    path = f"/api/events?person={rahim.id}&bot=1000"
    async with session.get(path, headers=headers) as response:
        assert response.content_type == "text/event-stream"
        event = await next_event(response)
    assert (event["kind"], event["message"]["text"]) == ("message", "two")
    assert seen.text == "one"


async def test_a_stream_that_missed_too_much_says_so(session: aiohttp.ClientSession) -> None:
    async with session.get("/api/events", headers={"Last-Event-ID": "5"}) as response:
        assert (await next_event(response))["kind"] == "cleared"


async def test_a_stream_shows_only_what_was_asked_for(
    session: aiohttp.ClientSession, people: People, bot: Bot, rahim: Person
) -> None:
    other = await people.join("Other")
    async with session.get(f"/api/events?person={rahim.id}") as response:
        await response.content.readuntil(b"\n\n")
        await other.says("hidden")
        await rahim.says("shown")
        assert (await next_event(response))["message"]["text"] == "shown"


async def next_event(response: aiohttp.ClientResponse) -> dict[str, Any]:
    while True:
        block = await asyncio.wait_for(response.content.readuntil(b"\n\n"), 10)
        for line in block.split(b"\n"):
            if line.startswith(b"data: "):
                event: dict[str, Any] = json.loads(line[6:])
                return event


async def test_a_connection_outlives_a_restart_of_the_chat(tmp_path: Path) -> None:
    first = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await first.start()
    port = int(first.url.rsplit(":", 1)[1])
    async with People(first.url) as people:
        rahim = await people.join("Rahim")
        await rahim.says("/start")
        await first.stop()
        second = LocalChat(tmp_path, {TOKEN: "dars_bot"})
        await second.start(port=port)
        async with Bot(TOKEN, base_url=f"{second.url}/bot") as bot:
            await bot.send_message(rahim.id, "back again")
            heard: Message = await rahim.hears("back again")
        assert heard.text == "back again"
        await rahim.says("good")
        await second.stop()
