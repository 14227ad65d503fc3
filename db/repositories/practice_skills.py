"""Skills in the database: what reads them, and the part of an answer that keeps them."""

from collections.abc import Mapping
from typing import Any

import asyncpg
from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    DateTime,
    Double,
    FromClause,
    Label,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    join,
    select,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Problem, Skill, Student
from db.statements import Statement
from domain.practice import skills as domain

_STUDENT = bindparam("student_id", type_=Uuid())
_STATE = ("belief", "half_life_days", "practised_at")

COLUMNS: tuple[Label[Any], ...] = tuple(
    Skill.__table__.c[name].label(f"skill_{name}") for name in _STATE
)
"""What `taken` takes; empty where the topic was never practised."""


def columns_where(condition: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """The same, empty where the condition does not hold."""
    return [case((condition, column.element)).label(column.name) for column in COLUMNS]


def beside(source: FromClause) -> FromClause:
    """Problems with the student's skill in their topic, where there is one."""
    mine = and_(Skill.student_id == _STUDENT, Skill.topic == Problem.topic)
    return source.outerjoin(Skill, mine)


def taken(values: dict[str, Any], topic: str) -> domain.Skill | None:
    """Takes the skill's columns out of a row's values."""
    belief, half_life_days, practised_at = (values.pop(f"skill_{name}") for name in _STATE)
    if belief is None:
        return None
    return domain.Skill(topic, tuple(belief), half_life_days, practised_at)


def _topics() -> Statement:
    """Each topic of the student's class that has problems, with the skill in it."""
    topics = (
        select(Problem.topic)
        .select_from(join(Problem, Student, Problem.grade == Student.grade))
        .where(Student.user_id == _STUDENT, Problem.is_active, Problem.withdrawn_at.is_(None))
        .distinct()
        .subquery("topics")
    )
    mine = and_(Skill.student_id == _STUDENT, Skill.topic == topics.c.topic)
    return Statement(
        select(topics.c.topic, *COLUMNS)
        .select_from(topics.outerjoin(Skill, mine))
        .order_by(topics.c.topic)
    )


SKILLS = _topics()


def kept(storing: CTE) -> CTE:
    """The skill as it is after an act, once the act itself is stored for `storing.student_id`."""
    belief = bindparam("belief", type_=ARRAY(Double))
    adding = pg_insert(Skill).from_select(
        ["student_id", "topic", *_STATE],
        select(
            storing.c.student_id,
            cast(bindparam("skill_topic", type_=String), String),
            belief,
            cast(bindparam("half_life_days", type_=Double), Double),
            cast(bindparam("practised_at", type_=DateTime(timezone=True)), DateTime(timezone=True)),
        ).where(belief.is_not(None)),
    )
    return (
        adding.on_conflict_do_update(
            index_elements=[Skill.student_id, Skill.topic],
            set_={name: adding.excluded[name] for name in _STATE},
        )
        .returning(Skill.topic)
        .cte("skill")
    )


def values(skill: domain.Skill | None) -> Mapping[str, Any]:
    """What `kept` binds; with None nothing is kept."""
    if skill is None:
        return dict.fromkeys(("skill_topic", *_STATE))
    return {
        "skill_topic": skill.topic,
        "belief": list(skill.belief),
        "half_life_days": skill.half_life_days,
        "practised_at": skill.practised_at,
    }


def by_topic(rows: list[asyncpg.Record]) -> dict[str, domain.Skill | None]:
    return {row["topic"]: taken(dict(row), row["topic"]) for row in rows}
