"""Due and release dates in ordinary words: Bengali, English, Bengali in Latin letters, mixed.

Everything is on the reader's own clock. Nothing is guessed: what could be two instants is given
back as both, and what is not wholly understood is not understood.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.courses.date_clocks import Option, clock_options
from domain.courses.date_phrases import Phrase, Unclear, read_phrase
from domain.courses.date_words import Kind, tokens
from domain.errors import Mistake

LONGEST = 120
"""Characters of a phrase; longer texts are no dates."""
FARTHEST = timedelta(days=731)
SUNDAY = 6
"""Where a week begins: its last days are the weekend, Friday and Saturday."""


class Failure(StrEnum):
    """Why a phrase gives no instant."""

    NOT_UNDERSTOOD = "not_understood"
    NO_SUCH = "no_such"
    """No calendar or clock has it: 31 November, or an hour that a clock skips in spring."""
    WHICH_TIME = "which_time"
    """A part of the day without an hour: কাল সকালে."""
    AMBIGUOUS = "ambiguous"
    PAST = "past"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Reading:
    """An instant in UTC, or why there is none."""

    instant: datetime | None = None
    failure: Failure | None = None
    choices: tuple[datetime, ...] = ()
    """For AMBIGUOUS: what may be meant, the earliest first."""


def read_instant(text: str, now: datetime, timezone: str) -> Reading:
    """The instant that a person in that zone means, at `now`. Never raises for a text."""
    found = tokens(text) if len(text) <= LONGEST else None
    if not found:
        return Reading(failure=Failure.NOT_UNDERSTOOD)
    try:
        phrase = read_phrase(found)
    except Unclear:
        return Reading(failure=Failure.NOT_UNDERSTOOD)
    if {Kind.LAST, Kind.AGO} & phrase.said:
        return Reading(failure=Failure.PAST)
    return _Calendar(now, ZoneInfo(timezone)).read(phrase)


def expect_instant(text: str, now: datetime, timezone: str) -> datetime:
    """As `read_instant`; raises Mistake (`dates.unclear`) with the failure and the choices.

    The choices are ISO texts on the clock of that zone.
    """
    reading = read_instant(text, now, timezone)
    if reading.instant is None:
        zone = ZoneInfo(timezone)
        choices = [one.astimezone(zone).isoformat() for one in reading.choices]
        data = {"failure": reading.failure, "choices": choices}
        raise Mistake("no such instant", "dates.unclear", data)
    return reading.instant


class _Calendar:
    """Puts phrases on the calendar and the clock of one place."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self._now = now.astimezone(UTC)
        self._zone = zone
        self._today = now.astimezone(zone).date()
        self._minute = self._now.replace(second=0, microsecond=0)

    def read(self, phrase: Phrase) -> Reading:
        if phrase.elapsed is not None:
            return self._elapsed(phrase)
        options = clock_options(phrase)
        if options is None:
            return Reading(failure=Failure.WHICH_TIME)
        try:
            groups = list(self._groups(phrase))
        except (ValueError, OverflowError):
            return Reading(failure=Failure.NO_SUCH)
        if not options:
            return Reading(failure=Failure.NOT_UNDERSTOOD)
        if not phrase.dated:
            return self._next(options)
        return self._meant(groups, options)

    def _elapsed(self, phrase: Phrase) -> Reading:
        if (phrase.dated and phrase.offset != 0) or phrase.clock or phrase.elapsed is None:
            return Reading(failure=Failure.NOT_UNDERSTOOD)
        if not phrase.elapsed:
            return Reading(self._now)
        return self._checked([self._minute + phrase.elapsed])

    def _next(self, options: list[Option]) -> Reading:
        """A time alone: the next such one."""
        days = [self._today + timedelta(days=one) for one in range(-1, 3)]
        found = [one for one in self._instants(days, options) if one > self._now]
        return self._checked(found[:1])

    def _meant(self, groups: list[list[date]], options: list[Option]) -> Reading:
        """The instants of the first group that has any to come."""
        if any(day.year > self._today.year + 3 for days in groups for day in days):
            return Reading(failure=Failure.TOO_FAR)
        if any(day.year < self._today.year - 1 for days in groups for day in days):
            return Reading(failure=Failure.PAST)
        for days in groups:
            found = self._instants(days, options)
            coming = [one for one in found if one >= self._now]
            if coming or not found:
                return self._checked(coming)
        return Reading(failure=Failure.PAST)

    def _checked(self, found: list[datetime]) -> Reading:
        near = [one for one in found if one - self._now <= FARTHEST]
        if not found:
            return Reading(failure=Failure.NO_SUCH)
        if not near:
            return Reading(failure=Failure.TOO_FAR)
        if len(near) > 1:
            return Reading(failure=Failure.AMBIGUOUS, choices=tuple(near))
        return Reading(near[0])

    def _instants(self, days: list[date], options: list[Option]) -> list[datetime]:
        """In order, without those that the clock skips; of a doubled hour the later one."""
        found = set()
        for day in days:
            for later, hour, minute in options:
                wall = datetime.combine(day + timedelta(days=later), time(hour, minute))
                instant = wall.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
                if instant.astimezone(self._zone).replace(tzinfo=None) == wall:
                    found.add(instant)
        return sorted(found)

    def _groups(self, phrase: Phrase) -> Iterator[list[date]]:
        """Days that may be meant, in groups: a later group only where an earlier one is past.

        Raises ValueError and OverflowError for days that no calendar has.
        """
        checked = phrase.weekday if phrase.date or phrase.offset is not None else None
        before = Kind.BEFORE in phrase.said and phrase.clock is None and phrase.part is None
        for days in self._named(phrase):
            if checked not in (None, *(day.weekday() for day in days)):
                raise ValueError("another weekday")
            yield [day - timedelta(days=one) for day in days for one in range(1 + before)]
            if checked is not None:
                return

    def _named(self, phrase: Phrase) -> Iterator[list[date]]:
        if phrase.date is not None:
            yield from self._dates(phrase, *phrase.date)
        elif phrase.offset is not None:
            yield [self._today + timedelta(days=phrase.offset)]
        elif phrase.months is not None:
            yield [self._months_on(phrase.months)]
        elif Kind.WEEKEND in phrase.said:
            week = self._week(1 if Kind.NEXT in phrase.said else 0)
            yield [week + timedelta(days=5), week + timedelta(days=6)]
        elif phrase.weekday is not None:
            yield self._weekdays(phrase, phrase.weekday)
        elif phrase.unit is not None:
            yield self._unit(phrase, phrase.unit)

    def _dates(
        self, phrase: Phrase, day: int, month: int | None, year: int | None
    ) -> Iterator[list[date]]:
        """A date; without its year or month the next such one."""
        if year is not None and month is not None:
            yield [date(year, month, day)]
            return
        if phrase.unit == "month":
            first = self._months_on(int(Kind.NEXT in phrase.said))
            yield [first.replace(day=day)]
            return
        found = False
        for ahead in range(25):
            at = self._today.month - 1 + ahead
            in_year, in_month = self._today.year + at // 12, at % 12 + 1
            if month in (None, in_month) and 1 <= day <= monthrange(in_year, in_month)[1]:
                coming = date(in_year, in_month, day)
                if coming >= self._today:
                    found = True
                    yield [coming]
        if not found:
            raise ValueError("no such date")

    def _weekdays(self, phrase: Phrase, weekday: int) -> list[date]:
        """The coming one. Said on that very day, it may be today or in a week."""
        if phrase.unit == "week":
            week = self._week(1 if Kind.NEXT in phrase.said else 0)
            return [week + timedelta(days=(weekday - SUNDAY) % 7)]
        ahead = (weekday - self._today.weekday()) % 7
        coming = self._today + timedelta(days=ahead)
        if ahead or Kind.THIS in phrase.said:
            return [coming]
        if Kind.NEXT in phrase.said:
            return [coming + timedelta(days=7)]
        return [coming, coming + timedelta(days=7)]

    def _unit(self, phrase: Phrase, unit: str) -> list[date]:
        """Next week, this month, the end of the month."""
        following, end = Kind.NEXT in phrase.said, Kind.END in phrase.said
        if unit == "day":
            return [self._today + timedelta(days=int(following))]
        if unit == "week" and following and not end:
            return [self._today + timedelta(days=7)]
        if unit == "week":
            # The school week ends on Thursday, the week on Saturday.
            week = self._week(int(following))
            return [week + timedelta(days=4), week + timedelta(days=6)]
        there = self._months_on(int(following))
        if following and not end:
            return [there]
        return [there.replace(day=monthrange(there.year, there.month)[1])]

    def _week(self, ahead: int) -> date:
        """The Sunday on which this week began, or a later one."""
        return self._today + timedelta(days=7 * ahead - (self._today.weekday() - SUNDAY) % 7)

    def _months_on(self, months: int) -> date:
        """The same day so many months on, or that month's last."""
        at = self._today.month - 1 + months
        year, month = self._today.year + at // 12, at % 12 + 1
        return date(year, month, min(self._today.day, monthrange(year, month)[1]))
