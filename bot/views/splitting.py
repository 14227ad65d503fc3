"""A message that is too long, cut at a sensible place; pure.

Telegram counts what is seen, in UTF-16 units, after the HTML is read. Tags that are open at a cut
are closed before it and opened again behind it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate
from unicodedata import category, combining

from bot.views.message import Message

TEXT_UNITS = 4096
CAPTION_UNITS = 1024

_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*)[^<>]*>"
    r"|&(?:(?P<name>lt|gt|amp|quot)|#(?P<number>[0-9]{1,7})|#x(?P<hex>[0-9a-fA-F]{1,6}));"
    r"|(?P<letter>.)",
    re.DOTALL,
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# Where a text may be cut, the best place first. What matches `gap` is left out at a cut.
_PLACES = tuple(
    re.compile(one)
    for one in (
        r"(?P<gap>(?:\n[ \t]*)+\n)",
        r"(?P<gap>\n)",
        r"(?:।|[.?!…])[\"'”’)\]]*(?:(?<=।)(?P<gap>)|(?P<space>\s+))",
        r"(?P<gap>\s+)",
    )
)
_JOINERS = "\u200c\u200d"
_VIRAMA = 9
"""The combining class of a sign that joins two consonants, such as the Bengali hasanta."""


def parts(message: Message) -> tuple[Message, ...]:
    """The same as messages that Telegram takes, one after another; the last has the buttons.

    What is too long for a caption follows its picture or file as a text of its own.
    """
    carried = message.picture is not None or message.file is not None
    limit = CAPTION_UNITS if carried else TEXT_UNITS
    if message.only_buttons or units(message.text) <= limit:
        return (message,)
    letters = _read(message.text)
    if sum(_width(one.seen) for one in letters) <= limit:
        return (message,)
    texts = [Message(one) for one in _cut_up(letters, TEXT_UNITS)]
    if not texts:
        return (message,)
    texts[-1] = replace(texts[-1], buttons=message.buttons)
    if carried:
        return (replace(message, text="", buttons=()), *texts)
    return tuple(texts)


def plain(text: str) -> str:
    """What is seen of an HTML text, as HTML without a tag; never refused for its form."""
    return "".join(escape(one.seen, quote=False) for one in _read(text))


def units(text: str) -> int:
    return len(text) + sum(one > "\uffff" for one in text)


@dataclass(frozen=True, slots=True)
class _Tag:
    """An opening tag where it stands in the text, so that two alike are two."""

    at: int
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character as it is seen, and the tags around it, outermost first."""

    seen: str
    within: tuple[_Tag, ...]


def _read(text: str) -> list[_Letter]:
    """The characters of an HTML text. A closing tag that closes nothing is passed over."""
    letters = []
    within: tuple[_Tag, ...] = ()
    for token in _TOKEN.finditer(text):
        name = token["tag"]
        if name is None:
            letters.append(_Letter(_seen(token), within))
        elif not token["end"]:
            within = (*within, _Tag(token.start(), name, token.group()))
        elif within and within[-1].name == name:
            within = within[:-1]
    return letters


def _seen(token: re.Match[str]) -> str:
    if token["name"]:
        return _NAMED[token["name"]]
    if token["letter"]:
        return token["letter"]
    code = int(token["number"]) if token["number"] else int(token["hex"], 16)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else "\ufffd"


def _written(letters: Sequence[_Letter]) -> str:
    pieces: list[str] = []
    opened: tuple[_Tag, ...] = ()
    for letter in letters:
        if letter.within != opened:
            shared = _shared(opened, letter.within)
            pieces += [f"</{one.name}>" for one in reversed(opened[shared:])]
            pieces += [one.source for one in letter.within[shared:]]
            opened = letter.within
        pieces.append(escape(letter.seen, quote=False))
    pieces += [f"</{one.name}>" for one in reversed(opened)]
    return "".join(pieces)


def _shared(first: tuple[_Tag, ...], second: tuple[_Tag, ...]) -> int:
    """How many tags two places have in common."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _cut_up(letters: Sequence[_Letter], limit: int) -> Iterator[str]:
    text = "".join(one.seen for one in letters)
    # ends[n]: how many units the first n characters take.
    ends = [0, *accumulate(_width(one.seen) for one in letters)]
    start = 0
    while start < len(text):
        full = start
        while full < len(text) and ends[full + 1] - ends[start] <= limit:
            full += 1
        stop, following = (full, full) if full == len(text) else _place(text, start, full)
        piece = _trimmed(letters[start:stop])
        if piece:
            yield _written(piece)
        start = following


def _place(text: str, start: int, full: int) -> tuple[int, int]:
    """Where a part that begins at `start` and cannot go beyond `full` ends, and the next begins.

    In the second half of what fits, if there is a good place; else wherever there is one.
    """
    for earliest in (start + (full - start) // 2, start + 1):
        for places in _PLACES:
            found = None
            for match in places.finditer(text, start, min(full + 1, len(text))):
                stop, following = _gap(match)
                if earliest <= stop <= full:
                    found = (stop, max(following, stop))
            if found is not None:
                return found
    stop = full
    while stop > start and not _may_part(text, stop):
        stop -= 1
    stop = stop if stop > start else full
    return stop, stop


def _gap(match: re.Match[str]) -> tuple[int, int]:
    """The span of a match that is left out."""
    groups = match.re.groupindex
    space = "space" if "space" in groups and match["space"] is not None else "gap"
    return match.span(space)


def _trimmed(letters: Sequence[_Letter]) -> Sequence[_Letter]:
    """Without the space around it, which Telegram drops too; but code keeps its first indent."""
    start, stop = 0, len(letters)
    while stop > start and letters[stop - 1].seen.isspace():
        stop -= 1
    while start < stop and letters[start].seen.isspace() and not _is_code(letters[start]):
        start += 1
    return letters[start:stop]


def _is_code(letter: _Letter) -> bool:
    return any(one.name == "pre" for one in letter.within)


def _width(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _may_part(text: str, at: int) -> bool:
    """Whether two characters that somebody sees as one are not parted there."""
    before, after = text[at - 1], text[at]
    joined = (
        before in _JOINERS
        or after in _JOINERS
        or category(after).startswith("M")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
        or (combining(before) == _VIRAMA and category(after).startswith("L"))
    )
    return not joined and not (_is_flag(after) and _flags_before(text, at) % 2 == 1)


def _is_flag(character: str) -> bool:
    """Whether it is half of a flag: two letters, each a character of its own."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag(text[at - 1 - count]):
        count += 1
    return count
