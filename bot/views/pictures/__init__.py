"""Pictures: pure functions from plain data to PNG bytes.

Every word and every digit comes from the caller, already in the person's
language. matplotlib is loaded by the first picture and not before: a process
that never draws never pays for it.
"""

from bot.views.pictures.progress import (
    AxisMark,
    ProgressPicture,
    TopicBar,
    WeekPoint,
    draw_progress,
)
from bot.views.pictures.qr import JoinPicture, draw_join_card
from bot.views.pictures.streak import (
    CalendarMonth,
    LegendEntry,
    Stat,
    StreakPicture,
    draw_streak,
)

__all__ = [
    "AxisMark",
    "CalendarMonth",
    "JoinPicture",
    "LegendEntry",
    "ProgressPicture",
    "Stat",
    "StreakPicture",
    "TopicBar",
    "WeekPoint",
    "draw_join_card",
    "draw_progress",
    "draw_streak",
]
