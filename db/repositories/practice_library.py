"""The statements that bring problems in: the library's, a folder's, and teachers' own."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    String,
    Uuid,
    bindparam,
    case,
    delete,
    func,
    join,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import PracticeItem, Problem, User
from db.models.practice import PROBLEM_ORIGIN
from db.statements import Statement
from domain.practice.records import ProblemOrigin

_INSTANT = DateTime(timezone=True)
_OURS = frozenset(
    (
        "id",
        "is_active",
        "hints_spaced",
        "origin",
        "owner_id",
        "approved_at",
        "approved_by",
        "created_at",
        "updated_at",
    )
)
"""What no file decides."""
_WRITTEN = [column for column in Problem.__table__.columns if column.name not in _OURS]
_NAMES = [column.name for column in _WRITTEN]
_OWNER = bindparam("owner_id", type_=Uuid())


def _given() -> Any:
    return (
        func.jsonb_to_recordset(bindparam("problems", type_=JSONB))
        .table_valued(*_WRITTEN)
        .render_derived(with_types=True)
    )


def _import_problems() -> Statement:
    """A whole library in one statement; a row that is the same already is not touched.

    A slug that a teacher used before becomes the library's.
    """
    given = _given()
    origin = bindparam("origin", type_=PROBLEM_ORIGIN)
    adding = pg_insert(Problem).from_select(
        [*_NAMES, "origin", "approved_at"],
        select(*(given.c[name] for name in _NAMES), origin, func.now()),
    )
    new = {name: adding.excluded[name] for name in [*_NAMES, "origin"]}
    changed = tuple_(*(Problem.__table__.c[name] for name in new)).is_distinct_from(
        tuple_(*new.values())
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Problem.slug],
            set_={
                **new,
                "is_active": literal(True),
                "owner_id": null(),
                "approved_at": func.coalesce(Problem.approved_at, adding.excluded.approved_at),
            },
            where=or_(changed, Problem.is_active.is_(False)),
        )
    )


IMPORT_PROBLEMS = _import_problems()

WITHDRAW_PROBLEMS = Statement(
    update(Problem)
    .where(
        Problem.origin == ProblemOrigin.LIBRARY,
        Problem.is_active,
        Problem.slug != func.all_(bindparam("slugs", type_=ARRAY(String))),
    )
    .values(is_active=False)
)


def _is_mine() -> ColumnElement[bool]:
    return (Problem.origin == ProblemOrigin.TEACHER) & (Problem.owner_id == _OWNER)


KNOWN_SLUGS = Statement(
    select(Problem.slug, func.coalesce(_is_mine(), literal(False)).label("is_mine"))
    .where(Problem.slug == func.any_(bindparam("slugs", type_=ARRAY(String))))
    .order_by(Problem.slug)
)
"""Which of some slugs are in use, and whether by this teacher."""


def _import_contribution() -> Statement:
    """A teacher's problems in one statement; what changed waits for approval again."""
    given = _given()
    approved_at = bindparam("approved_at", type_=_INSTANT)
    approved_by = case((approved_at.is_not(None), _OWNER))
    adding = pg_insert(Problem).from_select(
        [*_NAMES, "origin", "owner_id", "approved_at", "approved_by"],
        select(
            *(given.c[name] for name in _NAMES),
            literal(ProblemOrigin.TEACHER, PROBLEM_ORIGIN),
            _OWNER,
            approved_at,
            approved_by,
        ),
    )
    new = {name: adding.excluded[name] for name in _NAMES}
    changed = tuple_(*(Problem.__table__.c[name] for name in new)).is_distinct_from(
        tuple_(*new.values())
    )
    approval = {name: adding.excluded[name] for name in ("approved_at", "approved_by")}
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Problem.slug],
            set_={**new, **approval, "is_active": literal(True)},
            where=_is_mine()
            & or_(
                changed,
                Problem.is_active.is_(False),
                Problem.approved_at.is_(None) & approved_at.is_not(None),
            ),
        )
    )


IMPORT_CONTRIBUTION = _import_contribution()

_WAITS = (
    (Problem.origin == ProblemOrigin.TEACHER) & Problem.approved_at.is_(None) & Problem.is_active
)

WAITING_CONTRIBUTIONS = Statement(
    select(
        Problem.owner_id,
        User.full_name.label("owner_name"),
        func.count().label("count"),
        func.min(Problem.updated_at).label("oldest"),
    )
    .select_from(join(Problem, User, Problem.owner_id == User.id))
    .where(_WAITS)
    .group_by(Problem.owner_id, User.full_name)
    .order_by(func.min(Problem.updated_at), Problem.owner_id)
)

CONTRIBUTION = Statement(
    select(*_WRITTEN).where(_WAITS, Problem.owner_id == _OWNER).order_by(Problem.slug)
)

APPROVE_CONTRIBUTION = Statement(
    update(Problem)
    .where(_WAITS, Problem.owner_id == _OWNER)
    .values(
        approved_at=bindparam("at", type_=_INSTANT),
        approved_by=bindparam("approver_id", type_=Uuid()),
    )
)

_USED = select(PracticeItem.id).where(PracticeItem.problem_id == Problem.id).exists()


def _refuse_contribution() -> Statement:
    """Those that were ever set stay for their responses, withdrawn; the others go."""
    withdrawn = (
        update(Problem)
        .where(_WAITS, Problem.owner_id == _OWNER, _USED)
        .values(is_active=False)
        .returning(Problem.id)
        .cte("withdrawn")
    )
    removed = (
        delete(Problem)
        .where(_WAITS, Problem.owner_id == _OWNER, ~_USED)
        .returning(Problem.id)
        .cte("removed")
    )
    count = [
        select(func.count()).select_from(one).scalar_subquery() for one in (withdrawn, removed)
    ]
    return Statement(select(count[0] + count[1]))


REFUSE_CONTRIBUTION = _refuse_contribution()
