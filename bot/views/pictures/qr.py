"""The card that invites to a class: its name, its code in large letters, its link to scan.

It is forwarded and printed: dark modules on white, nothing on the code, each module whole pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from bot.views.pictures import palette

if TYPE_CHECKING:
    from bot.views.pictures.canvas import Canvas
    from bot.views.pictures.lettering import Block, Lettering

MARGIN = 48
PAD = 40
BANNER = 268
"""Its height above the card; its colour goes on behind the card's shoulders."""
SHOULDERS = 120
QUIET = 4
"""Modules of white around the code, as its standard asks."""
CODE_WIDTH = 684
"""Pixels that the code may take with its quiet zone."""
LETTERS = 140
"""The size of the class code, in pixels."""
SECTION = 40
STEP = 32
LINE_GAP = 10


@dataclass(frozen=True)
class JoinPicture:
    """Words come in the languages of whoever will see it, the first one first."""

    name: str
    section: str
    """May be empty."""
    label: str
    """What the code is: "class code"."""
    code: str
    """As it is read out: "ABC 234"."""
    link: str
    steps: tuple[str, ...]
    """How to join, one sentence a language."""


def draw_join_card(picture: JoinPicture, fonts: Path) -> bytes:
    """A PNG, 1080 pixels wide and at most 1400 high. Safe to call from any thread."""
    from bot.views.pictures.canvas import DRAWING
    from bot.views.pictures.lettering import Lettering

    with DRAWING:
        return _JoinCard(picture, Lettering(fonts)).draw()


def modules(link: str) -> tuple[tuple[bool, ...], ...]:
    """The code's rows, True where it is dark. Reading survives a seventh of it being spoilt."""
    code = segno.make_qr(link, error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def code_place(size: int) -> tuple[int, int, int]:
    """Where a code of so many modules a side begins, x and y, and the pixels of a module."""
    from bot.views.pictures.lettering import WIDTH

    module = CODE_WIDTH // (size + 2 * QUIET)
    side = module * size
    return (WIDTH - side) // 2, BANNER + (CODE_WIDTH - side) // 2, module


class _JoinCard:
    """Lays the picture out from top to bottom, then draws it."""

    def __init__(self, picture: JoinPicture, lettering: Lettering) -> None:
        from bot.views.pictures.canvas import Canvas
        from bot.views.pictures.lettering import WIDTH

        self._picture = picture
        self._letters = lettering
        self._width = WIDTH
        self._inner = WIDTH - 2 * MARGIN - 2 * PAD
        self._steps = [self._step(step) for step in picture.steps]
        self._label = self._fit(picture.label, 34)
        self._code = self._fit(picture.code, LETTERS, bold=True)
        self._label_y = BANNER + CODE_WIDTH + 10
        self._code_y = self._label_y + 94
        self._card_end = self._code_y + LETTERS * 0.68
        height = self._card_end + PAD + sum(step.height + LINE_GAP for step in self._steps)
        height += PAD - LINE_GAP
        self._canvas: Canvas = Canvas(int(height), lettering)

    def draw(self) -> bytes:
        middle = self._width / 2
        self._banner(middle)
        self._canvas.card(MARGIN, BANNER, self._width - 2 * MARGIN, self._card_end - BANNER)
        self._qr()
        self._canvas.text(self._label, middle, self._label_y, palette.MUTED, align="center")
        self._canvas.text(self._code, middle, self._code_y, palette.PRIMARY, align="center")
        y = self._card_end + PAD
        for step in self._steps:
            self._canvas.text(step, middle, y + step.height / 2, palette.INK, align="center")
            y += step.height + LINE_GAP
        return self._canvas.png()

    def _step(self, text: str) -> Block:
        """One line where it fits, smaller if need be; else two."""
        from bot.views.pictures.lettering import ELLIPSIS

        one = self._fit(text, STEP)
        whole = not one.lines or not one.lines[-1].endswith(ELLIPSIS)
        return one if whole else self._fit(text, STEP, lines=2)

    def _fit(self, text: str, size: float, *, lines: int = 1, bold: bool = False) -> Block:
        return self._letters.fit(text, width=self._inner, size=size, lines=lines, bold=bold)

    def _banner(self, middle: float) -> None:
        self._canvas.box(0, 0, self._width, BANNER + SHOULDERS, palette.PRIMARY, radii=(0, 0, 0, 0))
        below = self._fit(self._picture.section, SECTION)
        taken = below.height + LINE_GAP if self._picture.section else 0
        name = self._letters.fit(
            self._picture.name,
            width=self._inner,
            size=80,
            lines=2,
            bold=True,
            height=BANNER - PAD - taken,
        )
        top = (BANNER - name.height - taken) / 2
        self._canvas.text(name, middle, top + name.height / 2, palette.CARD, align="center")
        if self._picture.section:
            y = top + name.height + LINE_GAP + below.height / 2
            self._canvas.text(below, middle, y, palette.PRIMARY_SOFT, align="center")

    def _qr(self) -> None:
        """A box for each stretch of dark modules in a row."""
        rows = modules(self._picture.link)
        left, top, side = code_place(len(rows))
        for number, row in enumerate(rows):
            start = None
            for column, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    x, width = left + start * side, (column - start) * side
                    y = top + number * side
                    self._canvas.box(x, y, width, side, palette.INK, radii=(0, 0, 0, 0))
                    start = None
