"""What the clock should do to a class, worked out one student at a time, in memory."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

Told = set[tuple[str, int, int]]
"""What, which student, about which item."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRACE = timedelta(seconds=30)
STAGES = {"day": (DAY, 3 * HOUR), "hours": (2 * HOUR, timedelta())}
"""From so long before the due date on, until so long before it."""


@dataclass
class Item:
    """`kind` is the assignment's mode, else what it is."""

    kind: str
    problems: int
    published: bool = True
    module_published: bool = True
    release: datetime | None = None
    due: datetime | None = None
    opened_at: datetime | None = None
    marked_for: datetime | None = None
    noticed_for: dict[str, datetime | None] = field(default_factory=dict)

    @property
    def is_work(self) -> bool:
        return self.kind in {"homework", "exam", "practice", "quiz"}


@dataclass
class Student:
    active: bool = True
    role: str = "student"
    reachable: bool = True
    submitted: dict[tuple[int, int], bool] = field(default_factory=dict)
    """By item and problem: whether one of the submissions counts."""
    quizzes: dict[int, str] = field(default_factory=dict)
    """By item the state of the session."""
    openings: dict[int, tuple[datetime, bool]] = field(default_factory=dict)
    """By item the deadline, and whether it is locked."""


@dataclass
class Model:
    items: list[Item]
    students: list[Student]
    archived: bool = False
    entries: dict[tuple[int, int], str] = field(default_factory=dict)
    """By student and item."""
    told_before: set[tuple[object, ...]] = field(default_factory=set)

    def tick(self, now: datetime) -> Told:
        """What is told to whom about which item."""
        return (
            self._open(now)
            | self._due_soon("day", now)
            | self._due_soon("hours", now)
            | self._end_exams(now)
            | self._missing(now)
        )

    def shown(self, item: Item) -> bool:
        return item.published and item.module_published and not self.archived

    def _visible(self, item: Item, now: datetime) -> bool:
        return self.shown(item) and (item.release is None or item.release <= now)

    def _audience(self) -> list[int]:
        return [
            place
            for place, one in enumerate(self.students)
            if one.active and one.role == "student" and one.reachable
        ]

    def _tell(self, what: str, student: int, item: int, *about: object) -> Told:
        key = (what, student, item, *about)
        if key in self.told_before:
            return set()
        self.told_before.add(key)
        return {(what, student, item)}

    def _open(self, now: datetime) -> Told:
        told: Told = set()
        for place, item in enumerate(self.items):
            if item.opened_at is not None or not self._visible(item, now):
                continue
            item.opened_at = now
            for stage, (ahead, _) in STAGES.items():
                if item.due is not None and item.due <= now + ahead:
                    item.noticed_for[stage] = item.due
            if item.is_work and (item.due is None or item.due > now):
                for student in self._audience():
                    told |= self._tell("work_opened", student, place)
        return told

    def _due_soon(self, stage: str, now: datetime) -> Told:
        told: Told = set()
        ahead, useless = STAGES[stage]
        for place, item in enumerate(self.items):
            if item.due is None or not item.is_work or item.opened_at is None:
                continue
            in_time = item.due - ahead <= now < item.due - useless
            if not (self._visible(item, now) and in_time):
                continue
            if item.noticed_for.get(stage) == item.due:
                continue
            item.noticed_for[stage] = item.due
            for student in self._audience():
                if not self.handed_in(student, place) and not self._shut_out(student, place, now):
                    told |= self._tell(f"due_soon {stage}", student, place, item.due)
        return told

    def handed_in(self, student: int, item: int) -> bool:
        one = self.students[student]
        if self.items[item].kind == "quiz":
            return one.quizzes.get(item) == "completed"
        problems = range(self.items[item].problems)
        return bool(problems) and all(one.submitted.get((item, each)) for each in problems)

    def _shut_out(self, student: int, item: int, now: datetime) -> bool:
        opening = self.students[student].openings.get(item)
        return opening is not None and (opening[1] or opening[0] <= now)

    def _end_exams(self, now: datetime) -> Told:
        told: Told = set()
        for student, one in enumerate(self.students):
            for item, (deadline, locked) in one.openings.items():
                if locked or now <= deadline + GRACE:
                    continue
                one.openings[item] = (deadline, True)
                late = now >= deadline + DAY
                if self.shown(self.items[item]) and student in self._audience() and not late:
                    told |= self._tell("exam_ended", student, item)
        return told

    def _missing(self, now: datetime) -> Told:
        for place, item in enumerate(self.items):
            moved_on = item.due is None or item.due > now
            if item.marked_for is not None and item.marked_for != item.due and moved_on:
                item.marked_for = None
                for student in range(len(self.students)):
                    if self.entries.get((student, place)) == "missing":
                        del self.entries[student, place]
            passed = item.due is not None and item.due < now
            if not passed or not self._visible(item, now) or item.marked_for == item.due:
                continue
            item.marked_for = item.due
            if item.kind in {"homework", "exam", "quiz"}:
                self._enter_missing(place)
        return set()

    def _enter_missing(self, item: int) -> None:
        for student, one in enumerate(self.students):
            learns = one.active and one.role == "student"
            anything = one.quizzes.get(item) == "completed" or any(
                of == item for of, _ in one.submitted
            )
            if learns and not anything:
                self.entries.setdefault((student, item), "missing")
