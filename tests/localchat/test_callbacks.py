"""Pressed buttons and their answers."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from localchat.people import Control, PeopleError, Person
from tests.localchat.conftest import RawCall, refused

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Class 7", callback_data="class:7")]])


async def test_a_press_arrives_with_all_that_telegram_sends(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    await rahim.hears("Which class?")
    pressed = await rahim.presses("Class 7")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert (query.id, query.data) == (pressed, "class:7")
    assert query.from_user.language_code == "bn"
    assert query.chat_instance
    assert query.message is not None
    assert query.message.chat.id == rahim.id
    await bot.answer_callback_query(query.id, "Chosen", show_alert=True)
    assert await rahim.callback_answer(pressed) == "Chosen"


async def test_a_stale_button_can_still_be_pressed(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    await rahim.hears("Which class?")
    await bot.edit_message_text("Class 7 it is", rahim.id, sent.message_id)
    await rahim.hears("Class 7 it is")
    await rahim.presses_data("class:7")
    assert [update.callback_query is not None for update in await bot.get_updates()][-1]


async def test_a_button_that_never_was_cannot_be_pressed(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    message = await rahim.hears("Which class?")
    with pytest.raises(PeopleError, match="never had a button"):
        await rahim.presses_data("class:8", message)
    with pytest.raises(AssertionError, match="no button 'Class 8'"):
        await rahim.presses("Class 8")
    with pytest.raises(AssertionError, match="has ever sent 'class:8'"):
        await rahim.presses_data("class:8")


async def test_an_unknown_or_old_query_is_refused(
    call: RawCall, bot: Bot, rahim: Person, control: Control
) -> None:
    unknown = await call("answerCallbackQuery", callback_query_id="1")
    assert refused(unknown) == (400, TOO_OLD)
    await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    await rahim.hears("Which class?")
    pressed = await rahim.presses("Class 7")
    long = await call("answerCallbackQuery", callback_query_id=pressed, text="x" * 201)
    assert refused(long) == (400, "Bad Request: MESSAGE_TOO_LONG")
    await control.clock(16 * 60)
    old = await call("answerCallbackQuery", callback_query_id=pressed)
    assert refused(old) == (400, TOO_OLD)


async def test_a_second_answer_changes_nothing(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    await rahim.hears("Which class?")
    pressed = await rahim.presses("Class 7")
    await bot.answer_callback_query(pressed, "first")
    await bot.answer_callback_query(pressed, "second")
    assert await rahim.callback_answer(pressed) == "first"


async def test_a_press_that_nobody_answers_is_said(bot: Bot, rahim: Person) -> None:
    await bot.send_message(rahim.id, "Which class?", reply_markup=KEYBOARD)
    await rahim.hears("Which class?")
    pressed = await rahim.presses("Class 7")
    with pytest.raises(AssertionError, match="did not answer the pressed button"):
        await rahim.callback_answer(pressed, timeout=0.1)
    with pytest.raises(AssertionError, match="it did not come"):
        await rahim.sees(lambda person: person.pinned, timeout=0.1)
