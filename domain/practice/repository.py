"""What the domain asks of the database about practice."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.practice.records import (
    Choices,
    Confidence,
    ContributionImport,
    Import,
    Item,
    ItemState,
    Problem,
    ProblemOrigin,
    SessionResult,
    SessionStatus,
    Streak,
    TopicProgress,
    Try,
    WaitingContribution,
    WeekProgress,
)
from domain.practice.skills import Skill


class PracticeRepository(Protocol):
    async def import_problems(self, problems: Sequence[Problem], origin: ProblemOrigin) -> Import:
        """Adds or changes problems by slug, all of them or none; counts the rows that changed.

        Problems of the library are the whole library: those of its that are not among them are
        not set any more, and every slug becomes its own, whoever had it. A folder takes no slug
        of the library's or of a teacher's.
        """
        ...

    async def problem(self, problem_id: UUID) -> Problem | None:
        """As it stands in the library now."""
        ...

    async def withdraw_problem(self, problem_id: UUID, at: datetime) -> bool:
        """From now on it is not set, until an import changes it; False if it was so already."""
        ...

    async def import_contribution(
        self, owner_id: UUID, problems: Sequence[Problem], approved_at: datetime | None
    ) -> ContributionImport:
        """Adds or changes a teacher's own problems; all of them, or none if a slug is taken.

        Without `approved_at`, what is new or changed waits for `approve_contribution`, and what
        was approved before stays as it is until then.
        """
        ...

    async def waiting_contributions(self) -> Sequence[WaitingContribution]:
        """Who has problems that wait, the longest wait first."""
        ...

    async def contribution(self, owner_id: UUID, *, lock: bool = False) -> Sequence[Problem]:
        """The problems of one teacher that wait; locked, nobody changes them meanwhile."""
        ...

    async def approve_contribution(
        self, owner_id: UUID, slugs: Sequence[str], at: datetime, approver_id: UUID
    ) -> int:
        """From now on they are set, instead of what stood there before; returns how many.

        Raises Conflict unless all of them wait.
        """
        ...

    async def refuse_contribution(self, owner_id: UUID, slugs: Sequence[str]) -> int:
        """Removes problems that wait; returns how many. Raises Conflict unless all of them do."""
        ...

    async def choices(self, student_id: UUID, grade: int) -> Choices:
        """Every problem of a class that may be set, with this student's past and skills.

        One statement.
        """
        ...

    async def skills(self, student_id: UUID) -> Mapping[str, Skill | None]:
        """Every topic of the student's class; None for one never practised."""
        ...

    async def create_session(
        self,
        student_id: UUID,
        problem_ids: Sequence[UUID],
        now: datetime,
        expires_at: datetime,
        quiz_id: UUID | None = None,
    ) -> UUID | None:
        """A session with its items, the first one opened.

        None if a practice session is open already, or the quiz was begun before.
        """
        ...

    async def current_items(self, student_id: UUID) -> Sequence[Item]:
        """The item that waits in this student's open session, expired or not, and the next one.

        At most two; empty where no session is open.
        """
        ...

    async def load_item(self, student_id: UUID, item_id: UUID) -> Item | None:
        """An item of this student's, whatever became of it."""
        ...

    async def store_answer(self, attempt: Try, state: ItemState) -> bool:
        """Adds the response, moves the item, the session's counters, the next item and the skill.

        One statement. False if the item has moved on since it was loaded: nothing is stored.
        """
        ...

    async def leave_item(
        self, item: Item, state: ItemState, seconds: int, now: datetime, skill: Skill
    ) -> bool:
        """Closes an item that was skipped or shown, and opens the next; False as above.

        `skill` is the topic's after it.
        """
        ...

    async def show_hint(self, item: Item) -> bool:
        """Counts one more hint as shown; False if somebody else did so first."""
        ...

    async def reopen_item(self, item_id: UUID, now: datetime) -> None:
        """The student looks at it again: its time runs from now."""
        ...

    async def space_hints(self, students: int, share: float) -> int:
        """Marks problems with at least so many students, such a share of whom saw every hint first.

        Returns how many are marked anew.
        """
        ...

    async def set_confidence(self, item_id: UUID, confidence: Confidence) -> None: ...

    async def report_item(self, item_id: UUID, now: datetime) -> bool:
        """False if it was reported before."""
        ...

    async def close_session(self, session_id: UUID, status: SessionStatus, now: datetime) -> bool:
        """False if it was closed already."""
        ...

    async def session_result(self, session_id: UUID) -> SessionResult: ...

    async def close_expired(
        self, now: datetime, limit: int
    ) -> Sequence[tuple[UUID, SessionResult]]:
        """Closes practice sessions left open past their time; each student's, as it ended.

        One statement for all of them; `work_on` is for the caller to add.
        """
        ...

    async def skills_of(
        self, student_ids: Sequence[UUID]
    ) -> Mapping[UUID, Mapping[str, Skill | None]]:
        """Of each student the topics of their class that they have practised; one statement."""
        ...

    async def load_streak(self, student_id: UUID) -> Streak: ...

    async def save_streak(self, student_id: UUID, streak: Streak) -> None: ...

    async def practice_days(self, student_id: UUID, timezone: str, since: date) -> frozenset[date]:
        """Local days with a completed session, of practice or of a quiz that was handed in."""
        ...

    async def progress(
        self, student_id: UUID, timezone: str, since: date
    ) -> tuple[Sequence[TopicProgress], Sequence[WeekProgress]]: ...
