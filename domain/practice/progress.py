"""What a student sees of their practice: streak and progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.operations.holiday_spans import Span, coming
from domain.people.records import Person
from domain.practice import skills, streaks
from domain.practice.records import Streak, TopicProgress, WeekProgress
from domain.practice.skills import TopicMastery
from domain.unit_of_work import UnitOfWork

CALENDAR_DAYS = 62
PROGRESS_WEEKS = 8
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class StreakSeen:
    """The streak as it stands today on the student's own calendar."""

    streak: Streak
    standing: int
    today: date
    days: frozenset[date]
    holidays: frozenset[date]
    holiday: Span | None
    """The next one that has a name, if it is soon."""

    @property
    def next_milestone(self) -> int | None:
        return next((one for one in streaks.MILESTONES if one > self.standing), None)


@dataclass(frozen=True, slots=True)
class ProgressSeen:
    """First tries of the last weeks, by topic and by week, and how well each topic is known."""

    topics: Sequence[TopicProgress]
    weeks: Sequence[WeekProgress]
    mastery: Sequence[TopicMastery]
    """Every topic of the student's class, by key."""
    work_on: str | None


async def streak(work: UnitOfWork, person: Person, now: datetime) -> StreakSeen:
    today = person.local(now).date()
    kept = await work.practice.load_streak(person.id)
    named = await work.operations.named_holidays()
    holidays = frozenset(one.day for one in named)
    since = today - timedelta(days=CALENDAR_DAYS)
    days = await work.practice.practice_days(person.id, person.timezone, since)
    soon = [one for one in coming(named, today) if one.name and one.first <= today + SOON]
    return StreakSeen(
        kept,
        streaks.standing(kept, today, holidays),
        today,
        days,
        holidays,
        soon[0] if soon else None,
    )


async def progress(work: UnitOfWork, person: Person, now: datetime) -> ProgressSeen:
    since = person.local(now).date() - timedelta(weeks=PROGRESS_WEEKS)
    topics, weeks = await work.practice.progress(person.id, person.timezone, since)
    known = await work.practice.skills(person.id)
    return ProgressSeen(topics, weeks, skills.mastery(known, now), skills.work_on(known, now))
