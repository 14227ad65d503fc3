"""A message's text as HTML that is safe to put into a page.

Every character of a person's or a bot's text is escaped here; the only tags that come out
are the ones written in this module, and links lead only where a chat's links may lead.
"""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from localchat.entities import boundaries, units

Json = dict[str, Any]

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code",
    "blockquote": "blockquote",
}  # fmt: skip
_CLASSES = {
    "spoiler": "tg-spoiler", "bot_command": "tg-command", "mention": "tg-mention",
    "hashtag": "tg-hashtag", "text_mention": "tg-mention",
}  # fmt: skip
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "tg"})


def message_html(message: Json) -> str:
    """The HTML of a message's text, or of its caption."""
    if "text" in message:
        return render(message["text"], message.get("entities", ()))
    return render(message.get("caption", ""), message.get("caption_entities", ()))


def render(text: str, entities: Sequence[Json]) -> str:
    """`text` with its `entities` as nested tags; line breaks stay line breaks."""
    if not entities:
        return escape(text)
    encoded = text.encode("utf-16-le", "surrogatepass")
    pieces: list[str] = []
    opened: list[tuple[Json, str]] = []
    for start, stop, over in boundaries(entities, units(text)):
        part = encoded[start * 2 : stop * 2].decode("utf-16-le", "replace")
        shared = 0
        while shared < min(len(opened), len(over)) and opened[shared][0] is over[shared]:
            shared += 1
        while len(opened) > shared:
            pieces.append(opened.pop()[1])
        for entity in over[shared:]:
            opening, closing = _tags(entity, encoded)
            pieces.append(opening)
            opened.append((entity, closing))
        pieces.append(escape(part))
    pieces.extend(closing for _, closing in reversed(opened))
    return "".join(pieces)


def _tags(entity: Json, encoded: bytes) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind in _CLASSES:
        return f'<span class="{_CLASSES[kind]}">', "</span>"
    if kind == "pre":
        language = escape(str(entity.get("language", "")))
        shown = f' class="language-{language}"' if language else ""
        return f"<pre><code{shown}>", "</code></pre>"
    if kind == "expandable_blockquote":
        return '<blockquote class="tg-expandable">', "</blockquote>"
    if kind in ("url", "text_link", "email"):
        return _link(_address(entity, encoded))
    return "", ""


def _address(entity: Json, encoded: bytes) -> str:
    if entity["type"] == "text_link":
        return str(entity["url"])
    start = entity["offset"] * 2
    shown = encoded[start : start + entity["length"] * 2].decode("utf-16-le", "replace")
    return f"mailto:{shown}" if entity["type"] == "email" else shown


def _link(address: str) -> tuple[str, str]:
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in _SCHEMES:
        return "", ""
    attributes = 'target="_blank" rel="noopener noreferrer nofollow"'
    return f'<a href="{escape(address)}" {attributes}>', "</a>"
