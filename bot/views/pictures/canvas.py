"""A sheet to draw on: pixels, y downwards, rounded boxes, lines and text, out as PNG."""

from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Literal

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.views.pictures import palette
from bot.views.pictures.lettering import BENGALI, DPI, LEADING, WIDTH, Block, Lettering

ARC = 0.5523
"""How far a Bézier curve's handles reach, in radii, to look like a quarter circle."""

DRAWING = Lock()
"""Held while a picture is drawn: matplotlib's registries and caches are not made
for threads, and one picture at a time keeps the peak of memory low."""

Align = Literal["left", "center", "right"]

BEFORE: dict[Align, float] = {"left": 0, "center": 0.5, "right": 1}
"""How much of a line lies before the point that it is aligned to."""


class Canvas:
    """One picture in the making, ``WIDTH`` by ``height`` pixels.

    It speaks to matplotlib's renderer without a figure in between: a figure and
    its artists refer to each other in circles, and their megabytes would stay
    until the garbage collector comes by, which is seldom.
    """

    def __init__(self, height: int, lettering: Lettering) -> None:
        self._lettering = lettering
        self._renderer = RendererAgg(WIDTH, height, DPI)  # type: ignore[no-untyped-call]
        self._down = Affine2D().scale(1, -1).translate(0, height)
        self.box(0, 0, WIDTH, height, palette.GROUND, radii=(0, 0, 0, 0))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        radii: tuple[float, float, float, float],
    ) -> None:
        """A filled box. Radii: upper left, upper right, lower right, lower left."""
        self._path(_rounded(x, y, width, height, radii), fill, None)

    def card(self, x: float, y: float, width: float, height: float) -> None:
        self.box(x, y, width, height, palette.CARD, radii=(32, 32, 32, 32))

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Centred on x, y."""
        self._path(_disc(x, y, radius), fill, None)

    def ring(self, x: float, y: float, radius: float, stroke: str, *, line: float) -> None:
        """Centred on x, y; the line lies wholly within the radius."""
        self._path(_disc(x, y, radius - line / 2), stroke, line)

    def rule(self, x: float, y: float, width: float, fill: str) -> None:
        """A horizontal line, two pixels thick."""
        self.box(round(x), round(y) - 1, round(width), 2, fill, radii=(0, 0, 0, 0))

    def text(self, block: Block, x: float, y: float, colour: str, *, align: Align = "left") -> None:
        """The block's lines, centred vertically on y."""
        step = block.size * LEADING
        top = y - step * (len(block.lines) - 1) / 2
        for number, line in enumerate(block.lines):
            width = self._lettering.width(line, block.size, bold=block.bold)
            left = x - width * BEFORE[align]
            self._line(block, line, left, top + number * step, colour)

    def png(self) -> bytes:
        """The same drawing gives the same bytes."""
        pixels = np.asarray(self._renderer.buffer_rgba())[:, :, :3]  # type: ignore[no-untyped-call]
        image = Image.fromarray(np.ascontiguousarray(pixels))
        few = image.quantize(palette=_shades(), dither=Image.Dither.NONE)
        out = BytesIO()
        few.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _line(self, block: Block, line: str, left: float, y: float, colour: str) -> None:
        # Half the height of what the eye takes for the middle: Bengali hangs
        # from its headline, Latin stands on the baseline.
        drop = 0.32 if BENGALI.search(line) else 0.36
        properties = self._lettering.properties(line, block.size, bold=block.bold)
        # Not as mathematics: a dollar sign is a dollar sign.
        self._renderer.draw_text(  # type: ignore[no-untyped-call]
            self._pen(colour), left, y + block.size * drop, line, properties, 0, ismath=False
        )

    def _path(self, path: Path, colour: str, line: float | None) -> None:
        """Filled where there is no line, else drawn with a line so wide."""
        pen = self._pen(colour)
        pen.set_linewidth(line or 0)
        fill = None if line else to_rgb(colour)
        self._renderer.draw_path(pen, path, self._down, fill)  # type: ignore[no-untyped-call]

    def _pen(self, colour: str) -> GraphicsContextBase:
        pen = GraphicsContextBase()
        pen.set_foreground(colour)
        return pen


@lru_cache(maxsize=1)
def _shades() -> Image.Image:
    """A picture's colours in the form Pillow wants them: as a picture of their own."""
    table = Image.new("P", (1, 1))
    table.putpalette([channel for shade in palette.shades() for channel in shade])
    return table


def _disc(x: float, y: float, radius: float) -> Path:
    return _rounded(x - radius, y - radius, 2 * radius, 2 * radius, (radius,) * 4)


def _rounded(x: float, y: float, width: float, height: float, radii: tuple[float, ...]) -> Path:
    """The outline, clockwise from the upper left corner's end."""
    right, bottom = x + width, y + height
    corners = ((x, y, 0, -1), (right, y, 1, 0), (right, bottom, 0, 1), (x, bottom, -1, 0))
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for (cx, cy, dx, dy), radius in zip(corners, radii, strict=True):
        # The way into a corner runs along (dx, dy), the way out is that turned right.
        enter = (cx - dx * radius, cy - dy * radius)
        leave = (cx - dy * radius, cy + dx * radius)
        back = radius * (1 - ARC)
        points += [
            enter,
            (cx - dx * back, cy - dy * back),
            (cx - dy * back, cy + dx * back),
            leave,
        ]
        codes += [Path.LINETO if codes else Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path([*points, points[0]], [*codes, Path.CLOSEPOLY])
