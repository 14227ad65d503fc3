"""Sending, copying, pinning and deleting messages, and answering pressed buttons."""

from typing import Any

from localchat.keyboards import checked_markup
from localchat.methods.call import MAX_CAPTION, MAX_TEXT, Call, Method, formatted, too_long
from localchat.records import Chat, Message
from localchat.refusals import bad_request
from localchat.world import TYPING_SECONDS

Json = dict[str, Any]

QUERY_SECONDS = 15 * 60
DELETABLE_SECONDS = 48 * 3600
MAX_ANSWER = 200
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "record_audio", "upload_audio", "upload_document", "choose_sticker", "find_location",
        "record_video_note", "upload_video_note",
    }
)  # fmt: skip
_CONTENT = (
    "text", "entities", "photo", "document", "voice", "video", "audio", "sticker", "caption",
    "caption_entities", "link_preview_options",
)  # fmt: skip


def send(call: Call, chat: Chat, content: Json) -> Message:
    """Post `content` with the call's reply markup and the message it replies to."""
    markup = checked_markup(call.parameters.structure("reply_markup", "reply keyboard markup"))
    return post(call, chat, {**replied(call, chat), **content}, markup)


def post(call: Call, chat: Chat, content: Json, markup: Json | None) -> Message:
    """Post `content`; an inline keyboard stays on it, any other becomes the chat's."""
    if markup is not None:
        if "inline_keyboard" in markup:
            content = {**content, "reply_markup": markup}
        else:
            chat.reply_keyboard = None if "remove_keyboard" in markup else markup
            call.world.save_chat(chat)
    if call.parameters.boolean("protect_content"):
        content = {**content, "has_protected_content": True}
    return call.world.post(chat, content, out=False)


def replied(call: Call, chat: Chat) -> Json:
    """The message that this one replies to, as a field of the new message."""
    given = call.parameters.structure("reply_parameters", "reply parameters")
    if isinstance(given, dict):
        number, optional = given.get("message_id"), bool(given.get("allow_sending_without_reply"))
    else:
        number = call.parameters.integer("reply_to_message_id")
        optional = call.parameters.boolean("allow_sending_without_reply")
    if not number:
        return {}
    message = chat.messages.get(number) if isinstance(number, int) else None
    if message is not None:
        body = {key: value for key, value in message.body.items() if key != "reply_to_message"}
        return {"reply_to_message": body}
    if optional:
        return {}
    raise bad_request("message to be replied not found")


def text_content(call: Call) -> Json:
    """The text of a call with its entities, as fields of a message."""
    given = call.parameters.text("text")
    text, entities = call.formatted(given or "")
    if not text:
        raise bad_request("text must be non-empty")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = call.parameters.structure("link_preview_options", "link preview options")
    if isinstance(preview, dict):
        content["link_preview_options"] = preview
    return content


def caption_content(caption: Any, mode: Any, given: Any) -> Json:
    """A caption with its entities, as fields of a message; what is no text is no caption."""
    if not isinstance(caption, str) or not caption:
        return {}
    text, entities = formatted(caption, mode, given)
    if too_long(text, MAX_CAPTION):
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if text and entities:
        content["caption_entities"] = entities
    return content


async def send_message(call: Call) -> Json:
    """Post a text."""
    if not call.parameters.text("text"):
        raise bad_request("message text is empty")
    chat = call.open_chat()
    content = text_content(call)
    if too_long(content["text"], MAX_TEXT):
        raise bad_request("message is too long")
    return send(call, chat, content).body


async def copy_message(call: Call) -> Json:
    """Post what another message holds, under the bot's own name."""
    chat = call.open_chat()
    try:
        source = call.world.people.get(int(call.parameters.text("from_chat_id") or ""))
    except ValueError:
        source = None
    if source is None:
        raise bad_request("chat not found")
    message = call.world.chat(call.bot, source).messages.get(call.parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to copy not found")
    content = {key: message.body[key] for key in _CONTENT if key in message.body}
    caption = call.parameters.text("caption")
    if caption is not None and "text" not in content:
        given = call.parameters.structure("caption_entities", "entities")
        content.pop("caption_entities", None)
        content |= caption_content(caption, call.parameters.text("parse_mode"), given)
    return {"message_id": send(call, chat, content).body["message_id"]}


async def delete_message(call: Call) -> bool:
    """Take a message away, the bot's or the person's, within 48 hours."""
    chat = call.chat()
    _delete(call, chat, call.parameters.integer("message_id"))
    return True


async def delete_messages(call: Call) -> bool:
    """Take several messages away; those that are not there are passed over."""
    chat = call.chat()
    numbers = call.parameters.structure("message_ids", "message identifiers")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        if isinstance(number, int) and number in chat.messages:
            _delete(call, chat, number)
    return True


def _delete(call: Call, chat: Chat, number: int) -> None:
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    if call.world.clock.now() - message.body["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(chat, number)


async def answer_callback_query(call: Call) -> bool:
    """End the waiting of a pressed button."""
    query = call.world.queries.get(call.parameters.text("callback_query_id") or "")
    age = call.world.clock.now() - query.pressed_at if query is not None else 0.0
    if query is None or query.bot_id != call.bot.id or age > QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.parameters.text("text")
    if text is not None and too_long(text, MAX_ANSWER):
        raise bad_request("MESSAGE_TOO_LONG")
    if query.answered:
        return True
    query.answered, query.text = True, text or None
    query.show_alert = call.parameters.boolean("show_alert")
    call.world.save_query(query)
    chat = call.world.chat(call.bot, call.world.people[query.person_id])
    payload = {"callback_query_id": query.id, "text": query.text, "show_alert": query.show_alert}
    call.world.tell("callback_answer", chat, payload)
    return True


async def send_chat_action(call: Call) -> bool:
    """Show for five seconds what the bot is about to do."""
    chat = call.open_chat()
    if call.parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = call.world.clock.now() + TYPING_SECONDS
    payload = {"action": call.parameters.text("action"), "seconds": TYPING_SECONDS}
    call.world.tell("typing", chat, payload)
    return True


async def pin_chat_message(call: Call) -> bool:
    """Pin a message; the one pinned last is the one shown."""
    chat = call.open_chat()
    number = call.parameters.integer("message_id")
    if number not in chat.messages:
        raise bad_request("message to pin not found")
    chat.pinned = [*(pinned for pinned in chat.pinned if pinned != number), number]
    call.world.pins_changed(chat)
    return True


async def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, or the one pinned last."""
    chat = call.open_chat()
    number = call.parameters.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.messages:
        raise bad_request("message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != number]
    call.world.pins_changed(chat)
    return True


METHODS = (
    Method("sendMessage", send_message, sends=True),
    Method("copyMessage", copy_message, sends=True),
    Method("deleteMessage", delete_message),
    Method("deleteMessages", delete_messages),
    Method("answerCallbackQuery", answer_callback_query),
    Method("sendChatAction", send_chat_action),
    Method("pinChatMessage", pin_chat_message),
    Method("unpinChatMessage", unpin_chat_message),
)
