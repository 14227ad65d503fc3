"""What a student's judged submissions are worth together, entered into the gradebook."""

from decimal import Decimal
from uuid import UUID

from domain.courses.records import AssignmentMode
from domain.gradebook.records import AssignmentResults, EntryStatus, NewEntry
from domain.submissions import rules
from domain.submissions.rules import AttemptScore
from domain.unit_of_work import UnitOfWork


async def record(work: UnitOfWork, student_id: UUID, assignment_problem_id: UUID) -> None:
    """After a final submission was judged: the best of each problem, lateness taken off.

    What a teacher graded or excused stays as it is.
    """
    found = await work.gradebook.results(student_id, assignment_problem_id)
    entry = entry_of(student_id, found)
    if entry is not None:
        await work.gradebook.enter(entry)


def entry_of(student_id: UUID, found: AssignmentResults) -> NewEntry | None:
    """None where nothing was judged. Practice is settled by its tests; anything else waits, with
    its score, for a teacher."""
    if not found.attempts:
        return None
    practice = found.terms.mode is AssignmentMode.PRACTICE
    return NewEntry(
        student_id=student_id,
        content_item_id=found.item_id,
        status=EntryStatus.GRADED if practice else EntryStatus.PENDING,
        score=sum((_best(found, one, worth) for one, worth in found.worth), Decimal(0)),
        max_score=sum((worth for _, worth in found.worth), Decimal(0)),
        submitted_at=max(one.created_at for one in found.attempts),
    )


def _best(found: AssignmentResults, problem_id: UUID, worth: Decimal) -> Decimal:
    scores = [
        AttemptScore(one.share * worth, rules.penalty(found.terms, one.late_by_seconds))
        for one in found.attempts
        if one.assignment_problem_id == problem_id
    ]
    return rules.final_score(scores) or Decimal(0)
