"""Editing messages that the bot sent."""

from typing import Any

from localchat.keyboards import checked_inline
from localchat.methods.call import MAX_TEXT, Call, Method, too_long
from localchat.methods.messages import caption_content, text_content
from localchat.records import Chat, Message
from localchat.refusals import bad_request

Json = dict[str, Any]

_TEXT = ("text", "entities", "link_preview_options", "reply_markup")
_CAPTION = ("caption", "caption_entities", "reply_markup")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)


async def edit_message_text(call: Call) -> Json:
    """Give a text message another text, and another keyboard or none."""
    if not call.parameters.text("text"):
        raise bad_request("message text is empty")
    chat = call.open_chat()
    message = call.own_message(chat)
    content = text_content(call)
    if too_long(content["text"], MAX_TEXT):
        raise bad_request("MESSAGE_TOO_LONG")
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _edited(call, chat, message, _TEXT, content)


async def edit_message_caption(call: Call) -> Json:
    """Give a message with a file another caption, and another keyboard or none."""
    chat = call.open_chat()
    message = call.own_message(chat)
    content = caption_content(
        call.parameters.text("caption"),
        call.parameters.text("parse_mode"),
        call.parameters.structure("caption_entities", "entities"),
    )
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, chat, message, _CAPTION, content)


async def edit_message_reply_markup(call: Call) -> Json:
    """Give a message another keyboard or none."""
    chat = call.open_chat()
    message = call.own_message(chat)
    return _edited(call, chat, message, ("reply_markup",), {})


def _edited(
    call: Call, chat: Chat, message: Message, fields: tuple[str, ...], content: Json
) -> Json:
    """Replace `fields` of the message by `content` and the call's keyboard."""
    markup = checked_inline(call.parameters.structure("reply_markup", "reply keyboard markup"))
    if markup is not None:
        content = {**content, "reply_markup": markup}
    if "link_preview_options" in fields and "link_preview_options" not in content:
        fields = tuple(name for name in fields if name != "link_preview_options")
    if all(message.body.get(name) == content.get(name) for name in fields):
        raise bad_request(NOT_MODIFIED)
    kept = {key: value for key, value in message.body.items() if key not in fields}
    body = {**kept, **content, "edit_date": call.world.clock.date()}
    return call.world.replace(chat, body["message_id"], body).body


METHODS = (
    Method("editMessageText", edit_message_text, sends=True),
    Method("editMessageCaption", edit_message_caption, sends=True),
    Method("editMessageReplyMarkup", edit_message_reply_markup, sends=True),
)
