"""Classes and who is in them, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import courses_class_statements as statements
from db.repositories import courses_roster_statements as roster_statements
from db.repositories.courses_cards import (
    CLASS_CARD,
    ITEM_CARD,
    MODULE_CARD,
    class_card_of,
    item_card_of,
    module_card_of,
)
from domain.courses.cards import (
    ClassCard,
    ClassLine,
    CodeCard,
    ItemCard,
    KeptInvitation,
    Known,
    Member,
    MemberCard,
    ModuleCard,
)
from domain.courses.records import EnrollmentRole
from domain.errors import Conflict


class SqlClassesRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def class_card(self, class_id: UUID, person_id: UUID) -> ClassCard | None:
        row = await CLASS_CARD.row(self._connection, class_id=class_id, person_id=person_id)
        return None if row is None else class_card_of(row, person_id)

    async def module_card(self, module_id: UUID, person_id: UUID) -> ModuleCard | None:
        row = await MODULE_CARD.row(self._connection, module_id=module_id, person_id=person_id)
        return None if row is None else module_card_of(row, person_id)

    async def item_card(self, item_id: UUID, person_id: UUID) -> ItemCard | None:
        row = await ITEM_CARD.row(self._connection, item_id=item_id, person_id=person_id)
        return None if row is None else item_card_of(row, person_id)

    async def member_card(self, enrollment_id: UUID, person_id: UUID) -> MemberCard | None:
        row = await roster_statements.MEMBER_CARD.row(
            self._connection, enrollment_id=enrollment_id, person_id=person_id
        )
        return None if row is None else roster_statements.member_card_of(row, person_id)

    async def classes_of(self, person_id: UUID, offset: int, limit: int) -> Sequence[ClassLine]:
        rows = await statements.CLASSES_OF.rows(
            self._connection, person_id=person_id, offset=offset, limit=limit
        )
        cards = ((class_card_of(row, person_id), row["students"]) for row in rows)
        return [
            ClassLine(card.id, card.name, card.section, card.is_archived, card.standing, students)
            for card, students in cards
        ]

    async def count_students(self, class_id: UUID) -> int:
        return int(await statements.COUNT_STUDENTS.value(self._connection, class_id=class_id))

    async def create_class(
        self, owner_id: UUID, name: str, section: str | None, join_code: str
    ) -> UUID | None:
        class_id: UUID | None = await statements.CREATE_CLASS.value(
            self._connection, owner_id=owner_id, name=name, section=section, join_code=join_code
        )
        return class_id

    async def update_class(self, class_id: UUID, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            await statements.UPDATES[name].run(self._connection, class_id=class_id, value=value)

    async def change_code(self, class_id: UUID, before: str, join_code: str) -> bool:
        changed = await statements.CHANGE_CODE.run(
            self._connection, class_id=class_id, before=before, join_code=join_code
        )
        if not changed:
            now = await statements.CODE_OF.value(self._connection, class_id=class_id)
            _check(int(now == before), "the code was changed meanwhile")
        return changed == 1

    async def class_by_code(self, join_code: str, person_id: UUID) -> CodeCard | None:
        row = await statements.CLASS_BY_CODE.row(
            self._connection, join_code=join_code, person_id=person_id
        )
        return (
            None if row is None else CodeCard(class_card_of(row, person_id), bool(row["dropped"]))
        )

    async def wrong_codes(self, account: str) -> Sequence[datetime]:
        rows = await statements.WRONG_CODES.rows(self._connection, account=account)
        return [datetime.fromisoformat(row["at"]) for row in rows]

    async def enroll(self, join_code: str, user_id: UUID, now: datetime) -> bool:
        enrolled = await statements.ENROLL.value(
            self._connection, join_code=join_code, user_id=user_id, now=now
        )
        return enrolled is not None

    async def leave(self, class_id: UUID, user_id: UUID) -> None:
        left = await statements.LEAVE.run(self._connection, class_id=class_id, user_id=user_id)
        _check(left, "the member was dropped meanwhile")

    async def roster(
        self, class_id: UUID, offset: int = 0, limit: int | None = None
    ) -> Sequence[Member]:
        rows = await roster_statements.ROSTER.rows(
            self._connection, class_id=class_id, offset=offset, limit=limit
        )
        return [roster_statements.member_of(row) for row in rows]

    async def change_member(self, before: Member, role: EnrollmentRole) -> None:
        changed = await roster_statements.CHANGE_MEMBER.run(
            self._connection, **_as_seen(before), role=role
        )
        _check(changed, "the member was changed meanwhile")

    async def drop_member(self, before: Member, dropped_by: UUID) -> None:
        dropped = await roster_statements.DROP_MEMBER.run(
            self._connection, **_as_seen(before), dropped_by=dropped_by
        )
        _check(dropped, "the member was changed meanwhile")

    async def people_known(
        self, class_id: UUID, telegram_ids: Sequence[int], usernames: Sequence[str]
    ) -> Sequence[Known]:
        rows = await roster_statements.PEOPLE_KNOWN.rows(
            self._connection,
            class_id=class_id,
            telegram_ids=list(telegram_ids),
            usernames=list(usernames),
        )
        return [roster_statements.known_of(row) for row in rows]

    async def enroll_many(
        self, class_id: UUID, roles: Mapping[UUID, EnrollmentRole], now: datetime
    ) -> None:
        given = [{"user_id": str(user), "role": role} for user, role in roles.items()]
        await roster_statements.ENROLL_MANY.run(
            self._connection, class_id=class_id, roles=given, now=now
        )

    async def create_invitation(
        self, token_hash: str, created_by: UUID, expires_at: datetime
    ) -> None:
        await statements.CREATE_INVITATION.run(
            self._connection, token_hash=token_hash, created_by=created_by, expires_at=expires_at
        )

    async def invitation(self, token_hash: str) -> KeptInvitation | None:
        row = await statements.INVITATION.row(self._connection, token_hash=token_hash)
        return None if row is None else KeptInvitation(row["expires_at"], row["used"])

    async def use_invitation(self, token_hash: str, used_by: UUID, now: datetime) -> bool:
        used = await statements.USE_INVITATION.run(
            self._connection, token_hash=token_hash, used_by=used_by, now=now
        )
        return used == 1

    async def make_teacher(self, user_id: UUID) -> None:
        made = await statements.MAKE_TEACHER.run(self._connection, user_id=user_id)
        _check(made, "the person was given a role meanwhile")


def _as_seen(member: Member) -> dict[str, Any]:
    return {
        "enrollment_id": member.enrollment_id,
        "role_before": member.role,
        "status_before": member.status,
    }


def _check(rows: int, otherwise: str) -> None:
    """Raises Conflict where no row was as it had been read."""
    if not rows:
        raise Conflict(otherwise)
