"""The statements of classes: listing, changing, joining and leaving them."""

from typing import Any

from sqlalchemy import (
    DateTime,
    Integer,
    ScalarSelect,
    Select,
    String,
    Uuid,
    bindparam,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import AuditLog, Class, Enrollment, Invitation, User
from db.models.courses import ENROLLMENT_STATUS
from db.repositories.courses_cards import CLASS_COLUMNS, with_standing
from db.statements import Statement
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.people.records import Role

INSTANT = DateTime(timezone=True)
CODES_REMEMBERED = 50

_CLASS_ID = bindparam("class_id", type_=Uuid())
_PERSON = bindparam("person_id", type_=Uuid())
_USER = bindparam("user_id", type_=Uuid())
_CODE = bindparam("join_code", type_=String)
_NOW = bindparam("now", type_=INSTANT)
_TOKEN = bindparam("token_hash", type_=String)
_ACTIVE = literal(EnrollmentStatus.ACTIVE, ENROLLMENT_STATUS)
_STUDENT = (Enrollment.role == EnrollmentRole.STUDENT) & (Enrollment.status == _ACTIVE)


def _students() -> ScalarSelect[int]:
    """How many active students the class beside it has."""
    pupils = Enrollment.__table__.alias("pupils")
    return (
        select(func.count())
        .select_from(pupils)
        .where(
            pupils.c.class_id == Class.id,
            pupils.c.role == EnrollmentRole.STUDENT,
            pupils.c.status == _ACTIVE,
        )
        .correlate(Class)
        .scalar_subquery()
    )


def _classes_of() -> Select[Any]:
    mine = union_all(
        select(Class.id).where(Class.owner_id == _PERSON),
        select(Enrollment.class_id).where(
            Enrollment.user_id == _PERSON, Enrollment.status == _ACTIVE
        ),
    )
    listed: Any = select(*CLASS_COLUMNS, _students().label("students"))
    ordered: Select[Any] = (
        listed.select_from(with_standing())
        .where(Class.id.in_(mine))
        .order_by(Class.is_archived, func.lower(Class.name), Class.id)
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )
    return ordered


CLASSES_OF = Statement(_classes_of())
COUNT_STUDENTS = Statement(
    select(func.count()).select_from(Enrollment).where(Enrollment.class_id == _CLASS_ID, _STUDENT)
)
CREATE_CLASS = Statement(
    pg_insert(Class)
    .values(
        owner_id=bindparam("owner_id", type_=Uuid()),
        name=bindparam("name", type_=String),
        section=bindparam("section", type_=String),
        join_code=_CODE,
    )
    .on_conflict_do_nothing(index_elements=[Class.join_code])
    .returning(Class.id)
)

# Each may be set alone; the names are the domain's, so no text of a person's becomes SQL.
UPDATES = {
    column.name: Statement(
        update(Class)
        .where(Class.id == _CLASS_ID)
        .values({column.name: bindparam("value", type_=column.type)})
    )
    for column in Class.__table__.columns
    if column.name in {"name", "section", "is_archived"}
}

_TAKEN = Class.__table__.alias("taken")
CHANGE_CODE = Statement(
    update(Class)
    .where(
        Class.id == _CLASS_ID,
        Class.join_code == bindparam("before", type_=String),
        ~select(_TAKEN.c.id).where(_TAKEN.c.join_code == _CODE).exists(),
    )
    .values(join_code=_CODE)
)
CODE_OF = Statement(select(Class.join_code).where(Class.id == _CLASS_ID))

CLASS_BY_CODE = Statement(
    select(
        *CLASS_COLUMNS,
        (
            (Enrollment.status == EnrollmentStatus.DROPPED)
            & Enrollment.dropped_by.is_distinct_from(_PERSON)
        ).label("dropped"),
    )
    .select_from(with_standing())
    .where(Class.join_code == _CODE)
)
WRONG_CODES = Statement(
    select(AuditLog.after["at"].astext.label("at"))
    .where(
        AuditLog.entity_type == "account",
        AuditLog.entity_id == bindparam("account", type_=String),
        AuditLog.action == "class_code_wrong",
    )
    .order_by(AuditLog.created_at.desc())
    .limit(CODES_REMEMBERED)
)


def _enroll() -> Statement:
    """A student by the class's code, new or back; whoever was dropped by another stays out."""
    adding = pg_insert(Enrollment).from_select(
        ["user_id", "class_id", "joined_at"],
        select(_USER, Class.id, _NOW).where(
            Class.join_code == _CODE,
            Class.is_archived.is_(False),
            Class.owner_id.is_distinct_from(_USER),
        ),
    )
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[Enrollment.user_id, Enrollment.class_id],
            set_={
                "status": _ACTIVE,
                "role": EnrollmentRole.STUDENT,
                "joined_at": adding.excluded.joined_at,
                "dropped_by": null(),
            },
            where=(Enrollment.status == EnrollmentStatus.DROPPED)
            & (Enrollment.dropped_by == adding.excluded.user_id),
        ).returning(Enrollment.id)
    )


ENROLL = _enroll()
LEAVE = Statement(
    update(Enrollment)
    .where(
        Enrollment.class_id == _CLASS_ID,
        Enrollment.user_id == _USER,
        Enrollment.status == _ACTIVE,
    )
    .values(status=EnrollmentStatus.DROPPED, dropped_by=_USER)
)

CREATE_INVITATION = Statement(
    insert(Invitation).values(
        token_hash=_TOKEN,
        created_by=bindparam("created_by", type_=Uuid()),
        expires_at=bindparam("expires_at", type_=INSTANT),
    )
)
INVITATION = Statement(
    select(Invitation.expires_at, Invitation.used_at.is_not(None).label("used"))
    .join(User, User.id == Invitation.created_by)
    .where(Invitation.token_hash == _TOKEN, User.role == Role.ADMIN)
)
# Of two at once the second waits for the first, and then finds it used.
USE_INVITATION = Statement(
    update(Invitation)
    .where(
        Invitation.token_hash == _TOKEN,
        Invitation.used_at.is_(None),
        Invitation.expires_at > _NOW,
    )
    .values(used_at=_NOW, used_by=bindparam("used_by", type_=Uuid()))
)
MAKE_TEACHER = Statement(
    update(User)
    .where(User.id == _USER, User.role != Role.TEACHER, User.role != Role.ADMIN)
    .values(role=Role.TEACHER)
)
