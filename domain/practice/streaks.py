"""Days in a row with a completed session, in the student's own time zone."""

from dataclasses import replace
from datetime import date, timedelta

from domain.practice.records import Streak

ONE_DAY = timedelta(days=1)
MILESTONES = (7, 14, 30, 60, 90, 180, 365)


def advance(streak: Streak, day: date, holidays: frozenset[date]) -> Streak:
    """The streak after a completed session on local `day`.

    A day counts once. A holiday neither counts nor breaks. A day before the last one that counted
    (the student moved to another time zone, or the row was written late) changes nothing.
    """
    last = streak.last_practice_date
    if day in holidays or (last is not None and day <= last):
        return streak
    unbroken = last is not None and last >= unbroken_from(day, holidays)
    current = streak.current + 1 if unbroken else 1
    new = tuple(m for m in MILESTONES if m <= current and m not in streak.milestones)
    return replace(
        streak,
        current=current,
        longest=max(streak.longest, current),
        last_practice_date=day,
        milestones=streak.milestones + new,
    )


def standing(streak: Streak, today: date, holidays: frozenset[date]) -> int:
    """Days in a row as a reader should see them today: 0 once a day has been missed.

    Today itself is not missed before it is over.
    """
    last = streak.last_practice_date
    if last is None or last < unbroken_from(today, holidays):
        return 0
    return streak.current


def unbroken_from(day: date, holidays: frozenset[date]) -> date:
    """The earliest last day of a streak that stands on `day`: the one before, holidays left out."""
    before = day - ONE_DAY
    while before in holidays:
        before -= ONE_DAY
    return before


def milestone_reached(before: Streak, after: Streak) -> int | None:
    """The milestone that `after` has and `before` has not; the highest if there are several."""
    return max(set(after.milestones) - set(before.milestones), default=None)
