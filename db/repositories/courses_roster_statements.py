"""The statements of rosters: who is in a class, and what they become."""

from typing import Any

import asyncpg
from sqlalchemy import (
    BigInteger,
    DateTime,
    FromClause,
    Integer,
    Select,
    String,
    Uuid,
    any_,
    bindparam,
    column,
    func,
    join,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import Class, Enrollment, User
from db.models.courses import ENROLLMENT_ROLE, ENROLLMENT_STATUS
from db.repositories.courses_cards import CLASS_COLUMNS, class_card_of
from db.repositories.people import PERSON_COLUMNS, USERS_WITH_STUDENTS, person_of
from db.statements import Statement
from domain.courses.cards import Known, Member, MemberCard
from domain.courses.records import EnrollmentRole, EnrollmentStatus

_CLASS_ID = bindparam("class_id", type_=Uuid())
_ENROLLMENT_ID = bindparam("enrollment_id", type_=Uuid())
_ROLE = bindparam("role", type_=ENROLLMENT_ROLE)
_THEIRS: Any = Enrollment.__table__.alias("theirs")
"""The enrolment that is looked at, beside the one of whoever looks."""


def _member_columns(enrollment: Any) -> tuple[Any, ...]:
    return (
        enrollment.c.id.label("enrollment_id"),
        enrollment.c.user_id,
        User.full_name,
        User.username,
        User.telegram_id,
        enrollment.c.role.label("member_role"),
        enrollment.c.status.label("member_status"),
        enrollment.c.joined_at,
    )


def _member_card() -> Select[Any]:
    of_class = join(_THEIRS, Class, Class.id == _THEIRS.c.class_id)
    looking = (Enrollment.class_id == Class.id) & (
        Enrollment.user_id == bindparam("person_id", type_=Uuid())
    )
    source = join(of_class, User, User.id == _THEIRS.c.user_id).join(
        Enrollment, looking, isouter=True
    )
    return (
        select(*CLASS_COLUMNS, *_member_columns(_THEIRS))
        .select_from(source)
        .where(_THEIRS.c.id == _ENROLLMENT_ID)
    )


def _roster() -> Select[Any]:
    return (
        select(*_member_columns(_THEIRS))
        .select_from(join(_THEIRS, User, User.id == _THEIRS.c.user_id))
        .where(_THEIRS.c.class_id == _CLASS_ID)
        # Enums sort as they are declared: the active first, students last.
        .order_by(_THEIRS.c.status, _THEIRS.c.role.desc(), func.lower(User.full_name), _THEIRS.c.id)
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )


# The member must be as whoever decides has seen them: of two who decide at once, the second looks
# again.
_AS_SEEN = (
    Enrollment.id == _ENROLLMENT_ID,
    Enrollment.role == bindparam("role_before", type_=ENROLLMENT_ROLE),
    Enrollment.status == bindparam("status_before", type_=ENROLLMENT_STATUS),
)
MEMBER_CARD = Statement(_member_card())
ROSTER = Statement(_roster())
CHANGE_MEMBER = Statement(
    update(Enrollment)
    .where(*_AS_SEEN)
    .values(role=_ROLE, status=EnrollmentStatus.ACTIVE, dropped_by=null())
)
DROP_MEMBER = Statement(
    update(Enrollment)
    .where(*_AS_SEEN)
    .values(status=EnrollmentStatus.DROPPED, dropped_by=bindparam("dropped_by", type_=Uuid()))
)


def _people_known() -> Select[Any]:
    source = USERS_WITH_STUDENTS.join(
        Enrollment,
        (Enrollment.user_id == User.id) & (Enrollment.class_id == _CLASS_ID),
        isouter=True,
    )
    ids = bindparam("telegram_ids", type_=ARRAY(BigInteger))
    names = bindparam("usernames", type_=ARRAY(String))
    here = (Enrollment.role.label("member_role"), Enrollment.status.label("member_status"))
    columns: Any = select(*PERSON_COLUMNS, *here)
    known: Select[Any] = columns.select_from(source).where(
        or_(User.telegram_id == any_(ids), func.lower(User.username) == any_(names))
    )
    # A user name can have gone from one person to another: whoever was heard of last has it.
    return known.order_by(User.updated_at)


PEOPLE_KNOWN = Statement(_people_known())


def _given() -> FromClause:
    """The users and their roles, out of JSON."""
    return (
        func.jsonb_to_recordset(bindparam("roles", type_=JSONB))
        .table_valued(column("user_id", Uuid()), column("role", ENROLLMENT_ROLE))
        .render_derived("given", with_types=True)
    )


def _enroll_many() -> Statement:
    given = _given()
    adding = pg_insert(Enrollment).from_select(
        ["user_id", "class_id", "role", "joined_at"],
        select(
            given.c.user_id,
            _CLASS_ID,
            given.c.role,
            bindparam("now", type_=DateTime(timezone=True)),
        ),
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Enrollment.user_id, Enrollment.class_id],
            set_={
                "role": adding.excluded.role,
                "status": EnrollmentStatus.ACTIVE,
                "dropped_by": null(),
            },
        )
    )


ENROLL_MANY = _enroll_many()


def member_of(row: asyncpg.Record) -> Member:
    return Member(
        enrollment_id=row["enrollment_id"],
        user_id=row["user_id"],
        name=row["full_name"],
        username=row["username"],
        telegram_id=row["telegram_id"],
        role=EnrollmentRole(row["member_role"]),
        status=EnrollmentStatus(row["member_status"]),
        joined_at=row["joined_at"],
    )


def member_card_of(row: asyncpg.Record, person_id: Any) -> MemberCard:
    return MemberCard(class_card_of(row, person_id), member_of(row))


def known_of(row: asyncpg.Record) -> Known:
    role, status = row["member_role"], row["member_status"]
    return Known(
        person_of(row),
        None if role is None else EnrollmentRole(role),
        None if status is None else EnrollmentStatus(status),
    )
