"""Text for pictures: which font, how wide, where to break, when to shrink.

Bengali needs shaping (conjuncts, reph, vowel signs before their letter), which
matplotlib does since 3.11. Only this module and ``canvas`` load matplotlib.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

DPI = 72
"""At 72 dots an inch a point is a pixel: every size below is in pixels."""

WIDTH = 1080
"""Pixels: what Telegram shows on a phone without scaling up."""

TALLEST = 1400
"""Pixels: taller pictures are cropped in the chat's preview."""

SMALLEST = 26
"""Pixels. Below this a picture 1080 pixels wide cannot be read on a phone."""

LEADING = 1.2
"""Distance of two baselines, in sizes; Bengali marks need it above and below."""

MEASURED = 100
"""Pixels at which widths are taken; without hinting they scale exactly."""

SPACE = 0.26
"""Width of a space, in sizes, in either font."""

LONGEST = 160
"""Characters. No label is longer in earnest, and measuring longer ones is slow."""

ELLIPSIS = "…"
UNKNOWN = "▯"
VIRAMA = "\u09cd"
JOINERS = "\u200c\u200d"
WEIGHTS = {"Regular": 400, "Bold": 700}
BENGALI = re.compile("[\u0980-\u09ff]")


@dataclass(frozen=True)
class Block:
    """Text broken into lines that fit, at one size."""

    lines: tuple[str, ...]
    size: float
    bold: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True)
class Typeface:
    """A folder's fonts in one weight, and the characters that they have."""

    names: tuple[str, str]
    """Bengali, Latin: the families' names as registered with matplotlib."""
    files: tuple[Path, Path]
    weight: int
    characters: frozenset[int]


@lru_cache(maxsize=8)
def register(fonts: Path, style: str) -> Typeface:
    """Make the folder's fonts of a style known under names of our own.

    Names of our own, because fonts of the same name that the machine has
    installed must never be taken in their place.
    """
    names = (f"Bengali in {fonts}", f"Latin in {fonts}")
    files = (fonts / f"NotoSansBengali-{style}.ttf", fonts / f"NotoSans-{style}.ttf")
    weight = WEIGHTS[style]
    characters: set[int] = set()
    for name, file in zip(names, files, strict=True):
        characters.update(get_font(file).get_charmap())
        fontManager.ttflist.append(
            FontEntry(fname=str(file), name=name, style="normal", weight=weight)
        )
    return Typeface(names, files, weight, frozenset(characters))


class Lettering:
    """Measures and breaks text in the fonts of one folder."""

    def __init__(self, fonts: Path) -> None:
        regular, bold = (register(fonts.resolve(), style) for style in WEIGHTS)
        self._typefaces = {False: regular, True: bold}
        self._characters = regular.characters & bold.characters
        self._widths: dict[tuple[str, bool], float] = {}

    def properties(self, text: str, size: float, *, bold: bool) -> FontProperties:
        """Bengali text has Bengali first: its joiners must come from the same font."""
        typeface = self._typefaces[bold]
        families = list(typeface.names[:: _order(text)])
        return FontProperties(family=families, size=size, weight=typeface.weight)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """In pixels. The text must be clean, see ``fit``."""
        if (text, bold) not in self._widths:
            font = get_font(self._typefaces[bold].files[:: _order(text)])
            font.set_size(MEASURED, DPI)
            font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
            self._widths[text, bold] = font.get_width_height()[0] / 64 / MEASURED
        return self._widths[text, bold] * size

    def fit(
        self,
        text: str,
        *,
        width: float,
        size: float,
        lines: int = 1,
        bold: bool = False,
        height: float = TALLEST,
    ) -> Block:
        """The text in at most so many lines of at most that width, all of at most that height.

        It shrinks from ``size`` to ``SMALLEST`` first; what still does not fit
        ends in an ellipsis. One line at ``SMALLEST`` is always given.
        """
        text = self._clean(text)
        current = size
        while True:
            broken = self._break(text, width, current, bold=bold)
            room = max(1, min(lines, int(height / current / LEADING)))
            if broken is not None and len(broken) <= room:
                return Block(tuple(broken), current, bold)
            if current <= SMALLEST:
                return self._cut(text, width, room, bold=bold)
            current = max(SMALLEST, current - 2)

    def _clean(self, text: str) -> str:
        """One line of characters that the fonts can draw.

        Emoji and controls vanish, letters of other scripts become a box, accents
        that no letter of its own exists for are dropped.
        """
        kept = []
        for character in unicodedata.normalize("NFC", " ".join(text[:LONGEST].split())):
            category = unicodedata.category(character)
            if character in JOINERS or BENGALI.match(character):
                drawn = True
            else:
                drawn = category[0] in "LNPSZ" and category not in ("Zl", "Zp")
            if drawn and ord(character) in self._characters:
                kept.append(character)
            elif category[0] in "LN":
                kept.append(UNKNOWN)
        return " ".join("".join(kept).split())

    def _break(self, text: str, width: float, size: float, *, bold: bool) -> list[str] | None:
        """Lines broken between words; None where a single word is too wide."""
        lines: list[str] = []
        used = width
        space = size * SPACE
        for word in text.split(" "):
            room = self.width(word, size, bold=bold)
            if room > width:
                return None
            if lines and used + space + room <= width:
                lines[-1] += f" {word}"
                used += space + room
            else:
                lines.append(word)
                used = room
        return lines

    def _cut(self, text: str, width: float, lines: int, *, bold: bool) -> Block:
        """At the smallest size, broken within words too, and ended by an ellipsis."""
        pieces = list(clusters(text))
        done: list[str] = []
        while pieces and len(done) < lines:
            last = len(done) == lines - 1
            taken = self._take(pieces, width, ELLIPSIS if last else "", bold=bold)
            rest = pieces[taken:]
            done.append("".join(pieces[:taken]).strip() + (ELLIPSIS if last and rest else ""))
            pieces = rest
        return Block(tuple(done) or ("",), SMALLEST, bold)

    def _take(self, pieces: list[str], width: float, ending: str, *, bold: bool) -> int:
        """How many pieces fit in a line, at least one; up to a space where there is one."""
        whole = "".join(pieces)
        if self.width(whole, SMALLEST, bold=bold) <= width:
            return len(pieces)

        def width_of(count: int) -> float:
            return self.width("".join(pieces[:count]) + ending, SMALLEST, bold=bold)

        count = max(1, bisect_right(range(len(pieces) + 1), width, key=width_of) - 1)
        spaces = [index for index in range(count) if pieces[index] == " "]
        return spaces[-1] + 1 if spaces and not ending else count


def _order(text: str) -> int:
    """The step through (Bengali, Latin) that puts the text's own font first."""
    return 1 if BENGALI.search(text) else -1


def clusters(text: str) -> Iterator[str]:
    """What may not be torn: a letter with its marks, a conjunct with all its letters."""
    cluster = ""
    for character in text:
        joins = unicodedata.category(character)[0] == "M" or character in JOINERS
        if cluster and not joins and not cluster.rstrip(JOINERS).endswith(VIRAMA):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
