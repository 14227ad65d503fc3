"""What a bot says about itself: commands, name, descriptions, menu button; and getChat."""

import re
from collections.abc import Iterator
from typing import Any

from localchat.methods.call import Call, Method
from localchat.records import Bot, Chat
from localchat.refusals import bad_request

Json = dict[str, Any]

MAX_COMMANDS = 100


def scope_key(call: Call) -> str:
    """The scope parameter as a key of the bot's commands."""
    scope = call.parameters.structure("scope", "BotCommandScope")
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        return str(kind)
    if kind != "chat":
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    number = str(scope.get("chat_id", ""))
    if not number.lstrip("-").isdigit() or int(number) not in call.world.people:
        raise bad_request("chat not found")
    return f"chat:{int(number)}"


def language(call: Call) -> str:
    """The language_code parameter; "" for everyone."""
    code = call.parameters.text("language_code") or ""
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def resolved_commands(chat: Chat) -> list[Json]:
    """The commands that the person sees in this chat, by Telegram's precedence."""
    code = (chat.person.language_code or "")[:2]
    for scope in (f"chat:{chat.person.id}", "all_private_chats", "default"):
        by_language = chat.bot.commands.get(scope, {})
        for key in (code, ""):
            if by_language.get(key):
                return by_language[key]
    return []


def resolved_menu_button(chat: Chat) -> Json:
    """The menu button of this chat."""
    return chat.menu_button or chat.bot.menu_button


async def set_my_commands(call: Call) -> bool:
    """Set the commands of one scope and language."""
    given = call.parameters.structure("commands", "commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(command) for command in given]
    scope = scope_key(call)
    call.bot.commands.setdefault(scope, {})[language(call)] = commands
    _changed(call, scope)
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not re.fullmatch("/?[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description.strip()}


async def delete_my_commands(call: Call) -> bool:
    """Forget the commands of one scope and language."""
    scope = scope_key(call)
    call.bot.commands.get(scope, {}).pop(language(call), None)
    _changed(call, scope)
    return True


async def get_my_commands(call: Call) -> list[Json]:
    """The commands of exactly this scope and language."""
    return call.bot.commands.get(scope_key(call), {}).get(language(call), [])


def _changed(call: Call, scope: str) -> None:
    call.world.save_bot(call.bot)
    for chat in list(_seen_by(call, scope)):
        tell_commands(call, chat)


def _seen_by(call: Call, scope: str) -> Iterator[Chat]:
    if scope.startswith("chat:"):
        yield call.world.chat(call.bot, call.world.people[int(scope[5:])])
    else:
        yield from call.world.chats_of(call.bot)


def tell_commands(call: Call, chat: Chat) -> None:
    """Show the chat its commands and menu button as they are now."""
    payload = {"commands": resolved_commands(chat), "menu_button": resolved_menu_button(chat)}
    call.world.tell("commands", chat, payload)


def _set_text(call: Call, parameter: str, texts: dict[str, str], limit: int, words: str) -> bool:
    text = call.parameters.text(parameter) or ""
    if len(text) > limit:
        raise bad_request(words)
    code = language(call)
    if text:
        texts[code] = text
    else:
        texts.pop(code, None)
    call.world.save_bot(call.bot)
    return True


async def set_my_name(call: Call) -> bool:
    """Name the bot in a language; 64 characters at most."""
    return _set_text(call, "name", call.bot.names, 64, "BOT_TITLE_INVALID")


async def set_my_description(call: Call) -> bool:
    """What an empty chat shows; 512 characters at most."""
    words = "BOT_DESCRIPTION_INVALID"
    return _set_text(call, "description", call.bot.descriptions, 512, words)


async def set_my_short_description(call: Call) -> bool:
    """What the bot's profile shows; 120 characters at most."""
    texts = call.bot.short_descriptions
    return _set_text(call, "short_description", texts, 120, "BOT_SHORT_DESCRIPTION_INVALID")


async def get_my_name(call: Call) -> Json:
    """The bot's name in a language."""
    return {"name": call.bot.name(language(call))}


async def get_my_description(call: Call) -> Json:
    """The bot's description in a language."""
    return {"description": in_language(call.bot.descriptions, language(call))}


async def get_my_short_description(call: Call) -> Json:
    """The bot's short description in a language."""
    return {"short_description": in_language(call.bot.short_descriptions, language(call))}


def in_language(texts: dict[str, str], code: str) -> str:
    """The text for a language, else the text for all."""
    return texts.get(code) or texts.get("", "")


async def set_chat_menu_button(call: Call) -> bool:
    """Set the menu button of one chat or of all; "default" takes a chat's own away."""
    button = call.parameters.structure("menu_button", "MenuButton") or {"type": "default"}
    kind = button.get("type") if isinstance(button, dict) else None
    if kind not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unsupported type specified")
    if call.parameters.text("chat_id"):
        chat = call.chat()
        chat.menu_button = None if kind == "default" else button
        call.world.save_chat(chat)
        tell_commands(call, chat)
        return True
    call.bot.menu_button = {"type": "commands"} if kind == "default" else button
    _changed(call, "default")
    return True


async def get_chat_menu_button(call: Call) -> Json:
    """The menu button of one chat, or of all."""
    if call.parameters.text("chat_id"):
        return resolved_menu_button(call.chat())
    return call.bot.menu_button


async def get_chat(call: Call) -> Json:
    """What the bot can know of the person."""
    chat = call.chat()
    info: Json = {
        **chat.person.chat(),
        "accent_color_id": chat.person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.person.username:
        info["active_usernames"] = [chat.person.username]
    if chat.pinned:
        info["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return info


def described(bot: Bot) -> Json:
    """The bot as the people's side sees it."""
    number = str(bot.id)
    return {
        "id": bot.id,
        "token_hint": f"{number}:…",
        "username": bot.username,
        "name": bot.name(),
        "description": in_language(bot.descriptions, ""),
        "descriptions": bot.descriptions,
    }


METHODS = (
    Method("setMyCommands", set_my_commands),
    Method("deleteMyCommands", delete_my_commands),
    Method("getMyCommands", get_my_commands),
    Method("setMyName", set_my_name),
    Method("getMyName", get_my_name),
    Method("setMyDescription", set_my_description),
    Method("getMyDescription", get_my_description),
    Method("setMyShortDescription", set_my_short_description),
    Method("getMyShortDescription", get_my_short_description),
    Method("setChatMenuButton", set_chat_menu_button),
    Method("getChatMenuButton", get_chat_menu_button),
    Method("getChat", get_chat),
)
