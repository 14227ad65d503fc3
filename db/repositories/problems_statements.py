"""The statements of coding problems and their versions, compiled once."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Numeric,
    Select,
    String,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on

from db.models import AssignmentProblem, ProblemUpload, ProblemVersion, TestCase, User
from db.models.problems import CHECKER_KIND, POINTS, PROBLEM_VISIBILITY
from db.repositories.judging_statements import now
from db.statements import Statement
from domain.problems.records import ProblemVisibility

_PERSON = bindparam("person_id", type_=Uuid())
_SLUG = bindparam("slug", type_=String)
_VERSION_ID = bindparam("version_id", type_=Uuid())

LOCK_SLUG = Statement(
    select(func.pg_advisory_xact_lock(func.hashtextextended(literal("problem ") + _SLUG, 0)))
)
"""Until the transaction ends nobody else writes a version under this slug."""

_TEXTS = (
    "slug",
    "title",
    "title_bn",
    "description_markdown",
    "description_bn",
    "hint",
    "hint_bn",
    "starter_code",
    "starter_language",
    "reference_solution",
    "reference_language",
    "checker_language",
    "checker_source",
)


def _visibility_so_far() -> Any:
    return (
        select(ProblemVersion.visibility)
        .where(ProblemVersion.slug == _SLUG)
        .order_by(ProblemVersion.version.desc())
        .limit(1)
        .scalar_subquery()
    )


ADD_VERSION = Statement(
    insert(ProblemVersion)
    .values(
        id=_VERSION_ID,
        owner_id=_PERSON,
        version=select(func.coalesce(func.max(ProblemVersion.version), 0) + 1)
        .where(ProblemVersion.slug == _SLUG)
        .scalar_subquery(),
        visibility=func.coalesce(_visibility_so_far(), ProblemVisibility.PRIVATE),
        **{name: bindparam(name, type_=Text) for name in _TEXTS},
        time_limit_ms=bindparam("time_limit_ms", type_=Integer),
        memory_limit_kb=bindparam("memory_limit_kb", type_=Integer),
        output_limit_kb=bindparam("output_limit_kb", type_=Integer),
        checker=bindparam("checker", type_=CHECKER_KIND),
        checker_absolute=bindparam("checker_absolute"),
        checker_relative=bindparam("checker_relative"),
        checker_case_sensitive=bindparam("checker_case_sensitive", type_=Boolean),
        checker_arguments=bindparam("checker_arguments", type_=JSONB),
        test_groups=bindparam("test_groups", type_=JSONB),
    )
    .returning(ProblemVersion.version)
)


def _add_tests() -> Statement:
    given = (
        func.jsonb_to_recordset(bindparam("tests", type_=JSONB))
        .table_valued(
            column("ordinal", Integer),
            column("name", String),
            column("hidden", Boolean),
            column("points", POINTS),
            column("group_name", String),
            column("input", Text),
            column("input_key", String),
            column("output", Text),
            column("output_key", String),
        )
        .render_derived("given", with_types=True)
    )
    names = [one.name for one in given.c]
    return Statement(
        insert(TestCase).from_select(
            ["problem_version_id", *names], select(_VERSION_ID, *(given.c[one] for one in names))
        )
    )


ADD_TESTS = _add_tests()
PUBLISH = Statement(
    update(ProblemVersion).where(ProblemVersion.id == _VERSION_ID).values(published_at=now())
)

_PUBLISHED = ProblemVersion.published_at.is_not(None)
_OWN = func.coalesce(ProblemVersion.owner_id == _PERSON, literal(value=False))
_SHARED = ProblemVersion.visibility == ProblemVisibility.SHARED


def _listed() -> Statement:
    wanted = bindparam("own", type_=Boolean)
    newest = (
        select(ProblemVersion)
        .ext(distinct_on(ProblemVersion.slug))
        .where(_PUBLISHED, case((wanted, _OWN), else_=and_(~_OWN, _SHARED)))
        .order_by(ProblemVersion.slug, ProblemVersion.version.desc())
        .subquery("newest")
    )
    return Statement(
        select(
            newest.c.id,
            newest.c.title,
            newest.c.title_bn,
            newest.c.version,
            newest.c.visibility,
        )
        .order_by(newest.c.id.desc())
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )


LISTED = _listed()


def _card() -> Statement:
    """The newest version of the problem that a version is of, with what it is made of."""
    named = select(ProblemVersion.slug).where(ProblemVersion.id == _VERSION_ID).scalar_subquery()
    newest: Select[Any] = (
        select(ProblemVersion)
        .where(ProblemVersion.slug == named, _PUBLISHED, or_(_OWN, _SHARED))
        .order_by(ProblemVersion.version.desc())
        .limit(1)
    )
    it = newest.subquery("newest")
    tests = select(TestCase).where(TestCase.problem_version_id == it.c.id).subquery("tests")
    alone = func.coalesce(func.sum(tests.c.points).filter(tests.c.group_name.is_(None)), 0)
    group = func.jsonb_array_elements(it.c.test_groups).table_valued("value")
    grouped = (
        select(func.coalesce(func.sum(cast(group.c.value.op("->>")("points"), Numeric)), 0))
        .select_from(group)
        .scalar_subquery()
    )
    any_version = ProblemVersion.__table__.alias("any_version")
    uses = (
        select(AssignmentProblem.problem_id)
        .join(any_version, any_version.c.id == AssignmentProblem.problem_id)
        .where(any_version.c.slug == it.c.slug)
        .subquery("uses")
    )
    count = select(func.count()).select_from
    return Statement(
        select(
            it,
            func.coalesce(it.c.owner_id == _PERSON, literal(value=False)).label("own"),
            User.full_name.label("owner_name"),
            count(tests).scalar_subquery().label("tests"),
            count(tests).where(tests.c.hidden).scalar_subquery().label("hidden"),
            (select(alone).select_from(tests).scalar_subquery() + grouped).label("points"),
            count(uses).scalar_subquery().label("assignments"),
            count(uses).where(uses.c.problem_id != it.c.id).scalar_subquery().label("outdated"),
            ProblemUpload.file_name,
            ProblemUpload.archive_key,
        )
        .select_from(it)
        .outerjoin(User, User.id == it.c.owner_id)
        .outerjoin(ProblemUpload, ProblemUpload.id == it.c.id)
    )


CARD = _card()

SET_VISIBILITY = Statement(
    update(ProblemVersion)
    .where(ProblemVersion.slug == _SLUG, ProblemVersion.owner_id == _PERSON)
    .values(visibility=bindparam("visibility", type_=PROBLEM_VISIBILITY))
)


def _kept() -> Statement:
    of = select(TestCase).where(TestCase.problem_version_id == _VERSION_ID).subquery("of")
    keys = select(of.c.input_key.label("key")).union_all(select(of.c.output_key)).subquery("keys")
    return Statement(select(keys.c.key).where(keys.c.key.is_not(None)))


KEPT = _kept()


def _stored() -> Statement:
    """The keys of everything that is stored for a problem."""
    versions = (
        select(ProblemVersion.id)
        .where(ProblemVersion.slug == _SLUG, ProblemVersion.owner_id == _PERSON)
        .cte("versions")
    )
    of_tests = select(TestCase).join(versions, versions.c.id == TestCase.problem_version_id)
    tests = of_tests.subquery("tests")
    archives = select(ProblemUpload.archive_key.label("key")).where(
        ProblemUpload.slug == _SLUG, ProblemUpload.owner_id == _PERSON
    )
    keys = archives.union_all(select(tests.c.input_key), select(tests.c.output_key)).subquery(
        "keys"
    )
    return Statement(select(keys.c.key).where(keys.c.key.is_not(None)))


STORED = _stored()
DELETE_UPLOADS = Statement(
    delete(ProblemUpload).where(ProblemUpload.slug == _SLUG, ProblemUpload.owner_id == _PERSON)
)
DELETE_VERSIONS = Statement(
    delete(ProblemVersion).where(ProblemVersion.slug == _SLUG, ProblemVersion.owner_id == _PERSON)
)
