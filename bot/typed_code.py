"""Code out of a chat message, as it was typed.

Telegram's apps take ** __ ~~ || and ``` for formatting, leave them out of the text and tell of them
apart: x**2 + y**2 arrives as x2 + y2 with a bold middle. Here they are put back.
"""

from collections.abc import Iterator, Sequence

from telegram import Message, MessageEntity

from domain.submissions.languages import Pasted, from_message

MARKS = {
    MessageEntity.BOLD: "**",
    MessageEntity.ITALIC: "__",
    MessageEntity.UNDERLINE: "__",
    MessageEntity.STRIKETHROUGH: "~~",
    MessageEntity.SPOILER: "||",
    MessageEntity.CODE: "`",
}


def typed_code(message: Message) -> Pasted:
    """The longest block of code in it, or all of it; raises Mistake where that is no source."""
    text, entities = message.text or "", message.entities
    blocks = [one for one in entities if one.type == MessageEntity.PRE]
    if blocks:
        block = max(blocks, key=lambda one: one.length)
        inside = message.parse_entity(block)
        return from_message(f"```{block.language or ''}\n{inside}\n```")
    whole = [one for one in entities if one.type == MessageEntity.CODE]
    if len(whole) == 1 and message.parse_entity(whole[0]).strip() == text.strip():
        return from_message(text)
    return from_message(_with_marks(text, entities))


def _with_marks(text: str, entities: Sequence[MessageEntity]) -> str:
    """Offsets count UTF-16 units, so the text is handled in them."""
    wide = text.encode("utf-16-le")
    parts: list[bytes] = []
    at = 0
    for place, _, mark in sorted(_marks(entities)):
        parts += (wide[2 * at : 2 * place], mark.encode("utf-16-le"))
        at = place
    parts.append(wide[2 * at :])
    return b"".join(parts).decode("utf-16-le", "replace")


def _marks(entities: Sequence[MessageEntity]) -> Iterator[tuple[int, int, str]]:
    """Place, rank there, mark: what began last ends first, and before anything else begins."""
    for rank, one in enumerate(entities, 1):
        if one.type in MARKS:
            yield one.offset, rank, MARKS[one.type]
            yield one.offset + one.length, -rank, MARKS[one.type]
