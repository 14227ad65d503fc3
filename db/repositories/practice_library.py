"""The statements that bring problems in for everybody: the library's, and a folder's."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    FromClause,
    String,
    Uuid,
    bindparam,
    case,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, Insert
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Problem, ProblemProposal
from db.models.practice import PROBLEM_ORIGIN
from db.statements import Statement
from domain.practice.records import ProblemOrigin

INSTANT = DateTime(timezone=True)
_OURS = frozenset(
    (
        "id",
        "is_active",
        "hints_spaced",
        "origin",
        "owner_id",
        "approved_at",
        "approved_by",
        "written_at",
        "withdrawn_at",
        "created_at",
        "updated_at",
    )
)
"""What no file decides."""
WRITTEN = [column for column in Problem.__table__.columns if column.name not in _OURS]
NAMES = [column.name for column in WRITTEN]
PROBLEMS = bindparam("problems", type_=JSONB)
SLUGS = bindparam("slugs", type_=ARRAY(String))

TAKE_TURNS = Statement(select(func.pg_advisory_xact_lock(literal(0x70726F626C656D73, BigInteger))))
"""Until its end, a transaction is the only one that gives out slugs; "problems" in ASCII.

No unique index spans problems and proposals, so between looking for a slug and using it nobody
else may do the same.
"""


def rows_of(problems: ColumnElement[Any]) -> FromClause:
    """A JSON array of problems as rows with the columns that a file decides."""
    return func.jsonb_to_recordset(problems).table_valued(*WRITTEN).render_derived(with_types=True)


def differs(ours: FromClause, theirs: Any) -> ColumnElement[bool]:
    """Whether what a file decides is not the same; `theirs` is a collection of columns."""
    return tuple_(*(ours.c[name] for name in NAMES)).is_distinct_from(
        tuple_(*(theirs[name] for name in NAMES))
    )


def rewriting(adding: Insert) -> dict[str, ColumnElement[Any]]:
    """What a problem takes over where its slug exists already.

    New content gets its time, and ends a withdrawal; the same content leaves both. The time is not
    the transaction's, which may have waited for others: who opened the problem meanwhile read it
    as it was.
    """
    rewritten = differs(Problem.__table__, adding.excluded)
    return {
        **{name: adding.excluded[name] for name in NAMES},
        "written_at": case((rewritten, func.clock_timestamp()), else_=Problem.written_at),
        "withdrawn_at": case((rewritten, null()), else_=Problem.withdrawn_at),
    }


def _import_problems() -> Statement:
    """A whole library in one statement; a row that is the same already is not touched."""
    given = rows_of(PROBLEMS)
    origin = bindparam("origin", type_=PROBLEM_ORIGIN)
    adding = pg_insert(Problem).from_select(
        [*NAMES, "origin", "approved_at"],
        select(*(given.c[name] for name in NAMES), origin, func.now()),
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Problem.slug],
            set_={
                **rewriting(adding),
                "origin": adding.excluded.origin,
                "is_active": literal(True),
                "owner_id": null(),
                "approved_by": null(),
            },
            where=or_(
                differs(Problem.__table__, adding.excluded),
                Problem.origin != adding.excluded.origin,
                Problem.is_active.is_(False),
            ),
        )
    )


IMPORT_PROBLEMS = _import_problems()

TAKEN_FROM_FOLDERS = Statement(
    union(
        select(Problem.slug).where(
            Problem.slug == func.any_(SLUGS), Problem.origin != ProblemOrigin.FOLDER
        ),
        select(ProblemProposal.slug).where(ProblemProposal.slug == func.any_(SLUGS)),
    ).order_by("slug")
)
"""Which of some slugs the library or a teacher uses."""

RETIRE_PROBLEMS = Statement(
    update(Problem)
    .where(
        Problem.origin == ProblemOrigin.LIBRARY,
        Problem.is_active,
        Problem.slug != func.all_(SLUGS),
    )
    .values(is_active=False)
)
"""What came with the library and is not in it any more."""

CLAIM_SLUGS = Statement(delete(ProblemProposal).where(ProblemProposal.slug == func.any_(SLUGS)))
"""The library's slugs are its own; who proposed something under one has to name it anew."""

WITHDRAW_PROBLEM = Statement(
    update(Problem)
    .where(
        Problem.id == bindparam("problem_id", type_=Uuid()),
        Problem.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("at", type_=INSTANT))
)

PROBLEM = Statement(select(*WRITTEN).where(Problem.id == bindparam("problem_id", type_=Uuid())))
