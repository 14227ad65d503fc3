"""Two people change the same thing of a class at once: whoever comes second does not undo it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import SqlUnitOfWork, unit_of_work
from domain.courses import classes, invitations, roster
from domain.courses.join_codes import token_hash
from domain.courses.records import EnrollmentRole
from domain.errors import Conflict
from domain.people.records import Person
from tests.teaching import School

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Room:
    """Salma's class, where Karim teaches too and Rafi is a student."""

    engine: AsyncEngine
    database: asyncpg.Connection
    class_id: UUID
    member: UUID
    """Rafi's enrolment."""

    async def person(self, telegram_id: int) -> Person:
        async with unit_of_work(self.engine) as work:
            found = await work.people.get_user_by_telegram(telegram_id)
        assert found is not None
        return found

    async def row(self) -> asyncpg.Record:
        row = await self.database.fetchrow("select * from enrollments where id = $1", self.member)
        assert row is not None
        return row

    async def overtake(
        self, does: Callable[[SqlUnitOfWork], Awaitable[Any]], sql: str, *values: Any
    ) -> None:
        """The SQL is committed after somebody has read and before they write: they are sent back
        to read again."""

        async def act() -> None:
            async with unit_of_work(self.engine) as work:
                await does(work)

        transaction = self.database.transaction()
        await transaction.start()
        await self.database.execute(sql, *values)
        acting = asyncio.create_task(act())
        await self._until_it_waits(acting)
        await transaction.commit()
        with pytest.raises(Conflict):
            await acting

    async def _until_it_waits(self, acting: "asyncio.Task[None]") -> None:
        deadline = monotonic() + 20
        held_up = (
            "select exists (select from pg_locks"
            " where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))"
        )
        while not await self.database.fetchval(held_up):
            assert not acting.done(), "it met nobody"
            assert monotonic() < deadline, "nobody waits"
            await asyncio.sleep(0.01)


SALMA, KARIM, RAFI, BOSS = 501, 502, 503, 504


@pytest.fixture
async def room(engine: AsyncEngine, database: asyncpg.Connection) -> Room:
    school = School(database)
    salma = await school.person(SALMA, "Salma", "teacher")
    karim, rafi = await school.person(KARIM, "Karim"), await school.person(RAFI, "Rafi")
    await school.person(BOSS, "Boss", "admin")
    class_id = await school.class_of(salma)
    await school.enroll(karim, class_id, "teacher")
    await school.enroll(rafi, class_id)
    member = await database.fetchval("select id from enrollments where user_id = $1", rafi)
    return Room(engine, database, class_id, member)


DROP = (
    "update enrollments set status = 'dropped', dropped_by ="
    " (select owner_id from classes where id = class_id) where id = $1"
)


async def test_whoever_is_dropped_while_their_role_changes_stays_out(room: Room) -> None:
    karim = await room.person(KARIM)

    async def change(work: SqlUnitOfWork) -> None:
        await roster.change_role(work, karim, room.member, EnrollmentRole.TA)

    await room.overtake(change, DROP, room.member)
    row = await room.row()
    assert (row["status"], row["role"]) == ("dropped", "student")


async def test_a_co_teacher_does_not_drop_whom_the_owner_makes_a_teacher(room: Room) -> None:
    karim = await room.person(KARIM)
    promote = "update enrollments set role = 'teacher' where id = $1"

    async def drop(work: SqlUnitOfWork) -> None:
        await roster.drop(work, karim, room.member)

    await room.overtake(drop, promote, room.member)
    row = await room.row()
    assert (row["status"], row["role"]) == ("active", "teacher")


async def test_whoever_leaves_while_being_dropped_cannot_come_back_by_the_code(room: Room) -> None:
    rafi = await room.person(RAFI)

    async def leave(work: SqlUnitOfWork) -> None:
        await classes.leave(work, rafi, room.class_id)

    await room.overtake(leave, DROP, room.member)
    assert (await room.row())["dropped_by"] == (await room.person(SALMA)).id


async def test_of_two_who_renew_a_code_nobody_is_shown_a_dead_one(room: Room) -> None:
    karim = await room.person(KARIM)

    async def renew(work: SqlUnitOfWork) -> None:
        await classes.renew_code(work, karim, room.class_id)

    other = "update classes set join_code = 'ZZZZZZ' where id = $1"
    await room.overtake(renew, other, room.class_id)
    assert await room.database.fetchval("select join_code from classes") == "ZZZZZZ"


async def test_an_invitation_lowers_nobody_who_becomes_an_admin_meanwhile(room: Room) -> None:
    boss, rafi = await room.person(BOSS), await room.person(RAFI)
    async with unit_of_work(room.engine) as work:
        invitation = await invitations.invite(work, boss, NOW)
    hashed = token_hash(invitation.token)

    async def accept(work: SqlUnitOfWork) -> None:
        await invitations.accept(work, rafi, hashed, NOW + timedelta(hours=1))

    raised = "update users set role = 'admin' where id = $1"
    await room.overtake(accept, raised, rafi.id)
    assert (await room.person(RAFI)).role == "admin"
    assert await room.database.fetchval("select count(*) from invitations where used_by is null")
