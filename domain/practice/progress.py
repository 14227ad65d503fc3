"""What a student sees of their practice: streak and progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.people.records import Person
from domain.practice import streaks
from domain.practice.records import SessionResult, Streak, TopicProgress, WeekProgress
from domain.unit_of_work import UnitOfWork

CALENDAR_DAYS = 62
PROGRESS_WEEKS = 8
# A share below this says "work on it", from this many first tries on.
WEAK_BELOW = 0.7
ENOUGH_TRIES = 3


@dataclass(frozen=True, slots=True)
class StreakSeen:
    """The streak as it stands today on the student's own calendar."""

    streak: Streak
    standing: int
    today: date
    days: frozenset[date]
    holidays: frozenset[date]

    @property
    def next_milestone(self) -> int | None:
        return next((one for one in streaks.MILESTONES if one > self.standing), None)


@dataclass(frozen=True, slots=True)
class ProgressSeen:
    """First tries of the last weeks, by topic and by week."""

    topics: Sequence[TopicProgress]
    weeks: Sequence[WeekProgress]

    @property
    def work_on(self) -> str | None:
        """The weakest topic that was tried often enough to tell."""
        weak = [
            one
            for one in self.topics
            if one.tries >= ENOUGH_TRIES and one.correct / one.tries < WEAK_BELOW
        ]
        return min(weak, key=lambda one: one.correct / one.tries).topic if weak else None


async def streak(work: UnitOfWork, person: Person, now: datetime) -> StreakSeen:
    today = person.local(now).date()
    kept = await work.practice.load_streak(person.id)
    holidays = await work.operations.holidays()
    since = today - timedelta(days=CALENDAR_DAYS)
    days = await work.practice.practice_days(person.id, person.timezone, since)
    return StreakSeen(kept, streaks.standing(kept, today, holidays), today, days, holidays)


async def progress(work: UnitOfWork, person: Person, now: datetime) -> ProgressSeen:
    since = person.local(now).date() - timedelta(weeks=PROGRESS_WEEKS)
    topics, weeks = await work.practice.progress(person.id, person.timezone, since)
    return ProgressSeen(topics, weeks)


def to_work_on(result: SessionResult) -> str | None:
    """The topic of a session's first unsolved problem, else of the first that took more tries."""
    missed = [one for one in result.items if not (one.is_correct and one.tries == 1)]
    unsolved = [one for one in missed if not one.is_correct]
    return next((one.topic for one in (*unsolved, *missed)), None)
