"""A sheet to draw on: pixels, y downwards, rounded boxes, lines and text, out as PNG."""

from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
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


class Canvas:
    """One picture in the making, ``WIDTH`` by ``height`` pixels."""

    def __init__(self, height: int, lettering: Lettering) -> None:
        self.lettering = lettering
        self._height = height
        self._figure = Figure(
            figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=palette.GROUND
        )
        self._canvas = FigureCanvasAgg(self._figure)
        self._down = Affine2D().scale(1, -1).translate(0, height)

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
        self._patch(_rounded(x, y, width, height, radii), fill=fill)

    def card(self, x: float, y: float, width: float, height: float) -> None:
        self.box(x, y, width, height, palette.CARD, radii=(32, 32, 32, 32))

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Centred on x, y."""
        self._patch(_disc(x, y, radius), fill=fill)

    def ring(self, x: float, y: float, radius: float, stroke: str, *, line: float) -> None:
        """Centred on x, y; the line lies wholly within the radius."""
        self._patch(_disc(x, y, radius - line / 2), stroke=stroke, line=line)

    def rule(self, x: float, y: float, width: float, stroke: str) -> None:
        """A thin horizontal line."""
        self._add(Line2D([x, x + width], [y, y], color=stroke, linewidth=2))

    def text(self, block: Block, x: float, y: float, colour: str, *, align: Align = "left") -> None:
        """The block's lines, centred vertically on y."""
        step = block.size * LEADING
        top = y - step * (len(block.lines) - 1) / 2
        for number, line in enumerate(block.lines):
            self._add(self._line(block, line, x, top + number * step, colour, align))

    def png(self) -> bytes:
        """The same drawing gives the same bytes."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(self._canvas.buffer_rgba())[:, :, :3]  # type: ignore[no-untyped-call]
        image = Image.fromarray(np.ascontiguousarray(pixels))
        few = image.quantize(palette=_shades(), dither=Image.Dither.NONE)
        out = BytesIO()
        few.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _line(self, block: Block, line: str, x: float, y: float, colour: str, align: Align) -> Text:
        # Half the height of what the eye takes for the middle: Bengali hangs
        # from its headline, Latin stands on the baseline.
        drop = 0.32 if BENGALI.search(line) else 0.36
        return Text(
            x,
            y + block.size * drop,
            line,
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=self.lettering.properties(line, block.size, bold=block.bold),
            parse_math=False,
            usetex=False,
        )

    def _patch(
        self, path: Path, *, fill: str = "none", stroke: str = "none", line: float = 0
    ) -> None:
        self._add(PathPatch(path, facecolor=fill, edgecolor=stroke, linewidth=line))

    def _add(self, artist: Artist) -> None:
        """What comes later lies above, whatever kind it is."""
        artist.set(transform=self._down, zorder=1)
        self._figure.add_artist(artist)


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
