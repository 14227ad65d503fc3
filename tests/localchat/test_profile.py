"""Commands by scope and language, descriptions, menu buttons, chats."""

from functools import partial

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonWebApp,
    WebAppInfo,
)  # fmt: skip

from localchat.people import People, Person
from tests.localchat.conftest import RawCall, refused


def names(person: Person) -> list[str]:
    return [command["command"] for command in person.commands]


def shows(name: str, person: Person) -> bool:
    return names(person) == [name]


async def test_the_nearest_scope_and_language_decide(
    bot: Bot, people: People, rahim: Person
) -> None:
    john = await people.join("John", language_code="en-GB")
    await john.says("/start")
    chat, private = BotCommandScopeChat(rahim.id), BotCommandScopeAllPrivateChats()
    steps = [
        ("default", None, None),
        ("bengali", None, "bn"),
        ("private", private, None),
        ("private_bengali", private, "bn"),
        ("own", chat, None),
        ("own_bengali", chat, "bn"),
    ]
    for name, scope, language in steps:
        commands = [BotCommand(name, "what it does")]
        await bot.set_my_commands(commands, scope=scope, language_code=language)
        await rahim.sees(partial(shows, name))
    assert names(john) == ["private"]
    await bot.delete_my_commands(scope=chat, language_code="bn")
    await rahim.sees(lambda person: names(person) == ["own"])
    assert [each.command for each in await bot.get_my_commands(chat)] == ["own"]
    assert await bot.get_my_commands(chat, "bn") == ()


async def test_one_persons_menu_is_not_anothers(bot: Bot, people: People, rahim: Person) -> None:
    teacher = await people.join("Teacher")
    await teacher.says("/start")
    await bot.set_my_commands(
        [BotCommand("review", "Grade")], scope=BotCommandScopeChat(teacher.id)
    )
    await teacher.sees(lambda person: names(person) == ["review"])
    assert names(rahim) == []


async def test_name_and_descriptions(bot: Bot, people: People) -> None:
    await bot.set_my_name("Dars")
    await bot.set_my_description("A tutor")
    await bot.set_my_description("শিক্ষক", language_code="bn")
    await bot.set_my_short_description("Tutor")
    assert (await bot.get_my_name()).name == "Dars"
    assert (await bot.get_my_description("bn")).description == "শিক্ষক"
    assert (await bot.get_my_description("fr")).description == "A tutor"
    assert (await bot.get_my_short_description()).short_description == "Tutor"
    (shown,), _ = await people.call("GET", "/api/bots")
    assert (shown["name"], shown["description"]) == ("Dars", "A tutor")
    assert shown["token_hint"] == "1000:…"


async def test_a_menu_button_for_one_chat_or_all(bot: Bot, rahim: Person) -> None:
    button = MenuButtonWebApp("Open", WebAppInfo("https://example.com"))
    await bot.set_chat_menu_button(rahim.id, button)
    await rahim.sees(lambda person: person.menu_button["type"] == "web_app")
    assert await bot.get_chat_menu_button(rahim.id) == button
    assert (await bot.get_chat_menu_button()).type == "commands"
    await bot.set_chat_menu_button(rahim.id)
    await rahim.sees(lambda person: person.menu_button == {"type": "commands"})


async def test_a_chat_tells_who_the_person_is(bot: Bot, people: People) -> None:
    person = await people.join("Ayesha", last_name="Khan", username="ayesha", id=4242)
    chat = await bot.get_chat(person.id)
    assert (chat.id, chat.type, chat.first_name, chat.username) == (
        4242, "private", "Ayesha", "ayesha",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "শুরু", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(
    call: RawCall, commands: list[dict[str, str]], words: str
) -> None:
    answer = await call("setMyCommands", commands=commands)
    assert refused(answer) == (400, f"Bad Request: {words}")


async def test_a_scope_or_language_that_is_not_there_is_refused(call: RawCall) -> None:
    commands = [{"command": "x", "description": "x"}]
    scope = {"type": "chat", "chat_id": 1}
    answer = await call("setMyCommands", commands=commands, scope=scope)
    assert refused(answer) == (400, "Bad Request: chat not found")
    answer = await call("setMyCommands", commands=commands, language_code="bengali")
    assert refused(answer) == (400, "Bad Request: invalid language code specified")
    answer = await call("setMyDescription", description="x" * 513)
    assert refused(answer)[0] == 400
