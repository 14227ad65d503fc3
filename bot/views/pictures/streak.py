"""The picture of ``/streak``: how long it holds, and a calendar of the days practised.

Days in a row are joined into one band, over week ends and over holidays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.views.pictures import palette
from bot.views.pictures.days import DAY, bands, joined_days, weeks_of

if TYPE_CHECKING:
    from bot.views.pictures.canvas import Canvas
    from bot.views.pictures.lettering import Block, Lettering

WEEKEND_COLUMNS = (5, 6)

MARGIN = 32
PAD = 28
GAP = 20
TITLE = 68
WEEKDAYS = 52
LEGEND_LINE = 52
SWATCH = 32
ROW_GAP = 5

DayKind = Literal["practised", "holiday", "today", "weekend"]


@dataclass(frozen=True)
class CalendarMonth:
    title: str
    first: date
    """The month's first day."""


@dataclass(frozen=True)
class Stat:
    """A number and what it counts, such as 12 and "days in a row"."""

    number: str
    label: str


@dataclass(frozen=True)
class LegendEntry:
    kind: DayKind
    label: str


@dataclass(frozen=True)
class StreakPicture:
    """One month or two, the older first, and up to three numbers above them.

    ``practised`` and ``holidays`` may hold days outside the months: a band
    that goes on there shows it.
    """

    months: tuple[CalendarMonth, ...]
    today: date
    practised: frozenset[date]
    holidays: frozenset[date]
    weekday_names: tuple[str, ...]
    """Seven, Sunday first."""
    stats: tuple[Stat, ...]
    legend: tuple[LegendEntry, ...]
    digits: Callable[[int], str]
    """A day's number in the reader's digits."""
    note: str = ""
    """A sentence under the numbers, such as an invitation to begin."""


def draw_streak(picture: StreakPicture, fonts: Path) -> bytes:
    """A PNG, 1080 pixels wide and at most 1400 high. Safe to call from any thread."""
    from bot.views.pictures.canvas import DRAWING
    from bot.views.pictures.lettering import Lettering

    if not 1 <= len(picture.months) <= 2:
        raise ValueError(f"a streak picture has one month or two, not {len(picture.months)}")
    with DRAWING:
        return _Streak(picture, Lettering(fonts)).draw()


