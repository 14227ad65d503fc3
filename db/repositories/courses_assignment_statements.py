"""The statements of assignments as their teachers put them together."""

from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    delete,
    func,
    join,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Assignment, AssignmentProblem, ProblemVersion
from db.models.courses_content import ASSIGNMENT_MODE
from db.repositories.courses_content_statements import problem_used
from db.repositories.courses_order import next_place, shift
from db.repositories.submissions_work import worth
from db.statements import Statement
from domain.problems.records import ProblemVisibility

_PERSON = bindparam("person_id", type_=Uuid())
_ITEM_ID = bindparam("item_id", type_=Uuid())
_PROBLEM = bindparam("assignment_problem_id", type_=Uuid())
_VERSION_ID = bindparam("version_id", type_=Uuid())

UPDATE_ASSIGNMENT = Statement(
    update(Assignment)
    .where(Assignment.id == _ITEM_ID)
    .values(
        mode=bindparam("mode", type_=ASSIGNMENT_MODE),
        points_total=bindparam("points_total", type_=Integer),
        config=bindparam("config", type_=JSONB),
    )
)

_PUBLISHED = ProblemVersion.__table__.alias("published")
_MAY_BE_SET = (
    _PUBLISHED.c.published_at.is_not(None),
    or_(_PUBLISHED.c.owner_id == _PERSON, _PUBLISHED.c.visibility == ProblemVisibility.SHARED),
)


def _newer(wanted: Any) -> Any:
    """Of the newest version that may be set in place of the one beside; null if there is none."""
    return (
        select(wanted)
        .where(
            _PUBLISHED.c.slug == ProblemVersion.slug,
            _PUBLISHED.c.version > ProblemVersion.version,
            *_MAY_BE_SET,
        )
        .order_by(_PUBLISHED.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )


_SET: Select[Any] = select(
    AssignmentProblem.id,
    AssignmentProblem.assignment_id,
    AssignmentProblem.problem_id,
    ProblemVersion.title,
    ProblemVersion.title_bn,
    ProblemVersion.version,
    _newer(_PUBLISHED.c.version).label("newest"),
    worth().label("worth"),
    AssignmentProblem.custom_points,
    problem_used().label("used"),
).select_from(
    join(AssignmentProblem, ProblemVersion, ProblemVersion.id == AssignmentProblem.problem_id)
)
SET_PROBLEMS = Statement(
    _SET.where(AssignmentProblem.assignment_id == _ITEM_ID).order_by(AssignmentProblem.order_index)
)
SET_PROBLEM = Statement(_SET.where(AssignmentProblem.id == _PROBLEM))


def _is_set(slug: Any) -> Any:
    """Whether a version of the problem is in the assignment."""
    return (
        select(AssignmentProblem.id)
        .join(ProblemVersion, ProblemVersion.id == AssignmentProblem.problem_id)
        .where(AssignmentProblem.assignment_id == _ITEM_ID, ProblemVersion.slug == slug)
        .exists()
    )


def _problems_to_pick() -> Select[Any]:
    newest = (
        select(_PUBLISHED)
        .ext(distinct_on(_PUBLISHED.c.slug))
        .where(*_MAY_BE_SET)
        .order_by(_PUBLISHED.c.slug, _PUBLISHED.c.version.desc())
        .subquery("newest")
    )
    words = func.lower(bindparam("query", type_=String))
    own = func.coalesce(newest.c.owner_id == _PERSON, literal(value=False)).label("own")
    named = [newest.c.title, func.coalesce(newest.c.title_bn, ""), newest.c.slug]
    return (
        select(
            newest.c.id,
            newest.c.title,
            newest.c.title_bn,
            newest.c.version,
            own,
            _is_set(newest.c.slug).label("is_set"),
        )
        .where(or_(*(func.strpos(func.lower(one), words) > 0 for one in named)))
        .order_by(own.desc(), func.lower(newest.c.title), newest.c.id)
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )


PROBLEMS_TO_PICK = Statement(_problems_to_pick())


def _add_problem() -> Statement:
    place = next_place(AssignmentProblem.__table__.alias("there").c.assignment_id, _ITEM_ID)
    adding = pg_insert(AssignmentProblem).from_select(
        ["assignment_id", "problem_id", "order_index"],
        select(Assignment.id, _PUBLISHED.c.id, place).where(
            Assignment.id == _ITEM_ID,
            _PUBLISHED.c.id == _VERSION_ID,
            *_MAY_BE_SET,
            ~_is_set(_PUBLISHED.c.slug),
        ),
    )
    return Statement(adding.returning(AssignmentProblem.id))


ADD_PROBLEM = _add_problem()
UPDATE_POINTS = Statement(
    update(AssignmentProblem)
    .where(AssignmentProblem.id == _PROBLEM)
    .values(custom_points=bindparam("points", type_=Integer))
)
LOCK_PROBLEM = Statement(
    select(AssignmentProblem.id).where(AssignmentProblem.id == _PROBLEM).with_for_update()
)
REMOVE_PROBLEM = Statement(
    delete(AssignmentProblem).where(AssignmentProblem.id == _PROBLEM, ~problem_used())
)


def _take_newest() -> Statement:
    newest = (
        select(_newer(_PUBLISHED.c.id).label("id"))
        .select_from(AssignmentProblem)
        .join(ProblemVersion, ProblemVersion.id == AssignmentProblem.problem_id)
        .where(AssignmentProblem.id == _PROBLEM)
        .cte("newest")
    )
    return Statement(
        update(AssignmentProblem)
        .where(AssignmentProblem.id == _PROBLEM, newest.c.id.is_not(None), ~problem_used())
        .values(problem_id=newest.c.id)
    )


TAKE_NEWEST = _take_newest()
SHIFT_PROBLEM = {
    up: shift(
        AssignmentProblem.__table__,
        "assignment_id",
        AssignmentProblem.__table__.c.id == _PROBLEM,
        up=up,
    )
    for up in (True, False)
}
