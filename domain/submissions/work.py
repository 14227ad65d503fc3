"""What a student has to do: the list of it, an assignment, a problem, an exam's beginning.

Every function works inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.courses.access import not_found
from domain.courses.records import AssignmentMode
from domain.errors import Refusal
from domain.people.records import Person
from domain.problems.records import TestCase
from domain.submissions import rules
from domain.submissions.records import AttemptRule
from domain.submissions.rules import Act, Decision, Standing
from domain.submissions.work_records import AssignmentWork, ProblemWork, UpNext
from domain.unit_of_work import UnitOfWork

SAMPLES = 3
"""Visible tests that a statement is shown with."""
SAMPLE_LENGTH = 300
"""Characters of their input and output that are looked at."""


@dataclass(frozen=True, slots=True)
class ProblemSeen:
    """A problem as it is shown: with its samples, and whether its hint may be asked for."""

    work: ProblemWork
    samples: Sequence[TestCase]
    hint: bool


async def up_next(work: UnitOfWork, person: Person, now: datetime) -> Sequence[UpNext]:
    return await work.submissions.up_next(person.id, now)


async def assignment(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> AssignmentWork:
    """Raises Refusal if it is not theirs to see, or not yet."""
    found = await work.submissions.assignment(person.id, item_id)
    if found is None:
        raise not_found()
    # An exam is seen from outside before it is opened; its problems are not.
    _see(person, found, now, ignore=AttemptRule.EXAM_OPENED)
    return found


async def problem(
    work: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> ProblemSeen:
    """Raises Refusal if it is not theirs to see, or not yet. Looking at it counts as focus, save
    while an attempt is judged: code that was not changed since must not look newer than that."""
    found = await find(work, person, assignment_problem_id)
    _see(person, found.assignment, now)
    samples = await work.submissions.samples(found.version_id, SAMPLES, SAMPLE_LENGTH)
    if found.assignment.enrolled and not found.line.judging:
        spent = focus(found, now)
        await work.submissions.note_focus(person.id, assignment_problem_id, spent, now)
    return ProblemSeen(found, samples, hint=_hint_may_be_asked(found))


async def hint(
    work: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> ProblemWork:
    """The problem whose hint is to be read; raises Refusal where there is none now."""
    found = await find(work, person, assignment_problem_id)
    _see(person, found.assignment, now)
    if not _hint_may_be_asked(found):
        raise Refusal("the hint is not to be had yet", "submissions.no_hint")
    return found


async def open_exam(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> AssignmentWork:
    """Starts the student's clock; whoever opened it before goes back to it."""
    found = await work.submissions.assignment(person.id, item_id)
    if found is None:
        raise not_found()
    if found.teaches and not found.enrolled:
        raise Refusal("a teacher opens an exam", "submissions.only_looking")
    check(person, found, Act.OPEN, Standing(found.enrolled, opening=found.opening), now)
    if found.terms.mode is not AssignmentMode.EXAM:
        raise Refusal("no exam any more", "common.stale_button")
    deadline = rules.exam_deadline(now, found.terms)
    opening = await work.submissions.open_exam(person.id, item_id, now, deadline)
    return replace(found, opening=opening)


async def find(work: UnitOfWork, person: Person, assignment_problem_id: UUID) -> ProblemWork:
    """Raises Refusal, as for what does not exist, if it is none of theirs."""
    found = await work.submissions.problem(person.id, assignment_problem_id)
    if found is None:
        raise not_found()
    return found


def focus(found: ProblemWork, now: datetime) -> int:
    """Seconds that the student spent on the problem until now."""
    draft = found.draft
    if draft is None:
        return 0
    until = now if found.left_at is None else min(found.left_at, now)
    return rules.focus(draft.last_updated, until, draft.time_spent_seconds)


def check(
    person: Person, found: AssignmentWork, act: Act, standing: Standing, now: datetime
) -> None:
    """Raises Refusal, with the reason, unless a student may do it now."""
    decision = rules.allowed(act, found.terms, standing, now)
    if not decision.allowed:
        raise refused(person, decision)


def refused(person: Person, decision: Decision) -> Refusal:
    """Why not, with what the sentence names; instants are on the person's own clock."""
    if decision.rule in _UNSEEN:
        return not_found()
    data: Mapping[str, Any] = {
        "rule": decision.rule,
        "at": None if decision.at is None else person.local(decision.at).isoformat(),
        "used": decision.used,
        "of": decision.of,
    }
    return Refusal(f"not allowed: {decision.rule}", "submissions.not_allowed", data)


_UNSEEN = frozenset({AttemptRule.ENROLLED, AttemptRule.PUBLISHED})


def _see(
    person: Person, found: AssignmentWork, now: datetime, ignore: AttemptRule | None = None
) -> None:
    """Teachers see everything; students what the rules let them."""
    if found.teaches:
        return
    standing = Standing(found.enrolled, opening=found.opening)
    decision = rules.allowed(Act.SEE, found.terms, standing, now)
    if not decision.allowed and decision.rule is not ignore:
        raise refused(person, decision)


def _hint_may_be_asked(found: ProblemWork) -> bool:
    if found.wording.hint is None and found.hint_bn is None:
        return False
    return found.assignment.teaches or rules.hint_shown(
        found.assignment.terms.mode, found.line.attempts
    )
