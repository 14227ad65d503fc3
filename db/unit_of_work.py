"""One transaction and its repositories."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.repositories.calendar import SqlCalendarRepository
from db.repositories.calendar_links import SqlCalendarLinkRepository
from db.repositories.courses_classes import SqlClassesRepository
from db.repositories.courses_content import SqlContentRepository
from db.repositories.courses_quizzes import SqlQuizRepository
from db.repositories.gradebook import SqlGradebookRepository
from db.repositories.notices import SqlNoticesRepository
from db.repositories.operations import SqlOperationsRepository
from db.repositories.operations_consistency import SqlConsistencyRepository
from db.repositories.operations_retention import SqlRetentionRepository
from db.repositories.people import SqlPeopleRepository
from db.repositories.practice import SqlPracticeRepository
from db.repositories.practice_quizzes import SqlQuizSessionsRepository
from db.repositories.problems import SqlProblemsRepository
from db.repositories.submissions import SqlSubmissionsRepository
from db.repositories.submissions_judgings import SqlJudgingRepository
from db.session import transaction


class SqlUnitOfWork:
    """The repositories over one connection; whoever opened the transaction ends it."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @cached_property
    def people(self) -> SqlPeopleRepository:
        return SqlPeopleRepository(self._connection)

    @cached_property
    def practice(self) -> SqlPracticeRepository:
        return SqlPracticeRepository(self._connection)

    @cached_property
    def classes(self) -> SqlClassesRepository:
        return SqlClassesRepository(self._connection)

    @cached_property
    def content(self) -> SqlContentRepository:
        return SqlContentRepository(self._connection)

    @cached_property
    def quizzes(self) -> SqlQuizRepository:
        return SqlQuizRepository(self._connection)

    @cached_property
    def quiz_sessions(self) -> SqlQuizSessionsRepository:
        return SqlQuizSessionsRepository(self._connection)

    @cached_property
    def problems(self) -> SqlProblemsRepository:
        return SqlProblemsRepository(self._connection)

    @cached_property
    def submissions(self) -> SqlSubmissionsRepository:
        return SqlSubmissionsRepository(self._connection)

    @cached_property
    def judgings(self) -> SqlJudgingRepository:
        return SqlJudgingRepository(self._connection)

    @cached_property
    def gradebook(self) -> SqlGradebookRepository:
        return SqlGradebookRepository(self._connection)

    @cached_property
    def calendar(self) -> SqlCalendarRepository:
        return SqlCalendarRepository(self._connection)

    @cached_property
    def operations(self) -> SqlOperationsRepository:
        return SqlOperationsRepository(self._connection)

    @cached_property
    def notices(self) -> SqlNoticesRepository:
        return SqlNoticesRepository(self._connection)

    @cached_property
    def retention(self) -> SqlRetentionRepository:
        return SqlRetentionRepository(self._connection)

    @cached_property
    def consistency(self) -> SqlConsistencyRepository:
        return SqlConsistencyRepository(self._connection)

    @cached_property
    def calendar_links(self) -> SqlCalendarLinkRepository:
        return SqlCalendarLinkRepository(self._connection)


@asynccontextmanager
async def unit_of_work(engine: AsyncEngine) -> AsyncIterator[SqlUnitOfWork]:
    """Committed at the end, rolled back on any error."""
    async with transaction(engine) as connection:
        yield SqlUnitOfWork(connection)
