"""One transaction and the repositories inside it."""

from typing import Protocol

from domain.calendar.link_repository import CalendarLinkRepository
from domain.calendar.repository import CalendarRepository
from domain.courses.content_repository import ContentRepository
from domain.courses.quiz_repository import QuizRepository
from domain.courses.repository import ClassesRepository
from domain.gradebook.repository import GradebookRepository
from domain.operations.notices_repository import NoticesRepository
from domain.operations.repository import OperationsRepository
from domain.operations.upkeep_repository import ConsistencyRepository, RetentionRepository
from domain.people.repository import PeopleRepository
from domain.practice.quiz_repository import QuizSessionsRepository
from domain.practice.repository import PracticeRepository
from domain.problems.repository import ProblemsRepository
from domain.submissions.queueing import JudgingRepository
from domain.submissions.repository import WorkRepository


class UnitOfWork(Protocol):
    """Whoever opened it commits it; use cases only read and write through its repositories."""

    @property
    def people(self) -> PeopleRepository: ...

    @property
    def practice(self) -> PracticeRepository: ...

    @property
    def classes(self) -> ClassesRepository: ...

    @property
    def content(self) -> ContentRepository: ...

    @property
    def quizzes(self) -> QuizRepository: ...

    @property
    def quiz_sessions(self) -> QuizSessionsRepository: ...

    @property
    def problems(self) -> ProblemsRepository: ...

    @property
    def submissions(self) -> WorkRepository: ...

    @property
    def judgings(self) -> JudgingRepository: ...

    @property
    def gradebook(self) -> GradebookRepository: ...

    @property
    def calendar(self) -> CalendarRepository: ...

    @property
    def operations(self) -> OperationsRepository: ...

    @property
    def notices(self) -> NoticesRepository: ...

    @property
    def retention(self) -> RetentionRepository: ...

    @property
    def consistency(self) -> ConsistencyRepository: ...

    @property
    def calendar_links(self) -> CalendarLinkRepository: ...
