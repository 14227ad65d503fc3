"""The colours of every picture.

Blue and amber stay apart for every kind of colour blindness, and differ in
lightness too, so that a picture survives a grey screen. Nothing is told by
colour alone: a holiday has a dot, today a ring, the weekend a column.
"""

GROUND = "#F3F6FA"
CARD = "#FFFFFF"
INK = "#1C2A39"
MUTED = "#5B6B7C"
FAINT = "#8694A3"
TRACK = "#E4EAF1"
WEEKEND = "#F0F3F7"
PRIMARY = "#1A6BA6"
PRIMARY_SOFT = "#C9DFF1"
ACCENT = "#D98E04"
ACCENT_SOFT = "#FCEBC6"
