"""Running and handing in: an attempt is recorded, its code stored, and its judging queued.

Every function works inside the caller's transaction, save `store`, which wants none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.courses.access import not_found
from domain.courses.records import AssignmentMode
from domain.errors import Mistake, Refusal
from domain.people.records import Person
from domain.storage import Storage, new_key
from domain.submissions import drafts, rules, work
from domain.submissions.queueing import Priority
from domain.submissions.records import AttemptType, JudgingReason, Progress
from domain.submissions.rules import Act
from domain.submissions.work_records import AttemptLine, AttemptSeen, NewAttempt, ProblemWork
from domain.unit_of_work import UnitOfWork

ACTS = {AttemptType.TEST_RUN: Act.RUN, AttemptType.FINAL_SUBMISSION: Act.SUBMIT}

ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that may be run or handed in now."""

    work: ProblemWork
    source: str
    language: str
    penalty: Decimal
    """The share of its points that lateness takes off."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An attempt whose judging waits from now on."""

    attempt_id: UUID
    judging_id: UUID
    number: int
    locked: bool
    """Whether it was what was left of an exam, which is over with it."""


async def prepare(
    unit: UnitOfWork,
    person: Person,
    assignment_problem_id: UUID,
    type_: AttemptType,
    now: datetime,
) -> Ready:
    """The draft, if it may be run or handed in; raises Refusal or Mistake, saying why not."""
    found = await work.find(unit, person, assignment_problem_id)
    if not found.assignment.enrolled:
        raise Refusal("only students hand in", "submissions.only_looking")
    work.check(person, found.assignment, ACTS[type_], found.standing, now)
    draft = found.draft
    if draft is None or not draft.current_code.strip():
        raise Mistake("no code to run", "submissions.nothing_to_run")
    taken = {one.code for one in drafts.offered(found)}
    if draft.current_language is None or draft.current_language not in taken:
        raise Mistake("the language is open", "submissions.language_first")
    if type_ is AttemptType.TEST_RUN and found.hidden == found.tests:
        raise Refusal("no test to run it against", "submissions.no_visible_tests")
    if _under_way(found, draft, type_):
        raise Refusal("the same code is being judged", "submissions.still_judging")
    terms, final = found.assignment.terms, type_ is AttemptType.FINAL_SUBMISSION
    penalty = rules.penalty(terms, rules.late_by(terms, now)) if final else Decimal(0)
    return Ready(found, draft.current_code, draft.current_language, penalty)


async def ends_exam(unit: UnitOfWork, person: Person, ready: Ready) -> bool:
    """Whether it is all that is left of an exam, which its submission would end."""
    here = ready.work.assignment
    if here.terms.mode is not AssignmentMode.EXAM:
        return False
    found = await unit.submissions.assignment(person.id, here.item_id)
    if found is None:
        return False
    done = {one.id for one in found.problems if one.submitted}
    return rules.exam_finished({one.id for one in found.problems}, done | {ready.work.line.id})


def _under_way(found: ProblemWork, draft: Progress, type_: AttemptType) -> bool:
    """Whether this very draft was handed over already and is not judged yet: a second tap."""
    run = type_ is AttemptType.TEST_RUN
    since = found.line.running_since if run else found.line.judging_since
    return since is not None and draft.last_updated <= since


async def store(storage: Storage, student_id: UUID, source: str) -> str:
    """Puts code where only its owner's erasure finds it; returns its key."""
    key = new_key(student_id, "code")
    await storage.put(key, source.encode(), "text/plain; charset=utf-8")
    return key


async def hand_in(
    unit: UnitOfWork, person: Person, ready: Ready, type_: AttemptType, key: str, now: datetime
) -> HandedIn:
    """Records the attempt and queues its judging; an exam's last submission locks the exam.

    Raises Refusal where the database finds a rule in the way, which it does last of all.
    """
    found, terms = ready.work, ready.work.assignment.terms
    attempt_id, number = await unit.submissions.add_attempt(
        NewAttempt(
            type=type_,
            student_id=person.id,
            assignment_problem_id=found.line.id,
            code_key=key,
            code_size=len(ready.source.encode()),
            language=ready.language,
            created_at=now,
            time_focused_seconds=work.focus(found, now),
            late_by_seconds=rules.late_by(terms, now),
        )
    )
    await unit.submissions.note_focus(person.id, found.line.id, work.focus(found, now), now)
    judging_id = await unit.judgings.queue(
        attempt_id, found.version_id, JudgingReason.ATTEMPT, Priority.ATTEMPT
    )
    locked = False
    if type_ is AttemptType.FINAL_SUBMISSION and terms.mode is AssignmentMode.EXAM:
        locked = await unit.submissions.lock_finished_exam(person.id, found.assignment.item_id, now)
    return HandedIn(attempt_id, judging_id, number, locked)


async def attempts(
    unit: UnitOfWork, person: Person, assignment_problem_id: UUID, page: int
) -> tuple[ProblemWork, Sequence[AttemptLine], bool]:
    """A page of what somebody tried, latest first, and whether there is more."""
    found = await work.find(unit, person, assignment_problem_id)
    lines = await unit.submissions.attempts(
        person.id, assignment_problem_id, ON_A_PAGE + 1, page * ON_A_PAGE
    )
    return found, lines[:ON_A_PAGE], len(lines) > ON_A_PAGE


async def attempt(unit: UnitOfWork, person: Person, attempt_id: UUID) -> AttemptSeen:
    """One of their own attempts; raises Refusal as for what does not exist."""
    found = await unit.submissions.attempt(person.id, attempt_id)
    if found is None:
        raise not_found()
    return found


async def reuse(
    unit: UnitOfWork, person: Person, seen: AttemptSeen, source: str, now: datetime
) -> None:
    """Makes an attempt's code the draft again."""
    found = await work.find(unit, person, seen.line.assignment_problem_id)
    work.check(person, found.assignment, Act.RUN, found.standing, now)
    await unit.submissions.keep_draft(
        person.id, found.line.id, source, seen.line.language, work.focus(found, now), now
    )
