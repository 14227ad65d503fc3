"""What a student may do with a problem of an assignment, and what it counts.

The database keeps the same rules when an attempt is inserted, under the same names. The instant is
always passed in. Whether somebody teaches the class is not asked here: these are students' rules.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil
from uuid import UUID

from domain.courses.records import (
    AssignmentConfig,
    AssignmentMode,
    AssignmentOpening,
    LatePolicy,
    LatePolicyKind,
)
from domain.submissions.records import EXAM_GRACE_SECONDS, AttemptRule

LONGEST_EXAM = timedelta(days=1)
"""For an exam without a time limit."""
LONGEST_GAP = timedelta(minutes=5)
"""What a gap between two acts counts at most: longer, and the student was elsewhere."""
HINT_AFTER: Mapping[AssignmentMode, int | None] = {
    AssignmentMode.PRACTICE: 0,
    AssignmentMode.HOMEWORK: 1,
    AssignmentMode.EXAM: None,
}
"""How many judged attempts come before the hint; None: there is none."""
EXAM_GRACE = timedelta(seconds=EXAM_GRACE_SECONDS)
DAY = 24 * 60 * 60
NOTHING = Decimal(0)


class Act(StrEnum):
    """What a student wants to do."""

    SEE = "see"
    """The statement, the draft, earlier attempts."""
    OPEN = "open"
    """An exam, which starts its clock; one that is open may be gone back to."""
    RUN = "run"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what conditions an assignment is open, alike for all its students."""

    mode: AssignmentMode
    config: AssignmentConfig
    is_published: bool
    """The assignment and its module."""
    release_date: datetime | None
    due_date: datetime | None
    class_archived: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one student is with one problem of it."""

    enrolled: bool
    """Actively; whoever was dropped is not."""
    submitted: int = 0
    """Final submissions of this problem so far."""
    opening: AssignmentOpening | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it may be done; if not, by which rule, with what a sentence about it names."""

    rule: AttemptRule | None = None
    """The rule that is in the way; None: go ahead."""
    at: datetime | None = None
    """When it opens (RELEASED), was due (NOT_TOO_LATE), ended (EXAM_IN_TIME) or was locked
    (EXAM_NOT_LOCKED)."""
    used: int | None = None
    of: int | None = None
    """Final submissions, and how many there may be (ATTEMPTS_LEFT)."""

    @property
    def allowed(self) -> bool:
        return self.rule is None


@dataclass(frozen=True, slots=True)
class AttemptScore:
    """What a judged final submission earned, before lateness is taken off."""

    score: Decimal
    penalty: Decimal = NOTHING
    """The share that is taken off, from 0 to 1."""


def allowed(act: Act, terms: Terms, standing: Standing, at: datetime) -> Decision:
    """The first rule in the way, in the order in which the database asks."""
    for broken in _ASKED[act]:
        decision = broken(terms, standing, at)
        if decision is not None:
            return decision
    return Decision()


def config_in(mode: AssignmentMode, config: AssignmentConfig) -> AssignmentConfig:
    """What of a config a mode knows; to be kept in its place when an assignment is set up.

    Practice has no last try and no lateness, only an exam has a time limit, and its end is its
    deadline. What is kept is held to in every mode, here and in the database.
    """
    if mode is AssignmentMode.HOMEWORK:
        return replace(config, time_limit_mins=None)
    punctual = replace(config, late_policy=LatePolicy())
    if mode is AssignmentMode.EXAM:
        return punctual
    return replace(punctual, time_limit_mins=None, max_attempts=None)


def exam_deadline(opened_at: datetime, terms: Terms) -> datetime:
    """The opening and the time limit, but never after the due date."""
    minutes = terms.config.time_limit_mins
    end = opened_at + (LONGEST_EXAM if minutes is None else timedelta(minutes=minutes))
    return end if terms.due_date is None else min(end, terms.due_date)


def exam_finished(problems: Collection[UUID], submitted: Collection[UUID]) -> bool:
    """Whether every problem has its final submission, which locks the exam."""
    return bool(problems) and set(problems) <= set(submitted)


def late_by(terms: Terms, at: datetime) -> int:
    """Seconds after the due date, begun ones counted; 0 within the grace.

    Only homework can be late: practice has no end that binds, and an exam has its deadline.
    """
    if terms.mode is not AssignmentMode.HOMEWORK or terms.due_date is None:
        return 0
    late = at - terms.due_date
    return ceil(late.total_seconds()) if late > _grace(terms) else 0


