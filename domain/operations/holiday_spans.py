"""Holidays of several days as one: from, to, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from domain.operations.records import Holiday


@dataclass(frozen=True, slots=True)
class Span:
    """One day or more, all of them called the same."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holidays(self) -> list[Holiday]:
        return [Holiday(self.first + timedelta(days=one), self.name) for one in range(self.days)]


def spans(holidays: Sequence[Holiday]) -> list[Span]:
    """Days that follow each other and are called the same as one, in order."""
    found = []
    for _, group in groupby(enumerate(sorted(holidays)), _run):
        days = [holiday for _, holiday in group]
        found.append(Span(days[0].day, days[-1].day, days[0].name))
    return found


def _run(placed: tuple[int, Holiday]) -> tuple[date, str]:
    """The same for days that follow each other and bear one name."""
    place, holiday = placed
    return holiday.day - timedelta(days=place), holiday.name


def coming(holidays: Sequence[Holiday], today: date) -> list[Span]:
    """From today on; of one that has begun, what is left."""
    return spans([one for one in holidays if one.day >= today])
