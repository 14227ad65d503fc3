"""The statements of teachers' own problems: proposed, looked at, approved or refused.

A proposal stands apart from `problems`, so that what was approved stays as it is while a change
of it waits.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Uuid,
    bindparam,
    delete,
    func,
    join,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Problem, ProblemProposal, User
from db.models.practice import PROBLEM_ORIGIN
from db.repositories.practice_library import (
    INSTANT,
    NAMES,
    PROBLEMS,
    SLUGS,
    WRITTEN,
    differs,
    rewriting,
    rows_of,
)
from db.statements import Statement
from domain.practice.records import ProblemOrigin

_OWNER = bindparam("owner_id", type_=Uuid())
_AT = bindparam("at", type_=INSTANT)
_MINE: ColumnElement[bool] = (Problem.origin == ProblemOrigin.TEACHER) & (
    Problem.owner_id.is_not_distinct_from(_OWNER)
)
_PROPOSED = ProblemProposal.owner_id == _OWNER
_CHOSEN = _PROPOSED & (ProblemProposal.slug == func.any_(SLUGS))


def _known_slugs() -> Statement:
    """Which of some slugs are in use, and whether by nobody but this teacher."""
    known = union_all(
        select(Problem.slug, _MINE.label("is_mine")).where(Problem.slug == func.any_(SLUGS)),
        select(ProblemProposal.slug, _PROPOSED).where(ProblemProposal.slug == func.any_(SLUGS)),
    ).subquery("known")
    return Statement(
        select(known.c.slug, func.bool_and(known.c.is_mine).label("is_mine"))
        .group_by(known.c.slug)
        .order_by(known.c.slug)
    )


KNOWN_SLUGS = _known_slugs()


def _row_of(content: Any) -> FromClause:
    """One problem out of JSON, beside the row that holds it."""
    return func.jsonb_to_record(content).table_valued(*WRITTEN).render_derived(with_types=True)


def _propose() -> Statement:
    """Keeps what is new or changed as proposals; returns how many of the file's those are.

    What is the same as the approved problem needs no approval, and ends a proposal that was to
    change it.
    """
    element = func.jsonb_array_elements(PROBLEMS).table_valued("content").render_derived()
    row = _row_of(element.c.content)
    given = (
        select(element.c.content, *(row.c[name] for name in NAMES))
        .select_from(join(element, row, literal(True)))
        .cte("given")
    )
    same = (
        select(given.c.slug)
        .select_from(join(given, Problem, Problem.slug == given.c.slug))
        .where(_MINE, ~differs(Problem.__table__, given.c))
        .cte("same")
    )
    settled = (
        delete(ProblemProposal)
        .where(_PROPOSED, ProblemProposal.slug.in_(select(same.c.slug)))
        .returning(ProblemProposal.slug)
        .cte("settled")
    )
    adding = pg_insert(ProblemProposal).from_select(
        ["slug", "owner_id", "content"],
        select(given.c.slug, _OWNER, given.c.content).where(
            given.c.slug.not_in(select(same.c.slug))
        ),
    )
    kept = (
        adding.on_conflict_do_update(
            index_elements=[ProblemProposal.slug],
            set_={"content": adding.excluded.content, "proposed_at": func.now()},
            where=ProblemProposal.content.is_distinct_from(adding.excluded.content),
        )
        .returning(ProblemProposal.slug)
        .cte("kept")
    )
    return Statement(select(func.count()).select_from(kept).add_cte(settled))


PROPOSE = _propose()


def _adding(given: FromClause, approver: ColumnElement[Any]) -> Insert:
    """Given rows as this teacher's approved problems."""
    return pg_insert(Problem).from_select(
        [*NAMES, "origin", "owner_id", "approved_at", "approved_by"],
        select(
            *(given.c[name] for name in NAMES),
            literal(ProblemOrigin.TEACHER, PROBLEM_ORIGIN),
            _OWNER,
            _AT,
            approver,
        ),
    )


def _approval(adding: Insert) -> dict[str, ColumnElement[Any]]:
    return {name: adding.excluded[name] for name in ("approved_at", "approved_by")}


def _publish() -> Statement:
    """An admin's own problems, which wait for nobody; a row that is the same is not touched."""
    adding = _adding(rows_of(PROBLEMS), _OWNER)
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Problem.slug],
            set_={**rewriting(adding), **_approval(adding)},
            where=_MINE & differs(Problem.__table__, adding.excluded),
        )
    )


PUBLISH = _publish()


def _approve() -> Statement:
    """Chosen proposals become problems; returns how many there were."""
    chosen = delete(ProblemProposal).where(_CHOSEN).returning(ProblemProposal.content).cte("chosen")
    contents = select(func.jsonb_agg(chosen.c.content)).scalar_subquery()
    adding = _adding(rows_of(contents), bindparam("approver_id", type_=Uuid()))
    approved = (
        adding.on_conflict_do_update(
            index_elements=[Problem.slug],
            set_={**rewriting(adding), **_approval(adding)},
            where=_MINE,
        )
        .returning(Problem.id)
        .cte("approved")
    )
    return Statement(select(func.count()).select_from(approved))


APPROVE = _approve()

REFUSE = Statement(delete(ProblemProposal).where(_CHOSEN))

WAITING = Statement(
    select(
        ProblemProposal.owner_id,
        User.full_name.label("owner_name"),
        func.count().label("count"),
        func.min(ProblemProposal.proposed_at).label("oldest"),
    )
    .select_from(join(ProblemProposal, User, ProblemProposal.owner_id == User.id))
    .group_by(ProblemProposal.owner_id, User.full_name)
    .order_by(func.min(ProblemProposal.proposed_at), ProblemProposal.owner_id)
)


def _proposals() -> Select[Any]:
    row = _row_of(ProblemProposal.content)
    return (
        select(*(row.c[name] for name in NAMES))
        .select_from(join(ProblemProposal, row, literal(True)))
        .where(_PROPOSED)
        .order_by(ProblemProposal.slug)
    )


PROPOSALS = Statement(_proposals())
LOCKED_PROPOSALS = Statement(_proposals().with_for_update(of=ProblemProposal))
