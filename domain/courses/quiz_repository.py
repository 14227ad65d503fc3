"""What the domain asks of the database about quizzes, and what it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.practice.records import Texts


@dataclass(frozen=True, slots=True)
class Question:
    """A practice problem, as far as whoever puts a quiz together looks at it."""

    problem_id: UUID
    text: Texts
    """A template's with numbers as an example."""
    grade: int
    topic: str
    is_set: bool
    """Whether it is in the quiz."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of one school class, with how many problems it has to choose from."""

    key: str
    problems: int


class QuizRepository(Protocol):
    async def questions(self, item_id: UUID) -> Sequence[Question]:
        """Of the quiz, in their order."""
        ...

    async def points(self, item_id: UUID) -> int:
        """Out of how many it counts; 0: one a question."""
        ...

    async def set_points(self, item_id: UUID, points: int) -> None: ...

    async def topics(self, grade: int) -> Sequence[Topic]:
        """By key; only problems that are set in practice now."""
        ...

    async def of_topic(
        self, item_id: UUID, grade: int, topic: str, offset: int, limit: int | None
    ) -> Sequence[Question]:
        """Easy ones first."""
        ...

    async def add(self, item_id: UUID, problem_ids: Sequence[UUID]) -> int:
        """At the end, in this order; how many of them were not in it and are set now."""
        ...

    async def remove(self, item_id: UUID, problem_id: UUID) -> None: ...

    async def shift(self, item_id: UUID, problem_id: UUID, *, up: bool) -> None:
        """Changes places with its neighbour; nothing where there is none."""
        ...
