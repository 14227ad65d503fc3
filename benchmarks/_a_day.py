"""A day of reminders at the pace that Telegram allows: who gets theirs, and when.

Goes through the queue as the sender does: the most urgent kind first, within it what was written
earlier, within that the longest streak. What expires before its turn is dropped, and what comes to
the quiet hours that everybody has who chose none. Nobody practises in between, so it is the most
that can have to be sent.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from benchmarks import harness
from benchmarks._million import TODAY
from db.repositories.notices_reminders import AT_RISK_FROM, LONG_FROM
from domain.operations import local_time, reminders
from domain.operations.local_time import DAY
from domain.operations.records import Priority
from domain.people import wishes
from engines.queue.pacer import BOT_MICROSECONDS

A_SECOND = 1_000_000 / BOT_MICROSECONDS
REMINDERS, STREAKS = "practice reminders", "streaks at risk"

# Students by zone, time and streak: how many are to be reminded (they completed nothing since
# midnight in Dhaka) and how many have a streak that breaks tonight.
COUNTED = """
select timezone, reminder_time, streak, count(*) as students,
       count(*) filter (where reminder_time is not null and not practised) as reminded,
       count(*) filter (where streak >= 2 and last_practice_date < $1::date) as at_risk
from (
    select timezone, reminder_time, last_practice_date,
           case when last_practice_date >= $1::date - 1 then current_streak else 0 end as streak,
           exists (select from practice_sessions where student_id = user_id
                   and completed_at >= $1::date - interval '6 hours') as practised
    from users join students on user_id = users.id join streaks on student_id = users.id
) as one
group by timezone, reminder_time, streak
"""


@dataclass(slots=True)
class Wave:
    """What falls due at one instant with one urgency."""

    kind: str
    priority: int
    due: datetime
    may_go: datetime
    expires: datetime
    streak: int
    waiting: int

    @property
    def urgency(self) -> tuple[int, datetime, int]:
        return self.priority, self.may_go, -self.streak


@dataclass(slots=True)
class Tally:
    """Of one kind in one hour at which it fell due."""

    due: int = 0
    sent: int = 0
    longest_wait: timedelta = timedelta()
    kept_from: int | None = None
    """The shortest streak of which all were sent; None if not even of the longest."""


@dataclass(slots=True)
class Day:
    """By kind and by the hour in Dhaka at which it fell due."""

    tallies: dict[tuple[str, int], Tally] = field(default_factory=lambda: defaultdict(Tally))


async def gone_through(database: asyncpg.Connection) -> Day:
    return sent(list(_waves(await database.fetch(COUNTED, TODAY))))


def _waves(rows: Sequence[asyncpg.Record]) -> Iterator[Wave]:
    counted: dict[tuple[str, str, time, int], int] = defaultdict(int)
    for row in rows:
        name, at, streak = row["timezone"], row["reminder_time"], row["streak"]
        if at is not None:
            counted[REMINDERS, name, at, streak] += row["reminded"]
        counted[STREAKS, name, reminders.EVENING, streak] += row["at_risk"]
    for (kind, name, at, streak), count in counted.items():
        if not count:
            continue
        yield _wave(kind, ZoneInfo(name), at, streak, count)


def _wave(kind: str, zone: ZoneInfo, at: time, streak: int, count: int) -> Wave:
    due = local_time.instant_of(TODAY, at, zone)
    expires = local_time.start_of_day(TODAY + DAY, zone)
    if kind == REMINDERS:
        expires = min(due + reminders.REMINDER_KEEPS, expires)
    may_go = wishes.quiet_until({}, zone, due) or due
    evening = local_time.instant_of(TODAY, time(wishes.QUIET_DEFAULT[0]), zone)
    if may_go < evening:
        expires = min(expires, evening)
    return Wave(kind, int(_priority(kind, streak)), due, may_go, expires, streak, count)


def _priority(kind: str, streak: int) -> Priority:
    if kind == STREAKS:
        return Priority.NOTICE
    if streak >= LONG_FROM:
        return Priority.REMINDER_OF_LONG_STREAK
    return Priority.REMINDER_OF_STREAK if streak >= AT_RISK_FROM else Priority.REMINDER


def sent(waves: list[Wave]) -> Day:
    """Sends until nothing waits, from arrival to arrival."""
    day = Day()
    for one in waves:
        _tally(day, one).due += one.waiting
    coming = sorted(waves, key=lambda one: one.may_go)
    waiting: list[Wave] = []
    now = coming[0].may_go
    while coming or waiting:
        while coming and coming[0].may_go <= now:
            waiting.append(coming.pop(0))
        waiting = [one for one in waiting if one.waiting and one.expires > now]
        if not waiting:
            if not coming:
                break
            now = coming[0].may_go
            continue
        first = min(waiting, key=lambda one: one.urgency)
        until = min(first.expires, coming[0].may_go if coming else first.expires)
        went = min(first.waiting, max(1, int((until - now).total_seconds() * A_SECOND)))
        now += timedelta(seconds=went / A_SECOND)
        first.waiting -= went
        tally = _tally(day, first)
        tally.sent += went
        tally.longest_wait = max(tally.longest_wait, now - first.may_go)
    _kept(day, waves)
    return day


def _tally(day: Day, wave: Wave) -> Tally:
    return day.tallies[wave.kind, wave.due.astimezone(ZoneInfo("Asia/Dhaka")).hour]


def _kept(day: Day, waves: Sequence[Wave]) -> None:
    """From which streak on everybody got theirs."""
    missed: dict[int, int] = {}
    for one in waves:
        key = id(_tally(day, one))
        missed[key] = max(missed.get(key, -1), one.streak if one.waiting else -1)
    for tally in day.tallies.values():
        tally.kept_from = missed[id(tally)] + 1


def show(day: Day, students: int) -> None:
    print(f"a day of {students:,} students at {A_SECOND:.2f} messages a second\n")
    rows = []
    for (kind, hour), one in sorted(day.tallies.items()):
        wait = f"{one.longest_wait.total_seconds() / 60:.0f}"
        dropped = one.due - one.sent
        all_of = "all" if not dropped else f"{one.kept_from} and longer"
        rows.append(
            (kind, f"{hour}:00", f"{one.due:,}", f"{one.sent:,}", f"{dropped:,}", wait, all_of)
        )
    due, gone = (
        sum(getattr(one, name) for one in day.tallies.values()) for name in ("due", "sent")
    )
    rows.append(("all", "", f"{due:,}", f"{gone:,}", f"{due - gone:,}", "", ""))
    head = ("", "in Dhaka", "due", "sent", "too late", "longest wait, min", "all with a streak of")
    harness.table(head, rows)
