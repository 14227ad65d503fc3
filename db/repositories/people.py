"""People in the database."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    Time,
    Uuid,
    bindparam,
    delete,
    func,
    join,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from db.models import InboxUpdate, Streak, Student, User
from db.models.people import LANGUAGE, ROLE
from db.repositories import people_export
from db.statements import Statement
from domain.operations.records import InboxState
from domain.people.records import Language, Person, Role, TelegramPerson

PERSON_COLUMNS = (
    User.id,
    User.telegram_id,
    User.full_name,
    User.username,
    User.role,
    User.language,
    User.timezone,
    User.settings,
    User.blocked_bot_at.is_not(None).label("blocked_bot"),
    Student.user_id.is_not(None).label("registered"),
    Student.grade,
    Student.reminder_time,
)
USERS_WITH_STUDENTS = join(User, Student, Student.user_id == User.id, isouter=True)
_PEOPLE: Any = select(*PERSON_COLUMNS).select_from(USERS_WITH_STUDENTS)
_USER_ID = bindparam("user_id", type_=Uuid())

BY_ID = Statement(_PEOPLE.where(User.id == _USER_ID))
BY_TELEGRAM = Statement(_PEOPLE.where(User.telegram_id == bindparam("of", type_=BigInteger)))
BY_USERNAME = Statement(
    _PEOPLE.where(func.lower(User.username) == func.lower(bindparam("of", type_=String)))
)
BY_EMAIL = Statement(_PEOPLE.where(User.email == bindparam("of", type_=String)))
BY_COLLEGE = Statement(
    _PEOPLE.where(User.college_type == bindparam("of", type_=String)).order_by(User.id)
)
BY_ROLE = Statement(
    _PEOPLE.where(User.role == bindparam("of", type_=ROLE), User.is_active).order_by(User.id)
)


def _create_user() -> Statement:
    adding = pg_insert(User).values(
        telegram_id=bindparam("telegram_id", type_=BigInteger),
        full_name=bindparam("full_name", type_=String),
        username=bindparam("username", type_=String),
        role=bindparam("role", type_=ROLE),
        language=bindparam("language", type_=LANGUAGE),
        timezone=bindparam("timezone", type_=String),
    )
    # The update changes nothing: it is there so that the row that stands is returned.
    return Statement(
        adding.on_conflict_do_update(
            index_elements=[User.telegram_id], set_={"telegram_id": adding.excluded.telegram_id}
        ).returning(User.id)
    )


def _register_student() -> Statement:
    adding = pg_insert(Student).values(
        user_id=_USER_ID,
        grade=bindparam("grade", type_=Integer),
        reminder_time=bindparam("reminder_time", type_=Time),
    )
    student = (
        adding.on_conflict_do_update(
            index_elements=[Student.user_id], set_={"grade": adding.excluded.grade}
        )
        .returning(Student.user_id)
        .cte("student")
    )
    streak = (
        pg_insert(Streak)
        .from_select(["student_id"], select(student.c.user_id))
        .on_conflict_do_nothing()
        .returning(Streak.student_id)
        .cte("streak")
    )
    return Statement(select(student.c.user_id).add_cte(streak))


CREATE_USER = _create_user()
REGISTER_STUDENT = _register_student()
UPDATE_SETTINGS = Statement(
    update(User)
    .where(User.id == _USER_ID)
    .values(
        settings=func.jsonb_strip_nulls(
            User.settings.op("||")(bindparam("changes", type_=JSONB)), type_=JSONB
        )
    )
)
UPDATE_REMINDER = Statement(
    update(Student)
    .where(Student.user_id == _USER_ID)
    .values(reminder_time=bindparam("reminder_time", type_=Time))
)
UPDATE_GRADE = Statement(
    update(Student)
    .where(Student.user_id == _USER_ID)
    .values(grade=bindparam("grade", type_=Integer))
)
UPDATE_LAST_LOGIN = Statement(
    update(User).where(User.id == _USER_ID).values(last_login_at=func.now())
)

# Each may be set alone; the names are the domain's, so no text of a person's becomes SQL.
_UPDATES = {
    column.name: Statement(
        update(User)
        .where(User.id == _USER_ID)
        .values({column.name: bindparam("value", type_=column.type)})
    )
    for column in User.__table__.columns
    if column.name
    in {"full_name", "language", "timezone", "role", "username", "email", "blocked_bot_at"}
}

ALLOW_ERASING = Statement(text("set local dars.erasing = 'on'"))
FORGET_UPDATES = Statement(
    delete(InboxUpdate).where(
        InboxUpdate.state != InboxState.WAITING,
        InboxUpdate.person == select(User.telegram_id).where(User.id == _USER_ID).scalar_subquery(),
    )
)
ERASE = Statement(delete(User).where(User.id == _USER_ID))


def person_of(row: asyncpg.Record) -> Person:
    return Person(
        id=row["id"],
        telegram_id=row["telegram_id"],
        full_name=row["full_name"],
        username=row["username"],
        role=Role(row["role"]),
        language=Language(row["language"]),
        timezone=row["timezone"],
        settings=row["settings"],
        blocked_bot=row["blocked_bot"],
        registered=row["registered"],
        grade=row["grade"],
        reminder_time=row["reminder_time"],
    )


class SqlPeopleRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def create_user(
        self, who: TelegramPerson, role: Role, language: Language, timezone: str
    ) -> UUID:
        user_id: UUID = await CREATE_USER.value(
            self._connection,
            telegram_id=who.telegram_id,
            full_name=who.full_name,
            username=who.username,
            role=role,
            language=language,
            timezone=timezone,
        )
        return user_id

    async def _one(self, statement: Statement, **values: Any) -> Person | None:
        row = await statement.row(self._connection, **values)
        return None if row is None else person_of(row)

    async def _many(self, statement: Statement, of: Any) -> Sequence[Person]:
        return [person_of(row) for row in await statement.rows(self._connection, of=of)]

    async def get_user_by_id(self, user_id: UUID) -> Person | None:
        return await self._one(BY_ID, user_id=user_id)

    async def get_user_by_telegram(self, telegram_id: int) -> Person | None:
        return await self._one(BY_TELEGRAM, of=telegram_id)

    async def get_user_by_username(self, username: str) -> Person | None:
        return await self._one(BY_USERNAME, of=username)

    async def get_user_by_email(self, email: str) -> Person | None:
        return await self._one(BY_EMAIL, of=email)

    async def get_users_by_college(self, college_type: str) -> Sequence[Person]:
        return await self._many(BY_COLLEGE, college_type)

    async def get_users_by_role(self, role: Role) -> Sequence[Person]:
        return await self._many(BY_ROLE, role)

    async def register_student(
        self, user_id: UUID, grade: int | None, reminder_time: time | None
    ) -> None:
        await REGISTER_STUDENT.run(
            self._connection, user_id=user_id, grade=grade, reminder_time=reminder_time
        )

    async def update_user(self, user_id: UUID, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            await _UPDATES[name].run(self._connection, user_id=user_id, value=value)

    async def update_settings(self, user_id: UUID, changes: Mapping[str, Any]) -> None:
        await UPDATE_SETTINGS.run(self._connection, user_id=user_id, changes=dict(changes))

    async def update_reminder_time(self, user_id: UUID, reminder_time: time | None) -> None:
        await UPDATE_REMINDER.run(self._connection, user_id=user_id, reminder_time=reminder_time)

    async def update_grade(self, user_id: UUID, grade: int | None) -> None:
        await UPDATE_GRADE.run(self._connection, user_id=user_id, grade=grade)

    async def update_last_login(self, user_id: UUID) -> None:
        await UPDATE_LAST_LOGIN.run(self._connection, user_id=user_id)

    async def export(self, user_id: UUID) -> Mapping[str, Any]:
        return await people_export.export(self._connection, user_id)

    async def erase(self, user_id: UUID) -> None:
        await ALLOW_ERASING.run(self._connection)
        await FORGET_UPDATES.run(self._connection, user_id=user_id)
        await ERASE.run(self._connection, user_id=user_id)
