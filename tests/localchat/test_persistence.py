"""With a data folder a restart changes nothing that anyone can see."""

from pathlib import Path

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from localchat.people import People
from localchat.server import LocalChat
from tests.localchat.conftest import TOKEN

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


def client(chat: LocalChat) -> Bot:
    return Bot(TOKEN, base_url=f"{chat.url}/bot", base_file_url=f"{chat.url}/file/bot")


async def test_a_restart_shows_the_same_chat_and_delivers_what_waits(tmp_path: Path) -> None:
    chat = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await chat.start()
    async with People(chat.url) as people, client(chat) as bot:
        rahim = await people.join("Rahim", language_code="bn")
        await rahim.says("/start")
        (start,) = await bot.get_updates()
        await bot.get_updates(offset=start.update_id + 1)
        sent = await bot.send_message(rahim.id, "<b>Hello</b>", "HTML", reply_markup=KEYBOARD)
        gone = await bot.send_message(rahim.id, "gone")
        await bot.pin_chat_message(rahim.id, sent.message_id)
        await bot.set_my_commands([BotCommand("go", "Go on")])
        await bot.set_my_name("Dars")
        document = await rahim.sends_document("x.txt", b"content")
        last = await bot.send_message(rahim.id, "also gone")
        await bot.delete_messages(rahim.id, [gone.message_id, last.message_id])
        await rahim.presses("Go")
        await rahim.sees(lambda person: "gone" not in person.last.text)
        before = rahim.messages
    await chat.stop()

    again = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await again.start()
    async with People(again.url) as people, client(again) as bot:
        rahim = await people.meet(rahim.id)
        assert rahim.messages == before
        assert rahim.pinned == [sent.message_id]
        assert [each["command"] for each in rahim.commands] == ["go"]
        assert bot.first_name == "Dars"
        assert await rahim.downloads(document) == b"content"
        waiting = await bot.get_updates()
        assert [each.update_id - start.update_id for each in waiting] == [1, 2]
        assert waiting[1].callback_query is not None
        await bot.answer_callback_query(waiting[1].callback_query.id)
        new = await bot.send_message(rahim.id, "new")
        assert new.message_id > last.message_id
        await bot.get_updates(offset=waiting[-1].update_id + 1)
    await again.stop()

    third = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await third.start()
    async with People(third.url) as people, client(third) as bot:
        rahim = await people.meet(rahim.id)
        await rahim.says("later")
        (update,) = await bot.get_updates()
        assert update.update_id == waiting[-1].update_id + 1
    await third.stop()


async def test_what_was_acknowledged_survives_a_crash(tmp_path: Path) -> None:
    """A second server reads the file of one that was never stopped."""
    crashed = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await crashed.start()
    async with People(crashed.url) as people:
        rahim = await people.join("Rahim")
        await rahim.says("kept")
        heir = LocalChat(tmp_path, {TOKEN: "dars_bot"})
        await heir.start()
        async with People(heir.url) as others:
            same = await others.meet(rahim.id)
            assert [message.text for message in same.messages] == ["kept"]
        await heir.stop()
    await crashed.stop()


async def test_a_new_token_replaces_the_old(tmp_path: Path) -> None:
    first = LocalChat(tmp_path, {TOKEN: "dars_bot"})
    await first.start()
    await first.stop()
    second = LocalChat(tmp_path, {"1000:other": "new_bot"})
    await second.start()
    try:
        assert [bot.username for bot in second.world.bots.values()] == ["new_bot"]
        assert list(second.world.by_token) == ["1000:other"]
        second.add_bot("1001:more", "more_bot")
        async with Bot("1001:more", base_url=f"{second.url}/bot") as bot:
            assert bot.username == "more_bot"
    finally:
        await second.stop()
