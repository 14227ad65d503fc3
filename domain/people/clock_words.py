"""Times of the day, and hours from and until, as people type them: "রাত ১০টা থেকে সকাল ৬টা".

Nothing is guessed: what could be two times comes back as both.
"""

import re
from collections.abc import Iterator
from datetime import time

from domain.courses.date_clocks import clock_options
from domain.courses.date_phrases import Unclear, read_phrase
from domain.courses.date_words import Kind, Token, tokens

LONGEST = 60
"""Characters; longer texts are no times."""
HALF_A_DAY = 12
_BETWEEN = re.compile(r"\s*[-–—~]\s*|\s+(?:to|till|until|and|theke|থেকে|হতে|এবং|ও)\s+|থেকে\s+")
_LEAD = re.compile(r"^\s*(?:from|between)\s+")
_OF_NO_WEIGHT = frozenset({Kind.AT, Kind.LATER})
"""At six, six in the evening."""

Hours = tuple[int, int]
"""From and until, by 24 hours."""


def read_times(text: str) -> list[time]:
    """The times of the day that may be meant, from midnight on; none where it names no time."""
    found = tokens(text) if len(text) <= LONGEST else None
    if not found:
        return []
    if [one.kind for one in found] == [Kind.NUMBER]:
        # A number alone would be a day or an hour; here it is an hour.
        found.append(Token(Kind.MARK))
    try:
        phrase = read_phrase(found)
    except Unclear:
        return []
    if phrase.dated or phrase.elapsed is not None or phrase.said - _OF_NO_WEIGHT:
        return []
    # A part of the day alone would be its end for a due date, and is no time here.
    if phrase.clock is None and phrase.part not in ("noon", "midnight"):
        return []
    return sorted({time(hour, minute) for _, hour, minute in clock_options(phrase) or ()})


def read_hours(text: str) -> list[Hours]:
    """What hours may be meant, the earliest first; none where there are none, or not whole ones.

    Where only one reading is no longer than half a day, that is it: "10pm to 6".
    """
    found = sorted({hours for pair in _pairs(text) for hours in _readings(*pair)})
    short = [one for one in found if _length(one) <= HALF_A_DAY]
    return short or found


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The text cut in two at each word or sign that may stand between two times."""
    whole = _LEAD.sub("", text[: LONGEST + 1].casefold())
    if len(whole) <= LONGEST:
        for match in _BETWEEN.finditer(whole):
            yield whole[: match.start()], whole[match.end() :]


def _readings(start: str, end: str) -> Iterator[Hours]:
    for one in read_times(start):
        for other in read_times(end):
            if one.minute == other.minute == 0 and one.hour != other.hour:
                yield one.hour, other.hour


def _length(hours: Hours) -> int:
    return (hours[1] - hours[0]) % 24
