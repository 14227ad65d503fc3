"""Holidays as admins write them: "20 March to 23 March Eid ul-Fitr", "২১ ফেব্রুয়ারি শহীদ দিবস"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.courses.dates import Failure, read_instant
from domain.errors import Mistake
from domain.operations.holiday_spans import Span
from domain.typed import one_line

NAME_LENGTH = 60
MOST_DAYS = 60
"""Of one holiday: as long as schools are ever closed, with some to spare."""
_TEXT_LENGTH = 200
_WORDS_OF_DAYS = 14
"""More than it takes to say from when to when."""
_DAY_ENDS = time(23, 59)
"""What the reader of dates makes of a day without a time."""
_BETWEEN = frozenset({"-", "–", "—", "to", "till", "until", "থেকে", "হতে", "theke"})
_LEADS = frozenset({"from", "between"})
_CLOSES = frozenset({"পর্যন্ত", "porjonto"})
_TWO_DAYS = re.compile(r"\b(\d{1,2})\s*[-–—]\s*(\d{1,2})(?=\s+[^\W\d])")
_AROUND_NAME = " :;,-–—।()"


class Unclear(StrEnum):
    """Why a text declares no holiday."""

    NOT_UNDERSTOOD = "not_understood"
    PAST = "past"
    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_DAYS = "too_many_days"


def read_holiday(text: str, now: datetime, timezone: str) -> Span:
    """Days in words with a name after or before them, on the clock of that zone.

    Raises Mistake (`holidays.unclear`) with what is in the way.
    """
    line = one_line(text)
    reader = _Reader(now, timezone)
    found = None
    if len(line) <= _TEXT_LENGTH:
        # "5-7 May" is three days of May where it can be, and 5 July called May only elsewhere.
        parted = _TWO_DAYS.sub(r"\1 - \2", line)
        found = reader.read(parted.split()) or reader.read(line.split())
    if found is None:
        raise _mistake(Unclear.PAST if reader.met_past else Unclear.NOT_UNDERSTOOD)
    wrong = _fault(found, now.astimezone(ZoneInfo(timezone)).date())
    if wrong is not None:
        raise _mistake(wrong)
    return found


def _fault(span: Span, today: date) -> Unclear | None:
    if span.first < today:
        return Unclear.PAST
    if not span.name:
        return Unclear.NO_NAME
    if len(span.name) > NAME_LENGTH:
        return Unclear.NAME_TOO_LONG
    return Unclear.TOO_MANY_DAYS if span.days > MOST_DAYS else None


def _mistake(why: Unclear) -> Mistake:
    limits = {"name": NAME_LENGTH, "days": MOST_DAYS}
    return Mistake(f"no holiday: {why}", "holidays.unclear", {"why": why, **limits})


class _Reader:
    """Finds the longest run of words at either end that says from when to when."""

    def __init__(self, now: datetime, timezone: str) -> None:
        self._now = now
        self._timezone = timezone
        self._zone = ZoneInfo(timezone)
        self.met_past = False

    def read(self, words: Sequence[str]) -> Span | None:
        for said, rest in _cuts(words):
            days = self._days(said)
            if days is not None:
                return Span(*days, " ".join(rest).strip(_AROUND_NAME))
            if self.met_past:
                # Fewer words would leave the year out: "20 March" of a past "20 March 2026".
                return None
        return None

    def _days(self, words: Sequence[str]) -> tuple[date, date] | None:
        said = list(words)
        if said[0].casefold() in _LEADS:
            del said[0]
        if said and said[-1] in _CLOSES:
            del said[-1]
        for place in range(1, len(said) - 1):
            if said[place].casefold() in _BETWEEN:
                found = self._from_to(said[:place], said[place + 1 :])
                if found is not None:
                    return found
        day = self._day(said, self._now)
        return None if day is None else (day, day)

    def _from_to(self, start: Sequence[str], end: Sequence[str]) -> tuple[date, date] | None:
        last = self._day(end, self._now)
        if last is None:
            return None
        if len(start) == 1 and start[0].isdecimal():
            first = _day_of(last, int(start[0]))
        else:
            first = self._day(start, self._now)
        if first is not None and last < first:
            # A year is not said: the end is the next such day after the beginning.
            last = self._day(end, datetime.combine(first, time(), self._zone)) or last
        return None if first is None or last < first else (first, last)

    def _day(self, words: Sequence[str], now: datetime) -> date | None:
        """The day that is meant; None for what is no day, or has a time."""
        reading = read_instant(" ".join(words), now, self._timezone)
        self.met_past |= reading.failure is Failure.PAST and now == self._now
        if reading.instant is None:
            return None
        local = reading.instant.astimezone(self._zone)
        return local.date() if local.time() == _DAY_ENDS else None


def _cuts(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """(words of the days, words of the name): the most words for the days first."""
    for size in range(min(len(words), _WORDS_OF_DAYS), 0, -1):
        yield words[:size], words[size:]
        if size < len(words):
            yield words[-size:], words[:-size]


def _day_of(month: date, day: int) -> date | None:
    try:
        return month.replace(day=day)
    except (ValueError, OverflowError):
        return None
