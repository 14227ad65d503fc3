"""What several areas share: buttons, variants, cuts, and what is said of a stale button."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from bot import routes
from bot.views.message import Button, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Keys = Mapping[str, str]
"""Catalogue keys by a value of the data. Tests read the tables that are declared with this."""
Variants = tuple[str, ...]
"""Catalogue keys that say the same in different words."""

NAME_SHOWN = 64
LABEL_SHOWN = 40
PROBLEM_SHOWN = 1200
"""Characters of a question, hint or solution: three of them fit into one message."""
MESSAGE_SHOWN = 3500
CAPTION_SHOWN = 900
"""Characters of what stands beside a picture; Telegram takes 1,024."""
ELLIPSIS = "…"

CLASSES: Keys = {"6": "class.6", "7": "class.7", "8": "class.8"}
LANGUAGES: Keys = {"bn": "language.bn", "en": "language.en"}
ROLES: Keys = {
    "student": "role.student",
    "ta": "role.ta",
    "teacher": "role.teacher",
    "admin": "role.admin",
}


def button(tongue: Tongue, key: str, route: str, argument: object = "") -> Button:
    return Button(tongue.plain(key), routes.data(route, argument))


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """So many buttons a row."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def clip(text: str, limit: int) -> str:
    """At most so many of the characters that Telegram counts, with a sign of the cut."""
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    cut = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return cut + ELLIPSIS


def name(data: Mapping[str, Any], key: str = "name") -> str:
    """A person's name, not escaped: as a value for a text."""
    return clip(str(data[key]), NAME_SHOWN)


def content(tongue: Tongue, both: Mapping[str, str], limit: int = PROBLEM_SHOWN) -> str:
    """A text of the library in the person's language, escaped."""
    return tongue.pick({language: clip(text, limit) for language, text in both.items()})


def lines(parts: Iterable[str], limit: int = MESSAGE_SHOWN) -> str:
    """Whole lines, as many from the first as fit."""
    kept: list[str] = []
    for part in parts:
        limit -= len(part) + 1
        if limit < 0:
            break
        kept.append(part)
    return "\n".join(kept)


def varied(variants: Variants, number: int, seed: str) -> str:
    """One of the variants, another than for the number before: each parity has its own half."""
    half = variants[number % 2 :: 2]
    return half[crc32(seed.encode()) % len(half)]


def begin_button(tongue: Tongue) -> Button:
    return button(tongue, "button.practise", "practice.begin")


@view("common.stale_button")
def stale_button(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("common.stale_button"))


@view("common.file_too_large")
def file_too_large(data: Mapping[str, Any], tongue: Tongue) -> Message:
    limit = tongue.number(data["limit"] // 1000)
    return Message(tongue.t("common.file_too_large", limit=limit))


@view("common.file_lost")
def file_lost(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("common.file_lost"))
