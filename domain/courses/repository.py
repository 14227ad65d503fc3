"""What the domain asks of the database about classes and who is in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

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


class ClassesRepository(Protocol):
    async def class_card(self, class_id: UUID, person_id: UUID) -> ClassCard | None:
        """A class with what the person is in it; None where there is no such class."""
        ...

    async def module_card(self, module_id: UUID, person_id: UUID) -> ModuleCard | None:
        """A module with its class, likewise."""
        ...

    async def item_card(self, item_id: UUID, person_id: UUID) -> ItemCard | None:
        """A content item with its module and class, likewise."""
        ...

    async def member_card(self, enrollment_id: UUID, person_id: UUID) -> MemberCard | None:
        """Somebody's enrolment with its class, likewise."""
        ...

    async def classes_of(self, person_id: UUID, offset: int, limit: int) -> Sequence[ClassLine]:
        """What the person owns or is active in: archived ones last, then by name."""
        ...

    async def count_students(self, class_id: UUID) -> int:
        """Active ones."""
        ...

    async def create_class(
        self, owner_id: UUID, name: str, section: str | None, join_code: str
    ) -> UUID | None:
        """None where another class has the code."""
        ...

    async def update_class(self, class_id: UUID, values: Mapping[str, Any]) -> None:
        """Sets any of name, section, is_archived."""
        ...

    async def change_code(self, class_id: UUID, before: str, join_code: str) -> bool:
        """False where another class has the code. Raises Conflict if `before` is not the class's
        any more."""
        ...

    async def class_by_code(self, join_code: str, person_id: UUID) -> CodeCard | None: ...

    async def wrong_codes(self, account: str) -> Sequence[datetime]:
        """When the account tried codes that no class has, the latest fifty."""
        ...

    async def enroll(self, join_code: str, user_id: UUID, now: datetime) -> bool:
        """A student of the running class of this code, new or back; False where nothing came of it.

        Whoever was dropped by somebody else does not come back so.
        """
        ...

    async def leave(self, class_id: UUID, user_id: UUID) -> None:
        """Raises Conflict if they are not in it any more."""
        ...

    async def roster(
        self, class_id: UUID, offset: int = 0, limit: int | None = None
    ) -> Sequence[Member]:
        """Everybody of a class: active ones first, those who teach before students, by name."""
        ...

    async def change_member(self, before: Member, role: EnrollmentRole) -> None:
        """Active again if they were not. Raises Conflict if the member is not as `before`."""
        ...

    async def drop_member(self, before: Member, dropped_by: UUID) -> None:
        """Raises Conflict likewise."""
        ...

    async def people_known(
        self, class_id: UUID, telegram_ids: Sequence[int], usernames: Sequence[str]
    ) -> Sequence[Known]:
        """Those of the people that the bot knows; user names in lower case, without @.

        Of two who were called the same, the one who is called so now comes last.
        """
        ...

    async def enroll_many(
        self, class_id: UUID, roles: Mapping[UUID, EnrollmentRole], now: datetime
    ) -> None:
        """Makes each of the users an active member in this role, whatever they were before."""
        ...

    async def create_invitation(
        self, token_hash: str, created_by: UUID, expires_at: datetime
    ) -> None: ...

    async def invitation(self, token_hash: str) -> KeptInvitation | None:
        """None too where whoever made it is no admin any more."""
        ...

    async def use_invitation(self, token_hash: str, used_by: UUID, now: datetime) -> bool:
        """False where it was used, or ran out, before this."""
        ...

    async def make_teacher(self, user_id: UUID) -> None:
        """Raises Conflict if they are a teacher or an admin by now."""
        ...
