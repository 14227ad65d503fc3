"""Quizzes as their teachers put them together, out of practice problems.

Every function works inside the caller's transaction and asks first who is asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from domain.courses.access import not_found
from domain.courses.assignments import NUMBERS, Field
from domain.courses.cards import ItemCard
from domain.courses.content import PAGE, refused, to_change
from domain.courses.publishing import Obstacle
from domain.courses.quiz_repository import Question, Topic
from domain.courses.records import ContentType
from domain.errors import Refusal
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

PROBLEMS = 20
"""Of one quiz."""
AT_RANDOM = 5
POINTS = NUMBERS[Field.TOTAL]
GRADES = (6, 7, 8)


@dataclass(frozen=True, slots=True)
class QuizSeen:
    """A quiz with its problems."""

    card: ItemCard
    questions: Sequence[Question]
    points_total: int = 0
    """0: one point a question."""

    @property
    def full(self) -> bool:
        return len(self.questions) >= PROBLEMS


@dataclass(frozen=True, slots=True)
class TopicsSeen:
    card: ItemCard
    grade: int
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class TopicSeen:
    """A page of a topic's problems."""

    card: ItemCard
    questions: Sequence[Question]
    number: int
    """From zero."""
    more: bool


async def quiz(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> QuizSeen:
    """For whoever may change it. Raises Refusal."""
    card = await _card(work, person, item_id, now)
    questions = await work.quizzes.questions(item_id)
    return QuizSeen(card, questions, await work.quizzes.points(item_id))


async def set_points(
    work: UnitOfWork, person: Person, item_id: UUID, points: int | None, now: datetime
) -> None:
    """Out of how many points it counts; None: one a question. Raises Refusal."""
    await _locked(work, person, item_id, now)
    if points is not None and not POINTS.least <= points <= POINTS.most:
        raise Refusal("no such number of points", "common.stale_button")
    await work.quizzes.set_points(item_id, points or 0)


async def _card(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime, *, lock: bool = False
) -> ItemCard:
    card = await to_change(work, person, item_id, now, lock=lock)
    if card.item.content_type is not ContentType.QUIZ:
        raise Refusal("no quiz", "common.stale_button")
    return card


async def question(
    work: UnitOfWork, person: Person, item_id: UUID, problem_id: UUID, now: datetime
) -> tuple[QuizSeen, Question]:
    """One of its problems. Raises Refusal."""
    seen = await quiz(work, person, item_id, now)
    for one in seen.questions:
        if one.problem_id == problem_id:
            return seen, one
    raise not_found()


async def topics(
    work: UnitOfWork, person: Person, item_id: UUID, grade: int, now: datetime
) -> TopicsSeen:
    """Raises Refusal for a class that there are no problems for."""
    card = await _card(work, person, item_id, now)
    if grade not in GRADES:
        raise Refusal("no such class", "common.stale_button")
    return TopicsSeen(card, grade, await work.quizzes.topics(grade))


async def of_topic(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    grade: int,
    topic: str,
    number: int,
    now: datetime,
) -> TopicSeen:
    card = await _card(work, person, item_id, now)
    found = await work.quizzes.of_topic(item_id, grade, topic, number * PAGE, PAGE + 1)
    return TopicSeen(card, found[:PAGE], number, len(found) > PAGE)


async def toggle(
    work: UnitOfWork, person: Person, item_id: UUID, problem_id: UUID, now: datetime
) -> bool:
    """Takes a problem in or out. False where the quiz is full, or practice does not set it.

    Raises Refusal.
    """
    seen = await _locked(work, person, item_id, now)
    if any(one.problem_id == problem_id for one in seen.questions):
        await _remove(work, seen, problem_id)
        return True
    return not seen.full and await work.quizzes.add(item_id, [problem_id]) == 1


async def _locked(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> QuizSeen:
    """To be changed. Raises Refusal once a student has begun it: all are asked the same."""
    card = await _card(work, person, item_id, now, lock=True)
    if await work.quiz_sessions.begun(item_id):
        data = {"item_id": str(item_id), "title": card.item.title}
        raise Refusal("students have begun the quiz", "quizzes.begun", data)
    return QuizSeen(card, await work.quizzes.questions(item_id))


async def _remove(work: UnitOfWork, seen: QuizSeen, problem_id: UUID) -> None:
    """Raises Refusal for the last one of a quiz that students see."""
    item = seen.card.item
    if item.is_published and [one.problem_id for one in seen.questions] == [problem_id]:
        raise refused(seen.card, Obstacle.NO_QUESTIONS)
    await work.quizzes.remove(item.id, problem_id)


async def add_at_random(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    grade: int,
    topic: str,
    rng: Random,
    now: datetime,
) -> int:
    """Five of a topic that are not in the quiz, as many as there are and fit; how many it was."""
    seen = await _locked(work, person, item_id, now)
    found = await work.quizzes.of_topic(item_id, grade, topic, 0, None)
    free = [one.problem_id for one in found if not one.is_set]
    wanted = min(AT_RANDOM, len(free), PROBLEMS - len(seen.questions))
    return await work.quizzes.add(item_id, rng.sample(free, wanted)) if wanted > 0 else 0


async def shift(
    work: UnitOfWork, person: Person, item_id: UUID, problem_id: UUID, now: datetime, *, up: bool
) -> None:
    await _locked(work, person, item_id, now)
    await work.quizzes.shift(item_id, problem_id, up=up)


async def remove(
    work: UnitOfWork, person: Person, item_id: UUID, problem_id: UUID, now: datetime
) -> None:
    await _remove(work, await _locked(work, person, item_id, now), problem_id)