def penalty(terms: Terms, late_by_seconds: int) -> Decimal:
    """The share of the score that so much lateness takes off, from 0 to 1.

    By the day after the due date, a part of a day for a whole one, and never more than the cap.
    """
    policy = terms.config.late_policy
    if policy.kind is not LatePolicyKind.PENALTY or late_by_seconds <= 0:
        return NOTHING
    percent = policy.percent_per_day * -(-late_by_seconds // DAY)
    return Decimal(min(percent, policy.at_most_percent, 100)) / 100


def final_score(attempts: Iterable[AttemptScore]) -> Decimal | None:
    """The best after lateness, to a hundredth; None where nothing was judged.

    In every mode, exams too: whoever hands in again never loses what they had.
    """
    scores = [one.score * (1 - one.penalty) for one in attempts]
    return max(scores).quantize(Decimal("0.01"), ROUND_HALF_UP) if scores else None


def hint_shown(mode: AssignmentMode, judged: int) -> bool:
    """Whether the hint may be asked for after so many judged attempts, runs among them."""
    after = HINT_AFTER[mode]
    return after is not None and judged >= after


def focus(previous: datetime | None, now: datetime, spent: int) -> int:
    """Seconds on the problem, with those since the previous act; `previous` None: the first act."""
    if previous is None:
        return spent
    gap = min(max(now - previous, timedelta()), LONGEST_GAP)
    return spent + int(gap.total_seconds())


def _grace(terms: Terms) -> timedelta:
    return timedelta(minutes=terms.config.late_policy.grace_minutes)


def _enrolled(_terms: Terms, standing: Standing, _at: datetime) -> Decision | None:
    return None if standing.enrolled else Decision(AttemptRule.ENROLLED)


def _not_archived(terms: Terms, _standing: Standing, _at: datetime) -> Decision | None:
    return Decision(AttemptRule.CLASS_NOT_ARCHIVED) if terms.class_archived else None


def _published(terms: Terms, _standing: Standing, _at: datetime) -> Decision | None:
    return None if terms.is_published else Decision(AttemptRule.PUBLISHED)


def _released(terms: Terms, _standing: Standing, at: datetime) -> Decision | None:
    if terms.release_date is None or at >= terms.release_date:
        return None
    return Decision(AttemptRule.RELEASED, terms.release_date)


def _exam_opened(terms: Terms, standing: Standing, at: datetime) -> Decision | None:
    if terms.mode is not AssignmentMode.EXAM:
        return None
    opened = standing.opening is not None and standing.opening.opened_at <= at
    return None if opened else Decision(AttemptRule.EXAM_OPENED)


def _exam_not_locked(terms: Terms, standing: Standing, at: datetime) -> Decision | None:
    opening = standing.opening
    locked = opening.locked_at if opening else None
    if terms.mode is not AssignmentMode.EXAM or opening is None or locked is None or at < locked:
        return None
    if not opening.handed_in:
        return Decision(AttemptRule.EXAM_IN_TIME, opening.deadline_at)
    return Decision(AttemptRule.EXAM_NOT_LOCKED, locked)


def _exam_in_time(terms: Terms, standing: Standing, at: datetime) -> Decision | None:
    opening = standing.opening
    if terms.mode is not AssignmentMode.EXAM or opening is None:
        return None
    if at <= opening.deadline_at + EXAM_GRACE:
        return None
    return Decision(AttemptRule.EXAM_IN_TIME, opening.deadline_at)


def _not_too_late(terms: Terms, _standing: Standing, at: datetime) -> Decision | None:
    due = terms.due_date
    if due is None or terms.config.late_policy.kind is not LatePolicyKind.REFUSE:
        return None
    return Decision(AttemptRule.NOT_TOO_LATE, due) if at > due + _grace(terms) else None


def _exam_not_over(terms: Terms, standing: Standing, at: datetime) -> Decision | None:
    """An exam is opened before its due date or not at all."""
    if standing.opening is not None or terms.due_date is None or at < terms.due_date:
        return None
    return Decision(AttemptRule.EXAM_IN_TIME, terms.due_date)


def _attempts_left(terms: Terms, standing: Standing, _at: datetime) -> Decision | None:
    most = terms.config.max_attempts
    if most is None or standing.submitted < most:
        return None
    return Decision(AttemptRule.ATTEMPTS_LEFT, used=standing.submitted, of=most)


_Rule = Callable[[Terms, Standing, datetime], Decision | None]
_SEEN: tuple[_Rule, ...] = (_enrolled, _published, _released)
_OPEN: tuple[_Rule, ...] = (_enrolled, _not_archived, _published, _released)
_RUNNING: tuple[_Rule, ...] = (*_OPEN, _exam_opened, _exam_not_locked, _exam_in_time)
_ASKED: Mapping[Act, tuple[_Rule, ...]] = {
    Act.SEE: (*_SEEN, _exam_opened),
    Act.OPEN: (*_OPEN, _exam_not_locked, _exam_in_time, _exam_not_over),
    Act.RUN: _RUNNING,
    Act.SUBMIT: (*_RUNNING, _not_too_late, _attempts_left),
}


def urgency(due: datetime | None, item_id: UUID, now: datetime) -> tuple[bool, bool, float, UUID]:
    """Sorts what there is to do: the soonest due first, then what has no end, then what is over."""
    is_over = due is not None and due < now
    when = 0.0 if due is None else due.timestamp()
    return is_over, due is None, -when if is_over else when, item_id
