"""When an event is, in ordinary words: a moment, or the same hour every week.

The moment itself is read by `domain.courses.dates`; an event needs an hour, a due date does not.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.courses.date_phrases import Unclear, read_phrase
from domain.courses.date_words import Kind, tokens
from domain.courses.dates import Failure, Reading, read_instant
from domain.practice.answers.numerals import fold

LONGEST = 120
"""Characters that are looked at."""
_WEEKLY = re.compile(
    r"^\s*(?:on\s+)?(?:every\s+week|each\s+week|weekly|every|each"
    r"|প্রতি\s+সপ্তাহে|সাপ্তাহিক|প্রত্যেক|প্রতি|proti\s+shoptahe|proti)"
    r"(?=\s|রবি|সোম|মঙ্গল|বুধ|বৃহ|শুক্র|শনি)[\s,:]*(?:on\s+)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """What was understood: instants to choose from, and whether each week; or why nothing."""

    choices: tuple[datetime, ...] = ()
    weekly: bool = False
    failure: Failure | None = None


def read_when(text: str, now: datetime, timezone: str) -> When:
    """Never raises for a text. Every week: the coming time is the first."""
    folded = fold(text) if len(text) <= LONGEST else ""
    rest = _WEEKLY.sub("", folded)
    weekly = rest != folded
    failure = _lacking(rest, weekly=weekly)
    if failure is not None:
        return When(failure=failure)
    reading = read_instant(rest, now, timezone)
    if reading.instant is None and not reading.choices:
        return When(failure=reading.failure)
    return When(_coming(reading, now, timezone, weekly=weekly), weekly)


def _lacking(rest: str, *, weekly: bool) -> Failure | None:
    """What keeps a phrase from being a time of an event, whatever the calendar says."""
    found = tokens(rest)
    if not found:
        return Failure.NOT_UNDERSTOOD
    try:
        phrase = read_phrase(found)
    except Unclear:
        return Failure.NOT_UNDERSTOOD
    if weekly and (phrase.weekday is None or phrase.date or phrase.elapsed or phrase.unit):
        return Failure.NOT_UNDERSTOOD
    timed = phrase.clock or phrase.part or phrase.elapsed
    return None if timed or Kind.NOW in phrase.said else Failure.WHICH_TIME


def _coming(
    reading: Reading, now: datetime, timezone: str, *, weekly: bool
) -> tuple[datetime, ...]:
    """Of "every Sunday at 10", said on a Sunday, today or in a week: the first that is ahead.

    Ten in the morning or at night stays a choice.
    """
    if reading.instant is not None:
        return (reading.instant,)
    if not weekly:
        return reading.choices
    zone = ZoneInfo(timezone)
    first: dict[object, datetime] = {}
    for one in reading.choices:
        if one > now:
            first.setdefault(one.astimezone(zone).time(), one)
    return tuple(first.values())


def read_last_day(text: str, now: datetime, timezone: str) -> date | None:
    """The day up to which something is repeated; None if none was said, or two."""
    reading = read_instant(text, now, timezone)
    found = reading.choices if reading.instant is None else (reading.instant,)
    days = {one.astimezone(ZoneInfo(timezone)).date() for one in found}
    return days.pop() if len(days) == 1 else None
