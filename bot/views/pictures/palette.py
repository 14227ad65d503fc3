"""The colours of every picture.

Blue and amber stay apart for every kind of colour blindness, and differ in
lightness too, so that a picture survives a grey screen. Nothing is told by
colour alone: a holiday has a dot, today a ring, the weekend a column.
"""

from itertools import combinations

GROUND = "#F0F3F8"
CARD = "#FFFFFF"
INK = "#1C2A39"
MUTED = "#5B6B7C"
FAINT = "#8694A3"
TRACK = "#E4EAF1"
PRIMARY = "#1A6BA6"
PRIMARY_SOFT = "#C9DFF1"
ACCENT = "#D98E04"
ACCENT_SOFT = "#FCEBC6"

COLOURS = (
    GROUND,
    CARD,
    INK,
    MUTED,
    FAINT,
    TRACK,
    PRIMARY,
    PRIMARY_SOFT,
    ACCENT,
    ACCENT_SOFT,
)

SHADE = 24
"""How far two neighbouring shades of an edge may differ in a channel, of 255."""

RGB = tuple[int, int, int]


def shades() -> list[RGB]:
    """The colours, and what lies between any two of them where an edge is smoothed.

    At most 256, so that a picture needs one byte a pixel.
    """
    plain = [rgb(colour) for colour in COLOURS]
    found = set(plain)
    for one, other in combinations(plain, 2):
        farthest = max(abs(a - b) for a, b in zip(one, other, strict=True))
        count = farthest // SHADE + 1
        found.update(_between(one, other, step / count) for step in range(1, count))
    return sorted(found)


def rgb(colour: str) -> RGB:
    """``#RRGGBB`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _between(one: RGB, other: RGB, part: float) -> RGB:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
