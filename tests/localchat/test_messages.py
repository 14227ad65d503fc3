"""Sending, editing, deleting, copying and pinning."""

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)  # fmt: skip

from localchat.people import Control, People, Person
from tests.localchat.conftest import RawCall, refused

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
DAY = 24 * 3600


async def test_a_text_arrives_as_it_was_sent(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_message(rahim.id, "<b>১২</b> &lt; 13", parse_mode="HTML")
    assert sent.text == "১২ < 13"
    assert [(each.type, each.offset, each.length) for each in sent.entities] == [("bold", 0, 2)]
    assert sent.chat.id == rahim.id
    assert sent.from_user is not None
    assert sent.from_user.username == "dars_bot"
    assert (await rahim.hears("১২")).html == "<b>১২</b> &lt; 13"


async def test_entities_may_be_given_instead_of_markup(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "a bold", entities=[MessageEntity("bold", 2, 4)])
    assert (await rahim.hears("bold")).html == "a <b>bold</b>"


async def test_links_commands_and_mentions_are_found(bot: Bot, rahim: Person) -> None:
    text = "/help or https://example.com/x. 1/2 @someone #maths me@example.com"
    sent = await bot.send_message(rahim.id, text)
    assert [(each.type, sent.parse_entity(each)) for each in sent.entities] == [
        ("bot_command", "/help"),
        ("url", "https://example.com/x"),
        ("mention", "@someone"),
        ("hashtag", "#maths"),
        ("email", "me@example.com"),
    ]


async def test_a_reply_names_its_message(bot: Bot, rahim: Person) -> None:
    own = rahim.messages[0]
    parameters = ReplyParameters(own.message_id)
    sent = await bot.send_message(rahim.id, "well done", reply_parameters=parameters)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert (await rahim.hears("well done")).reply_to == own.message_id


async def test_keyboards_belong_to_the_message_or_to_the_chat(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "one", reply_markup=ReplyKeyboardMarkup([["6", "7"]]))
    assert (await rahim.hears("one")).buttons == {}
    assert rahim.reply_keyboard is not None
    assert rahim.reply_keyboard["keyboard"] == [[{"text": "6"}, {"text": "7"}]]
    await rahim.presses("7")
    assert rahim.messages[-1].text == "7"
    await bot.send_message(rahim.id, "two", reply_markup=ReplyKeyboardRemove())
    await rahim.hears("two")
    assert rahim.reply_keyboard is None
    await bot.send_message(rahim.id, "three", reply_markup=ForceReply())
    await rahim.hears("three")
    assert rahim.reply_keyboard == {"force_reply": True}
    await rahim.says("answered")
    assert rahim.reply_keyboard is None


async def test_an_edit_replaces_text_and_keyboard(bot: Bot, rahim: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    quiet = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        rahim.id, "old", reply_markup=keyboard, link_preview_options=quiet
    )
    edited = await bot.edit_message_text("<i>new</i>", rahim.id, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.text == "new"
    assert edited.edit_date is not None
    seen = await rahim.hears("new")
    assert seen.edited
    assert seen.buttons == {}
    await bot.edit_message_reply_markup(rahim.id, sent.message_id, reply_markup=keyboard)
    await rahim.sees(lambda person: person.last.buttons == {"Go": "go"})


async def test_deleted_pinned_and_copied(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_message(rahim.id, "<b>first</b>", parse_mode="HTML")
    copied = await bot.copy_message(rahim.id, rahim.id, sent.message_id)
    assert copied.message_id > sent.message_id
    await rahim.sees(lambda person: person.last.html == "<b>first</b>")
    await bot.pin_chat_message(rahim.id, copied.message_id)
    await rahim.sees(lambda person: person.pinned == [copied.message_id])
    pinned = (await bot.get_chat(rahim.id)).pinned_message
    assert pinned is not None
    assert pinned.text == "first"
    await bot.unpin_chat_message(rahim.id)
    await rahim.sees(lambda person: person.pinned == [])
    await bot.delete_message(rahim.id, sent.message_id)
    await rahim.sees(lambda person: sent.message_id not in {m.message_id for m in person.messages})
    await bot.delete_messages(rahim.id, [copied.message_id, 999_999])
    await rahim.sees(lambda person: all(message.out for message in person.messages))


async def test_typing_shows_until_the_message_comes(
    bot: Bot, rahim: Person, people: People, control: Control
) -> None:
    async def typing() -> bool:
        chat, _ = await people.call("GET", f"/api/chats/1000/{rahim.id}")
        return bool(chat["typing"])

    await bot.send_chat_action(rahim.id, "typing")
    assert await typing()
    await bot.send_message(rahim.id, "here")
    assert not await typing()
    await bot.send_chat_action(rahim.id, "typing")
    await control.clock(6)
    assert not await typing()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 77}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "["}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"inline_keyboard": 1}},
         "can't parse inline keyboard button: expected an Array of Array"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [1]}},
         "can't parse inline keyboard button: expected an Array of Buttons"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [["x"]]}},
         "can't parse inline keyboard button: expected an Object"),
        ({"text": "x", "reply_markup": {
            "inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}},
         "reply markup is too long"),
        ({"text": "x", "reply_markup": {"keyboard": [[{"text": " "}]]}},
         "KEYBOARD_BUTTON_TEXT_EMPTY"),
        ({"text": "x", "reply_markup": {"keyboard": [[5]]}},
         'can\'t parse keyboard button: Can\'t find field "text"'),
        ({"text": "x", "entities": {"type": "bold"}},
         "can't parse entities: expected an Array of MessageEntity"),
        ({"text": "x", "entities": [5]}, "can't parse MessageEntity: expected an Object"),
        ({"text": "x", "entities": [{"type": "loud"}]},
         "can't parse MessageEntity: unsupported type specified"),
        ({"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
         "can't parse MessageEntity: wrong offset or length specified"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
         "entity at UTF-16 offset 1 splits a UTF-16 symbol"),
        ({"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
         "can't parse MessageEntity: URL must be specified for text_link"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"text": "ab", "entities": [{"type": "bold", "offset": 1, "length": 2}]},
         "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused(
    call: RawCall, rahim: Person, values: dict[str, object], words: str
) -> None:
    answer = await call("sendMessage", **{"chat_id": rahim.id, **values})
    assert refused(answer) == (400, f"Bad Request: {words}")
    assert all(message.out for message in rahim.messages)


async def test_the_longest_text_counts_without_its_markup(call: RawCall, rahim: Person) -> None:
    text = f"<b>{'x' * 4096}</b>"
    status, _ = await call("sendMessage", chat_id=rahim.id, text=text, parse_mode="HTML")
    assert status == 200


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "প" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "nowhere"}, "BUTTON_URL_INVALID"),
        ({"text": " ", "url": "http://a.b"}, "BUTTON_TEXT_EMPTY"),
        ({"text": "x", "web_app": {"url": "http://a.b"}}, "BUTTON_URL_INVALID"),
        ({"text": "x", "callback_data": "x", "style": "pink"}, "invalid button style specified"),
        ({"text": "x", "callback_data": "x", "url": "http://a.b"},
         "can't parse inline keyboard button: only one action is allowed for a button"),
        ({"text": "x"},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, 'can\'t parse inline keyboard button: Can\'t find field "text"'),
    ],
)  # fmt: skip
async def test_a_wrong_button_is_refused(
    call: RawCall, rahim: Person, button: dict[str, str], words: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    answer = await call("sendMessage", chat_id=rahim.id, text="x", reply_markup=markup)
    assert refused(answer) == (400, f"Bad Request: {words}")


async def test_64_bytes_of_callback_data_are_allowed(bot: Bot, rahim: Person) -> None:
    data = "প" * 21 + "x"
    button = InlineKeyboardButton("x", callback_data=data)
    await bot.send_message(rahim.id, "full", reply_markup=InlineKeyboardMarkup([[button]]))
    assert (await rahim.hears("full")).buttons == {"x": data}


async def test_edits_that_cannot_be_are_refused(call: RawCall, rahim: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    _, sent = await call("sendMessage", chat_id=rahim.id, text="same", reply_markup=keyboard)
    here = {"chat_id": rahim.id, "message_id": sent["result"]["message_id"]}
    unchanged = await call("editMessageText", **here, text=" same ", reply_markup=keyboard)
    assert refused(unchanged) == (400, NOT_MODIFIED)
    unchanged = await call("editMessageReplyMarkup", **here, reply_markup=keyboard)
    assert refused(unchanged) == (400, NOT_MODIFIED)
    missing = await call("editMessageText", chat_id=rahim.id, message_id=999, text="x")
    assert refused(missing) == (400, "Bad Request: message to edit not found")
    own = rahim.messages[0].message_id
    others = await call("editMessageText", chat_id=rahim.id, message_id=own, text="x")
    assert refused(others) == (400, "Bad Request: message can't be edited")
    caption = await call("editMessageCaption", **here, caption="x")
    assert refused(caption) == (400, "Bad Request: there is no caption in the message to edit")
    reply = await call("editMessageText", **here, text="x", reply_markup={"force_reply": True})
    assert refused(reply) == (400, "Bad Request: inline keyboard expected")
    long = await call("editMessageText", **here, text="x" * 4097)
    assert refused(long) == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert (await call("editMessageText", **here, text="same"))[0] == 200


async def test_what_is_not_there_cannot_be_deleted_pinned_or_copied(
    call: RawCall, rahim: Person, control: Control
) -> None:
    here = {"chat_id": rahim.id, "message_id": 999}
    assert refused(await call("deleteMessage", **here)) == (
        400, "Bad Request: message to delete not found",
    )  # fmt: skip
    assert refused(await call("pinChatMessage", **here)) == (
        400, "Bad Request: message to pin not found",
    )  # fmt: skip
    assert refused(await call("unpinChatMessage", **here)) == (
        400, "Bad Request: message to unpin not found",
    )  # fmt: skip
    assert refused(await call("copyMessage", **here, from_chat_id=rahim.id)) == (
        400, "Bad Request: message to copy not found",
    )  # fmt: skip
    await control.clock(2 * DAY + 1)
    old = {"chat_id": rahim.id, "message_id": rahim.messages[0].message_id}
    assert refused(await call("deleteMessage", **old)) == (
        400, "Bad Request: message can't be deleted for everyone",
    )  # fmt: skip


async def test_a_bot_writes_only_to_those_who_want_it(
    call: RawCall, people: People, rahim: Person
) -> None:
    stranger = await people.join("Stranger")
    unasked = await call("sendMessage", chat_id=stranger.id, text="hello")
    assert refused(unasked) == (
        403, "Forbidden: bot can't initiate conversation with a user",
    )  # fmt: skip
    await rahim.blocks()
    blocked = await call("sendMessage", chat_id=rahim.id, text="hello")
    assert refused(blocked) == (403, "Forbidden: bot was blocked by the user")
    await rahim.unblocks()
    assert (await call("sendMessage", chat_id=rahim.id, text="hello"))[0] == 200


async def test_an_unknown_action_is_refused(call: RawCall, rahim: Person) -> None:
    answer = await call("sendChatAction", chat_id=rahim.id, action="dance")
    assert refused(answer) == (400, "Bad Request: wrong parameter action in request")


async def test_a_deleted_message_is_pinned_no_more(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_message(rahim.id, "pinned")
    await bot.pin_chat_message(rahim.id, sent.message_id)
    await rahim.sees(lambda person: person.pinned == [sent.message_id])
    await bot.delete_message(rahim.id, sent.message_id)
    await rahim.sees(lambda person: person.pinned == [])
    assert (await bot.get_chat(rahim.id)).pinned_message is None


async def test_a_copy_may_have_a_caption_of_its_own(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_document(rahim.id, b"x", "old")
    await bot.copy_message(
        rahim.id, rahim.id, sent.message_id, caption="<i>new</i>", parse_mode="HTML"
    )
    seen = await rahim.hears("new")
    assert (seen.html, seen.file_name) == ("<i>new</i>", sent.document and sent.document.file_name)


async def test_code_and_quotes_are_shown_as_such(bot: Bot, rahim: Person) -> None:
    text = (
        '<pre><code class="language-python">if a &lt; b: /run</code></pre>'
        "<blockquote expandable>quoted</blockquote><tg-spoiler>hidden</tg-spoiler>"
    )
    await bot.send_message(rahim.id, text, parse_mode="HTML")
    assert (await rahim.hears("if a < b")).html == (
        '<pre><code class="language-python">if a &lt; b: /run</code></pre>'
        '<blockquote class="tg-expandable">quoted</blockquote>'
        '<span class="tg-spoiler">hidden</span>'
    )


async def test_links_lead_where_they_say(bot: Bot, rahim: Person) -> None:
    text = '<a href="https://example.com/?a=1&amp;b=&quot;2">here</a> or me@example.com'
    await bot.send_message(rahim.id, text, parse_mode="HTML")
    attributes = 'target="_blank" rel="noopener noreferrer nofollow"'
    assert (await rahim.hears("here")).html == (
        f'<a href="https://example.com/?a=1&amp;b=&quot;2" {attributes}>here</a> or '
        f'<a href="mailto:me@example.com" {attributes}>me@example.com</a>'
    )
