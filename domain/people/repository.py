"""What the domain asks of the database about people."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Protocol
from uuid import UUID

from domain.people.records import Language, Person, Role, TelegramPerson


class PeopleRepository(Protocol):
    async def create_user(
        self, who: TelegramPerson, role: Role, language: Language, timezone: str
    ) -> UUID:
        """The user of this Telegram account: a new row, or the one that stands already."""
        ...

    async def get_user_by_id(self, user_id: UUID) -> Person | None: ...

    async def get_user_by_telegram(self, telegram_id: int) -> Person | None: ...

    async def get_user_by_username(self, username: str) -> Person | None:
        """By Telegram's name, without @, upper and lower case alike."""
        ...

    async def get_user_by_email(self, email: str) -> Person | None: ...

    async def get_users_by_college(self, college_type: str) -> Sequence[Person]: ...

    async def get_users_by_role(self, role: Role) -> Sequence[Person]: ...

    async def register_student(
        self, user_id: UUID, grade: int | None, reminder_time: time | None
    ) -> None:
        """The learner's profile and an empty streak; a second call changes the grade only."""
        ...

    async def update_user(self, user_id: UUID, values: Mapping[str, Any]) -> None:
        """Sets any of full_name, language, timezone, role, username, email, is_active."""
        ...

    async def update_settings(self, user_id: UUID, changes: Mapping[str, Any]) -> None:
        """Merges the changes into the user's settings; a value of None takes the key out."""
        ...

    async def update_reminder_time(self, user_id: UUID, reminder_time: time | None) -> None: ...

    async def update_grade(self, user_id: UUID, grade: int | None) -> None: ...

    async def update_last_login(self, user_id: UUID) -> None: ...

    async def export(self, user_id: UUID) -> Mapping[str, Any]:
        """Everything that is kept about one person, as JSON."""
        ...

    async def erase(self, user_id: UUID) -> None:
        """Deletes the person and all that is theirs; costs stay, without a name."""
        ...
