"""What each student must be told in a month, worked out one student and one minute at a time.

It shares nothing with the service but the words for what is told: no statement, no function of its
domain.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks._month_clocks import Clocks, is_quiet
from benchmarks._month_plan import DAY, EXAM, HOUR, MINUTE, SESSION, Act, Item, Person, Plan

EVENING = time(20, 30)
GRACE = timedelta(seconds=30)
NOTICE, REMINDER = 1, 3
STAGES = {"day": (DAY, 3 * HOUR), "hours": (2 * HOUR, timedelta())}
SENT = "sent"
Key = tuple[object, ...]
"""What, which student, and what about."""


@dataclass(slots=True)
class Told:
    """Something that a student is to be told, and what became of it."""

    key: Key
    kind: str
    person: int
    expires: datetime
    priority: int
    made: datetime
    ask_at: datetime
    day: date | None = None
    item: int | None = None
    due: datetime | None = None
    outcome: str = "waiting"
    ended: datetime | None = None


@dataclass(slots=True)
class State:
    """What a student has done so far, as far as it matters."""

    completed: list[datetime] = field(default_factory=list)
    streak: int = 0
    last_day: date | None = None
    submitted: set[tuple[int, int]] = field(default_factory=set)
    quizzes: dict[int, str] = field(default_factory=dict)
    sat: dict[int, tuple[datetime, bool]] = field(default_factory=dict)
    left: list[datetime] = field(default_factory=list)
    """When the sessions began that are never finished; at most one is open."""
    blocked: bool = False
    known_blocked: bool = False


class Model:
    """Goes through the month by `act` and `tick`; `told` is everything, by its key."""

    def __init__(self, plan: Plan, clocks: Clocks) -> None:
        self.plan, self.clocks = plan, clocks
        self.states = [State() for _ in plan.people]
        self.told: dict[Key, Told] = {}
        self.missing: set[tuple[int, int]] = set()
        self._waiting: dict[int, list[Told]] = defaultdict(list)
        self._opened: set[int] = set()
        self._noticed: dict[tuple[int, str], datetime] = {}
        self._marked: dict[int, datetime] = {}
        self._since = plan.begin
        self._by_zone: dict[str, list[int]] = defaultdict(list)
        self._by_clock: dict[tuple[str, time], list[int]] = defaultdict(list)
        for one in plan.people:
            self._by_zone[one.zone].append(one.number)
            if one.reminder is not None and one.has_grade:
                self._by_clock[one.zone, one.reminder].append(one.number)

    # -- what people do

    def act(self, act: Act) -> None:
        getattr(self, f"_{act.what}")(act)

    def _practise(self, act: Act) -> None:
        self._complete(act.person, act.at, counts=True)

    def _complete(self, person: int, at: datetime, *, counts: bool) -> None:
        state = self.states[person]
        state.completed.append(at)
        day = self._local(person, at).date()
        last = state.last_day
        if not counts or day in self.plan.holidays or (last is not None and day <= last):
            return
        stands = last is not None and last >= self._unbroken_from(day)
        state.streak = state.streak + 1 if stands else 1
        state.last_day = day

    def _leave(self, act: Act) -> None:
        self.states[act.person].left.append(act.at)

    def _submit(self, act: Act) -> None:
        self.states[act.person].submitted.add((act.item, act.part))

    def _begin(self, act: Act) -> None:
        self.states[act.person].quizzes[act.item] = "begun"

    def _finish(self, act: Act) -> None:
        self.states[act.person].quizzes[act.item] = "done"
        self._complete(act.person, act.at, counts=True)

    def _sit(self, act: Act) -> None:
        self.states[act.person].sat[act.item] = (act.at + EXAM, False)

    def _mute(self, act: Act) -> None:
        self.plan.people[act.person].muted.add(act.kind)

    def _unmute(self, act: Act) -> None:
        self.plan.people[act.person].muted.discard(act.kind)

    def _block(self, act: Act) -> None:
        self.states[act.person].blocked = True

    def _unblock(self, act: Act) -> None:
        self.states[act.person].blocked = self.states[act.person].known_blocked = False

    def _move(self, act: Act) -> None:
        if act.due is not None:
            self.plan.items[act.item].due = act.due

    # -- what time brings

    def tick(self, now: datetime, *, jobs: bool) -> None:
        """The clock's jobs at this instant, in its order, unless it is out; then what is said."""
        if jobs:
            for told in self._all_due(now):
                if told.key not in self.told:
                    self.told[told.key] = told
                    if told.outcome == "waiting":
                        self._waiting[told.person].append(told)
            self._since = now
        for person in list(self._waiting):
            self._say(person, now)

    def _all_due(self, now: datetime) -> Iterator[Told]:
        yield from self._expired(now)
        yield from self._exams_over(now)
        yield from self._quizzes_over(now)
        yield from self._opening(now)
        for stage in STAGES:
            yield from self._due_soon(stage, now)
        yield from self._reminders(now)
        yield from self._streaks(now)
        self._mark_missing(now)

    def _expired(self, now: datetime) -> Iterator[Told]:
        for person, state in enumerate(self.states):
            for began in state.left:
                if began + SESSION <= now:
                    key = ("practice.expired", person, began)
                    told = self._new(key, "session_ended", person, now, began + 12 * HOUR)
                    if state.known_blocked:
                        told.outcome, told.ended = "blocked", now
                    one = self.plan.people[person]
                    if one.is_active and one.has_telegram and told.expires > now:
                        yield told
            state.left = [began for began in state.left if began + SESSION > now]

    def _exams_over(self, now: datetime) -> Iterator[Told]:
        for person, state in enumerate(self.states):
            for item, (deadline, locked) in state.sat.items():
                if not locked and deadline + GRACE < now:
                    state.sat[item] = (deadline, True)
                    if self._reachable(person) and deadline + DAY > now:
                        key = ("exam_ended", person, item)
                        yield self._new(key, "session_ended", person, now, deadline + DAY)

    def _quizzes_over(self, now: datetime) -> Iterator[Told]:
        for person, state in enumerate(self.states):
            for item, standing in state.quizzes.items():
                due = self.plan.items[item].due
                if standing == "begun" and due <= now:
                    state.quizzes[item] = "done"
                    state.completed.append(due)
                    if self._reachable(person):
                        key = ("quiz_ended", person, item)
                        yield self._new(key, "session_ended", person, now, now + 3 * DAY)

    def _opening(self, now: datetime) -> Iterator[Told]:
        for item in self.plan.items:
            if item.number in self._opened or item.release > now:
                continue
            self._opened.add(item.number)
            for stage, (ahead, _) in STAGES.items():
                if item.due <= now + ahead:
                    self._noticed[item.number, stage] = item.due
            for person in self._class(item) if item.due > now else ():
                key = ("work_opened", person, item.number)
                yield self._new(key, "work_opened", person, now, item.due, item=item.number)

    def _due_soon(self, stage: str, now: datetime) -> Iterator[Told]:
        ahead, useless = STAGES[stage]
        for item in self.plan.items:
            noticed = self._noticed.get((item.number, stage))
            in_time = item.due - ahead <= now < item.due - useless
            if item.number not in self._opened or not in_time or noticed == item.due:
                continue
            self._noticed[item.number, stage] = item.due
            for person in self._class(item):
                deadline, locked = self.states[person].sat.get(item.number, (now + DAY, False))
                if self._handed_in(person, item) or locked or deadline <= now:
                    continue
                key = (f"due_soon:{stage}", person, item.number, item.due)
                expires = item.due - useless
                yield self._new(
                    key, "due_soon", person, now, expires, item=item.number, due=item.due
                )

    def _moments(
        self, zone: str, at: time, now: datetime, at_most: timedelta
    ) -> list[tuple[datetime, date]]:
        """Those since the clock last did its jobs; no instant, no student to ask about."""
        since = max(self._since, now - at_most)
        all_of = self.clocks.moments[zone, at]
        first = bisect_right(all_of, (since, date.max))
        last = bisect_right(all_of, (now, date.max))
        return [one for one in all_of[first:last] if one[1] not in self.plan.holidays]

    def _reminders(self, now: datetime) -> Iterator[Told]:
        for (zone, at), people in self._by_clock.items():
            for moment, day in self._moments(zone, at, now, 2 * HOUR):
                expires = min(moment + 3 * HOUR, self.clocks.midnight_after(zone, moment))
                for person in people if expires > now else ():
                    if self._reachable(person) and not self._practised(person, day):
                        key = ("practice_reminder", person, day)
                        yield self._new(
                            key, "practice_reminder", person, now, expires, REMINDER, day=day
                        )

    def _streaks(self, now: datetime) -> Iterator[Told]:
        for zone, people in self._by_zone.items():
            for moment, day in self._moments(zone, EVENING, now, 5 * HOUR):
                expires = self.clocks.midnight_after(zone, moment)
                for person in people if expires > now else ():
                    state = self.states[person]
                    if state.last_day is None or state.streak < 2 or not self._reachable(person):
                        continue
                    if self._unbroken_from(day) <= state.last_day < day:
                        key = ("streak_at_risk", person, day)
                        yield self._new(key, "streak_at_risk", person, now, expires, day=day)

    def _mark_missing(self, now: datetime) -> None:
        for item in self.plan.items:
            marked = self._marked.get(item.number)
            if marked is not None and marked != item.due and item.due > now:
                del self._marked[item.number]
                self.missing -= {one for one in self.missing if one[1] == item.number}
            if item.due >= now or self._marked.get(item.number) == item.due:
                continue
            self._marked[item.number] = item.due
            if item.kind == "practice":
                continue
            for person in self.plan.members(item.class_number):
                state = self.states[person.number]
                quiz = state.quizzes.get(item.number) == "done"
                if not quiz and not any(of == item.number for of, _ in state.submitted):
                    self.missing.add((person.number, item.number))

    # -- saying it

    def _say(self, person: int, now: datetime) -> None:
        state = self.states[person]
        due = [one for one in self._waiting[person] if one.ask_at <= now]
        for told in sorted(due, key=lambda one: (one.priority, one.ask_at)):
            if told.outcome != "waiting":
                continue
            outcome = self._outcome(told, now)
            if outcome is None:
                continue
            told.outcome, told.ended = outcome, now
            if outcome == "blocked":
                state.known_blocked = True
                for other in self._waiting[person]:
                    if other.outcome == "waiting":
                        other.outcome, other.ended = outcome, now
        self._waiting[person] = [one for one in self._waiting[person] if one.outcome == "waiting"]
        if not self._waiting[person]:
            del self._waiting[person]

    def _outcome(self, told: Told, now: datetime) -> str | None:
        """None where it waits for the end of the quiet hours."""
        one = self.plan.people[told.person]
        if told.expires <= now:
            return "too_late"
        paused = one.paused_until is not None and one.paused_until > now
        if told.kind in one.muted or paused:
            return "muted"
        if self._is_done(told):
            return "done"
        until = self.quiet_until(one, now)
        if until is not None:
            if told.expires <= until:
                return "too_late"
            told.ask_at = until
            return None
        return "blocked" if self.states[told.person].blocked else SENT

    def _is_done(self, told: Told) -> bool:
        if told.day is not None:
            return self._practised(told.person, told.day)
        if told.item is None:
            return False
        item = self.plan.items[told.item]
        moved = told.due is not None and told.due != item.due
        return moved or self._handed_in(told.person, item)

    def quiet_until(self, one: Person, now: datetime) -> datetime | None:
        at = now
        while is_quiet(one, at):
            at = at.replace(second=0, microsecond=0) + MINUTE
        return at if at > now else None

    # -- small questions

    def _new(
        self,
        key: Key,
        kind: str,
        person: int,
        now: datetime,
        expires: datetime,
        priority: int = NOTICE,
        *,
        day: date | None = None,
        item: int | None = None,
        due: datetime | None = None,
    ) -> Told:
        return Told(key, kind, person, expires, priority, now, now, day, item, due)

    def _local(self, person: int, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.plan.people[person].zone))

    def _practised(self, person: int, day: date) -> bool:
        return any(self._local(person, at).date() >= day for at in self.states[person].completed)

    def _unbroken_from(self, day: date) -> date:
        before = day - DAY
        while before in self.plan.holidays:
            before -= DAY
        return before

    def _reachable(self, person: int) -> bool:
        one = self.plan.people[person]
        known = self.states[person].known_blocked
        return one.is_active and one.has_telegram and not known

    def _class(self, item: Item) -> list[int]:
        members = self.plan.members(item.class_number)
        return [one.number for one in members if self._reachable(one.number)]

    def _handed_in(self, person: int, item: Item) -> bool:
        state = self.states[person]
        if item.kind == "quiz":
            return state.quizzes.get(item.number) == "done"
        return all((item.number, part) in state.submitted for part in range(item.problems))
