"""Markdown out of a chat message: what Telegram's apps made of it is written as Markdown again.

Lines stay lines: who ends one in a chat means it, though Markdown would join them.
"""

from collections.abc import Mapping

from telegram import Message, MessageEntity

MARKS: Mapping[str, str] = {
    MessageEntity.BOLD: "**",
    MessageEntity.ITALIC: "_",
    MessageEntity.STRIKETHROUGH: "~~",
    MessageEntity.CODE: "`",
}
FENCE = "```"
HARD_BREAK = "  "


def typed_markdown(message: Message) -> str:
    """The text of a message, its formatting as Markdown."""
    # Offsets count UTF-16 units, so the text is handled in them.
    wide = (message.text or "").encode("utf-16-le")
    marks: list[tuple[int, int, int, int, str]] = []
    for number, one in enumerate(message.entities):
        opening, closing = _marks(one)
        start, end = _trimmed(wide, one)
        if opening and start < end:
            # At one place what ends comes first, the inner before the outer; then what begins.
            marks += [(end, 0, -start, -number, closing), (start, 1, -end, number, opening)]
    parts: list[bytes] = []
    at = 0
    for place, *_, mark in sorted(marks):
        parts += (wide[2 * at : 2 * place], mark.encode("utf-16-le"))
        at = place
    parts.append(wide[2 * at :])
    return _with_lines(b"".join(parts).decode("utf-16-le", "replace"))


def _marks(entity: MessageEntity) -> tuple[str, str]:
    if entity.type == MessageEntity.PRE:
        return f"\n{FENCE}{entity.language or ''}\n", f"\n{FENCE}\n"
    if entity.type == MessageEntity.TEXT_LINK:
        return "[", f"](<{entity.url}>)"
    mark = MARKS.get(entity.type, "")
    return mark, mark


def _trimmed(wide: bytes, entity: MessageEntity) -> tuple[int, int]:
    """Without spaces at its ends: Markdown takes no mark beside one."""
    inside = wide[2 * entity.offset : 2 * (entity.offset + entity.length)].decode(
        "utf-16-le", "replace"
    )
    before = len(inside) - len(inside.lstrip())
    after = len(inside) - len(inside.rstrip())
    return entity.offset + before, entity.offset + entity.length - after


def _with_lines(text: str) -> str:
    lines = text.split("\n")
    fenced = False
    made = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.lstrip().startswith(FENCE):
            fenced = not fenced
            made.append(line)
        elif fenced or not line.strip() or not following.strip():
            made.append(line)
        else:
            made.append(line.rstrip() + HARD_BREAK)
    return "\n".join(made)
