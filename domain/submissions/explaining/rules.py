"""How a message is taken apart: rules of a pattern and the kind that it speaks of."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.submissions.explaining.records import Explanation, Kind

LONGEST_MESSAGE = 1000
"""Characters of the one sentence of a message that patterns look at."""
LONGEST_LINE = 200
"""Characters of a source line that are looked at and kept."""
LONGEST_VALUE = 40
NAMES_LOOKED_AT = 300
"""Names of a program among which a misspelt one is looked for."""

_FORMLESS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
"""Bengali is written with them."""

Told = tuple[Kind, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A message that a pattern fits, with the place in the source that it speaks of."""

    match: re.Match[str]
    source: Sequence[str]
    """The lines, none longer than LONGEST_LINE."""
    line: int | None

    @property
    def text(self) -> str:
        """The line that is spoken of; empty where there is none."""
        return self.source[self.line - 1] if self.line else ""

    def __getitem__(self, group: str) -> str:
        return self.match[group] or ""


TellBy = Callable[[Found], Told]
Rule = tuple[re.Pattern[str], Kind | TellBy]


def rule(pattern: str, told: Kind | TellBy) -> Rule:
    """A rule of which the pattern's named groups are the values, unless a function tells them."""
    return re.compile(pattern), told


def first(
    rules: Sequence[Rule], message: str, source: Sequence[str], line: int | None
) -> Told | None:
    """What the first rule says whose pattern is found in the message."""
    for pattern, told in rules:
        match = pattern.search(message[:LONGEST_MESSAGE])
        if match is None:
            continue
        if isinstance(told, Kind):
            return told, {name: text or "" for name, text in match.groupdict().items()}
        return told(Found(match, source, line))
    return None


def explanation(
    told: Told, source: Sequence[str], line: int | None, column: int | None = None
) -> Explanation:
    """Cleaned and cut, so that a view can show all of it."""
    kind, values = told
    text = source[line - 1] if line else ""
    if column is not None and not 1 <= column <= len(text) + 1:
        column = None
    return Explanation(
        kind, line, column, {name: clean(value) for name, value in values.items()}, printable(text)
    )


def lines_of(source: str) -> list[str]:
    return [line[:LONGEST_LINE] for line in source.split("\n")]


def clean(value: str) -> str:
    """On one line, without control characters, cut."""
    text = " ".join(printable(value[: 4 * LONGEST_VALUE]).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def printable(text: str) -> str:
    """Tabs are four spaces, and what has no form of its own is left out."""
    return "".join(
        character
        for character in text.expandtabs(4).rstrip()
        if unicodedata.category(character) not in _FORMLESS or character in _JOINERS
    )


_TEXTS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")


def without_texts(line: str, comment: str) -> str:
    """A line of code without what stands in quotes and in its comment."""
    return _TEXTS.sub("''", line).split(comment)[0]
