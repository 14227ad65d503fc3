"""What a person can do in a chat, and the updates that the bot gets of it."""

import secrets
from typing import Any

from localchat import entities
from localchat.methods.call import MAX_CAPTION, MAX_TEXT
from localchat.parameters import encodable
from localchat.records import Chat, Message, Query
from localchat.refusals import bad_request
from localchat.world import World

Json = dict[str, Any]


def says(world: World, chat: Chat, text: str, reply_to: int | None = None) -> Message:
    """Send a text; one that is too long goes out in pieces, as Telegram's apps send it."""
    plain, found = _written(text)
    if not plain:
        raise bad_request("message text is empty")
    replied = _replied(chat, reply_to)
    if not entities.units(plain) > MAX_TEXT:
        return _sent(world, chat, {**replied, "text": plain, **_marked("entities", found)})
    message: Message | None = None
    for piece in _pieces(plain):
        marked = _marked("entities", entities.spoken(piece, ()))
        message = _sent(world, chat, {**replied, "text": piece, **marked})
    if message is None:
        raise bad_request("message text is empty")
    return message


def sends_file(world: World, chat: Chat, content: Json, caption: str) -> Message:
    """Send a file that has been kept; `content` is its part of the message."""
    plain, found = _written(caption)
    if entities.units(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if plain:
        content = {**content, "caption": plain, **_marked("caption_entities", found)}
    return _sent(world, chat, content)


def edits(world: World, chat: Chat, number: int, text: str) -> Message:
    """Change the text, or the caption, of an own message."""
    message = chat.messages.get(number)
    if message is None or not message.out:
        raise bad_request("message to edit not found")
    plain, found = _written(text)
    of_text = "text" in message.body
    if of_text and not plain:
        raise bad_request("message text is empty")
    name, marks = ("text", "entities") if of_text else ("caption", "caption_entities")
    if entities.units(plain) > (MAX_TEXT if of_text else MAX_CAPTION):
        raise bad_request("message is too long")
    kept = {key: value for key, value in message.body.items() if key not in (name, marks)}
    changed = {name: plain, **_marked(marks, found)} if plain else {}
    body = {**kept, **changed, "edit_date": world.clock.date()}
    message = world.replace(chat, number, body)
    world.queues[chat.bot.id].add("edited_message", body)
    return message


def presses(world: World, chat: Chat, number: int, data: str) -> Query:
    """Press a button that the message has, or once had."""
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("there is no such message")
    if data not in message.data:
        raise bad_request("the message never had a button with this data")
    identifier = str(secrets.randbelow(1 << 62))
    query = Query(identifier, chat.bot.id, chat.person.id, world.clock.now())
    world.save_query(query)
    update = {
        "id": query.id,
        "from": chat.person.user(),
        "message": message.body,
        "chat_instance": chat.instance,
        "data": data,
    }
    world.queues[chat.bot.id].add("callback_query", update)
    return query


def blocks(world: World, chat: Chat, *, blocked: bool) -> None:
    """Block the bot, or take the block away."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    world.save_chat(chat)
    world.tell("blocked", chat, {"blocked": blocked})
    before, after = _membership(chat, blocked=not blocked), _membership(chat, blocked=blocked)
    update = {
        "chat": chat.person.chat(),
        "from": chat.person.user(),
        "date": world.clock.date(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    world.queues[chat.bot.id].add("my_chat_member", update)


def _membership(chat: Chat, *, blocked: bool) -> Json:
    if blocked:
        return {"user": chat.bot.user(), "status": "kicked", "until_date": 0}
    return {"user": chat.bot.user(), "status": "member"}


def _sent(world: World, chat: Chat, content: Json) -> Message:
    if chat.blocked:
        raise bad_request("the person has blocked the bot")
    if not chat.started or (chat.reply_keyboard or {}).get("force_reply"):
        chat.started = True
        if (chat.reply_keyboard or {}).get("force_reply"):
            chat.reply_keyboard = None
        world.save_chat(chat)
    message = world.post(chat, content, out=True)
    world.queues[chat.bot.id].add("message", message.body)
    return message


def _written(text: str) -> tuple[str, list[Json]]:
    return entities.settle(entities.clean(encodable(text)), ())


def _marked(name: str, found: list[Json]) -> Json:
    return {name: found} if found else {}


def _replied(chat: Chat, number: int | None) -> Json:
    if number is None:
        return {}
    if number not in chat.messages:
        raise bad_request("message to be replied not found")
    body = chat.messages[number].body
    return {"reply_to_message": {key: body[key] for key in body if key != "reply_to_message"}}


def _pieces(text: str) -> list[str]:
    """`text` cut where it is full, at a line's end or a space where there is one."""
    pieces: list[str] = []
    while text:
        end = min(len(text), MAX_TEXT)
        while entities.units(text[:end]) > MAX_TEXT:
            end -= 1
        if end < len(text):
            cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
            end = cut if cut > end // 2 else end
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [piece for piece in pieces if piece.strip()]
