"""Attempts by the rules: what each is refused for, in the domain and in the database alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.courses.records import (
    AssignmentConfig,
    AssignmentMode,
    AssignmentOpening,
    LatePolicy,
    LatePolicyKind,
)
from domain.submissions.records import AttemptRule, AttemptType
from domain.submissions.rules import Standing, Terms

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""When every attempt of the table is made."""
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
NOBODY = UUID(int=0)
BOTH = (AttemptType.TEST_RUN, AttemptType.FINAL_SUBMISSION)
RUN, FINAL = ((one,) for one in BOTH)


@dataclass(frozen=True, slots=True)
class Case:
    """One state of things. `types` of attempts made at AT are refused by `rule`, None: taken."""

    terms: Terms
    standing: Standing
    rule: AttemptRule | None
    types: tuple[AttemptType, ...] = BOTH


def homework(
    *,
    due: timedelta | None = DAY,
    kind: LatePolicyKind = LatePolicyKind.NONE,
    grace: int = 0,
    most: int | None = None,
) -> Terms:
    """Open since yesterday, due so long after AT."""
    policy = LatePolicy(kind, 10 if kind is LatePolicyKind.PENALTY else 0, 50, grace)
    config = AssignmentConfig(max_attempts=most, late_policy=policy)
    due_date = None if due is None else AT + due
    return Terms(AssignmentMode.HOMEWORK, config, True, AT - DAY, due_date, False)


def practice(**details: object) -> Terms:
    return replace(homework(**details), mode=AssignmentMode.PRACTICE)  # type: ignore[arg-type]


def exam(*, due: timedelta | None = DAY, most: int | None = None) -> Terms:
    terms = homework(due=due, most=most)
    config = replace(terms.config, time_limit_mins=60)
    return replace(terms, mode=AssignmentMode.EXAM, config=config)


def opened(
    *, deadline: timedelta = HOUR, locked: timedelta | None = None, submitted: int = 0
) -> Standing:
    """An exam opened an hour before its deadline, which is so long after AT."""
    end = AT + deadline
    locked_at = None if locked is None else AT + locked
    opening = AssignmentOpening(NOBODY, NOBODY, NOBODY, end - HOUR, end, locked_at)
    return Standing(True, submitted, opening)


STUDENT = Standing(True)
DROPPED = Standing(False)
REFUSE, PENALTY = LatePolicyKind.REFUSE, LatePolicyKind.PENALTY
LATE = AttemptRule.NOT_TOO_LATE
FULL = AttemptRule.ATTEMPTS_LEFT

