"""Quizzes in the database, as their teachers put them together."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    Integer,
    String,
    Uuid,
    bindparam,
    column,
    delete,
    func,
    join,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Problem, Quiz, QuizProblem
from db.repositories.courses_order import next_place, shift
from db.statements import Statement
from domain.courses.quiz_repository import Question, Topic
from domain.practice.library import templates

EXAMPLE = 0
"""The seed of the numbers that a template is shown with."""

_ITEM_ID = bindparam("item_id", type_=Uuid())
_PROBLEM_ID = bindparam("problem_id", type_=Uuid())
_GRADE = bindparam("grade", type_=Integer)
_SET_NOW = (Problem.is_active, Problem.withdrawn_at.is_(None))
_IN_QUIZ = (QuizProblem.problem_id == Problem.id) & (QuizProblem.quiz_id == _ITEM_ID)
_QUESTION: Any = select(
    Problem.id,
    Problem.question_en,
    Problem.question_bn,
    Problem.parameters,
    Problem.conditions,
    Problem.grade,
    Problem.topic,
    QuizProblem.quiz_id.is_not(None).label("is_set"),
).select_from(join(Problem, QuizProblem, _IN_QUIZ, isouter=True))

QUESTIONS = Statement(
    _QUESTION.where(QuizProblem.quiz_id.is_not(None)).order_by(QuizProblem.order_index)
)
POINTS = Statement(select(Quiz.points_total).where(Quiz.id == _ITEM_ID))
SET_POINTS = Statement(
    update(Quiz).where(Quiz.id == _ITEM_ID).values(points_total=bindparam("points", type_=Integer))
)
TOPICS = Statement(
    select(Problem.topic, func.count().label("problems"))
    .where(Problem.grade == _GRADE, *_SET_NOW)
    .group_by(Problem.topic)
    .order_by(Problem.topic)
)
OF_TOPIC = Statement(
    _QUESTION.where(
        Problem.grade == _GRADE, Problem.topic == bindparam("topic", type_=String), *_SET_NOW
    )
    .order_by(Problem.difficulty, Problem.slug)
    .offset(bindparam("offset", type_=Integer))
    .limit(bindparam("limit", type_=Integer))
)


def _add() -> Statement:
    given = (
        func.unnest(bindparam("problem_ids", type_=ARRAY(Uuid())))
        .table_valued(column("problem_id", Uuid()), with_ordinality="place")
        .render_derived("given")
    )
    last = next_place(QuizProblem.__table__.alias("there").c.quiz_id, _ITEM_ID)
    adding = pg_insert(QuizProblem).from_select(
        ["quiz_id", "problem_id", "order_index"],
        select(Quiz.id, Problem.id, last + given.c.place - 1)
        .select_from(join(given, Problem, Problem.id == given.c.problem_id))
        .where(Quiz.id == _ITEM_ID, *_SET_NOW),
    )
    return Statement(
        adding.on_conflict_do_nothing(index_elements=[QuizProblem.quiz_id, QuizProblem.problem_id])
    )


ADD = _add()
_ROW = QuizProblem.__table__
REMOVE = Statement(
    delete(QuizProblem).where(
        QuizProblem.quiz_id == _ITEM_ID, QuizProblem.problem_id == _PROBLEM_ID
    )
)
SHIFT = {
    up: shift(
        _ROW, "quiz_id", (_ROW.c.quiz_id == _ITEM_ID) & (_ROW.c.problem_id == _PROBLEM_ID), up=up
    )
    for up in (True, False)
}


class SqlQuizRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def questions(self, item_id: UUID) -> Sequence[Question]:
        rows = await QUESTIONS.rows(self._connection, item_id=item_id)
        return [_question(row) for row in rows]

    async def points(self, item_id: UUID) -> int:
        points: int = await POINTS.value(self._connection, item_id=item_id)
        return points

    async def set_points(self, item_id: UUID, points: int) -> None:
        await SET_POINTS.run(self._connection, item_id=item_id, points=points)

    async def topics(self, grade: int) -> Sequence[Topic]:
        rows = await TOPICS.rows(self._connection, grade=grade)
        return [Topic(row["topic"], row["problems"]) for row in rows]

    async def of_topic(
        self, item_id: UUID, grade: int, topic: str, offset: int, limit: int | None
    ) -> Sequence[Question]:
        rows = await OF_TOPIC.rows(
            self._connection, item_id=item_id, grade=grade, topic=topic, offset=offset, limit=limit
        )
        return [_question(row) for row in rows]

    async def add(self, item_id: UUID, problem_ids: Sequence[UUID]) -> int:
        return await ADD.run(self._connection, item_id=item_id, problem_ids=list(problem_ids))

    async def remove(self, item_id: UUID, problem_id: UUID) -> None:
        await REMOVE.run(self._connection, item_id=item_id, problem_id=problem_id)

    async def shift(self, item_id: UUID, problem_id: UUID, *, up: bool) -> None:
        await SHIFT[up].run(self._connection, item_id=item_id, problem_id=problem_id)


def _question(row: asyncpg.Record) -> Question:
    text = {"en": row["question_en"], "bn": row["question_bn"]}
    parameters = tuple((name, spec) for name, spec in row["parameters"] or ())
    if parameters:
        numbers = templates.numbers(parameters, tuple(row["conditions"] or ()), EXAMPLE)
        text = dict(templates.filled_texts(text, numbers))
    return Question(row["id"], text, row["grade"], row["topic"], row["is_set"])
