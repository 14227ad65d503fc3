"""Markdown out of chat messages, as Telegram's apps send them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.typed_markdown import typed_markdown
from bot.views.markdown import pages

CHAT = Chat(1, Chat.PRIVATE)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
KINDS = ("bold", "italic", "strikethrough", "code", "pre", "underline", "spoiler", "url")


def typed(text: str, *entities: MessageEntity) -> str:
    return typed_markdown(Message(1, NOW, CHAT, text=text, entities=entities))


def entity(kind: str, offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity(kind, offset, length, url=url)


@pytest.mark.parametrize(
    ("text", "entities", "markdown"),
    [
        ("plain", [], "plain"),
        ("so bold", [entity("bold", 3, 4)], "so **bold**"),
        ("both", [entity("bold", 0, 4), entity("italic", 0, 4)], "**_both_**"),
        ("a bold b", [entity("bold", 1, 6)], "a **bold** b"),
        ("😀 x", [entity("code", 3, 1)], "😀 `x`"),
        ("   ", [entity("bold", 0, 3)], "   "),
        ("here", [entity("text_link", 0, 4, url="https://a.bd")], "[here](<https://a.bd>)"),
        ("one\ntwo\n\nthree", [], "one  \ntwo\n\nthree"),
        ("```\na\nb\n```", [], "```\na\nb\n```"),
        ("x = 1\ny = 2", [entity("pre", 0, 11)], "\n```\nx = 1\ny = 2\n```\n"),
    ],
)
def test_formatting_is_written_as_markdown(
    text: str, entities: list[MessageEntity], markdown: str
) -> None:
    assert typed(text, *entities) == markdown


def test_what_was_typed_is_read_as_it_looked() -> None:
    source = typed("Note\nBe bold\nx<y", entity("bold", 8, 4), entity("code", 13, 3))
    assert pages(source, 1000) == ["Note\nBe <b>bold</b>\n<code>x&lt;y</code>"]


@given(
    # Telegram counts UTF-16 units and never splits one of two.
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=60),
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_no_message_breaks_it_and_no_word_is_lost(
    text: str, given_: list[tuple[str, int, int]]
) -> None:
    made = typed(text, *(entity(*one) for one in given_))
    assert [one for one in made if one.isalnum()] == [one for one in text if one.isalnum()]
