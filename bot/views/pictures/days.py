"""The days of a calendar picture: which belong together, and where they stand."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

DAY = timedelta(days=1)


def joined_days(practised: frozenset[date], holidays: frozenset[date]) -> frozenset[date]:
    """The days a band covers: practised ones, and holidays with practice on both sides."""
    bridged: set[date] = set()
    for day in practised:
        free: list[date] = []
        following = day + DAY
        while following in holidays and following not in practised:
            free.append(following)
            following += DAY
        if following in practised:
            bridged.update(free)
    return practised | bridged


def weeks_of(first: date) -> list[list[date | None]]:
    """A month's weeks, Sunday first, None where a neighbouring month's days would stand."""
    before = (first.weekday() + 1) % 7
    length = monthrange(first.year, first.month)[1]
    cells: list[date | None] = [None] * before
    cells += [first + DAY * number for number in range(length)]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def bands(week: list[date | None], days: frozenset[date]) -> Iterator[tuple[int, int]]:
    """The first and last column of each stretch of such days within a week."""
    start = None
    for column, day in enumerate([*week, None]):
        inside = day is not None and day in days
        if inside and start is None:
            start = column
        elif not inside and start is not None:
            yield start, column - 1
            start = None
