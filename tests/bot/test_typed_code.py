"""Code typed into the chat arrives as it was typed, whatever the app made of its signs."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity

from bot.typed_code import typed_code


def message(text: str, *entities: tuple[str, int, int]) -> Message:
    return Message(
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        Chat(1, "private"),
        text=text,
        entities=[MessageEntity(kind, start, length) for kind, start, length in entities],
    )


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        (message("print(1)"), "print(1)\n"),
        (message("print(x2 + y2)", ("bold", 7, 5)), "print(x**2 + y**2)\n"),
        (
            message('if name == "main":\n    main()', ("italic", 3, 4), ("italic", 12, 4)),
            'if __name__ == "__main__":\n    main()\n',
        ),
        # Beyond the basic plane a character counts twice.
        (message('print("😀", x2 + y2)', ("bold", 13, 5)), 'print("😀", x**2 + y**2)\n'),
        (message("(kw)", ("bold", 0, 4), ("underline", 1, 3)), "**(__kw)__**\n"),
        (message("a b c", ("spoiler", 2, 1)), "a ||b|| c\n"),
        (message("print(1)", ("code", 0, 8)), "print(1)\n"),
    ],
)
def test_marks_that_the_app_took_away_are_put_back(sent: Message, typed: str) -> None:
    assert typed_code(sent).source == typed


def test_a_block_of_code_is_taken_without_the_words_around_it() -> None:
    sent = Message(
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        Chat(1, "private"),
        text="here it is:\n  int main() {}\nplease check",
        entities=[MessageEntity("pre", 12, 15, language="cpp")],
    )
    pasted = typed_code(sent)
    assert pasted.source == "  int main() {}\n"
    assert pasted.language is not None
    assert pasted.language.code == "cpp"
