"""Code that a student is still writing: kept with its language until it is run or handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.errors import Refusal
from domain.people.records import Person
from domain.submissions import languages, work
from domain.submissions.languages import Language
from domain.submissions.records import Progress
from domain.submissions.rules import Act
from domain.submissions.work_records import ProblemWork
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it stands now."""

    work: ProblemWork
    language: Language | None
    """None: it must be chosen before the draft can be run."""
    refused: Language | None
    """What it seems to be written in, where this assignment does not take that."""
    lines: int


async def keep(
    unit: UnitOfWork,
    person: Person,
    assignment_problem_id: UUID,
    source: str,
    language: Language | None,
    now: datetime,
) -> Kept:
    """Keeps code instead of the draft so far. `language` is None where nobody can tell.

    What was chosen before stays where the code does not speak against it. Raises Refusal where
    nothing may be run any more.
    """
    found = await _open(unit, person, assignment_problem_id, now)
    before = None if found.draft is None else found.draft.current_language
    taken = offered(found)
    chosen = language or languages.LANGUAGES.get(before or "")
    if chosen is None and len(taken) == 1:
        chosen = taken[0]
    refused = chosen if chosen is not None and chosen not in taken else None
    return await _keep(unit, person, found, source, None if refused else chosen, refused, now)


async def choose_language(
    unit: UnitOfWork, person: Person, assignment_problem_id: UUID, code: str, now: datetime
) -> Kept:
    """Says what the draft is written in; raises Refusal if that is not taken."""
    found = await _open(unit, person, assignment_problem_id, now)
    chosen = next((one for one in offered(found) if one.code == code), None)
    if chosen is None:
        raise Refusal("a language that is not offered", "common.stale_button")
    source = "" if found.draft is None else found.draft.current_code
    return await _keep(unit, person, found, source, chosen, None, now)


async def use_starter(
    unit: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> ProblemWork:
    """The problem with its starter code; raises Refusal if it has none."""
    found = await work.find(unit, person, assignment_problem_id)
    if not found.assignment.teaches:
        work.check(person, found.assignment, Act.SEE, found.standing, now)
    if found.starter is None:
        raise Refusal("no starter code", "common.stale_button")
    return found


def offered(found: ProblemWork) -> Sequence[Language]:
    """The languages that may be handed in, in the order in which they are offered."""
    allowed = found.languages
    return [one for one in languages.LANGUAGES.values() if not allowed or one.code in allowed]


def line_count(source: str) -> int:
    return source.count("\n") + (not source.endswith("\n") and source != "")


async def _open(
    unit: UnitOfWork, person: Person, assignment_problem_id: UUID, now: datetime
) -> ProblemWork:
    """The problem, if the student may still work on it."""
    found = await work.find(unit, person, assignment_problem_id)
    if not found.assignment.enrolled:
        raise Refusal("only students hand in", "submissions.only_looking")
    work.check(person, found.assignment, Act.RUN, found.standing, now)
    return found


async def _keep(
    unit: UnitOfWork,
    person: Person,
    found: ProblemWork,
    source: str,
    language: Language | None,
    refused: Language | None,
    now: datetime,
) -> Kept:
    spent = work.focus(found, now)
    code = None if language is None else language.code
    await unit.submissions.keep_draft(person.id, found.line.id, source, code, spent, now)
    draft = Progress(
        id=found.line.id if found.draft is None else found.draft.id,
        student_id=person.id,
        assignment_problem_id=found.line.id,
        current_code=source,
        current_language=code,
        time_spent_seconds=spent,
        last_updated=now,
    )
    return Kept(replace(found, draft=draft), language, refused, line_count(source))
