"""Message entities: what is bold, a link or a command in a text.

Offsets and lengths count UTF-16 code units, as everywhere in the Bot API.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from localchat.refusals import bad_request

Json = dict[str, Any]

MAX_ENTITIES = 100
_TRIMMED = " \t\n\v\f\r"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LITERAL = frozenset({"code", "pre", "text_link"})
_KNOWN = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
        "text_mention", "custom_emoji", "date_time", "blockquote", "expandable_blockquote",
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    }
)  # fmt: skip
_SPOKEN = (
    ("url", re.compile(r"(?<![\w/])https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}")),
)  # fmt: skip


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def index_of(text: str, offset: int) -> int | None:
    """The index in `text` of UTF-16 `offset`; None inside a character or outside the text."""
    if text.isascii():
        return offset if 0 <= offset <= len(text) else None
    at = 0
    for index, character in enumerate(text):
        if at >= offset:
            return index if at == offset else None
        at += 2 if character > "\uffff" else 1
    return len(text) if at == offset else None


def clean(text: str) -> str:
    """`text` without the control characters that Telegram never keeps."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(" ", text.replace("\r", ""))


def settle(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Trim `text` and make its `entities` fit: sorted, inside the text, never empty."""
    left = len(text) - len(text.lstrip(_TRIMMED))
    trimmed = text.strip(_TRIMMED)
    if not entities:
        return trimmed, spoken(trimmed, [])
    shift, end = units(text[:left]), units(trimmed)
    kept = [fitted for entity in entities if (fitted := _fit(entity, shift, end)) is not None]
    kept = _outside_code(sorted(kept, key=_order))
    return trimmed, sorted(kept + spoken(trimmed, kept), key=_order)[:MAX_ENTITIES]


def spoken(text: str, taken: Sequence[Json]) -> list[Json]:
    """Commands, links, mentions and hashtags that nobody marked, outside of code and links."""
    if not any(sign in text for sign in "/@#"):
        return []
    ranges = [_range(entity) for entity in taken if entity["type"] in _LITERAL]
    found: list[Json] = []
    for kind, pattern in _SPOKEN:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            stop = start + units(match.group())
            if all(stop <= low or start >= high for low, high in ranges):
                ranges.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return sorted(found, key=_order)


def given(text: str, entities: Any) -> list[Json]:
    """The `entities` parameter of a call, checked against `text`."""
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return [_checked(text, units(text), entity) for entity in entities[:MAX_ENTITIES]]


def _checked(text: str, end: int, entity: Any) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if not isinstance(kind, str) or kind not in _KNOWN:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        raise bad_request("can't parse MessageEntity: wrong offset or length specified")
    if offset + length > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {offset + length}"
        )
    if index_of(text, offset) is None or index_of(text, offset + length) is None:
        raise bad_request(f"entity at UTF-16 offset {offset} splits a UTF-16 symbol")
    if kind == "text_link" and not isinstance(entity.get("url"), str):
        raise bad_request("can't parse MessageEntity: URL must be specified for text_link")
    wanted = (
        "type",
        "offset",
        "length",
        "url",
        "language",
        "custom_emoji_id",
        "user",
        "unix_time",
        "date_time_format",
    )
    return {key: entity[key] for key in wanted if entity.get(key) is not None}


def _fit(entity: Json, shift: int, end: int) -> Json | None:
    start = max(entity["offset"] - shift, 0)
    stop = min(entity["offset"] - shift + entity["length"], end)
    return {**entity, "offset": start, "length": stop - start} if stop > start else None


def _outside_code(entities: Sequence[Json]) -> list[Json]:
    """Code holds nothing but itself: drop what begins inside of it."""
    kept: list[Json] = []
    until = -1
    for entity in entities:
        start, stop = _range(entity)
        if start < until:
            continue
        if entity["type"] in ("code", "pre"):
            until = stop
        kept.append(entity)
    return kept


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _range(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def boundaries(entities: Sequence[Json], end: int) -> Iterator[tuple[int, int, list[Json]]]:
    """The stretches of a text with the entities over each, outermost first."""
    points = {0, end}
    for entity in entities:
        points.update(min(point, end) for point in _range(entity))
    ordered = sorted(points)
    for start, stop in itertools.pairwise(ordered):
        over = [e for e in entities if e["offset"] <= start and e["offset"] + e["length"] >= stop]
        yield start, stop, over
