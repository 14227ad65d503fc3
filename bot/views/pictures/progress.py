"""The picture of ``/progress``: how well each topic is known, and how much was right by week."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.views.pictures import palette

if TYPE_CHECKING:
    from bot.views.pictures.canvas import Canvas
    from bot.views.pictures.lettering import Block, Lettering

MAX_TOPICS = 16
MAX_WEEKS = 26

MARGIN = 32
PAD = 32
GAP = 20
HEADING = 60
LABEL = 400
LEVEL = 172
BAR = 22
TALLEST_ROW = 104
TWO_LINES = 60
PLOT = 176
TALLEST_PLOT = 250
WEEK_LABEL = 44
COLUMN_LABEL = 36
WIDEST_SLOT = 132
WIDEST_COLUMN = 60


@dataclass(frozen=True)
class TopicBar:
    label: str
    mastery: float | None
    """From 0 to 1; None: never tried."""
    level_label: str
    """The same in a word."""
    tries_label: str
    """Stands below the bar where the rows are high enough."""


@dataclass(frozen=True)
class WeekPoint:
    label: str
    share: float | None
    """Of the first tries, those that were right, from 0 to 1; None: no practice in this week."""
    share_label: str


@dataclass(frozen=True)
class AxisMark:
    """A line across the weeks at a share, such as 0.5, and its name."""

    share: float
    label: str


@dataclass(frozen=True)
class ProgressPicture:
    """Topics in the order they are shown, weeks oldest first.

    Of the topics the first ``MAX_TOPICS`` are drawn, of the weeks the last
    ``MAX_WEEKS``. A part without data is left out; without either, ``empty``
    is shown.
    """

    title: str
    topics_title: str
    topics: tuple[TopicBar, ...]
    weeks_title: str
    weeks: tuple[WeekPoint, ...]
    axis: tuple[AxisMark, ...]
    empty: str


def draw_progress(picture: ProgressPicture, fonts: Path) -> bytes:
    """A PNG, 1080 pixels wide and at most 1400 high. Safe to call from any thread."""
    from bot.views.pictures.canvas import DRAWING
    from bot.views.pictures.lettering import Lettering

    with DRAWING:
        return _Progress(picture, Lettering(fonts)).draw()


class _Progress:
    """Lays the picture out from top to bottom, then draws it."""

    def __init__(self, picture: ProgressPicture, lettering: Lettering) -> None:
        from bot.views.pictures.canvas import Canvas
        from bot.views.pictures.lettering import TALLEST, WIDTH

        self._picture = picture
        self._letters = lettering
        self._topics = picture.topics[:MAX_TOPICS]
        self._weeks = picture.weeks[-MAX_WEEKS:]
        self._width = WIDTH - 2 * MARGIN
        self._left = MARGIN + PAD
        self._inner = self._width - 2 * PAD
        self._title = self._fit(picture.title, self._inner, 46, bold=True)
        self._head = MARGIN + 68.0
        self._empty = self._fit(picture.empty, self._inner - 80, 40, lines=4)
        self._plot, self._row = float(PLOT), 0.0
        fixed = self._head + MARGIN + GAP * bool(self._topics and self._weeks)
        if self._weeks:
            fixed += PAD / 2 + HEADING + COLUMN_LABEL + PLOT + WEEK_LABEL + PAD / 2
        if self._topics:
            fixed += PAD / 2 + HEADING + PAD / 2
            self._row = min(TALLEST_ROW, (TALLEST - fixed) / len(self._topics))
            fixed += len(self._topics) * self._row
        if self._weeks:
            self._plot = min(TALLEST_PLOT, PLOT + TALLEST - fixed)
            fixed += self._plot - PLOT
        if not self._topics and not self._weeks:
            fixed = self._head + 420 + self._empty.height + 2 * MARGIN
        self._canvas: Canvas = Canvas(int(fixed), lettering)
        self._bottom = fixed - MARGIN

    def draw(self) -> bytes:
        middle = MARGIN + self._width / 2
        self._canvas.text(self._title, middle, MARGIN + 30, palette.INK, align="center")
        top = self._head
        if self._topics:
            top = self._topic_card(top) + GAP
        if self._weeks:
            self._week_card(top)
        if not self._topics and not self._weeks:
            self._empty_card(top)
        return self._canvas.png()

    def _fit(
        self, text: str, width: float, size: float, *, lines: int = 1, bold: bool = False
    ) -> Block:
        return self._letters.fit(text, width=width, size=size, lines=lines, bold=bold)

    def _heading(self, text: str, y: float) -> None:
        block = self._fit(text, self._inner, 36, bold=True)
        self._canvas.text(block, self._left, y, palette.INK)

    def _topic_card(self, top: float) -> float:
        """Draws the card and returns its lower edge."""
        first = top + PAD / 2 + HEADING
        bottom = first + len(self._topics) * self._row + PAD / 2
        self._canvas.card(MARGIN, top, self._width, bottom - top)
        self._heading(self._picture.topics_title, top + PAD / 2 + HEADING / 2)
        for number, topic in enumerate(self._topics):
            if number:
                self._canvas.rule(
                    self._left, first + number * self._row, self._inner, palette.GROUND
                )
            self._topic(topic, first + (number + 0.5) * self._row)
        return bottom

    def _topic(self, topic: TopicBar, y: float) -> None:
        label = self._letters.fit(topic.label, width=LABEL, size=34, lines=2, height=self._row - 4)
        self._canvas.text(label, self._left, y, palette.INK)
        start = self._left + LABEL + 28
        width = self._inner - LABEL - 28 - LEVEL
        level = self._fit(topic.level_label, LEVEL - 16, 32, bold=True)
        bar = y
        if self._row >= TWO_LINES:
            bar = y - 16
            tries = self._fit(topic.tries_label, width, 26)
            self._canvas.text(tries, start, y + 17, palette.MUTED)
        self._bar(topic.mastery, start, bar, width)
        colour = palette.MUTED if topic.mastery is None else palette.INK
        self._canvas.text(level, self._left + self._inner, y, colour, align="right")

    def _bar(self, share: float | None, x: float, y: float, width: float) -> None:
        """What was tried shows a dot at least; never tried: the bare track."""
        radius = BAR / 2
        self._canvas.box(x, y - radius, width, BAR, palette.TRACK, radii=(radius,) * 4)
        if share is not None:
            filled = max(BAR, width * min(1.0, max(0.0, share)))
            self._canvas.box(x, y - radius, filled, BAR, palette.PRIMARY, radii=(radius,) * 4)

    def _week_card(self, top: float) -> None:
        self._canvas.card(MARGIN, top, self._width, self._bottom - top)
        self._heading(self._picture.weeks_title, top + PAD / 2 + HEADING / 2)
        base = top + PAD / 2 + HEADING + COLUMN_LABEL + self._plot
        start = self._left + self._axis(base)
        slot = min(WIDEST_SLOT, (self._left + self._inner - start) / len(self._weeks))
        for number, week in enumerate(self._weeks):
            self._column(week, start + (number + 0.5) * slot, base, min(WIDEST_COLUMN, slot * 0.6))
        self._column_labels(start, slot, base)
        self._week_labels(start, slot, base)

    def _axis(self, base: float) -> float:
        """Draws the marks and returns the width their names take."""
        blocks = [self._fit(mark.label, 140, 26) for mark in self._picture.axis]
        widest = max((self._letters.width(block.lines[0], 26) for block in blocks), default=0)
        for mark, block in zip(self._picture.axis, blocks, strict=True):
            y = base - self._plot * mark.share
            self._canvas.text(block, self._left + widest, y, palette.MUTED, align="right")
            self._canvas.rule(self._left + widest + 16, y, self._inner - widest - 16, palette.TRACK)
        return widest + 24

    def _column(self, week: WeekPoint, x: float, base: float, width: float) -> None:
        if week.share is None:
            self._canvas.disc(x, base, 6, palette.FAINT)
            return
        height = self._column_height(week.share)
        radius = min(width / 2, height, 14)
        self._canvas.box(
            x - width / 2,
            base - height,
            width,
            height,
            palette.PRIMARY,
            radii=(radius, radius, 0, 0),
        )

    def _column_labels(self, start: float, slot: float, base: float) -> None:
        """Every column's share where there is room for all, else only the last one's."""
        blocks = [self._fit(week.share_label, 140, 28, bold=True) for week in self._weeks]
        widest = max(self._letters.width(b.lines[0], b.size, bold=True) for b in blocks)
        last = len(blocks) - 1
        for number, (week, block) in enumerate(zip(self._weeks, blocks, strict=True)):
            if week.share is not None and (widest + 8 <= slot or number == last):
                y = base - self._column_height(week.share) - 20
                x = min(start + (number + 0.5) * slot, self._rightmost(widest))
                # White beneath, so that no line of the axis runs through the number.
                corners = (8, 8, 8, 8)
                self._canvas.box(
                    x - widest / 2 - 4, y - 16, widest + 8, 32, palette.CARD, radii=corners
                )
                self._canvas.text(block, x, y, palette.INK, align="center")

    def _week_labels(self, start: float, slot: float, base: float) -> None:
        """As many as fit beside each other, counted back from the last week."""
        blocks = [self._fit(week.label, 150, 26) for week in self._weeks]
        widest = max(self._letters.width(block.lines[0], block.size) for block in blocks)
        step = int(-(-(widest + 14) // slot))
        for number in range(len(blocks) - 1, -1, -step):
            x = min(start + (number + 0.5) * slot, self._rightmost(widest))
            self._canvas.text(
                blocks[number], x, base + WEEK_LABEL / 2 + 4, palette.MUTED, align="center"
            )

    def _column_height(self, share: float) -> float:
        """Nothing right is still a thin line: there was practice."""
        return max(8.0, self._plot * min(1.0, max(0.0, share)))

    def _rightmost(self, width: float) -> float:
        """The last centre at which so wide a label stays within the card."""
        return self._left + self._inner + PAD / 2 - width / 2

    def _empty_card(self, top: float) -> None:
        """Columns that grow towards the sun, and the caller's sentence."""
        self._canvas.card(MARGIN, top, self._width, self._bottom - top)
        middle = MARGIN + self._width / 2
        base = top + 340
        for number, height in enumerate((70, 120, 100, 170, 220)):
            self._canvas.box(
                middle - 230 + number * 96,
                base - height,
                72,
                height,
                palette.PRIMARY_SOFT if number % 2 else palette.TRACK,
                radii=(16, 16, 0, 0),
            )
        self._canvas.disc(middle - 150, base - 230, 44, palette.ACCENT_SOFT)
        self._canvas.rule(middle - 270, base, 540, palette.FAINT)
        y = base + 40 + self._empty.height / 2
        self._canvas.text(self._empty, middle, y, palette.INK, align="center")