class _Streak:
    """Lays the picture out from top to bottom, then draws it."""

    def __init__(self, picture: StreakPicture, lettering: Lettering) -> None:
        from bot.views.pictures.canvas import Canvas
        from bot.views.pictures.lettering import TALLEST, WIDTH

        self._picture = picture
        self._letters = lettering
        self._width = WIDTH - 2 * MARGIN
        self._cell = (self._width - 2 * PAD) / 7
        self._joined = joined_days(picture.practised, picture.holidays)
        self._weeks = [weeks_of(month.first) for month in picture.months]
        self._stat_height = 0 if not picture.stats else 196 if len(self._weeks) == 1 else 148
        self._note = self._fit(picture.note, self._width - 2 * PAD, 34, lines=2)
        self._note_height = self._note.height + GAP if picture.note else 0
        self._legend = self._legend_lines()
        fixed = self._top() + len(self._legend) * LEGEND_LINE + MARGIN
        fixed += len(self._weeks) * (PAD + TITLE + WEEKDAYS + PAD / 2 + GAP)
        rows = sum(len(weeks) for weeks in self._weeks)
        self._row = min(104.0, (TALLEST - fixed) / rows)
        self._canvas: Canvas = Canvas(int(fixed + rows * self._row), lettering)

    def draw(self) -> bytes:
        self._stats()
        if self._picture.note:
            y = self._top() - GAP - self._note.height / 2
            self._canvas.text(self._note, MARGIN + self._width / 2, y, palette.INK, align="center")
        top = self._top()
        for month, weeks in zip(self._picture.months, self._weeks, strict=True):
            top = self._month(month, weeks, top) + GAP
        for number, line in enumerate(self._legend):
            self._legend_line(line, top + (number + 0.5) * LEGEND_LINE)
        return self._canvas.png()

    def _fit(
        self, text: str, width: float, size: float, *, lines: int = 1, bold: bool = False
    ) -> Block:
        return self._letters.fit(text, width=width, size=size, lines=lines, bold=bold)

    def _top(self) -> float:
        """Where the first month's card begins."""
        numbers = self._stat_height + GAP if self._stat_height else 0
        return MARGIN + numbers + self._note_height

    def _stats(self) -> None:
        count = len(self._picture.stats)
        for place, stat in enumerate(self._picture.stats):
            width = (self._width - GAP * (count - 1)) / count
            left = MARGIN + place * (width + GAP)
            self._canvas.card(left, MARGIN, width, self._stat_height)
            colour = palette.PRIMARY if place == 0 else palette.INK
            number = self._fit(stat.number, width - 2 * PAD, self._stat_height * 0.48, bold=True)
            label = self._fit(stat.label, width - PAD, 32, lines=2)
            middle = left + width / 2
            split = MARGIN + self._stat_height * (0.58 if len(label.lines) == 1 else 0.5)
            self._canvas.text(number, middle, (MARGIN + 24 + split) / 2, colour, align="center")
            self._canvas.text(
                label,
                middle,
                (split + MARGIN + self._stat_height - 10) / 2,
                palette.MUTED,
                align="center",
            )

    def _month(self, month: CalendarMonth, weeks: list[list[date | None]], top: float) -> float:
        """Draws one card and returns its lower edge."""
        left = MARGIN + PAD
        head = top + PAD
        grid = head + TITLE + WEEKDAYS
        bottom = grid + len(weeks) * self._row + PAD / 2
        self._canvas.card(MARGIN, top, self._width, bottom - top)
        title = self._fit(month.title, self._width - 2 * PAD, 42, bold=True)
        self._canvas.text(title, left + 8, head + TITLE / 2 - 8, palette.INK)
        self._canvas.box(
            left + WEEKEND_COLUMNS[0] * self._cell,
            head + TITLE,
            len(WEEKEND_COLUMNS) * self._cell,
            WEEKDAYS + len(weeks) * self._row,
            palette.GROUND,
            radii=(20, 20, 20, 20),
        )
        for column, name in enumerate(self._picture.weekday_names):
            block = self._fit(name, self._cell - 8, 28)
            x, y = left + (column + 0.5) * self._cell, head + TITLE + WEEKDAYS / 2 + 2
            self._canvas.text(block, x, y, palette.MUTED, align="center")
        for number, week in enumerate(weeks):
            self._week(week, left, grid + (number + 0.5) * self._row)
        return bottom

    def _week(self, week: list[date | None], left: float, y: float) -> None:
        radius = self._row / 2 - ROW_GAP
        for column, day in enumerate(week):
            if day in self._picture.holidays and day not in self._joined:
                self._canvas.disc(
                    left + (column + 0.5) * self._cell, y, radius, palette.ACCENT_SOFT
                )
        for days, colour in (
            (self._joined, palette.PRIMARY_SOFT),
            (self._picture.practised, palette.PRIMARY),
        ):
            for first, last in bands(week, days):
                self._band(week, first, last, y, days, colour)
        for column, day in enumerate(week):
            if day is not None:
                self._day(day, left + (column + 0.5) * self._cell, y, radius)

    def _band(
        self,
        week: list[date | None],
        first: int,
        last: int,
        y: float,
        days: frozenset[date],
        colour: str,
    ) -> None:
        """Round where such days begin and end, cut flat where they go on in another row."""
        begin, end = week[first], week[last]
        goes_back = begin is not None and begin - DAY in days
        goes_on = end is not None and end + DAY in days
        radius = self._row / 2 - ROW_GAP
        x = MARGIN + PAD + (first + 0.5) * self._cell - radius
        right = MARGIN + PAD + (last + 0.5) * self._cell + radius
        before = after = radius
        if goes_back:
            before, x = 0, MARGIN if first == 0 else x + radius - self._cell / 2
        if goes_on:
            after = 0
            right = MARGIN + self._width if last == 6 else right - radius + self._cell / 2
        corners = (before, after, after, before)
        self._canvas.box(x, y - radius, right - x, 2 * radius, colour, radii=corners)

    def _day(self, day: date, x: float, y: float, radius: float) -> None:
        picture = self._picture
        practised, today = day in picture.practised, day == picture.today
        colour = palette.INK
        if practised:
            colour = palette.CARD
        elif day > picture.today:
            colour = palette.FAINT
        size = max(26.0, min(38.0, self._row * 0.4))
        block = self._fit(picture.digits(day.day), self._cell, size, bold=practised or today)
        self._canvas.text(block, x, y, colour, align="center")
        if day in picture.holidays and not practised:
            self._canvas.disc(x, y + radius * 0.72, 5, palette.ACCENT)
        if today:
            self._today(x, y, radius, practised=practised)

    def _today(self, x: float, y: float, radius: float, *, practised: bool) -> None:
        inner = radius - 5 if practised else radius
        colour = palette.CARD if practised else palette.PRIMARY
        self._canvas.ring(x, y, inner, colour, line=5)

    def _legend_lines(self) -> list[list[tuple[LegendEntry, Block, float]]]:
        """The entries with their texts and widths, as many in a line as fit."""
        lines: list[list[tuple[LegendEntry, Block, float]]] = []
        used = 0.0
        for entry in self._picture.legend:
            block = self._fit(entry.label, self._width - 2 * SWATCH, 28)
            text = self._letters.width(block.lines[0], block.size)
            width = SWATCH + 12 + text + 36
            if not lines or used + width > self._width:
                lines.append([])
                used = 0.0
            lines[-1].append((entry, block, width))
            used += width
        return lines

    def _legend_line(self, line: list[tuple[LegendEntry, Block, float]], y: float) -> None:
        x = MARGIN + (self._width - sum(width for _, _, width in line) + 36) / 2
        for entry, block, width in line:
            self._swatch(entry.kind, x + SWATCH / 2, y)
            self._canvas.text(block, x + SWATCH + 12, y, palette.MUTED)
            x += width

    def _swatch(self, kind: DayKind, x: float, y: float) -> None:
        radius = SWATCH / 2
        if kind == "practised":
            self._canvas.disc(x, y, radius, palette.PRIMARY)
        elif kind == "holiday":
            self._canvas.disc(x, y, radius, palette.ACCENT_SOFT)
            self._canvas.disc(x, y + radius * 0.5, 5, palette.ACCENT)
        elif kind == "today":
            self._canvas.ring(x, y, radius, palette.PRIMARY, line=4)
        else:
            corner = SWATCH / 4
            self._canvas.box(
                x - radius, y - radius, SWATCH, SWATCH, palette.TRACK, radii=(corner,) * 4
            )