CASES: Mapping[str, Case] = {
    # Whoever is in the class, where the class is alive, once it is published and released.
    "homework": Case(homework(), STUDENT, None),
    "practice": Case(practice(), STUDENT, None),
    "exam, opened": Case(exam(), opened(), None),
    "dropped": Case(homework(), DROPPED, AttemptRule.ENROLLED),
    "dropped from practice": Case(practice(), DROPPED, AttemptRule.ENROLLED),
    "dropped in an exam": Case(exam(), replace(opened(), enrolled=False), AttemptRule.ENROLLED),
    "archived": Case(
        replace(homework(), class_archived=True), STUDENT, AttemptRule.CLASS_NOT_ARCHIVED
    ),
    "archived during an exam": Case(
        replace(exam(), class_archived=True), opened(), AttemptRule.CLASS_NOT_ARCHIVED
    ),
    "not published": Case(replace(homework(), is_published=False), STUDENT, AttemptRule.PUBLISHED),
    "practice not published": Case(
        replace(practice(), is_published=False), STUDENT, AttemptRule.PUBLISHED
    ),
    "released this second": Case(replace(homework(), release_date=AT), STUDENT, None),
    "released in a second": Case(
        replace(homework(), release_date=AT + SECOND), STUDENT, AttemptRule.RELEASED
    ),
    "released at once": Case(replace(homework(), release_date=None), STUDENT, None),
    # Homework after its due date.
    "no due date": Case(homework(due=None, kind=REFUSE), STUDENT, None),
    "late, and nobody minds": Case(homework(due=-30 * DAY), STUDENT, None),
    "late, for a penalty": Case(homework(due=-DAY, kind=PENALTY), STUDENT, None),
    "late for weeks, for a penalty": Case(homework(due=-30 * DAY, kind=PENALTY), STUDENT, None),
    "due this second": Case(homework(due=timedelta(), kind=REFUSE), STUDENT, None),
    "a second late": Case(homework(due=-SECOND, kind=REFUSE), STUDENT, LATE, FINAL),
    "running when it is too late": Case(homework(due=-DAY, kind=REFUSE), STUDENT, None, RUN),
    "at the end of the grace": Case(homework(due=-5 * MINUTE, kind=REFUSE, grace=5), STUDENT, None),
    "a second after the grace": Case(
        homework(due=-5 * MINUTE - SECOND, kind=REFUSE, grace=5), STUDENT, LATE, FINAL
    ),
    "practice after its due date": Case(practice(due=-DAY), STUDENT, None),
    # Tries count final submissions, of homework and exams.
    "the last try": Case(homework(most=3), Standing(True, 2), None),
    "no try left": Case(homework(most=3), Standing(True, 3), FULL, FINAL),
    "runs are not counted": Case(homework(most=3), Standing(True, 3), None, RUN),
    "more tries than there are now": Case(homework(most=1), Standing(True, 4), FULL, FINAL),
    "any number of tries": Case(homework(), Standing(True, 50), None),
    "practice, any number of tries": Case(practice(), Standing(True, 50), None),
    "an exam's only try": Case(exam(most=1), opened(submitted=1), FULL, FINAL),
    "running in an exam after its only try": Case(exam(most=1), opened(submitted=1), None, RUN),
    # Exams: opened, in time, not locked.
    "exam, not opened": Case(exam(), STUDENT, AttemptRule.EXAM_OPENED),
    "exam at its deadline": Case(exam(), opened(deadline=timedelta()), None),
    "exam at the end of its grace": Case(exam(), opened(deadline=-30 * SECOND), None),
    "exam after its grace": Case(exam(), opened(deadline=-31 * SECOND), AttemptRule.EXAM_IN_TIME),
    "exam due within its grace": Case(exam(due=-20 * SECOND), opened(deadline=-20 * SECOND), None),
    "exam opened this second": Case(exam(), opened(deadline=HOUR), None),
    "exam opened in a second": Case(
        exam(), opened(deadline=HOUR + SECOND), AttemptRule.EXAM_OPENED
    ),
    "exam locked this second": Case(
        exam(), opened(locked=timedelta()), AttemptRule.EXAM_NOT_LOCKED
    ),
    "exam locked in a second": Case(exam(), opened(locked=SECOND), None),
    "exam locked": Case(exam(), opened(locked=-MINUTE), AttemptRule.EXAM_NOT_LOCKED),
    "exam locked and over": Case(
        exam(), opened(deadline=-HOUR, locked=-2 * HOUR), AttemptRule.EXAM_NOT_LOCKED
    ),
    "exam without a due date": Case(exam(due=None), opened(), None),
    # The first rule in the way is the one that is named.
    "dropped, archived, not published": Case(
        replace(homework(), class_archived=True, is_published=False), DROPPED, AttemptRule.ENROLLED
    ),
    "archived and not published": Case(
        replace(homework(), class_archived=True, is_published=False),
        STUDENT,
        AttemptRule.CLASS_NOT_ARCHIVED,
    ),
    "not published and not released": Case(
        replace(homework(), is_published=False, release_date=AT + DAY),
        STUDENT,
        AttemptRule.PUBLISHED,
    ),
    "exam not released and not opened": Case(
        replace(exam(), release_date=AT + HOUR), STUDENT, AttemptRule.RELEASED
    ),
    "too late and no try left": Case(
        homework(due=-DAY, kind=REFUSE, most=1), Standing(True, 1), LATE, FINAL
    ),
}
