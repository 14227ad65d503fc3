"""A month of a school, drawn from a seed: who is who, what falls due, and what students do.

Instants are UTC and whole minutes. What people do happens two minutes past each half hour, so
that it never meets what falls due.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLASS_SIZE = 40
# London springs forward on the 29th, New York on the 8th, Beirut on the 29th at midnight.
ZONES = ("Asia/Dhaka",) * 6 + ("America/New_York", "Europe/London", "Asia/Beirut", "Asia/Kathmandu")
TIMES = (time(19),) * 5 + (time(20), time(6), time(22, 30), time(2, 30), time(0, 30), None)
# Not chosen, none at all, and others.
QUIET = (None,) * 6 + ((), (20, 6), (0, 8), (23, 6), (13, 16))
MUTES = ("due_soon", "work_opened", "streak_at_risk")
KINDS = ("homework", "quiz", "homework", "exam", "practice", "quiz", "homework")
EXAM = timedelta(minutes=60)
SESSION = timedelta(minutes=30)


@dataclass(slots=True)
class Person:
    """A student; `number` counts from 0."""

    number: int
    zone: str
    quiet: tuple[int, ...] | None
    reminder: time | None
    has_grade: bool
    is_active: bool
    has_telegram: bool
    muted: set[str]
    paused_until: datetime | None
    diligence: float
    """The chance to practise on a day."""

    @property
    def settings(self) -> dict[str, Any]:
        found: dict[str, Any] = {"muted": sorted(self.muted)}
        if self.quiet is not None:
            found["quiet_hours"] = list(self.quiet)
        if self.paused_until is not None:
            found["paused_until"] = self.paused_until.isoformat()
        return found


@dataclass(slots=True)
class Item:
    """A piece of work of a class. `kind` is an assignment's mode, or quiz."""

    number: int
    class_number: int
    kind: str
    problems: int
    release: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """What a student does, or a teacher: practise, leave (a session that is never finished),
    submit, begin (a quiz), finish (it), sit (an exam), mute, unmute, block, unblock, move (a due
    date)."""

    at: datetime
    what: str
    person: int = -1
    item: int = -1
    part: int = 0
    kind: str = ""
    due: datetime | None = None


@dataclass(slots=True)
class Plan:
    """Everything that is drawn. Nothing happens by the clock's hand in `outage`: from, until."""

    begin: datetime
    end: datetime
    people: list[Person]
    items: list[Item]
    acts: list[Act] = field(default_factory=list)
    holidays: frozenset[date] = frozenset()
    outage: tuple[datetime, datetime] | None = None

    def is_out(self, now: datetime) -> bool:
        return self.outage is not None and self.outage[0] <= now < self.outage[1]

    @property
    def days(self) -> Iterator[date]:
        """Every date that some clock shows meanwhile."""
        for number in range((self.end - self.begin).days + 3):
            yield (self.begin - DAY).date() + number * DAY

    def members(self, class_number: int) -> Sequence[Person]:
        return self.people[class_number * CLASS_SIZE : (class_number + 1) * CLASS_SIZE]


def drawn(students: int, first: date, days: int, seed: int) -> Plan:
    rng = random.Random(seed)
    begin = datetime.combine(first, time(), UTC)
    end = begin + days * DAY
    people = [_person(rng, number, begin) for number in range(students)]
    classes = students * 6 // 10 // CLASS_SIZE
    items = [item for one in range(classes) for item in _items(rng, one, begin, days)]
    for number, item in enumerate(items):
        item.number = number
    plan = Plan(begin, end, people, items)
    middle = begin + days // 2 * DAY
    plan.holidays = frozenset({first + 3 * DAY, first + (days - 2) * DAY})
    plan.outage = (middle + 7 * HOUR, middle + 31 * HOUR)
    for person in people:
        plan.acts += _days_of(rng, plan, person)
    for item in items:
        plan.acts += _work_on(rng, plan, item)
    plan.acts.sort(key=lambda act: (act.at, act.person, act.item, act.part))
    return plan


def _person(rng: random.Random, number: int, begin: datetime) -> Person:
    return Person(
        number,
        rng.choice(ZONES),
        rng.choice(QUIET),
        rng.choice(TIMES),
        has_grade=rng.random() > 0.02,
        is_active=rng.random() > 0.01,
        has_telegram=rng.random() > 0.01,
        muted=set(rng.sample(MUTES, rng.choice((0,) * 8 + (1, 2)))),
        paused_until=begin + 5 * DAY if rng.random() < 0.03 else None,
        diligence=rng.choice((0.85, 0.4, 0.4, 0.05)),
    )


def _items(rng: random.Random, class_number: int, begin: datetime, days: int) -> Iterator[Item]:
    """One opens each fourth day, at an hour of the afternoon, and is due at half past an hour."""
    for number in range(max(1, days // 4)):
        release = begin + (number * 4 + rng.randrange(3)) * DAY + rng.randrange(3, 14) * HOUR
        due = release + rng.choice((20, 30, 49, 72, 97)) * HOUR + 30 * MINUTE
        kind = KINDS[number % len(KINDS)]
        yield Item(0, class_number, kind, rng.choice((1, 2)), release, due)


def _days_of(rng: random.Random, plan: Plan, person: Person) -> Iterator[Act]:
    zone = ZoneInfo(person.zone)
    for number in range((plan.end - plan.begin).days):
        morning = datetime.combine(plan.begin.date() + number * DAY, time(8), zone)
        for what, chance in (
            ("practise", person.diligence),
            ("leave", 0.02),
            ("block", 0.002),
            ("unblock", 0.05),
            ("mute", 0.003),
            ("unmute", 0.003),
        ):
            if rng.random() < chance:
                at = _between(rng, morning, morning + 14 * HOUR)
                yield Act(at, what, person.number, kind=rng.choice(MUTES))


def _work_on(rng: random.Random, plan: Plan, item: Item) -> Iterator[Act]:
    if rng.random() < 0.1 and item.kind == "homework":
        moved = item.due + 2 * DAY
        yield Act(
            _between(rng, item.due - 20 * HOUR, item.due), "move", item=item.number, due=moved
        )
    for person in plan.members(item.class_number):
        at = _between(rng, item.release, item.due)
        if item.kind == "quiz":
            if rng.random() < 0.7:
                yield Act(at, "begin", person.number, item.number)
                if rng.random() < 0.7 and at + SESSION < item.due:
                    yield Act(at + SESSION, "finish", person.number, item.number)
            continue
        if item.kind == "exam":
            if rng.random() > 0.7:
                continue
            yield Act(at, "sit", person.number, item.number)
        for part in range(item.problems):
            if rng.random() < 0.75:
                yield Act(at, "submit", person.number, item.number, part)


def _between(rng: random.Random, first: datetime, last: datetime) -> datetime:
    """Two minutes past a half hour, after `first` and before `last`."""
    slots = max(1, int((last - first) / (HOUR / 2)) - 1)
    at = first.astimezone(UTC) + rng.randrange(slots) * (HOUR / 2)
    return at.replace(minute=at.minute // 30 * 30 + 2, second=0, microsecond=0) + HOUR / 2
